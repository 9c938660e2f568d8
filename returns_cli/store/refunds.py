"""Refunds: recording what the shop pays back, and what becomes of it.

Recording moves no money; the shop pays in its provider. The moves are those of
``lifecycle.REFUND_MOVES``, the caps stand in triggers, the entries in ``refund_postings``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from returns_cli.domain.errors import ConflictError, NotFoundError
from returns_cli.domain.lifecycle import REFUND_MOVES
from returns_cli.domain.model import Component, Refund
from returns_cli.domain.nearest import did_you_mean
from returns_cli.domain.record import Consumption
from returns_cli.domain.rma import nearby_rmas, new_rma, read_rma
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.canonical import digest_of
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, next_number
from returns_cli.store.journal import NewEntry, append_entry
from returns_cli.store.keys import key_conflict
from returns_cli.store.refund_postings import order_ref, postings_of
from returns_cli.store.refund_rows import read_refunds

_BY_KEY = "SELECT refund_pk, body_hash FROM refund WHERE key = ?"
_BY_ID = "SELECT refund_pk FROM refund WHERE refund_id = ?"
_BY_REFERENCE = """
SELECT refund_pk FROM refund_reference
WHERE reference = :reference AND (:tender IS NULL OR tender = :tender) ORDER BY tender LIMIT 1
"""
_CONTEXT = """
SELECT o.channel, o.order_id, d.policy_sha256 FROM refund f
JOIN orders o ON o.order_pk = f.order_pk JOIN decision d ON d.decision_id = f.decision_id
WHERE f.refund_pk = ?
"""
_LIST = """
SELECT f.refund_pk FROM refund f JOIN refund_state s ON s.refund_pk = f.refund_pk
WHERE (:state IS NULL OR s.state = :state)
  AND (:return_id IS NULL OR f.return_id = :return_id)
  AND (:order_pk IS NULL OR f.order_pk = :order_pk)
  AND (:tender IS NULL OR f.tender = :tender)
ORDER BY f.refund_pk LIMIT coalesce(:limit, -1)
"""
_PREFIX = "RF-"


class NewRefund(NamedTuple):
    """A refund to be recorded.

    Attributes:
        return_id, order_pk: row numbers; ``decision_id``: the decision that allows it (I8).
        key: idempotency key; ``body_hash``: of the request's content.
        amount_minor: above 0, the sum of the components, in ``currency`` of the order.
        tender: what it is paid by: ``original_payment``, ``store_credit`` …
        takes: per order line, the base shares that *this* refund takes (deltas, at 100 %).
        actor: who records it; ``recorded_at``: instant in the shop's zone, its day is the
            business date.
        reference: the provider's reference where it is paid already.
        why: of goodwill; free text, not part of the journal.
        origins: what it gives back of each means of payment of the order, where that is known.
    """

    return_id: int
    order_pk: int
    decision_id: int
    key: str
    body_hash: str
    amount_minor: int
    currency: str
    tender: str
    components: tuple[Component, ...]
    takes: Mapping[int, Consumption]
    actor: str
    recorded_at: str
    reference: str | None = None
    why: str = ""
    origins: tuple[tuple[str, int], ...] = ()


class RefundFilter(NamedTuple):
    """Which refunds to list."""

    state: RefundState | None = None
    return_id: int | None = None
    order_pk: int | None = None
    tender: str | None = None
    limit: int | None = None


class _Move(NamedTuple):
    """One step of a refund's life, by whom and when."""

    state: RefundState
    actor: str
    at: str
    why: str = ""
    reference: str | None = None


