"""What is taller than the screen goes through a pager, where a person reads at a terminal.

Nothing goes wrong with it: a reader who has had enough ends the pager and no more, and where none
can be started the text is printed as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import TextIO

from returns_cli.cli.direct import command_of
from returns_cli.cli.painting import display_width
from returns_cli.cli.parameters import PARAMETERS

_DEFAULT = "less"
_LESS = "FRX"
"""End at once where all fits, colours as colours, and leave the text on the screen."""
_WRITING = frozenset({"backup", "demo", "restore", "scan"})
"""Commands without a dry run that do something: how it went is to be seen at once."""
_NOT_STARTED = (126, 127)  # as a shell says it
_COLOUR = r"\x1b\[[0-9]*m"


def is_for_reading(words: Sequence[str]) -> bool:
    """Whether words call a command that only answers: one that takes no ``--dry-run``."""
    found = command_of(words)
    if found is None or found[0] in _WRITING:
        return False
    return ":dry_run:" not in PARAMETERS[found[0]]


def pager_of(environ: Mapping[str, str]) -> str | None:
    """The command line of the pager that variables name; None for none.

    >>> pager_of({}), pager_of({"PAGER": "most"}), pager_of({"PAGER": "cat"})
    ('less', 'most', None)
    """
    if environ.get("NO_PAGER") or environ.get("TERM") == "dumb":
        return None
    said = environ.get("PAGER", _DEFAULT).strip()
    return None if said in ("", "cat") else said


def is_taller(text: str, columns: int, lines: int) -> bool:
    """Whether a text leaves no line of a screen for what comes after it."""
    if not (columns and lines):
        return False  # a terminal that does not know its size
    shown = (display_width(re.sub(_COLOUR, "", line)) for line in text.splitlines())
    return sum(max(1, -(-width // columns)) for width in shown) >= lines


def read_by_pager(text: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Show a text by the pager if it is taller than the terminal that a stream goes to.

    Args:
        text: ready for the stream: sanitised, in ASCII where that is all it knows.

    Returns:
        False where nothing was shown: it fits, no pager is wanted, or none could be started.
    """
    pager = pager_of(environ)
    try:
        columns, lines = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return False
    if pager is None or not is_taller(text, columns, lines):
        return False
    stream.flush()
    return _run(pager, text, stream, environ) not in _NOT_STARTED


def _run(pager: str, text: str, stream: TextIO, environ: Mapping[str, str]) -> int:
    """Run the pager to its end; its exit status. Ctrl-C belongs to it while it runs."""
    import shutil
    import signal
    import subprocess

    if pager == _DEFAULT and shutil.which(pager, path=environ.get("PATH")) is None:
        return _NOT_STARTED[1]
    encoding = stream.encoding or "utf-8"
    charset = {"LESSCHARSET": "utf-8"} if encoding.lower() == "utf-8" else {}
    held: list[int] = []  # TERM that comes before the pager is ours to end
    term = signal.signal(signal.SIGTERM, lambda number, _: held.append(number))
    process = subprocess.Popen(  # noqa: S603 - the user's own pager, started as man does
        ["/bin/sh", "-c", pager],
        stdin=subprocess.PIPE,
        stdout=stream,
        env={"LESS": _LESS, **charset, **environ},
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        signal.signal(signal.SIGTERM, term)
        if held:
            signal.raise_signal(signal.SIGTERM)
        process.communicate(text.encode(encoding, "backslashreplace"))  # a closed pipe is no error
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    return process.returncode
