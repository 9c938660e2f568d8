"""The journal as rows, a row a posting; in the columns of any bookkeeping program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.bookkeeping.entries import Entry, account_name
from returns_cli.domain.money import format_amount

FIELDS = (
    "seq",
    "date",
    "recorded_at",
    "kind",
    "text",
    "key",
    "actor",
    "order",
    "account",
    "name",
    "currency",
    "amount",
    "debit",
    "credit",
    "hash",
)
"""What a column can hold: ``account`` is the journal's own, ``name`` what it is called."""

_OWN_COLUMNS = tuple((name, name) for name in FIELDS)
_MONEY = frozenset({"amount", "debit", "credit"})
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


class Layout(NamedTuple):
    """How the rows are written.

    Attributes:
        columns: title and what it holds: one of :data:`FIELDS`, or ``=TEXT`` for that text.
        decimal: ``.`` or ``,``; ``delimiter``: between cells.
        day_format: of dates, with ``YYYY MM DD``.
        has_header: the first row holds the titles.
    """

    columns: tuple[tuple[str, str], ...] = _OWN_COLUMNS
    decimal: str = "."
    delimiter: str = ","
    day_format: str = "YYYY-MM-DD"
    has_header: bool = True


def csv_lines(entries: Sequence[Entry], names: Mapping[str, str], layout: Layout) -> Iterator[str]:
    """The lines of a CSV file, quoted as RFC 4180 says; CRLF ends each.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front; amounts stay
    numbers.
    """
    if layout.has_header:
        yield _line([title for title, _ in layout.columns], layout)
    for entry in entries:
        for values in _rows(entry, names, layout):
            yield _line([_cell(values, what) for _, what in layout.columns], layout)


def _rows(entry: Entry, names: Mapping[str, str], layout: Layout) -> Iterator[dict[str, str]]:
    year, month, day = entry.business_on.split("-")
    written = layout.day_format.replace("YYYY", year).replace("MM", month).replace("DD", day)
    for leg in entry.legs:
        amount = format_amount(leg.minor, leg.currency).replace(".", layout.decimal)
        size = amount.removeprefix("-")
        yield {
            "seq": str(entry.seq),
            "date": written,
            "recorded_at": entry.recorded_at,
            "kind": entry.kind,
            "text": entry.text,
            "key": entry.key,
            "actor": entry.actor,
            "order": leg.order_ref,
            "account": leg.account,
            "name": account_name(leg.account, names),
            "currency": leg.currency,
            "amount": amount,
            "debit": size if leg.minor > 0 else "",
            "credit": size if leg.minor < 0 else "",
            "hash": entry.hash,
        }


def _cell(values: Mapping[str, str], what: str) -> str:
    if what.startswith("="):
        return _safe(what[1:])
    return values[what] if what in _MONEY else _safe(values[what])


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _line(cells: Sequence[str], layout: Layout) -> str:
    special = (layout.delimiter, '"', "\r", "\n")
    quoted = (
        '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in special) else cell
        for cell in cells
    )
    return layout.delimiter.join(quoted) + "\r\n"
