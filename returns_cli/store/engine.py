"""The SQLite that this Python brings: its version, and what the store needs of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

NEEDED = {
    "STRICT tables": "CREATE TABLE probe (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT",
    "JSON": "SELECT value FROM json_each('[1]')",
    "triggers that refuse": """CREATE TRIGGER probe_guard BEFORE DELETE ON probe
BEGIN SELECT RAISE(ABORT, 'kept'); END""",
}
"""Features by name, each with a statement that fails without it."""


_OF_NOTE = frozenset({"THREADSAFE", "SECURE_DELETE", "DEFAULT_SYNCHRONOUS", "ENABLE_API_ARMOR"})


@dataclass(frozen=True, slots=True)
class Engine:
    """The library.

    Attributes:
        is_threadsafe: it was compiled with its locks.
        lacks: features of ``NEEDED``.
        flags: of how it was compiled, those that a store's safety hangs on.
    """

    version: str
    is_threadsafe: bool
    lacks: tuple[str, ...]
    flags: tuple[str, ...] = ()


def examine_engine() -> Engine:
    """Try what the store needs on a database in memory."""
    lacks = []
    connection = sqlite3.connect(":memory:")
    try:
        for feature, statement in NEEDED.items():
            try:
                connection.execute(statement)
            except sqlite3.Error:
                lacks.append(feature)
        compiled = [flag for (flag,) in connection.execute("PRAGMA compile_options")]
    finally:
        connection.close()
    flags = tuple(flag for flag in compiled if flag.partition("=")[0] in _OF_NOTE)
    return Engine(sqlite3.sqlite_version, sqlite3.threadsafety > 0, tuple(lacks), flags)
