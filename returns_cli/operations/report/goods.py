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
    sold: dict[str, Goods] = {}
    worth: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in goods_sold(store, scope):
        name, title, category = naming(one.sku, one.title, one.category)
        known = sold.get(name, Goods(name, title, category, 0, 0, 0))
        sold[name] = known._replace(
            units=known.units + one.units, squares=known.squares + one.squares
        )
        worth[name, one.currency][0] += one.value_minor
    for back in goods_back(store, scope):
        name, _, _ = naming(back.sku, "", back.category)
        sold[name] = sold[name]._replace(returned=sold[name].returned + back.units)
        worth[name, back.currency][1] += back.value_minor
    return GoodsFacts(
        list(sold.values()),
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
