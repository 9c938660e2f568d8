"""Decisions, the units they let come back, and what people ruled (I2, I8, I9).

All of it is appended: a new decision supersedes, it never rewrites; released units are a negative
row. Triggers hold the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from returns_cli.domain.decision_json import both_to_json, decision_from_json, judgement_to_json
from returns_cli.domain.errors import StoreError
from returns_cli.domain.model import Authorization, Decision, LineDecision, Setting
from returns_cli.domain.record import Ruling
from returns_cli.domain.remembered import Remembered
from returns_cli.store.canonical import canonical_json
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, add_facts, next_number
from returns_cli.store.lists import numbers, pack

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
    """A decision as it stands in the store, with the return and the revision that it judges.

    Attributes:
        body: the canonical text that ``decision`` was read from.
    """

    decision_id: int
    return_id: int
    rma: str
    revision: int
    decision: Decision
    actor: str
    body: str


class NewDecision(NamedTuple):
    """A decision to be stored, on the latest revision of a return.

    Attributes:
        decision: with at least one line; the store keeps the policy text that it cites.
        actor: who had it judged: a person's handle, or the program's.
    """

    return_id: int
    revision: int
    decision: Decision
    actor: str


class Allowed(NamedTuple):
    """Units of a return's line to let come back, or to release (negative)."""

    return_id: int
    order_pk: int
    decision_id: int | None
    change: Authorization


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
    (revision,) = store.connection.execute(_REVISION, (return_id,)).fetchone()
    return add_decisions(store, [NewDecision(return_id, revision, decision, actor)])[0]


def add_decisions(store: Store, new: Sequence[NewDecision]) -> range:
    """Store many decisions; inside a transaction.

    Returns:
        The decisions' numbers, in their order.
    """
    connection = store.connection
    start = next_number(connection, "decision") if new else 1
    numbered = range(start, start + len(new))
    add_facts(
        connection,
        "decision_line",
        (
            _line_row(decision_id, n, line)
            for decision_id, one in zip(numbered, new, strict=True)
            for n, line in enumerate(one.decision.lines, 1)
        ),
    )
    rows = (_row(decision_id, one) for decision_id, one in zip(numbered, new, strict=True))
    add_facts(connection, "decision", rows)
    return numbered


def _row(decision_id: int, new: NewDecision) -> tuple[Value, ...]:
    decision = new.decision
    body, judgement = both_to_json(decision)
    return (
        decision_id,
        new.return_id,
        new.revision,
        decision.policy_id,
        decision.policy_version,
        decision.policy_sha256,
        decision.as_of,
        decision.verdict.value,
        decision.label_kind,
        decision.label_valid_days,
        _sha256(judgement),
        body,
        new.actor,
    )


def _line_row(decision_id: int, n: int, line: LineDecision) -> tuple[Value, ...]:
    return (
        decision_id,
        n,
        line.line,
        line.sku,
        line.quantity,
        line.reason,
        line.fault.value,
        str(line.resolution),
        line.verdict.value,
        pack(line.codes),
        line.deadline_on.isoformat() if line.deadline_on else None,
        _keeps_item(line.settings),
    )


def _is_kept(settings: tuple[Setting, ...]) -> int:
    return int(any(one.name == "keep_item" and one.value not in _NOT_KEPT for one in settings))


_keeps_item = Remembered(_is_kept)


def judgement_digest(decision: Decision) -> str:
    """SHA-256 of what a decision says, in hex: equal digests are the same judgement.

    The moment (``as_of``), the facts and the traces are left out: they change from day to day
    while the judgement does not.
    """
    return _sha256(judgement_to_json(decision))


def _sha256(text: str) -> str:
    import hashlib  # loads OpenSSL: not for commands that only read

    return hashlib.sha256(text.encode()).hexdigest()


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
    allow(store, [Allowed(return_id, order_pk, decision_id, one) for one in rows])


def allow(store: Store, changes: Iterable[Allowed]) -> None:
    """As :func:`add_authorizations`, for many returns."""
    wanted = [one for one in changes if one.change.quantity]
    start = next_number(store.connection, "authorization") if wanted else 1
    rows = (
        (
            number,
            one.return_id,
            one.order_pk,
            one.change.line,
            one.change.quantity,
            one.change.cause,
            one.decision_id,
            one.change.authorized_at,
            one.change.actor,
            one.change.why,
        )
        for number, one in enumerate(wanted, start)
    )
    add_facts(store.connection, "authorization", rows)


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
                decision_id, return_id, rma, revision, decision_from_json(body), actor, body
            )
        last = rows[-1][0]
