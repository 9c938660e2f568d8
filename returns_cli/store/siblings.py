"""Other returns that may lie in the same box: of the same order, of the same person."""

from __future__ import annotations

from returns_cli.store.connection import Store

_SIBLINGS = """
SELECT return_id FROM returns WHERE order_pk = :order_pk
UNION
SELECT r.return_id FROM order_person p
JOIN order_person q ON q.person_key = p.person_key JOIN returns r ON r.order_pk = q.order_pk
WHERE p.order_pk = :order_pk AND p.person_key <> ''
ORDER BY 1 DESC LIMIT :limit
"""


def sibling_returns(store: Store, order_pk: int, limit: int = 50) -> list[int]:
    """Row numbers of the returns of an order and of its person's other orders, the newest first."""
    rows = store.connection.execute(_SIBLINGS, {"order_pk": order_pk, "limit": limit})
    return [return_id for (return_id,) in rows]
