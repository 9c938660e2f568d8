"""Codes as a scanner sends them: ended by CR, LF or TAB, from a terminal, a pipe or a file."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from typing import TextIO

_ENDS = re.compile(rb"[\r\n\t]+")
_BLOCK = 65_536


def _nothing() -> None:
    """Say nothing."""


class Scanner:
    """Each code as soon as its end comes; what is not UTF-8 is shown as such, never lost.

    A terminal hands over a line at LF alone, and many scanners end a code with TAB: while codes
    are read, TAB ends a line as well.

    Attributes:
        waited: seconds that the last code was waited for; 0 where it had come before anybody
            asked, as the second shot of a scanner that fires twice.
    """

    def __init__(
        self,
        stream: TextIO | None,
        is_ready: Callable[[], None] = _nothing,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read codes from a stream.

        Args:
            stream: standard input; None where there is none.
            is_ready: called once codes can be read: what came before waits for the next line end.
            ticks: seconds of a clock that only goes forward.
        """
        self._stream = stream
        self._is_ready = is_ready
        self._ticks = ticks
        self.waited = 0.0

    def __iter__(self) -> Iterator[str]:
        """The codes, one by one."""
        if self._stream is None:
            return
        try:
            handle = self._stream.fileno()
        except (OSError, io.UnsupportedOperation):
            yield from re.split(r"[\r\n\t]+", self._stream.read())
            return
        with _as_scanners_type(handle):
            self._is_ready()
            yield from self._from_descriptor(handle)

    def _from_descriptor(self, handle: int) -> Iterator[str]:
        left = b""
        while block := self._read(handle):
            *codes, left = _ENDS.split(left + block)
            for code in codes:
                yield code.decode(errors="backslashreplace")
                self.waited = 0.0
        if left:
            yield left.decode(errors="backslashreplace")

    def _read(self, handle: int) -> bytes:
        has_come, _, _ = select([handle], [], [], 0)
        asked = self._ticks()
        block = os.read(handle, _BLOCK)
        if not has_come:
            self.waited += self._ticks() - asked
        return block


@contextmanager
def _as_scanners_type(handle: int) -> Iterator[None]:
    """TAB ends a line, and a separator of a 2D code (FS, SUB) neither quits nor suspends."""
    if not os.isatty(handle):
        yield
        return
    import termios

    before = termios.tcgetattr(handle)
    changed = termios.tcgetattr(handle)
    changed[6][termios.VEOL] = b"\t"
    nothing = bytes([os.fpathconf(handle, "PC_VDISABLE") & 0xFF])
    changed[6][termios.VQUIT] = changed[6][termios.VSUSP] = nothing
    termios.tcsetattr(handle, termios.TCSANOW, changed)
    try:
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSANOW, before)
