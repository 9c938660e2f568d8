"""What was delivered of each product and what came back of it, by the period of the order.

A unit came back when it was received for a return; it counts for the period of its order, whenever
it arrived. Periods are told by number, as ``insight.periods`` counts them.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.delivered import LINE_VALUE, SENT_BACK, delivered_units
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
# What each receipt still holds after corrections. The window of a report reads the orders first,
# all time reads the receipts first: CROSS JOIN keeps the order of the tables.
_TAKEN_BACK = """taken_back AS MATERIALIZED (
  SELECT corrects, sum(quantity) AS units FROM receipt WHERE corrects IS NOT NULL
  GROUP BY corrects)"""
_NO_SENDER = "JOIN returns r ON r.return_id = f.return_id AND r.kind <> 'return_to_sender'"
_ASKED = """JOIN return_line q ON q.return_id = f.return_id AND q.line = f.line AND q.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = f.return_id)"""
_UNITS_BACK = "(f.quantity + coalesce(c.units, 0))"
_VALUE = LINE_VALUE.format(units="{units}")
_VALUE_BACK = LINE_VALUE.format(units=_UNITS_BACK)
_ORDERS_FIRST = "orders o CROSS JOIN receipt f ON f.order_pk = o.order_pk"
_RECEIPTS_FIRST = "receipt f CROSS JOIN orders o ON o.order_pk = f.order_pk"


class GoodsSold(NamedTuple):
    """What was delivered of a product, in one currency.

    Attributes:
        category: as its order lines name it; ``title``: as the newest of them does.
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
    lines = _delivered(store, scope, f"{_VALUE} AS value, l.category, l.title, o.order_pk")
    # The title is that of the row with the newest order: SQLite takes it from where the maximum is.
    query = f"""{lines} SELECT sku, category, currency, title, sum(units), sum(units * units),
  sum(value), max(order_pk) FROM lines GROUP BY sku, category, currency"""
    rows = store.connection.execute(query, parameters(scope))
    return [GoodsSold(*row[:-1]) for row in rows]


def goods_back(store: Store, scope: Scope) -> list[GoodsBack]:
    """What came back of orders of the scope's days, whenever it arrived; inside a read."""
    query = f"""{_came_back(store, scope, f"l.category, {_VALUE_BACK} AS value")}
SELECT sku, category, currency, sum(units), sum(value) FROM lines
GROUP BY sku, category, currency"""
    return [*map(GoodsBack._make, store.connection.execute(query, parameters(scope)))]


def periods_sold(store: Store, scope: Scope, by: Cut) -> list[PeriodSold]:
    """What was delivered, by the period of the order; inside a read."""
    period = PERIODS[by].format(day="day")
    query = f"""{_delivered(store, scope, "o.order_pk")}, placed AS (
  SELECT day, sum(units) AS units, sum(units * units) AS squares FROM lines GROUP BY order_pk)
SELECT {period}, sum(units), sum(squares) FROM placed GROUP BY 1 ORDER BY 1"""
    return [*map(PeriodSold._make, store.connection.execute(query, parameters(scope)))]


def periods_back(store: Store, scope: Scope, by: Cut) -> list[PeriodBack]:
    """What came back, by the periods of the order and of the arrival; inside a read."""
    period, arrived = (PERIODS[by].format(day=day) for day in ("day", "arrived"))
    query = f"""{_came_back(store, scope)}, days AS (
  SELECT day, arrived, sum(units) AS units FROM lines GROUP BY day, arrived)
SELECT {period}, {arrived}, sum(units) FROM days GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(PeriodBack._make, store.connection.execute(query, parameters(scope)))]


def lines_sold(store: Store, scope: Scope, by: Cut) -> list[LinesSold]:
    """Lines delivered, by product, category and period of the order; inside a read."""
    period = PERIODS[by].format(day="day")
    lines = _delivered(store, scope, "l.category, l.title, o.order_pk")
    query = f"""{lines} SELECT sku, category, {period}, title, count(*), max(order_pk) FROM lines
GROUP BY 1, 2, 3"""
    rows = store.connection.execute(query, parameters(scope))
    return [LinesSold(*row[:-1]) for row in rows]


def lines_back(store: Store, scope: Scope, by: Cut) -> list[LinesBack]:
    """Lines of which a unit came back, each once, where it came first; inside a read."""
    period, arrived = (PERIODS[by].format(day=day) for day in ("day", "arrived"))
    query = f"""{_came_back(store, scope, "o.order_pk, l.line, q.reason, f.receipt_id")},
first AS (
  SELECT sku, day, arrived, reason, min(receipt_id) FROM lines GROUP BY order_pk, line)
SELECT sku, {period}, {arrived}, reason, count(*) FROM first GROUP BY 1, 2, 3, 4"""
    return [*map(LinesBack._make, store.connection.execute(query, parameters(scope)))]


def listed_goods(store: Store) -> dict[str, tuple[str, str]]:
    """Title and category in the shop's own list of products, by SKU; empty where it has none."""
    rows = store.connection.execute("SELECT sku, title, category FROM product")
    return {sku: (title, category) for sku, title, category in rows}


def _delivered(store: Store, scope: Scope, columns: str) -> str:
    """``lines``: every delivered line of the scope, with more of its columns."""
    sent_back, units = delivered_units(store)
    day = day_of("o.placed_at", scope)
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, day=day)
    return f"""WITH {SENT_BACK}, lines AS (
  SELECT l.sku, o.currency, {day} AS day, {units} AS units, {columns.format(units=units)}
  FROM orders o CROSS JOIN order_line l ON l.order_pk = o.order_pk {sent_back}
  {held} AND o.cancelled_at IS NULL AND NOT l.cancelled AND {units} > 0)"""


def _came_back(store: Store, scope: Scope, columns: str = "") -> str:
    """``lines``: every receipt of a delivered line of the scope, with more of its columns."""
    sent_back, delivered = delivered_units(store)
    day = day_of("o.placed_at", scope)
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)
    told = "q." in columns or scope.reason
    more = f", {columns}" if columns else ""
    return f"""WITH {SENT_BACK}, {_TAKEN_BACK}, lines AS (
  SELECT l.sku, o.currency, {day} AS day, {day_of("f.received_at", scope)} AS arrived,
    {_UNITS_BACK} AS units{more}
  FROM {_RECEIPTS_FIRST if scope.since is None else _ORDERS_FIRST}
  CROSS JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line {sent_back}
  {_NO_SENDER if sent_back else ""} {_ASKED if told else ""}
  LEFT JOIN taken_back c ON c.corrects = f.receipt_id
  {held} AND o.cancelled_at IS NULL AND NOT l.cancelled AND {delivered} > 0
  AND f.corrects IS NULL AND {_UNITS_BACK} > 0)"""
