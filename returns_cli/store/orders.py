"""Orders as the shop asks for them: by number, by row, as a list, with what imports changed.

An order is (channel, order id); a leading ``#`` of the id may be left out or added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.domain.model import Order
from returns_cli.domain.nearest import did_you_mean, nearest
from returns_cli.store.connection import Store
from returns_cli.store.order_import import OrderCounts, save_orders
from returns_cli.store.order_rows import content_hash, read_orders

__all__ = [
    "OrderChange",
    "OrderCounts",
    "OrderFilter",
    "changes_of_file",
    "find_order",
    "is_as_read",
    "list_orders",
    "load_orders",
    "order_changes",
    "order_pks",
    "save_orders",
]

_BY_ID = """
SELECT order_id, channel, order_pk FROM orders
WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY channel, order_pk
"""
_LIST = """
SELECT order_pk FROM orders
WHERE (:channel IS NULL OR channel = :channel)
  AND (:placed_from IS NULL OR substr(placed_at, 1, 10) >= :placed_from)
  AND (:placed_to IS NULL OR substr(placed_at, 1, 10) <= :placed_to)
ORDER BY CASE WHEN :newest_first THEN placed_at END DESC, placed_at, order_pk
LIMIT coalesce(:limit, -1)
"""
_CHANGES = """
SELECT order_pk, line, field, old_value, new_value, kept, file_id, changed_at FROM order_change
WHERE order_pk = ? ORDER BY order_change_id
"""
_CONTENT = "SELECT content_hash FROM orders WHERE order_pk = ?"
_OF_FILE = """
SELECT c.order_pk, c.line, c.field, c.old_value, c.new_value, c.kept, c.file_id, c.changed_at
FROM order_change c WHERE c.file_id = :file_id AND c.order_pk IN (
  SELECT DISTINCT order_pk FROM order_change WHERE file_id = :file_id
  ORDER BY order_pk LIMIT :orders)
