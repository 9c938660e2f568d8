"""Finding returns."""

from __future__ import annotations

from dataclasses import dataclass

from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class Match:
    """A return found and by what."""

    return_id: int
    matched: str


def find_returns(store: Store, text: str, limit: int = 50) -> list[Match]:
    """Find returns."""
    raise NotImplementedError
