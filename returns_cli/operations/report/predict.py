"""Which products will come back, and whether to believe that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from returns_cli.domain.reported import Scope
from returns_cli.insight.forecast import Backs, History, Sales
from returns_cli.insight.periods import Cut, number, period_of
from returns_cli.insight.prediction import evaluate_predictions, predict_products
from returns_cli.insight.report import Report
from returns_cli.operations.report.make_report import ReportRequest, read_period, with_unknown
from returns_cli.operations.shop import Shop
from returns_cli.store.connection import Store
from returns_cli.store.rare import rare_collections
from returns_cli.store.reports.goods import lines_back, lines_sold, listed_goods


def predict(shop: Shop, request: ReportRequest, most: int) -> Report:
    """Forecast which products come back in the period that runs. Nothing is written.

    Args:
        shop: whose history is looked at.
        request: what it is narrowed to, and what a period is; it has no days.
        most: how many products to list.

    Raises:
        UsageError: neither months nor weeks (``E-USAGE-PERIOD``).
    """
    return _reported(shop, request, partial(predict_products, most=most))


def evaluate(shop: Shop, request: ReportRequest) -> Report:
    """Hold past forecasts against what came. Nothing is written; arguments and errors as above."""
    return _reported(shop, request, evaluate_predictions)


def _reported(
    shop: Shop, request: ReportRequest, report_of: Callable[[History, int, str], Report]
) -> Report:
    """A report on the history until the last period that is over, and its filters."""
    scope, period = read_period(shop, request)
    last = number(period_of(shop.today, period.by)) - 1
    with rare_collections(), shop.open_store(read_only=True) as store, store.reading():
        report = report_of(read_history(store, scope, period.by), last, shop.now)
        return with_unknown(store, scope, report._replace(filters=scope.filters))


def read_history(store: Store, scope: Scope, by: Cut) -> History:
    """Every line that was delivered of orders until the scope's last day, and what came back."""
    listed = listed_goods(store)
    names: dict[str, tuple[str, str]] = {}
    sales: defaultdict[tuple[str, int], int] = defaultdict(int)
    for one in lines_sold(store, scope, by):
        title, category = listed.get(one.sku, ("", ""))
        names[one.sku] = title or one.title, one.category or category
        sales[one.sku, one.period] += one.lines
    backs = [Backs(*row) for row in lines_back(store, scope, by)]
    return History(by, names, [Sales(*key, lines) for key, lines in sales.items()], backs)
