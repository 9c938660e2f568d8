"""Opening the store: one function, the same settings every time, one way to write.

Rollback journal in TRUNCATE mode with ``synchronous=EXTRA``: below EXTRA SQLite does not sync the
folder, and a journal that comes back after a power cut undoes an acknowledged commit. A write
starts with ``BEGIN IMMEDIATE`` and reads inside it what it checks.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from returns_cli.domain.errors import StoreError
from returns_cli.store.facts import WritingConnection, keep_action
from returns_cli.store.failures import explain, foreign
from returns_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION, STORE_NAME

__all__ = [
    "STORE_NAME",
    "Store",
    "connect",
    "create_store",
    "open_file",
    "open_store",
    "sync_folder",
]

_BUSY_SECONDS = 5.0  # sqlite3 sets it as busy_timeout, before anything else
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA recursive_triggers = ON",
)
_SALT = "SELECT value FROM meta WHERE name = 'salt'"


class Store:
    """An open store of one shop folder. A context manager: leaving it closes the file.

    Attributes:
        path: the file; ``folder``: the shop folder it lies in.
        connection: in autocommit; transactions are those of :meth:`reading` and :meth:`writing`.
        salt: the shop's random salt.
        beside: what reports derived from it (``reports.derived``), None before the first.
    """

    def __init__(self, path: Path, connection: WritingConnection, salt: bytes) -> None:
        self.beside: sqlite3.Connection | None = None
        self.path = path
        self.folder = path.parent
        self.connection = connection
        self.salt = salt
        self._depth = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot over several reads; inside a transaction it is that transaction.

        Raises:
            StoreError: the store cannot be read.
        """
        if self.connection.in_transaction:
            yield
            return
        try:
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._undo("ROLLBACK")
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    @contextmanager
    def writing(self, *, rehearse: bool = False) -> Iterator[None]:
        """One write transaction, all or nothing; left without an error it is durable.

        Inside another ``writing`` it is a savepoint: an error undoes the inner part alone.

        Args:
            rehearse: do everything, then undo it (``--dry-run``).

        Raises:
            ConflictError: a limit or a wrong state, found by a trigger.
            StoreError: the store cannot be written.
        """
        begin, commit, undo = self._statements()
        written = self.connection.written
        before = len(written)
        self._depth += 1
        try:
            self.connection.execute(begin)
            try:
                yield
                if self._depth == 1:
                    keep_action(self.connection)
                if not rehearse:
                    self.connection.execute(commit)
                    undo = ""
            finally:
                if undo or self._depth == 1:
                    del written[before:]
                self._undo(undo)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        finally:
            self._depth -= 1

    def state(self) -> tuple[int, int]:
        """Two numbers that stay the same as long as nobody has written, here or elsewhere.

        Inside a transaction of :meth:`writing` that holds until its end.
        """
        (elsewhere,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(elsewhere), self.connection.total_changes

    @property
    def is_writing(self) -> bool:
        """Whether a transaction of :meth:`writing` is open."""
        return self._depth > 0

    def close(self) -> None:
        """Close the file; an open transaction is undone."""
        if self.beside is not None:
            self.beside.close()
        self.connection.close()

    def _statements(self) -> tuple[str, str, str]:
        if self._depth == 0:
            return "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
        if not self.connection.in_transaction:  # SQLite undid all of it: disk full, I/O error
            raise StoreError(
                "E-STORE-FAILED",
                "The work was undone after an earlier error of the store.",
                where=str(self.path),
                hint="Run the command again.",
            )
        name = f"part_{self._depth}"
        undo = f"ROLLBACK TO {name}; RELEASE {name}"
        return f"SAVEPOINT {name}", f"RELEASE {name}", undo

    def _undo(self, statements: str) -> None:
        for statement in filter(None, statements.split("; ")):
            if self.connection.in_transaction:  # some errors make SQLite undo by itself
                self.connection.execute(statement)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, self.path) from error


