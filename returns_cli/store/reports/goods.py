"""What was delivered of each product and what came back of it, by the period of the order.

Delivered is what was shipped, of orders and lines that were not cancelled, less what went back to
the sender. A unit came back when it was received for a return; it counts for the period of its
order, whenever it arrived.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.scope import (
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)

Cut = Literal["month", "week"]

# Periods are told by number: a month by year × 12 + month − 1; a week by the weeks since year 1,
# where day 0, 1970-01-01, is day 719,163 and day 1 was a Monday.
_PERIODS = {
    "month": """(CAST(strftime('%Y', {day} * 86400, 'unixepoch') AS INTEGER) * 12
    + CAST(strftime('%m', {day} * 86400, 'unixepoch') AS INTEGER) - 1)""",
    "week": "(({day} + 719162) / 7)",
}
_PLACED = """
placed AS MATERIALIZED (
  SELECT order_pk, currency, {period} AS period FROM (
    SELECT o.order_pk, o.currency, {day} AS day FROM orders o {where})
  WHERE day BETWEEN :since AND :until)
"""
_DELIVERED = "NOT l.cancelled AND l.shipped_quantity > coalesce(b.units, 0)"
_SENT_BACK = """
sent_back AS MATERIALIZED (
  SELECT f.order_pk, f.line, sum(f.quantity) AS units
  FROM returns r JOIN receipt f ON f.return_id = r.return_id
  WHERE r.kind = 'return_to_sender' GROUP BY f.order_pk, f.line)
"""
_VALUE = "(2 * l.items_minor * {units} + l.quantity) / (2 * l.quantity)"
_SOLD = """
WITH {placed}, {sent_back}
SELECT sku, currency, period, count(*), sum(units), sum(units * units), sum(value),
  max(title), max(category)
FROM (
  SELECT l.sku, p.currency, p.period, l.title, l.category,
    l.shipped_quantity - coalesce(b.units, 0) AS units, {value} AS value
  FROM placed p CROSS JOIN order_line l ON l.order_pk = p.order_pk
  LEFT JOIN sent_back b ON b.order_pk = l.order_pk AND b.line = l.line
  {where})
GROUP BY sku, currency, period
"""
_CAME_BACK = """
WITH {placed}, {sent_back}, arrived AS MATERIALIZED (
  SELECT f.return_id, f.order_pk, f.line, sum(f.quantity) AS units,
    min(CASE WHEN f.quantity > 0 THEN f.received_at END) AS received_at
  FROM receipt f GROUP BY f.return_id, f.line HAVING sum(f.quantity) > 0)
SELECT sku, currency, period, {arrived_period}, reason, sum(is_first), sum(units), sum(value)
FROM (
  SELECT l.sku, p.currency, p.period, {arrived_day} AS arrived, q.reason, f.units, {value} AS value,
    f.return_id = min(f.return_id) OVER (PARTITION BY f.order_pk, f.line) AS is_first
  FROM arrived f
  CROSS JOIN returns r ON r.return_id = f.return_id AND r.kind <> 'return_to_sender'
  CROSS JOIN placed p ON p.order_pk = f.order_pk
  CROSS JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line
  CROSS JOIN return_line q ON q.return_id = f.return_id AND q.line = f.line AND q.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = f.return_id)
  LEFT JOIN sent_back b ON b.order_pk = l.order_pk AND b.line = l.line
  {where})
GROUP BY sku, currency, period, 4, reason
"""


class SoldGoods(NamedTuple):
    """Lines of a product in orders of a period, in one currency.

    Attributes:
        period: its number.
        lines: delivered; ``units`` and ``squares``: the sums of their units and of their squares.
        value_minor: paid for these units, after discounts; without tax that came on top.
        title, category: as orders or the list of products name them.
    """

    sku: str
    currency: str
    period: int
    lines: int
    units: int
    squares: int
    value_minor: int
    title: str
    category: str


class ReturnedGoods(NamedTuple):
    """What came back of a product, for one reason, of orders of a period.

    Attributes:
        period, arrived: the numbers of the period of the order and of that of the arrival.
        lines: order lines; one that came back twice counts where it came first.
    """

    sku: str
    currency: str
    period: int
    arrived: int
    reason: str
    lines: int
    units: int
    value_minor: int


def sold_goods(store: Store, scope: Scope, by: Cut) -> list[SoldGoods]:
    """What was delivered of orders that were placed in the scope's days."""
    units = "(l.shipped_quantity - coalesce(b.units, 0))"
    statement = _SOLD.format(
        placed=_placed(scope, by),
        sent_back=_SENT_BACK,
        value=_VALUE.format(units=units),
        where=_and(where(scope, LINE_FILTERS), _DELIVERED),
    )
    rows = store.connection.execute(statement, parameters(scope))
    return [SoldGoods(*row) for row in rows]


def returned_goods(store: Store, scope: Scope, by: Cut) -> list[ReturnedGoods]:
    """What came back of orders that were placed in the scope's days, whenever it arrived."""
    statement = _CAME_BACK.format(
        placed=_placed(scope, by),
        sent_back=_SENT_BACK,
        arrived_period=_PERIODS[by].format(day="arrived"),
        arrived_day=day_of("f.received_at", scope),
        value=_VALUE.format(units="f.units"),
        where=_and(where(scope, LINE_FILTERS, REQUEST_FILTERS), _DELIVERED),
    )
    rows = store.connection.execute(statement, parameters(scope))
    return [ReturnedGoods(*row) for row in rows]


def _placed(scope: Scope, by: Cut) -> str:
    return _PLACED.format(
        period=_PERIODS[by].format(day="day"),
        day=day_of("o.placed_at", scope),
        where=_and(where(scope, ORDER_FILTERS), "o.cancelled_at IS NULL"),
    )


def _and(clause: str, words: str) -> str:
    return f"{clause} AND {words}" if clause else f"WHERE {words}"
