"""The parts of a stopped batch of rows that are done."""

from __future__ import annotations

from returns_cli.store.connection import Store

_PARTS = "SELECT body FROM batch_part WHERE command = ? AND work = ? ORDER BY part"
_KEEP = "INSERT INTO batch_part (command, work, part, body) VALUES (?, ?, ?, ?)"
_FORGET = "DELETE FROM batch_part WHERE command = ?"
_FORGET_ALL = "DELETE FROM batch_part"


def parts_done(store: Store, command: str, work: str) -> list[str]:
    """What was kept with each part of a batch that is done, in their order."""
    return [body for (body,) in store.connection.execute(_PARTS, (command, work))]


def keep_part(store: Store, command: str, work: str, part: int, body: str) -> None:
    """Keep that a part is done; in the transaction of its rows.

    A first part ends the waiting of every other batch of its command: nobody went on with it.
    """
    if part == 1:
        forget_parts(store, command)
    store.connection.execute(_KEEP, (command, work, part, body))


def forget_parts(store: Store, command: str | None = None) -> None:
    """Forget the parts of a command's batches, or of all; inside a transaction."""
    if command is None:
        store.connection.execute(_FORGET_ALL)
    else:
        store.connection.execute(_FORGET, (command,))
