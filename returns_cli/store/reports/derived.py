"""Tables that reports read, kept beside the store and derived from it alone.

A report over a million order lines cannot look at each of them. So what reports count
(``subjects``) lies ready in a file of its own, ``returns.db.reports``; a shop that is not large
needs none and counts in memory. Nothing is written when facts are: a report first catches up with
the orders that something happened to since (``marks``). What is derived is never backed up and may
be deleted at any time; ``returns check`` makes it again and compares.
"""

# ruff: noqa: S608 - statements are put together from the names of this package

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store, uri_of
from returns_cli.store.reports.decision_texts import rules_in, setting_in
from returns_cli.store.reports.delivered import SENT_BACK, delivered_units
from returns_cli.store.reports.marks import Marks, is_same_store, marks_of, touch
from returns_cli.store.reports.subjects import EXPRESSIONS, Filling, Subject, all_days
from returns_cli.store.schema import DERIVED_NAME

_FILLED = """CREATE TABLE IF NOT EXISTS filled (
  subject TEXT PRIMARY KEY, shape TEXT NOT NULL, marks TEXT NOT NULL) STRICT, WITHOUT ROWID"""
LARGE = 2_000  # orders, from which on what was counted is kept
_TOUCHED = "AND o.order_pk IN (SELECT order_pk FROM touched)"
_WAIT_SECONDS = 10.0  # for another report that is catching up


def derived(store: Store, scope: Scope, *subjects: Subject) -> sqlite3.Connection:
    """A connection that reads these subjects as the store has them now; inside a read.

    The store's own tables can be read by it as well. Where the file cannot be used (no right to
    write there, damaged, another report is filling it) the same is counted in memory.

    Args:
        store: which is being read; it closes the connection.
        scope: its time zone says when a day begins.
        subjects: to have ready.
    """
    store.connection.execute("SELECT count(*) FROM meta").fetchone()  # from here on it stands still
    if store.beside is None:
        store.beside = _open(store)
    try:
        _bring_up_to_date(store.beside, store, scope, subjects)
    except sqlite3.Error:
        if is_in_memory(store.beside):
            raise
        store.beside.close()
        store.beside = connect(None, store.path)
        _bring_up_to_date(store.beside, store, scope, subjects)
    return store.beside


def _open(store: Store) -> sqlite3.Connection:
    (orders,) = store.connection.execute("SELECT coalesce(max(order_pk), 0) FROM orders").fetchone()
    if orders >= LARGE:
        try:
            path = store.folder / DERIVED_NAME
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
            return connect(path, store.path)
        except (OSError, sqlite3.Error):
            pass  # it is counted in memory
    return connect(None, store.path)


def connect(facts: Path | None, store: Path) -> sqlite3.Connection:
    """Open derived tables, of a file that exists or in memory, with their store to read from."""
    connection = sqlite3.connect(
        uri_of(facts, "rw") if facts else ":memory:",
        isolation_level=None,
        timeout=_WAIT_SECONDS,
        uri=True,
    )
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("ATTACH ? AS store", (uri_of(store, "ro"),))
        connection.execute("CREATE TEMP TABLE touched (order_pk INTEGER PRIMARY KEY)")
        connection.execute(_FILLED)
    except sqlite3.Error:
        connection.close()
        raise
    connection.create_function("setting_in", 2, setting_in, deterministic=True)
    connection.create_function("rules_in", 2, rules_in, deterministic=True)
    return connection


def is_in_memory(connection: sqlite3.Connection) -> bool:
    """Whether derived tables have no file."""
    (_, _, path) = connection.execute("PRAGMA database_list").fetchone()
    return not path


def _bring_up_to_date(
    connection: sqlite3.Connection, store: Store, scope: Scope, subjects: Sequence[Subject]
) -> None:
    now = marks_of(store.connection)
    stale = [one for one in subjects if _known(connection, one, scope) != now]
    if not stale:
        return
    connection.execute("BEGIN")
    try:
        connection.execute("DELETE FROM filled WHERE subject = ''")  # the right to write, or none
        for subject in stale:
            catch_up(connection, store, scope, subject)
            told = subject.name, _shape(subject, scope), json.dumps(now)
            connection.execute("INSERT OR REPLACE INTO filled VALUES (?, ?, ?)", told)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def catch_up(connection: sqlite3.Connection, store: Store, scope: Scope, subject: Subject) -> None:
    """Bring a subject's tables up to date, or make them; inside a transaction."""
    filling = Filling(all_days(scope), *delivered_units(store), "")
    known = _known(connection, subject, scope)
    if known is None or not is_same_store(store.connection, known):
        _fill(connection, subject, filling)
    else:
        touch(connection, known, marks_of(store.connection))
        _recount(connection, subject, filling._replace(touched=_TOUCHED))


