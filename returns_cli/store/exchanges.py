"""Replacements that were sent, and what customers owe for exchanges; no update, no delete.

========  =======================  =========================
move      debit                    credit
========  =======================  =========================
owed      ``owed:exchange``        ``exchanged:difference``
released  ``exchanged:difference`` ``owed:exchange``
paid      ``received:exchange``    ``owed:exchange``
waived    ``goodwill:exchange``    ``owed:exchange``
========  =======================  =========================

Every function works inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from returns_cli.domain.errors import Problem
from returns_cli.domain.replacement import OwedMove, Replacement
from returns_cli.store.canonical import digest_of
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact
from returns_cli.store.journal import NewEntry, Posting, append_entry
from returns_cli.store.refund_postings import order_ref

OWED = "owed:exchange"
_OPPOSITE = {
    "owed": "exchanged:difference",
    "released": "exchanged:difference",
    "paid": "received:exchange",
    "waived": "goodwill:exchange",
}
_COUNT = "SELECT count(*) FROM exchange_move WHERE return_id = ?"
_PROOF = """
SELECT r.rma, m.journal_seq, m.kind, m.amount_minor, o.currency, o.channel, o.order_id
FROM exchange_move m JOIN returns r ON r.return_id = m.return_id
JOIN orders o ON o.order_pk = m.order_pk ORDER BY m.exchange_move_id
"""
_ENTERED = """
SELECT account, order_ref, currency, minor FROM posting WHERE seq = ? ORDER BY account
"""
_BELOW = """
SELECT r.rma FROM exchange_move m JOIN returns r ON r.return_id = m.return_id
GROUP BY m.return_id HAVING sum(m.amount_minor) < 0 ORDER BY m.return_id
"""
_LOOSE = """
SELECT j.seq FROM journal j LEFT JOIN exchange_move m ON m.journal_seq = j.seq
WHERE m.exchange_move_id IS NULL AND j.kind LIKE 'exchange%' ORDER BY j.seq
"""


class ExchangedReturn(NamedTuple):
    """The return that a fact is about, and the order whose money it moves."""

    return_id: int
    rma: str
    order_pk: int
    decision_id: int
    channel: str
    order_id: str
    currency: str
    policy_sha256: str | None


def add_replacement(store: Store, place: ExchangedReturn, sent: Replacement) -> None:
    """Record units that were sent instead.

    Raises:
        ConflictError: ``E-EXCHANGE-SENT``, more than may come back; when the transaction's part
            ends.
    """
    row: dict[str, Value] = {
        "return_id": place.return_id,
        "order_pk": place.order_pk,
        "line": sent.line,
        "sku": sent.sku,
        "quantity": sent.quantity,
        "tracking": sent.tracking,
        "back_by": sent.back_by,
        "price_minor": sent.price_minor,
        "actor": sent.actor,
        "sent_at": sent.sent_at,
    }
    add_fact(store.connection, "replacement", row)


def move_owed(store: Store, place: ExchangedReturn, move: OwedMove) -> OwedMove:
    """Enter a change of what a customer owes in the journal, and keep it.

    Raises:
        ConflictError: ``E-EXCHANGE-OWED``, more would be settled than is owed.
    """
    ref = order_ref(store.salt, place.channel, place.order_id)
    (count,) = store.connection.execute(_COUNT, (place.return_id,)).fetchone()
    entry = NewEntry(
        kind=f"exchange_{move.kind}",
        key=f"{place.rma}/exchange/{count + 1}",
        body_hash=digest_of(
            [place.rma, move.kind, move.amount_minor, place.currency, move.reference]
        ),
        actor=move.actor,
        business_on=move.moved_at[:10],
        recorded_at=move.moved_at,
        policy_sha256=place.policy_sha256,
        postings=_postings(move.kind, move.amount_minor, place.currency, ref),
    )
    seq = append_entry(store, entry)
    row: dict[str, Value] = {
        "return_id": place.return_id,
        "order_pk": place.order_pk,
        "decision_id": place.decision_id,
        "kind": move.kind,
        "amount_minor": move.amount_minor,
        "reference": move.reference,
        "journal_seq": seq,
        "actor": move.actor,
        "moved_at": move.moved_at,
        "why": move.why,
    }
    add_fact(store.connection, "exchange_move", row)
    return move._replace(journal_seq=seq)


def _postings(kind: str, amount_minor: int, currency: str, ref: str) -> tuple[Posting, ...]:
    return (
        Posting(OWED, ref, currency, amount_minor),
        Posting(_OPPOSITE[kind], ref, currency, -amount_minor),
    )


def exchange_problems(store: Store) -> Iterator[Problem]:
    """Every change again as the journal has it; nobody owes less than nothing."""
    execute = store.connection.execute
    for rma, seq, kind, amount_minor, currency, channel, order_id in execute(_PROOF):
        ref = order_ref(store.salt, channel, order_id)
        wanted = sorted(_postings(kind, amount_minor, currency, ref))
        if execute(_ENTERED, (seq,)).fetchall() != wanted:
            message = f"Journal entry {seq} does not agree with the exchange of {rma}."
            yield Problem("E-CHECK-BALANCE", message)
    for (rma,) in execute(_BELOW):
        yield Problem("E-CHECK-I3", f"More was settled for the exchange of {rma} than was owed.")
    for (seq,) in execute(_LOOSE):
        yield Problem("E-CHECK-BALANCE", f"Journal entry {seq} belongs to no exchange.")
