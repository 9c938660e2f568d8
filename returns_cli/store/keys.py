"""Idempotency keys."""

from __future__ import annotations

from returns_cli.store.connection import Store


def recall(store: Store, scope: str, key: str, body_hash: str) -> str | None:
    """The result kept for a key."""
    raise NotImplementedError


def remember(store: Store, scope: str, key: str, body_hash: str, result: str) -> None:
    """Keep a result."""
    raise NotImplementedError
