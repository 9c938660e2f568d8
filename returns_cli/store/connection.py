"""Opening the store."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

STORE_NAME = "returns.db"


class Store:
    """An open store."""

    path: Path
    folder: Path
    connection: sqlite3.Connection
    salt: bytes

    def reading(self) -> AbstractContextManager[None]:
        """One read snapshot."""
        raise NotImplementedError

    def writing(self, *, rehearse: bool = False) -> AbstractContextManager[None]:
        """One write transaction."""
        raise NotImplementedError

    def close(self) -> None:
        """Close."""
        raise NotImplementedError

    def __enter__(self) -> Store:
        raise NotImplementedError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError


def open_store(folder: Path, *, read_only: bool = False) -> Store:
    """Open the store of a shop folder."""
    raise NotImplementedError


def create_store(folder: Path, salt: bytes) -> bool:
    """Make the store of a shop folder."""
    raise NotImplementedError
