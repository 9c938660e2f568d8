"""Serial numbers of units that were sold, that arrived, and that were looked at; all plain."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from returns_cli.domain.serials import plain_serial
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact
from returns_cli.store.lists import numbers

_SOLD = """
SELECT order_pk, line, serial FROM sold_serial
WHERE order_pk IN (SELECT value FROM json_each(?)) ORDER BY order_pk, line, serial
"""
_IS_SOLD = "SELECT 1 FROM sold_serial WHERE order_pk = ? AND line = ? AND serial = ?"
_RETURNS = """
SELECT r.return_id FROM sold_serial s JOIN returns r ON r.order_pk = s.order_pk
WHERE s.serial = ? ORDER BY r.return_id DESC LIMIT 50
"""
_RECEIVED = """
SELECT s.serial FROM receipt r JOIN receipt_serial s ON s.receipt_id = r.receipt_id
WHERE r.return_id = ? AND NOT EXISTS (SELECT 1 FROM receipt c WHERE c.corrects = r.receipt_id)
"""


def add_sold_serial(
    store: Store, order_pk: int, line: int, serial: str, file_id: int, source_line: int
) -> bool:
    """Keep which unit of an order line was sold, once; whether it is new. Inside a transaction."""
    plain = plain_serial(serial)
    if store.connection.execute(_IS_SOLD, (order_pk, line, plain)).fetchone() is not None:
        return False
    row: dict[str, Value] = {
        "order_pk": order_pk,
        "line": line,
        "serial": plain,
        "file_id": file_id,
        "source_line": source_line,
    }
    add_fact(store.connection, "sold_serial", row)
    return True


def sold_serials(
    connection: sqlite3.Connection, order_pks: Iterable[int]
) -> dict[int, Mapping[int, tuple[str, ...]]]:
    """Serial numbers that were sold, by order and line; an order without any is left out."""
    found: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for order_pk, line, serial in connection.execute(_SOLD, (numbers(order_pks),)):
        lines = found[order_pk]
        lines[line] = (*lines.get(line, ()), serial)
    return dict(found)


def returns_of_serial(store: Store, serial: str) -> list[int]:
    """Row numbers of the returns of the orders that a unit was sold in, the newest first."""
    return [one for (one,) in store.connection.execute(_RETURNS, (plain_serial(serial),))]


def received_serials(store: Store, return_id: int) -> set[str]:
    """Serial numbers of units that arrived for a return; those that were taken back are none."""
    return {serial for (serial,) in store.connection.execute(_RECEIVED, (return_id,))}


def add_serial(store: Store, table: str, number: int, serial: str) -> None:
    """Keep which unit a receipt or an inspection is about; inside a transaction.

    Args:
        table: ``receipt`` or ``inspection``; ``number``: of the fact.
    """
    row: dict[str, Value] = {f"{table}_id": number, "serial": plain_serial(serial)}
    add_fact(store.connection, f"{table}_serial", row)
