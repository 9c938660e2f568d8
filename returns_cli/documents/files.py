"""Finished paper to disk: the old file, the whole new one, or none; readable by its owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from returns_cli.domain.errors import OutputError

_NAME_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
_MAX_NAME = 60  # characters of the return's number that go into a name


def file_name(rma: str, kind: str, *, part: int | None = None, ending: str = "pdf") -> str:
    """A file's name from a return's number and its kind; never from a customer's text.

    Args:
        rma: the return; anything but ASCII letters, digits and ``-`` becomes ``_``.
        kind: ``label``, ``slip``, ``labels`` …
        part: of several files, from 1.
        ending: without the dot.

    >>> file_name("RMA-7F3K2QX", "label"), file_name("../../x", "slip", part=2)
    ('RMA-7F3K2QX-label.pdf', '______x-slip-002.pdf')
    """
    cleaned = "".join(sign if sign in _NAME_SIGNS else "_" for sign in rma[:_MAX_NAME])
    numbered = f"-{part:03d}" if part is not None else ""
    return f"{cleaned.lstrip('-') or 'return'}-{kind}{numbered}.{ending}"


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole: under another name in its folder, then renamed, both on the disk.

    A symbolic link in the way is replaced and what it points to stays untouched. A device or pipe
    (``/dev/stdout``) is written to as it is.

    Args:
        path: where it shall lie; its folder must exist.
        data: all of it.

    Raises:
        OutputError: ``E-OUTPUT-FILE``; whatever lay there before still does.
    """
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole, as :func:`write_file` does, of pieces that are never held at once.

    Raises:
        OutputError: ``E-OUTPUT-FILE``; whatever lay there before still does.
    """
    try:
        if _is_stream(path):
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path, pieces)
    except OSError as error:
        raise OutputError(
            "E-OUTPUT-FILE",
            f"Cannot write {path.name}: {_reason(error)}.",
            where=str(path),
            hint="What is recorded stands. Check the folder, its free space and its permissions, "
            "then run again.",
        ) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    if isinstance(error, IsADirectoryError):
        return "a folder of this name is in the way"
    return (error.strerror or "the system refused").lower()


def _is_stream(path: Path) -> bool:
    """Whether it is a device or a pipe; only below ``/dev`` a link to one counts as one."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) and path.is_absolute() and path.parts[1:2] == ("dev",):
            mode = path.stat().st_mode
            return not stat.S_ISDIR(mode)
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - Path.replace says less about what it does to links
    except BaseException:
        with suppress(OSError):  # the first error is the one to report
            os.unlink(name)  # noqa: PTH108 - a plain name, as mkstemp gave it
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders; it journals renames itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
