"""Decisions, the units they let come back, and what people ruled (I2, I8, I9).

All of it is appended: a new decision supersedes, it never rewrites; released units are a negative
row. Triggers hold the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from returns_cli.domain.decision_json import decision_from_json, decision_to_json
from returns_cli.domain.errors import StoreError
from returns_cli.domain.model import Authorization, Decision, LineDecision
from returns_cli.domain.record import Ruling
from returns_cli.store.canonical import canonical_json
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, next_number
from returns_cli.store.lists import numbers

_REVISION = "SELECT max(revision) FROM return_revision WHERE return_id = ?"
_ORDER_OF = "SELECT order_pk FROM returns WHERE return_id = ?"
_LATEST = "SELECT max(decision_id) FROM decision WHERE return_id = ?"
_DIGESTS = """
SELECT d.return_id, d.digest FROM decision d
WHERE d.decision_id IN (SELECT max(x.decision_id) FROM decision x
  WHERE x.return_id IN (SELECT value FROM json_each(?)) GROUP BY x.return_id)
"""
_ALL = """
SELECT d.decision_id, d.return_id, r.rma, d.revision, d.body, d.actor
FROM decision d JOIN returns r ON r.return_id = d.return_id
WHERE d.decision_id > ? ORDER BY d.decision_id LIMIT 500
"""
_NOT_KEPT = frozenset({"false", "no", "off"})


class StoredDecision(NamedTuple):
    """A decision as it stands in the store, with the return and the revision that it judges."""

    decision_id: int
    return_id: int
    rma: str
    revision: int
    decision: Decision
    actor: str


def add_decision(store: Store, return_id: int, decision: Decision, actor: str) -> int:
    """Store a decision on the latest revision of a return; inside a transaction.

    Args:
        store: the store; it already keeps the policy text that the decision cites.
        return_id: the return.
        decision: with at least one line.
        actor: who had it judged: a person's handle, or the program's.

    Returns:
        The decision's number.
    """
    connection = store.connection
    decision_id = next_number(connection, "decision")
    for n, line in enumerate(decision.lines, 1):
        add_fact(connection, "decision_line", _line_row(decision_id, n, line))
    row: dict[str, Value] = {
        "decision_id": decision_id,
        "return_id": return_id,
        "revision": connection.execute(_REVISION, (return_id,)).fetchone()[0],
        "policy_id": decision.policy_id,
        "policy_version": decision.policy_version,
        "policy_sha256": decision.policy_sha256,
        "as_of": decision.as_of,
        "verdict": decision.verdict.value,
        "label_kind": decision.label_kind,
        "label_valid_days": decision.label_valid_days,
        "digest": judgement_digest(decision),
        "body": decision_to_json(decision),
        "actor": actor,
    }
    return add_fact(connection, "decision", row)


def _line_row(decision_id: int, n: int, line: LineDecision) -> dict[str, Value]:
    keeps = any(one.name == "keep_item" and one.value not in _NOT_KEPT for one in line.settings)
    return {
        "decision_id": decision_id,
        "n": n,
        "line": line.line,
        "sku": line.sku,
        "quantity": line.quantity,
        "reason": line.reason,
        "fault": line.fault.value,
        "resolution": str(line.resolution),
        "verdict": line.verdict.value,
        "codes": canonical_json(line.codes),
        "deadline_on": line.deadline_on.isoformat() if line.deadline_on else None,
        "keep_item": int(keeps),
    }


def judgement_digest(decision: Decision) -> str:
    """SHA-256 of what a decision says, in hex: equal digests are the same judgement.

    The moment (``as_of``), the facts and the traces are left out: they change from day to day
    while the judgement does not.
    """
    import hashlib  # loads OpenSSL: not for commands that only read

    lines = tuple(line._replace(trace=()) for line in decision.lines)
    said = decision._replace(as_of="", facts={}, lines=lines)
    return hashlib.sha256(decision_to_json(said).encode()).hexdigest()


def latest_digests(store: Store, return_ids: Iterable[int]) -> dict[int, str]:
    """The digest of each return's latest decision; a return without one is left out."""
    return dict(store.connection.execute(_DIGESTS, (numbers(return_ids),)).fetchall())


def add_authorizations(
    store: Store,
    return_id: int,
    decision_id: int | None,
    rows: Iterable[Authorization],
) -> None:
    """Let units come back, or release them (negative); inside a transaction.

    Args:
        store: the store.
        return_id: the return.
        decision_id: the decision that says so, None where a person's ruling or the calendar does.
        rows: signed changes; one of 0 units is passed over.

    Raises:
        ConflictError: at the end of the transaction's part: ``E-OVER-AUTHORIZED``,
            ``E-OVER-SHIPPED`` or ``E-UNITS-HELD``.
    """
    order_pk = order_of(store, return_id)
    for one in rows:
        if one.quantity == 0:
            continue
        row: dict[str, Value] = {
            "return_id": return_id,
            "order_pk": order_pk,
            "line": one.line,
            "quantity": one.quantity,
            "cause": one.cause,
            "decision_id": decision_id,
            "authorized_at": one.authorized_at,
            "actor": one.actor,
            "why": one.why,
        }
        add_fact(store.connection, "authorization", row)


def order_of(store: Store, return_id: int) -> int:
    """The order of a return.

    Raises:
        StoreError: ``E-STORE-RULE``, no such return; numbers come from the store itself.
    """
    row = store.connection.execute(_ORDER_OF, (return_id,)).fetchone()
    if row is None:
        raise StoreError(
            "E-STORE-RULE",
            f"The store has no return number {return_id}; nothing was recorded.",
            where=str(store.path),
            hint="Run: returns check.",
        )
    return int(row[0])


def add_ruling(
    store: Store, return_id: int, ruling: Ruling, decision_id: int | None = None
) -> None:
    """Record what a person, or the calendar, said of a return; inside a transaction.

    Args:
        store: the store.
        return_id: the return.
        ruling: ``approve | deny | cancel | expire``, of all lines or of some.
        decision_id: the decision that was ruled on; None for the ruling's own, else the latest.

    Raises:
        ConflictError: ``E-WHY-MISSING``, it overrides the policy and does not say why (I8).
    """
    decision_id = ruling.decision_id if decision_id is None else decision_id
    if decision_id is None:
        (decision_id,) = store.connection.execute(_LATEST, (return_id,)).fetchone()
    ruling_id = next_number(store.connection, "ruling")
    for line in dict.fromkeys(ruling.lines):
        add_fact(store.connection, "ruling_line", {"ruling_id": ruling_id, "line": line})
    row: dict[str, Value] = {
        "ruling_id": ruling_id,
        "return_id": return_id,
        "decision_id": decision_id,
        "kind": ruling.kind,
        "ruled_at": ruling.ruled_at,
        "actor": ruling.actor,
        "why": ruling.why,
        "codes": canonical_json(ruling.codes),
    }
    add_fact(store.connection, "ruling", row)


def iterate_decisions(store: Store) -> Iterator[StoredDecision]:
    """Every decision, oldest first, a few hundred at a time: to derive them again.

    Raises:
        ValueError: a stored text that is none; ``check_store`` names it.
    """
    last = 0
    while rows := store.connection.execute(_ALL, (last,)).fetchall():
        for decision_id, return_id, rma, revision, body, actor in rows:
            yield StoredDecision(
                decision_id, return_id, rma, revision, decision_from_json(body), actor
            )
        last = rows[-1][0]
