"""Proving the whole store: the file, every row, the journal, every invariant. Repairs nothing.

The checks are a tuple of small functions. Each gives problems in the order of its records, so that
the first bad record is named first. None of them relies on the triggers.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice

from returns_cli.domain.decision_json import decision_from_json, decision_to_json
from returns_cli.domain.errors import Problem
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.balances_apart import account_problems
from returns_cli.store.connection import Store
from returns_cli.store.credits import credit_problems
from returns_cli.store.decisions import judgement_digest
from returns_cli.store.exchanges import exchange_problems
from returns_cli.store.facts import FACTS, seal_of
from returns_cli.store.invariants import INVARIANTS
from returns_cli.store.journal import JournalReport, verify_journal
from returns_cli.store.omissions import omitted_facts
from returns_cli.store.order_rows import content_hash, person_row, read_orders
from returns_cli.store.refund_postings import order_ref, postings_of
from returns_cli.store.refund_rows import read_refunds
from returns_cli.store.search_text import found_by

_MOST_PROBLEMS = 100
_SCHEMA = """
SELECT type, name, sql FROM sqlite_schema
WHERE sql IS NOT NULL AND tbl_name NOT IN ('_sqlite_migrations', 'sqlite_sequence')
ORDER BY type, name
"""
_ORDERS = """
SELECT o.order_pk, coalesce(o.stored_hash, o.content_hash), p.person_key
FROM orders o LEFT JOIN order_person p ON p.order_pk = o.order_pk
WHERE o.order_pk > ? ORDER BY o.order_pk LIMIT 2000
"""
_SEARCH = """
SELECT r.rma, p.name, p.email, p.ship_name, p.ship_company, p.ship_postcode,
  s.name, s.email, s.postcode
