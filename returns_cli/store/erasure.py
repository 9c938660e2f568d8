"""Taking a person out of the store: every row, every free page, and for good."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from returns_cli.store.batches import forget_parts
from returns_cli.store.connection import Store
from returns_cli.store.evidence import ERASED
from returns_cli.store.facts import FACTS, seal_of
from returns_cli.store.order_rows import content_hash, read_orders
from returns_cli.store.people import Person
from returns_cli.store.suppression import person_refs, suppress, without_person

_FORGET_ORDERS = """
DELETE FROM order_person WHERE order_pk IN (SELECT value FROM json_each(?))
"""
_FORGET_SEARCH = """
DELETE FROM return_search WHERE return_id IN (SELECT value FROM json_each(?))
"""
_FORGET_NOTES = """
DELETE FROM return_note WHERE return_id IN (SELECT value FROM json_each(?))
"""
_FORGET_CUSTOMERS = """
DELETE FROM customer WHERE customer_pk IN (SELECT value FROM json_each(?))
"""
_FREE_TEXT = {
    ("ruling", "why"): """
SELECT ruling_id, why FROM ruling WHERE return_id IN (SELECT value FROM json_each(?))
""",
    ("inspection", "note"): """
SELECT inspection_id, note FROM inspection WHERE return_id IN (SELECT value FROM json_each(?))
""",
    ("evidence", "text"): """
SELECT evidence_id, text FROM evidence WHERE return_id IN (SELECT value FROM json_each(?))
""",
    ("authorization", "why"): """
SELECT authorization_id, why FROM authorization
WHERE return_id IN (SELECT value FROM json_each(?))
""",
    ("refund_event", "why"): """
SELECT e.refund_event_id, e.why FROM refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
WHERE f.return_id IN (SELECT value FROM json_each(?))
""",
}
_ANYWHERE = {
    ("credit_move", "why"): "SELECT credit_move_id, why FROM credit_move WHERE why <> ''",
    ("exchange_move", "why"): "SELECT exchange_move_id, why FROM exchange_move WHERE why <> ''",
    ("unexpected_move", "note"): """
SELECT unexpected_move_id, note FROM unexpected_move WHERE note <> ''
""",
}
"""Texts that need not belong to a return of the person, and may name them all the same."""
_RESULTS = "SELECT file_id, result FROM source_file_result"
_HASHES = "UPDATE orders SET content_hash = ?, stored_hash = ?, mark = NULL WHERE order_pk = ?"
_FOLLOWS_SOURCE = "SELECT stored_hash IS NULL FROM orders WHERE order_pk = ?"
_GUARD = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?"
_UNKNOWN = bytes(16)
_REDACTED = ERASED
_THEIRS = {("evidence", "text"), ("inspection", "note")}
"""Texts of the bench about the person's goods: they go, whatever they say."""


def erase_person(store: Store, person: Person, *, orders_until: str, actor: str) -> None:
    """Take a person out of every row, and remember not to take them in again. A transaction.

    Orders, returns, decisions, goods and money stay as facts without a name, and the journal
    verifies as before. Free texts that name the person are replaced. :func:`sweep` follows, which
    takes them out of the file's free pages.
    """
    connection = store.connection
    orders, returns = json.dumps(person.order_pks), json.dumps(person.return_ids)
    refs = [ref for one in person.ids for ref in person_refs(store.salt, one, "")]
    refs += [ref for one in person.mails for ref in person_refs(store.salt, "", one)]
    with store.writing():
        known = read_orders(connection, person.order_pks)
        suppress(store, refs, orders_until, actor)
        for pk, order in known.items():
            (follows,) = connection.execute(_FOLLOWS_SOURCE, (pk,)).fetchone()
            bare = content_hash(without_person(order))
            connection.execute(_HASHES, (*((bare, None) if follows else (_UNKNOWN, bare)), pk))
        connection.execute(_FORGET_ORDERS, (orders,))
        connection.execute(_FORGET_SEARCH, (returns,))
        connection.execute(_FORGET_NOTES, (returns,))
        forget_parts(store)
        connection.execute(_FORGET_CUSTOMERS, (json.dumps(person.customer_pks),))
        for (table, column), select in _FREE_TEXT.items():
            rows = connection.execute(select, (returns,)).fetchall()
            is_theirs = (table, column) in _THEIRS
            named = [pk for pk, text in rows if text and (is_theirs or person.is_named_in(text))]
            _rewrite(store, table, column, dict.fromkeys(named, _REDACTED))
        for (table, column), select in _ANYWHERE.items():
            rows = connection.execute(select).fetchall()
            named = [pk for pk, text in rows if person.is_named_in(text)]
            _rewrite(store, table, column, dict.fromkeys(named, _REDACTED))
        _rewrite(store, "source_file_result", "result", _results_without(store, person))


def sweep(store: Store) -> None:
    """Write the file anew, so that nothing of what was deleted is left in it; no transaction."""
    store.connection.execute("VACUUM")


def _results_without(store: Store, person: Person) -> dict[int, str]:
    """Answers of imports whose problems keep a cell that names the person, without it."""
    mended: dict[int, str] = {}
    for file_id, text in store.connection.execute(_RESULTS).fetchall():
        answer = json.loads(text)
        named = [
            one
            for one in answer.get("problems", ())
            if person.is_named_in(f"{one['value'] or ''}") or person.is_named_in(one["message"])
        ]
        for problem in named:
            problem.update(value=_REDACTED, message=_REDACTED)
        if named:
            mended[file_id] = json.dumps(answer, ensure_ascii=False)
    return mended


def _rewrite(store: Store, table: str, column: str, texts: dict[int, str]) -> None:
    """Replace a text in rows of a table of facts, by row number, and seal them anew."""
    columns = FACTS[table]
    key, connection = columns[0], store.connection
    select = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ?"  # noqa: S608 - names from FACTS
    change = f"UPDATE {table} SET {column} = ?, seal = ? WHERE {key} = ?"  # noqa: S608 - names from FACTS
    with _unguarded(store, table):
        for pk, text in texts.items():
            row = connection.execute(select, (pk,)).fetchone()
            values = tuple(
                text if name == column else old for name, old in zip(columns, row, strict=True)
            )
            connection.execute(change, (text, seal_of(table, values), pk))


@contextmanager
def _unguarded(store: Store, table: str) -> Iterator[None]:
    """Lift the rule that rows of a table never change, for an erasure alone; inside a transaction.

    The trigger is put back word for word before the transaction ends, so nobody else ever sees the
    store without it.
    """
    name = f"{table}_no_update"
    connection = store.connection
    (rule,) = connection.execute(_GUARD, (name,)).fetchone()
    connection.execute(f"DROP TRIGGER {name}")
    yield
    connection.execute(rule)
