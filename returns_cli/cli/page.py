"""What a person reads, as blocks: the printer paints them on a terminal or as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias


class Cell(NamedTuple):
    """A piece of text and its tone: ``strong dim good warn bad`` or none. Words carry meaning."""

    text: str
    tone: str = ""


Piece: TypeAlias = Cell | str


class Lines(NamedTuple):
    """Lines of text, each made of pieces joined by one space."""

    lines: Sequence[Sequence[Piece]]
    title: str = ""
    indent: int = 0


class Fields(NamedTuple):
    """Labels and values, the values aligned."""

    rows: Sequence[tuple[str, Piece]]
    title: str = ""


class Table(NamedTuple):
    """Columns under their titles.

    Attributes:
        right: titles of the columns that are aligned to the right (figures).
        empty: what to say in place of a table without rows.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Piece]]
    title: str = ""
    right: frozenset[str] = frozenset()
    empty: str = ""


Block: TypeAlias = Lines | Fields | Table
Page: TypeAlias = list[Block]


def cell(piece: Piece) -> Cell:
    """A piece as a cell."""
    return piece if isinstance(piece, Cell) else Cell(piece)


def sentence(text: str, tone: str = "") -> Lines:
    """A block of one line."""
    return Lines([[Cell(text, tone)]])
