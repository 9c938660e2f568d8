"""Codes as a scanner sends them: ended by CR, LF or TAB, from a terminal, a pipe or a file."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_ENDS = re.compile(rb"[\r\n\t]+")
_BLOCK = 65_536


def _nothing() -> None:
    """Say nothing."""


def scanned_codes(stream: TextIO | None, is_ready: Callable[[], None] = _nothing) -> Iterator[str]:
    """Each code as soon as its end comes; what is not UTF-8 is shown as such, never lost.

    A terminal hands over a line at LF alone, and many scanners end a code with TAB: while it
    lasts, TAB ends a line as well.

    Args:
        stream: standard input; None where there is none.
        is_ready: called once codes can be read: what came before waits for the next line end.
    """
    if stream is None:
        return
    try:
        handle = stream.fileno()
    except (OSError, io.UnsupportedOperation):
        yield from re.split(r"[\r\n\t]+", stream.read())
        return
    with _ending_at_tab(handle):
        is_ready()
        yield from _from_descriptor(handle)


def _from_descriptor(handle: int) -> Iterator[str]:
    left = b""
    while block := os.read(handle, _BLOCK):
        *codes, left = _ENDS.split(left + block)
        for code in codes:
            yield code.decode(errors="backslashreplace")
    if left:
        yield left.decode(errors="backslashreplace")


@contextmanager
def _ending_at_tab(handle: int) -> Iterator[None]:
    if not os.isatty(handle):
        yield
        return
    import termios

    before = termios.tcgetattr(handle)
    changed = termios.tcgetattr(handle)
    changed[6][termios.VEOL] = b"\t"
    termios.tcsetattr(handle, termios.TCSANOW, changed)
    try:
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSANOW, before)
