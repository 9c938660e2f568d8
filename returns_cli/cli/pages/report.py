"""A report as a person reads it at a terminal: sentences first, then tables with bars."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Cell as Shown
from returns_cli.cli.page import Fields, Lines, Page, Piece
from returns_cli.cli.page import Table as Grid
from returns_cli.cli.painting import display_width
from returns_cli.cli.sanitise import visible
from returns_cli.domain.money import format_amount
from returns_cli.insight.report import (
    INCOMPLETE,
    Cell,
    Chart,
    Column,
    Interval,
    Money,
    Report,
    Share,
    Table,
)
from returns_cli.insight.words import percent

_LEFT = frozenset({"text", "word", "day", "period"})
_LEAST_BAR, _MOST_BAR = 8, 30
_GAP = 2
_LONGEST_TEXT, _LEAST_TEXT, _LONGEST_COMMENT = 32, 14, 200
_MOST_ROWS = 20  # of a table among others
# Fillings of a bar's parts, and of its last, broken square; the plain ones stand in a pipe.
_FILLS, _PARTS = "█▓▒░", " ▏▎▍▌▋▊▉"
_PLAIN_FILLS = "#=+."


def report_page(report: Report, *, width: int = 80, blocks: bool = False) -> Page:
    """All of a report.

    Args:
        report: what to show.
        width: columns that a table with its bars may take.
        blocks: the terminal shows block characters; else bars are made of ``#``.
    """
    page: Page = [_head(report)]
    if report.findings:
        page.append(_sentences(report.findings, width - 2, title="In short"))
    for table in report.tables:
        page += _table(_beginning(table), _chart_of(report, table), width, blocks=blocks)
    if report.notes:
        page.append(_sentences(report.notes, width, tone="dim"))
    return page


def table_page(report: Report, *, width: int = 80, blocks: bool = False) -> Page:
    """The first table of a report alone."""
    table = report.tables[0]
    return _table(table, _chart_of(report, table), width, blocks=blocks)


def _beginning(table: Table) -> Table:
    """A table's first rows; of a table over time the last, which are the newest."""
    more = len(table.rows) - _MOST_ROWS
    if more <= 0:
        return table
    over_time = table.columns[0].kind == "period"
    hint = f"{more:,} {'earlier rows' if over_time else 'more'}: --table {table.name}."
    rows = table.rows[-_MOST_ROWS:] if over_time else table.rows[:_MOST_ROWS]
    return table._replace(rows=rows, note=f"{hint} {table.note}".rstrip())


def _head(report: Report) -> Fields:
    period = report.period
    since = f"{period.since} to" if period.since else "until"
    rows: list[tuple[str, Piece]] = [("Days", f"{since} {period.until}")]
    rows += [(name.capitalize(), value) for name, value in report.filters]
    return Fields(rows, title=report.title)


def _chart_of(report: Report, table: Table) -> Chart | None:
    """The chart beside a table; lines side by side are no bars."""
    charts = (one for one in report.charts if one.table == table.name and one.kind != "lines")
    return next(charts, None)


def _table(table: Table, chart: Chart | None, width: int, *, blocks: bool) -> Page:
    shown = {
        column: [column.label, *(_shown(column, row[at], table) for row in table.rows)]
        for at, column in enumerate(table.columns)
    }
    columns = _fitting(shown, width)
    _shorten(shown, columns, width)
    titles = _titles(columns)
    rows: list[list[Piece]] = [
        list(row) for row in zip(*(shown[column][1:] for column in columns), strict=True)
    ]
    right = frozenset(
        title for title, column in zip(titles, columns, strict=True) if column.kind not in _LEFT
    )
    room = min(_MOST_BAR, width - _width([shown[column] for column in columns]) - _GAP)
    bars = _bars(table, chart, room, blocks=blocks) if chart else []
    if bars:
        titles.append("")
        rows = [[*row, bar] for row, bar in zip(rows, bars, strict=True)]
    page: Page = [Grid(titles, rows, title=table.title, right=right, empty="Nothing.")]
    notes = [
        note
        for note in (
            table.note if table.rows else "",
            _left_out(table, columns) if table.rows else "",
            _partial_note(table),
            _legend(table, chart, blocks, bars),
        )
        if note
    ]
    return [*page, _sentences(notes, width, tone="dim")] if notes else page


def _fitting(shown: dict[Column, list[str]], width: int) -> list[Column]:
    """The columns for which there is room; of the lesser ones the last are left out first."""
    columns = [*shown]
    for lesser in reversed([column for column in columns if column.lesser]):
        if _width([shown[column] for column in columns]) <= width:
            break
        columns.remove(lesser)
    return columns


def _shorten(shown: dict[Column, list[str]], columns: Sequence[Column], width: int) -> None:
    """Cut long texts, the longest first, until the columns fit; the last one may be wrapped."""
    texts = [column for column in columns[:-1] if column.kind == "text"]
    while texts and (over := _width([shown[column] for column in columns]) - width) > 0:
        longest = max(texts, key=lambda one: _width([shown[one]]))
        taken = _width([shown[longest]])
        room = max(_LEAST_TEXT, taken - over, _width([shown[longest][:1]]))
        if room >= taken:
            return
        shown[longest] = [_shortened(text, room) for text in shown[longest]]