def open_store(folder: Path, *, read_only: bool = False) -> Store:
    """Open the store of a shop folder; an older one is migrated after a backup of it.

    Args:
        folder: the shop folder.
        read_only: every attempt to write fails.

    Raises:
        StoreError: missing, locked, damaged, foreign, of a newer program, not accessible.
    """
    return open_file(folder / STORE_NAME, read_only=read_only)


def open_file(path: Path, *, read_only: bool = False) -> Store:
    """Open a store, or a copy of one, under any name; see :func:`open_store`."""
    connection = connect(path)
    try:
        version = _version(connection, path)
        if version is None:
            raise _missing(path)
        _make_durable(connection)
        if version < SCHEMA_VERSION:
            from returns_cli.store.migrate import bring_up_to_date

            bring_up_to_date(connection, path)
        _settle(connection)
        salt = connection.execute(_SALT).fetchone()
        if salt is None:
            raise sqlite3.DatabaseError("the shop's salt is missing")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        connection.close()
        if isinstance(error, (sqlite3.Error, UnicodeDecodeError)):
            raise explain(error, path) from error
        raise
    return Store(path, connection, salt[0])


def create_store(folder: Path, salt: bytes) -> bool:
    """Make the store of a shop folder; one that is there stays as it is.

    The file is made with mode 0600 before SQLite opens it, never through a link. An attempt that
    was killed half-way is completed by the next one.

    Args:
        folder: the shop folder, which exists.
        salt: random bytes from which the shop's numbers and tokens are derived.

    Returns:
        True when the store was made.

    Raises:
        StoreError: the file cannot be made, or is something else.
    """
    path = folder / STORE_NAME
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        sync_folder(folder)
    except FileExistsError:
        pass
    except OSError as error:
        raise StoreError(
            "E-STORE-OPEN",
            f"The store cannot be made: {error.strerror}.",
            where=str(path),
            hint="Check the permissions of the folder.",
        ) from error
    connection = connect(path)
    try:
        if _version(connection, path) is not None:
            return False
        _make_durable(connection)
        from returns_cli.store.migrate import bring_up_to_date

        return bring_up_to_date(connection, path, salt=salt)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def connect(path: Path) -> WritingConnection:
    """A connection in autocommit to a file that exists; nothing is read from it yet.

    Raises:
        StoreError: no such file, or it cannot be opened.
    """
    if not os.path.lexists(path):
        raise _missing(path)
    try:
        return sqlite3.connect(
            uri_of(path, "rw"),
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            factory=WritingConnection,
        )
    except sqlite3.Error as error:
        raise explain(error, path) from error


def uri_of(path: Path, mode: str) -> str:
    """How SQLite opens a file; ``urllib`` would cost more than that.

    Args:
        path: of the file.
        mode: ``rw`` or ``ro``; the file is never made.
    """
    quoted = path.as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode={mode}"


def sync_folder(folder: Path) -> None:
    """Make names that were added to or replaced in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _version(connection: sqlite3.Connection, path: Path) -> int | None:
    """The schema's version, or None for an empty file; read before any setting can write."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application_id == APPLICATION_ID and version > SCHEMA_VERSION:
        raise StoreError(
            "E-STORE-NEWER",
            "The store was made by a newer version of this program; it was not touched.",
            where=str(path),
            hint="Install the newer version again.",
        )
    if application_id == APPLICATION_ID and version > 0:
        return int(version)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages == 0:
        return None
    raise foreign(path)


def _make_durable(connection: sqlite3.Connection) -> None:
    """Before the first write, a migration's too: what is committed survives a power cut."""
    (mode,) = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
    if mode != "truncate":  # another program has it open in another mode
        raise sqlite3.OperationalError(f"the journal mode is {mode}")
    connection.execute("PRAGMA synchronous = EXTRA")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")


def _settle(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _missing(path: Path) -> StoreError:
    return StoreError(
        "E-SHOP-MISSING",
        "There is no store here.",
        where=str(path.parent),
        hint="Put a backup back with `returns restore FILE`, or make a new shop: returns init.",
    )
