"""How much a store holds, and of which version it is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from returns_cli.store.connection import Store, connect

_COUNTS = """
SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_line),
  (SELECT count(*) FROM returns), (SELECT count(*) FROM refund),
  (SELECT count(*) FROM customer), (SELECT count(*) FROM product),
  (SELECT min(substr(placed_at, 1, 10)) FROM orders),
  (SELECT max(substr(placed_at, 1, 10)) FROM orders)
"""


class Stats(NamedTuple):
    """What a store holds.

    Attributes:
        bytes: of the file; ``free_bytes``: of pages that nothing uses.
        version: of the schema.
        first_on, last_on: days of the oldest and the newest order; None without one.
    """

    bytes: int
    free_bytes: int
    version: int
    orders: int
    lines: int
    returns: int
    refunds: int
    customers: int
    products: int
    first_on: str | None
    last_on: str | None


def store_stats(store: Store) -> Stats:
    """Count what the store holds; inside a read."""
    ask = store.connection.execute
    (size,), (pages,), (free,), (version,) = (
        ask(f"PRAGMA {name}").fetchone()
        for name in ("page_size", "page_count", "freelist_count", "user_version")
    )
    return Stats(size * pages, size * free, version, *ask(_COUNTS).fetchone())


def version_of(path: Path) -> int:
    """The schema's version of a store as it lies there; nothing is migrated.

    Raises:
        StoreError: there is none.
    """
    with closing(connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
