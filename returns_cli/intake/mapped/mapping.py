"""What a mapping file says: how a foreign CSV reads in our own columns. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

Columns = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """One mapping, checked.

    Attributes:
        name: what reports call the format: ``map:NAME``.
        file: base name of the mapping file, for hints.
        columns: our column -> theirs as the mapping writes them; several are joined by a space.
        lines: our column -> line of the mapping file that names it.
        constants: our column -> the cell that every row has.
        words: our column -> their word, folded -> our word.
        items: the lines that one row holds, each with its own columns; empty where a row is a line.
        payments: means of payment -> the column that says what it paid of the order.
        one_row_per: ``line``, rows with one order number being one order, or ``order``.
        list_separator: between the entries of a list in a cell; None for our own ``|``.
        preamble: lines above the header.
        quotes: RFC 4180 quotes.
        encoding, date_format, decimal, timezone: stand in for the options of the same names.
        delimiter: one character, None to find it.
    """

    name: str
    file: str
    columns: Columns
    lines: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    items: tuple[Columns, ...] = ()
    payments: Mapping[str, str] = field(default_factory=dict)
    one_row_per: Literal["line", "order"] = "line"
    list_separator: str | None = None
    preamble: int = 0
    quotes: bool = True
    encoding: str | None = None
    date_format: str | None = None
    decimal: Literal["dot", "comma"] | None = None
    timezone: str | None = None
    delimiter: str | None = None

    @property
    def format_name(self) -> str:
        """The format that reports name."""
        return f"map:{self.name}"

    def named(self) -> dict[str, int]:
        """Every column of theirs as the mapping writes it -> the line that names it first."""
        found: dict[str, int] = {}
        for columns in (self.columns, *self.items):
            for ours, theirs in columns.items():
                for name in theirs:
                    found.setdefault(name, self.lines.get(ours, 1))
        for method, name in self.payments.items():
            found.setdefault(name, self.lines.get(f"payments.{method}", 1))
        return found

    def options(self) -> dict[str, Any]:
        """The read options that it sets; those of the command line win over them."""
        set_here = {
            "encoding": self.encoding,
            "date_format": self.date_format,
            "decimal": self.decimal,
            "zone": ZoneInfo(self.timezone) if self.timezone else None,
        }
        return {name: value for name, value in set_here.items() if value is not None}
