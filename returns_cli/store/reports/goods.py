"""What was delivered of each product and what came back of it, by the period of the order.

Delivered is what was shipped, of orders and lines that were not cancelled, less what went back to
the sender. A unit came back when it was received for a return; it counts for the period of its
order, whenever it arrived. Periods are told by number, as ``insight.periods`` counts them.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.sales import LINE_VALUE
from returns_cli.store.reports.scope import (
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)

Cut = Literal["month", "week"]

# A month's number is year × 12 + month − 1. A week's is the weeks since the calendar began, with a
# Monday; day 0, 1970-01-01, is its 719,163rd.
PERIODS: Mapping[Cut, str] = {
    "month": """(CAST(strftime('%Y', {day} * 86400, 'unixepoch') AS INTEGER) * 12
    + CAST(strftime('%m', {day} * 86400, 'unixepoch') AS INTEGER) - 1)""",
    "week": "(({day} + 719162) / 7)",
}
_SENT_BACK = """sent_back AS MATERIALIZED (
  SELECT f.order_pk, f.line, sum(f.quantity) AS units
  FROM returns r JOIN receipt f ON f.return_id = r.return_id
  WHERE r.kind = 'return_to_sender' GROUP BY f.order_pk, f.line)"""
_UNITS = "(l.shipped_quantity - coalesce(b.units, 0))"
_IS_DELIVERED = f"NOT l.cancelled AND {_UNITS} > 0"
_ARRIVED = """arrived AS MATERIALIZED (
  SELECT f.return_id, f.order_pk, f.line, sum(f.quantity) AS units,
    min(iif(f.quantity > 0, f.received_at, NULL)) AS received_at,
    f.return_id = min(f.return_id) OVER (PARTITION BY f.order_pk, f.line) AS is_first
  FROM receipt f JOIN returns r ON r.return_id = f.return_id AND r.kind <> 'return_to_sender'
  GROUP BY f.return_id, f.order_pk, f.line HAVING sum(f.quantity) > 0)"""


class GoodsSold(NamedTuple):
    """What was delivered of a product, in one currency.

    Attributes:
        title, category: as its order lines name it.
        units, squares: the sums of the lines' units and of their squares.
        value_minor: paid for these units, after discounts; without tax that came on top.
    """

    sku: str
    category: str
    currency: str
    title: str
    units: int
    squares: int
    value_minor: int


class GoodsBack(NamedTuple):
    """What came back of a product, in one currency."""

    sku: str
    category: str
    currency: str
    units: int
    value_minor: int


class PeriodSold(NamedTuple):
    """What was delivered of a period's orders."""

    period: int
    units: int
    squares: int


class PeriodBack(NamedTuple):
    """What came back of a period's orders, by the period in which it arrived."""

    period: int
    arrived: int
    units: int


class LinesSold(NamedTuple):
    """Lines of a product that were delivered of a period's orders."""

    sku: str
    category: str
    period: int
    title: str
    lines: int


class LinesBack(NamedTuple):
    """Of these, lines that came back: by when the first unit arrived, and the reason of that."""

    sku: str
    period: int
    arrived: int
    reason: str
    lines: int


def goods_sold(store: Store, scope: Scope) -> list[GoodsSold]:
    """What was delivered of orders of the scope's days, by product and category; inside a read."""
    lines = _delivered(scope, f"{LINE_VALUE.format(units=_UNITS)} AS value, l.category, l.title")
    query = f"""{lines} SELECT sku, category, currency, max(title), sum(units), sum(units * units),
  sum(value) FROM lines GROUP BY sku, category, currency ORDER BY sku, category, currency"""
    return [*map(GoodsSold._make, store.connection.execute(query, parameters(scope)))]


def goods_back(store: Store, scope: Scope) -> list[GoodsBack]:
    """What came back of orders of the scope's days, whenever it arrived; inside a read."""
    query = f"""{_came_back(scope)} SELECT sku, category, currency, sum(units), sum(value)
FROM lines GROUP BY sku, category, currency ORDER BY sku, category, currency"""
    return [*map(GoodsBack._make, store.connection.execute(query, parameters(scope)))]


