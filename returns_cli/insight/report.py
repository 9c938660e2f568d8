"""What every report is: tables of typed cells, charts drawn over them, sentences that say it.

A terminal, JSON, CSV and the HTML page all read this one shape, so that none can show another
figure than the rest.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

INCOMPLETE = "not complete, since more may still come or not all of its days are meant."
"""What a ``*`` at a period says."""

COUNTED_WHOLE = "A return or refund counts whole where one of its lines is meant."
"""Where a report cannot part them by category or reason."""

MOST_DRAWN = 20  # bars and intervals of a chart
REASON_NARROWS = "A reason narrows what came back and what was asked for, not what was delivered."


class Money(NamedTuple):
    """An amount of one currency in its minor units; two currencies are never added."""

    currency: str
    amount_minor: int


class Share(NamedTuple):
    """A part of a whole, as two exact counts: 3 of 40 came back.

    Attributes:
        part: what is counted; units, returns, or minor units of one currency.
        whole: of how many; 0 where there is nothing to take a share of, which is no rate.
    """

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """The share as a number from 0 on, none of nothing."""
        return self.part / self.whole if self.whole else None


class Interval(NamedTuple):
    """Between which bounds a rate lies, at the level that its report states; both from 0 to 1."""

    low: float
    high: float


Cell = str | int | float | Money | Share | Interval | None

ColumnKind = Literal[
    "text",  # str; from the shop's data, so never trusted
    "word",  # str; from a fixed vocabulary: a state, a grade, a component
    "count",  # int
    "money",  # Money
    "share",  # Share, shown in percent
    "interval",  # Interval, shown in percent
    "rate",  # float from 0 to 1: an estimate, shown in percent
    "number",  # float that is no rate, such as a z-score
    "days",  # float or int: a length of time in days
    "day",  # str: ISO 8601 date
    "period",  # str: 2026-03 or 2026-W12
]


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: its key in JSON and CSV, in snake case.
        label: its heading for people.
        kind: what its cells hold; any cell may be none where there is nothing to say.
        lesser: a terminal leaves it out where there is no room; elsewhere it is always there.
    """

    name: str
    label: str
    kind: ColumnKind
    lesser: bool = False


class Table(NamedTuple):
    """Rows of a report.

    Attributes:
        name: its key, in snake case; one of a kind within the report.
        title: what it lists, as a heading.
        columns: as many as each row has cells.
        rows: in the order in which people should read them.
        note: what must be known to read it, such as the smallest sample; empty for nothing.
        partial: names of periods that had not ended, so that their figures will still grow.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    partial: frozenset[str] = frozenset()


class Chart(NamedTuple):
    """A picture of one table's columns.

    Attributes:
        kind: ``bars`` lie, one for each row; ``columns`` stand, one for each period; ``lines`` go
            over periods; ``intervals`` are dots with the whiskers of an ``interval`` column.
        table: the name of its table.
        title: what it shows.
        label: the column that names each row.
        values: columns that are drawn; several are stacked, or are lines side by side.
        whiskers: the ``interval`` column of ``intervals``; empty otherwise.
        most: how many ``bars`` and ``intervals`` are drawn at most, from the first; the table
            behind them has all. Columns and lines go over time and are drawn whole.
    """

    kind: Literal["bars", "columns", "lines", "intervals"]
    table: str
    title: str
    label: str
    values: tuple[str, ...]
    whiskers: str = ""
    most: int = MOST_DRAWN


class Period(NamedTuple):
    """The days that a report speaks of.

    Attributes:
        since: first day, ISO 8601, in the shop's zone; empty for the first that is known.
        until: last day, itself included.
        by: how rows over time are cut.
        as_of: the clock of the report; what ends after it is partial.
    """

    since: str
    until: str
    by: Literal["month", "week"]
    as_of: str


class Report(NamedTuple):
    """A report, whole.

    Attributes:
        name: as the command calls it, such as ``products``.
        title: its heading.
        period: its days.
        filters: what it was narrowed to, by name: channel, country, category, reason, tier.
        tables: the first is the one that people came for.
        charts: over these tables.
        findings: sentences a merchant can act on, the weightiest first; each says its figures.
        notes: what was left out and why, and how figures were counted.
    """

    name: str
    title: str
    period: Period
    filters: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def table(self, name: str) -> Table:
        """Its table of that name.

        Raises:
            KeyError: it has none.
        """
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
