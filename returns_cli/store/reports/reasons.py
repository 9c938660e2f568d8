"""Why customers asked to send goods back: by reason, by product, in their own words.

A request counts on the day it was asked for, with the units it asked for last, whatever became of
it. Parcels that went back to their sender are no request of a customer's.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_reasons import Comment, ProductReason, ReasonPeriod
from returns_cli.store.connection import Store
from returns_cli.store.reports.goods import PERIODS, Cut
from returns_cli.store.reports.scope import (
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)


def reason_periods(store: Store, scope: Scope, by: Cut) -> list[ReasonPeriod]:
    """Requests by reason and by the period they were asked for in, ever; inside a read."""
    ever = scope._replace(since=None)
    query = f"""{_asked(ever, "1")}
SELECT reason, {PERIODS[by].format(day="day")}, count(*), sum(day >= :first) FROM asked
GROUP BY 1, 2 ORDER BY 1, 2"""
    values = {**parameters(ever), "first": parameters(scope)["since"]}
    return [*map(ReasonPeriod._make, store.connection.execute(query, values))]


def product_reasons(store: Store, scope: Scope, by: Cut, latest: int) -> list[ProductReason]:
    """Requests by product and reason; inside a read.

    Args:
        store: the store.
        scope: its first day bounds what is counted as now; earlier requests count as before.
        by: what a period is.
        latest: the number of the last whole period.
    """
    period = PERIODS[by].format(day="day")
    ever = scope._replace(since=None)
    query = f"""{_asked(ever, "l.sku, l.title")}
SELECT sku, max(title), reason, sum(day >= :first), sum(iif(day >= :first, units, 0)),
  sum({period} = :latest), sum({period} < :latest), min(day)
FROM asked GROUP BY sku, reason ORDER BY sku, reason"""
    values = {**parameters(ever), "first": parameters(scope)["since"], "latest": latest}
    return [*map(ProductReason._make, store.connection.execute(query, values))]


def comments(store: Store, scope: Scope, most: int) -> list[Comment]:
    """A few comments for each reason; inside a read.

    Those of the lowest RMAs: a return's number is a digest, so they are a random sample, and the
    same one each time.
    """
    query = f"""{_asked(scope, "l.sku, r.rma, q.line, n.text", _NOTES)}, sampled AS (
  SELECT reason, sku, text, row_number() OVER (PARTITION BY reason ORDER BY rma, line) AS place
  FROM asked)
SELECT reason, sku, text FROM sampled WHERE place <= :most ORDER BY reason, place"""
    values = {**parameters(scope), "most": most}
    return [*map(Comment._make, store.connection.execute(query, values))]


_NOTES = """JOIN return_note n ON n.return_id = q.return_id AND n.revision = q.revision
    AND n.line = q.line AND trim(n.text) <> ''"""


def _asked(scope: Scope, columns: str, more: str = "") -> str:
    """``asked``: every line of a request of the scope, with more of its columns."""
    day = day_of("r.requested_at", scope)
    return f"""WITH asked AS (
  SELECT q.reason, q.quantity AS units, {day} AS day, {columns}
  FROM returns r
  JOIN return_line q ON q.return_id = r.return_id AND {LATEST}
  JOIN orders o ON o.order_pk = r.order_pk
  JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
  {more}
  {where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)}
  AND r.kind <> 'return_to_sender')"""
