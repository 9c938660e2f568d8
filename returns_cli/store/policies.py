"""Policy texts by SHA-256: a decision can be read and derived again from the store alone (I9)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from returns_cli.domain.errors import StoreError
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_FIND = "SELECT sha256, policy_id, shown_as, text FROM policy_text WHERE sha256 = ?"


class PolicyText(NamedTuple):
    """A policy's text as it was when a decision was made by it."""

    sha256: str
    policy_id: str
    shown_as: str
    text: bytes


def keep_policy_text(store: Store, sha256: str, policy_id: str, shown_as: str, text: bytes) -> None:
    """Keep a text; inside a transaction, before the decision that cites it. Again is fine.

    Args:
        store: the store.
        sha256: of ``text``, hex.
        policy_id: the policy's own name.
        shown_as: what citations print, ``policies/standard.yaml``.
        text: the file's bytes.

    Raises:
        StoreError: ``E-STORE-RULE``, the digest is not that of the text.
    """
    if hashlib.sha256(text).hexdigest() != sha256:
        raise StoreError(
            "E-STORE-RULE",
            "The digest of the policy is not that of its text; nothing was recorded.",
            where=shown_as,
            hint="Please report this with the policy file.",
        )
    if policy_text(store, sha256) is None:
        row: dict[str, Value] = {"sha256": sha256, "policy_id": policy_id, "shown_as": shown_as}
        add_fact(store.connection, "policy_text", {**row, "text": text})


def policy_text(store: Store, sha256: str) -> PolicyText | None:
    """A kept text, or None."""
    row = store.connection.execute(_FIND, (sha256,)).fetchone()
    return None if row is None else PolicyText(*row)
