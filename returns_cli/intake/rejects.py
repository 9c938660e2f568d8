"""Refused rows as a CSV that says why, can be opened in a spreadsheet, mended and read again.

The reasons stand in the first four columns, the row behind them as it was, so that a row with too
few or too many cells keeps its shape. Readers ignore the four columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from returns_cli.intake.formats import fold
from returns_cli.intake.opening import BuilderT, OpenFile
from returns_cli.intake.records import REJECT_COLUMNS
from returns_cli.intake.wording import Words

_DANGEROUS = frozenset("=+-@\t\r\n")
_NUMBER = re.compile(r"[+-]?[0-9][0-9., ]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RejectFile:
    """One file of refused rows.

    Attributes:
        name: a base name to save it under.
        source: base name of the file the rows came from.
        rows: number of refused rows.
        lines: the file's text, row by row; reads the source once more.
    """

    name: str
    source: str
    rows: int
    lines: Iterator[str]


def reject_file(file: OpenFile[BuilderT], refused: Mapping[int, Words]) -> RejectFile:
    """The refused rows of a file, in the order of their lines."""
    source = file.source.name
    stem = "stdin" if source == "-" else PurePath(source).stem
    return RejectFile(f"{stem}.rejects.csv", source, len(refused), _lines(file, refused))


def _lines(file: OpenFile[BuilderT], refused: Mapping[int, Words]) -> Iterator[str]:
    columns = file.header.columns
    kept = [at for at, name in enumerate(columns) if fold(name) not in REJECT_COLUMNS]
    yield csv_line([*REJECT_COLUMNS, *(columns[at] for at in kept)])
    source = "stdin" if file.source.name == "-" else file.source.name
    for line, cells in file.records():
        words = refused.get(line)
        if words is None or not cells:
            continue
        own = [cells[at] for at in kept if at < len(cells)] + cells[len(columns) :]
        yield csv_line([source, str(line), words.hint, words.message, *own])


def csv_line(cells: list[str]) -> str:
    """One CSV line whose cells no spreadsheet takes for a formula; numbers stay as they are."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(guarded, cells))
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell with an apostrophe before what a spreadsheet would run.

    >>> guarded("=1+1"), guarded("-12.50"), guarded("-R-100")
    ("'=1+1", '-12.50', "'-R-100")
    """
    if cell[:1] in _DANGEROUS and cell and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
