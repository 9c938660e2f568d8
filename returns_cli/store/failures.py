"""What SQLite reports, in the words of a shop.

Triggers raise ``E-CODE sentence``; a code that stands for a wrong state or a limit becomes a
:class:`ConflictError`, all else a :class:`StoreError`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from returns_cli.domain.errors import ConflictError, ReturnsError, StoreError

_CONFLICT_HINTS = {
    "E-OVER-AUTHORIZED": "Amend the return first, or approve fewer units.",
    "E-OVER-SHIPPED": "See the order's other returns: returns find ORDER.",
    "E-OVER-RECEIVED": "Record the surplus as unexpected goods.",
    "E-OVER-INSPECTED": "Receive the units first: returns receive RMA --item LINE:UNITS.",
    "E-OVER-DISPOSED": "Inspect the units first: returns inspect RMA --item LINE:UNITS=GRADE.",
    "E-UNEXPECTED-GONE": "See what is left: returns unexpected list --all.",
    "E-UNITS-HELD": "See what happened so far: returns history RMA.",
    "E-OVER-REFUNDED": "See what is left to pay: returns quote RMA.",
    "E-REFUND-SUM": "Nothing was recorded; please report this with the output of returns check.",
    "E-REFUND-DECISION": "Evaluate or approve the return first.",
    "E-CREDIT-SPENT": "See what is left of it: returns credit balance CODE.",
    "E-CREDIT-EXPIRED": "See it: returns credit balance CODE.",
    "E-EXCHANGE-SENT": "See what was sent: returns exchanges list.",
    "E-EXCHANGE-OWED": "See what is owed: returns exchanges list.",
    "E-REFERENCE-USED": "See the refunds recorded: returns refunds list.",
    "E-STATE": "See its state: returns refunds show REFUND.",
    "E-WHY-MISSING": "Say why with --why.",
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BY_CODE: dict[int, tuple[str, str, str]] = {
    sqlite3.SQLITE_FULL: (
        "E-STORE-FULL",
        "The disk is full; nothing of this command was recorded.",
        "Free some space and run the command again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "E-STORE-READ-ONLY",
        "The store cannot be written.",
        "Check the permissions of the file and its folder, and that the disk is not read-only.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "E-STORE-OPEN",
        "The store cannot be opened.",
        "Check the permissions of the file and its folder.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "E-STORE-DAMAGED",
        "The store is damaged.",
        "Copy the file away, then restore a backup: returns restore FILE.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "E-STORE-FOREIGN",
        "The file is not a store of this program.",
        "Move it away, or restore a backup: returns restore FILE.",
    ),
    sqlite3.SQLITE_IOERR: (
        "E-STORE-IO",
        "The disk reports an error; nothing of this command was recorded.",
        "Check the disk, then run: returns check.",
    ),
}


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> ReturnsError:
    """The error to raise for one of sqlite3.

    Args:
        error: as caught; text that is no UTF-8 stands for a damaged file.
        path: of the store.
    """
    if isinstance(error, UnicodeDecodeError):
        return _known(sqlite3.SQLITE_CORRUPT, path)
    text = str(error)
    code, _, said = text.partition(" ")
    sentence = f"{said[:1].upper()}{said[1:]}."
    if code in _CONFLICT_HINTS:
        return ConflictError(code, sentence, hint=_CONFLICT_HINTS[code])
    if code == "E-STORE-RULE":
        return StoreError(code, sentence, where=str(path), hint="Run: returns check.")
    number = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code of an extended one
    if number in _BUSY:
        return StoreError(
            "E-STORE-LOCKED",
            f"The store is in use by another program{_holder(path)} and stayed so for 5 seconds.",
            where=str(path),
            hint="Wait for the other program to finish, then run the command again.",
        )
    if number in _BY_CODE:
        return _known(number, path)
    return StoreError(
        "E-STORE-FAILED",
        f"The store refused the work: {text}.",
        where=str(path),
        hint="Nothing of this command was recorded. Run: returns check.",
    )


def foreign(path: Path) -> StoreError:
    """The error of a file that another program made."""
    return _known(sqlite3.SQLITE_NOTADB, path)


def _known(number: int, path: Path) -> StoreError:
    code, message, hint = _BY_CODE[number]
    return StoreError(code, message, where=str(path), hint=hint)


def _holder(path: Path) -> str:
    """`` (process 123)`` where Linux says who holds a lock on the file, else nothing."""
    try:
        inode = path.stat().st_ino
        rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    except OSError:
        return ""
    holders = [
        row[4] for row in rows if len(row) > 5 and row[1] != "->" and row[5].endswith(f":{inode}")
    ]
    return f" (process {holders[0]})" if holders else ""
