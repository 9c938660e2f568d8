"""One run at a time: a lock that the system gives up with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from returns_cli.domain.errors import StoreError

LOCK_FILE = "run.lock"
_LONGEST_PID = 20


@contextmanager
def single_run(folder: Path) -> Iterator[None]:
    """Hold the shop's run lock; a second run does not wait.

    The file stays when the run ends, however it ends: the lock is the system's, not the file's.

    Raises:
        StoreError: ``E-RUN-BUSY``, another process runs; ``E-STORE-OPEN``, no lock can be made.
    """
    path = folder / LOCK_FILE
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(
            "E-STORE-OPEN",
            f"{LOCK_FILE} cannot be made: {error.strerror}.",
            where=str(path),
            hint="Check the permissions of the folder.",
        ) from error
    try:
        if not _take(handle):
            raise _busy(path)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy(path: Path) -> StoreError:
    with path.open(encoding="ascii", errors="replace") as file:
        pid = file.read(_LONGEST_PID)
    return StoreError(
        "E-RUN-BUSY",
        f"Already running, pid {pid}." if pid.isdigit() else "Already running.",
        where=str(path),
        hint="Wait until it has ended; nothing was done now.",
    )
