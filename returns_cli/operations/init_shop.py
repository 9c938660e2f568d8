"""Make a shop folder: settings, a policy, folders and the store."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from returns_cli.domain.errors import OutputError, StoreError
from returns_cli.operations.disk import network_disk
from returns_cli.operations.new_shop import NewShop, first_policy, shop_text
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import SHOP_FILE, is_there

_FOLDERS = ("inbox", "inbox/done", "outbox", "outbox/rejects", "paper", "policies")
_STORE = "returns.db"
_SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class InitRequest:
    """What was typed or answered.

    Attributes:
        folder: the shop folder; made where it does not exist.
        asked: what its settings and its first policy say.
        salt: fixes the shop's salt (``RETURNS_SALT``); None for a random one.
        network_disk_ok: make it on a network disk all the same.
        dry_run: only say what would be made.
    """

    folder: Path
    asked: NewShop = field(default_factory=NewShop)
    salt: str | None = None
    network_disk_ok: bool = False
    dry_run: bool = False


def init_shop(request: InitRequest) -> Json:
    """Make a working shop; on one that exists it changes nothing.

    What is there stays as it is, so running it again completes one that was interrupted:
    ``shop.yaml`` comes last, and until then no command finds a shop. Refused: answers that cannot
    be a shop's (2), a folder on a network disk (8).
    """
    settings = shop_text(request.asked)
    policies = first_policy(request.asked)
    if not request.network_disk_ok and not is_there(request.folder / SHOP_FILE):
        _refuse_network_disk(request.folder)
    created = make_shop(request.folder, settings, policies, request.salt, dry_run=request.dry_run)
    return {"folder": str(request.folder), "created": created}


def make_shop(
    folder: Path,
    settings: bytes,
    policies: Mapping[str, bytes],
    salt: str | None,
    *,
    dry_run: bool = False,
) -> list[str]:
    """Make what a shop folder lacks, and answer what that was.

    Args:
        settings: the bytes of ``shop.yaml``.
        policies: files of ``policies/`` by name; left out where the folder has a policy.
        salt: None for a random one.
    """
    if is_there(folder / SHOP_FILE) and is_there(folder / _STORE):
        return _make_store(folder, salt, dry_run=dry_run)
    created = [f"{name}/" for name in _FOLDERS if not is_there(folder / name)]
    if not dry_run:
        _make_folders(folder)
    if not _has_policy(folder):
        created += _write_missing(folder / "policies", policies, "policies/", dry_run=dry_run)
    created += _make_store(folder, salt, dry_run=dry_run)
    created += _write_missing(folder, {SHOP_FILE: settings}, "", dry_run=dry_run)
    return created


def _has_policy(folder: Path) -> bool:
    try:
        found = list((folder / "policies").iterdir())
    except OSError:
        return False  # not there, or nothing to be seen in it
    return any(
        path.suffix in (".yaml", ".yml") and not path.stem.endswith(".cases") for path in found
    )


def _make_folders(folder: Path) -> None:
    """Folders that hold names and addresses are for their owner alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o755 if name == "policies" else 0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(
            "E-OUTPUT-FILE",
            f"The shop folder cannot be made: {error.strerror}.",
            where=str(error.filename or folder),
            hint="Name a folder that you may write to, then run it again.",
        ) from error


def _write_missing(
    folder: Path, files: Mapping[str, bytes], shown_under: str, *, dry_run: bool
) -> list[str]:
    from returns_cli.documents import write_file

    missing = [name for name in files if not is_there(folder / name)]
    for name in missing if not dry_run else ():
        write_file(folder / name, files[name])
    return [f"{shown_under}{name}" for name in missing]


def _make_store(folder: Path, salt: str | None, *, dry_run: bool) -> list[str]:
    """Make the store, or complete one whose making was interrupted."""
    from returns_cli.store.connection import create_store

    if dry_run:
        return [] if is_there(folder / _STORE) else [_STORE]
    made = create_store(folder, salt.encode() if salt else secrets.token_bytes(_SALT_BYTES))
    return [_STORE] if made else []


def _refuse_network_disk(folder: Path) -> None:
    kind = network_disk(folder)
    if kind is not None:
        raise StoreError(
            "E-NETWORK-DISK",
            f"{folder} lies on a network disk ({kind}), where a store can be damaged.",
            where=str(folder),
            hint="Choose a folder on a disk of this machine, or say --network-disk-ok.",
        )
