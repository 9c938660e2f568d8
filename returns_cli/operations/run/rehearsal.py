"""A dry run: the real run on a copy of the shop, which is thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from returns_cli.operations.run.inbox import INBOX
from returns_cli.operations.run.paper_out import OUTBOX
from returns_cli.operations.run.report import REPORTS
from returns_cli.operations.run.single import LOCK_FILE
from returns_cli.operations.shop import Shop

_PREFIX = ".rehearsal-"
_OWN = frozenset({INBOX, OUTBOX, "paper", "backups", LOCK_FILE})


@contextmanager
def rehearsed(shop: Shop) -> Iterator[Shop]:
    """The shop as a copy in a hidden folder inside it: the store, the inbox; the rest as links.

    The copy is removed at the end; one that a kill left behind, by the next run. It is readable by
    its owner alone, as the shop's own files are.
    """
    import tempfile

    from returns_cli.store.connection import STORE_NAME

    sweep(shop.folder)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=shop.folder.resolve()))
    try:
        for entry in shop.folder.resolve().iterdir():
            is_store = entry.name.startswith(STORE_NAME)
            if not is_store and entry.name not in _OWN and not entry.name.startswith(_PREFIX):
                (folder / entry.name).symlink_to(entry)
        _copy_store(shop, folder)
        _copy_files(shop.folder / INBOX, folder / INBOX)
        _copy_files(shop.folder / OUTBOX / REPORTS, folder / OUTBOX / REPORTS)
        copy = Shop(folder, shop.actor, shop.as_of_text)
        copy.watch = shop.watch
        copy.notes = shop.notes
        yield copy
    finally:
        shutil.rmtree(folder)


def sweep(folder: Path) -> None:
    """Remove copies that killed dry runs left behind."""
    for left in folder.glob(f"{_PREFIX}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _copy_store(shop: Shop, folder: Path) -> None:
    from returns_cli.store.connection import STORE_NAME
    from returns_cli.store.copies import keep_copy

    with shop.open_store(read_only=True) as store:
        keep_copy(store.connection, folder / STORE_NAME)


def _copy_files(source: Path, target: Path) -> None:
    target.mkdir(mode=0o700, parents=True)
    for path in source.iterdir() if source.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            shutil.copy2(path, target / path.name)