def record_refund(store: Store, new: NewRefund) -> Refund:
    """Record a refund as submitted, with a reference also as confirmed; inside a transaction.

    The same key with the same body answers the first refund again.

    Raises:
        ConflictError: ``E-KEY-CONFLICT``, ``E-OVER-REFUNDED``, ``E-REFUND-SUM``,
            ``E-REFUND-DECISION``, ``E-REFERENCE-USED``; those of triggers when the transaction's
            part ends. Nothing is recorded then.
    """
    known = store.connection.execute(_BY_KEY, (new.key,)).fetchone()
    if known is not None:
        if known[1] != new.body_hash:
            raise key_conflict(new.key)
        return _read(store, known[0])
    refund_pk = next_number(store.connection, "refund")
    _add_parts(store, refund_pk, new)
    row: dict[str, Value] = {
        "refund_pk": refund_pk,
        "refund_id": new_refund_id(store, new.key),
        "return_id": new.return_id,
        "order_pk": new.order_pk,
        "decision_id": new.decision_id,
        "key": new.key,
        "body_hash": new.body_hash,
        "amount_minor": new.amount_minor,
        "currency": new.currency,
        "tender": new.tender,
        "actor": new.actor,
        "recorded_at": new.recorded_at,
    }
    add_fact(store.connection, "refund", row)
    submitted = _Move(RefundState.SUBMITTED, new.actor, new.recorded_at, new.why)
    refund = _move(store, refund_pk, submitted)
    if new.reference is None:
        return refund
    confirmed = _Move(RefundState.CONFIRMED, new.actor, new.recorded_at, reference=new.reference)
    return _move(store, refund_pk, confirmed)


def new_refund_id(store: Store, key: str) -> str:
    """The number of a refund: ``RF-`` and seven symbols made like an RMA's, from salt and key."""

    def is_taken(rma: str) -> bool:
        refund_id = _PREFIX + rma[4:]
        return store.connection.execute(_BY_ID, (refund_id,)).fetchone() is not None

    return _PREFIX + new_rma(store.salt, f"refund\0{key}", is_taken)[4:]


def _add_parts(store: Store, refund_pk: int, new: NewRefund) -> None:
    for n, part in enumerate(new.components, 1):
        row: dict[str, Value] = {
            "refund_pk": refund_pk,
            "n": n,
            "kind": part.kind,
            "line": part.line,
            "amount_minor": part.amount_minor,
            "units": part.units,
            "rule": part.rule,
            "cited_at": part.at,
        }
        add_fact(store.connection, "refund_component", row)
    for line, taken in sorted(new.takes.items()):
        share: dict[str, Value] = {
            "refund_pk": refund_pk,
            "line": line,
            "units": taken.units,
            "items_minor": taken.items_minor,
            "tax_minor": taken.tax_minor,
            "shipping_minor": taken.shipping_minor,
        }
        add_fact(store.connection, "refund_take", share)
    for tender, amount_minor in new.origins:
        origin: dict[str, Value] = {
            "refund_pk": refund_pk,
            "tender": tender,
            "amount_minor": amount_minor,
        }
        add_fact(store.connection, "refund_origin", origin)


def move_refund(
    store: Store,
    refund_id: str,
    state: RefundState,
    *,
    actor: str,
    at: str,
    reference: str | None = None,
    why: str = "",
) -> Refund:
    """Say what became of a refund; inside a transaction. The same move again changes nothing.

    Args:
        store: the store.
        refund_id: as :func:`find_refund` takes it.
        state: where it goes: ``confirmed``, ``failed``, ``in_doubt`` or ``reversed``.
        actor: who says so; ``at``: when, an instant in the shop's zone.
        reference: the provider's reference.
        why: free text; it is not part of the journal.

    Raises:
        NotFoundError: ``E-REFUND-UNKNOWN``.
        ConflictError: ``E-STATE``, it cannot go there from where it is; ``E-REFERENCE-USED``, it
            has another reference, or another refund has this one.
    """
    refund_pk = _find_pk(store, refund_id)
    refund = _read(store, refund_pk)
    if reference and refund.reference not in (None, reference):
        raise ConflictError(
            "E-REFERENCE-USED",
            f"{refund.refund_id} already has the payment reference {refund.reference}.",
            where=refund.refund_id,
            hint="Record a further payment as a refund of its own.",
        )
    if refund.state is state:
        return refund
    if state not in REFUND_MOVES[refund.state]:
        raise ConflictError(
            "E-STATE",
            f"{refund.refund_id} is {refund.state}; it cannot become {state}.",
            where=refund.refund_id,
            hint=f"See it: returns refunds show {refund.refund_id}",
        )
    return _move(store, refund_pk, _Move(state, actor, at, why, reference))


