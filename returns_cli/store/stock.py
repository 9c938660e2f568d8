"""Goods that were put away, and which of the stock among them was exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_LIVE = """
SELECT l.stock_export_id, l.stock_move_id, l.unexpected_move_id FROM stock_export_line l
WHERE NOT EXISTS (SELECT 1 FROM stock_export x WHERE x.replaces = l.stock_export_id)
"""
_PUT_AWAY = f"""
SELECT d.disposed_at AS at, 0 AS kind, d.disposal_id AS id, m.stock_move_id, NULL,
  l.sku, d.quantity, d.disposition, d.location, d.actor, r.rma, o.order_id, d.line, d.corrects,
  CASE WHEN d.corrects IS NOT NULL THEN 0 ELSE d.quantity + coalesce((SELECT sum(c.quantity)
    FROM disposal c WHERE c.corrects = d.disposal_id), 0) END,
  (SELECT e.stock_export_id FROM ({_LIVE}) e WHERE e.stock_move_id = m.stock_move_id),
  m.stock_move_id IS NOT NULL
FROM disposal d
JOIN returns r ON r.return_id = d.return_id
JOIN orders o ON o.order_pk = d.order_pk
JOIN order_line l ON l.order_pk = d.order_pk AND l.line = d.line
LEFT JOIN stock_move m ON m.disposal_id = d.disposal_id
UNION ALL
SELECT m.moved_at, 1, m.unexpected_move_id, NULL, m.unexpected_move_id,
  u.sku, m.quantity, m.disposition, m.location, m.actor, NULL, NULL, NULL, NULL, m.quantity,
  (SELECT e.stock_export_id FROM ({_LIVE}) e WHERE e.unexpected_move_id = m.unexpected_move_id),
  m.is_stock
FROM unexpected_move m JOIN unexpected u ON u.unexpected_id = m.unexpected_id
WHERE m.receipt_id IS NULL
ORDER BY at, kind, id
"""  # noqa: S608 - put together from this module's constants
_EXPORTS = """
SELECT e.stock_export_id, e.form, e.template_sha256, e.made_at FROM stock_export e
WHERE NOT EXISTS (SELECT 1 FROM stock_export x WHERE x.replaces = e.stock_export_id)
ORDER BY e.stock_export_id DESC
"""


class PutAway(NamedTuple):
    """Units that were put away, or (negative) were taken out again by a correction.

    Attributes:
        at: when.
        kind: 0 for goods of a return, 1 for goods that nobody expected.
        number: of the disposal, or of the move of unexpected goods.
        stock_move_id, unexpected_move_id: what an export of stock names; None where it is none.
        corrects: the disposal that this one takes back.
        left: units that no correction took back; 0 of a correction itself.
        exported_in: the export that holds it.
    """

    at: str
    kind: int
    number: int
    stock_move_id: int | None
    unexpected_move_id: int | None
    sku: str
    quantity: int
    disposition: str
    location: str
    actor: str
    rma: str | None
    order_id: str | None
    line: int | None
    corrects: int | None
    left: int
    exported_in: int | None
    is_stock: bool


class StockExport(NamedTuple):
    """An export of stock that no later one replaced."""

    stock_export_id: int
    form: str
    template_sha256: str | None
    made_at: str


def list_put_away(store: Store) -> list[PutAway]:
    """Everything that was put away, oldest first."""
    rows = store.connection.execute(_PUT_AWAY)
    return [PutAway(*row)._replace(is_stock=bool(row[-1])) for row in rows]


def stock_exports(store: Store) -> list[StockExport]:
    """The exports that hold, newest first."""
    return [StockExport(*row) for row in store.connection.execute(_EXPORTS)]


def add_stock_export(
    store: Store,
    made: StockExport,
    actor: str,
    moves: Sequence[PutAway],
    *,
    replaces: int | None = None,
) -> int:
    """Mark stock as exported; inside a transaction.

    Args:
        store: the store.
        made: the export; its number is given by the store.
        actor: who exports.
        moves: the stock in it; each may be in one export that holds.
        replaces: an export that was never used; its stock may be among ``moves``.

    Returns:
        The export's number.
    """
    head: dict[str, Value] = {
        "form": made.form,
        "template_sha256": made.template_sha256,
        "replaces": replaces,
        "actor": actor,
        "made_at": made.made_at,
    }
    export_id = add_fact(store.connection, "stock_export", head)
    for n, move in enumerate(moves, 1):
        line: dict[str, Value] = {
            "stock_export_id": export_id,
            "n": n,
            "stock_move_id": move.stock_move_id,
            "unexpected_move_id": move.unexpected_move_id,
        }
        add_fact(store.connection, "stock_export_line", line)
    return export_id
