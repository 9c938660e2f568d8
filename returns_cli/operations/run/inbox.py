"""What lies in ``inbox/``, and which command each file goes to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.domain.shop import ShopConfig
from returns_cli.operations.run.readers import READERS, Reader, find_reader, read_typed

INBOX = "inbox"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", "~")
QUIET_SECONDS = 2.0
"""A file that changed within this time is looked at again after it: it may still be growing."""


class Entry(NamedTuple):
    """One entry of ``inbox`` in shop.yaml: files of these names, the command, its options."""

    names: str
    reader: Reader
    options: dict[str, Any]


class Waiting(NamedTuple):
    """A file that can be read; ``reader`` None where nobody knows what it is."""

    path: Path
    reader: Reader | None
    options: dict[str, Any]


class Inbox(NamedTuple):
    """The files to read, in order, and the names of those left for another time."""

    waiting: list[Waiting]
    growing: list[str]


def entries_of(config: ShopConfig, folder: Path) -> tuple[Entry, ...]:
    """The entries that shop.yaml declares.

    Raises:
        InvalidError: ``E-RUN-INBOX``, every entry that names no command or wrong options.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, one in enumerate(config.inbox, 1):
        names, command = one["files"], one["command"]
        reader = find_reader(command)
        try:
            if reader is None:
                known = ", ".join(each.command for each in READERS)
                raise ValueError(f"`{command[:60]}` reads no files. One of: {known}")
            entries.append(Entry(names, reader, read_typed(reader, one.get("options", ""), folder)))
        except ValueError as error:
            message = f"Entry {number} of inbox ({names[:60]}): {error}."
            problems.append(Problem("E-RUN-INBOX", message, "shop.yaml", hint="Mend the entry."))
    if problems:
        raise InvalidError(
            "E-RUN-INBOX",
            problems[0].message,
            where="shop.yaml",
            hint="Write files, command and options as at the command line: command: orders import.",
            problems=tuple(problems),
        )
    return tuple(entries)


def look_into(
    folder: Path,
    entries: tuple[Entry, ...],
    *,
    zone: ZoneInfo,
    since: date | None,
    now: float,
    pause: Callable[[float], None],
) -> Inbox:
    """What lies in the inbox and can be read now.

    Left alone are hidden files, folders, links, names that programs give to unfinished files, and
    files that are still written to. Files are read by their command, those of one command by name.

    Args:
        folder: the shop folder.
        entries: of shop.yaml; none tells files by their header, else by how their names begin.
        zone: whose days count.
        since: leaves files alone that were last changed before that day.
        now: seconds since the epoch, of the machine's clock.
        pause: waits for a number of seconds.
    """
    found = sorted(_files(folder / INBOX), key=lambda one: one.name)
    if since is not None:
        found = [one for one in found if _changed_on(one, zone) >= since]
    growing = _growing(found, now, pause)
    waiting = [_waiting(path, entries) for path in found if path.name not in growing]
    return Inbox(sorted(waiting, key=_turn), growing)


def _files(inbox: Path) -> list[Path]:
    if not inbox.is_dir():
        return []
    return [
        one
        for one in inbox.iterdir()
        if one.is_file()
        and not one.is_symlink()
        and not one.name.startswith(".")
        and not one.name.lower().endswith(_UNFINISHED)
    ]


def _changed_on(path: Path, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, zone).date()


def _growing(found: list[Path], now: float, pause: Callable[[float], None]) -> list[str]:
    """Names of files that are written to while one looks."""
    fresh = {one: _size_and_time(one) for one in found}
    youngest = max((changed for _, changed in fresh.values()), default=0.0)
    if now - youngest >= QUIET_SECONDS:
        return []
    pause(min(QUIET_SECONDS, QUIET_SECONDS - (now - youngest)))
    return [one.name for one, before in fresh.items() if _size_and_time(one) != before]


def _size_and_time(path: Path) -> tuple[int, float]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (-1, 0.0)
    return (found.st_size, found.st_mtime)


def _waiting(path: Path, entries: tuple[Entry, ...]) -> Waiting:
    if not entries:
        return Waiting(path, _reader_of(path), {})
    for entry in entries:
        if fnmatchcase(path.name.lower(), entry.names.lower()):
            return Waiting(path, entry.reader, entry.options)
    return Waiting(path, None, {})


def _reader_of(path: Path) -> Reader | None:
    """By its header; where that is not known, by the name, so that the command says what is."""
    from returns_cli.intake.telling_command import telling_command

    try:
        command = telling_command(path)
    except OSError:
        command = None
    if command is not None and (reader := find_reader(command)) is not None:
        return reader
    name = path.name.lower()
    return next((one for one in READERS if name.startswith(one.begins)), None)


def _turn(one: Waiting) -> int:
    return READERS.index(one.reader) if one.reader is not None else len(READERS)
