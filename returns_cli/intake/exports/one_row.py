"""Layouts with one row for an order: the same number again is the same row, or a contradiction."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.sheet import Faults, Sheet

_Row = tuple[int, list[str]]


def only_row(rows: Sequence[_Row], group: Group, sheet: Sheet, faults: Faults) -> _Row:
    """The row that tells of an order.

    Args:
        rows: its rows, at least one.
        group: gets ``W-ROW-DUPLICATE`` for a row that repeats the first cell by cell.
        sheet: of the file.
        faults: gets ``E-ORDER-CONFLICT`` for a row that says otherwise.
    """
    first = rows[0]
    for line, cells in rows[1:]:
        if cells == first[1]:
            group.notes.append(Note(line, "W-ROW-DUPLICATE"))
        else:
            columns = sheet.header.columns
            name = next(name for at, name in enumerate(columns) if cells[at] != first[1][at])
            faults[line] = sheet.fault("E-ORDER-CONFLICT", cells, " ".join(name.split()).casefold())
    return first
