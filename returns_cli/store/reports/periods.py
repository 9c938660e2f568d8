"""Months and weeks by number, as ``insight.periods`` counts them, in SQL and as days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from returns_cli.domain.reported import day_number, numbered_day

Cut = Literal["month", "week"]

DAY = timedelta(days=1)
_EPOCH_WEEKDAYS = 719_162  # days from Monday, 0001-01-01, to 1970-01-01

# A month's number is year × 12 + month − 1. A week's is the weeks since the calendar began, with a
# Monday; day 0, 1970-01-01, is its 719,163rd.
PERIODS: Mapping[Cut, str] = {
    "month": """(CAST(strftime('%Y', {day} * 86400, 'unixepoch') AS INTEGER) * 12
    + CAST(strftime('%m', {day} * 86400, 'unixepoch') AS INTEGER) - 1)""",
    "week": f"(({{day}} + {_EPOCH_WEEKDAYS}) / 7)",
}
"""SQL for the number of the period of a day's number ``{day}``."""


def month_of(day: date) -> int:
    """The number of a month.

    >>> month_of(date(2026, 1, 31)) - month_of(date(2025, 12, 1))
    1
    """
    return day.year * 12 + day.month - 1


def period_of(day: int, by: Cut) -> int:
    """The number of the period of a day's number.

    >>> period_of(0, "month") == 1970 * 12, period_of(0, "week")
    (True, 102737)
    """
    return month_of(numbered_day(day)) if by == "month" else (day + _EPOCH_WEEKDAYS) // 7


def first_of(month: int) -> date:
    """The first day of a month's number."""
    return date(month // 12, month % 12 + 1, 1)


def days_of(period: int, by: Cut) -> tuple[int, int]:
    """The numbers of the first and of the last day of a period's number.

    >>> days_of(2026 * 12, "month"), days_of(102_737, "week")
    ((20454, 20484), (-3, 3))
    """
    if by == "month":
        return day_number(first_of(period)), day_number(first_of(period + 1)) - 1
    monday = period * 7 - _EPOCH_WEEKDAYS
    return monday, monday + 6
