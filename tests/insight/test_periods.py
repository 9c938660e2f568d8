from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.periods import (
    Cut,
    cut_of,
    first_day,
    from_to,
    last_day,
    named,
    number,
    period_of,
)

_CUTS = st.sampled_from(["month", "week"])
_DAYS = st.dates(date(1900, 1, 1), date(2998, 12, 31))


@pytest.mark.parametrize(
    ("day", "by", "name", "first", "last"),
    [
        ("2026-03-31", "month", "2026-03", "2026-03-01", "2026-03-31"),
        ("2024-02-10", "month", "2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12-31", "month", "2025-12", "2025-12-01", "2025-12-31"),
        ("2026-03-16", "week", "2026-W12", "2026-03-16", "2026-03-22"),
        # ISO 8601: the first week is that of the first Thursday.
        ("2027-01-01", "week", "2026-W53", "2026-12-28", "2027-01-03"),
        ("2025-12-29", "week", "2026-W01", "2025-12-29", "2026-01-04"),
    ],
)
def test_a_day_lies_in_its_period(day: str, by: Cut, name: str, first: str, last: str) -> None:
    assert period_of(date.fromisoformat(day), by) == name
    assert (first_day(name).isoformat(), last_day(name).isoformat()) == (first, last)


def test_periods_follow_each_other_without_a_gap() -> None:
    assert from_to("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert from_to("2026-W52", "2027-W01") == ["2026-W52", "2026-W53", "2027-W01"]
    assert from_to("2026-02", "2026-01") == []


@given(_DAYS, _CUTS)
def test_names_and_numbers_are_the_same_periods(day: date, by: Cut) -> None:
    name = period_of(day, by)
    assert cut_of(name) == by
    assert named(number(name), by) == name
    assert first_day(name) <= day <= last_day(name)
    assert number(period_of(last_day(name) + timedelta(1), by)) == number(name) + 1


@given(_DAYS, _DAYS, _CUTS)
def test_names_sort_as_their_times_do(one: date, other: date, by: Cut) -> None:
    earlier, later = sorted((one, other))
    assert period_of(earlier, by) <= period_of(later, by)
