"""Changing a stored order: its rows, what counts as refunded outside, and the record of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from returns_cli.domain.model import Order
from returns_cli.store.facts import Value, add_fact
from returns_cli.store.order_edit import Held, Merged, merge
from returns_cli.store.order_rows import (
    INSERT_LINE,
    INSERT_PERSON,
    UPDATE_LINE,
    UPDATE_ORDER,
    content_hash,
    line_row,
    order_row,
    person_row,
)
from returns_cli.store.parcels import keep_parcel_dates, parcels_of
from returns_cli.store.payments import add_payments
from returns_cli.store.schema import EXTERNAL_SOURCE
from returns_cli.store.search_text import refresh_search
from returns_cli.store.source_refunds import add_source_refunds

_READ_AT = "SELECT read_at FROM source_file WHERE file_id = ?"
_HELD_LINES = """
SELECT line FROM return_line WHERE order_pk = :pk
UNION SELECT line FROM external_refund WHERE order_pk = :pk AND line IS NOT NULL
UNION SELECT l.line FROM order_parcel_line l JOIN order_parcel p ON p.parcel_id = l.parcel_id
  WHERE p.order_pk = :pk
"""
_AUTHORIZED = "SELECT line, sum(quantity) FROM authorization WHERE order_pk = ? GROUP BY line"
_REFUNDED = """
SELECT count(*), coalesce(sum(r.amount_minor), 0) - coalesce(sum((
    SELECT sum(c.amount_minor) FROM refund_component c
    WHERE c.refund_pk = r.refund_pk AND c.kind IN ('bonus_credit', 'goodwill'))), 0)
FROM live_refund r WHERE r.order_pk = ?
"""
_BY_LINE = """
SELECT c.line, sum(c.amount_minor),
  sum(CASE WHEN c.kind IN ('items', 'tax', 'original_shipping') THEN c.amount_minor ELSE 0 END)
FROM live_refund r JOIN refund_component c ON c.refund_pk = r.refund_pk
WHERE r.order_pk = ? AND c.line IS NOT NULL AND c.kind NOT IN ('bonus_credit', 'goodwill')
GROUP BY c.line
"""
_FIRST_ASKED = """
SELECT x.requested_at FROM live_refund r JOIN returns x ON x.return_id = r.return_id
WHERE r.order_pk = ? ORDER BY julianday(x.requested_at) LIMIT 1
"""
_ORIGIN = "SELECT file_id, content_hash FROM orders WHERE order_pk = ?"
_KEPT = "SELECT line, field, new_value FROM order_change WHERE order_pk = ? AND kept"
_EXTERNAL = "SELECT line, sum(amount_minor) FROM external_refund WHERE order_pk = ? GROUP BY line"


class Origin(NamedTuple):
    """Which file an order's row cites, and the digest of what that file said of it."""

    file_id: int
    content_hash: bytes


