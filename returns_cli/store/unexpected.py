"""Goods that nobody expected, and where they went."""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.errors import NotFoundError
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_SELECT = """
SELECT u.unexpected_id, u.found_at, u.why, u.sku, u.quantity,
  CASE WHEN EXISTS (SELECT 1 FROM unexpected_match x WHERE x.unexpected_id = u.unexpected_id)
    THEN 0 ELSE u.quantity - coalesce((SELECT sum(m.quantity) FROM unexpected_move m
      WHERE m.unexpected_id = u.unexpected_id), 0) END AS left_units,
  r.rma, o.order_id, u.line, u.code, u.station, u.tracking, u.actor
FROM unexpected u
LEFT JOIN returns r ON r.return_id = u.return_id
LEFT JOIN orders o ON o.order_pk = u.order_pk
"""
_ALL = f"{_SELECT} WHERE :all OR left_units > 0 ORDER BY u.unexpected_id"
_ONE = f"{_SELECT} WHERE u.unexpected_id = :id"
_MOVES = """
SELECT m.unexpected_id, m.quantity, r.rma, c.line, m.disposition, m.location, m.note, m.moved_at,
  m.actor
FROM unexpected_move m
LEFT JOIN receipt c ON c.receipt_id = m.receipt_id
LEFT JOIN returns r ON r.return_id = c.return_id
ORDER BY m.unexpected_move_id
"""
_LAST_RECEIPT = "SELECT max(receipt_id) FROM receipt WHERE return_id = ? AND line = ?"


class Surprise(NamedTuple):
    """Unexpected goods.

    Attributes:
        why: ``surplus`` (more than was announced) or ``unknown`` (of no known return).
        left: units that still lie there.
        rma, order_id, line: what they came with, None where nobody knows.
        code: what was scanned.
    """

    unexpected_id: int
    found_at: str
    why: str
    sku: str
    quantity: int
    left: int
    rma: str | None
    order_id: str | None
    line: int | None
    code: str
    station: str | None
    tracking: str | None
    actor: str


class Departure(NamedTuple):
    """Units that left unexpected goods: to a line of a return, or to a disposition."""

    unexpected_id: int
    quantity: int
    rma: str | None
    line: int | None
    disposition: str
    location: str
    note: str
    moved_at: str
    actor: str


def list_surprises(store: Store, *, also_gone: bool = False) -> list[Surprise]:
    """Unexpected goods, oldest first; by default those of which units still lie there."""
    rows = store.connection.execute(_ALL, {"all": also_gone})
    return [Surprise(*row) for row in rows]


def find_surprise(store: Store, unexpected_id: int) -> Surprise:
    """Unexpected goods by their number.

    Raises:
        NotFoundError: ``E-UNEXPECTED-UNKNOWN``.
    """
    row = store.connection.execute(_ONE, {"id": unexpected_id}).fetchone()
    if row is None:
        raise NotFoundError(
            "E-UNEXPECTED-UNKNOWN",
            f"There are no unexpected goods number {unexpected_id}.",
            where=str(unexpected_id),
            hint="See their numbers: returns unexpected list --all.",
        )
    return Surprise(*row)


def departures(store: Store) -> list[Departure]:
    """All units that left, oldest first."""
    return [Departure(*row) for row in store.connection.execute(_MOVES)]


def add_departure(
    store: Store,
    gone: Departure,
    *,
    return_id: int | None = None,
    is_stock: bool = False,
) -> int:
    """Record units that leave unexpected goods; inside a transaction.

    Args:
        store: the store.
        gone: what leaves. With ``return_id`` its ``line`` has just received exactly these units.
        return_id: the return that they went into.
        is_stock: the disposition makes stock.

    Raises:
        ConflictError: ``E-UNEXPECTED-GONE``, more than lie there.
    """
    receipt_id = None
    if return_id is not None:
        (receipt_id,) = store.connection.execute(_LAST_RECEIPT, (return_id, gone.line)).fetchone()
    row: dict[str, Value] = {
        "unexpected_id": gone.unexpected_id,
        "quantity": gone.quantity,
        "receipt_id": receipt_id,
        "disposition": gone.disposition,
        "location": gone.location,
        "is_stock": int(is_stock),
        "note": gone.note,
        "actor": gone.actor,
        "moved_at": gone.moved_at,
    }
    return add_fact(store.connection, "unexpected_move", row)
