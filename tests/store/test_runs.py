"""Runs as they are recorded."""

from __future__ import annotations

import pytest

from returns_cli.domain.errors import NotFoundError, Problem
from returns_cli.store import runs
from returns_cli.store.runs import Run, RunProblem, RunStep
from tests.store.desk import AT, Desk


def test_a_run_is_read_back_as_it_was_recorded(desk: Desk) -> None:
    run_id = runs.begin_run(desk.store, AT, "cron", ("import", "report"))
    first = RunStep("import", 2, 1, ("inbox/done/ü.csv",))
    problems = [Problem("E-A", "a", "a.csv", 3), Problem("E-B", "b")]
    runs.add_step(desk.store, run_id, first, problems)
    runs.add_step(desk.store, run_id, RunStep("report", 1, 0, ()), [Problem("W-C", "c")])

    entries, head = runs.end_run(desk.store, run_id, AT, exit_status=3)

    run, steps, met = runs.find_run(desk.store, run_id)
    assert (entries, run) == (
        0,
        Run(run_id, AT, "cron", ("import", "report"), AT, 0, head, 3),
    )
    assert steps == [first, RunStep("report", 1, 0, ())]
    assert met == [
        RunProblem("import", "E-A", "a.csv", 3),
        RunProblem("import", "E-B", None, None),
        RunProblem("report", "W-C", None, None),
    ]


def test_runs_are_listed_newest_first_and_one_may_have_no_end(desk: Desk) -> None:
    first = runs.begin_run(desk.store, AT, "cron", ("import",))
    second = runs.begin_run(desk.store, AT, "ann", ("import",))

    assert [one.run_id for one in runs.list_runs(desk.store)] == [second, first]
    assert [one.run_id for one in runs.list_runs(desk.store, 1)] == [second]
    assert runs.list_runs(desk.store)[0].exit is None


def test_a_run_that_is_not_there_is_said_so(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no run 7"):
        runs.find_run(desk.store, 7)


def test_paper_is_known_by_return_and_decision(busy: Desk) -> None:
    assert runs.paper_made(busy.store, "label") == {(1, 1)}
    assert runs.paper_made(busy.store, "slip") == set()
