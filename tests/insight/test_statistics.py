"""Expected values: published tables and fractions worked out by hand; SciPy 1.17 where named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.statistics import (
    at_least,
    control_limits,
    effective_sample,
    false_discovery,
    outweighs,
    rose,
    wilson,
)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_newcombes_table(
    part: int, whole: int, low: float, high: float
) -> None:
    # Newcombe, Stat. Med. 17 (1998) 857-872, table I, method 3.
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.00005)


def test_nothing_delivered_has_no_interval() -> None:
    assert wilson(0, 0) is None


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_an_interval_holds_its_rate(back: int, kept: int) -> None:
    between = wilson(back, back + kept)
    if between is not None:
        assert 0 <= between.low <= back / (back + kept) <= between.high <= 1


@given(st.integers(0, 400), st.integers(1, 400), st.integers(1, 50))
def test_one_more_that_comes_back_never_lowers_a_bound(back: int, kept: int, more: int) -> None:
    whole = back + kept + more
    before, after = wilson(back, whole), wilson(back + more, whole)
    assert before is not None
    assert after is not None
    assert before.low <= after.low
    assert before.high <= after.high


@pytest.mark.parametrize(
    ("lines", "worth"),
    [
        pytest.param([1] * 12, 12, id="twelve lines of one are twelve"),
        pytest.param([12], 1, id="a line of twelve is one"),
        pytest.param([4, 4, 4], 3, id="three lines of four are three"),
        pytest.param([8, 2], 100 / 68, id="a large line outweighs a small one"),
        pytest.param([], 0, id="nothing is nothing"),
    ],
)
def test_units_of_a_line_come_back_together(lines: list[int], worth: float) -> None:
    assert effective_sample(sum(lines), sum(q * q for q in lines)) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("successes", "trials", "chance", "expected"),
    [
        pytest.param(8, 10, 0.5, 56 / 1024, id="eight of ten tosses: 45 + 10 + 1 of 1,024"),
        pytest.param(5, 5, 0.5, 1 / 32, id="all of five"),
        pytest.param(0, 5, 0.5, 1.0, id="none or more is sure"),
        pytest.param(6, 5, 0.5, 0.0, id="more than there are is not"),
        pytest.param(5, 100, 0.02, 0.05083044536950036, id="SciPy"),
    ],
)
def test_so_many_or_more(successes: int, trials: int, chance: float, expected: float) -> None:
    assert at_least(successes, trials, chance) == pytest.approx(expected, rel=1e-9)


def test_too_small_outweighs_too_large() -> None:
    assert outweighs(8, 2) == pytest.approx(56 / 1024)
    assert outweighs(12, 8) == pytest.approx(0.2517223358154297)  # SciPy
    assert outweighs(5, 5) > 0.5
    assert outweighs(0, 0) == 1.0


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        pytest.param((4, 4), (0, 4), 1 / 70, id="the lady tasting tea, all right"),
        pytest.param((3, 4), (1, 4), 17 / 70, id="the lady tasting tea, one pair wrong"),
        pytest.param((2, 4), (2, 4), 53 / 70, id="the lady tasting tea, by guess"),
        pytest.param((12, 100), (30, 1000), 0.00018161772995810274, id="SciPy"),
        pytest.param((0, 10), (3, 10), 1.0, id="nothing now is no rise"),
        pytest.param((0, 0), (0, 0), 1.0, id="nothing at all is no rise"),
        pytest.param((5, 5), (5, 5), 1.0, id="everything, as before, is no rise"),
    ],
)
def test_a_share_rose(later: tuple[int, int], earlier: tuple[int, int], expected: float) -> None:
    assert rose(*later, *earlier) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("centre", "sample", "low", "high"),
    [
        # 10 of 10 has 1 in 1,024, below 0.00135; 9 or 10 have 11 in 1,024, above it.
        pytest.param(0.5, 10, 1, 9, id="ten tosses, by hand"),
        pytest.param(0.05, 100, 0, 13, id="SciPy"),
        pytest.param(0.02, 1000, 8, 34, id="SciPy, a thousand"),
        pytest.param(0.1, 40, 0, 11, id="SciPy, a small sample"),
        pytest.param(0.0, 50, 0, 0, id="what never happened is a signal once it does"),
        pytest.param(1.0, 5, 5, 5, id="what always happened"),
    ],
)
def test_the_limits_of_control(centre: float, sample: int, low: int, high: int) -> None:
    # The counts that are still in control, from the binomial distribution's tails.
    assert control_limits(centre, sample) == (low / sample, high / sample)


def test_no_sample_is_never_out_of_control() -> None:
    assert control_limits(0.2, 0) == (0.0, 1.0)


def test_the_limits_are_near_three_sigma_for_a_large_expectation() -> None:
    # NIST/SEMATECH e-Handbook 6.3.3.2: 30 wafers of 50 chips, p = 0.2313: 0.0524 to 0.4102.
    assert control_limits(0.2313, 50) == pytest.approx((0.0524, 0.4102), abs=0.03)


def test_many_looks_are_corrected_as_in_benjamini_and_hochberg() -> None:
    # Their section 3.2: of these 15, the procedure at 5 % finds the first four.
    chances = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    corrected = false_discovery(chances)
    assert [one <= 0.05 for one in corrected] == [True] * 4 + [False] * 11
    assert corrected[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.0095 * 15 / 4])
    assert false_discovery(chances[::-1]) == corrected[::-1]
    assert false_discovery([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_a_correction_never_makes_a_find_likelier(chances: list[float]) -> None:
    corrected = false_discovery(chances)
    assert all(chance <= one <= 1 for chance, one in zip(chances, corrected, strict=True))
