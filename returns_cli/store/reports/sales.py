"""What was delivered, what of it came back, and what was asked for, counted by day."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Asked, CameBack, PaidBack, ReasonUnits, Scope, Sold
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of, value_back
from returns_cli.store.reports.money_subjects import PAID
from returns_cli.store.reports.scope import ORDER_FILTERS, day_of, parameters, where
from returns_cli.store.reports.subjects import ASKED, CAME, GOODS, JUDGED, SOLD


def sold(store: Store, scope: Scope) -> list[Sold]:
    """Orders, units delivered and their value, by the day of the order; inside a read."""
    if scope.category:
        rows, orders = rows_of(store, scope, GOODS), "count(DISTINCT order_pk)"
    else:
        rows, orders = rows_of(store, scope, SOLD, "sold_days"), "sum(rows)"
    found = rows.ask(
        f"day, currency, {orders}, sum(units), sum(value)", "GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [*map(Sold._make, found)]


def came_back(store: Store, scope: Scope) -> list[CameBack]:
    """Units that arrived back of what was delivered, by the day of their order; inside a read.

    A reason counts the units of lines that were asked for with it.
    """
    rows = rows_of(store, scope, CAME, "came_days").ask(
        f"day, currency, sum(units), sum({value_back(scope)})", "GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [*map(CameBack._make, rows)]


def asked(store: Store, scope: Scope) -> list[Asked]:
    """Returns that customers asked for, by day and by what became of it; inside a read."""
    if scope.category or scope.reason:
        rows, returns = rows_of(store, scope, ASKED), "count(DISTINCT return_id)"
    else:
        rows, returns = rows_of(store, scope, JUDGED, "judged_days"), "sum(rows)"
    found = rows.ask(
        f"day, outcome, {returns}, sum(units)",
        "GROUP BY 1, 2 ORDER BY 1, 2",
        more="is_customers",
    )
    return [*map(Asked._make, found)]


def reason_units(store: Store, scope: Scope) -> list[ReasonUnits]:
    """Units asked to come back by reason, the most frequent first; inside a read."""
    rows = rows_of(store, scope, ASKED, "asked_days").ask(
        "reason, sum(units)", "GROUP BY 1 ORDER BY 2 DESC, 1", more="is_customers"
    )
    return [*map(ReasonUnits._make, rows)]


def paid_back(store: Store, scope: Scope) -> list[PaidBack]:
    """Money that went back, by day, currency and source; inside a read.

    Confirmed refunds stand on the day they were confirmed, others on the day they were recorded.
    What an order's source told stands on the day it names, else on the day of the order. Reason
    and category hold refunds to returns that have such a line, whole; refunds that only a source
    tells have no reason.
    """
    rows = rows_of(store, scope, PAID, "paid_days").ask(
        "day, currency, source, sum(rows), sum(amount)", "GROUP BY 1, 2, 3"
    )
    found = [*map(PaidBack._make, rows)]
    if not scope.reason and not scope.category:
        found += _elsewhere(store, scope)
    return sorted(found)


def _elsewhere(store: Store, scope: Scope) -> list[PaidBack]:
    """What sources told of each order and is not among our refunds, on the last day they name."""
    day = day_of("x.moved_at", scope)
    query = f"""SELECT {day} AS day, o.currency, 'elsewhere', count(*), sum(x.amount_minor) FROM (
  SELECT e.order_pk, sum(e.amount_minor) AS amount_minor, coalesce(
    (SELECT s.refunded_at FROM source_refund s WHERE s.order_pk = e.order_pk
      ORDER BY s.revision DESC, s.refunded_at DESC LIMIT 1), w.placed_at) AS moved_at
  FROM external_refund e JOIN orders w ON w.order_pk = e.order_pk
  GROUP BY e.order_pk HAVING sum(e.amount_minor) <> 0
) x JOIN orders o ON o.order_pk = x.order_pk {where(scope, ORDER_FILTERS, day=day)}
GROUP BY 1, 2"""
    return [*map(PaidBack._make, store.connection.execute(query, parameters(scope)))]
