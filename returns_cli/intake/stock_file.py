"""A file that says how much of each SKU is there: a shop system's inventory export, or our own."""

from __future__ import annotations

import csv
import io

from returns_cli.domain.errors import InvalidError

QUANTITIES = ("available", "on hand (current)", "on hand", "quantity", "stock")
"""Columns that may hold units, the first one found is read; compared without case."""


def read_stock(data: bytes, name: str) -> dict[str, int]:
    r"""Units by SKU, over all rows that name it.

    Args:
        data: UTF-8, with or without BOM, comma or semicolon.
        name: of the file, for messages.

    Raises:
        InvalidError: ``E-STOCK-FILE``: no SKU column or no quantity, or a cell is no number (7).

    >>> read_stock(b"SKU,Location,On hand\nMUG,Dock,3\nMUG,Shop,2\nTEE,Dock,\n", "s.csv")
    {'MUG': 5, 'TEE': 0}
    """
    try:
        text = data.decode("utf-8-sig")
        delimiter = ";" if text.partition("\n")[0].count(";") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unfit(name, None, f"cannot be read as CSV in UTF-8: {error}") from error
    header = [title.strip().casefold() for title in rows[0]] if rows else []
    found = [title for title in QUANTITIES if title in header]
    if "sku" not in header or not found:
        wanted = ", ".join(QUANTITIES)
        raise _unfit(name, 1, f"needs a column SKU and one of {wanted}")
    sku_at, units_at = header.index("sku"), header.index(found[0])
    stock: dict[str, int] = {}
    for line, row in enumerate(rows[1:], 2):
        if len(row) <= max(sku_at, units_at) or not row[sku_at].strip():
            continue
        cell = row[units_at].strip() or "0"
        if not (cell.removeprefix("-").isascii() and cell.removeprefix("-").isdigit()):
            raise _unfit(name, line, f"`{cell[:20]}` is no number of units")
        sku = row[sku_at].strip()
        stock[sku] = stock.get(sku, 0) + int(cell)
    return stock


def _unfit(name: str, line: int | None, why: str) -> InvalidError:
    return InvalidError(
        "E-STOCK-FILE",
        f"The stock file {why}." if line is None else f"The stock file: {why}.",
        where=f"{name}:{line}" if line else name,
        hint="Export it again from your shop system as CSV in UTF-8.",
    )
