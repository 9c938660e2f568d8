"""Many new orders into the store at once, by columns.

A column that holds one and the same plain value in every row of a block (no weight, no category,
not cancelled) is written into the statement: to bind it row by row would cost more than its bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from returns_cli.domain.model import Order, OrderLine
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.store.lists import pack
from returns_cli.store.order_rows import (
    LINE_COLUMNS,
    ORDER_COLUMNS,
    PERSON_COLUMNS,
    content_hash,
    person_key,
)

Columns = Mapping[str, Sequence[Any]]

# The only values that become part of a statement.
_LITERALS = {None: "NULL", "": "''", "[]": "'[]'", 0: "0", 1: "1"}
_STYLES = {style: style.value for style in TaxStyle}
# Python's module binds text, numbers and bytearrays at once; for anything else, NULL and booleans
# too, it looks for an adapter first, value by value.
_FLAGS = {None: None, False: 0, True: 1}
_SELDOM_EMPTY = frozenset({"shipped_at", "delivered_at", "cancelled_at"})  # an empty text is NULL
_AS_STORED: dict[str, Callable[[Any], Any]] = {
    "tax_style": _STYLES.__getitem__,
    "discount_codes": pack,
    "tags": pack,
    "is_gift": int,
    "is_business": int,
    "cancelled": int,
    "taxable": _FLAGS.__getitem__,
}


def insert_orders(
    connection: sqlite3.Connection,
    first: int,
    orders: Sequence[Order],
    file_id: int,
    marks: Sequence[bytes | None],
) -> None:
    """Insert new orders with their lines and people; inside a transaction.

    Args:
        connection: to the store.
        first: row number of the first order; the others follow.
        orders: none of them in the store.
        file_id: from ``source_files.add_file``.
        marks: of the orders (``order_marks``).

    Raises:
        sqlite3.IntegrityError: one of them is there; the caller undoes the others.
    """
    if not orders:
        return
    numbers = range(first, first + len(orders))
    fields = dict(zip(Order._fields, zip(*orders, strict=True), strict=True))
    _insert(
        connection,
        "orders",
        {
            "order_pk": numbers,
            **_stored(fields, ORDER_COLUMNS),
            "file_id": [file_id] * len(orders),
            "content_hash": [bytearray(content_hash(order)) for order in orders],
            "stored_hash": [None] * len(orders),
            "mark": [mark and bytearray(mark) for mark in marks],
        },
    )
    _insert_lines(connection, numbers, fields["lines"])
    _insert_people(connection, numbers, fields)


def _insert_lines(
    connection: sqlite3.Connection, numbers: Iterable[int], lines: Sequence[tuple[OrderLine, ...]]
) -> None:
    found = zip(*chain.from_iterable(lines), strict=True)
    fields = dict(zip(OrderLine._fields, found, strict=False))
    if fields:
        pks = chain.from_iterable(map(repeat, numbers, map(len, lines)))
        columns = {"order_pk": [*pks], **_stored(fields, LINE_COLUMNS)}
        _insert(connection, "order_line", columns)


def _insert_people(connection: sqlite3.Connection, numbers: Sequence[int], fields: Columns) -> None:
    ids, emails = fields["customer_id"], fields["customer_email"]
    own = ids, fields["customer_name"], emails
    columns = (
        numbers,
        [*map(person_key, ids, emails)],
        *own,
        *zip(*fields["ship_to"], strict=True),
    )
    if not all(emails):  # somebody may be nobody: no id, no name, no address
        rows = [row for row in zip(*columns, strict=True) if any(row[2:])]
        columns = tuple(zip(*rows, strict=True))
    if columns:
        _insert(
            connection,
            "order_person",
            dict(zip(("order_pk", "person_key", *PERSON_COLUMNS), columns, strict=True)),
        )


def _stored(fields: Columns, names: Iterable[str]) -> dict[str, Sequence[Any]]:
    """The columns of these names, as they are stored."""
    return {
        name: [*map(_AS_STORED[name], fields[name])] if name in _AS_STORED else fields[name]
        for name in names
    }


def _is_all(column: Sequence[Any], value: Any) -> bool:
    return column.count(value) == len(column)


def _insert(connection: sqlite3.Connection, table: str, columns: Columns) -> None:
    values: list[str] = []
    bound: list[Sequence[Any]] = []
    for name, column in columns.items():
        value = column[0]
        if not isinstance(value, bytearray) and value in _LITERALS and _is_all(column, value):
            values.append(_LITERALS[value])
        elif name in _SELDOM_EMPTY and None in column:
            values.append("nullif(?, '')")
            bound.append([text or "" for text in column])
        else:
            values.append("?")
            bound.append(column)
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of this module's tables
        f"VALUES ({', '.join(values)})"
    )
    connection.executemany(statement, zip(*bound, strict=True))
