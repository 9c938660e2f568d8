"""Progress of long work: a bar on stderr, only at a terminal and only past half a second."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar, cast, runtime_checkable

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

PATIENCE_S = 0.5
"""Work that is done sooner shows no bar."""

_EVERY = 100  # items between two looks at the clock


@runtime_checkable
class Positioned(Protocol):
    """What is read from files: how far it is says the place in them, not the number of items.

    Attributes:
        on_progress: to be called now and then while items are looked for.
    """

    on_progress: Callable[[], None]

    def position(self) -> tuple[int, int, int]:
        """Bytes passed, bytes in all, and rows so far."""
        ...


class ProgressBar:
    """Shows how far a loop is; what it counts is said in a word such as ``orders``.

    Of files it says the rows so far, and from the bytes passed how long the rest will take.

    Args:
        terminal: where the bar is drawn.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def __call__(
        self, items: Iterable[Item], what: str, total: int | None = None
    ) -> Iterator[Item]:
        """The items as they come, with a bar beside them once they take longer than a moment."""
        if isinstance(items, Positioned):
            yield from self._along_files(items)
            return
        started = monotonic()
        bar: Progress | None = None
        try:
            for number, item in enumerate(items):
                if number % _EVERY == 0 and monotonic() - started > PATIENCE_S:
                    if bar is None:
                        bar = self._started(what, total)
                    bar.update(bar.task_ids[0], completed=number)
                yield item
        finally:
            if bar is not None:
                bar.stop()

    def _along_files(self, items: Positioned) -> Iterator[Item]:
        started = monotonic()
        bar: Progress | None = None

        def look() -> None:
            nonlocal bar
            if bar is None:
                if monotonic() - started <= PATIENCE_S:
                    return
                bar = self._started("rows", items.position()[1], of_files=True)
            at, _, rows = items.position()
            bar.update(bar.task_ids[0], completed=at, description=f"{rows:,} rows")

        items.on_progress = look
        try:
            for number, item in enumerate(cast(Iterable[Item], items)):
                if number % _EVERY == 0:
                    look()
                yield item
        finally:
            if bar is not None:
                bar.stop()

    def _started(self, what: str, total: int | None, *, of_files: bool = False) -> Progress:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn() if of_files else MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(file=self._terminal),
            transient=True,
        )
        bar.add_task(what, total=total)
        bar.start()
        return bar