def _width(columns: Sequence[Sequence[str]]) -> int:
    """The columns side by side, of a last one that will be wrapped no more than a text's."""
    widths = [max(map(display_width, cells)) for cells in columns]
    return sum(widths[:-1]) + min(widths[-1], _LONGEST_TEXT) + _GAP * (len(widths) - 1)


def _left_out(table: Table, columns: Sequence[Column]) -> str:
    names = [column.label for column in table.columns if column not in columns]
    return f"No room for: {', '.join(names)}. --csv and --json have them." if names else ""


def _sentences(told: Sequence[str], width: int, *, title: str = "", tone: str = "") -> Lines:
    """Each sentence from a line's beginning; what a line cannot hold goes on below, indented."""
    from textwrap import wrap

    return Lines(
        [
            [Shown(line, tone)]
            for one in told
            for line in wrap(one, width, subsequent_indent="  ", break_long_words=False)
        ],
        title=title,
    )


def _titles(columns: Sequence[Column]) -> list[str]:
    """Labels of columns; equal ones are told apart by blanks, which nobody sees."""
    titles: list[str] = []
    for column in columns:
        title = column.label
        while title in titles:
            title += " "
        titles.append(title)
    return titles


def _shown(column: Column, cell: Cell, table: Table) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Money):
        return f"{format_amount(cell.amount_minor, cell.currency)} {cell.currency}"
    if isinstance(cell, Share):
        return percent(cell.rate)
    if isinstance(cell, Interval):
        return f"{percent(cell.low)}–{percent(cell.high)}"
    if isinstance(cell, float):
        return _number(column, cell)
    text = str(cell)
    if column.kind == "period" and text in table.partial:
        return f"{text} *"
    if column.kind != "text":
        return text or "–"
    if column is not table.columns[-1]:
        return _shortened(text, _LONGEST_TEXT)
    # The printer wraps the last column between words, so a comment has the room it needs.
    words = (_shortened(word, _LONGEST_TEXT) for word in text.split())
    return _shortened(" ".join(words), _LONGEST_COMMENT)


def _number(column: Column, cell: float) -> str:
    if column.kind == "rate":
        return percent(cell)
    return f"{cell:.4g}" if column.kind == "number" else f"{cell:.1f}"


def _shortened(text: str, room: int) -> str:
    """A text of no more columns than there is room for."""
    seen = visible(text)  # as the printer writes it: an escape takes four columns
    if display_width(seen) <= room:
        return seen or "–"
    while display_width(seen) >= room:
        seen = seen[:-1]
    return f"{seen}…"


def _partial_note(table: Table) -> str:
    marked = any(cell in table.partial for row in table.rows for cell in row[:1])
    return f"* {INCOMPLETE}" if marked else ""


def _legend(table: Table, chart: Chart | None, blocks: bool, bars: Sequence[str]) -> str:
    if chart is None or not bars or len(chart.values) < 2:
        return ""
    fills = _FILLS if blocks else _PLAIN_FILLS
    labels = {column.name: column.label for column in table.columns}
    told = (f"{fill} {labels[name]}" for fill, name in zip(fills, chart.values, strict=False))
    return f"Bars: {', '.join(told)}."


def _bars(table: Table, chart: Chart, room: int, *, blocks: bool) -> list[str]:
    """A bar for each row; none where nothing can be drawn, or two currencies would be compared."""
    at = [column.name for column in table.columns]
    cells = [[row[at.index(name)] for name in chart.values] for row in table.rows]
    currencies = {cell.currency for row in cells for cell in row if isinstance(cell, Money)}
    sizes = [[_size(cell) for cell in row[: len(_FILLS)]] for row in cells]
    most = max((sum(row) for row in sizes), default=0.0)
    if room < _LEAST_BAR or most <= 0 or len(currencies) > 1:
        return []
    return [_bar([size / most * room for size in row], blocks=blocks) for row in sizes]


def _size(cell: Cell) -> float:
    if isinstance(cell, Share):
        return cell.rate or 0.0
    if isinstance(cell, Money):
        return float(max(0, cell.amount_minor))
    return max(0.0, float(cell)) if isinstance(cell, int | float) else 0.0


def _bar(lengths: Sequence[float], *, blocks: bool) -> str:
    """Parts one behind the other; what is not nothing is seen."""
    fills = _FILLS if blocks else _PLAIN_FILLS
    if len(lengths) == 1 and blocks:
        eighths = max(1, round(lengths[0] * 8)) if lengths[0] > 0 else 0
        return "█" * (eighths // 8) + _PARTS[eighths % 8].strip()
    bar, end, drawn = "", 0.0, 0
    for fill, length in zip(fills, lengths, strict=False):
        end += length
        squares = max(1, round(end) - drawn) if length > 0 else 0
        bar += fill * squares
        drawn += squares
    return bar
