"""Canonical JSON."""

from __future__ import annotations


def canonical_json(value: object) -> str:
    """Canonical JSON text."""
    raise NotImplementedError


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON, hex."""
    raise NotImplementedError
