"""Marks of orders: rows that are met again as they were last read need no parsing.

``intake.same_rows`` says what a mark is and uses what stands here, without knowing the store.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from returns_cli.domain.same_order import SameOrder
from returns_cli.store.connection import Store

_ANY = "SELECT EXISTS (SELECT 1 FROM orders WHERE mark IS NOT NULL)"
# An order of which something was kept against its source does not say what the source says.
_FIND = """
SELECT o.mark, o.order_pk, o.order_id, count(*), sum(l.quantity), o.currency, o.total_minor,
  o.refunded_minor
FROM orders o JOIN order_line l ON l.order_pk = o.order_pk
WHERE o.order_id IN (SELECT value FROM json_each(?)) AND o.channel = ?
  AND o.mark IS NOT NULL AND o.stored_hash IS NULL
GROUP BY o.order_pk
"""


class Spans:
    """Runs of row numbers, each as its first and last."""

    def __init__(self) -> None:
        self._runs: list[list[int]] = []

    def add(self, first: int, last: int | None = None) -> None:
        """Add a row number, or a run of them."""
        last = first if last is None else last
        if self._runs and self._runs[-1][1] + 1 == first:
            self._runs[-1][1] = last
        else:
            self._runs.append([first, last])

    def runs(self) -> tuple[tuple[int, int], ...]:
        """The runs, in the order in which they came."""
        return tuple((first, last) for first, last in self._runs)


class OrderMarks:
    """The marks of one sales channel's orders, for one import; inside its transaction.

    Args:
        store: the store.
        channel: of all orders of the import.

    Attributes:
        are_known: some order of the store has a mark.
        same: orders that were met as they were last read; ``spans``: their row numbers.
    """

    def __init__(self, store: Store, channel: str) -> None:
        self._connection = store.connection
        self._channel = channel
        self._coming: dict[str, bytes] = {}
        self.are_known = bool(self._connection.execute(_ANY).fetchone()[0])
        self.same = 0
        self.spans = Spans()

    def find(self, order_ids: Sequence[str]) -> dict[str, tuple[bytes, SameOrder]]:
        """By order number, the marks of those of these orders that have one."""
        wanted = (json.dumps(order_ids), self._channel)
        return {
            row[2]: (row[0], SameOrder._make(row[1:]))
            for row in self._connection.execute(_FIND, wanted)
        }

    def met(self, same: SameOrder) -> None:
        """An order stands in the file as it was last read."""
        self.same += 1
        self.spans.add(same.order_pk)

    def keep(self, order_id: str, mark: bytes) -> None:
        """The mark of an order that is about to be saved."""
        self._coming[order_id] = mark

    def take(self, order_id: str) -> bytes | None:
        """The mark of an order that is being saved, once."""
        return self._coming.pop(order_id, None)
