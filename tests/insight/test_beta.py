"""Expected values: fractions worked out by hand, closed forms, and SciPy 1.17 where it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.beta import Beta, fit_beta, fit_priors, weight_of

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
    # A prior is worth no more than the 20 sales that it was learnt from.
    assert fit_beta([(1, 10), (3, 10)]) == pytest.approx((0.2 * 20, 0.8 * 20))
    # 1 and 5 of 10: p = 0.3, S = 0.8 / 0.21, gamma = (S - 1) / 9.
    weight = 9 / (0.8 / 0.21 - 1) - 1
    assert fit_beta([(1, 10), (5, 10)]) == pytest.approx((0.3 * weight, 0.7 * weight))


def test_products_that_differ_less_than_by_chance_are_all_alike() -> None:
    # p = 0.2, S = 0: nothing between them, so that all 20 sales say one thing.
    assert fit_beta([(2, 10), (2, 10)]) == pytest.approx((4, 16))


def test_products_that_are_all_or_nothing_leave_a_prior_of_one_sale() -> None:
    # S / 0.25 = 20 * 0.25 / 0.25 = 20, gamma = (20 - 1) / 9 > 1.
    assert fit_beta([(0, 10), (10, 10)]) == pytest.approx((0.5, 0.5))


def test_products_sold_once_each_say_nothing_of_how_they_differ() -> None:
    assert fit_beta([(1, 1), (0, 1)]) == pytest.approx((1, 1))


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


def test_categories_share_how_much_their_products_differ() -> None:
    # Shoes: 1 and 3 of 10, S / p(1-p) = 1.25, room 9. Lamps: 2 and 2 of 10, S = 0, room 9.
    # Together below the 2 that chance gives: all alike.
    shoes, lamps = [(1.0, 10.0), (3.0, 10.0)], [(2.0, 10.0), (2.0, 10.0)]
    assert weight_of([shoes]) == 20
    assert weight_of([shoes, lamps]) == 40
    # Lamps: 0 and 4 of 10, S / p(1-p) = 20 * 0.04 / 0.16 = 5. (6.25 - 2) / 18, weight 18/4.25 - 1.
    assert weight_of([shoes, [(0.0, 10.0), (4.0, 10.0)]]) == pytest.approx(18 / 4.25 - 1)


def test_a_category_of_few_sales_is_drawn_towards_the_shop() -> None:
    priors = fit_priors({"Shoes": [(4.0, 10.0), (6.0, 10.0)], "Lamps": [(0.0, 2.0)]})
    # 10 of 20 and 0 of 2: p = 10/22, S = 20 * (1/22)^2 + 2 * (10/22)^2, N - sum(n^2)/N - 1 =
    # 22 - 404/22 - 1.
    p = 10 / 22
    excess = ((20 / 22**2 + 2 * p**2) / (p * (1 - p)) - 1) / (22 - 404 / 22 - 1)
    weight = 1 / excess - 1
    assert priors["Lamps"].mean == pytest.approx(p * weight / (weight + 2))
    assert priors["Shoes"].mean == pytest.approx((p * weight + 10) / (weight + 20))
    assert priors["Lamps"].weight == pytest.approx(weight_of([[(4, 10), (6, 10)]]))


def test_one_category_has_the_rate_of_its_products() -> None:
    assert fit_priors({"Shoes": [(1.0, 10.0), (3.0, 10.0)]})["Shoes"] == pytest.approx((4, 16))


@pytest.mark.parametrize(
    "counts", [{}, {"a": [(1.0, 2.0)]}, {"a": [(0.0, 2.0)], "b": [(0.0, 9.0)]}]
)
def test_there_is_nothing_to_learn_from_one_product_or_without_returns(
    counts: dict[str, list[tuple[float, float]]],
) -> None:
    assert fit_priors(counts) == {}
