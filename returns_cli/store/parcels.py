"""Parcels of orders as they stand, and the events that carriers report of them.

Events are appended and never changed. A parcel's dates follow what was said last; the orders that
they belong to are re-dated by :func:`redate_orders`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain.model import Order
from returns_cli.domain.parcels import Meaning, Parcel, with_parcels
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, seal_of
from returns_cli.store.lists import numbers
from returns_cli.store.order_edit import Change, Merged
from returns_cli.store.order_rows import content_hash, read_orders

_OF_ORDERS = """
SELECT order_pk, parcel_id, tracking, carrier, shipped_at, scanned_at, delivered_at, returned_at
FROM order_parcel WHERE order_pk IN (SELECT value FROM json_each(?)) ORDER BY parcel_id
"""
_LINES = """
SELECT l.parcel_id, l.line, l.units FROM order_parcel_line l
JOIN order_parcel p ON p.parcel_id = l.parcel_id
WHERE p.order_pk IN (SELECT value FROM json_each(?)) ORDER BY l.parcel_id, l.line
"""
_FIND = """
SELECT parcel_id, carrier, shipped_at, scanned_at, delivered_at, returned_at, file_id, source_line
FROM order_parcel WHERE order_pk = ? AND tracking = ? AND place = ?
"""
_CHANGE = """
UPDATE order_parcel SET carrier = ?, shipped_at = ?, scanned_at = ?, delivered_at = ?,
  returned_at = ?, file_id = ?, source_line = ?, seal = ? WHERE parcel_id = ?
