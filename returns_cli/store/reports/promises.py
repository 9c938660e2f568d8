"""How long customers waited for their money, counted from the day the policy's promise began."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import KeptPromise, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of
from returns_cli.store.reports.money_subjects import KEPT
from returns_cli.store.reports.scope import (
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    parameters,
    where,
)


def kept_promises(store: Store, scope: Scope) -> list[KeptPromise]:
    """Returns whose first money came, by promise, day of the trigger and days taken.

    Inside a read. Where the trigger was never reached (money given early) the payment stands for
    it.
    """
    rows = rows_of(store, scope, KEPT, "kept_days").ask(
        "day, unit, promised, took, sum(rows)", "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    return [*map(KeptPromise._make, rows)]


def may_be_owed(store: Store, scope: Scope) -> list[int]:
    """Row numbers of returns that may still be paid something; inside a read.

    Those with more units allowed back than were paid for, or with a refund that is on its way.
    """
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS) or "WHERE true"
    narrowed = f"""AND EXISTS (SELECT 1 FROM return_line q
  JOIN orders o ON o.order_pk = q.order_pk
  JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
  {held} AND q.return_id = u.return_id AND {LATEST})"""
    query = f"""SELECT u.return_id FROM (
  SELECT return_id, sum(quantity) AS units FROM authorization GROUP BY return_id
) u WHERE (u.units > coalesce((SELECT sum(t.units) FROM refund f JOIN refund_state s
      ON s.refund_pk = f.refund_pk AND s.state = 'confirmed'
      JOIN refund_take t ON t.refund_pk = f.refund_pk WHERE f.return_id = u.return_id), 0)
  OR EXISTS (SELECT 1 FROM live_refund f JOIN refund_state s ON s.refund_pk = f.refund_pk
    WHERE f.return_id = u.return_id AND s.state <> 'confirmed'))
  {narrowed if scope.filters else ""} ORDER BY u.return_id"""
    return [pk for (pk,) in store.connection.execute(query, parameters(scope))]
