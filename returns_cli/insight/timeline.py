"""Counts by day put into months or weeks, every period in between named, open ones marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from returns_cli.insight.periods import first_day, from_to, last_day, period_of
from returns_cli.insight.report import Period


class Timeline(NamedTuple):
    """The periods of a report, the earliest first.

    Attributes:
        names: of every period from the first with data, or the one that was asked for, to the last.
        partial: those that had not ended, or of which not every day was asked for.
    """

    names: tuple[str, ...]
    partial: frozenset[str]


def timeline(period: Period, days: Iterable[date]) -> Timeline:
    """The periods that a report shows.

    Args:
        period: the days that were asked for.
        days: on which something happened; without a first day that was asked for, the earliest
            of them begins the report, and without any there is no period to show.
    """
    until = date.fromisoformat(period.until)
    since = date.fromisoformat(period.since) if period.since else min(days, default=None)
    if since is None or since > until:
        return Timeline((), frozenset())
    names = tuple(from_to(period_of(since, period.by), period_of(until, period.by)))
    today = date.fromisoformat(period.as_of[:10])
    partial = {
        name
        for name in (names[0], names[-1])
        if last_day(name) >= min(today, until + timedelta(1))
        or (period.since and first_day(name) < since)
    }
    return Timeline(names, frozenset(partial))


class Sums:
    """Whole numbers added up by a key, such as a period and a currency."""

    def __init__(self) -> None:
        self._sums: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, key: tuple[str, ...], *numbers: int) -> None:
        """Add numbers to those of a key, each to its own."""
        kept = self._sums[key]
        kept += [0] * (len(numbers) - len(kept))
        for at, number in enumerate(numbers):
            kept[at] += number

    def of(self, key: tuple[str, ...], count: int) -> tuple[int, ...]:
        """The sums of a key; zeros for one that nothing was added to."""
        kept = self._sums.get(key, [])
        return (*kept, *[0] * (count - len(kept)))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Every key that something was added to, sorted."""
        return iter(sorted(self._sums))
