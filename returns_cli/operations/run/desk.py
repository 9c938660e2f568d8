"""What the steps of one run share, and what a step answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from returns_cli.domain.errors import Exit, InvalidError, OutputError, Problem, ReturnsError
from returns_cli.operations.return_view import Json
from returns_cli.operations.run.inbox import Entry
from returns_cli.operations.shop import Shop


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What was typed, and how the run tells time.

    Attributes:
        steps: names of the steps to do; empty for all.
        since: leave alone what is older: inbox files by their day, returns by their request.
        max_seconds: begin no further file, step or batch of paper after that; None for no limit.
        ticks: seconds of a clock that only goes forward.
        clock: seconds since the epoch, as files are stamped.
        pause: waits for a number of seconds.
    """

    steps: tuple[str, ...] = ()
    since: date | None = None
    max_seconds: int | None = None
    ticks: Callable[[], float] = time.monotonic
    clock: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Outcome:
    """What a step did.

    Attributes:
        done, failed: how many files, returns or refunds.
        files: taken or made, relative to the shop folder.
        problems: met on the way.
        exits: statuses that it asks for; the gravest of the run holds.
    """

    done: int = 0
    failed: int = 0
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    exits: set[Exit] = field(default_factory=set)

    def meet(self, error: ReturnsError, status: Exit, *, file: str | None = None) -> None:
        """Note an error that stops a part of the step, with all its problems."""
        said = error.problems if isinstance(error, InvalidError) else ()
        if isinstance(error.result, dict):  # a file whose every row was refused
            said = tuple(Problem(**one) for one in error.result["problems"])
        self.problems += said or [
            Problem(error.code, error.message, file or error.where, hint=error.hint)
        ]
        self.exits.add(Exit.OUTPUT if isinstance(error, OutputError) else status)


@dataclass(slots=True)
class Desk:
    """One run as its steps see it.

    Attributes:
        shop: whose desk it is; in a rehearsal a copy of it.
        home: the shop's own folder, also in a rehearsal.
        entries: of ``inbox`` in shop.yaml.
        run_id: of the run in the store.
        approved: returns that the policy approved in this run.
        done: answers of the steps before.
    """

    shop: Shop
    home: Path
    request: RunRequest
    entries: tuple[Entry, ...]
    run_id: int
    ends_at: float | None
    approved: list[str] = field(default_factory=list)
    done: list[Json] = field(default_factory=list)

    @property
    def is_rehearsal(self) -> bool:
        """Whether the shop is a copy that is thrown away."""
        return self.shop.folder != self.home

    @property
    def is_over(self) -> bool:
        """Whether ``--max-time`` has passed."""
        return self.ends_at is not None and self.request.ticks() >= self.ends_at
