"""Months and weeks as reports name them: ``2026-03``, and ``2026-W12`` as ISO 8601 counts weeks.

Names of one kind sort as their times do.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Cut = Literal["month", "week"]

_WEEK = 7


def period_of(day: date, by: Cut) -> str:
    """The name of the month or week that a day lies in."""
    if by == "month":
        return f"{day.year:04}-{day.month:02}"
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def first_day(period: str) -> date:
    """The first day of a period, from its name."""
    year, _, rest = period.partition("-")
    if rest.startswith("W"):
        return date.fromisocalendar(int(year), int(rest[1:]), 1)
    return date(int(year), int(rest), 1)


def last_day(period: str) -> date:
    """The last day of a period, from its name."""
    return first_day(named(number(period) + 1, cut_of(period))) - timedelta(1)


def cut_of(period: str) -> Cut:
    """Whether a name is that of a month or of a week."""
    return "week" if "W" in period else "month"


def number(period: str) -> int:
    """A number of a period; that of the next one is greater by one."""
    first = first_day(period)
    if cut_of(period) == "week":
        return first.toordinal() // _WEEK
    return first.year * 12 + first.month - 1


def named(number: int, by: Cut) -> str:
    """The name of the period of this number."""
    if by == "week":
        return period_of(date.fromordinal(number * _WEEK + 1), by)
    return f"{number // 12:04}-{number % 12 + 1:02}"


def from_to(first: str, last: str) -> list[str]:
    """Every period from the first to the last; none where the last is the earlier one."""
    by = cut_of(first)
    return [named(one, by) for one in range(number(first), number(last) + 1)]
