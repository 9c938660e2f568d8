"""Bringing a store up to date: all pending migrations in one transaction, after a backup.

sqlite-utils keeps the list of what was applied. It is imported here alone, since importing it
costs more than a whole ``receive`` should: a store that is up to date never comes here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.store import (
    action_schema,
    batch_schema,
    clawback_schema,
    credit_schema,
    evidence_schema,
    exchange_schema,
    goods_schema,
    order_mark_schema,
    parcel_schema,
    payment_schema,
    run_schema,
    source_refund_schema,
    statement_schema,
    suppression_schema,
    views_schema,
)
from returns_cli.store.facts import add_fact
from returns_cli.store.first_schema import STATEMENTS
from returns_cli.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Migrations

Step = tuple[str, tuple[str, ...]]

# Name and statements, oldest first. A step that a release carried is never changed.
STEPS: tuple[Step, ...] = (
    ("first_schema", STATEMENTS),
    ("source_refunds", source_refund_schema.STATEMENTS),
    ("parcels", parcel_schema.STATEMENTS),
    ("order_marks", order_mark_schema.STATEMENTS),
    ("runs", run_schema.STATEMENTS),
    ("suppression", suppression_schema.STATEMENTS),
    ("goods", goods_schema.STATEMENTS),
    ("credits", credit_schema.STATEMENTS),
    ("views", views_schema.STATEMENTS),
    ("payments", payment_schema.STATEMENTS),
    ("batches", batch_schema.STATEMENTS),
    ("exchanges", exchange_schema.STATEMENTS),
    ("statements", statement_schema.STATEMENTS),
    ("actions", action_schema.STATEMENTS),
    ("clawback", clawback_schema.STATEMENTS),
    ("views_again", views_schema.AGAIN),
    ("evidence", evidence_schema.STATEMENTS),
)


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    *,
    salt: bytes | None = None,
    steps: Sequence[Step] | None = None,
) -> bool:
    """Apply every pending migration, or none. Opens a transaction.

    What is pending is read inside it, so that of many first starts at once one does the work.

    Args:
        connection: to a new or older store.
        path: of the store; the backup of an older one goes beside it.
        salt: the shop's salt, for a new store.
        steps: the migrations to know; by default those of this program.

    Returns:
        True when something was applied.
    """
    import sqlite_utils

    steps = STEPS if steps is None else steps
    migrations = _registered(steps)
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = sqlite_utils.Database(connection, execute_plugins=False)
        pending = migrations.pending(database)
        if pending:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version:
                _back_up(path, version)
            migrations.apply(database)
            connection.execute(f"PRAGMA user_version = {len(steps)}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            if salt is not None:
                add_fact(connection, "meta", {"name": "salt", "value": salt})
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return bool(pending)


def _registered(steps: Sequence[Step]) -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations("returns")
    for name, statements in steps:
        migrations(name=name)(_Application(name, statements))
    return migrations


class _Application:
    """A migration as sqlite-utils calls it: with the database, knowing its own name."""

    def __init__(self, name: str, statements: tuple[str, ...]) -> None:
        self.__name__ = name
        self._statements = statements

    def __call__(self, database: object, /) -> None:
        connection: sqlite3.Connection = database.conn  # type: ignore[attr-defined]  # its own type is an optional import
        for statement in self._statements:
            connection.execute(statement)


def _back_up(path: Path, version: int) -> None:
    """Copy the older store as it is, while the transaction keeps everybody from changing it.

    Through a connection of its own: SQLite copies nothing from one that is about to write.

    It stays as ``returns.db.v1.backup`` with a manifest, so that ``restore`` takes it; the copy of
    an earlier attempt keeps its name, this one gets a number.
    """
    from returns_cli.store.connection import connect
    from returns_cli.store.copies import keep_copy

    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        copy = path.with_name(f"{path.name}.v{version}{suffix}.backup")
        if not os.path.lexists(copy):
            break
        number += 1
    with closing(connect(path)) as reader:
        keep_copy(reader, copy)
