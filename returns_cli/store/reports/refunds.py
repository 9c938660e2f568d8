"""Money that was paid back, by day and component, and goods that were exchanged for others."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import (
    Exchanged,
    Handled,
    RefundPart,
    Refunds,
    ReturnFees,
    Scope,
)
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of
from returns_cli.store.reports.delivered import LINE_VALUE
from returns_cli.store.reports.money_subjects import HANDLED, PAID, PARTS
from returns_cli.store.reports.scope import (
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    both,
    day_of,
    parameters,
    where,
    with_line,
)

# A refund that stands is confirmed once; one that was reversed has a later event.
_CONFIRMED = """refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
  AND e.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM refund_event x
    WHERE x.refund_pk = e.refund_pk AND x.refund_event_id > e.refund_event_id)
JOIN orders o ON o.order_pk = f.order_pk"""


def refunds(store: Store, scope: Scope) -> list[Refunds]:
    """Refunds by the day they were confirmed and by what they were paid with; inside a read.

    Category and reason hold it to refunds of returns that have such a line, whole.
    """
    rows = rows_of(store, scope, PAID, "paid_days").ask(
        "day, currency, tender, sum(rows), sum(amount)",
        "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        more="source = 'confirmed'",
    )
    return [*map(Refunds._make, rows)]


def refund_parts(store: Store, scope: Scope) -> list[RefundPart]:
    """What these refunds were made of; inside a read."""
    rows = rows_of(store, scope, PARTS, "parts_days").ask(
        "day, currency, kind, tender, sum(rows), sum(amount)",
        "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    )
    return [*map(RefundPart._make, rows)]


def return_fees(store: Store, scope: Scope) -> list[ReturnFees]:
    """What customers were charged for sending goods back; inside a read."""
    rows = rows_of(store, scope, PARTS).ask(
        "currency, count(DISTINCT return_id), -sum(charged)",
        "GROUP BY 1 ORDER BY 1",
        more="kind = 'return_shipping' AND charged < 0",
    )
    return [*map(ReturnFees._make, rows)]


def handled(store: Store, scope: Scope) -> list[Handled]:
    """Returns that were paid, arrived or were inspected, by currency; inside a read."""
    if not scope.category and not scope.reason:
        rows = rows_of(store, scope, HANDLED, "handled_days").ask(
            "currency, sum(iif(before < :since, rows, 0)), sum(units)", "GROUP BY 1 ORDER BY 1"
        )
        return [*map(Handled._make, rows)]
    seen = """JOIN returns r ON r.return_id = g.return_id AND r.kind <> 'return_to_sender'
  JOIN return_line q ON q.return_id = g.return_id AND q.line = g.line AND {latest}
  JOIN orders o ON o.order_pk = g.order_pk
  JOIN order_line l ON l.order_pk = g.order_pk AND l.line = g.line {held}"""
    arrived, inspected = (
        seen.format(
            latest=LATEST,
            held=where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day_of(day, scope)),
        )
        for day in ("g.received_at", "g.inspected_at")
    )
    query = f"""SELECT currency, count(DISTINCT return_id), sum(units) FROM (
  SELECT f.currency, f.return_id, 0 AS units
  FROM {_CONFIRMED} {_held(scope, day_of("e.moved_at", scope))}
  UNION ALL SELECT o.currency, g.return_id, g.quantity FROM receipt g {arrived}
  UNION ALL SELECT o.currency, g.return_id, 0 FROM inspection g {inspected}
) GROUP BY 1 ORDER BY 1"""
    return [*map(Handled._make, store.connection.execute(query, parameters(scope)))]


def exchanged(store: Store, scope: Scope) -> list[Exchanged]:
    """Units of lines that customers want exchanged, by the day they arrived; inside a read."""
    day = day_of("g.received_at", scope)
    value = LINE_VALUE.format(units="g.quantity")
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)
    query = f"""SELECT {day}, o.currency, sum(g.quantity), sum({value})
FROM return_line q
JOIN receipt g ON g.return_id = q.return_id AND g.line = q.line AND {LATEST}
JOIN orders o ON o.order_pk = q.order_pk
JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
{both(held, "q.resolution = 'exchange'")}
GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(Exchanged._make, store.connection.execute(query, parameters(scope)))]


def _held(scope: Scope, day: str) -> str:
    return both(where(scope, ORDER_FILTERS, day=day), with_line(scope, "f.return_id"))
