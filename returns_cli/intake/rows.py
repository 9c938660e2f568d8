"""Lines of text to records of cells: RFC 4180 read strictly, without swallowing rows.

The ``csv`` module does the work. Its leniency is the trap: an unclosed quote would eat every later
row, and an over-long cell ends the reader. Whenever it complains, the record is read again by a
plain scanner that says which of the two it is, and reading goes on behind it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from returns_cli.intake.refusals import FileRefused

if TYPE_CHECKING:
    from _csv import Reader as CsvReader  # the name exists for type checkers only

MAX_CELL = 32_767
_KEPT = 1 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file parts its cells.

    Attributes:
        delimiter: one character.
        quoted: RFC 4180 quotes; False takes every quotation mark as text (Amazon).
    """

    delimiter: str
    quoted: bool = True


class OverlongRow(list[str]):
    """A record with a cell of more than 32,767 characters; cells are cut beyond a mebibyte."""


@dataclass(slots=True)
class ScannedRecord:
    """One record as the plain scanner reads it, and how many physical lines it takes."""

    cells: list[str]
    lines: int


class Scanner:
    """Reads single records again, from their physical line on; for records in file order.

    Args:
        lines: the file's physical lines, from the first.
        dialect: how cells are parted.
    """

    def __init__(self, lines: Iterator[str], dialect: Dialect) -> None:
        self._lines = lines
        self._dialect = dialect
        self._line = 1

    def record_at(self, line: int) -> ScannedRecord:
        """The record that starts on a physical line, not before the last one asked for.

        Raises:
            FileRefused: ``E-CSV-UNCLOSED-QUOTE`` with that line.
        """
        for _ in islice(self._lines, line - self._line):
            pass
        try:
            record = scan_record(self._lines, self._dialect)
        except ValueError:
            raise FileRefused("E-CSV-UNCLOSED-QUOTE", line=line) from None
        self._line = line + record.lines
        return record


def scan_record(lines: Iterator[str], dialect: Dialect) -> ScannedRecord:
    r"""The next record of some lines, by RFC 4180, a bare quote inside an unquoted cell being text.

    Raises:
        ValueError: a quote that never closes, or goes on after its closing mark.

    >>> scan_record(iter(['a,"b\n', 'c",36" d\n']), Dialect(",")).cells
    ['a', 'b\nc', '36" d']
    """
    text = next(lines, "")
    cells: list[str] = []
    at, count = 0, 1
    while True:
        if dialect.quoted and text[at : at + 1] == '"':
            cell, text, at, more = _quoted_cell(text, at + 1, lines)
            count += more
        else:
            end = text.find(dialect.delimiter, at)
            end = len(text.rstrip("\r\n")) if end < 0 else end
            cell, at = text[at:end], end
        cells.append(cell)
        if text[at : at + 1] != dialect.delimiter:
            if text[at:].strip("\r\n"):
                raise ValueError("text behind a closing quote")
            return ScannedRecord(cells, count)
        at += 1


def _quoted_cell(text: str, at: int, lines: Iterator[str]) -> tuple[str, str, int, int]:
    """The cell, the line it ends in, the position behind it, the further lines it took."""
    parts: list[str] = []
    kept, more = 0, 0
    while True:
        end = text.find('"', at)
        piece = text[at:] if end < 0 else text[at:end]
        if kept < _KEPT:
            parts.append(piece)
            kept += len(piece)
        if end < 0:
            text, at = next(lines, ""), 0
            if not text:
                raise ValueError("a quote never closes")
            more += 1
        elif text[end + 1 : end + 2] == '"':
            parts.append('"')
            at = end + 2
        else:
            return "".join(parts), text, end + 1, more


def csv_reader(lines: Iterable[str], dialect: Dialect) -> CsvReader:
    """A strict ``csv.reader`` that refuses cells of more than 32,767 characters."""
    csv.field_size_limit(MAX_CELL)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        strict=True,
    )


def read_records(
    open_lines: Callable[[], Iterator[str]], dialect: Dialect, first_line: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """The records of a file, each with the physical line it starts on.

    Memory stays flat: one record at a time.

    Args:
        open_lines: opens the file's physical lines; called once more if a record must be rescued.
        dialect: how cells are parted.
        first_line: physical line of the first record wanted.

    Yields:
        Line and cells; a blank line has none; one with an over-long cell is an ``OverlongRow``.

    Raises:
        FileRefused: ``E-CSV-UNCLOSED-QUOTE`` with the line its record starts on.
    """
    lines = open_lines()
    for _ in islice(lines, first_line - 1):
        pass
    scanner: Scanner | None = None
    before, line = first_line - 1, first_line
    while True:
        reader = csv_reader(lines, dialect)
        try:
            for cells in reader:
                yield line, cells
                line = before + reader.line_num + 1
            return
        except csv.Error:
            scanner = scanner or Scanner(open_lines(), dialect)
            record = scanner.record_at(line)
            behind = before + reader.line_num
            before = line + record.lines - 1
            for _ in islice(lines, before - behind):
                pass
            yield line, OverlongRow(record.cells)
            line = before + 1
