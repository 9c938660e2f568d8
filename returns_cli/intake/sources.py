"""Files of a call as bytes: opened once, read as often as needed, checked for change.

Standard input and pipes are copied to a temporary file first, which has no name on the disk and is
gone when it is closed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from operator import methodcaller
from pathlib import Path
from typing import BinaryIO

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.intake.wording import wording

BLOCK = 1 << 18
STDIN_NAME = "-"

_C0 = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D}))
# C1 and the direction marks in UTF-8, each behind its first byte: most files are done with these
# alone, and a single byte is found twenty times as fast as two.
_STEERING = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xd8", re.compile(rb"\xd8\x9c")),
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])")),
)
_FORMULA_STARTS = (b",=", b'"=', b";=", b"\t=", b"|=", b"\n=", b"\r=", b" =")
_OVERLAP = 2
_ENDS_IN_E = methodcaller("endswith", (b"E", b"e"))  # 1.2E+12; a search for `E+` stops at each E


class Suspicion:
    """Looks at the bytes as they pass: is there anything for which every cell must be looked at?

    NULs, control and direction characters, cells that begin with ``=``, numbers like ``1.2E+12``.
    A file without them is spared the look at its cells. ``found`` is meant for UTF-8.
    """

    def __init__(self) -> None:
        self.found = False
        self._tail = b""

    def look(self, block: bytes) -> None:
        """Look at the next bytes of the file."""
        if self.found:
            return
        seam = self._tail + block
        self._tail = block[-_OVERLAP:]
        self.found = (
            len(block.translate(None, _C0)) != len(block)
            or any(map(_ENDS_IN_E, seam.split(b"+")[:-1]))
            or (b"=" in seam and any(start in seam for start in _FORMULA_STARTS))
            or (
                not seam.isascii()
                and any(begin in seam and steers.search(seam) for begin, steers in _STEERING)
            )
        )


class _Window(io.RawIOBase):
    """One reader's view of a shared open file: it has a position of its own."""

    def __init__(
        self,
        raw: io.FileIO,
        start: int,
        look: Callable[[bytes], None] | None = None,
        pass_on: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._raw = raw
        self._pass_on = pass_on
        self._at = start
        self._look = look

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # typeshed has no public Buffer in 3.11
        self._raw.seek(self._at)
        count = self._raw.readinto(view) or 0
        self._at += count
        if self._pass_on is not None:
            self._pass_on(self._at)
        if self._look is not None and count:
            self._look(bytes(view[:count]))
        return count


class _Blocks(io.BufferedIOBase):
    """Hands bytes to a text wrapper in large blocks, whatever size it asks for.

    A text wrapper asks for 8 KiB at a time; a large file is then mostly spent on asking.
    """

    def __init__(self, window: _Window) -> None:
        super().__init__()
        self._window = window

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:  # noqa: ARG002 - of BufferedIOBase
        return self._window.read(BLOCK) or b""


class Source:
    """One file of the call.

    Args:
        given: a path, or an open binary stream (which is copied).

    Attributes:
        name: base name, ``-`` for standard input.
        at: how many bytes the latest reading of the lines has passed.

    Raises:
        UsageError: ``E-FILE-UNREADABLE``, the path cannot be read.
    """

    def __init__(self, given: Path | BinaryIO) -> None:
        self.name = given.name if isinstance(given, Path) else STDIN_NAME
        self.at = 0
        try:
            self._raw = _open(given)
            self._state = os.fstat(self._raw.fileno())
        except OSError as error:
            raise UsageError(
                "E-FILE-UNREADABLE",
                f"The file cannot be read: {error.strerror or error}.",
                where=str(given) if isinstance(given, Path) else STDIN_NAME,
                hint="Check the path and your permission to read it.",
            ) from error

    def close(self) -> None:
        """Close the file; a temporary copy is gone with it."""
        self._raw.close()

    def open_bytes(
        self, start: int = 0, look: Callable[[bytes], None] | None = None
    ) -> io.BufferedReader:
        """A new reader from a byte on; several may read side by side in one thread.

        Args:
            start: byte to begin at.
            look: is shown every block that is read.
        """
        return io.BufferedReader(_Window(self._raw, start, look), BLOCK)

    def line_blocks(
        self, start: int = 0, look: Callable[[bytes], None] | None = None
    ) -> Iterator[list[bytes]]:
        """The physical lines with their ends (LF, CRLF, CR), some thousand at a time.

        Arguments as in ``open_bytes``.
        """
        window = _Window(self._raw, start, look, self._pass)
        waiting: list[bytes] = []
        while block := window.read(BLOCK):
            # A CR at the very end may be half of a CRLF: it waits for what follows.
            end = 1 + max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1))
            if end:
                yield b"".join((*waiting, block[:end])).splitlines(keepends=True)
                waiting.clear()
            waiting.append(block[end:])
        if any(waiting):
            yield b"".join(waiting).splitlines(keepends=True)

    def open_blocks(
        self, start: int = 0, look: Callable[[bytes], None] | None = None
    ) -> io.BufferedIOBase:
        """A new reader for a text wrapper; arguments as in ``open_bytes``."""
        return _Blocks(_Window(self._raw, start, look, self._pass))

    def _pass(self, at: int) -> None:
        self.at = at

    def head(self, size: int = BLOCK) -> bytes:
        """The first bytes."""
        with self.open_bytes() as reader:
            return reader.read(size)

    @property
    def sha256(self) -> str:
        """SHA-256 of all bytes, hex; read anew each time."""
        with self.open_bytes() as reader:
            return hashlib.file_digest(reader, "sha256").hexdigest()

    @property
    def size(self) -> int:
        """Number of bytes when it was opened."""
        return self._state.st_size

    def check_unchanged(self) -> None:
        """Refuse a file that changed since it was opened.

        Raises:
            InvalidError: ``E-FILE-CHANGED``.
        """
        now = os.fstat(self._raw.fileno())
        if (now.st_size, now.st_mtime_ns) != (self._state.st_size, self._state.st_mtime_ns):
            words = wording("E-FILE-CHANGED")
            raise InvalidError("E-FILE-CHANGED", words.message, where=self.name, hint=words.hint)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hex, for the skip of a known file before it is read.

    Raises:
        UsageError: ``E-FILE-UNREADABLE``.
    """
    source = Source(path)
    try:
        return source.sha256
    finally:
        source.close()


def _open(given: Path | BinaryIO) -> io.FileIO:
    if not isinstance(given, Path):
        return _spooled(given)
    raw = io.FileIO(given)  # a directory is refused here
    if stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
        return raw
    with raw:
        return _spooled(raw)


def _spooled(stream: BinaryIO | io.FileIO) -> io.FileIO:
    spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as its Source
    while block := stream.read(BLOCK):
        spool.write(block)
    return spool
