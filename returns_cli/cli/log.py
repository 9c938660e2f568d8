"""``--log FILE``: a line of JSON for each call, without personal data.

It holds names that the program itself gave: the command, options, kinds of figures. No value that
was typed, no cell, no message.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from returns_cli.cli.direct import command_of, options_of
from returns_cli.cli.registry import GLOBAL_OPTIONS
from returns_cli.domain.errors import OutputError

_FIGURES = frozenset(
    "rows new changed same rejected orders lines units entries cases failed pages".split()
)
_LISTS = frozenset({"files", "problems", "returns", "differences"})


class Log:
    """An open log file, and what this call will say in it.

    Attributes:
        counts: figures of the answer, by the names of its keys; ``answers`` of a list.
    """

    def __init__(self, path: str) -> None:
        """Open the file before anything is done, made for its owner alone.

        Raises:
            OutputError: ``E-LOG``, it is no plain file or cannot be written.
        """
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        self.path = path
        self.counts: dict[str, int] = {}
        try:
            self._file = os.open(path, flags | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._unwritten(error.strerror or "refused") from error
        if not stat.S_ISREG(os.fstat(self._file).st_mode):
            os.close(self._file)
            raise self._unwritten("it is no plain file")

    def count(self, answer: object) -> None:
        """Take the figures of a command's answer."""
        if isinstance(answer, list | tuple):
            self.counts["answers"] = len(answer)
        elif isinstance(answer, Mapping):
            for key, value in answer.items():
                if key in _FIGURES and isinstance(value, int):
                    self.counts[key] = int(value)
                elif key in _LISTS and isinstance(value, list | tuple):
                    self.counts[key] = len(value)

    def counting(self, answers: Iterable[object]) -> Iterator[object]:
        """Answers as they pass, counted; of a run its steps and problems."""
        for one in answers:
            kind = one.get("type") if isinstance(one, Mapping) else None
            if isinstance(one, Mapping) and kind == "step":
                self.counts[str(one["step"])] = int(one["done"])
            elif kind != "summary":
                name = "problems" if kind == "problem" else "answers"
                self.counts[name] = self.counts.get(name, 0) + 1
            yield one

    def write(self, at: str, words: Sequence[str], code: int, seconds: float) -> None:
        """Add the line of this call: one write to the end, so that no two calls mix theirs.

        Raises:
            OutputError: ``E-LOG``; what the command did stands.
        """
        from returns_cli import __version__
        from returns_cli.cli.serial import json_text

        line: dict[str, Any] = {
            "at": at,
            "version": __version__,
            "pid": os.getpid(),
            **_named(words),
            "counts": self.counts,
            "exit": code,
            "ms": round(seconds * 1000),
        }
        data = f"{json_text(line)}\n".encode()
        try:
            if os.write(self._file, data) < len(data):
                raise self._unwritten("there is no room")
        except OSError as error:
            raise self._unwritten(error.strerror or "refused") from error
        finally:
            os.close(self._file)

    def _unwritten(self, why: str) -> OutputError:
        return OutputError(
            "E-LOG",
            f"The log cannot be written: {why}.",
            where=self.path,
            hint="Name another file with --log; what is recorded stands.",
        )


def _named(words: Sequence[str]) -> dict[str, Any]:
    """The command and the names of its options, as far as the program knows them."""
    found = command_of(words)
    if found is None:
        return {"command": None, "options": []}
    known = {*options_of(found[0]), *(name for name, _, _ in GLOBAL_OPTIONS)}
    typed = (word.partition("=")[0] for word in words if word[:1] == "-")
    return {"command": found[0], "options": sorted({name for name in typed if name in known})}
