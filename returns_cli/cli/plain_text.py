"""Pages as plain text: aligned columns, no boxes, no colour; what a pipe or a cron mail gets."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from returns_cli.cli.page import Block, Fields, Lines, Page, Piece, Table, cell
from returns_cli.cli.sanitise import visible

_GAP = "  "


def plain_text(page: Page) -> str:
    """The page as text that ends with a line end; blocks are parted by an empty line."""
    painted = [lines for block in page if (lines := _block(block))]
    return "\n\n".join("\n".join(lines) for lines in painted) + "\n" if painted else ""


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal: wide East Asian signs take two, marks none.

    >>> display_width("Łódź"), display_width("返品")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(sign) or sign == "\u200d" else 1 + (east_asian_width(sign) in "WF")
        for sign in text
    )


def _block(block: Block) -> list[str]:
    title = [visible(block.title)] if block.title else []
    if isinstance(block, Lines):
        indent = " " * (block.indent + 2 * bool(title))
        return title + [
            (indent + " ".join(visible(cell(piece).text) for piece in line)).rstrip()
            for line in block.lines
        ]
    if isinstance(block, Fields):
        rows = [[label, value] for label, value in block.rows]
        return title + _aligned(rows, frozenset(), indent=2 if title else 0)
    return _table(block, title)


def _table(table: Table, title: list[str]) -> list[str]:
    if not table.rows:
        return [*title, visible(table.empty)] if table.empty else title
    right = frozenset(n for n, name in enumerate(table.columns) if name in table.right)
    return title + _aligned([table.columns, *table.rows], right, indent=0)


def _aligned(rows: Sequence[Sequence[Piece]], right: frozenset[int], indent: int) -> list[str]:
    shown = [[visible(cell(piece).text) for piece in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        padded = [
            " " * room + text if n in right else text + " " * room
            for n, (text, width) in enumerate(zip(row, widths, strict=True))
            for room in (width - display_width(text),)
        ]
        lines.append((" " * indent + _GAP.join(padded)).rstrip())
    return lines
