"""Orders into the store: a million lines in one transaction and flat memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from returns_cli.domain.model import Order
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact
from returns_cli.store.order_edit import Held, Merged, merge
from returns_cli.store.order_rows import (
    INSERT_LINE,
    INSERT_ORDER,
    INSERT_PERSON,
    UPDATE_LINE,
    UPDATE_ORDER,
    content_hash,
    line_row,
    order_row,
    person_row,
    read_orders,
)
from returns_cli.store.schema import EXTERNAL_SOURCE
from returns_cli.store.search_text import refresh_search

_CHUNK = 2000
_KNOWN = """
SELECT order_id, channel, order_pk, content_hash FROM orders
WHERE order_id IN (SELECT value FROM json_each(?))
"""
_NEXT = "SELECT coalesce(max(order_pk), 0) + 1 FROM orders"
_READ_AT = "SELECT read_at FROM source_file WHERE file_id = ?"
_PERSON_INDEX = "SELECT sql FROM sqlite_schema WHERE name = 'order_person_by_key'"
_HELD_LINES = "SELECT DISTINCT line FROM return_line WHERE order_pk = ?"
_AUTHORIZED = "SELECT line, sum(quantity) FROM authorization WHERE order_pk = ? GROUP BY line"
_REFUNDED = """
SELECT count(*), coalesce(sum(r.amount_minor), 0) - coalesce(sum((
    SELECT sum(c.amount_minor) FROM refund_component c
    WHERE c.refund_pk = r.refund_pk AND c.kind IN ('bonus_credit', 'goodwill'))), 0)
