"""What comes back, of what was delivered: by product and by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from returns_cli.domain.reported import Scope
from returns_cli.insight.cohorts import Cohort, Development
from returns_cli.insight.goods import Goods, GoodsFacts, Worth
from returns_cli.insight.periods import Cut, named
from returns_cli.insight.products import categories_report, products_report
from returns_cli.insight.report import Period, Report
from returns_cli.store.connection import Store
from returns_cli.store.reports.goods import (
    PeriodBack,
    PeriodSold,
    goods_back,
    goods_sold,
    listed_goods,
    periods_back,
    periods_sold,
)

# Name, title and category of a row, from SKU, title and category of an order line.
_Naming = Callable[[str, str, str], tuple[str, str, str]]


def products(store: Store, scope: Scope, period: Period) -> Report:
    """Which products come back, each held against its category."""
    listed = listed_goods(store)

    def naming(sku: str, title: str, category: str) -> tuple[str, str, str]:
        own_title, own_category = listed.get(sku, ("", ""))
        return sku, own_title or title, category or own_category

    return products_report(scope, period, _facts(store, scope, period, naming))


def categories(store: Store, scope: Scope, period: Period) -> Report:
    """Which categories come back, each held against the shop."""
    listed = listed_goods(store)

    def naming(sku: str, title: str, category: str) -> tuple[str, str, str]:
        del title
        return category or listed.get(sku, ("", ""))[1], "", ""

    return categories_report(scope, period, _facts(store, scope, period, naming))


def _facts(store: Store, scope: Scope, period: Period, naming: _Naming) -> GoodsFacts:
    names: dict[str, tuple[str, str]] = {}
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    worth: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for sku, of, currency, title, units, squares, value in goods_sold(store, scope):
        name, *named = naming(sku, title, of)
        names.setdefault(name, (named[0], named[1]))
        count = counts[name]
        count[0] += units
        count[1] += squares
        worth[name, currency][0] += value
    for sku, of, currency, units, value in goods_back(store, scope):
        name = naming(sku, "", of)[0]
        counts[name][2] += units
        worth[name, currency][1] += value
    return GoodsFacts(
        [Goods(name, *names[name], *count) for name, count in counts.items()],
        [Worth(*key, *amounts) for key, amounts in worth.items()],
        *_over_time(store, scope, period.by),
    )


def _over_time(store: Store, scope: Scope, by: Cut) -> tuple[list[Cohort], Development]:
    """The scope's periods; and how long goods take to come back, from all that is known."""
    ever = periods_back(store, scope._replace(since=None), by)
    back = ever if scope.since is None else periods_back(store, scope, by)
    cohorts = _cohorts(periods_sold(store, scope, by), back, by)
    return cohorts, {(one.period, one.arrived): one.units for one in ever}


def _cohorts(placed: Sequence[PeriodSold], came: Sequence[PeriodBack], by: Cut) -> list[Cohort]:
    """Every period from the first with an order to the last, the quiet ones too."""
    sold = {one.period: one for one in placed}
    back: defaultdict[int, int] = defaultdict(int)
    for one in came:
        back[one.period] += one.units
    cohorts = []
    for period in range(min(sold), max(sold) + 1) if sold else ():
        units, squares = sold[period][1:] if period in sold else (0, 0)
        cohorts.append(Cohort(named(period, by), units, squares, back[period]))
    return cohorts
