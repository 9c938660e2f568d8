"""Policy texts."""

from __future__ import annotations

from dataclasses import dataclass

from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy's text."""

    sha256: str
    policy_id: str
    shown_as: str
    text: bytes


def keep_policy_text(store: Store, sha256: str, policy_id: str, shown_as: str, text: bytes) -> None:
    """Keep a text."""
    raise NotImplementedError


def policy_text(store: Store, sha256: str) -> PolicyText | None:
    """A kept text."""
    raise NotImplementedError
