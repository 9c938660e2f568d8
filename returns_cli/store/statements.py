"""Statements of providers: their rows, each kept once, and the refunds that they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from returns_cli.domain.reconcile import By, Recorded
from returns_cli.store.connection import Store
from returns_cli.store.facts import add_fact
from returns_cli.store.refund_rows import read_refunds

_KNOWN = """
SELECT s.key, s.statement_row_id, s.amount_minor, s.currency, f.refund_id FROM statement_row s
LEFT JOIN statement_match m ON m.statement_row_id = s.statement_row_id
LEFT JOIN refund f ON f.refund_pk = m.refund_pk
WHERE s.source = :source AND s.key IN (SELECT value FROM json_each(:keys))
"""
_RECORDED = """
SELECT f.refund_pk, f.order_pk,
  EXISTS (SELECT 1 FROM statement_match m WHERE m.refund_pk = f.refund_pk AND m.source = :source),
  EXISTS (SELECT 1 FROM statement_match m WHERE m.refund_pk = f.refund_pk AND m.source <> :source)
FROM refund f WHERE f.refund_pk IN (
  SELECT refund_pk FROM refund WHERE order_pk IN (SELECT value FROM json_each(:orders))
  UNION SELECT refund_pk FROM refund_reference
    WHERE reference IN (SELECT value FROM json_each(:references))
  UNION SELECT refund_pk FROM refund WHERE refund_id IN (SELECT value FROM json_each(:numbers))
  UNION SELECT refund_pk FROM refund
    WHERE substr(recorded_at, 1, 10) BETWEEN :first_on AND :last_on)
ORDER BY f.refund_pk
"""
_PK = "SELECT refund_pk FROM refund WHERE refund_id = ?"


class KnownRow(NamedTuple):
    """A row that was kept before: minor units and currency, and the refund that it is."""

    number: int
    money: tuple[int, str]
    refund_id: str | None


class NewRow(NamedTuple):
    """A row to keep: what it says was paid, when, and where it stands."""

    source: str
    key: str
    amount_minor: int
    currency: str
    paid_at: str
    file_id: int
    line: int


class Wanted(NamedTuple):
    """Which refunds a comparison needs: of orders, references, numbers or recorded days."""

    source: str
    order_pks: frozenset[int]
    references: frozenset[str]
    refund_ids: frozenset[str]
    first_on: str
    last_on: str


def known_rows(store: Store, source: str, keys: Iterable[str]) -> dict[str, KnownRow]:
    """Rows that were kept before, by key."""
    wanted = {"source": source, "keys": json.dumps(list(keys))}
    rows = store.connection.execute(_KNOWN, wanted)
    return {
        key: KnownRow(number, (amount_minor, currency), refund_id)
        for key, number, amount_minor, currency, refund_id in rows
    }


def recorded_refunds(store: Store, wanted: Wanted) -> list[Recorded]:
    """Refunds that a statement may be about, oldest first."""
    parameters = {
        "source": wanted.source,
        "orders": json.dumps(sorted(wanted.order_pks)),
        "references": json.dumps(sorted(wanted.references)),
        "numbers": json.dumps(
            sorted(wanted.refund_ids | {one.upper() for one in wanted.references})
        ),
        "first_on": wanted.first_on,
        "last_on": wanted.last_on,
    }
    rows = store.connection.execute(_RECORDED, parameters).fetchall()
    refunds = read_refunds(store.connection, [row[0] for row in rows])
    return [
        Recorded(order_pk, refunds[pk], bool(here), bool(elsewhere))
        for pk, order_pk, here, elsewhere in rows
    ]


def keep_row(store: Store, row: NewRow) -> int:
    """Keep a row of a statement; inside a transaction.

    Returns:
        Its number.
    """
    return add_fact(
        store.connection,
        "statement_row",
        {
            "source": row.source,
            "key": row.key,
            "amount_minor": row.amount_minor,
            "currency": row.currency,
            "paid_at": row.paid_at,
            "file_id": row.file_id,
            "source_line": row.line,
        },
    )


def keep_match(
    store: Store, number: int, refund_id: str, source: str, by: By, *, actor: str, at: str
) -> None:
    """Say which refund a kept row is; inside the transaction that confirms it."""
    (refund_pk,) = store.connection.execute(_PK, (refund_id,)).fetchone()
    row = {
        "statement_row_id": number,
        "refund_pk": refund_pk,
        "source": source,
        "found_by": by.value,
        "actor": actor,
        "matched_at": at,
    }
    add_fact(store.connection, "statement_match", row)
