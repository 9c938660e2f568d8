"""Numbers that begin with what was typed, for a shell's completion: read-only, at once or not.

It opens no store as the commands do: nothing is migrated, waited for or written. Whatever is
wrong with the store, the shell is told nothing; a command would say it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

QUERIES: dict[str, str] = {
    "rma": """
SELECT r.rma, 'order ' || o.order_id FROM returns r JOIN orders o ON o.order_pk = r.order_pk
WHERE r.rma >= :from AND r.rma < :to ORDER BY r.return_id DESC LIMIT :limit""",
    "order": """
SELECT order_id, channel FROM orders WHERE order_id >= :from AND order_id < :to
ORDER BY order_id LIMIT :limit""",
    "refund": """
SELECT refund_id, 'refund' FROM refund WHERE refund_id >= :from AND refund_id < :to
ORDER BY refund_pk DESC LIMIT :limit""",
    "sku": """
SELECT DISTINCT l.sku, l.title FROM order_line l WHERE l.order_pk IN (
  SELECT r.order_pk FROM returns r WHERE r.rma = :owner
  UNION SELECT o.order_pk FROM orders o WHERE o.order_id IN (:owner, '#' || :owner))
AND l.sku >= :from AND l.sku < :to ORDER BY l.line LIMIT :limit""",
    "line": """
SELECT CAST(l.line AS TEXT), l.sku FROM order_line l WHERE l.order_pk IN (
  SELECT r.order_pk FROM returns r WHERE r.rma = :owner
  UNION SELECT o.order_pk FROM orders o WHERE o.order_id IN (:owner, '#' || :owner))
AND l.line >= 1 ORDER BY l.line LIMIT :limit""",
}
_FROM_THE_NEWEST = {"rma": ("r.rma", 5), "refund": ("refund_id", 4)}
"""Up to how many signs are so few that numbers are looked through from the newest one on.

``RMA-`` and one symbol begin every thirty-second number: sixty of them are found at once, while the
index by number would give all of them, to be sorted. With more signs the index gives a few.
"""
_LAST = "\U0010ffff"


def begin_with(
    path: Path, kinds: Sequence[str], typed: str, *, owner: str = "", limit: int = 60
) -> list[tuple[str, str]]:
    """What a shop's numbers may be completed to, each with a word about it.

    Args:
        path: of the store.
        kinds: of ``QUERIES``, in the order of the answer.
        typed: how they begin.
        owner: the return or order whose lines ``sku`` and ``line`` mean.
        limit: at most so many of each kind.
    """
    found: list[tuple[str, str]] = []
    with suppress(sqlite3.Error, OSError):
        uri = f"file:{quote(str(path))}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=0)) as connection:
            for kind in kinds:
                bounds = {"from": typed, "to": typed + _LAST, "limit": limit, "owner": owner}
                found += connection.execute(query_for(kind, typed), bounds).fetchall()
    return found


def query_for(kind: str, typed: str) -> str:
    """The query for what was typed so far."""
    column, few = _FROM_THE_NEWEST.get(kind, ("", -1))
    query = QUERIES[kind]
    return (
        query.replace(f"{column} ", f"+{column} ") if len(typed) <= few else query
    )  # + bars the index
