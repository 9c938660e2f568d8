"""Expected values: fractions worked out by hand, closed forms, and SciPy 1.17 where it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.beta import MOST_WEIGHT, Beta, fit_beta

_RATES = st.floats(0.0001, 0.9999)
_SHAPES = st.floats(0.1, 5000)


@pytest.mark.parametrize(
    ("a", "b", "rate", "probability"),
    [
        pytest.param(1, 1, 0.3, 0.3, id="any rate is as likely: the rate itself"),
        pytest.param(2, 3, 0.3, 0.3483, id="by hand: P(X >= 2 of 4), each with 0.3"),
        pytest.param(5, 1, 0.5, 0.03125, id="x to the fifth"),
        pytest.param(0.5, 0.5, 0.25, 1 / 3, id="the arcsine law: 2/pi asin(sqrt(x))"),
        pytest.param(30.5, 970, 0.02, 0.016139736014844044, id="SciPy"),
        pytest.param(120, 80, 0.65, 0.9273622915627775, id="SciPy, from the other end"),
        pytest.param(1e4, 1e6, 0.0101, 0.9777875433046725, id="SciPy, a million sales"),
        pytest.param(3, 200_000, 1e-5, 0.3233289972530777, id="SciPy, hardly ever"),
        pytest.param(2, 3, 0.0, 0.0, id="never below nothing"),
        pytest.param(2, 3, 1.0, 1.0, id="always below all"),
    ],
)
def test_the_probability_of_a_lower_rate(
    a: float, b: float, rate: float, probability: float
) -> None:
    assert Beta(a, b).below(rate) == pytest.approx(probability, rel=1e-9)
    assert Beta(a, b).above(rate) == pytest.approx(1 - probability, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        pytest.param(1, 1, 0.025, 0.975, id="any rate is as likely"),
        pytest.param(2, 3, 0.06758599, 0.80587955, id="SciPy"),
        pytest.param(3.5, 996.5, 0.00084648, 0.00799234, id="SciPy, few of a thousand"),
        pytest.param(0.5, 20, 2.48602086e-05, 0.119407024, id="SciPy, next to nothing"),
    ],
)
def test_the_credible_interval(a: float, b: float, low: float, high: float) -> None:
    assert Beta(a, b).interval(0.95) == pytest.approx((low, high), rel=1e-5)


@given(_SHAPES, _SHAPES, st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_probability_is_reached(a: float, b: float, p: float) -> None:
    known = Beta(a, b)
    rate = known.quantile(p)
    slightly = max(rate * 1e-9, 1e-300)
    assert known.below(rate - slightly) <= p + 1e-9
    assert known.below(rate + slightly) >= p - 1e-9


@given(_SHAPES, _SHAPES, _RATES, _RATES)
def test_a_higher_rate_is_never_less_likely_to_be_above(
    a: float, b: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert Beta(a, b).below(low) <= Beta(a, b).below(high) + 1e-12


def test_two_products_make_a_prior_by_hand() -> None:
    # 1 and 3 of 10: p = 0.2, S = 10 * 0.01 * 2 = 0.2, S / 0.16 = 1.25; k - 1 = 1;
    # N - sum(n^2) / N - 1 = 20 - 10 - 1 = 9; gamma = 0.25 / 9 = 1 / 36; weight 35.
    assert fit_beta([(1, 10), (3, 10)]) == pytest.approx((7, 28))


def test_products_that_differ_less_than_by_chance_are_all_alike() -> None:
    # p = 0.2, S = 0: nothing between them.
    assert fit_beta([(2, 10), (2, 10)]) == pytest.approx((0.2 * MOST_WEIGHT, 0.8 * MOST_WEIGHT))


def test_products_that_are_all_or_nothing_leave_a_prior_of_one_sale() -> None:
    # S / 0.25 = 20 * 0.25 / 0.25 = 20, gamma = (20 - 1) / 9 > 1.
    assert fit_beta([(0, 10), (10, 10)]) == pytest.approx((0.5, 0.5))


def test_products_sold_once_each_say_nothing_of_how_they_differ() -> None:
    assert fit_beta([(1, 1), (0, 1)]) == pytest.approx((0.5 * MOST_WEIGHT, 0.5 * MOST_WEIGHT))


@pytest.mark.parametrize(
    "counts", [[], [(1, 4)], [(0, 4), (0, 9)], [(4, 4), (9, 9)], [(0, 0), (1, 2)]]
)
def test_there_is_no_prior_of_one_product_or_of_nothing(
    counts: list[tuple[float, float]],
) -> None:
    assert fit_beta(counts) is None


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=20).map(
        lambda pairs: [(back, back + kept) for back, kept in pairs]
    )
)
def test_an_estimate_lies_between_the_own_rate_and_that_of_all(
    counts: list[tuple[float, float]],
) -> None:
    prior = fit_beta(counts)
    if prior is None:
        return
    for back, sold in counts:
        if sold:
            low, high = sorted((prior.mean, back / sold))
            assert low - 1e-9 <= prior.after(back, sold).mean <= high + 1e-9


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 200))
def test_one_more_that_comes_back_never_lowers_an_estimate(back: int, more: int, kept: int) -> None:
    prior = Beta(1.5, 40.0)
    sold = back + more + kept
    assert prior.after(back + more, sold).mean > prior.after(back, sold).mean
