"""The first pass over a file: is it whole, does any cell need a closer look, which orders are torn?

It reads every line once before the first row is taken: a bad byte or an unclosed quote refuses the
file before anything is written. Lines without a quotation mark, nearly all, are only split as far
as the order number, which makes this pass far cheaper than parsing.
"""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from returns_cli.intake.cells import clean_id
from returns_cli.intake.rows import MAX_CELL, Dialect, Scanner, csv_reader

_PARTS = 64


@dataclass(frozen=True, slots=True)
class KeyColumns:
    """Where the key of an order stands in a row.

    Attributes:
        order_id: position of the order number.
        channel: position of the sales channel, None where the file has none.
    """

    order_id: int
    channel: int | None = None

    @property
    def last(self) -> int:
        """The highest position."""
        return max(self.order_id, self.channel or 0)

    def key_of(self, cells: list[str], above: str) -> str:
        """The order's key; empty where the row has no order number.

        Args:
            cells: the row.
            above: key of the row above: an empty channel there means the same order's.
        """
        if self.order_id >= len(cells):
            return ""
        order_id = clean_id(cells[self.order_id].replace("\0", ""))
        if self.channel is None or not order_id:
            return order_id
        channel = cells[self.channel] if self.channel < len(cells) else ""
        if not channel.strip() and above.partition("\x1f")[0] == order_id:
            return above
        return f"{order_id}\x1f{channel.strip()}"


@dataclass(slots=True)
class Survey:
    """What the first pass found.

    Attributes:
        has_overlong: some cell may be longer than 32,767 characters.
        torn: orders whose rows are not all adjacent: hash of the key -> number of runs.
    """

    has_overlong: bool = False
    torn: dict[int, int] = field(default_factory=dict)


class Runs:
    """Counts runs of equal keys, keeping eight bytes for each."""

    def __init__(self) -> None:
        # In parts, so that looking for twins takes little memory beside them.
        self._parts = [array("q") for _ in range(_PARTS)]

    def add(self, key: str) -> None:
        """Note that a run of this key begins."""
        mark = hash(key)
        self._parts[mark % _PARTS].append(mark)

    def torn(self) -> dict[int, int]:
        """Of each key with several runs, its hash and their number."""
        found: dict[int, int] = {}
        for part in self._parts:
            if len(set(part)) < len(part):
                found.update((mark, count) for mark, count in Counter(part).items() if count > 1)
        return found


def survey_file(
    open_lines: Callable[[], Iterator[str]],
    dialect: Dialect,
    header_line: int,
    keys: KeyColumns | None,
) -> Survey:
    """Read a file through, once.

    Args:
        open_lines: opens its physical lines; called once more if a record must be scanned.
        dialect: how cells are parted.
        header_line: physical line of the header, whose record is not a row.
        keys: where the orders' keys stand; None where rows are not grouped.

    Raises:
        FileRefused: ``E-CSV-UNCLOSED-QUOTE``.
        UnicodeError: bytes that are not text.
    """
    survey = Survey()
    runs = Runs()
    before = ""
    records = _rough_records(open_lines, dialect, header_line, keys, survey)
    next(records, None)  # the header
    for cells in records:
        key = keys.key_of(cells, before) if keys is not None else ""
        if key and key != before:
            runs.add(key)
            before = key
    survey.torn = runs.torn()
    return survey


def _rough_records(
    open_lines: Callable[[], Iterator[str]],
    dialect: Dialect,
    first_line: int,
    keys: KeyColumns | None,
    survey: Survey,
) -> Iterator[list[str]]:
    """Records split as far as their key, one of several with the same; quoted ones are checked."""
    lines = open_lines()
    for _ in islice(lines, first_line - 1):
        pass
    waiting: list[str] = []
    feed = _Feed(waiting, lines)
    reader = csv_reader(feed, dialect)
    scanner: Scanner | None = None
    delimiter, quoted = dialect.delimiter, dialect.quoted
    upto, at = (keys.last + 1, keys.order_id) if keys else (0, 0)
    skips_equal = keys is not None and keys.channel is None
    before: str | None = None
    number = first_line - 1
    for line in lines:
        number += 1
        if len(line) > MAX_CELL:
            survey.has_overlong = True
        if not quoted or '"' not in line:
            if keys is None:
                continue
            cells = line.split(delimiter, upto)
            if skips_equal and at < len(cells):
                if cells[at] == before:
                    continue
                before = cells[at]
            yield cells
            continue
        waiting.append(line)
        feed.further = 0
        try:
            cells = next(reader)
        except csv.Error:
            survey.has_overlong = True
            scanner = scanner or Scanner(open_lines(), dialect)
            record = scanner.record_at(number)
            cells = record.cells
            for _ in islice(lines, record.lines - 1 - feed.further):
                pass
            feed.further = record.lines - 1
            reader = csv_reader(feed, dialect)
        number += feed.further
        before = None
        yield cells


class _Feed:
    """Gives a reader the line that waits, then as many further lines as its record needs."""

    def __init__(self, waiting: list[str], lines: Iterator[str]) -> None:
        self._waiting = waiting
        self._lines = lines
        self.further = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self._waiting:
            return self._waiting.pop()
        line = next(self._lines)
        self.further += 1
        return line
