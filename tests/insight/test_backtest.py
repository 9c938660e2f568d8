"""A shop whose BOOT comes back every second time and whose LAMP never does."""

from math import log

import pytest

from returns_cli.insight.backtest import Band, back_test
from returns_cli.insight.forecast import Backs, History, Sales
from returns_cli.insight.periods import from_to, number

_JUNE = number("2026-06")
_NAMES = {"BOOT": ("Boot", "Home"), "LAMP": ("Lamp", "Home"), "NEW": ("New", "Home")}


def _history(*more: Sales) -> History:
    months = [number(one) for one in from_to("2026-01", "2026-06")]
    sales = [Sales(sku, month, 10) for month in months for sku in ("BOOT", "LAMP")]
    backs = [Backs("BOOT", month, month, "style", 5) for month in months]
    return History("month", _NAMES, [*sales, *more], backs)


def test_each_period_is_forecast_from_the_one_before() -> None:
    test = back_test(_history(), _JUNE)
    assert [one.period for one in test.trials] == [number(f"2026-0{n}") for n in (4, 5, 6)]
    for one in test.trials:
        assert (one.known, one.lines, one.back, one.products, one.above) == (1.0, 20, 5, 2, 1)


def test_the_naive_forecasts_are_scored_as_by_hand() -> None:
    last = back_test(_history(), _JUNE).trials[-1]
    # Last month: 5 of 10 and 0 of 10, which is held off at one in a thousand.
    assert last.naive.log_loss == pytest.approx((10 * log(2) - 10 * log(0.999)) / 20)
    # The category: 5 of 20.
    assert last.category.log_loss == pytest.approx(-(5 * log(0.25) + 15 * log(0.75)) / 20)
    assert (last.naive.hits, last.naive.tried) == (1, 2)


def test_ours_lies_between_and_puts_the_worse_product_first() -> None:
    last = back_test(_history(), _JUNE).trials[-1]
    assert last.naive.log_loss < last.ours.log_loss < last.category.log_loss
    assert (last.ours.hits, last.ours.tried) == (1, 2)


def test_a_new_product_is_forecast_by_its_category_or_the_shop() -> None:
    last = back_test(_history(Sales("NEW", _JUNE, 20)), _JUNE).trials[-1]
    assert last.lines == 40
    shop = 5 / 20  # what arrived in May of what was ordered in it
    naive = 10 * log(2) - 10 * log(0.999) - 20 * log(1 - shop)
    assert last.naive.log_loss == pytest.approx(naive / 40)
    category = -(5 * log(0.25) + 35 * log(0.75))
    assert last.category.log_loss == pytest.approx(category / 40)
    assert last.ours.tried == 2


def test_lines_are_put_into_bands_of_one_size() -> None:
    bands = back_test(_history(), _JUNE).bands
    assert sum(one.lines for one in bands) == 60
    assert sum(one.back for one in bands) == 15
    assert bands[0].back == 0
    assert bands[-1].lines == 10
    assert isinstance(bands[0], Band)
    low, high = bands[0], bands[-1]
    assert low.expected / low.lines < high.expected / high.lines


def test_a_period_of_which_little_is_known_is_not_judged() -> None:
    # Goods come back two months later: of May a part, of June nothing is known yet.
    months = [number(one) for one in from_to("2026-01", "2026-06")]
    history = History(
        "month",
        _NAMES,
        [Sales("BOOT", month, 10) for month in months],
        [Backs("BOOT", month, month + 2, "style", 5) for month in months],
    )
    test = back_test(history, _JUNE)
    assert [one.period for one in test.trials] == [number("2026-04")]


def test_a_month_without_sales_is_passed_over() -> None:
    history = _history()
    history = history._replace(
        sales=[one for one in history.sales if one.period != number("2026-05")],
        backs=[one for one in history.backs if one.period != number("2026-05")],
    )
    test = back_test(history, _JUNE)
    assert [one.period for one in test.trials] == [number("2026-04"), _JUNE]
    # Nothing was ordered in May: the last rate of everything is that of nothing.
    assert test.trials[-1].naive.log_loss == pytest.approx(-(5 * log(0.001) + 15 * log(0.999)) / 20)


def test_the_order_of_what_is_told_changes_nothing() -> None:
    history = _history()
    turned = history._replace(sales=history.sales[::-1], backs=history.backs[::-1])
    assert back_test(turned, _JUNE) == back_test(history, _JUNE)


@pytest.mark.parametrize("months", [0, 1, 3])
def test_a_short_history_gives_no_trial(months: int) -> None:
    history = _history()
    first = number("2026-01")
    short = history._replace(sales=[one for one in history.sales if one.period < first + months])
    assert back_test(short, first + months - 1).trials == ()