FROM returns r LEFT JOIN order_person p ON p.order_pk = r.order_pk
LEFT JOIN return_search s ON s.return_id = r.return_id ORDER BY r.return_id
"""
_TEXTS = "SELECT sha256, text FROM policy_text ORDER BY sha256"
_DECISIONS = """
SELECT decision_id, body, digest, policy_sha256, verdict, as_of FROM decision ORDER BY decision_id
"""
_EVENTS = """
SELECT e.refund_pk, e.refund_event_id, e.state, e.journal_seq, o.channel, o.order_id
FROM refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
JOIN orders o ON o.order_pk = f.order_pk
WHERE e.refund_pk > ? AND e.refund_pk <= ? ORDER BY e.refund_pk, e.refund_event_id
"""
_REFUND_PKS = "SELECT refund_pk FROM refund WHERE refund_pk > ? ORDER BY refund_pk LIMIT 2000"
_POSTINGS = """
SELECT account, order_ref, currency, minor FROM posting WHERE seq = ?
ORDER BY account, order_ref
"""
_LOOSE = """
SELECT j.seq FROM journal j LEFT JOIN refund_event e ON e.journal_seq = j.seq
WHERE e.refund_event_id IS NULL AND j.kind LIKE 'refund%' ORDER BY j.seq
"""
_UNREADABLE = (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError)


def check_store(store: Store) -> JournalReport:
    """Prove the store. Opens a read transaction; writes nothing.

    That decisions can be derived again from facts and policy text is for the caller to prove, who
    knows the policy language (``decisions.iterate_decisions``).

    Returns:
        The report, with the journal's count and head. Codes: ``E-CHECK-FILE`` (damaged),
        ``E-CHECK-LINK``, ``E-CHECK-SEAL`` (a row is not what was written), ``E-CHECK-OMITTED`` (a
        row was taken out), ``E-CHECK-RULES`` (the schema was altered), ``E-CHECK-POLICY``,
        ``E-CHECK-BALANCE``, ``E-CHECK-I1`` … ``I10``, and those of ``verify_journal``.
    """
    problems: list[Problem] = []
    with store.reading():
        for check in CHECKS:
            try:
                problems += islice(check(store), _MOST_PROBLEMS)
            except _UNREADABLE as error:
                said = str(error).rstrip(".")
                problems.append(Problem("E-CHECK-FILE", f"The store cannot be read: {said}."))
        journal = verify_journal(store)
    problems += journal.problems
    return JournalReport(not problems, journal.entries, journal.head, tuple(problems))


def _file(store: Store) -> Iterator[Problem]:
    for (line,) in store.connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem("E-CHECK-FILE", f"The file is damaged: {line}.")


def _links(store: Store) -> Iterator[Problem]:
    for table, row, parent, _ in store.connection.execute("PRAGMA foreign_key_check"):
        yield Problem("E-CHECK-LINK", f"{table} {row} points to a {parent} that is not there.")


def _rules(store: Store) -> Iterator[Problem]:
    from returns_cli.store.migrate import STEPS

    pristine = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for _, statements in STEPS:
            for statement in statements:
                pristine.execute(statement)
        wanted = {(kind, name): sql for kind, name, sql in pristine.execute(_SCHEMA)}
    finally:
        pristine.close()
    found = {(kind, name): sql for kind, name, sql in store.connection.execute(_SCHEMA)}
    for kind, name in sorted(wanted.keys() | found.keys()):
        if wanted.get((kind, name)) != found.get((kind, name)):
            yield Problem("E-CHECK-RULES", f"The {kind} {name} is not as this program makes it.")


def _seals(store: Store) -> Iterator[Problem]:
    for table, columns in FACTS.items():
        sql = f"SELECT {', '.join(columns)}, seal FROM {table}"  # noqa: S608 - names of FACTS
        for *values, seal in store.connection.execute(sql):
            if seal_of(table, tuple(values)) != seal:
                place = "/".join(str(value) for value in values[:2])
                yield Problem("E-CHECK-SEAL", f"{table} {place} is not what was written.")


def _orders(store: Store) -> Iterator[Problem]:
    last = 0
    while rows := store.connection.execute(_ORDERS, (last,)).fetchall():
        orders = read_orders(store.connection, [row[0] for row in rows])
        for pk, stored, person_key in rows:
            person = person_row(orders[pk]) if pk in orders else None
            is_known = person_key == (person and person[0])
            if pk not in orders or content_hash(orders[pk]) != stored or not is_known:
                yield Problem("E-CHECK-SEAL", f"Order number {pk} is not what was imported.")
        last = rows[-1][0]


def _search(store: Store) -> Iterator[Problem]:
    for rma, name, *rest in store.connection.execute(_SEARCH):
        wanted = (None,) * 3 if name is None else found_by(name, *rest[:4])
        if tuple(rest[4:]) != wanted:
            yield Problem("E-CHECK-SEAL", f"What {rma} is found by is not what its order says.")


def _policies(store: Store) -> Iterator[Problem]:
    for sha256, text in store.connection.execute(_TEXTS):
        if hashlib.sha256(text).hexdigest() != sha256:
            yield Problem("E-CHECK-POLICY", f"Policy text {sha256} has another SHA-256.")


def _decisions(store: Store) -> Iterator[Problem]:
    for decision_id, body, *columns in store.connection.execute(_DECISIONS):
        try:
            decision = decision_from_json(body)
            is_whole = decision_to_json(decision) == body
        except ValueError:
            yield Problem("E-CHECK-SEAL", f"Decision {decision_id} cannot be read.")
            continue
        said = [
            judgement_digest(decision),
            decision.policy_sha256,
            decision.verdict.value,
            decision.as_of,
        ]
        if not is_whole or said != columns:
            yield Problem("E-CHECK-SEAL", f"Decision {decision_id} does not agree with its text.")


def _balances(store: Store) -> Iterator[Problem]:
    """Every entry again from the refund that it is about; no entry without one."""
    connection = store.connection
    last = 0
    while pks := [pk for (pk,) in connection.execute(_REFUND_PKS, (last,))]:
        refunds = read_refunds(connection, pks)
        states: dict[int, RefundState] = {}
        for pk, _, state, seq, channel, order_id in connection.execute(_EVENTS, (last, pks[-1])):
            before = states.get(pk, RefundState.PLANNED)
            states[pk] = RefundState(state)
            if seq is None:
                continue
            refund = refunds[pk]._replace(state=before)
            ref = order_ref(store.salt, channel, order_id)
            entered = sorted(
                (one.account, one.order_ref, one.currency, one.minor)
                for one in postings_of(refund, states[pk], ref)
            )
            if connection.execute(_POSTINGS, (seq,)).fetchall() != entered:
                message = f"Journal entry {seq} does not agree with refund {refund.refund_id}."
                yield Problem("E-CHECK-BALANCE", message)
        for pk in pks:
            if pk not in states:
                name = refunds[pk].refund_id
                yield Problem("E-CHECK-BALANCE", f"Refund {name} was never entered in the journal.")
        last = pks[-1]
    for (seq,) in connection.execute(_LOOSE):
        yield Problem("E-CHECK-BALANCE", f"Journal entry {seq} belongs to no refund.")


def _invariants(store: Store) -> Iterator[Problem]:
    for code, sql in INVARIANTS:
        for (message,) in store.connection.execute(sql):
            yield Problem(code, f"{message[0].upper()}{message[1:]}.")


CHECKS: tuple[Callable[[Store], Iterator[Problem]], ...] = (
    _file,
    _links,
    _rules,
    _seals,
    omitted_facts,
    _orders,
    _search,
    _policies,
    _decisions,
    _balances,
    credit_problems,
    exchange_problems,
    account_problems,
    _invariants,
)
