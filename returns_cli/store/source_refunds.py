"""The refunds that an order's sources name: written as a new revision, read as the latest one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from returns_cli.domain.model import SourceRefund
from returns_cli.store.facts import add_fact
from returns_cli.store.lists import numbers

_LATEST = """
SELECT s.order_pk, s.amount_minor, s.line, s.refunded_at, s.reference FROM source_refund s
WHERE s.order_pk IN (SELECT value FROM json_each(?))
  AND s.revision = (SELECT max(v.revision) FROM source_refund v WHERE v.order_pk = s.order_pk)
ORDER BY s.order_pk, s.n
"""
_REVISION = "SELECT coalesce(max(revision), 0) + 1 FROM source_refund WHERE order_pk = ?"


def add_source_refunds(
    connection: sqlite3.Connection,
    order_pk: int,
    refunds: Iterable[SourceRefund],
    file_id: int,
    at: str,
) -> None:
    """Write the refunds of an order as its sources name them now; inside a transaction."""
    (revision,) = connection.execute(_REVISION, (order_pk,)).fetchone()
    for n, one in enumerate(refunds, 1):
        row = {
            "order_pk": order_pk,
            "revision": revision,
            "n": n,
            "line": one.line,
            "amount_minor": one.amount_minor,
            "refunded_at": one.refunded_at,
            "reference": one.reference,
            "file_id": file_id,
            "recorded_at": at,
        }
        add_fact(connection, "source_refund", row)


def read_source_refunds(
    connection: sqlite3.Connection, pks: Iterable[int]
) -> dict[int, tuple[SourceRefund, ...]]:
    """The refunds of each order whose sources name any, as they were written."""
    found: dict[int, list[SourceRefund]] = {}
    for pk, *refund in connection.execute(_LATEST, (numbers(pks),)):
        found.setdefault(pk, []).append(SourceRefund._make(refund))
    return {pk: tuple(refunds) for pk, refunds in found.items()}
