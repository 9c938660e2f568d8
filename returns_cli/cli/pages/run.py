"""What unattended runs say to a person."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.cli.page import Cell, Fields, Lines, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, either, moment, problems_block

_FIGURES = frozenset({"Done", "Failed"})


def run_page(answers: Iterable[Answer]) -> Page:
    """A run: its steps, its problems, how it ended."""
    lines = list(answers)
    steps = [one for one in lines if one["type"] == "step"]
    problems = [one for one in lines if one["type"] == "problem"]
    (summary,) = (one for one in lines if one["type"] == "summary")
    made: list[list[Piece]] = [[str(file)] for one in steps for file in one["files"]]
    return [
        _steps(steps),
        *([Lines(made, title="Files")] if made else []),
        *problems_block(problems),
        Fields(
            [
                ("Ended", moment(summary["ended_at"])),
                ("Journal entries", either(summary["entries"])),
                ("Head", either(summary["head"])),
                ("Exit", _status(summary["exit"])),
            ]
        ),
    ]


def runs_page(answers: Iterable[Answer]) -> Page:
    """Runs, one a line."""
    rows: list[list[Piece]] = [
        [
            str(one["run"]),
            moment(one["started_at"]),
            moment(one["ended_at"]),
            str(one["actor"]),
            ", ".join(one["wanted"]),
            _status(one["exit"]),
        ]
        for one in answers
    ]
    columns = ["Run", "Began", "Ended", "Actor", "Steps", "Exit"]
    return [Table(columns, rows, right=frozenset({"Run", "Exit"}), empty="No run yet.")]


def shown_run_page(answer: Answer) -> Page:
    """One run with its steps and the problems that it met."""
    problems: list[list[Piece]] = [
        [f"{one['step']}: {one['code']}", *([_place(one)] if one["file"] else [])]
        for one in answer["problems"]
    ]
    ended = moment(answer["ended_at"]) if answer["ended_at"] else "stopped before its end"
    return [
        Fields(
            [
                ("Run", str(answer["run"])),
                ("Began", moment(answer["started_at"])),
                ("Ended", ended),
                ("Actor", str(answer["actor"])),
                ("Journal entries", either(answer["entries"])),
                ("Head", either(answer["head"])),
                ("Exit", _status(answer["exit"])),
            ]
        ),
        _steps(answer["steps"]),
        *([Lines(problems, title="Problems")] if problems else [sentence("No problem found.")]),
    ]


def _steps(steps: Iterable[Answer]) -> Table:
    rows: list[list[Piece]] = [
        [
            str(one["step"]),
            str(one["done"]),
            Cell(str(one["failed"]), "bad" if one["failed"] else ""),
        ]
        for one in steps
    ]
    return Table(["Step", "Done", "Failed"], rows, right=_FIGURES)


def _place(problem: Answer) -> str:
    line = f":{problem['line']}" if problem["line"] is not None else ""
    return f"{problem['file']}{line}"


def _status(status: int | None) -> Cell:
    if status is None:
        return Cell("–", "dim")
    return Cell(str(status), "good" if status == 0 else "warn" if status == 3 else "bad")
