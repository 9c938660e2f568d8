"""What the store keeps of YAML files, so that a command need not read YAML again.

A copy, never the source: it stands for one text of a file and one version of the program.
"""

from __future__ import annotations

import sqlite3

from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, seal_of

_NAME = "shop.yaml"
_FIND = "SELECT body FROM kept_settings WHERE name = ? AND source = ? AND program = ?"
_FORGET = "DELETE FROM kept_settings WHERE name = ?"
_TREE = "yaml/"
_MOST_TREES = 64
_FIND_TREE = "SELECT name, source, program, body, seal FROM kept_settings WHERE name = ?"
_COUNT_TREES = "SELECT count(*) FROM kept_settings WHERE name GLOB 'yaml/*'"
_FORGET_OLD_TREES = "DELETE FROM kept_settings WHERE name GLOB 'yaml/*' AND program <> ?"
_FORGET_TREES = "DELETE FROM kept_settings WHERE name GLOB 'yaml/*'"


def find_settings(store: Store, source: bytes, program: str) -> str | None:
    """What was kept of exactly this text by this version of the program; None where nothing was.

    Opens a read transaction.

    Args:
        store: the store.
        source: the bytes of ``shop.yaml``.
        program: the version that reads them.
    """
    with store.reading():
        row = store.connection.execute(_FIND, (_NAME, source, program)).fetchone()
    return None if row is None else str(row[0])


def keep_settings(store: Store, source: bytes, program: str, body: str) -> None:
    """Keep what a text of ``shop.yaml`` says, instead of what was kept. Opens a transaction."""
    row: dict[str, Value] = {"name": _NAME, "source": source, "program": program, "body": body}
    with store.writing():
        store.connection.execute(_FORGET, (_NAME,))
        add_fact(store.connection, "kept_settings", row)


def find_tree(store: Store, sha256: str, program: str) -> str | None:
    """The tree of a text that was read before by this version of the program.

    None where there is none, it is not what was written, or the store cannot say: the text itself
    is read then.

    Args:
        store: the store; it may be closed by now.
        sha256: of the text, hex.
        program: the version that reads it.
    """
    try:
        row = store.connection.execute(_FIND_TREE, (_TREE + sha256,)).fetchone()
    except sqlite3.Error:
        return None
    if row is None or row[2] != program or seal_of("kept_settings", row[:4]) != row[4]:
        return None
    return str(row[3])


def keep_tree(store: Store, sha256: str, program: str, body: str) -> None:
    """Keep the tree of a text, instead of one that is kept of it; inside a transaction.

    Trees that other versions made are forgotten, and all of them once there are very many. A store
    that cannot keep one does without.
    """
    connection = store.connection
    name = _TREE + sha256
    row: dict[str, Value] = {"name": name, "source": b"", "program": program, "body": body}
    try:
        connection.execute(_FORGET, (name,))
        connection.execute(_FORGET_OLD_TREES, (program,))
        if connection.execute(_COUNT_TREES).fetchone()[0] >= _MOST_TREES:
            connection.execute(_FORGET_TREES)
        add_fact(connection, "kept_settings", row)
    except sqlite3.Error:
        if not connection.in_transaction:  # SQLite undid all of it: disk full, I/O error
            raise
