"""Checking the store."""

from __future__ import annotations

from returns_cli.store.connection import Store
from returns_cli.store.journal import JournalReport


def check_store(store: Store) -> JournalReport:
    """Check everything."""
    raise NotImplementedError
