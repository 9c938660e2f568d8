"""Do a whole round without a person: files in, judged, approved, paper, refunds, report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from returns_cli.domain.days import iso
from returns_cli.domain.errors import Exit, Problem, StoreError, UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import view_problem
from returns_cli.operations.run.desk import Desk, Outcome, RunRequest
from returns_cli.operations.run.inbox import Entry, entries_of
from returns_cli.operations.run.judge import approve, evaluate
from returns_cli.operations.run.paper_out import make_paper
from returns_cli.operations.run.refund_step import refund
from returns_cli.operations.run.rehearsal import rehearsed, sweep
from returns_cli.operations.run.report import check_against_last_report, report
from returns_cli.operations.run.single import single_run
from returns_cli.operations.run.take_in import take_in
from returns_cli.operations.run.tidy import tidy
from returns_cli.operations.shop import Shop

Step = Callable[[Desk], Outcome]

STEPS: dict[str, Step] = {
    "import": take_in,
    "evaluate": evaluate,
    "approve": approve,
    "paper": make_paper,
    "refunds": refund,
    "report": report,
    "tidy": tidy,
}
_GRAVEST = (Exit.STORE, Exit.INVALID, Exit.OUTPUT, Exit.PARTLY)
"""Of several statuses the first of these holds."""


def run_desk(shop: Shop, request: RunRequest) -> Iterator[Json]:
    """Run the steps in their order and answer as they end: problems, a line a step, a summary.

    One bad file, row or return never stops the rest; a store that cannot be used stops all. Each
    step may be repeated, so a run that was stopped anywhere is completed by the next one. With
    ``dry_run`` the same run works on a copy of the shop, which is thrown away.

    Raises:
        UsageError: an unknown step.
        InvalidError: shop.yaml is wrong.
        StoreError: another run works; the store cannot be used; the journal lost entries.
    """
    names = _steps_named(request.steps)
    with _place(shop) as place:
        if not (place.config.retention or request.steps):
            names.remove("tidy")
        entries = entries_of(place.config, shop.folder)
        check_against_last_report(place)
        yield from _run(_desk(shop, place, request, entries, names), names)


def typed_request(
    shop: Shop, steps: str | None, since: str | None, max_time: str | None
) -> RunRequest:
    """A request as typed: steps between commas, a day, a time such as ``30m``.

    Raises:
        UsageError: one of them cannot be understood.
    """
    names = tuple(one.strip() for one in steps.split(",")) if steps else ()
    day = shop.moment(since, "--since").date() if since else None
    return RunRequest(names, day, None if max_time is None else _seconds(max_time))


def _seconds(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,6})([smh]?)", text, re.ASCII)
    if found is None:
        raise UsageError(
            "E-USAGE",
            f"`{text[:40]}` is no time.",
            where="--max-time",
            hint="Write seconds, minutes or hours: 90s, 30m, 2h.",
        )
    return int(found[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[found[2]]


def _steps_named(wanted: tuple[str, ...]) -> list[str]:
    for name in wanted:
        if name not in STEPS:
            raise UsageError(
                "E-USAGE",
                f"`{name[:40]}` is no step of a run.",
                where="--steps",
                hint=nearest_or_all(name, STEPS),
            )
    return [name for name in STEPS if not wanted or name in wanted]


@contextmanager
def _place(shop: Shop) -> Iterator[Shop]:
    """The shop, locked for one run; in a dry run a copy of it."""
    if shop.dry_run:
        with rehearsed(shop) as copy:
            yield copy
        return
    with single_run(shop.folder):
        sweep(shop.folder)
        yield shop


def _desk(
    shop: Shop, place: Shop, request: RunRequest, entries: tuple[Entry, ...], names: list[str]
) -> Desk:
    from returns_cli.store.runs import begin_run

    with place.open_store() as store:
        run_id = begin_run(store, place.now, place.actor, names)
    limit = request.max_seconds
    ends_at = None if limit is None else request.ticks() + limit
    return Desk(place, shop.folder, request, entries, run_id, ends_at)


def _run(desk: Desk, names: list[str]) -> Iterator[Json]:
    exits: set[Exit] = set()
    for name in names:
        if desk.is_over:
            yield _view_problem(name, _out_of_time(name))
            break
        try:
            outcome = STEPS[name](desk)
            _record(desk, name, outcome)
        except StoreError as error:
            exits.add(Exit.STORE)
            said = Problem(error.code, error.message, error.where, hint=error.hint)
            yield _view_problem(name, said)
            break
        exits |= outcome.exits
        yield from (_view_problem(name, one) for one in outcome.problems)
        step = {
            "type": "step",
            "step": name,
            "done": outcome.done,
            "failed": outcome.failed,
            "files": outcome.files,
        }
        desk.done.append(step)
        yield step
    yield _summary(desk, next((one for one in _GRAVEST if one in exits), Exit.DONE))


def _record(desk: Desk, name: str, outcome: Outcome) -> None:
    from returns_cli.store.runs import RunStep, add_step

    done = RunStep(name, outcome.done, outcome.failed, tuple(outcome.files))
    with desk.shop.open_store() as store:
        add_step(store, desk.run_id, done, outcome.problems)


def _out_of_time(name: str) -> Problem:
    return Problem(
        "W-RUN-TIME",
        f"The time given with --max-time is over before the step {name}.",
        hint="The next run goes on from here.",
    )


def _view_problem(step: str, problem: Problem) -> Json:
    return {"type": "problem", "step": step, **view_problem(problem)}


def _summary(desk: Desk, status: Exit) -> Json:
    from returns_cli.store.runs import end_run

    shop = desk.shop
    ended_at = shop.now
    if shop.as_of_text is None:
        ended_at = iso(datetime.now(UTC).astimezone(shop.zone).replace(microsecond=0))
    entries: int | None = None
    head: str | None = None
    try:
        with shop.open_store() as store:
            entries, head = end_run(store, desk.run_id, ended_at, exit_status=int(status))
    except StoreError:
        status = Exit.STORE
    return {
        "type": "summary",
        "started_at": shop.now,
        "ended_at": ended_at,
        "entries": entries,
        "head": head,
        "exit": int(status),
    }