ORDER BY c.order_pk, c.order_change_id
"""
_NEAR = "SELECT order_id FROM orders WHERE order_id >= ? AND order_id < ? LIMIT 500"
_LAST_SIGN = "\U0010ffff"


class OrderChange(NamedTuple):
    """One field that a later import changed.

    Attributes:
        line: None for the order itself; ``field`` ``line`` stands for the line as such.
        old, new: as text; both None for personal data, which is never copied.
        kept: the source says so, the store keeps its own value (see ``order_edit``).
        file_id: the file that brought it; ``at``: when it was read.
    """

    order_pk: int
    line: int | None
    field: str
    old: str | None
    new: str | None
    kept: bool
    file_id: int
    at: str


class OrderFilter(NamedTuple):
    """Which orders to list; days are bare, both included."""

    channel: str | None = None
    placed_from: str | None = None
    placed_to: str | None = None
    limit: int | None = None
    newest_first: bool = True


_LOOK_OR_IMPORT = "Import it first, or look: returns orders list"


def find_order(store: Store, text: str, channel: str | None = None) -> tuple[int, Order]:
    """The one order that a person means, with its row number.

    Args:
        store: the store.
        text: its id as typed, with or without ``#``, or ``channel/id``.
        channel: where it was sold, where that is said apart.

    Raises:
        UsageError: ``E-ORDER-AMBIGUOUS``, several channels have it.
        NotFoundError: ``E-ORDER-UNKNOWN``, with ids that look alike.
    """
    pks = order_pks(store, [text], channel)[text]
    if len(pks) == 1:
        return pks[0], read_orders(store.connection, pks)[pks[0]]
    if pks:
        orders = read_orders(store.connection, pks)
        names = " and ".join(f"{orders[pk].channel}/{orders[pk].order_id}" for pk in pks)
        raise UsageError(
            "E-ORDER-AMBIGUOUS",
            f"Several channels have an order {text}: {names}.",
            where=text,
            hint="Name the channel too, as above, or give --channel.",
        )
    near = _nearby(store, text)
    raise NotFoundError(
        "E-ORDER-UNKNOWN",
        f"There is no order {text}.",
        where=text or None,
        hint=did_you_mean(near) if near else _LOOK_OR_IMPORT,
    )


def order_pks(
    store: Store, texts: Iterable[str], channel: str | None = None
) -> dict[str, tuple[int, ...]]:
    """Row numbers of many orders, in one query.

    Returns:
        By the text as given: none for an unknown order, several for an ambiguous one.
    """
    asked = list(dict.fromkeys(texts))
    ids = {variant for text in asked for _, variant in _readings(text, channel)}
    by_id: dict[str, list[tuple[str, int]]] = {}
    for order_id, sold_in, pk in store.connection.execute(_BY_ID, (json.dumps(sorted(ids)),)):
        by_id.setdefault(order_id, []).append((sold_in, pk))
    found = {}
    for text in asked:
        found[text] = next(
            (
                pks
                for wanted, order_id in _readings(text, channel)
                if (pks := tuple(pk for at, pk in by_id.get(order_id, ()) if wanted in (None, at)))
            ),
            (),
        )
    return found


def _readings(text: str, channel: str | None) -> Iterator[tuple[str | None, str]]:
    """Channel and id that a text may mean, the plainest reading first."""
    text = text.strip()
    for variant in _with_and_without_sign(text):
        yield channel, variant
    sold_in, slash, rest = text.partition("/")
    if slash and channel in (None, sold_in):
        for variant in _with_and_without_sign(rest):
            yield sold_in, variant


def _with_and_without_sign(order_id: str) -> tuple[str, str]:
    return order_id, order_id[1:] if order_id.startswith("#") else f"#{order_id}"


def _nearby(store: Store, text: str) -> list[str]:
    """At most three ids that look like a text: one sign off, or alike from the start."""
    _, _, bare = text.strip().rpartition("/")
    stems = {variant[: max(1, len(variant) - 2)] for variant in _with_and_without_sign(bare)}
    candidates = {
        order_id
        for stem in stems
        for (order_id,) in store.connection.execute(_NEAR, (stem, stem + _LAST_SIGN))
    }
    slips = sorted({sign + slip for slip in _slips(bare.lstrip("#")) for sign in ("", "#")})
    rows = store.connection.execute(_BY_ID, (json.dumps(slips),))
    candidates.update(row[0] for row in rows)
    return nearest(text, sorted(candidates), 3)


def _slips(text: str) -> Iterator[str]:
    for i in range(len(text)):
        yield text[:i] + text[i + 1 :]
        yield text[:i] + text[i + 1 : i + 2] + text[i] + text[i + 2 :]
        for digit in "0123456789":
            yield text[:i] + digit + text[i + 1 :]
            yield text[:i] + digit + text[i:]


def load_orders(store: Store, pks: Iterable[int]) -> dict[int, Order]:
    """Orders by row number, in two queries; unknown numbers are left out."""
    return read_orders(store.connection, pks)


def is_as_read(store: Store, order_pk: int, order: Order) -> bool:
    """Whether an order says what was last read of the stored one, whatever was kept of it then."""
    (read,) = store.connection.execute(_CONTENT, (order_pk,)).fetchone()
    return bool(read == content_hash(order))


def list_orders(store: Store, wanted: OrderFilter) -> list[tuple[int, Order]]:
    """Orders with their row numbers, by the time they were placed."""
    parameters = {
        "channel": wanted.channel,
        "placed_from": wanted.placed_from,
        "placed_to": wanted.placed_to,
        "limit": wanted.limit,
        "newest_first": wanted.newest_first,
    }
    pks = [pk for (pk,) in store.connection.execute(_LIST, parameters)]
    orders = read_orders(store.connection, pks)
    return [(pk, orders[pk]) for pk in pks]


def order_changes(store: Store, order_pk: int) -> list[OrderChange]:
    """What later imports changed of an order, oldest first."""
    return list(map(_change_of, store.connection.execute(_CHANGES, (order_pk,))))


def changes_of_file(store: Store, file_id: int, most_orders: int) -> list[OrderChange]:
    """What one file changed, of its first orders with changes."""
    wanted = {"file_id": file_id, "orders": most_orders}
    return list(map(_change_of, store.connection.execute(_OF_FILE, wanted)))


def _change_of(row: tuple[Any, ...]) -> OrderChange:
    pk, line, field, old, new, kept, file_id, at = row
    return OrderChange(pk, line, field, old, new, bool(kept), file_id, at)
