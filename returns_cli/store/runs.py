"""Unattended runs as they are recorded: begun, step by step, ended; and the paper they made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain.errors import NotFoundError, Problem
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_RUNS = """
SELECT r.run_id, r.started_at, r.actor, r.steps, e.ended_at, e.entries, e.head, e.exit
FROM run r LEFT JOIN run_end e ON e.run_id = r.run_id
"""
_LATEST = f"{_RUNS} ORDER BY r.run_id DESC LIMIT ?"
_ONE = f"{_RUNS} WHERE r.run_id = ?"
_STEPS = "SELECT step, done, failed, files FROM run_step WHERE run_id = ? ORDER BY n"
_PROBLEMS = "SELECT step, code, file, line FROM run_problem WHERE run_id = ? ORDER BY n"
_NEXT_STEP = "SELECT coalesce(max(n), 0) + 1 FROM run_step WHERE run_id = ?"
_NEXT_PROBLEM = "SELECT coalesce(max(n), 0) + 1 FROM run_problem WHERE run_id = ?"
_MADE = "SELECT return_id, decision_id FROM run_paper WHERE kind = ?"
_ALL = -1


class Run(NamedTuple):
    """A run; the last four are None for one that was stopped before its end."""

    run_id: int
    started_at: str
    actor: str
    steps: tuple[str, ...]
    ended_at: str | None
    entries: int | None
    head: str | None
    exit: int | None


class RunStep(NamedTuple):
    """What a step did: how much, how much of it failed, the files it took or made."""

    step: str
    done: int
    failed: int
    files: tuple[str, ...]


class RunProblem(NamedTuple):
    """A problem that a step met, without what the cell held."""

    step: str
    code: str
    file: str | None
    line: int | None


def begin_run(store: Store, started_at: str, actor: str, steps: Sequence[str]) -> int:
    """Record that a run begins; opens a transaction. Its number."""
    row: dict[str, Value] = {"started_at": started_at, "actor": actor, "steps": " ".join(steps)}
    with store.writing():
        return add_fact(store.connection, "run", row)


def add_step(store: Store, run_id: int, done: RunStep, problems: Iterable[Problem]) -> None:
    """Record what a step did and met; opens a transaction."""
    with store.writing():
        (n,) = store.connection.execute(_NEXT_STEP, (run_id,)).fetchone()
        step: dict[str, Value] = {
            "run_id": run_id,
            "n": n,
            "step": done.step,
            "done": done.done,
            "failed": done.failed,
            "files": json.dumps(done.files, ensure_ascii=False),
        }
        add_fact(store.connection, "run_step", step)
        (n,) = store.connection.execute(_NEXT_PROBLEM, (run_id,)).fetchone()
        for number, problem in enumerate(problems, n):
            met: dict[str, Value] = {
                "run_id": run_id,
                "n": number,
                "step": done.step,
                "code": problem.code,
                "file": problem.file,
                "line": problem.line,
            }
            add_fact(store.connection, "run_problem", met)


def end_run(store: Store, run_id: int, ended_at: str, *, exit_status: int) -> tuple[int, str]:
    """Record a run's end with the journal's count and head, which it gives; opens a transaction."""
    from returns_cli.store.journal import head_of

    with store.writing():
        entries, head = head_of(store.connection)
        row: dict[str, Value] = {
            "run_id": run_id,
            "ended_at": ended_at,
            "entries": entries,
            "head": head,
            "exit": exit_status,
        }
        add_fact(store.connection, "run_end", row)
    return entries, head


def list_runs(store: Store, limit: int | None = None) -> list[Run]:
    """Runs, the newest first."""
    rows = store.connection.execute(_LATEST, (_ALL if limit is None else limit,))
    return [_run(row) for row in rows]


def find_run(store: Store, run_id: int) -> tuple[Run, list[RunStep], list[RunProblem]]:
    """A run, its steps and its problems.

    Raises:
        NotFoundError: there is none of that number.
    """
    row = store.connection.execute(_ONE, (run_id,)).fetchone()
    if row is None:
        raise NotFoundError(
            "E-RUN-UNKNOWN",
            f"There is no run {run_id}.",
            where=str(run_id),
            hint="List them with `returns runs list`.",
        )
    steps = [
        RunStep(step, done, failed, tuple(json.loads(files)))
        for step, done, failed, files in store.connection.execute(_STEPS, (run_id,))
    ]
    problems = [RunProblem(*one) for one in store.connection.execute(_PROBLEMS, (run_id,))]
    return _run(row), steps, problems


def paper_made(store: Store, kind: str) -> set[tuple[int, int]]:
    """Which paper of a kind runs have made: numbers of returns and of the decisions it says."""
    return set(store.connection.execute(_MADE, (kind,)))


def keep_paper(store: Store, run_id: int, kind: str, made: Iterable[tuple[int, int]]) -> None:
    """Record paper that lies on the disk, by return and decision; opens a transaction."""
    with store.writing():
        for return_id, decision_id in made:
            row: dict[str, Value] = {
                "return_id": return_id,
                "kind": kind,
                "decision_id": decision_id,
                "run_id": run_id,
            }
            add_fact(store.connection, "run_paper", row)


def _run(row: tuple[int, str, str, str, str | None, int | None, str | None, int | None]) -> Run:
    run_id, started_at, actor, steps, *ended = row
    return Run(run_id, started_at, actor, tuple(steps.split()), *ended)  # type: ignore[arg-type]  # the row's own types
