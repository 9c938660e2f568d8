"""The step that makes labels and slips of approved returns, each once for a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import (
    ConflictError,
    Exit,
    InvalidError,
    OutputError,
    Problem,
)
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.paper_facts import needs_label
from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips
from returns_cli.operations.return_view import Json
from returns_cli.operations.run.desk import Desk, Outcome
from returns_cli.operations.shop import Shop
from returns_cli.store.connection import Store

OUTBOX = "outbox"
_HOUR = 3600.0  # seconds; a younger one may be somebody's at work
_CHUNK = 200
"""Returns printed before what was made is recorded: one file each, so a stop repeats few."""

Print = Callable[[Shop, PaperRequest], Json]
_KINDS: tuple[tuple[str, Print, Callable[[ReturnRecord], bool]], ...] = (
    ("label", print_labels, needs_label),
    ("slip", print_slips, lambda record: not lifecycle.needs_no_parcel(record)),
)


class _Wanted(NamedTuple):
    rma: str
    return_id: int
    decision_id: int


def make_paper(desk: Desk) -> Outcome:
    """Put a label and a slip for each newly approved return into ``outbox/``, a file each.

    Made once for a decision, whoever takes it from there; `returns label` makes it again. A file
    is whole on the disk before it is recorded as made, so that after a stop it is written again,
    with the same bytes. What cannot be printed is told and tried again by the next run.
    """
    outcome = Outcome()
    _sweep(desk)
    for kind, press, is_wanted in _KINDS:
        waiting = iter(_wanted(desk, kind, is_wanted))
        while not desk.is_over and (chunk := list(islice(waiting, _CHUNK))):
            _print(desk, kind, press, chunk, outcome)
    return outcome


def _sweep(desk: Desk) -> None:
    """Remove half-written files that a kill left in the outbox: they hold names and addresses."""
    oldest = desk.request.clock() - _HOUR
    for path in (desk.shop.folder / OUTBOX).glob(".*.tmp"):
        if not path.is_symlink() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _wanted(desk: Desk, kind: str, is_wanted: Callable[[ReturnRecord], bool]) -> list[_Wanted]:
    from returns_cli.store.runs import paper_made

    with desk.shop.open_store(read_only=True) as store, store.reading():
        made = paper_made(store, kind)
        return [
            _Wanted(record.rma, record.return_id, record.decision_id)
            for record in _ready(desk, store)
            if record.decision_id is not None
            and (record.return_id, record.decision_id) not in made
            and is_wanted(record)
        ]


def _ready(desk: Desk, store: Store) -> Iterator[ReturnRecord]:
    """Approved returns of which no parcel was seen yet."""
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids, load_returns

    since = desk.request.since.isoformat() if desk.request.since else None
    ids = list_return_ids(store, ReturnFilter(wanted=Wanted.LABEL_READY, opened_from=since))
    for start in range(0, len(ids), _CHUNK):
        for record in load_returns(store, ids[start : start + _CHUNK]):
            is_seen = record.has_arrived or record.first_scan_at
            is_late = lifecycle.has_expired(record, desk.shop.today, desk.shop.zone)
            is_live = any(record.authorized(one.line) > 0 for one in record.lines)
            if is_live and not is_seen and not is_late:
                yield record


def _print(
    desk: Desk, kind: str, press: Print, wanted: Sequence[_Wanted], outcome: Outcome
) -> None:
    from returns_cli.store.runs import keep_paper

    folder = desk.shop.folder / OUTBOX
    request = PaperRequest(
        tuple(one.rma for one in wanted), out=folder, split=True, keep_going=True
    )
    try:
        answer: Any = press(desk.shop, request)
    except (ConflictError, InvalidError, OutputError) as error:
        outcome.failed += len(wanted)
        outcome.meet(error, Exit.PARTLY)
        return
    printed = {rma for file in answer["files"] for rma in file["rmas"]}
    problems = [Problem(**one) for one in answer["problems"]]
    outcome.problems += problems
    if any(one.is_error for one in problems):
        outcome.exits.add(Exit.PARTLY)
    outcome.done += len(printed)
    outcome.failed += sum(one.rma not in printed for one in wanted)
    outcome.files += [f"{OUTBOX}/{file['path'].rpartition('/')[2]}" for file in answer["files"]]
    with desk.shop.open_store() as store:
        made = [(one.return_id, one.decision_id) for one in wanted if one.rma in printed]
        keep_paper(store, desk.run_id, kind, made)
