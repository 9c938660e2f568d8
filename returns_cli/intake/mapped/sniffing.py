"""A look at a file of orders: what it is, how it is written, and its first orders as understood.

Nothing is guessed quietly: what only looks so is said to look so, and what could be read in two
ways is left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.domain.model import Order
from returns_cli.intake.encoding import check_is_text, codec_of, text_lines
from returns_cli.intake.footers import without_footers
from returns_cli.intake.header import Header, find_header
from returns_cli.intake.mapped.layout import Layout, guess_layout
from returns_cli.intake.mapped.mapped_header import find_mapped_header
from returns_cli.intake.mapped.mapping_columns import MONEY_COLUMNS
from returns_cli.intake.mapped.mapping_draft import (
    FileFacts,
    Matches,
    draft_mapping,
    lacking,
    match_columns,
)
from returns_cli.intake.mapped.mapping_file import parse_mapping
from returns_cli.intake.mapped.styles import ISO
from returns_cli.intake.mapped.telling_cells import Column, TellingCells
from returns_cli.intake.opening import not_text
from returns_cli.intake.orders import COMMAND, read_orders
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.refusals import FileRefused, refuse_call
from returns_cli.intake.rows import read_records
from returns_cli.intake.sources import Source

SHOWN_ORDERS = 3
SHOWN_PROBLEMS = 20
READ_ROWS = 1_000
"""How many rows are read as orders; dates and amounts are looked at in all of them."""

_NOT_A_CSV = frozenset({"E-FILE-EMPTY", "E-FILE-NOT-TEXT", "E-ENC-UTF16", "E-ENC-INVALID"})
_DATES = ("placed_at", "shipped_at", "delivered_at")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a look at a file found.

    Attributes:
        name: base name, ``-`` for standard input.
        format: as ``--from`` names it, or ``map:NAME``; None where no known one fits.
        what: the format for people, empty where it is not known.
        encoding: the codec.
        layout: delimiter, header line and columns; likely ones where the format is not known.
        decimals: the marks that the amounts prove; ``unclear`` one that could be both.
        dates: every column of dates.
        read, ignored: the columns that are read as orders, and the others.
        rows: records behind the header.
        orders: the first ones as understood.
        missing: what must be said before orders can be read.
        problems: of the file and of its first rows; ``more`` that are not among them.
        mapping: the text of a mapping to start from; empty where there is one, and for a file of
            another command.
        is_guess: the orders were read with that mapping.
    """

    name: str
    format: str | None
    what: str
    encoding: str
    layout: Layout
    decimals: tuple[str, ...] = ()
    unclear: str = ""
    dates: tuple[Column, ...] = ()
    read: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    rows: int = 0
    orders: tuple[Order, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: int = 0
    mapping: str = ""
    is_guess: bool = False


def sniff_file(given: Path | BinaryIO, options: ReadOptions) -> Sniffed:
    """Look at a file of orders without taking anything from it.

    Args:
        given: a path or a binary stream.
        options: of the call; an encoding, a format or a mapping that it names is taken.

    Raises:
        UsageError: the path cannot be read, an option makes no sense.
        InvalidError: the file is empty, no text, or in another encoding.
    """
    source = Source(given)
    try:
        return _Look(source, given, options).sniffed()
    except FileRefused as refusal:
        raise refuse_call((refusal.in_file(source.name),)) from None
    finally:
        source.close()


class _Look:
    """One look at one file."""

    def __init__(self, source: Source, given: Path | BinaryIO, options: ReadOptions) -> None:
        self.source = source
        self.given = given
        self.options = options
        self.codec = codec_of(options.encoding)
        self.problems: list[Problem] = []

    def lines(self) -> Iterator[str]:
        return text_lines(self.source, self.codec)

    def sniffed(self) -> Sniffed:
        check_is_text(self.source, self.codec)
        try:
            header = self._header()
            layout = _layout_of(header) if header else guess_layout(self.lines())
            matches = match_columns(layout.columns)
            places = _places_read(layout, header, matches) if header or self._may_map() else set()
            cells = TellingCells(layout.columns, _money_places(layout, header, matches, places))
            cells.look(lambda: self._records(layout, header))
        except UnicodeError:
            raise not_text(self.source, self.codec) from None
        facts = self._facts(layout, matches, cells)
        columns = layout.columns
        found = Sniffed(
            name=self.source.name,
            format=header.format.name if header else None,
            what=header.format.what if header else "",
            encoding=self.codec,
            layout=layout,
            decimals=cells.marks.fits,
            unclear=cells.marks.unclear,
            dates=cells.dates,
            read=tuple(name for at, name in enumerate(columns) if at in places),
            ignored=tuple(name for at, name in enumerate(columns) if at not in places),
            rows=cells.rows,
            mapping=draft_mapping(columns, matches, facts) if self._may_map() else "",
        )
        return self._with_orders(found, header, matches)

    def _may_map(self) -> bool:
        """Whether a mapping helps: not where there is one, nor for a file of another command."""
        is_other = any(one.code == "E-FORMAT-COMMAND" for one in self.problems)
        return self.options.mapping is None and not is_other

    def _header(self) -> Header | None:
        """The header of a known or mapped format; None where the file has none."""
        try:
            if self.options.mapping is not None:
                return find_mapped_header(self.lines(), self.options.mapping, COMMAND)
            return find_header(self.lines(), COMMAND, self.options.source_format)
        except FileRefused as refusal:
            if refusal.problem.code in _NOT_A_CSV:
                raise
            self._note(refusal)
            return None

    def _note(self, refusal: FileRefused) -> None:
        problem = refusal.in_file(self.source.name)
        if problem not in self.problems:
            self.problems.append(problem)

    def _records(self, layout: Layout, header: Header | None) -> Iterator[list[str]]:
        """The filled records behind the header, until one that cannot be parted."""
        records = read_records(self.lines, layout.dialect, layout.line)
        try:
            next(records, None)
            if header is not None and header.format.has_footers:
                records = without_footers(records, header)
            yield from (cells for _, cells in records if any(map(str.strip, cells)))
        except FileRefused as refusal:
            self._note(refusal)

    def _facts(self, layout: Layout, matches: Matches, cells: TellingCells) -> FileFacts:
        chosen = {matches.chosen[name] for name in _DATES if name in matches.chosen}
        foreign = [one.fits for one in cells.dates if one.name in chosen and one.fits != (ISO,)]
        first = foreign[0] if foreign else ()
        said, marks = self.options, cells.marks
        styles = tuple(one for one in first if all(one in fits for fits in foreign))
        note = "both stand in the file" if len(marks.fits) > 1 else ""
        if not marks.fits and marks.unclear:
            note = f"{marks.unclear} could be read both ways"
        return FileFacts(
            file=self.source.name,
            encoding=None if self.codec == "utf-8" else self.codec,
            delimiter=layout.dialect.delimiter,
            preamble=layout.line - 1,
            decimal=said.decimal or (marks.fits[0] if len(marks.fits) == 1 else None),
            decimal_note=note,
            date_styles=(said.date_format,) if said.date_format else styles,
            has_currency=bool(said.currency),
        )

    def _with_orders(self, found: Sniffed, header: Header | None, matches: Matches) -> Sniffed:
        """The first orders as the format reads them, or else the suggested mapping."""
        missing: tuple[str, ...] = ()
        orders: list[Order] = []
        if header is not None:
            orders = self._orders(self.options)
        elif found.mapping:
            missing = lacking(matches, has_currency=bool(self.options.currency))
            guessed = None if missing else self._guessed(found.mapping)
            orders = [] if guessed is None else self._orders(guessed)
        return replace(
            found,
            orders=tuple(orders),
            is_guess=header is None and bool(orders),
            missing=missing,
            problems=tuple(self.problems[:SHOWN_PROBLEMS]),
            more=max(0, len(self.problems) - SHOWN_PROBLEMS),
        )

    def _guessed(self, text: str) -> ReadOptions | None:
        """Options with the suggested mapping; None where YAML does not hold the file's names."""
        try:
            mapping = parse_mapping(text.encode(), "the mapping below", COMMAND)
        except InvalidError as error:
            self.problems += error.problems
            return None
        said = {
            name: one
            for name, one in mapping.options().items()
            if name != "zone" and getattr(self.options, name) is None
        }
        return replace(self.options, source_format=None, mapping=mapping, **said)

    def _orders(self, options: ReadOptions) -> list[Order]:
        given = self.given if isinstance(self.given, Path) else self.source.open_bytes()
        orders: list[Order] = []
        try:
            with read_orders([given], replace(options, first_rows=READ_ROWS)) as reading:
                for one in reading:
                    if len(orders) < SHOWN_ORDERS:
                        orders.append(one)
                self.problems += reading.problems
        except InvalidError as error:
            self.problems += [one for one in error.problems if one not in self.problems]
        return orders


def _layout_of(header: Header) -> Layout:
    return Layout(header.dialect, header.line, header.columns)


def _places_read(layout: Layout, header: Header | None, matches: Matches) -> set[int]:
    """The columns that are read, or would be by the suggested mapping."""
    if header is not None:
        return {place for name, place in header.places.items() if name in header.format.columns}
    return {layout.columns.index(name) for name in matches.columns}


def _money_places(
    layout: Layout, header: Header | None, matches: Matches, places: set[int]
) -> set[int]:
    """Where amounts may stand: in any column that is read, or in those called like amounts."""
    money = {name for ours, name in matches.chosen.items() if ours in MONEY_COLUMNS}
    if header is not None or not money:
        return places
    return {layout.columns.index(name) for name in money}
