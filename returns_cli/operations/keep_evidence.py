"""Keep notes and photos with a return: the path of a photo and what it held, never the file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain.errors import Problem, UsageError
from returns_cli.domain.model import Evidence
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

MOST_BYTES = 32 * 1024 * 1024


def look_at_photo(shop: Shop, typed: Path, line: int | None = None) -> Evidence:
    """The photo in a file that a person named; a path from a file of data never comes here.

    Raises:
        UsageError: ``E-PHOTO`` (2): there is no such file, it is none, empty, or too large.
    """
    digest = _digest(typed)
    if isinstance(digest, str):
        raise UsageError(
            "E-PHOTO",
            f"The photo {typed} {digest}.",
            where=str(typed),
            hint=f"Name a file of at most {MOST_BYTES >> 20} MiB.",
        )
    return Evidence("photo", _path_of(shop, typed), line, digest.hex(), shop.now, shop.actor)


def note_of(shop: Shop, text: str, line: int | None = None) -> Evidence:
    """A note as it was typed, in one line."""
    return Evidence("note", " ".join(text.split()), line, None, shop.now, shop.actor)


def keep_evidence(store: Store, record: ReturnRecord, evidence: Sequence[Evidence]) -> list[int]:
    """Append notes and photos of a return; their numbers. Inside a transaction."""
    from returns_cli.store.evidence import add_evidence

    return [add_evidence(store, record.return_id, one) for one in evidence]


def photo_problems(shop: Shop, store: Store) -> list[Problem]:
    """Photos that are gone, or are not what they were: warnings, for no fact rests on them."""
    from returns_cli.store.evidence import photos

    problems = []
    for rma, path, sha256 in photos(store):
        digest = _digest(shop.folder / path)
        if isinstance(digest, str):
            said = f"A photo of {rma} {digest}: {path}."
            problems.append(Problem("W-PHOTO-MISSING", said, file=path))
        elif digest.hex() != sha256:
            said = f"A photo of {rma} is another than was kept: {path}."
            problems.append(Problem("W-PHOTO-CHANGED", said, file=path))
    return problems


def _digest(path: Path) -> bytes | str:
    """SHA-256 of a photo; in words why there is none."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "is no file"
        if not 0 < status.st_size <= MOST_BYTES:
            return "is too large" if status.st_size else "is empty"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):  # a name with a zero byte is a ValueError
        return "is not there or cannot be read"


def _path_of(shop: Shop, typed: Path) -> str:
    """From the shop's folder where the file lies in it, so that the folder may move."""
    whole = Path(os.path.abspath(typed))  # noqa: PTH100 - links stay as they are named
    folder = Path(os.path.abspath(shop.folder))  # noqa: PTH100 - as above
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