class OrderUpdates:
    """The changes of stored orders that one file brings.

    Attributes:
        changed, same: orders.
        changes: fields recorded in ``order_change``.
    """

    def __init__(self, connection: sqlite3.Connection, file_id: int) -> None:
        self._connection = connection
        self._file_id = file_id
        self._at = ""
        self.changed = self.same = self.changes = 0

    def edit(self, pk: int, old: Order, new: Order, origin: Origin) -> None:
        """Bring a stored order to what a file says now; ``order_edit`` says how far.

        Args:
            pk: its row number.
            old: as stored; ``new``: as the file has it.
            origin: what the order's row cites from now on.
        """
        held = _held(self._connection, pk)
        parcels = parcels_of(self._connection, (pk,)).get(pk, ())
        merged = keep_parcel_dates(merge(old, new, held), parcels)
        self._write(pk, old, merged, held, origin)

    def supplement(self, pk: int, old: Order, new: Order) -> Order:
        """Add to a stored order what a file without items says of it.

        Its row goes on citing the file that described it. What is said again and was not followed
        then is no change.

        Args:
            pk: its row number.
            old: as stored; ``new``: with the added facts.

        Returns:
            The order as it is stored now.
        """
        if new == old:
            self.same += 1
            return old
        origin = Origin(*self._connection.execute(_ORIGIN, (pk,)).fetchone())
        held = _held(self._connection, pk)
        merged = merge(old, new, held)
        said = set(self._connection.execute(_KEPT, (pk,)))
        changes = tuple(
            one
            for one in merged.changes
            if not (one.kept and (one.line, one.field, one.new) in said)
        )
        self._write(pk, old, merged._replace(changes=changes), held, origin)
        return merged.order

    def _write(self, pk: int, old: Order, merged: Merged, held: Held, origin: Origin) -> None:
        _replace_lines(self._connection, pk, old, merged.order)
        self._count_outside(pk, held, merged)  # before the row, whose triggers look at it
        stored = content_hash(merged.order)
        tail = (*origin, None if stored == origin.content_hash else stored)
        self._connection.execute(UPDATE_ORDER, (*order_row(merged.order), *tail, pk))
        if person_row(old) != (person := person_row(merged.order)):
            self._connection.execute("DELETE FROM order_person WHERE order_pk = ?", (pk,))
            if person is not None:
                self._connection.execute(INSERT_PERSON, (pk, *person))
            refresh_search(self._connection, pk)
        if merged.order.refunds != old.refunds:
            self.add_source_refunds(pk, merged.order)
        if merged.order.payments != old.payments:
            self.add_payments(pk, merged.order)
        self._record(pk, merged)

    def add_external(self, pk: int, amounts: Mapping[int | None, int]) -> None:
        """Count money as given back outside: signed minor units by line, None for no line."""
        for line, amount_minor in amounts.items():
            if not amount_minor:
                continue
            row: dict[str, Value] = {
                "order_pk": pk,
                "line": line,
                "amount_minor": amount_minor,
                "source": EXTERNAL_SOURCE,
                "file_id": self._file_id,
                "recorded_at": self._read_at(),
            }
            add_fact(self._connection, "external_refund", row)

    def add_source_refunds(self, pk: int, order: Order) -> None:
        """Keep the refunds that an order's sources name."""
        add_source_refunds(self._connection, pk, order.refunds, self._file_id, self._read_at())

    def add_payments(self, pk: int, order: Order) -> None:
        """Keep what an order was paid with, as its sources tell it apart."""
        add_payments(self._connection, pk, order.payments, self._file_id, self._read_at())

    def _count_outside(self, pk: int, held: Held, merged: Merged) -> None:
        lines = held.external_lines.keys() | merged.external_lines.keys()
        moved: dict[int | None, int] = {
            line: merged.external_lines.get(line, 0) - held.external_lines.get(line, 0)
            for line in sorted(lines)
        }
        moved[None] = merged.external_minor - held.external_minor - sum(moved.values())
        self.add_external(pk, moved)

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

    def _read_at(self) -> str:
        if not self._at:
            (self._at,) = self._connection.execute(_READ_AT, (self._file_id,)).fetchone()
        return self._at


def _held(connection: sqlite3.Connection, pk: int) -> Held:
    one = (pk,)
    refunds, refunded_minor = connection.execute(_REFUNDED, one).fetchone()
    by_line = connection.execute(_BY_LINE, one).fetchall()
    asked = connection.execute(_FIRST_ASKED, one).fetchone()
    external: dict[int | None, int] = dict(connection.execute(_EXTERNAL, one).fetchall())
    return Held(
        lines=frozenset(line for (line,) in connection.execute(_HELD_LINES, {"pk": pk})),
        authorized=dict(connection.execute(_AUTHORIZED, one).fetchall()),
        refunded_minor=refunded_minor,
        has_refunds=refunds > 0,
        external_minor=sum(external.values()),
        external_lines={line: minor for line, minor in external.items() if line is not None},
        refunded_lines={line: minor for line, minor, _ in by_line},
        paid_back_lines={line: minor for line, _, minor in by_line},
        first_asked_at=asked[0] if asked else None,
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
