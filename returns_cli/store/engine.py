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


@dataclass(frozen=True, slots=True)
class Engine:
    """Version of the library, how many threads it serves, and features that it lacks."""

    version: str
    is_threadsafe: bool
    lacks: tuple[str, ...]


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
    finally:
        connection.close()
    return Engine(sqlite3.sqlite_version, sqlite3.threadsafety > 0, tuple(lacks))
