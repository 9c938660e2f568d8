"""What was delivered of each product and what came back of it, by the period of the order.

A unit came back when it was received for a return; it counts for the period of its order, whenever
it arrived. Periods are told by number, as ``insight.periods`` counts them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache, partial, reduce
from typing import Any, NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import Rows, rows_of, value_back
from returns_cli.store.reports.months import Months
from returns_cli.store.reports.periods import PERIODS, Cut, period_of
from returns_cli.store.reports.subjects import CAME, GOODS, SOLD

Counts = tuple[int, int, int]
_MANY = 1_000_000_000_000  # more receipts than there will be
_NOTHING: Counts = (0, 0, 0)


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
    sums: dict[tuple[str, str, str], dict[str, Counts]] = {}
    for rows in _delivered(store, scope):
        found = rows.ask(
            "sku, category, currency, title, sum(units), sum(squares), sum(value)",
            "GROUP BY 1, 2, 3, 4 HAVING sum(lines) > 0",
        )
        for sku, category, currency, title, *counts in found:
            titles = sums.setdefault((sku, category, currency), {})
            titles[title] = _added(titles.get(title, _NOTHING), (counts[0], counts[1], counts[2]))
    several = {key[0] for key, titles in sums.items() if len(titles) > 1}
    newest = _newest(store, scope, several, "sku, category, currency")
    return [
        GoodsSold(*key, newest.get(key, next(iter(titles))), *_summed(titles))
        for key, titles in sorted(sums.items())
    ]


def _summed(titles: Mapping[str, Counts]) -> Counts:
    return reduce(_added, titles.values())


def _added(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def goods_back(store: Store, scope: Scope) -> list[GoodsBack]:
    """What came back of orders of the scope's days, whenever it arrived; inside a read."""
    rows = rows_of(store, scope, CAME, "came_goods").ask(
        f"sku, category, currency, sum(units), sum({value_back(scope)})", "GROUP BY 1, 2, 3"
    )
    return [*map(GoodsBack._make, rows)]


def periods_sold(store: Store, scope: Scope, by: Cut) -> list[PeriodSold]:
    """What was delivered, by the period of the order; inside a read."""
    rows = (
        rows_of(store, scope, GOODS) if scope.category else rows_of(store, scope, SOLD, "sold_days")
    )
    found = rows.ask(
        f"{PERIODS[by].format(day='day')}, sum(units), sum(squares)",
        "GROUP BY 1 HAVING sum(units) > 0 ORDER BY 1",
    )
    return [*map(PeriodSold._make, found)]


def periods_back(store: Store, scope: Scope, by: Cut) -> list[PeriodBack]:
    """What came back, by the periods of the order and of the arrival; inside a read."""
    sums: defaultdict[tuple[int, int], int] = defaultdict(int)
    of_day = lru_cache(None)(partial(period_of, by=by))
    rows = rows_of(store, scope, CAME, "came_days")
    for day, arrived, units in rows.ask("day, arrived, units"):
        sums[of_day(day), of_day(arrived)] += units
    return [PeriodBack(*key, units) for key, units in sorted(sums.items())]


def lines_sold(store: Store, scope: Scope, by: Cut) -> list[LinesSold]:
    """Lines delivered, by product, category and period of the order; inside a read."""
    months = (
        Months.of(store, scope, SOLD, "sold_days") if by == "month" and not scope.filters else None
    )
    named = PERIODS[by].format(day="day")
    if months is None or months.edges:
        rows, period = rows_of(store, scope, GOODS), named
    else:
        rows, period = months.whole(store, scope, GOODS, "goods_months"), "month"
    sums: dict[tuple[str, str, int], tuple[str, int]] = {}
    several = set()
    found = rows.ask(
        f"sku, category, {period}, title, sum(lines)", "GROUP BY 1, 2, 3, 4 HAVING sum(lines) > 0"
    )
    for sku, category, number, title, lines in found:
        key = sku, category, number
        if key in sums:
            several.add(sku)
            lines += sums[key][1]
        sums[key] = title, lines
    newest = _newest(store, scope, several, f"sku, category, {named}")
    return [LinesSold(*key, newest.get(key, title), lines) for key, (title, lines) in sums.items()]


def lines_back(store: Store, scope: Scope, by: Cut) -> list[LinesBack]:
    """Lines of which a unit came back, each once, where it came first; inside a read."""
    if scope.reason:  # the first for that reason
        rows = rows_of(store, scope, CAME).within(
            f"sku, day, arrived, reason, 1 AS rows, min(arrived * {_MANY} + receipt_id)",
            "GROUP BY order_pk, line",
        )
        more = ""
    else:
        rows, more = rows_of(store, scope, CAME, "came_first"), "is_first"
    sums: defaultdict[tuple[str, int, int, str], int] = defaultdict(int)
    of_day = lru_cache(None)(partial(period_of, by=by))
    for sku, day, arrived, reason, lines in rows.ask("sku, day, arrived, reason, rows", more=more):
        sums[sku, of_day(day), of_day(arrived), reason] += lines
    return [LinesBack(*key, lines) for key, lines in sums.items()]


def listed_goods(store: Store) -> dict[str, tuple[str, str]]:
    """Title and category in the shop's own list of products, by SKU; empty where it has none."""
    rows = store.connection.execute("SELECT sku, title, category FROM product")
    return {sku: (title, category) for sku, title, category in rows}


def _delivered(store: Store, scope: Scope) -> list[Rows]:
    """Where the lines of the scope stand: months that are meant whole, then the days beside them.

    The sums by month do where nothing narrows them.
    """
    months = _months(store, scope)
    if months is None:
        return [rows_of(store, scope, GOODS)]
    beside = (scope._replace(since=since, until=until) for since, until in months.edges)
    if months.are_all:
        return [rows_of(store, scope, GOODS, "goods_ever")._replace(held="true")]
    whole = months.whole(store, scope, GOODS, "goods_months")
    return [whole, *(rows_of(store, one, GOODS) for one in beside)]


def _months(store: Store, scope: Scope) -> Months | None:
    ordered = scope._replace(reason="")  # what was ordered has no reason
    return None if ordered.filters else Months.of(store, ordered, SOLD, "sold_days")


def _newest(store: Store, scope: Scope, skus: set[str], key: str) -> dict[tuple[Any, ...], str]:
    """The title of the newest order's line, by the key, of products that have several titles."""
    if not skus:
        return {}
    rows = rows_of(store, scope, GOODS)
    rows.values["skus"] = json.dumps(sorted(skus))
    # SQLite takes the title from the row where the maximum is.
    found = rows.ask(
        f"title, max(order_pk), {key}",
        "GROUP BY 3, 4, 5",
        more="lines AND sku IN (SELECT value FROM json_each(:skus))",
    )
    return {tuple(row[2:]): row[0] for row in found}