def _move(store: Store, refund_pk: int, move: _Move) -> Refund:
    """Enter a move in the journal, append its event, and answer the refund as it is then."""
    refund = _read(store, refund_pk)
    if move.reference and refund.reference is None:
        row: dict[str, Value] = {
            "tender": refund.tender,
            "reference": move.reference,
            "refund_pk": refund_pk,
        }
        add_fact(store.connection, "refund_reference", row)
    event: dict[str, Value] = {
        "refund_pk": refund_pk,
        "state": move.state.value,
        "journal_seq": _enter(store, refund_pk, refund, move),
        "actor": move.actor,
        "moved_at": move.at,
        "why": move.why,
    }
    add_fact(store.connection, "refund_event", event)
    return _read(store, refund_pk)


def _enter(store: Store, refund_pk: int, refund: Refund, move: _Move) -> int | None:
    if move.state is RefundState.IN_DOUBT:
        return None
    channel, order_id, policy_sha256 = store.connection.execute(_CONTEXT, (refund_pk,)).fetchone()
    content = [refund.refund_id, move.state.value, refund.amount_minor, refund.currency]
    entry = NewEntry(
        kind=f"refund_{move.state}",
        key=f"{refund.refund_id}/{move.state}",
        body_hash=digest_of([*content, refund.tender, move.reference]),
        actor=move.actor,
        business_on=move.at[:10],
        recorded_at=move.at,
        policy_sha256=policy_sha256,
        postings=postings_of(refund, move.state, order_ref(store.salt, channel, order_id)),
    )
    return append_entry(store, entry)


def _read(store: Store, refund_pk: int) -> Refund:
    return read_refunds(store.connection, [refund_pk])[refund_pk]


def find_refund(store: Store, text: str) -> Refund:
    """The refund whose number a person typed; any case, separators or none, with or without RF.

    Raises:
        NotFoundError: ``E-REFUND-UNKNOWN``, with existing numbers that are one slip away.
    """
    return _read(store, _find_pk(store, text))


def _find_pk(store: Store, text: str) -> int:
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    body = signs[2:] if len(signs) == 9 and signs.startswith("RF") else signs
    try:
        tries = [read_rma(body)]
    except ValueError:
        tries = []
    for rma in tries:
        row = store.connection.execute(_BY_ID, (_PREFIX + rma[4:],)).fetchone()
        if row is not None:
            return int(row[0])
    near = [
        refund_id
        for refund_id in (_PREFIX + rma[4:] for rma in nearby_rmas(body))
        if store.connection.execute(_BY_ID, (refund_id,)).fetchone() is not None
    ][:3]
    raise NotFoundError(
        "E-REFUND-UNKNOWN",
        f"There is no refund {text.strip()}.",
        where=text.strip() or None,
        hint=did_you_mean(near) if near else "See them: returns refunds list",
    )


def refund_of_key(store: Store, key: str) -> Refund | None:
    """The refund that was recorded under an idempotency key."""
    row = store.connection.execute(_BY_KEY, (key,)).fetchone()
    return None if row is None else _read(store, row[0])


def refund_of_reference(store: Store, reference: str, tender: str | None = None) -> Refund | None:
    """The refund that a provider's reference belongs to, of any tender unless one is named."""
    wanted = {"reference": reference, "tender": tender}
    row = store.connection.execute(_BY_REFERENCE, wanted).fetchone()
    return None if row is None else _read(store, row[0])


def list_refunds(store: Store, wanted: RefundFilter) -> list[Refund]:
    """Refunds, oldest first, in a fixed number of queries."""
    parameters = {
        "state": wanted.state and wanted.state.value,
        "return_id": wanted.return_id,
        "order_pk": wanted.order_pk,
        "tender": wanted.tender,
        "limit": wanted.limit,
    }
    pks = [pk for (pk,) in store.connection.execute(_LIST, parameters)]
    return list(read_refunds(store.connection, pks).values())
