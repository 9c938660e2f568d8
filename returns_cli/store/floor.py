"""What happens to goods: parcel events, receipts, inspections, disposals, stock, surprises.

Every function appends one fact inside a transaction; triggers hold requested ≥ authorized ≥
received ≥ inspected ≥ put away per return line (I1). A fact that was wrong is taken back by an
opposite one with a negative quantity that names it (``corrects``).
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.model import Disposal, Inspection, Receipt
from returns_cli.store.connection import Store
from returns_cli.store.decisions import order_of
from returns_cli.store.facts import Value, add_fact

_SKU = """
SELECT l.sku FROM order_line l JOIN returns r ON r.order_pk = l.order_pk
WHERE r.return_id = ? AND l.line = ?
"""
_UNEXPECTED = """
SELECT u.unexpected_id, u.sku, u.quantity, u.why, u.found_at, u.actor, u.order_pk, u.return_id,
  u.line, u.code, u.station, u.tracking, m.return_id
FROM unexpected u LEFT JOIN unexpected_match m ON m.unexpected_id = u.unexpected_id
WHERE m.return_id IS NULL OR NOT ? ORDER BY u.unexpected_id
"""
_MOVES = """
SELECT stock_move_id, disposal_id, sku, quantity, disposition, location, moved_at, actor
FROM stock_move ORDER BY stock_move_id
"""


class ParcelEvent(NamedTuple):
    """Something a carrier says of a parcel.

    Attributes:
        event: ``shipped``, ``delivered`` or a carrier's code; ``at``: when it happened.
        return_id: for a parcel on its way back; ``order_pk``: for one on its way out.
        line: the order line, where the parcel holds one alone.
    """

    event: str
    at: str
    actor: str
    return_id: int | None = None
    order_pk: int | None = None
    line: int | None = None
    tracking: str = ""
    carrier: str = ""


class NewUnexpected(NamedTuple):
    """Goods that nobody expected: beyond what is authorized, or of no known return.

    Attributes:
        sku: of the goods, empty where nobody knows.
        why: ``surplus`` or ``unknown``.
        code: what was scanned.
    """

    sku: str
    quantity: int
    why: str
    found_at: str
    actor: str
    order_pk: int | None = None
    return_id: int | None = None
    line: int | None = None
    code: str = ""
    station: str | None = None
    tracking: str | None = None


class Unexpected(NamedTuple):
    """Unexpected goods as stored; ``matched_to`` is the return they were matched to later."""

    unexpected_id: int
    fact: NewUnexpected
    matched_to: int | None


class StockMove(NamedTuple):
    """Units that became stock, or (negative) were taken out again by a correction (I10)."""

    stock_move_id: int
    disposal_id: int
    sku: str
    quantity: int
    disposition: str
    location: str
    moved_at: str
    actor: str


def add_receipt(
    store: Store, return_id: int, receipt: Receipt, *, corrects: int | None = None
) -> int:
    """Record units that arrived; inside a transaction.

    Args:
        store: the store.
        return_id: the return.
        receipt: what arrived; negative units take back the receipt that ``corrects`` names.
        corrects: number of the receipt that is taken back.

    Returns:
        The receipt's number.

    Raises:
        ConflictError: ``E-OVER-RECEIVED``, or ``E-UNITS-HELD`` for a correction.
    """
    row: dict[str, Value] = {
        "received_at": receipt.received_at,
        "station": receipt.station,
        "tracking": receipt.tracking,
    }
    return _add(store, "receipt", return_id, receipt, row, corrects)


def add_inspection(
    store: Store, return_id: int, inspection: Inspection, *, corrects: int | None = None
) -> int:
    """Record units that were graded; inside a transaction. See :func:`add_receipt`.

    Raises:
        ConflictError: ``E-OVER-INSPECTED``, or ``E-UNITS-HELD`` for a correction.
    """
    row: dict[str, Value] = {
        "grade": inspection.grade,
        "disposition": inspection.disposition,
        "note": inspection.note,
        "inspected_at": inspection.inspected_at,
    }
    return _add(store, "inspection", return_id, inspection, row, corrects)


def add_disposal(
    store: Store,
    return_id: int,
    disposal: Disposal,
    *,
    moves_stock: bool,
    corrects: int | None = None,
) -> int:
    """Record units that were put away; inside a transaction. See :func:`add_receipt`.

    Args:
        store: the store.
        return_id: the return.
        disposal: what was put away, and where.
        moves_stock: the disposition makes stock: one stock move repeats the units (I10).
        corrects: number of the disposal that is taken back.

    Raises:
        ConflictError: ``E-OVER-DISPOSED``, or ``E-UNITS-HELD`` for a correction.
    """
    row: dict[str, Value] = {
        "disposition": disposal.disposition,
        "location": disposal.location,
        "disposed_at": disposal.disposed_at,
    }
    disposal_id = _add(store, "disposal", return_id, disposal, row, corrects)
    if moves_stock:
        (sku,) = store.connection.execute(_SKU, (return_id, disposal.line)).fetchone()
        move: dict[str, Value] = {
            "disposal_id": disposal_id,
            "sku": sku,
            "quantity": disposal.quantity,
            "disposition": disposal.disposition,
            "location": disposal.location,
            "moved_at": disposal.disposed_at,
            "actor": disposal.actor,
        }
        add_fact(store.connection, "stock_move", move)
    return disposal_id


def _add(
    store: Store,
    table: str,
    return_id: int,
    fact: Receipt | Inspection | Disposal,
    columns: dict[str, Value],
    corrects: int | None,
) -> int:
    row: dict[str, Value] = {
        **columns,
        "return_id": return_id,
        "order_pk": order_of(store, return_id),
        "line": fact.line,
        "quantity": fact.quantity,
        "actor": fact.actor,
        "corrects": corrects,
    }
    return add_fact(store.connection, table, row)


def add_parcel_event(store: Store, event: ParcelEvent) -> int:
    """Record what a carrier says; inside a transaction."""
    row: dict[str, Value] = {
        "return_id": event.return_id,
        "order_pk": event.order_pk,
        "line": event.line,
        "event": event.event,
        "event_at": event.at,
        "tracking": event.tracking,
        "carrier": event.carrier,
        "actor": event.actor,
    }
    return add_fact(store.connection, "parcel_event", row)


def add_unexpected(store: Store, fact: NewUnexpected) -> int:
    """Record goods that nobody expected; inside a transaction."""
    row: dict[str, Value] = {
        "return_id": fact.return_id,
        "order_pk": fact.order_pk,
        "line": fact.line,
        "sku": fact.sku,
        "quantity": fact.quantity,
        "why": fact.why,
        "code": fact.code,
        "station": fact.station,
        "tracking": fact.tracking,
        "found_at": fact.found_at,
        "actor": fact.actor,
    }
    return add_fact(store.connection, "unexpected", row)


def list_unexpected(store: Store, *, open_only: bool = True) -> list[Unexpected]:
    """Unexpected goods, oldest first; by default those that are not matched to a return yet."""
    rows = store.connection.execute(_UNEXPECTED, (open_only,))
    return [Unexpected(row[0], NewUnexpected(*row[1:12]), row[12]) for row in rows]


def match_unexpected(store: Store, unexpected_id: int, return_id: int, actor: str, at: str) -> None:
    """Say to which return unexpected goods belong, once; inside a transaction."""
    row: dict[str, Value] = {
        "unexpected_id": unexpected_id,
        "return_id": return_id,
        "actor": actor,
        "matched_at": at,
    }
    add_fact(store.connection, "unexpected_match", row)


def list_stock_moves(store: Store) -> list[StockMove]:
    """Every stock move, oldest first."""
    return [StockMove(*row) for row in store.connection.execute(_MOVES)]
