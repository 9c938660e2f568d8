"""Whole copies of a store: written beside their place, synced, then put there in one step."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from returns_cli.store.connection import sync_folder
from returns_cli.store.journal import head_of

_BLOCK = 1 << 20


class Backup(NamedTuple):
    """A backup that was made or restored.

    Attributes:
        path: the copy; ``manifest``: the file beside it.
        entries, head: of the journal in it.
        sha256: of the copy's bytes, hex.
    """

    path: Path
    manifest: Path
    entries: int
    head: str
    sha256: str


def manifest_of(path: Path) -> Path:
    """Where the manifest of a backup lies: ``F.manifest.json``."""
    return path.with_name(f"{path.name}.manifest.json")


def keep_copy(
    connection: sqlite3.Connection, path: Path, prove: Callable[[Path], None] | None = None
) -> Backup:
    """Copy an open store to a file of mode 0600 and write its manifest beside it.

    The file is the old one, the whole new one, or absent; so is the manifest. Killed between the
    two, the manifest does not fit the copy, and ``restore`` says so.

    Args:
        connection: to the store; its open transaction's view is what is copied.
        path: of the backup.
        prove: looks at the copy before it takes its place; what it raises prevents the backup.

    Raises:
        OSError: it cannot be written.
        sqlite3.Error: it cannot be read or written.
    """
    with beside(path) as copy:
        target = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.backup(target)
            entries, head = head_of(target)
        finally:
            target.close()
        if prove is not None:
            prove(copy)
        digest = sync_file(copy)
        copy.replace(path)
    backup = Backup(path, manifest_of(path), entries, head, digest)
    _write_manifest(backup)
    sync_folder(path.parent)
    return backup


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file of mode 0600 in the folder of ``path``; removed unless it was moved away."""
    name = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    try:
        yield name
    finally:
        for suffix in ("", "-journal"):
            name.with_name(name.name + suffix).unlink(missing_ok=True)


def sync_file(path: Path) -> str:
    """Make a file's content durable; its SHA-256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
        os.fsync(file.fileno())
    return digest.hexdigest()


def _write_manifest(backup: Backup) -> None:
    content = {
        "path": backup.path.name,
        "entries": backup.entries,
        "head": backup.head,
        "sha256": backup.sha256,
    }
    with beside(backup.manifest) as draft:
        draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        sync_file(draft)
        draft.replace(backup.manifest)
