"""Idempotency keys: one key, one effect (I6). Kept for ever, never pruned."""

from __future__ import annotations

from returns_cli.domain.errors import ConflictError
from returns_cli.store.connection import Store
from returns_cli.store.facts import add_fact

_FIND = "SELECT body_hash, result FROM idempotency_key WHERE scope = ? AND key = ?"


def recall(store: Store, scope: str, key: str, body_hash: str) -> str | None:
    """What was answered to a key before; inside a transaction.

    Args:
        store: the store.
        scope: what the key is for: ``open``, ``refund``, ``receive`` …
        key: the caller's key.
        body_hash: SHA-256 of the request's content, hex (``canonical.digest_of``).

    Returns:
        The result kept with the key, or None where the key is new.

    Raises:
        ConflictError: ``E-KEY-CONFLICT``, the key was used with other content.
    """
    row = store.connection.execute(_FIND, (scope, key)).fetchone()
    if row is None:
        return None
    if row[0] != body_hash:
        raise key_conflict(key)
    return str(row[1])


def result_of(store: Store, scope: str, key: str) -> str | None:
    """What a key was answered with, whatever its content; None where it is new."""
    row = store.connection.execute(_FIND, (scope, key)).fetchone()
    return None if row is None else str(row[1])


def key_conflict(key: str) -> ConflictError:
    """The error of a key that comes again with other content."""
    return ConflictError(
        "E-KEY-CONFLICT",
        f"The key {key} was used before with other content; nothing was recorded.",
        where=key,
        hint="Repeat the first request as it was, or give this one a key of its own.",
    )


def remember(store: Store, scope: str, key: str, body_hash: str, result: str) -> None:
    """Keep the answer to a key; inside the transaction that makes the effect."""
    add_fact(
        store.connection,
        "idempotency_key",
        {"scope": scope, "key": key, "body_hash": body_hash, "result": result},
    )