def is_filled(connection: sqlite3.Connection, scope: Scope, subject: Subject) -> bool:
    """Whether a subject has tables, made by this program for this time zone."""
    return _known(connection, subject, scope) is not None


def _known(connection: sqlite3.Connection, subject: Subject, scope: Scope) -> Marks | None:
    """How far a subject's tables have come; None where there are none that fit."""
    query = "SELECT marks FROM filled WHERE subject = ? AND shape = ?"
    row = connection.execute(query, (subject.name, _shape(subject, scope))).fetchone()
    if row is None:
        return None
    return {table: (number, seal) for table, (number, seal) in json.loads(row[0]).items()}


def _shape(subject: Subject, scope: Scope) -> str:
    """Tells tables apart that other statements made, or another time zone."""
    made = subject.filled(Filling(all_days(scope), "", "l.shipped_quantity", ""))
    text = "\n".join((made, *map(str, subject[:-1])))
    return hashlib.sha256(text.encode()).hexdigest()


def _fill(connection: sqlite3.Connection, subject: Subject, filling: Filling) -> None:
    """Make a subject's tables anew from the whole store; inside a transaction."""
    for table in subject.tables:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _tables(subject):
        connection.execute(statement)
    _add_rows(connection, subject, filling)
    for table, groups in subject.rolls:
        connection.execute(_added(subject, table, groups, "+", ""))


def _recount(connection: sqlite3.Connection, subject: Subject, filling: Filling) -> None:
    """Take away what the touched orders counted for, and add what they do now."""
    (any_touched,) = connection.execute("SELECT EXISTS (SELECT 1 FROM touched)").fetchone()
    if not any_touched:
        return
    where = "WHERE order_pk IN (SELECT order_pk FROM touched)"
    for table, groups in subject.rolls:
        connection.execute(_added(subject, table, groups, "-", where))
    connection.execute(f"DELETE FROM {subject.name} {where}")
    _add_rows(connection, subject, filling)
    for table, groups in subject.rolls:
        connection.execute(_added(subject, table, groups, "+", where))
        connection.execute(f"DELETE FROM {table} WHERE rows = 0")


def _tables(subject: Subject) -> Iterable[str]:
    columns = ["order_pk INTEGER", *subject.key.split(", "), *subject.columns.split(", ")]
    key = ", ".join(part.split()[0] for part in ("order_pk", *subject.key.split(", ")) if part)
    types = dict(one.split() for one in columns if one)
    yield f"""CREATE TABLE {subject.name} ({", ".join(filter(None, columns))}, rows INTEGER,
  PRIMARY KEY ({key})) STRICT, WITHOUT ROWID"""
    for table, groups in subject.rolls:
        told = [f"{name} {types.get(name, 'INTEGER')}" for name in (*groups, *subject.sums, "rows")]
        yield f"""CREATE TABLE {table} ({", ".join(told)}, PRIMARY KEY ({", ".join(groups)}))
  STRICT, WITHOUT ROWID"""


def _add_rows(connection: sqlite3.Connection, subject: Subject, filling: Filling) -> None:
    ctes = f"WITH {SENT_BACK}" if filling.sent_back else ""
    names = ", ".join(subject.names)
    connection.execute(f"INSERT INTO {subject.name} ({names}) {ctes} {subject.filled(filling)}")


def _added(subject: Subject, table: str, groups: Sequence[str], sign: str, where: str) -> str:
    """Add or take away the sums of a subject's rows."""
    sums = (*subject.sums, "rows")
    names = ", ".join((*groups, *sums))
    grouped = ", ".join(EXPRESSIONS.get(name, name) for name in groups)
    added = ", ".join(f"{sign}sum({name})" for name in sums)
    updated = ", ".join(f"{name} = {name} + excluded.{name}" for name in sums)
    numbers = ", ".join(map(str, range(1, len(groups) + 1)))
    return f"""INSERT INTO {table} ({names})
SELECT {grouped}, {added} FROM {subject.name} {where or "WHERE true"} GROUP BY {numbers}
ON CONFLICT ({", ".join(groups)}) DO UPDATE SET {updated}"""
