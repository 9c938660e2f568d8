"""Take the rows of files chunk by chunk; the same call again goes on with a stopped one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from returns_cli.domain.errors import (
    ConflictError,
    NotFoundError,
    ReturnsError,
    UsageError,
)
from returns_cli.operations import batches
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import Tally, finish, refused_by_strict
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.intake.problems import ProblemLog
    from returns_cli.intake.records import RowPlace
    from returns_cli.store.connection import Store


class PlacedRow(Protocol):
    """What every row record has: where it stands."""

    @property
    def place(self) -> RowPlace:
        """File and line."""


Row = TypeVar("Row", bound=PlacedRow)

Cell = tuple[str | None, str | None]
"""A column's name as the file writes it, and its cell as read."""

ROW_ERRORS = (ConflictError, NotFoundError, UsageError)
"""What refuses one row; a store that fails or a policy that does not read refuses the call."""


def take_rows(
    shop: Shop,
    store: Store,
    reading: RowReading[Row],
    take: Callable[[Store, list[Row], Tally], None],
    *,
    known: KnownRows,
    strict: bool,
    group: Callable[[Row], object] | None = None,
    cell: Callable[[Row, ReturnsError], Cell] = lambda *_: (None, None),
    look_up: Callable[[Store, list[list[Row]]], None] = lambda *_: None,
) -> Json:
    """Take every row of a reading and answer with the import's JSON object.

    A call that was stopped half-way is gone on with by the same call again: rows that it took are
    not taken twice, and the answer and the reject file are those of one call.

    Args:
        take: takes the rows of one group (one row where there is no ``group``), inside a
            transaction; one of ``ROW_ERRORS`` refuses them.
        known: knows the same call again.
        strict: one refused row refuses everything: nothing is written.
        group: rows with an equal value belong together; None for rows that stand alone.
        cell: the cell of a row that one of ``ROW_ERRORS`` is about.
        look_up: gathers what many groups need, before the first of them is taken.
    """
    tally = Tally()
    take_groups = partial(_take_groups, store, reading.log, take, tally, cell, look_up)
    groups: Iterable[list[Row]] = grouped(shop.watch(reading, "rows"), group)
    what = "rows"
    if group is not None:
        what, together = "requests", list(groups)
        groups = shop.watch(together, what, len(together))
    if strict or shop.dry_run:
        with store.writing(rehearse=shop.dry_run):
            take_groups(groups)
            if strict and reading.log.rejected:
                raise refused_by_strict(reading.problems)
        return finish(shop, reading, tally)
    work = f"{known.work(reading)} {batches.CHUNK}"
    parts = _Parts(store, known.command, work, reading.log, tally)

    def take_part(chunk: list[list[Row]], following: Sequence[list[Row]]) -> tuple[()]:
        if not parts.goes_on():
            with parts.kept(is_last=not following):
                take_groups(chunk)
        return ()

    for _ in batches.commit_in_chunks(shop, store, groups, take_part, what=what):
        pass  # the answer is one for all rows
    if parts.skipped:
        shop.notes.append(f"Gone on with a stopped call that had taken {parts.skipped:,} {what}.")
    return finish(shop, reading, tally)


def grouped(rows: Iterable[Row], group: Callable[[Row], object] | None) -> Iterator[list[Row]]:
    """Rows that belong together, in the order of each group's first row."""
    if group is None:
        for row in rows:
            yield [row]
        return
    together: dict[object, list[Row]] = {}
    for row in rows:
        together.setdefault(group(row), []).append(row)
    yield from together.values()


def _take_groups(
    store: Store,
    log: ProblemLog,
    take: Callable[[Store, list[Row], Tally], None],
    tally: Tally,
    cell: Callable[[Row, ReturnsError], Cell],
    look_up: Callable[[Store, list[list[Row]]], None],
    groups: Iterable[list[Row]],
) -> None:
    left = iter(groups)
    while part := list(islice(left, batches.CHUNK)):
        look_up(store, part)
        for rows in part:
            try:
                with store.writing():
                    take(store, rows, tally)
            except ROW_ERRORS as error:
                for row in rows:
                    column, value = cell(row, error)
                    log.reject(
                        row.place,
                        error.code,
                        error.message,
                        column=column,
                        value=value,
                        hint=error.hint,
                        conflict=isinstance(error, ConflictError),
                    )


class _Parts:
    """What a stopped call of the same work had done; what is kept of each part of this one.

    Attributes:
        skipped: how many groups the stopped call had taken.
    """

    def __init__(
        self, store: Store, command: str, work: str, log: ProblemLog, tally: Tally
    ) -> None:
        from returns_cli.store.batches import parts_done

        self._store = store
        self._place = (command, work)
        self._log = log
        self._tally = tally
        self._done = iter(parts_done(store, command, work))
        self._number = 0
        self.skipped = 0

    def goes_on(self) -> bool:
        """Whether the next part was done before; its figures and problems are those of then."""
        body = next(self._done, None)
        if body is None:
            return False
        kept = json.loads(body)
        self._number += 1
        self.skipped += batches.CHUNK
        self._tally.add(kept["new"], kept["same"], kept["rmas"], kept["file_id"])
        self._log.say_again(kept["said"])
        return True

    @contextmanager
    def kept(self, *, is_last: bool) -> Iterator[None]:
        """Keep what is counted and said meanwhile; the last part forgets them all."""
        from returns_cli.store.batches import forget_parts, keep_part

        tally = self._tally
        new, same, rmas = tally.new, tally.same, len(tally.rmas)
        with self._log.overheard() as said:
            yield
        self._number += 1
        if is_last and self._number > 1:
            forget_parts(self._store, self._place[0])
        if not is_last:
            body = {
                "new": tally.new - new,
                "same": tally.same - same,
                "rmas": list(islice(tally.rmas, rmas, None)),
                "file_id": tally.file_id,
                "said": said,
            }
            keep_part(self._store, *self._place, self._number, json.dumps(body))
