"""The journal: append-only, double entry, chained by hashes. No update, no delete.

Debits are positive, credits negative; an entry sums to zero in each currency. The hash of an entry
is SHA-256 over ``returns-journal-v1`` NUL and its fields, length-prefixed (``canonical``): seq,
kind, key, body_hash, actor, business_date, recorded_at, policy_sha256, prev_hash, then n, account,
order_ref, currency, minor of each posting by n. It covers no personal data and no free text. A new
field means a ``v2`` beside it, never another ``v1``.

The chain shows alteration; that its tail is missing shows only beside a count kept elsewhere
(:class:`Anchor`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from returns_cli.domain.bookkeeping.entries import Entry, Leg
from returns_cli.domain.errors import Problem, ReturnsError
from returns_cli.store.canonical import length_prefixed
from returns_cli.store.connection import Store

GENESIS = "0" * 64
_TAG = b"returns-journal-v1\0"
_MOST_PROBLEMS = 100
_HEAD = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
_COUNT = "SELECT count(*) FROM journal"
_AT = "SELECT hash FROM journal WHERE seq = ?"
_ADD_POSTING = """
INSERT INTO posting (seq, n, account, order_ref, currency, minor) VALUES (?, ?, ?, ?, ?, ?)
"""
_ADD_ENTRY = """
INSERT INTO journal (seq, kind, key, body_hash, actor, business_date, recorded_at, policy_sha256,
  prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ENTRIES = """
SELECT j.seq, j.kind, j.key, j.body_hash, j.actor, j.business_date, j.recorded_at,
  j.policy_sha256, j.prev_hash, j.hash, p.n, p.account, p.order_ref, p.currency, p.minor
FROM journal j LEFT JOIN posting p ON p.seq = j.seq ORDER BY j.seq, p.n
"""
_BALANCES = """
SELECT account, currency, sum(minor) FROM posting GROUP BY account, currency
ORDER BY account, currency
"""


class Posting(NamedTuple):
    """One side of an entry.

    Attributes:
        account: ``returns:items``, ``payable:original_payment``, ``paid:…``.
        order_ref: salted reference of the order, ``/line`` where it is about one.
        minor: a debit is positive, a credit negative.
    """

    account: str
    order_ref: str
    currency: str
    minor: int


class NewEntry(NamedTuple):
    """An entry to be appended.

    Attributes:
        kind: ``refund_submitted``, ``refund_confirmed`` …
        key: unique in the journal.
        body_hash: SHA-256 of what the entry is about, hex.
        actor: a staff handle, never a customer.
        business_on: the shop's day; ``recorded_at``: the instant.
        policy_sha256: of the decision's policy, where there is one.
    """

    kind: str
    key: str
    body_hash: str
    actor: str
    business_on: str
    recorded_at: str
    policy_sha256: str | None
    postings: tuple[Posting, ...]


class Anchor(NamedTuple):
    """How many entries a journal had, and its head, as kept outside the store."""

    entries: int
    head: str


class JournalReport(NamedTuple):
    """What a proof found; ``problems`` are in the order of the records they name."""

    ok: bool
    entries: int
    head: str
    problems: tuple[Problem, ...]


class Balance(NamedTuple):
    """What an account holds in one currency; debits less credits."""

    account: str
    currency: str
    minor: int


def entry_hash(seq: int, entry: NewEntry, prev_hash: str) -> str:
    """The hash of an entry, format v1, in hex."""
    return _hash(
        (
            seq,
            entry.kind,
            entry.key,
            entry.body_hash,
            entry.actor,
            entry.business_on,
            entry.recorded_at,
            entry.policy_sha256,
            prev_hash,
        ),
        [
            (n, one.account, one.order_ref, one.currency, one.minor)
            for n, one in enumerate(entry.postings, 1)
        ],
    )


def _hash(fields: Sequence[Any], postings: Sequence[Sequence[Any]]) -> str:
    flat = [*fields, *(field for posting in postings for field in posting)]
    return hashlib.sha256(length_prefixed(_TAG, flat)).hexdigest()


def append_entry(store: Store, entry: NewEntry) -> int:
    """Append an entry to the chain; inside a transaction.

    Returns:
        Its ``seq``.

    Raises:
        StoreError: at the end of the transaction's part, ``E-STORE-RULE``: the entry is not
            balanced, has fewer than two postings, or its key is in the journal.
    """
    last, prev_hash = _last(store.connection)
    seq = last + 1
    store.connection.executemany(
        _ADD_POSTING,
        [
            (seq, n, one.account, one.order_ref, one.currency, one.minor)
            for n, one in enumerate(entry.postings, 1)
        ],
    )
    row = (
        seq,
        entry.kind,
        entry.key,
        entry.body_hash,
        entry.actor,
        entry.business_on,
        entry.recorded_at,
        entry.policy_sha256,
        prev_hash,
        entry_hash(seq, entry, prev_hash),
    )
    store.connection.execute(_ADD_ENTRY, row)
    return seq


def _last(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute(_HEAD).fetchone()
    return (0, GENESIS) if row is None else (row[0], row[1])


def journal_head(store: Store) -> tuple[int, str]:
    """Number of entries, and the hash of the last one; ``GENESIS`` where there is none."""
    return head_of(store.connection)


def head_of(connection: sqlite3.Connection) -> tuple[int, str]:
    """As :func:`journal_head`, of any connection to a store."""
    (entries,) = connection.execute(_COUNT).fetchone()
    return entries, _last(connection)[1]


def journal_entries(store: Store) -> Iterator[Entry]:
    """Every entry with its postings, by number."""
    for _, rows in groupby(store.connection.execute(_ENTRIES), key=lambda row: row[0]):
        group = list(rows)
        seq, kind, key, _, actor, business_on, recorded_at, _, _, hash_ = group[0][:10]
        legs = tuple(Leg(*row[11:]) for row in group)
        yield Entry(seq, kind, key, actor, business_on, recorded_at, hash_, legs)


def balances(store: Store) -> list[Balance]:
    """What every account holds, by account and currency."""
    return [Balance(*row) for row in store.connection.execute(_BALANCES)]


def verify_journal(store: Store, anchor: Anchor | None = None) -> JournalReport:
    """Prove the journal: every hash, the chain, the numbers, the sums. Writes nothing.

    Args:
        store: the store.
        anchor: entries and head kept elsewhere, from a backup's manifest or a run's summary.

    Returns:
        The report; a problem's code is ``E-CHECK-CHAIN``, ``E-CHECK-SEQ``, ``E-CHECK-BALANCE``,
        ``E-CHECK-ANCHOR``, or ``E-CHECK-FILE`` where the file cannot be read.
    """
    problems: list[Problem] = []
    entries, head = 0, GENESIS
    try:
        with store.reading():
            for stored_hash, found in _proofs(store.connection):
                entries, head = entries + 1, stored_hash
                if len(problems) < _MOST_PROBLEMS:
                    problems += found
            if anchor is not None:
                problems += _compare(store.connection, anchor, entries)
    except (ReturnsError, ValueError) as error:  # ValueError: text that is no UTF-8 any more
        said = str(error).rstrip(".")
        problems.append(Problem("E-CHECK-FILE", f"The journal cannot be read: {said}."))
    return JournalReport(not problems, entries, head, tuple(problems))


def _proofs(connection: sqlite3.Connection) -> Iterator[tuple[str, list[Problem]]]:
    expected, prev_hash = 1, GENESIS
    for seq, rows in groupby(connection.execute(_ENTRIES), key=lambda row: row[0]):
        group = list(rows)
        *fields, stored_hash = group[0][:10]
        postings = [row[10:] for row in group if row[10] is not None]
        found = []
        if seq != expected:
            found.append(_problem("E-CHECK-SEQ", seq, f"follows entry {expected - 1}"))
        if fields[-1] != prev_hash:
            found.append(_problem("E-CHECK-CHAIN", seq, "does not continue the entry before it"))
        if _hash(fields, postings) != stored_hash:
            found.append(_problem("E-CHECK-CHAIN", seq, "is not what was recorded"))
        if not _is_balanced(postings):
            found.append(_problem("E-CHECK-BALANCE", seq, "does not sum to zero"))
        yield stored_hash, found
        expected, prev_hash = seq + 1, stored_hash


def _is_balanced(postings: Sequence[tuple[Any, ...]]) -> bool:
    sums: Counter[str] = Counter()
    for _, _, _, currency, minor in postings:
        sums[currency] += minor
    return len(postings) >= 2 and not any(sums.values())


def _compare(connection: sqlite3.Connection, anchor: Anchor, entries: int) -> list[Problem]:
    if anchor.entries > entries:
        message = f"{anchor.entries} entries were recorded, {entries} are here."
        return [Problem("E-CHECK-ANCHOR", message, hint=_ANCHOR_HINT)]
    row = connection.execute(_AT, (anchor.entries,)).fetchone()
    if (GENESIS if anchor.entries == 0 else row and row[0]) != anchor.head:
        message = f"Entry {anchor.entries} has another hash than was kept."
        return [Problem("E-CHECK-ANCHOR", message, hint=_ANCHOR_HINT)]
    return []


_ANCHOR_HINT = "Compare with a backup; the journal was changed or cut after the anchor was kept."


def _problem(code: str, seq: int, what: str) -> Problem:
    return Problem(code, f"Journal entry {seq} {what}.", value=str(seq))
