"""What orders were paid with: written as a new revision, read as the latest one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from returns_cli.domain.model import Payment
from returns_cli.store.facts import add_fact
from returns_cli.store.lists import numbers

_LATEST = """
SELECT p.order_pk, p.tender, p.method, p.captured_minor FROM order_payment p
WHERE p.order_pk IN (SELECT value FROM json_each(?))
  AND p.revision = (SELECT max(v.revision) FROM order_payment v WHERE v.order_pk = p.order_pk)
ORDER BY p.order_pk, p.n
"""
_REVISION = "SELECT coalesce(max(revision), 0) + 1 FROM order_payment WHERE order_pk = ?"


def add_payments(
    connection: sqlite3.Connection,
    order_pk: int,
    payments: Iterable[Payment],
    file_id: int,
    at: str,
) -> None:
    """Write what an order was paid with, as its sources say it now; inside a transaction."""
    (revision,) = connection.execute(_REVISION, (order_pk,)).fetchone()
    for n, one in enumerate(payments, 1):
        row = {
            "order_pk": order_pk,
            "revision": revision,
            "n": n,
            "tender": one.tender,
            "method": one.method,
            "captured_minor": one.captured_minor,
            "file_id": file_id,
            "recorded_at": at,
        }
        add_fact(connection, "order_payment", row)


def read_payments(
    connection: sqlite3.Connection, pks: Iterable[int]
) -> dict[int, tuple[Payment, ...]]:
    """What each order was paid with whose sources tell it apart, in the order of the source."""
    found: dict[int, list[Payment]] = {}
    for pk, *payment in connection.execute(_LATEST, (numbers(pks),)):
        found.setdefault(pk, []).append(Payment._make(payment))
    return {pk: tuple(payments) for pk, payments in found.items()}
