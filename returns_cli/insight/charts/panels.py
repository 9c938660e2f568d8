"""What one picture shows, taken from a table: rows of numbers that share one unit.

Amounts of two currencies and rates beside counts never share an axis: each makes its own panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.domain.money import exponent
from returns_cli.insight.figures import cell_text
from returns_cli.insight.periods import from_to
from returns_cli.insight.report import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    Interval,
    Money,
    Share,
    Table,
)

# The filling of a mark tells its series apart; there are so many of them.
MOST_SERIES = 6


class Mark(NamedTuple):
    """One value: as a number to draw, and as people read it."""

    value: float
    text: str


class Row(NamedTuple):
    """One bar, column or point in time.

    Attributes:
        label: its name, as people read it.
        marks: one for each series; none where there is nothing to draw.
        whiskers: the bounds around the first mark.
        partial: whether its period is not complete.
    """

    label: str
    marks: tuple[Mark | None, ...]
    whiskers: Interval | None = None
    partial: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """How far its stack goes: what is below zero, what is above."""
        values = [mark.value for mark in self.marks if mark]
        return sum(v for v in values if v < 0), sum(v for v in values if v > 0)


class Panel(NamedTuple):
    """One picture.

    Attributes:
        kind: of its values; that decides the figures of the axis.
        label_kind: of what names its rows: a period reads otherwise than a product.
        currency: of its amounts; empty for other values.
        series: what its marks are called, in the order of each row's.
        rows: at least one.
        left_out: how many rows of the table are not drawn.
    """

    kind: ColumnKind
    label_kind: ColumnKind
    currency: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    @property
    def values(self) -> list[float]:
        """Every number that is drawn."""
        return [mark.value for row in self.rows for mark in row.marks if mark]


def panels_of(chart: Chart, table: Table, locale: str) -> tuple[Panel, ...]:
    """The pictures of a chart, none where its table has nothing to draw.

    Args:
        chart: its columns are all in the table.
        locale: of amounts and dates.

    Raises:
        KeyError: the table has no such column.
    """
    at = {column.name: n for n, column in enumerate(table.columns)}
    found: list[Panel] = []
    for columns in _alike([at[name] for name in chart.values], table.columns):
        for currency in _currencies(table, columns):
            panel = _panel(chart, table, at, columns, currency, locale)
            if panel is not None:
                found.append(panel)
    return tuple(found)


def _alike(columns: Sequence[int], all_columns: Sequence[Column]) -> list[list[int]]:
    """Columns with one unit together, in their order."""
    groups: dict[str, list[int]] = {}
    for at in columns:
        kind = all_columns[at].kind
        groups.setdefault("share" if kind == "rate" else kind, []).append(at)
    return list(groups.values())


def _currencies(table: Table, columns: Sequence[int]) -> list[str]:
    if table.columns[columns[0]].kind != "money":
        return [""]
    return sorted({c.currency for row in table.rows for c in _amounts(row, columns)})


def _has(currency: str, column: int, table: Table) -> bool:
    return any(a.currency == currency for row in table.rows for a in _amounts(row, [column]))


def _amounts(row: tuple[Cell, ...], columns: Sequence[int]) -> list[Money]:
    return [cell for cell in (row[at] for at in columns) if isinstance(cell, Money)]


def _panel(
    chart: Chart,
    table: Table,
    at: dict[str, int],
    columns: Sequence[int],
    currency: str,
    locale: str,
) -> Panel | None:
    label = at[chart.label]
    if currency:
        columns = [n for n in columns if _has(currency, n, table)]
    over_time = chart.kind in ("columns", "lines")
    known = {cells[label] for cells in table.rows if _has_any(cells, columns, currency)}
    rows: list[Row] = []
    names: list[Cell] = []
    for cells in table.rows:
        # A period of which nothing is known is a gap; a bar of it would be nothing.
        gap = over_time and bool(known) and cells[label] not in known
        if gap or _has_any(cells, columns, currency):
            names.append(cells[label])
            whiskers = cells[at[chart.whiskers]] if chart.whiskers else None
            rows.append(
                Row(
                    cell_text(cells[label], table.columns[label], locale),
                    tuple(_mark(cells[n], table.columns[n], currency, locale) for n in columns),
                    whiskers if isinstance(whiskers, Interval) else None,
                    cells[label] in table.partial,
                )
            )
    kind = table.columns[label].kind
    if over_time and kind == "period":
        rows = _without_leaps(rows, [str(name) for name in names], len(columns), locale)
    drawn = rows if over_time else rows[: chart.most]
    if not drawn:
        return None
    return Panel(
        table.columns[columns[0]].kind,
        kind,
        currency,
        tuple(table.columns[n].label for n in columns),
        tuple(drawn),
        len(rows) - len(drawn),
    )


def _without_leaps(rows: list[Row], names: list[str], count: int, locale: str) -> list[Row]:
    """Rows over time with one of nothing for each period that the table passes over."""
    known = dict(zip(names, rows, strict=True))
    if len(known) < len(rows) or not rows:
        return rows
    column = Column("", "", "period")
    return [
        known.get(name) or Row(cell_text(name, column, locale), (None,) * count)
        for name in from_to(names[0], names[-1])
    ]


def _has_any(cells: tuple[Cell, ...], columns: Sequence[int], currency: str) -> bool:
    return any(_value(cells[n], currency) is not None for n in columns)


def _mark(cell: Cell, column: Column, currency: str, locale: str) -> Mark | None:
    value = _value(cell, currency)
    return None if value is None else Mark(value, cell_text(cell, column, locale))


def _value(cell: Cell, currency: str) -> float | None:
    if isinstance(cell, Money):
        # Only a place on paper is reckoned from this number; the text is made of the integer.
        return cell.amount_minor / 10 ** exponent(currency) if cell.currency == currency else None
    if isinstance(cell, Share):
        return cell.rate
    return cell if isinstance(cell, int | float) else None
