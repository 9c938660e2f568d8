"""How far a store had come, and which of its orders something happened to since.

Facts are only added, each with a number and a seal; an order that changes leaves a row in
``order_change``. So the last row of each table says how far one has read, and what lies behind it
is what is new. A seal that is another says that this is not the store that was read.
"""

# ruff: noqa: S608 - statements are put together from the names of this module

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

Marks = Mapping[str, tuple[int, str]]
"""By table, the number of its last row and the seal of that row."""

# By table, the orders that a row is about: SQL for a row ``f``.
_OF_RETURN = "SELECT r.order_pk FROM {table} f JOIN returns r ON r.return_id = f.return_id"
_OWN = "SELECT f.order_pk FROM {table} f"
_ABOUT: Mapping[str, str] = {
    "order_change": _OWN,
    "returns": _OWN,
    "authorization": _OWN,
    "receipt": _OWN,
    "inspection": _OWN,
    "disposal": _OWN,
    "refund": _OWN,
    "external_refund": _OWN,
    "decision": _OF_RETURN,
    "ruling": _OF_RETURN,
    "parcel_event": _OF_RETURN,
    "refund_event": "SELECT r.order_pk FROM refund_event f JOIN refund r USING (refund_pk)",
    # A request that is changed is a revision, which has no number; the action names its return.
    "action": """SELECT r.order_pk FROM action f, json_each(f.return_ids) j
  JOIN returns r ON r.return_id = j.value""",
    # A carrier's code that is learned later gives an event another meaning, by a file.
    "source_file": """SELECT r.order_pk FROM parcel_reading m
  JOIN source_file f ON f.file_id = m.file_id
  JOIN parcel_event e ON e.parcel_event_id = m.parcel_event_id AND m.n > 1
  JOIN returns r ON r.return_id = e.return_id""",
}
_NUMBER = {"returns": "return_id", "refund": "refund_pk", "source_file": "file_id"}
_LAST = "SELECT {number}, hex(seal) FROM {table} ORDER BY {number} DESC LIMIT 1"
_KEPT = "SELECT hex(seal) FROM {table} WHERE {number} = ?"
_LAST_ORDER = "SELECT coalesce(max(order_pk), 0), '' FROM orders"


def marks_of(connection: sqlite3.Connection) -> Marks:
    """How far the store has come; inside a read."""
    found: dict[str, tuple[int, str]] = {}
    for table in _ABOUT:
        query = _LAST.format(table=table, number=_number(table))
        found[table] = connection.execute(query).fetchone() or (0, "")
    found["orders"] = connection.execute(_LAST_ORDER).fetchone()
    return found


def is_same_store(connection: sqlite3.Connection, marks: Marks) -> bool:
    """Whether the store has come from where these marks were made, and not from elsewhere."""
    for table, (number, seal) in marks.items():
        if number and table in _ABOUT:
            query = _KEPT.format(table=table, number=_number(table))
            if connection.execute(query, (number,)).fetchone() != (seal,):
                return False
    (last, _) = connection.execute(_LAST_ORDER).fetchone()
    return bool(last >= marks["orders"][0])


def touch(connection: sqlite3.Connection, since: Marks, now: Marks) -> None:
    """Fill ``touched`` with the orders that something happened to between these marks.

    Args:
        connection: has a table ``touched`` with one column, ``order_pk``.
        since, now: marks of the same store.
    """
    connection.execute("DELETE FROM touched")
    add = "INSERT OR IGNORE INTO touched"
    connection.execute(f"{add} SELECT order_pk FROM orders WHERE order_pk > ?", since["orders"][:1])
    for table, about in _ABOUT.items():
        if since[table] != now[table]:
            where = f"WHERE f.{_number(table)} > ?"
            connection.execute(f"{add} {about.format(table=table)} {where}", since[table][:1])


def _number(table: str) -> str:
    return _NUMBER.get(table, f"{table}_id")