def periods_sold(store: Store, scope: Scope, by: Cut) -> list[PeriodSold]:
    """What was delivered, by the period of the order; inside a read."""
    period = PERIODS[by].format(day="day")
    query = f"""{_delivered(scope, "1")}, days AS (
  SELECT day, sum(units) AS units, sum(units * units) AS squares FROM lines GROUP BY day)
SELECT {period}, sum(units), sum(squares) FROM days GROUP BY 1 ORDER BY 1"""
    return [*map(PeriodSold._make, store.connection.execute(query, parameters(scope)))]


def periods_back(store: Store, scope: Scope, by: Cut) -> list[PeriodBack]:
    """What came back, by the periods of the order and of the arrival; inside a read."""
    period, arrived = (PERIODS[by].format(day=day) for day in ("day", "arrived"))
    query = f"""{_came_back(scope)}
SELECT {period}, {arrived}, sum(units) FROM lines GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(PeriodBack._make, store.connection.execute(query, parameters(scope)))]


def lines_sold(store: Store, scope: Scope, by: Cut) -> list[LinesSold]:
    """Lines delivered, by product, category and period of the order; inside a read."""
    period = PERIODS[by].format(day="day")
    query = f"""{_delivered(scope, "l.category, l.title")}
SELECT sku, category, {period}, max(title), count(*) FROM lines GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
    return [*map(LinesSold._make, store.connection.execute(query, parameters(scope)))]


def lines_back(store: Store, scope: Scope, by: Cut) -> list[LinesBack]:
    """Lines of which a unit came back, each once; inside a read."""
    period, arrived = (PERIODS[by].format(day=day) for day in ("day", "arrived"))
    query = f"""{_came_back(scope)} SELECT sku, {period}, {arrived}, reason, count(*)
FROM lines WHERE is_first GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""
    return [*map(LinesBack._make, store.connection.execute(query, parameters(scope)))]


def listed_goods(store: Store) -> dict[str, tuple[str, str]]:
    """Title and category in the shop's own list of products, by SKU; empty where it has none."""
    rows = store.connection.execute("SELECT sku, title, category FROM product")
    return {sku: (title, category) for sku, title, category in rows}


def _delivered(scope: Scope, columns: str) -> str:
    """``lines``: every delivered line of the scope, with more of its columns."""
    day = day_of("o.placed_at", scope)
    return f"""WITH {_SENT_BACK}, lines AS (
  SELECT l.sku, o.currency, {day} AS day, {_UNITS} AS units, {columns}
  FROM orders o CROSS JOIN order_line l ON l.order_pk = o.order_pk
  LEFT JOIN sent_back b ON b.order_pk = l.order_pk AND b.line = l.line
  {where(scope, ORDER_FILTERS, LINE_FILTERS, day=day)}
  AND o.cancelled_at IS NULL AND {_IS_DELIVERED})"""


def _came_back(scope: Scope) -> str:
    """``lines``: what came back of delivered lines, once for each return that holds it."""
    day = day_of("o.placed_at", scope)
    return f"""WITH {_SENT_BACK}, {_ARRIVED}, lines AS (
  SELECT l.sku, l.category, o.currency, {day} AS day, {day_of("f.received_at", scope)} AS arrived,
    q.reason, f.units, f.is_first, {LINE_VALUE.format(units="f.units")} AS value
  FROM arrived f
  CROSS JOIN orders o ON o.order_pk = f.order_pk
  CROSS JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line
  CROSS JOIN return_line q ON q.return_id = f.return_id AND q.line = f.line AND q.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = f.return_id)
  LEFT JOIN sent_back b ON b.order_pk = l.order_pk AND b.line = l.line
  {where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)}
  AND o.cancelled_at IS NULL AND {_IS_DELIVERED})"""