"""
_HAS = "SELECT units FROM order_parcel_line WHERE parcel_id = ? AND line = ?"
_CHANGE_LINE = "UPDATE order_parcel_line SET units = ?, seal = ? WHERE parcel_id = ? AND line = ?"
_SOURCE_HASH = "SELECT content_hash FROM orders WHERE order_pk = ?"
_UPDATE = """
UPDATE orders SET shipped_at = ?, delivered_at = ?, stored_hash = ? WHERE order_pk = ?
"""
_UPDATE_LINE = """
UPDATE order_line SET shipped_at = ?, delivered_at = ?, shipped_quantity = ?
WHERE order_pk = ? AND line = ?
"""
_BY_TRACKING = """
SELECT 'order', order_pk FROM order_parcel WHERE tracking = :number
UNION SELECT 'return', return_id FROM parcel_event
WHERE tracking = :number AND return_id IS NOT NULL LIMIT 2
"""
_RETURNS = """
SELECT return_id FROM returns WHERE order_pk IN (SELECT value FROM json_each(?)) ORDER BY return_id
"""
_LAST_READING = """
SELECT n, meaning FROM parcel_reading WHERE parcel_event_id = ? ORDER BY n DESC LIMIT 1
"""
FIELDS = ("shipped_at", "scanned_at", "delivered_at", "returned_at")
"""The dates of a parcel."""

_DATES_OF_ORDERS = frozenset({"shipped_at", "delivered_at", "shipped_quantity"})


class ParcelKey(NamedTuple):
    """Which parcel: of which order, by its number; without one, ``place`` is the order line.

    ``place`` is 0 for what is said of the whole order, and wherever there is a number.
    """

    order_pk: int
    tracking: str = ""
    place: int = 0


class ParcelReport(NamedTuple):
    """What a row says of a parcel.

    Attributes:
        dates: by the names of ``FIELDS``; they replace what was known.
        lines: order lines that the parcel holds, with their units, None for all of them.
        file_id, source_line: where it was read.
    """

    key: ParcelKey
    carrier: str
    dates: dict[str, str]
    lines: tuple[tuple[int, int | None], ...]
    file_id: int
    source_line: int


def parcels_of(connection: sqlite3.Connection, pks: Iterable[int]) -> dict[int, tuple[Parcel, ...]]:
    """The parcels of many orders, in two queries; orders without one are left out."""
    wanted = (numbers(pks),)
    lines: dict[int, list[tuple[int, int | None]]] = {}
    for parcel_id, line, units in connection.execute(_LINES, wanted):
        lines.setdefault(parcel_id, []).append((line, units))
    found: dict[int, list[Parcel]] = {}
    for pk, parcel_id, *columns in connection.execute(_OF_ORDERS, wanted):
        parcel = Parcel._make((*columns, tuple(lines.get(parcel_id, ()))))
        found.setdefault(pk, []).append(parcel)
    return {pk: tuple(parcels) for pk, parcels in found.items()}


def save_parcel(store: Store, report: ParcelReport) -> bool:
    """Add a parcel, or bring it to what a row says; inside a transaction.

    Returns:
        Whether anything differs from what was known.
    """
    connection = store.connection
    key = report.key
    kept = connection.execute(_FIND, key).fetchone()
    if kept is None:
        row: dict[str, Value] = {
            **key._asdict(),
            "carrier": report.carrier,
            **report.dates,
            "file_id": report.file_id,
            "source_line": report.source_line,
        }
        parcel_id = add_fact(connection, "order_parcel", row)
        differs = True
    else:
        parcel_id, carrier, *before = kept[:6]
        dates = [report.dates.get(name, old) for name, old in zip(FIELDS, before, strict=True)]
        facts = (report.carrier or carrier, *dates)
        differs = facts != (carrier, *before)
        if differs:
            tail = (report.file_id, report.source_line)
            seal = seal_of("order_parcel", (parcel_id, *key, *facts, *tail))
            connection.execute(_CHANGE, (*facts, *tail, seal, parcel_id))
    added = [_save_line(connection, parcel_id, *line) for line in report.lines]
    return differs or any(added)


def _save_line(
    connection: sqlite3.Connection, parcel_id: int, line: int, units: int | None
) -> bool:
    """Put a line into a parcel; one that is there gets the units beside those it has."""
    kept = connection.execute(_HAS, (parcel_id, line)).fetchone()
    if kept is None:
        row: dict[str, Value] = {"parcel_id": parcel_id, "line": line, "units": units}
        add_fact(connection, "order_parcel_line", row)
        return True
    if kept[0] is None or units is None:
        return False
    total = kept[0] + units
    seal = seal_of("order_parcel_line", (parcel_id, line, total))
    connection.execute(_CHANGE_LINE, (total, seal, parcel_id, line))
    return True


def redate_orders(store: Store, pks: Sequence[int], file_id: int, at: str) -> list[int]:
    """Give orders the dates that their parcels have, each change recorded; inside a transaction.

    Args:
        store: the store.
        pks: of orders whose parcels changed.
        file_id: the file that brought it; ``at``: when it was read.

    Returns:
        The orders that changed.
    """
    connection = store.connection
    orders = read_orders(connection, pks)
    parcels = parcels_of(connection, pks)
    changed = []
    for pk, old in orders.items():
        new = with_parcels(old, parcels.get(pk, ()))
        if new == old:
            continue
        (source_hash,) = connection.execute(_SOURCE_HASH, (pk,)).fetchone()
        stored = content_hash(new)
        kept = None if stored == source_hash else stored
        connection.execute(_UPDATE, (new.shipped_at, new.delivered_at, kept, pk))
        for before, line in zip(old.lines, new.lines, strict=True):
            if line != before:
                dates = (line.shipped_at, line.delivered_at, line.shipped_quantity)
                connection.execute(_UPDATE_LINE, (*dates, pk, line.line))
        for change in _changes(old, new):
            row: dict[str, Value] = {
                "order_pk": pk,
                "line": change.line,
                "field": change.field,
                "old_value": change.old,
                "new_value": change.new,
                "kept": 0,
                "file_id": file_id,
                "changed_at": at,
            }
            add_fact(connection, "order_change", row)
        changed.append(pk)
    return changed


def _changes(old: Order, new: Order) -> list[Change]:
    pairs: list[tuple[int | None, str, object, object]] = [
        (None, name, getattr(old, name), getattr(new, name))
        for name in ("shipped_at", "delivered_at")
    ]
    for before, line in zip(old.lines, new.lines, strict=True):
        pairs += [
            (line.line, name, getattr(before, name), getattr(line, name))
            for name in sorted(_DATES_OF_ORDERS)
        ]
    return [
        Change(line, name, _text(before), _text(after), kept=False)
        for line, name, before, after in pairs
        if before != after
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def keep_parcel_dates(merged: Merged, parcels: Sequence[Parcel]) -> Merged:
    """What an order that is imported again becomes where its parcels say when they came.

    The dates of parcels hold. What the file says otherwise is in the changes, marked ``kept``; a
    file that says nothing changes nothing, and is not in them.
    """
    if not parcels:
        return merged
    order = with_parcels(merged.order, parcels)
    lines = {line.line: line for line in order.lines}
    changes = []
    for change in merged.changes:
        holder = order if change.line is None else lines.get(change.line)
        if change.field in _DATES_OF_ORDERS and holder is not None:
            stored = _text(getattr(holder, change.field))
            is_silent = change.new is None or change.field == "shipped_quantity"
            if stored == change.old and is_silent:
                continue
            change = change._replace(kept=stored != change.new)
        changes.append(change)
    return merged._replace(order=order, changes=tuple(changes))


def targets_of(store: Store, tracking: str) -> list[tuple[str, int]]:
    """Whose parcel a number is: at most two of ``("order", row)`` and ``("return", row)``."""
    return store.connection.execute(_BY_TRACKING, {"number": tracking}).fetchall()


def returns_of(store: Store, pks: Sequence[int]) -> list[int]:
    """Row numbers of the returns of some orders."""
    found = store.connection.execute(_RETURNS, (numbers(pks),))
    return [return_id for (return_id,) in found]


def add_reading(
    store: Store, parcel_event_id: int, meaning: Meaning, file_id: int, source_line: int
) -> bool:
    """Say what an event means; inside a transaction.

    Returns:
        False where that was said last. A meaning is never replaced by ``UNKNOWN``.
    """
    last = store.connection.execute(_LAST_READING, (parcel_event_id,)).fetchone()
    if last is not None and (meaning is Meaning.UNKNOWN or last[1] == meaning.value):
        return False
    row: dict[str, Value] = {
        "parcel_event_id": parcel_event_id,
        "n": last[0] + 1 if last else 1,
        "meaning": meaning.value,
        "file_id": file_id,
        "source_line": source_line,
    }
    add_fact(store.connection, "parcel_reading", row)
    return True
