"""The first step: every file of the inbox goes to its command, and then to ``inbox/done/``."""

from __future__ import annotations

import filecmp
from itertools import count
from pathlib import Path
from typing import Any

from returns_cli.domain.errors import Exit, OutputError, Problem, ReturnsError, StoreError
from returns_cli.operations.run.desk import Desk, Outcome
from returns_cli.operations.run.inbox import INBOX, Waiting, look_into
from returns_cli.store.connection import sync_folder

DONE = "done"


def take_in(desk: Desk) -> Outcome:
    """Read what lies in the inbox; one refused file or row never stops the rest.

    A file is moved after its transaction. One that was read and not moved, since the machine
    stopped, is read again: that changes nothing. A refused file stays where it is.
    """
    request, outcome = desk.request, Outcome()
    found = look_into(
        desk.shop.folder,
        desk.entries,
        zone=desk.shop.zone,
        since=request.since,
        now=request.clock(),
        pause=request.pause,
    )
    outcome.problems += [_growing(name) for name in found.growing]
    for waiting in found.waiting:
        if desk.is_over:
            break
        _take(desk, waiting, outcome)
    return outcome


def _growing(name: str) -> Problem:
    return Problem(
        "W-RUN-GROWING",
        f"{name} is still being written; it was left for the next run.",
        name,
        hint="Write under a name that ends in .part and rename the file when it is whole.",
    )


def _take(desk: Desk, waiting: Waiting, outcome: Outcome) -> None:
    name = waiting.path.name
    if waiting.reader is None:
        outcome.failed += 1
        outcome.exits.add(Exit.PARTLY)
        outcome.problems.append(_unknown(name))
        return
    try:
        answer: Any = waiting.reader.read(desk.shop, waiting.path, waiting.options)
    except StoreError:
        raise
    except ReturnsError as error:
        if error.code == "E-FILE-CHANGED":
            outcome.problems.append(_growing(name))
            return
        outcome.failed += 1
        outcome.meet(error, Exit.PARTLY, file=name)
        return
    outcome.problems += [Problem(**one) for one in answer["problems"]]
    if answer["rejected"]:
        outcome.exits.add(Exit.PARTLY)
    outcome.done += 1
    try:
        moved = put_away(waiting.path)
    except OutputError as error:
        outcome.meet(error, Exit.OUTPUT)
    else:
        outcome.files.append(moved.relative_to(desk.shop.folder).as_posix())


def _unknown(name: str) -> Problem:
    return Problem(
        "E-RUN-UNKNOWN-FILE",
        f"Nothing says which command reads {name}; it stays in {INBOX}/.",
        name,
        hint="Add an entry to inbox in shop.yaml with its files and command, or move it away.",
    )


def put_away(path: Path) -> Path:
    """Move a handled file into ``done/`` beside it; a different file of its name stays there.

    Returns:
        Where it lies now.

    Raises:
        OutputError: it cannot be moved; the next run reads it again, which changes nothing.
    """
    folder = path.parent / DONE
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        place = _free_place(folder, path)
        path.replace(place)
        sync_folder(folder)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError(
            "E-RUN-MOVE",
            f"{path.name} was read and cannot be moved to {INBOX}/{DONE}/: {error.strerror}.",
            where=str(path),
            hint="What it holds is recorded. Check the folder's permissions, then run again.",
        ) from error
    return place


def _free_place(folder: Path, path: Path) -> Path:
    """The name itself, or with a number where another file of that name was handled before."""
    place = folder / path.name
    for number in count(2):
        if not place.exists() or filecmp.cmp(place, path, shallow=False):
            break
        place = folder / f"{path.stem}-{number}{path.suffix}"
    return place
