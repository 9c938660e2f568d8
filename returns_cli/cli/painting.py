"""Pages as text: aligned columns, no boxes; in a pipe without colour, on a terminal with it.

The words are the same in both, so a pipe loses nothing, and nothing is ever cut or broken inside:
a number that a clerk copies stays whole. Only the last column of a table that is wider than the
terminal is wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from returns_cli.cli.page import Block, Cell, Fields, Lines, Page, Piece, cell
from returns_cli.cli.sanitise import visible

_GAP = "  "
_LEAST_TO_WRAP = 16
_SIGNS = {"strong": "1", "dim": "2", "good": "32", "warn": "33", "bad": "31"}

Row = list[Cell]


def painted(page: Page, *, colours: bool = False, width: int | None = None) -> str:
    """The page as text that ends with a line end; blocks are parted by an empty line.

    Args:
        colours: tones as colours of a terminal.
        width: columns of the terminal; None where there is none.
    """
    sheets = ([_line(row, colours=colours) + "\n" for row in _block(one, width)] for one in page)
    return "\n".join("".join(lines) for lines in sheets if lines)


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal: wide East Asian signs take two, marks none.

    >>> display_width("Łódź"), display_width("返品")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(sign) or sign == "\u200d" else 1 + (east_asian_width(sign) in "WF")
        for sign in text
    )


def _line(cells: Row, *, colours: bool) -> str:
    """Cells of a line, already padded, as text; a tone never colours the padding."""
    if not colours:
        return "".join(one.text for one in cells).rstrip()
    parts = []
    for text, tone in cells:
        body = text.strip(" ")
        shown = f"\x1b[{_SIGNS[tone]}m{body}\x1b[0m" if tone in _SIGNS and body else body
        before, _, after = text.partition(body) if body else (text, "", "")
        parts.append(before + shown + after)
    return "".join(parts).rstrip()


def _block(block: Block, width: int | None) -> Iterable[Row]:
    title = [[Cell(visible(block.title), "strong")]] if block.title else []
    if isinstance(block, Lines):
        indent = Cell(" " * (block.indent + 2 * bool(title)))
        return title + [[indent, *_joined(line)] for line in block.lines]
    if isinstance(block, Fields):
        rows = [[Cell(label, "dim"), cell(value)] for label, value in block.rows]
        return chain(title, _aligned(rows, frozenset(), width, indent=2 if title else 0))
    if not block.rows:
        return [*title, [Cell(visible(block.empty))]] if block.empty else title
    right = frozenset(n for n, name in enumerate(block.columns) if name in block.right)
    head = [Cell(name, "strong") for name in block.columns]
    return chain(title, _aligned(chain([head], block.rows), right, width))


def _joined(pieces: Sequence[Piece]) -> Row:
    cells: Row = []
    for number, (text, tone) in enumerate(map(cell, pieces)):
        cells += [Cell(" " if number else ""), Cell(visible(text), tone)]
    return cells


def _aligned(
    rows: Iterable[Sequence[Piece]], right: frozenset[int], width: int | None, indent: int = 0
) -> Iterator[Row]:
    shown = [[Cell(visible(text), tone) for text, tone in map(cell, row)] for row in rows]
    widths = [max(display_width(one.text) for one in column) for column in zip(*shown, strict=True)]
    room = (
        None if width is None else width - indent - sum(widths[:-1]) - len(_GAP) * len(widths[1:])
    )
    for row in shown:
        for part in _wrapped(row, room):
            padded = [
                _padded(one, room_for, to_right=n in right)
                for n, (one, room_for) in enumerate(zip(part, widths, strict=True))
            ]
            yield [Cell(" " * indent), *_with_gaps(padded)]


def _wrapped(row: Row, room: int | None) -> list[Row]:
    """The row, its last cell spread over several lines where it has too little room."""
    last = row[-1]
    if room is None or room < _LEAST_TO_WRAP or display_width(last.text) <= room:
        return [row]
    from textwrap import wrap

    pieces = wrap(last.text, room, break_long_words=False, break_on_hyphens=False)
    blank = [Cell("")] * (len(row) - 1)
    return [
        [*(blank if number else row[:-1]), Cell(piece, last.tone)]
        for number, piece in enumerate(pieces)
    ]


def _padded(one: Cell, width: int, *, to_right: bool) -> Cell:
    blank = " " * (width - display_width(one.text))
    return Cell(blank + one.text if to_right else one.text + blank, one.tone)


def _with_gaps(cells: Row) -> Row:
    spaced: Row = []
    for number, one in enumerate(cells):
        spaced += [Cell(_GAP), one] if number else [one]
    return spaced
