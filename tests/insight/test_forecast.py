"""Shops small enough to be worked out by hand."""

import pytest

from returns_cli.insight.beta import Beta
from returns_cli.insight.forecast import Backs, Forecast, History, Sales, forecasts
from returns_cli.insight.periods import number

_APRIL = number("2026-04")


def _month(name: str) -> int:
    return number(name)


def _history(
    sales: dict[tuple[str, str], int],
    backs: dict[tuple[str, str, str], int],
    categories: dict[str, str] | None = None,
) -> History:
    """Lines sold by SKU and month, and lines back by SKU, month and month of arrival."""
    skus = {sku for sku, _ in sales}
    return History(
        "month",
        {sku: (sku.title(), (categories or {}).get(sku, "Home")) for sku in skus},
        [Sales(sku, _month(month), lines) for (sku, month), lines in sales.items()],
        [
            Backs(sku, _month(month), _month(arrived), "too_small", lines)
            for (sku, month, arrived), lines in backs.items()
        ],
    )


def _by_sku(history: History, last: int = _APRIL) -> dict[str, Forecast]:
    return {one.sku: one for one in forecasts(history, last)}


def test_a_category_teaches_and_a_product_speaks_for_itself() -> None:
    history = _history(
        {("BOOT", "2026-04"): 10, ("CLOG", "2026-04"): 10},
        {("BOOT", "2026-04", "2026-04"): 3, ("CLOG", "2026-04", "2026-04"): 1},
    )
    boot, clog = forecasts(history, _APRIL)
    # 1 and 3 of 10 make a prior of 4 back and 16 kept (see test_beta).
    assert boot.sku == "BOOT"
    assert boot.rate == pytest.approx(Beta(4 + 3, 16 + 7))
    assert clog.rate == pytest.approx(Beta(4 + 1, 16 + 9))
    assert boot.category_rate == pytest.approx(0.2)
    assert (boot.sold, boot.back, boot.recent, boot.before) == (10, 3, (3, 10), (0, 0))
    assert boot.chance == pytest.approx(Beta(7, 23).above(0.2))


def test_a_sale_of_a_year_ago_weighs_half() -> None:
    history = _history({("BOOT", "2025-04"): 8}, {("BOOT", "2025-04", "2025-04"): 2})
    only = _by_sku(history)["BOOT"]
    # Alone in the shop its prior is half a sale on either side.
    assert only.rate == pytest.approx(Beta(0.5 + 1, 0.5 + 3))
    assert (only.recent, only.before) == ((0, 0), (2, 8))


def test_young_sales_count_as_kept_only_as_far_as_they_had_time() -> None:
    history = _history(
        {("BOOT", month): 100 for month in ("2026-01", "2026-02", "2026-03", "2026-04")},
        {
            ("BOOT", "2026-01", "2026-01"): 10,
            ("BOOT", "2026-01", "2026-02"): 10,
            ("BOOT", "2026-02", "2026-02"): 10,
            ("BOOT", "2026-02", "2026-03"): 10,
            ("BOOT", "2026-03", "2026-03"): 10,
            ("BOOT", "2026-03", "2026-04"): 10,
            ("BOOT", "2026-04", "2026-04"): 10,
        },
    )
    only = _by_sku(history)["BOOT"]
    # Half of the returns come in the first month: of the 90 of April half count as kept.
    weights = [0.5 ** (age / 12) for age in (3, 2, 1, 0)]
    back = 20 * sum(weights[:3]) + 10
    kept = 80 * sum(weights[:3]) + 90 * 0.5
    assert only.rate == pytest.approx(Beta(0.5 + back, 0.5 + kept))


def test_what_is_later_is_not_known() -> None:
    sales = {("BOOT", "2026-03"): 10, ("CLOG", "2026-03"): 10}
    backs = {("BOOT", "2026-03", "2026-03"): 3, ("CLOG", "2026-03", "2026-03"): 1}
    later = _history(
        {**sales, ("BOOT", "2026-04"): 10, ("MULE", "2026-04"): 1},
        {**backs, ("CLOG", "2026-03", "2026-04"): 7, ("BOOT", "2026-04", "2026-04"): 10},
    )
    march = number("2026-03")
    assert forecasts(later, march) == forecasts(_history(sales, backs), march)


def test_a_category_of_one_learns_from_the_shop() -> None:
    history = _history(
        {("BOOT", "2026-04"): 10, ("CLOG", "2026-04"): 10, ("LAMP", "2026-04"): 20},
        {("BOOT", "2026-04", "2026-04"): 3, ("CLOG", "2026-04", "2026-04"): 1},
        {"LAMP": "Light"},
    )
    lamp = _by_sku(history)["LAMP"]
    # Of 4 and 0 of 20 the shop learns: p = 0.1, S / 0.09 = 0.4 / 0.09, gamma = (S - 1) / 19.
    weight = 19 / (0.4 / 0.09 - 1) - 1
    assert lamp.category_rate == pytest.approx(0.1 * weight / (weight + 20))
    assert lamp.rate.mean < lamp.category_rate


def test_a_line_comes_back_no_more_than_once() -> None:
    history = _history({("BOOT", "2026-04"): 1}, {("BOOT", "2026-04", "2026-04"): 2})
    only = _by_sku(history)["BOOT"]
    assert (only.back, only.sold) == (1, 1)
    assert only.rate == pytest.approx(Beta(1.5, 0.5))


@pytest.mark.parametrize(
    ("early", "late", "trend"),
    [
        pytest.param(1, 12, "rising", id="1 of 50, then 12 of 50"),
        pytest.param(12, 1, "falling", id="12 of 50, then 1 of 50"),
        pytest.param(5, 7, "steady", id="5 of 50, then 7 of 50 is chance"),
    ],
)
def test_a_trend_is_told_beyond_chance(early: int, late: int, trend: str) -> None:
    history = _history(
        {("BOOT", "2025-10"): 50, ("BOOT", "2026-04"): 50},
        {("BOOT", "2025-10", "2025-10"): early, ("BOOT", "2026-04", "2026-04"): late},
    )
    assert _by_sku(history)["BOOT"].trend == trend


def test_among_many_products_a_trend_must_be_stronger() -> None:
    # 4 of 4 against 0 of 4 has chance 1/70, two-sided 1/35: alone told, not among ten others.
    sales = {("BOOT", "2025-10"): 4, ("BOOT", "2026-04"): 4}
    backs = {("BOOT", "2026-04", "2026-04"): 4}
    assert _by_sku(_history(sales, backs))["BOOT"].trend == "rising"
    others = {(f"P{n}", month): 4 for n in range(10) for month in ("2025-10", "2026-04")}
    assert _by_sku(_history({**sales, **others}, backs))["BOOT"].trend == "steady"


def test_nothing_is_forecast_from_nothing() -> None:
    assert forecasts(_history({}, {}), _APRIL) == []
