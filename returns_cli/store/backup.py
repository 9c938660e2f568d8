"""Backups that were proved, and restoring one after a drill.

A backup is made by SQLite's backup API, checked like the store itself, and only then put in its
place; its manifest keeps the journal's count and head. Restoring checks the copy against its
manifest, then as a store, and never overwrites one.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from returns_cli.domain.errors import (
    InvalidError,
    OutputError,
    ReturnsError,
    StoreError,
    UsageError,
)
from returns_cli.store.check import check_store
from returns_cli.store.connection import STORE_NAME, Store, open_file, sync_folder
from returns_cli.store.copies import Backup, beside, keep_copy, manifest_of, sync_file
from returns_cli.store.journal import Anchor, JournalReport
from returns_cli.store.schema import DERIVED_NAME

__all__ = ["Backup", "backup_store", "read_manifest", "restore_store"]


def backup_store(store: Store, path: Path) -> Backup:
    """Copy the store to a file, prove the copy, and write its manifest beside it.

    The file is the old one, the whole new one, or absent. Opens a read transaction.

    Raises:
        UsageError: ``E-BACKUP-PATH``, the file is the store itself.
        OutputError: ``E-OUTPUT-BACKUP``, it cannot be written.
        StoreError: the store is not sound; no backup was made.
    """
    if path.resolve() == store.path.resolve():
        raise UsageError(
            "E-BACKUP-PATH",
            "A backup cannot replace the store itself.",
            where=str(path),
            hint="Give another file, best on another disk.",
        )
    try:
        with store.reading():
            return keep_copy(store.connection, path, _prove)
    except OSError as error:
        raise OutputError(
            "E-OUTPUT-BACKUP",
            f"The backup cannot be written: {error.strerror or error}.",
            where=str(path),
            hint="Check the folder's permissions and the free space, then run it again.",
        ) from error


def _prove(copy: Path) -> None:
    _checked(copy)


def _checked(copy: Path) -> JournalReport:
    with open_file(copy) as store:
        report = check_store(store)
    if not report.ok:
        first = report.problems[0]
        raise StoreError(
            first.code,
            f"The copy of the store is not sound: {first.message}",
            where=str(copy.parent),
            hint="Run returns check; restore an earlier backup if it finds the same.",
        )
    return report


def read_manifest(path: Path) -> Anchor:
    """Entries and head of a backup's manifest, or of the summary line that a run printed.

    Raises:
        UsageError: ``E-FILE-UNREADABLE``.
        InvalidError: ``E-ANCHOR``, neither of the two.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            "The file cannot be read.",
            where=str(path),
            hint="Name the F.manifest.json of a backup, or the output of a run.",
        ) from error
    for part in (text, *reversed(text.splitlines())):
        anchor = _anchor_in(part)
        if anchor is not None:
            return anchor
    raise InvalidError(
        "E-ANCHOR",
        "The file names no count of entries and no head.",
        where=str(path),
        hint="Name the F.manifest.json of a backup, or the output of a run.",
    )


def _anchor_in(text: str) -> Anchor | None:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    entries, head = content.get("entries"), content.get("head")
    if not isinstance(entries, int) or not isinstance(head, str):
        return None
    return Anchor(entries, head)


def restore_store(backup: Path, folder: Path) -> Backup:
    """Put a backup in place as the store of a shop folder that has none.

    A drill comes first, on a copy: its bytes and its journal must be those of the manifest, and
    it must stand every check. An older schema is migrated then.

    Raises:
        StoreError: ``E-STORE-EXISTS``, or ``E-BACKUP-DAMAGED`` where the drill fails.
        UsageError, InvalidError: the backup or its manifest cannot be read.
    """
    target = folder / STORE_NAME
    if os.path.lexists(target):
        raise _exists(target)
    if not backup.is_file():
        raise UsageError(
            "E-FILE-UNREADABLE",
            "There is no such backup.",
            where=str(backup),
            hint="Name the file that `returns backup` made; its manifest lies beside it.",
        )
    anchor = read_manifest(manifest_of(backup))
    try:
        with beside(target) as copy:
            shutil.copyfile(backup, copy)
            digest = sync_file(copy)
            if digest != _digest_in(manifest_of(backup)):
                raise _damaged(backup, "its bytes are not those that its manifest names")
            _drill(backup, copy, anchor)
            sync_file(copy)
            os.link(copy, target)  # fails where a store has come in between
            target.with_name(DERIVED_NAME).unlink(missing_ok=True)  # derived from another store
        sync_folder(folder)
    except FileExistsError as error:
        raise _exists(target) from error
    except OSError as error:
        raise StoreError(
            "E-STORE-OPEN",
            f"The backup cannot be restored: {error.strerror or error}.",
            where=str(backup),
            hint="Check that it can be read, and the folder's permissions and free space.",
        ) from error
    return Backup(target, manifest_of(backup), anchor.entries, anchor.head, digest)


def _digest_in(manifest: Path) -> object:
    return json.loads(manifest.read_text(encoding="utf-8")).get("sha256")


def _drill(backup: Path, copy: Path, anchor: Anchor) -> None:
    try:
        report = _checked(copy)
    except ReturnsError as error:
        raise _damaged(backup, error.message.rstrip(".")) from error
    if (report.entries, report.head) != (anchor.entries, anchor.head):
        raise _damaged(backup, "its journal is not the one that its manifest names")


def _damaged(backup: Path, why: str) -> StoreError:
    return StoreError(
        "E-BACKUP-DAMAGED",
        f"The backup is not sound: {why}; nothing was restored.",
        where=str(backup),
        hint="Use another backup.",
    )


def _exists(target: Path) -> StoreError:
    return StoreError(
        "E-STORE-EXISTS",
        "There is a store here already; it was not touched.",
        where=str(target),
        hint="Restore into an empty folder, or move the store away first.",
    )
