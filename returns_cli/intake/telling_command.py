"""Telling by its header which command reads a file, for an inbox that holds files of all kinds."""

from __future__ import annotations

from pathlib import Path

from returns_cli.intake.header import command_of

_HEAD = 65_536  # bytes: headers are among the first twenty lines


def telling_command(path: Path) -> str | None:
    """``orders import``, ``receive --file`` …; None where no known format, or several, fit.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":  # the last letter may be cut
            return None
        text = head[: error.start].decode("utf-8-sig")
    return command_of(text.splitlines(keepends=True))
