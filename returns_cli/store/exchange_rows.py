"""Exchanges as they are read with returns: what was sent, what is owed, what prices are today."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from returns_cli.domain.replacement import OwedMove, Replacement
from returns_cli.store.connection import Store

_IDS = "IN (SELECT value FROM json_each(?))"
_SENT = f"""
SELECT return_id, line, sku, quantity, sent_at, actor, tracking, back_by, price_minor
FROM replacement WHERE return_id {_IDS} ORDER BY replacement_id
"""  # noqa: S608 - a constant
_MOVES = f"""
SELECT return_id, kind, amount_minor, moved_at, actor, journal_seq, reference, why
FROM exchange_move WHERE return_id {_IDS} ORDER BY exchange_move_id
"""  # noqa: S608 - a constant
_PRICES = f"SELECT sku, price FROM product WHERE price <> '' AND sku {_IDS}"  # noqa: S608 - a constant
_WITH_EXCHANGE = """
SELECT return_id FROM replacement UNION SELECT return_id FROM exchange_move ORDER BY return_id
"""


def prices_of(connection: sqlite3.Connection, skus: Iterable[str]) -> dict[str, str]:
    """What the shop asks for products today, ``12.50 USD`` by SKU; unknown ones are left out."""
    wanted = sorted(set(filter(None, skus)))
    return dict(connection.execute(_PRICES, (json.dumps(wanted),))) if wanted else {}


def replacements_of(
    connection: sqlite3.Connection, return_ids: str
) -> dict[int, list[Replacement]]:
    """What was sent instead, by return; ``return_ids`` as of ``lists.numbers``."""
    found: defaultdict[int, list[Replacement]] = defaultdict(list)
    for return_id, *columns in connection.execute(_SENT, (return_ids,)):
        found[return_id].append(Replacement(*columns))
    return found


def owed_moves_of(connection: sqlite3.Connection, return_ids: str) -> dict[int, list[OwedMove]]:
    """What customers owe, by return; ``return_ids`` as of ``lists.numbers``."""
    found: defaultdict[int, list[OwedMove]] = defaultdict(list)
    for return_id, *columns in connection.execute(_MOVES, (return_ids,)):
        found[return_id].append(OwedMove(*columns))
    return found


def exchanged_return_ids(store: Store) -> list[int]:
    """Returns for which something was sent or owed, oldest first."""
    return [return_id for (return_id,) in store.connection.execute(_WITH_EXCHANGE)]
