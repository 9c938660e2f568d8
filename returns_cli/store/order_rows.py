"""An order as rows, and back; and the digest by which an unchanged order is recognised."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from returns_cli.domain.model import Address, Order, OrderLine, Payment, SourceRefund
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.store.lists import numbers, pack, unpack
from returns_cli.store.payments import read_payments
from returns_cli.store.source_refunds import read_source_refunds

_ORDER_COLUMNS = (
    "channel, order_id, placed_at, currency, tax_style, order_discount_minor, shipping_minor, "
    "tax_minor, total_minor, captured_minor, refunded_minor, shipped_at, delivered_at, "
    "cancelled_at, country, region, payment_method, discount_codes, tags, is_gift, is_business, "
    "customer_tier, source_line"
)
_LINE_COLUMNS = (
    "line, sku, title, quantity, shipped_quantity, unit_price_minor, discount_minor, "
    "order_discount_minor, items_minor, tax_minor, shipping_minor, category, brand, tags, "
    "weight_g, taxable, cancelled, shipped_at, delivered_at, source_line"
)
_PERSON_COLUMNS = (
    "customer_id, name, email, ship_name, ship_company, ship_address1, ship_address2, ship_city, "
    "ship_region, ship_postcode, ship_country, ship_phone"
)
ORDER_COLUMNS = tuple(_ORDER_COLUMNS.split(", "))
LINE_COLUMNS = tuple(_LINE_COLUMNS.split(", "))
PERSON_COLUMNS = tuple(_PERSON_COLUMNS.split(", "))
UPDATE_ORDER = f"""
UPDATE orders SET ({_ORDER_COLUMNS}, file_id, content_hash, stored_hash)
  = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
WHERE order_pk = ?
"""  # noqa: S608 - columns from above
INSERT_LINE = f"""
INSERT INTO order_line (order_pk, {_LINE_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 - columns from above
UPDATE_LINE = f"""
UPDATE order_line SET ({_LINE_COLUMNS})
  = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
WHERE order_pk = ? AND line = ?
"""  # noqa: S608 - columns from above
INSERT_PERSON = f"""
INSERT INTO order_person (order_pk, person_key, {_PERSON_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 - columns from above
_P_COLUMNS = ", ".join(f"p.{name}" for name in _PERSON_COLUMNS.split(", "))
_O_COLUMNS = ", ".join(f"o.{name}" for name in _ORDER_COLUMNS.split(", "))
_LOAD = f"""
SELECT o.order_pk, {_O_COLUMNS}, f.name, {_P_COLUMNS}
FROM orders o JOIN source_file f ON f.file_id = o.file_id
LEFT JOIN order_person p ON p.order_pk = o.order_pk
WHERE o.order_pk IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - columns from above
_LOAD_LINES = f"""
SELECT order_pk, {_LINE_COLUMNS} FROM order_line
WHERE order_pk IN (SELECT value FROM json_each(?)) ORDER BY order_pk, line
"""  # noqa: S608 - columns from above

_NOBODY = ("",) * 12


def content_hash(order: Order) -> bytes:
    """Sixteen bytes that change with any fact of an order, its lines or its person.

    Where it stands in its file (``source_file``, ``source_line``) is not a fact of the order.
    Version 2 of marshal writes values alone, the same in every Python, at half the time of JSON;
    nothing ever reads it back.
    """
    import hashlib  # loads OpenSSL: not for commands that only read

    facts: tuple[Any, ...] = (
        order[:4],
        order.tax_style.value,
        order[5:11],
        order[12:26],
        tuple(order.ship_to),
        [line[:-1] for line in order.lines],
    )
    if order.refunds:
        facts = (*facts, [tuple(one) for one in order.refunds])
    if order.payments:
        facts = (*facts, "payments", [tuple(one) for one in order.payments])
    return hashlib.sha256(marshal.dumps(facts, 2)).digest()[:16]


def order_row(order: Order) -> tuple[Any, ...]:
    """The columns of an order's own row, as ``_ORDER_COLUMNS`` names them."""
    return (
        *order[:4],
        order.tax_style.value,
        *order[5:11],
        *order[12:18],
        pack(order.discount_codes),
        pack(order.tags),
        int(order.is_gift),
        int(order.is_business),
        order.customer_tier,
        order.source_line,
    )


def line_row(line: OrderLine) -> tuple[Any, ...]:
    """The columns of a line's row, as ``_LINE_COLUMNS`` names them."""
    return (*line[:13], pack(line.tags), *line[14:])


def person_row(order: Order) -> tuple[str, ...] | None:
    """The columns of an order's person, or None where the order names nobody."""
    person = (order.customer_id, order.customer_name, order.customer_email, *order.ship_to)
    if person == _NOBODY:
        return None
    return (person_key(order.customer_id, order.customer_email), *person)


def person_key(customer_id: str, email: str) -> str:
    """By what orders of one person are found: the source's id, else the folded mail address."""
    if customer_id:
        return f"id:{customer_id}"
    mail = email.strip().casefold()
    return f"mail:{mail}" if mail else ""


def read_orders(connection: sqlite3.Connection, pks: Iterable[int]) -> dict[int, Order]:
    """Orders by row number, in a fixed number of queries; unknown numbers are left out."""
    pks = tuple(pks)
    wanted = (numbers(pks),)
    refunds = read_source_refunds(connection, pks)
    payments = read_payments(connection, pks)
    lines = {
        pk: tuple(_line_of(row) for row in rows)
        for pk, rows in groupby(connection.execute(_LOAD_LINES, wanted), key=itemgetter(0))
    }
    return {
        row[0]: _order_of(
            row, lines.get(row[0], ()), refunds.get(row[0], ()), payments.get(row[0], ())
        )
        for row in connection.execute(_LOAD, wanted)
    }


def _line_of(row: tuple[Any, ...]) -> OrderLine:
    taxable = None if row[16] is None else bool(row[16])
    return OrderLine._make(
        (*row[1:14], unpack(row[14]), row[15], taxable, bool(row[17]), *row[18:])
    )


def _order_of(
    row: tuple[Any, ...],
    lines: tuple[OrderLine, ...],
    refunds: tuple[SourceRefund, ...],
    payments: tuple[Payment, ...],
) -> Order:
    person = _NOBODY if row[25] is None else row[25:]
    return Order._make(
        (
            *row[1:5],
            TaxStyle(row[5]),
            *row[6:12],
            lines,
            *row[12:18],
            unpack(row[18]),
            unpack(row[19]),
            bool(row[20]),
            bool(row[21]),
            *person[:3],
            row[22],
            Address(*person[3:]),
            row[24],
            row[23],
            refunds,
            payments,
        )
    )
