"""Files that were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file about to be read."""

    sha256: str
    options_hash: str
    importer: str
    command: str
    name: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read before."""

    file_id: int
    result: str
    at: str


def known_file(
    store: Store, sha256: str, options_hash: str, importer: str, command: str = "orders import"
) -> KnownFile | None:
    """The last reading of a file."""
    raise NotImplementedError


def add_file(store: Store, file: NewFile) -> int:
    """Add a file."""
    raise NotImplementedError


def finish_file(
    store: Store, file_id: int, result: str, spans: Iterable[tuple[int, int]] = ()
) -> None:
    """Keep a file's result."""
    raise NotImplementedError
