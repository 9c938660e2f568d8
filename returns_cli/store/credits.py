"""Store credits: issuing, redeeming, expiring. Accounts of the journal; no update, no delete.

=========  ==========================  ===========================
move       debit                       credit
=========  ==========================  ===========================
issued     ``goodwill:store_credit``   ``credit:held``
... for a  ``paid:store_credit``
refund
redeemed   ``credit:held``             ``redeemed:store_credit``
expired    ``credit:held``             ``expired:store_credit``
reversed   ``credit:held``             ``paid:store_credit``
=========  ==========================  ===========================

Every function works inside a transaction.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from returns_cli.domain.credit import Credit, CreditMove
from returns_cli.domain.credit_code import code_of, read_code
from returns_cli.domain.errors import NotFoundError, Problem
from returns_cli.store.canonical import digest_of
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, next_number
from returns_cli.store.journal import NewEntry, Posting, append_entry

HELD = "credit:held"
_PAID = "paid:store_credit"
_OPPOSITE = {
    "issued": "goodwill:store_credit",
    "redeemed": "redeemed:store_credit",
    "expired": "expired:store_credit",
    "reversed": _PAID,
}
_CREDITS = """
SELECT c.credit_id, c.code, c.currency, c.expires_on, f.refund_id, c.approved_by
FROM credit c LEFT JOIN refund f ON f.refund_pk = c.refund_pk
WHERE (:code IS NULL OR c.code = :code) AND (:refund IS NULL OR f.refund_id = :refund)
ORDER BY c.credit_id
"""
_MOVES = """
SELECT credit_id, kind, amount_minor, moved_at, actor, journal_seq, reference, why
FROM credit_move WHERE :credit IS NULL OR credit_id = :credit ORDER BY credit_move_id
"""
_REFUND = "SELECT refund_pk FROM refund WHERE refund_id = ?"
_ENTERED = """
SELECT account, order_ref, currency, minor FROM posting WHERE seq = ? ORDER BY account
"""
_LOOSE = """
SELECT j.seq FROM journal j LEFT JOIN credit_move m ON m.journal_seq = j.seq
WHERE m.credit_move_id IS NULL AND j.kind LIKE 'credit%' ORDER BY j.seq
"""


class NewCredit(NamedTuple):
    """A credit to be issued.

    Attributes:
        amount_minor: above 0.
        expires_on: its last day; None for ever.
        refund_id: the confirmed refund that it pays, None for goodwill.
        approved_by: a second person, or empty.
    """

    code: str
    amount_minor: int
    currency: str
    expires_on: date | None
    actor: str
    at: str
    refund_id: str | None = None
    approved_by: str = ""
    why: str = ""


def credit_ref(salt: bytes, code: str) -> str:
    """How a credit stands in the journal: an HMAC of its code, 32 hex digits."""
    return hmac.new(salt, f"credit\0{code}".encode(), hashlib.sha256).hexdigest()[:32]


def new_code(store: Store, purpose: str) -> str:
    """The code of a credit to be issued: from the shop's salt and what the credit is for.

    Args:
        purpose: a refund's number, a key, or ``number_of_next``; no two credits share it.
    """
    return code_of(hmac.digest(store.salt, f"credit code\0{purpose}".encode(), "sha256"))


def number_of_next(store: Store) -> int:
    """The number that the next credit will have."""
    return next_number(store.connection, "credit")


def issue_credit(store: Store, new: NewCredit) -> Credit:
    """Enter a new credit in the journal and keep it."""
    refund = None
    if new.refund_id is not None:
        (refund,) = store.connection.execute(_REFUND, (new.refund_id,)).fetchone()
    row: dict[str, Value] = {
        "code": new.code,
        "ref": credit_ref(store.salt, new.code),
        "currency": new.currency,
        "expires_on": new.expires_on.isoformat() if new.expires_on else None,
        "refund_pk": refund,
        "approved_by": new.approved_by,
    }
    number = add_fact(store.connection, "credit", row)
    credit = Credit(
        number, new.code, new.currency, new.expires_on, new.refund_id, new.approved_by, ()
    )
    return move_credit(
        store, credit, "issued", new.amount_minor, actor=new.actor, at=new.at, why=new.why
    )


def move_credit(
    store: Store,
    credit: Credit,
    kind: str,
    amount_minor: int,
    *,
    actor: str,
    at: str,
    reference: str = "",
    why: str = "",
) -> Credit:
    """Enter what happened to a credit, and answer it as it is then.

    Args:
        kind: ``issued redeemed expired reversed``; ``amount_minor`` is negative for all but the
            first.

    Raises:
        ConflictError: ``E-CREDIT-SPENT``, ``E-CREDIT-EXPIRED``. Nothing is recorded then.
    """
    ref = credit_ref(store.salt, credit.code)
    n = len(credit.moves) + 1
    entry = NewEntry(
        kind=f"credit_{kind}",
        key=f"credit/{ref}/{n}",
        body_hash=digest_of([ref, kind, amount_minor, credit.currency, reference]),
        actor=actor,
        business_on=at[:10],
        recorded_at=at,
        policy_sha256=None,
        postings=_postings(credit, kind, amount_minor, ref),
    )
    seq = append_entry(store, entry)
    move = CreditMove(kind, amount_minor, at, actor, seq, reference, why)
    row: dict[str, Value] = {
        "credit_id": credit.credit_id,
        "kind": kind,
        "amount_minor": amount_minor,
        "reference": reference,
        "journal_seq": seq,
        "actor": actor,
        "moved_at": at,
        "why": why,
    }
    add_fact(store.connection, "credit_move", row)
    return credit._replace(moves=(*credit.moves, move))


def _postings(credit: Credit, kind: str, amount_minor: int, ref: str) -> tuple[Posting, ...]:
    other = _PAID if kind == "issued" and credit.refund_id else _OPPOSITE[kind]
    return (
        Posting(other, ref, credit.currency, amount_minor),
        Posting(HELD, ref, credit.currency, -amount_minor),
    )


def find_credit(store: Store, text: str) -> Credit:
    """The credit whose code somebody typed.

    Raises:
        NotFoundError: ``E-CREDIT-MISTYPED``, its check symbol does not fit;
            ``E-CREDIT-UNKNOWN``, there is none. Neither says what codes there are.
    """
    try:
        code = read_code(text)
    except ValueError as error:
        raise NotFoundError(
            "E-CREDIT-MISTYPED",
            f"`{text.strip()[:40]}` is {error}.",
            where=text.strip()[:40],
            hint="Compare it with what the customer was given.",
        ) from None
    found = _read(store, code=code)
    if not found:
        raise NotFoundError(
            "E-CREDIT-UNKNOWN",
            f"There is no store credit {code}.",
            where=code,
            hint="Compare it with what the customer was given.",
        )
    return found[0]


def credit_of_refund(store: Store, refund_id: str) -> Credit | None:
    """The credit that pays a refund, None where it was paid elsewhere."""
    found = _read(store, refund=refund_id)
    return found[0] if found else None


def list_credits(store: Store) -> list[Credit]:
    """Every credit, oldest first."""
    return _read(store)


def _read(store: Store, *, code: str | None = None, refund: str | None = None) -> list[Credit]:
    rows = store.connection.execute(_CREDITS, {"code": code, "refund": refund}).fetchall()
    only = rows[0][0] if len(rows) == 1 else None
    moves: defaultdict[int, list[CreditMove]] = defaultdict(list)
    for number, *move in store.connection.execute(_MOVES, {"credit": only}):
        moves[number].append(CreditMove(*move))
    return [
        Credit(
            number,
            text,
            currency,
            date.fromisoformat(expires_on) if expires_on else None,
            refund_id,
            approved_by,
            tuple(moves[number]),
        )
        for number, text, currency, expires_on, refund_id, approved_by in rows
    ]


def credit_problems(store: Store) -> Iterator[Problem]:
    """Every credit again from its moves: none below zero, each as the journal has it."""
    for credit in list_credits(store):
        ref = credit_ref(store.salt, credit.code)
        for move in credit.moves:
            wanted = sorted(_postings(credit, move.kind, move.amount_minor, ref))
            if store.connection.execute(_ENTERED, (move.journal_seq,)).fetchall() != wanted:
                message = f"Journal entry {move.journal_seq} does not agree with its store credit."
                yield Problem("E-CHECK-BALANCE", message)
        if not credit.moves or credit.balance_minor < 0:
            yield Problem("E-CHECK-I3", f"Store credit number {credit.credit_id} does not add up.")
    for (seq,) in store.connection.execute(_LOOSE):
        yield Problem("E-CHECK-BALANCE", f"Journal entry {seq} belongs to no store credit.")
