"""What the store keeps of ``shop.yaml``, so that a command need not read YAML again.

A copy, never the source: it stands for one text of the file and one version of the program.
"""

from __future__ import annotations

from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_NAME = "shop.yaml"
_FIND = "SELECT body FROM kept_settings WHERE name = ? AND source = ? AND program = ?"
_FORGET = "DELETE FROM kept_settings WHERE name = ?"


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