FROM live_refund r WHERE r.order_pk = ?
"""
_EXTERNAL = "SELECT coalesce(sum(amount_minor), 0) FROM external_refund WHERE order_pk = ?"


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


def save_orders(store: Store, orders: Iterable[Order], file_id: int) -> OrderCounts:
    """Add orders, or change those that come with other content; all of them or none.

    Inside a transaction (a savepoint of its own), or opens one. An unchanged order costs no write.
    ``order_edit`` says what follows the source and what is kept. Orders are taken from the
    iterable as they are needed.

    Args:
        store: the store.
        orders: from a file; one that comes twice changes the first.
        file_id: from ``source_files.add_file``.
    """
    with store.writing():
        run = _Import(store.connection, file_id)
        iterator = iter(orders)
        with run.indexes_after_the_load():
            while chunk := list(islice(iterator, _CHUNK)):
                run.save(chunk)
        return OrderCounts(run.new, run.changed, run.same, run.changes, run.spans())


class _Import:
    """One import: what it has seen so far, and how a chunk of orders is written."""

    def __init__(self, connection: sqlite3.Connection, file_id: int) -> None:
        self._connection = connection
        self._file_id = file_id
        self.new = self.changed = self.same = self.changes = 0
        self._next = int(connection.execute(_NEXT).fetchone()[0])
        self._is_fresh = self._next == 1
        self._spans: list[list[int]] = []
        self._at = ""

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

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The runs of row numbers that were seen."""
        return tuple((first, last) for first, last in self._spans)

    def _save_part(self, part: dict[tuple[str, str], Order]) -> None:
        if self._is_fresh and self._try_insert(list(part.values())):
            return
        ids = json.dumps([order_id for order_id, _ in part])
        known = {
            (row[0], row[1]): (row[2], row[3]) for row in self._connection.execute(_KNOWN, (ids,))
        }
        added: list[Order] = []
        edited: dict[int, tuple[Order, bytes]] = {}
        for key, order in part.items():
            if key not in known:
                added.append(order)
                continue
            pk, kept_hash = known[key]
            self._saw(pk)
            digest = content_hash(order)
            if digest == kept_hash:
                self.same += 1
            else:
                edited[pk] = (order, digest)
        self._insert(added)
        before = read_orders(self._connection, edited)
        for pk, (order, digest) in edited.items():
            self._edit(pk, before[pk], order, digest)

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
        people = []
        lines: list[tuple[Any, ...]] = []
        rows = []
        outside = []
        for pk, order in enumerate(orders, first):
            rows.append((pk, *order_row(order), self._file_id, content_hash(order), None))
            lines.extend((pk, *line_row(line)) for line in order.lines)
            person = person_row(order)
            if person is not None:
                people.append((pk, *person))
            if order.refunded_minor:
                outside.append((pk, order.refunded_minor))
        self._connection.executemany(INSERT_ORDER, rows)
        self._connection.executemany(INSERT_LINE, lines)
        self._connection.executemany(INSERT_PERSON, people)
        for pk, amount in outside:
            self._add_external(pk, amount)
        self.new += len(orders)
        self._next += len(orders)
        if orders:
            self._saw(first, self._next - 1)

    def _saw(self, first: int, last: int | None = None) -> None:
        last = first if last is None else last
        if self._spans and self._spans[-1][1] + 1 == first:
            self._spans[-1][1] = last
        else:
            self._spans.append([first, last])

    def _edit(self, pk: int, old: Order, new: Order, digest: bytes) -> None:
        held = _held(self._connection, pk)
        merged = merge(old, new, held)
        stored = content_hash(merged.order)
        tail = (self._file_id, digest, None if stored == digest else stored)
        self._connection.execute(UPDATE_ORDER, (*order_row(merged.order), *tail, pk))
        _replace_lines(self._connection, pk, old, merged.order)
        if person_row(old) != (person := person_row(merged.order)):
            self._connection.execute("DELETE FROM order_person WHERE order_pk = ?", (pk,))
            if person is not None:
                self._connection.execute(INSERT_PERSON, (pk, *person))
            refresh_search(self._connection, pk)
        if merged.external_minor != held.external_minor:
            self._add_external(pk, merged.external_minor - held.external_minor)
        self._record(pk, merged)

    def _record(self, pk: int, merged: Merged) -> None:
        for change in merged.changes:
            row: dict[str, Value] = {
                "order_pk": pk,
                "line": change.line,
                "field": change.field,
                "old_value": change.old,
                "new_value": change.new,
                "kept": int(change.kept),
                "file_id": self._file_id,
                "changed_at": self._read_at(),
            }
            add_fact(self._connection, "order_change", row)
        self.changes += len(merged.changes)
        if merged.changes:
            self.changed += 1
        else:
            self.same += 1

    def _add_external(self, pk: int, amount_minor: int) -> None:
        row: dict[str, Value] = {
            "order_pk": pk,
            "amount_minor": amount_minor,
            "source": EXTERNAL_SOURCE,
            "file_id": self._file_id,
            "recorded_at": self._read_at(),
        }
        add_fact(self._connection, "external_refund", row)

    def _read_at(self) -> str:
        if not self._at:
            (self._at,) = self._connection.execute(_READ_AT, (self._file_id,)).fetchone()
        return self._at


def _held(connection: sqlite3.Connection, pk: int) -> Held:
    one = (pk,)
    refunds, refunded_minor = connection.execute(_REFUNDED, one).fetchone()
    return Held(
        lines=frozenset(line for (line,) in connection.execute(_HELD_LINES, one)),
        authorized=dict(connection.execute(_AUTHORIZED, one).fetchall()),
        refunded_minor=refunded_minor,
        has_refunds=refunds > 0,
        external_minor=connection.execute(_EXTERNAL, one).fetchone()[0],
    )


def _replace_lines(connection: sqlite3.Connection, pk: int, old: Order, new: Order) -> None:
    """Bring the rows of an order's lines to what they are now; a line with a return stays a row."""
    before = {line.line: line for line in old.lines}
    after = {line.line: line for line in new.lines}
    for number in before.keys() - after.keys():
        connection.execute("DELETE FROM order_line WHERE order_pk = ? AND line = ?", (pk, number))
    for number, line in after.items():
        if number not in before:
            connection.execute(INSERT_LINE, (pk, *line_row(line)))
        elif before[number] != line:
            connection.execute(UPDATE_LINE, (*line_row(line), pk, number))
