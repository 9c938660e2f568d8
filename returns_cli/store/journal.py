"""The journal."""

from __future__ import annotations

from dataclasses import dataclass

from returns_cli.domain.errors import Problem
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class Anchor:
    """A count and head kept elsewhere."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class JournalReport:
    """What a check found."""

    ok: bool
    entries: int
    head: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """An account's balance."""

    account: str
    currency: str
    minor: int


def journal_head(store: Store) -> tuple[int, str]:
    """Entries and head."""
    raise NotImplementedError


def verify_journal(store: Store, anchor: Anchor | None = None) -> JournalReport:
    """Verify the chain."""
    raise NotImplementedError


def balances(store: Store) -> list[Balance]:
    """Balances."""
    raise NotImplementedError
