"""Counting a return window: from a day that is known, or its stand-in, to the deadline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from returns_cli.domain.days import roll_to_business_day
from returns_cli.domain.model import Window
from returns_cli.notation.scalars import MonthDay
from returns_cli.policy.effective import ANCHOR_FACTS, JUDGED_FACTS, WindowTerms
from returns_cli.policy.facts import LineFacts


class Counted(NamedTuple):
    """A counted window.

    Attributes:
        window: how it was counted.
        deadline_on: the last day in time; None where it cannot be said.
        until_on: the day that ``until`` stood for.
        missing: anchor's word for want of which the deadline, or a later one, cannot be said.
    """

    window: Window
    deadline_on: date | None
    until_on: date | None
    missing: str | None


def count_window(
    terms: WindowTerms, facts: LineFacts, holidays: frozenset[date] = frozenset()
) -> Counted:
    """The deadline of a window for one line.

    ``exclusive`` makes the anchor's day day 0 (Regulation 1182/71 counts so), ``inclusive`` day 1.
    ``until`` never shortens: the later of the two days holds.
    """
    anchor_on, is_assumed = _anchor(terms, facts)
    window = Window(terms.start, anchor_on, terms.days, is_assumed)
    if anchor_on is None:
        return Counted(window, None, None, terms.start)
    until_on, is_unsure = _until(terms, facts)
    deadline_on = _ending(terms, anchor_on, until_on, holidays)
    return Counted(window, deadline_on, until_on, "ordered" if is_unsure else None)


def deadline_of(terms: WindowTerms, facts: LineFacts, holidays: frozenset[date]) -> date | None:
    """The deadline of :func:`count_window` alone."""
    anchor_on, _ = _anchor(terms, facts)
    if anchor_on is None:
        return None
    until_on = None if terms.until is None else _until(terms, facts)[0]
    return _ending(terms, anchor_on, until_on, holidays)


def _ending(
    terms: WindowTerms, anchor_on: date, until_on: date | None, holidays: frozenset[date]
) -> date:
    days = terms.days - 1 if terms.is_inclusive else terms.days
    deadline_on = _later(anchor_on, days)
    if until_on is not None and until_on > deadline_on:
        deadline_on = until_on
    return roll_to_business_day(deadline_on, holidays) if terms.rolls else deadline_on


def judged_day(terms: WindowTerms, facts: LineFacts) -> tuple[date | None, bool]:
    """The day that must be in time, and whether the day of the request stands in for it.

    Until the parcel was scanned or received, the day of the request is judged instead.
    """
    requested_on = _day(facts, "requested_on")
    name = JUDGED_FACTS.get(terms.judged_on)
    if name is None:
        return requested_on, False
    happened_on = _day(facts, name)
    return (requested_on, True) if happened_on is None else (happened_on, False)


def _anchor(terms: WindowTerms, facts: LineFacts) -> tuple[date | None, bool]:
    anchor_on = _day(facts, ANCHOR_FACTS[terms.start])
    if anchor_on is not None or terms.fallback is None:
        return anchor_on, False
    instead_on = _day(facts, ANCHOR_FACTS[terms.fallback])
    return (None, False) if instead_on is None else (_later(instead_on, terms.plus_days), True)


def _until(terms: WindowTerms, facts: LineFacts) -> tuple[date | None, bool]:
    if not isinstance(terms.until, MonthDay):
        return terms.until, False
    placed_on = _day(facts, "order.placed")
    if placed_on is None:
        return None, True
    return first_on_or_after(terms.until, placed_on), False


def first_on_or_after(month_day: MonthDay, day: date) -> date:
    """The first such day of a year on or after a day.

    >>> first_on_or_after(MonthDay(1, 31), date(2025, 12, 10)).isoformat()
    '2026-01-31'
    """
    this_year = month_day.in_year(day.year)
    if this_year >= day or day.year == date.max.year:
        return this_year
    return month_day.in_year(day.year + 1)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max


def _day(facts: LineFacts, name: str) -> date | None:
    found = facts[name]
    return found if isinstance(found, date) else None
