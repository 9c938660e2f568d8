"""How an unknown file is laid out: where its header stands and what parts its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from returns_cli.intake.header import DELIMITERS
from returns_cli.intake.rows import Dialect, csv_reader

_LOOKED_AT = 60
_VALUE = re.compile(r"[-+(]?[^\w\s]?[\d.,:/\s%-]+[^\w\s]?\)?")


class Layout(NamedTuple):
    """The likely layout of a file.

    Attributes:
        dialect: how its cells are parted.
        line: physical line of the header, from 1.
        columns: the header's names, trimmed, as the file writes them.
    """

    dialect: Dialect
    line: int
    columns: tuple[str, ...]


def guess_layout(lines: Iterable[str]) -> Layout:
    """The layout under which most of the first lines have the same number of cells.

    The header is the first record of that width whose cells are names, not numbers or dates.

    Args:
        lines: physical lines of a text file that holds something.
    """
    head = list(islice(lines, _LOOKED_AT))
    found = [_under(head, Dialect(delimiter)) for delimiter in DELIMITERS]
    return max(found, key=lambda one: one[0])[1]


def _under(head: Sequence[str], dialect: Dialect) -> tuple[int, Layout]:
    """How well a delimiter parts the lines, and the layout that it gives."""
    records = _records(head, dialect)
    widths = Counter(len(cells) for _, cells in records)
    width = max(widths, key=lambda one: (widths[one] * (one - 1), one), default=1)
    named = [(line, cells) for line, cells in records if len(cells) == width and _are_names(cells)]
    whole = [(line, cells) for line, cells in records if len(cells) == width]
    line, cells = (named or whole or records or [(1, [""])])[0]
    columns = tuple(" ".join(cell.strip("\ufeff\u200b").split()) for cell in cells)
    return widths[width] * (width - 1), Layout(dialect, line, columns)


def _records(head: Sequence[str], dialect: Dialect) -> list[tuple[int, list[str]]]:
    reader = csv_reader(head, dialect)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        pass  # a quote that the looked-at lines do not close: what stands before it is enough
    return records


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells read as column names: nearly all filled, none a number or a date."""
    filled = [cell for cell in cells if cell.strip("\ufeff\u200b ")]
    return 2 * len(filled) > len(cells) and not any(map(_VALUE.fullmatch, map(str.strip, filled)))
