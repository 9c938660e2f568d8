"""Backup and restore."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from returns_cli.store.connection import Store
from returns_cli.store.journal import Anchor


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup made or restored."""

    path: Path
    manifest: Path
    entries: int
    head: str
    sha256: str


def backup_store(store: Store, path: Path) -> Backup:
    """Back up."""
    raise NotImplementedError


def read_manifest(path: Path) -> Anchor:
    """Entries and head of a manifest."""
    raise NotImplementedError


def restore_store(backup: Path, folder: Path) -> Backup:
    """Restore."""
    raise NotImplementedError
