"""Triangles small enough to be worked out by hand."""

import pytest

from returns_cli.insight.cohorts import completeness, is_unfinished, known_part
from returns_cli.insight.periods import number


def _numbered(triangle: dict[tuple[str, str], int]) -> dict[tuple[int, int], int]:
    return {(number(a), number(b)): n for (a, b), n in triangle.items()}


# Orders of January have 10, 6 and 4 returns in the same month and the two after, and so on.
_TRIANGLE = _numbered(
    {
        ("2026-01", "2026-01"): 10,
        ("2026-01", "2026-02"): 6,
        ("2026-01", "2026-03"): 4,
        ("2026-02", "2026-02"): 20,
        ("2026-02", "2026-03"): 8,
        ("2026-02", "2026-04"): 2,
        ("2026-03", "2026-03"): 30,
        ("2026-03", "2026-04"): 16,
        ("2026-04", "2026-04"): 40,
    }
)
_APRIL = number("2026-04")


def test_young_cohorts_are_completed_as_older_ones_grew() -> None:
    # From the 1st month to the 2nd: (10 + 20 + 30) became (16 + 28 + 46), 60 to 90.
    # From the 2nd to the 3rd: (16 + 28) became (20 + 30), 44 to 50. From the 3rd on: 20 to 20.
    parts = completeness(_TRIANGLE, _APRIL)
    assert parts == pytest.approx([60 / 90 * 44 / 50, 44 / 50, 1.0, 1.0])
    assert known_part(parts, number("2026-04"), _APRIL) == pytest.approx(0.5867, abs=0.0001)
    assert known_part(parts, number("2025-01"), _APRIL) == 1.0
    assert known_part(parts, number("2026-05"), _APRIL) is None


def test_what_came_after_the_last_whole_period_is_not_looked_at() -> None:
    later = {**_TRIANGLE, **_numbered({("2026-04", "2026-05"): 99, ("2026-05", "2026-05"): 7})}
    assert completeness(later, _APRIL) == completeness(_TRIANGLE, _APRIL)


def test_a_return_dated_before_its_order_counts_as_at_once() -> None:
    odd = {**_TRIANGLE, **_numbered({("2026-03", "2026-02"): 30, ("2026-03", "2026-03"): 0})}
    assert completeness(odd, _APRIL) == completeness(_TRIANGLE, _APRIL)


@pytest.mark.parametrize(
    "triangle",
    [{}, {("2026-02", "2026-03"): 50}, {("2026-06", "2026-06"): 50}, {("2026-01", "2026-01"): 19}],
)
def test_a_short_history_says_nothing(triangle: dict[tuple[str, str], int]) -> None:
    parts = completeness(_numbered(triangle), _APRIL)
    assert parts is None
    assert known_part(parts, _APRIL, _APRIL) is None


def test_a_time_without_returns_adds_nothing() -> None:
    assert completeness(_numbered({("2026-01", "2026-01"): 30}), _APRIL) == [1.0, 1.0, 1.0, 1.0]
    assert completeness(_numbered({("2026-01", "2026-04"): 30}), _APRIL) == [0.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("part", "cohort", "unfinished"),
    [
        pytest.param(0.94, "2026-03", True, id="a tenth is still to come"),
        pytest.param(0.95, "2026-03", False, id="as good as finished"),
        pytest.param(None, "2026-05", True, id="the month that runs"),
        pytest.param(None, "2026-03", True, id="without history two months are waited for"),
        pytest.param(None, "2026-02", False, id="without history, after two months"),
    ],
)
def test_a_cohort_is_unfinished(part: float | None, cohort: str, *, unfinished: bool) -> None:
    assert is_unfinished(part, number(cohort), _APRIL) is unfinished
