"""One row of a small file by the names of its columns, each cell read as what it must be."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from returns_cli.intake.cells import clean_id, parse_flag, parse_quantity, split_list
from returns_cli.intake.dates import DateReader
from returns_cli.intake.header import Header
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import RowKey

EnumT = TypeVar("EnumT", bound=StrEnum)

REQUEST_ID = "request_id"


class RowCells:
    """The cells of one row; a column that the file does not have reads as empty.

    Args:
        header: of the file.
        cells: of the row, as many as the header has.
        dates: of the file.
    """

    def __init__(self, header: Header, cells: list[str], dates: DateReader) -> None:
        self._header = header
        self._cells = cells
        self._dates = dates

    def has(self, name: str) -> bool:
        """Whether the file has the column."""
        return self._header.has(name)

    def text(self, name: str) -> str:
        """A cell's text, trimmed."""
        place = self._header.places.get(name)
        return "" if place is None or place >= len(self._cells) else self._cells[place].strip()

    def id(self, name: str) -> str:
        """An id, without spreadsheet wrapping."""
        return clean_id(self.text(name))

    def shown(self, name: str) -> str:
        """The column's name as the file writes it; the name itself where it has no such column."""
        return self._header.shown(self._header.place(name)) or name

    def fault(self, code: str, name: str, message: str = "") -> RowFault:
        """A refusal of the row because of one cell."""
        return RowFault(code, self.shown(name), self.text(name), message)

    def units(self, name: str = "quantity") -> int | None:
        """A number of units, None for an empty cell, which means all.

        Raises:
            RowFault: ``E-QTY``.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            units = parse_quantity(text)
        except ValueError:
            units = 0
        if not units:
            raise self.fault("E-QTY", name)
        return units

    def number(self, name: str) -> int | None:
        """A whole number of at least 0, None for an empty cell.

        Raises:
            RowFault: ``E-VALUE``.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            return parse_quantity(text)
        except ValueError:
            raise self.fault("E-VALUE", name, "This is not a whole number.") from None

    def flag(self, name: str) -> bool:
        """Yes or no; an empty cell is no.

        Raises:
            RowFault: ``E-VALUE``.
        """
        try:
            return parse_flag(self.text(name)) or False
        except ValueError:
            raise self.fault("E-VALUE", name, "This is neither yes nor no.") from None

    def date(self, name: str) -> str | None:
        """A stored date, None for an empty cell.

        Raises:
            RowFault: ``E-DATE``.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            return self._dates[text]
        except RowFault as fault:
            raise self.fault(fault.code, name, fault.message) from None

    def choice(self, name: str, default: EnumT) -> EnumT:
        """One of an enum's words, in any case, spaces and hyphens for underscores.

        Raises:
            RowFault: ``E-VALUE``, naming the words.
        """
        text = word(self.text(name))
        if not text:
            return default
        kind = type(default)
        try:
            return kind(text)
        except ValueError:
            words = ", ".join(one.value for one in kind)
            raise self.fault("E-VALUE", name, f"It must be one of {words}.") from None

    def tags(self, name: str = "tags") -> tuple[str, ...]:
        """A list, its entries separated by ``|``."""
        return split_list(self.text(name))

    def line_and_sku(self) -> tuple[int | None, str]:
        """``line_no`` and ``sku``, one of which must be filled.

        Raises:
            RowFault: ``E-VALUE``.
        """
        line, sku = self.number("line_no"), self.id("sku")
        if line == 0:
            raise self.fault("E-VALUE", "line_no", "Lines are numbered from 1.")
        if line is None and not sku:
            raise self.fault("E-VALUE", "line_no", "Neither the line nor the SKU is given.")
        return line, sku

    def required(self, name: str, code: str = "E-VALUE") -> str:
        """An id that must be there.

        Raises:
            RowFault: with the code given.
        """
        found = self.id(name)
        if not found:
            raise self.fault(code, name, f"The {name} is missing.")
        return found

    def content(self) -> dict[str, str]:
        """The filled cells of the columns that are read, by folded name, without the request id."""
        names = _content_columns(self._header.format.columns)
        return {name: text for name in names if (text := self.text(name))}


@lru_cache(16)
def _content_columns(columns: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(columns - {REQUEST_ID}))


def word(text: str) -> str:
    """A code as a person may write it: folded, spaces and hyphens as underscores."""
    return text.casefold().replace("-", "_").replace(" ", "_")


class RowKeys:
    """Gives each row of one file its key: its request id, or its content and ordinal."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def key_of(self, cells: RowCells) -> RowKey:
        """The next row's key; call it once for every accepted row, in file order."""
        canonical = json.dumps(cells.content(), ensure_ascii=False, separators=(",", ":"))
        content = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
        request_id = cells.id(REQUEST_ID)
        if request_id:
            return RowKey(f"id:{request_id}", content)
        self._seen[content] += 1
        return RowKey(f"row:{content[:32]}:{self._seen[content]}", content)
