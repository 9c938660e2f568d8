"""The crash file: where the program failed, and nothing of what it was working on."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir, mkstemp
from traceback import walk_tb
from typing import TYPE_CHECKING

from returns_cli import __version__
from returns_cli.cli import registry

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

_PACKAGE = Path(__file__).parent.parent.parent


def write_crash_file(invocation: Invocation, error: BaseException) -> Path | None:
    """Write the report of an unexpected error, mode 0600.

    It names versions, the command, the kind of error and the lines of code, but no arguments, no
    values and no error message: those may hold what a customer wrote.

    Returns:
        Its path; None where neither the shop's folder nor the temporary one can be written.
    """
    text = crash_text(invocation.words, error)
    for folder in (_shop_folder(invocation), Path(gettempdir())):
        if folder is None:
            continue
        try:
            number, name = mkstemp(prefix="returns-crash-", suffix=".txt", dir=folder)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return Path(name)
    return None


def crash_text(words: object, error: BaseException) -> str:
    """What the crash file says."""
    lines = [
        f"returns {__version__}",
        f"Python {platform.python_version()} on {sys.platform}",
        f"at {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"command: returns {_command_name(words)}",
        "",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        lines += [
            f"  {_shown(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
            for frame, line in walk_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _command_name(words: object) -> str:
    known = {word for name, _, _ in registry.commands() for word in name.split()}
    given = words if isinstance(words, list | tuple) else []
    return " ".join(word for word in given[:2] if word in known) or "(not a known command)"


def _shown(file: str) -> str:
    """The file relative to where packages lie: a home folder may be named after a person."""
    path = Path(file)
    for folder in (_PACKAGE, *(Path(entry) for entry in sys.path if entry)):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name


def _shop_folder(invocation: Invocation) -> Path | None:
    named = invocation.shop_folder
    try:
        folders = [named] if named else [Path.cwd(), *Path.cwd().parents]
    except FileNotFoundError:  # somebody deleted the caller's folder
        return None
    return next((one for one in folders if os.access(one / "shop.yaml", os.F_OK)), None)
