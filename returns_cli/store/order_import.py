"""Orders into the store: a million lines in one transaction and flat memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from returns_cli.domain.model import Order
from returns_cli.store.connection import Store
from returns_cli.store.order_bulk import insert_orders
from returns_cli.store.order_edit import outside_at_first
from returns_cli.store.order_marks import OrderMarks
from returns_cli.store.order_rows import content_hash, read_orders
from returns_cli.store.order_update import OrderUpdates, Origin
from returns_cli.store.rare import rare_collections
from returns_cli.store.suppression import suppressed

_CHUNK = 500  # orders written at once: what fits the processor's cache
_KNOWN = """
SELECT order_id, channel, order_pk, content_hash, mark FROM orders
WHERE order_id IN (SELECT value FROM json_each(?))
"""
_MARK = "UPDATE orders SET mark = ? WHERE order_pk = ?"
_NEXT = "SELECT coalesce(max(order_pk), 0) + 1 FROM orders"
_PERSON_INDEX = "SELECT sql FROM sqlite_schema WHERE name = 'order_person_by_key'"


class OrderCounts(NamedTuple):
    """What an import of orders did.

    Attributes:
        new, changed, same: orders.
        changes: fields recorded in ``order_change``.
        spans: first and last row number of each run of orders that came, for ``finish_file``.
    """

    new: int
    changed: int
    same: int
    changes: int
    spans: tuple[tuple[int, int], ...]


def save_orders(
    store: Store, orders: Iterable[Order], file_id: int, marks: OrderMarks | None = None
) -> OrderCounts:
    """Add orders, or change those that come with other content; all of them or none.

    Inside a transaction (a savepoint of its own), or opens one. An unchanged order costs no write.
    ``order_edit`` says what follows the source and what is kept. Orders are taken from the
    iterable as they are needed.

    Args:
        store: the store.
        orders: from a file; one that comes twice changes the first.
        file_id: from ``source_files.add_file``.
        marks: of these orders, and of those that were met unchanged beside them.
    """
    with store.writing():
        marks = marks or OrderMarks(store, "")
        run = _Import(store.connection, file_id, marks)
        erased = suppressed(store)
        iterator = iter(erased.without_people(orders) if erased else orders)
        with run.indexes_after_the_load(), rare_collections():
            while chunk := list(islice(iterator, _CHUNK)):
                run.save(chunk)
        updates = run.updates
        same = run.same + updates.same + marks.same
        return OrderCounts(run.new, updates.changed, same, updates.changes, marks.spans.runs())


class _Import:
    """One import: what it has seen so far, and how a chunk of orders is written."""

    def __init__(self, connection: sqlite3.Connection, file_id: int, marks: OrderMarks) -> None:
        self._connection = connection
        self._file_id = file_id
        self.new = self.same = 0
        self.updates = OrderUpdates(connection, file_id)
        self._next = int(connection.execute(_NEXT).fetchone()[0])
        self._is_fresh = self._next == 1
        self._marks = marks

    @contextmanager
    def indexes_after_the_load(self) -> Iterator[None]:
        """On a fresh store the index by person is made once, after the rows: half the time."""
        (index,) = self._connection.execute(_PERSON_INDEX).fetchone()
        if not self._is_fresh:
            yield
            return
        self._connection.execute("DROP INDEX order_person_by_key")
        yield
        self._connection.execute(index)

    def save(self, chunk: list[Order]) -> None:
        """Write one chunk; an order that comes again within it is saved after the first."""
        rest = chunk
        while rest:
            part: dict[tuple[str, str], Order] = {}
            for order in rest:
                if (order.order_id, order.channel) in part:
                    break
                part[order.order_id, order.channel] = order
            self._save_part(part)
            rest = rest[len(part) :]

    def _save_part(self, part: dict[tuple[str, str], Order]) -> None:
        if self._is_fresh and self._try_insert(list(part.values())):
            return
        ids = json.dumps([order_id for order_id, _ in part])
        known = {(row[0], row[1]): row[2:] for row in self._connection.execute(_KNOWN, (ids,))}
        marked: list[tuple[bytes, int]] = []
        added: list[Order] = []
        edited: dict[int, tuple[Order, bytes]] = {}
        for key, order in part.items():
            if key not in known:
                added.append(order)
                continue
            pk, kept_hash, kept_mark = known[key]
            self._marks.spans.add(pk)
            mark = self._marks.take(order.order_id)
            if mark is not None and mark != kept_mark:
                marked.append((mark, pk))
            digest = content_hash(order)
            if digest == kept_hash:
                self.same += 1
            else:
                edited[pk] = (order, digest)
        self._insert(added)
        before = read_orders(self._connection, edited)
        for pk, (order, digest) in edited.items():
            self.updates.edit(pk, before[pk], order, Origin(self._file_id, digest))
        self._connection.executemany(_MARK, marked)

    def _try_insert(self, orders: list[Order]) -> bool:
        """Insert without looking first; an order that is there after all ends the short cut."""
        self._connection.execute("SAVEPOINT fresh")
        try:
            self._insert(orders)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            self._connection.execute("ROLLBACK TO fresh")
            self._is_fresh = False
            return False
        finally:
            self._connection.execute("RELEASE fresh")
        return True

    def _insert(self, orders: list[Order]) -> None:
        first = self._next
        marks = [self._marks.take(order.order_id) for order in orders]
        insert_orders(self._connection, first, orders, self._file_id, marks)
        for pk, order in enumerate(orders, first):
            if order.refunded_minor:
                self.updates.add_external(pk, outside_at_first(order))
                if order.refunds:
                    self.updates.add_source_refunds(pk, order)
            if order.payments:
                self.updates.add_payments(pk, order)
        self.new += len(orders)
        self._next += len(orders)
        if orders:
            self._marks.spans.add(first, self._next - 1)
