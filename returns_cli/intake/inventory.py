"""Shopify's inventory file: an export is read, units are added, the changed rows are written.

Its import sets absolute quantities. So only rows that change are written, and the newer shape's
``On hand (current)`` goes back as it came: Shopify skips a row whose stock has moved since.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from returns_cli.domain.errors import ConflictError, InvalidError, UsageError

_NEW, _CURRENT, _OLD = "On hand (new)", "On hand (current)", "On hand"
_FIXED = 11  # without a column of locations: Handle to COO stand before the locations' columns
_FIXED_LAST = "COO"
_WHOLE = r"(?a)-?\d{1,9}"
_MOST_BYTES = 15_000_000  # Shopify takes no longer inventory file

Place = tuple[str, str]  # SKU and location


class Cell(NamedTuple):
    """Where the file keeps the quantity of a SKU at a location."""

    row: int
    read: int
    write: int


class Inventory(NamedTuple):
    """A template: its rows as they came, and where each quantity stands.

    Attributes:
        locations: their names in order of appearance.
        cells: by SKU and location; several where the file holds them more than once.
        edges: columns that hold locations side by side, by name; empty where rows name them.
    """

    name: str
    header: list[str]
    rows: list[list[str]]
    locations: tuple[str, ...]
    cells: Mapping[Place, tuple[Cell, ...]]
    edges: Mapping[str, int]


class Refusal(NamedTuple):
    """Units that the template cannot take, and why; ``line`` is that of the file, if any."""

    code: str
    sku: str
    message: str
    line: int | None = None


def read_inventory(data: bytes, name: str) -> Inventory:
    """Read a template.

    Args:
        data: the file's bytes, UTF-8.
        name: of the file, for messages.

    Raises:
        InvalidError: ``E-STOCK-TEMPLATE``: not an inventory file of Shopify (7).
        ConflictError: ``E-STOCK-APPLIED``: new quantities stand in it already (6).
    """
    if len(data) > _MOST_BYTES:
        raise _unfit(name, "is longer than Shopify takes, 15 MB")
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unfit(name, f"cannot be read as CSV in UTF-8: {error}") from error
    header = [title.strip() for title in rows[0]] if rows else []
    if "SKU" not in header:
        raise _unfit(name, "has no column SKU")
    if any(len(row) not in (0, len(header)) for row in rows):
        raise _unfit(name, "has rows that are shorter or longer than its header")
    body = [row for row in rows[1:] if row]
    if "Location" in header:
        return _with_rows_for_locations(name, header, body)
    return _with_columns_for_locations(name, header, body)


def _with_rows_for_locations(name: str, header: list[str], rows: list[list[str]]) -> Inventory:
    written = next((title for title in (_NEW, _OLD) if title in header), None)
    if written is None:
        raise _unfit(name, f"has no column {_NEW} or {_OLD}")
    read = _CURRENT if written == _NEW else _OLD
    if read not in header:
        raise _unfit(name, f"has no column {read}")
    sku, place = header.index("SKU"), header.index("Location")
    old, new = header.index(read), header.index(written)
    cells: dict[Place, tuple[Cell, ...]] = {}
    for n, row in enumerate(rows):
        if row[new].strip() not in ("", row[old].strip()):
            raise ConflictError(
                "E-STOCK-APPLIED",
                f"{name} holds new quantities already.",
                where=f"{name}:{n + 2} column {_NEW}",
                hint="Take a fresh export in Shopify: Products, Inventory, Export.",
            )
        key = (row[sku].strip(), row[place].strip())
        cells[key] = (*cells.get(key, ()), Cell(n, old, new))
    locations = tuple(dict.fromkeys(place for _, place in cells))
    return Inventory(name, header, rows, locations, cells, {})


def _with_columns_for_locations(name: str, header: list[str], rows: list[list[str]]) -> Inventory:
    first = header.index(_FIXED_LAST) + 1 if _FIXED_LAST in header else _FIXED
    edges = {title: n for n, title in enumerate(header) if n >= first and title}
    if not edges:
        raise _unfit(name, "names no location")
    sku = header.index("SKU")
    cells: dict[Place, tuple[Cell, ...]] = {}
    for n, row in enumerate(rows):
        for place, column in edges.items():
            key = (row[sku].strip(), place)
            cells[key] = (*cells.get(key, ()), Cell(n, column, column))
    return Inventory(name, header, rows, tuple(edges), cells, edges)


def one_location(inventory: Inventory, named: str | None) -> str:
    """The location that goods go to where nothing names one.

    Raises:
        UsageError: the named one is not in the file, or none is named and there are several (2).
    """
    known = inventory.locations
    if named is None and len(known) == 1:
        return known[0]
    if named in known:
        return str(named)
    said = "names no location" if not known else "holds several locations"
    if named is not None:
        said = f"holds no location {named[:60]!r}"
    raise UsageError(
        "E-USAGE",
        f"{inventory.name} {said}.",
        where="--location",
        hint=f"Write --location with one of: {', '.join(known[:20])}."
        if known
        else "Take an export with all locations.",
    )


def add_units(
    inventory: Inventory, units: Mapping[Place, int]
) -> tuple[str, dict[Place, Refusal], int]:
    """The file to import: the rows that change, with their new absolute quantities.

    Args:
        inventory: the template.
        units: by SKU and location, to add (or, below zero, to take out again).

    Returns:
        The text, what cannot be taken by its place, and the number of rows in the text.
    """
    rows = [list(row) for row in inventory.rows]
    refused: dict[Place, Refusal] = {}
    changed: set[int] = set()
    used: set[str] = set()
    for place, quantity in units.items():
        found = _cell(inventory, place)
        if isinstance(found, Refusal):
            refused[place] = found
        elif quantity:
            before = int(inventory.rows[found.row][found.read])
            rows[found.row][found.write] = str(before + quantity)
            changed.add(found.row)
            used.add(place[1])
    unused = {column for name, column in inventory.edges.items() if name not in used}
    kept = [n for n in range(len(inventory.header)) if n not in unused]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in [inventory.header, *(rows[n] for n in sorted(changed))]:
        writer.writerow([row[n] for n in kept])
    return text.getvalue(), refused, len(changed)


def _cell(inventory: Inventory, place: Place) -> Cell | Refusal:
    sku, location = place
    found = inventory.cells.get(place, ())
    if not sku or not found:
        shown = sku or "goods without a SKU"
        return Refusal(
            "E-STOCK-SKU", sku, f"{shown} is not at {location or 'any location'} in the template."
        )
    line = found[0].row + 2
    if len(found) > 1:
        return Refusal("E-STOCK-SKU", sku, f"{sku} stands in several rows of the template.", line)
    quantity = inventory.rows[found[0].row][found[0].read].strip()
    if not re.fullmatch(_WHOLE, quantity):
        return Refusal(
            "E-STOCK-QUANTITY", sku, f"{sku} at {location} has the quantity {quantity!r}.", line
        )
    return found[0]


def generic_text(rows: Iterator[tuple[str, int, str, str]]) -> tuple[str, int]:
    """Units to add, as CSV: sku, quantity, disposition, location; and how many rows those are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["sku", "quantity", "disposition", "location"])
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return text.getvalue(), count


def _unfit(name: str, why: str) -> InvalidError:
    return InvalidError(
        "E-STOCK-TEMPLATE",
        f"{name} {why}.",
        where=name,
        hint="Take a fresh export in Shopify: Products, Inventory, Export, as CSV.",
    )
