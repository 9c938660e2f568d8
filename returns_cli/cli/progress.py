"""Progress of long work: a bar on stderr, only at a terminal and only past half a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

PATIENCE_S = 0.5
"""Work that is done sooner shows no bar."""

_EVERY = 100  # items between two looks at the clock


class ProgressBar:
    """Shows how far a loop is; what it counts is said in a word such as ``orders``.

    Args:
        terminal: where the bar is drawn.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def __call__(
        self, items: Iterable[Item], what: str, total: int | None = None
    ) -> Iterator[Item]:
        """The items as they come, with a bar beside them once they take longer than a moment."""
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

    def _started(self, what: str, total: int | None) -> Progress:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(file=self._terminal),
            transient=True,
        )
        bar.add_task(what, total=total)
        bar.start()
        return bar
