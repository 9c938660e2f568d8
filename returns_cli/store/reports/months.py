"""Days as whole months, whose sums are kept, and the days beside them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from returns_cli.domain.reported import Scope, numbered_day
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import Rows, rows_of
from returns_cli.store.reports.periods import DAY, first_of, month_of
from returns_cli.store.reports.subjects import Subject


class Months(NamedTuple):
    """Days as whole months (their numbers, as in ``PERIODS``) and the days beside them.

    Attributes:
        are_all: nothing happened on another day.
    """

    first: int
    last: int
    are_all: bool
    edges: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, store: Store, scope: Scope, subject: Subject, roll: str) -> Months | None:
        """The months of a scope; None where it holds no whole one.

        Args:
            subject: whose last row says when the last day is over; ``roll`` holds its days.
        """
        days = rows_of(store, scope, subject, roll).ask("min(day), max(day)").fetchone()
        if days[0] is None:
            return None
        until, are_all = scope.until, False
        beyond = rows_of(store, scope._replace(since=until + DAY, until=date.max), subject, roll)
        if beyond.ask("count(*)").fetchone() == (0,):  # nothing happened later
            until, are_all = first_of(month_of(until) + 1) - DAY, scope.since is None
        since = scope.since or first_of(month_of(numbered_day(days[0])))
        first = month_of(since) + (since.day > 1)
        last = month_of(until + DAY) - 1
        if first > last:
            return None
        edges = []
        if since < first_of(first):
            edges.append((since, first_of(first) - DAY))
        if until > first_of(last + 1) - DAY:
            edges.append((first_of(last + 1), until))
        return cls(first, last, are_all, tuple(edges))

    def whole(self, store: Store, scope: Scope, subject: Subject, roll: str) -> Rows:
        """The sums of these months, of a roll that is grouped by ``month``."""
        rows = rows_of(store, scope, subject, roll)
        return rows._replace(held=f"month BETWEEN {self.first} AND {self.last}")
