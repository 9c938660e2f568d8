"""A pseudo-terminal: the real program at it, and the keys that a person presses."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Station:
    """A shop's folder, worked from a terminal of 80 columns.

    Args:
        lines: of the terminal; 0 for one that does not know its size.
    """

    def __init__(self, folder: Path, lines: int = 0) -> None:
        self.folder = folder
        self.lines = lines

    def run(
        self,
        *words: str,
        typed: bytes = b"",
        at: bytes = b"",
        then: bytes = b"",
        do: Callable[[bytes], None] | None = None,
        piped: bool = False,
        **variables: str,
    ) -> tuple[int, str]:
        """The exit status, and what the terminal got on both streams.

        Args:
            typed: keys that are pressed at once; ``then`` those pressed when ``at`` is shown.
            do: what happens when ``at`` is shown, told what was shown so far.
            piped: standard output goes into a pipe, and is given back.
        """
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, 80, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "returns_cli", "--as-of", "2026-03-20", *words]
            if words[0][:1] != "-" and words[0] != "help"
            else [sys.executable, "-m", "returns_cli", *words],
            stdin=slave,
            stdout=subprocess.PIPE if piped else slave,
            stderr=slave,
            cwd=self.folder,
            env={
                "PATH": os.defpath,
                "PYTHONPATH": str(ROOT),
                "COLUMNS": "80",
                "LC_ALL": "C.UTF-8",
                "RETURNS_SALT": "test",
                "RETURNS_ACTOR": "ann",
                **variables,
            },
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no thread runs; Ctrl-C needs its terminal
        )
        os.close(slave)
        os.write(master, typed)
        shown = _read(master, at, then, do)
        if process.stdout is not None:
            shown = process.stdout.read().decode()
            process.stdout.close()
        return process.wait(timeout=60), shown


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(master: int, at: bytes, then: bytes, do: Callable[[bytes], None] | None) -> str:
    data = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says EIO where the other side has closed
            piece = b""
        if not piece:
            os.close(master)
            return data.decode()
        data += piece
        if at and at in data:
            os.write(master, then)
            if do is not None:
                do(data)
            at = b""
