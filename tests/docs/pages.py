"""What the pages promise, and how it is compared with what the program does.

A fence of the kind ``console`` is a piece of one session: the blocks of a page run from top to
bottom, in one folder. A line that begins with ``$ `` is typed, the lines below it are its output.
A line ``...`` stands for any lines, none too. A comment ``<!-- typed: COMMAND -->`` on a line of
its own is typed as well and shows nothing. A command that ends with another status than 0 is
followed by ``$ echo $?``. Blocks of other kinds are not run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[2]
GENERATED = ("commands.md", "ERRORS.md")
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in GENERATED),
]
ELLIPSIS = "..."
TYPED = re.compile(r"<!-- typed: (?P<command>.+) -->")


@dataclass(frozen=True)
class Step:
    """One command of a page and the output shown below it, both by their lines in the file."""

    command: str
    line: int
    shown: tuple[str, ...]
    hidden: bool = False


def steps_of(text: str) -> list[Step]:
    """The commands of a page, from the top."""
    steps: list[Step] = []
    inside = False
    for number, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            steps.append(Step(line.removeprefix("$ "), number, ()))
        elif inside:
            last = steps[-1]
            steps[-1] = Step(last.command, last.line, (*last.shown, line))
        elif typed := TYPED.fullmatch(line):
            steps.append(Step(typed["command"], number, (), hidden=True))
    return steps


def agrees(shown: tuple[str, ...], real: list[str]) -> bool:
    """The output is what the page shows; ``...`` stands for any lines."""
    if ELLIPSIS not in shown:
        return list(shown) == real
    first = shown.index(ELLIPSIS)
    rest = shown[first + 1 :]
    if list(shown[:first]) != real[:first]:
        return False
    return any(agrees(rest, real[start:]) for start in range(first, len(real) + 1))


def renewed(text: str, outputs: dict[int, list[str]]) -> str:
    """The page with the real outputs below the commands that stand on these lines."""
    lines = text.splitlines()
    for step in reversed(steps_of(text)):
        if step.line in outputs:
            fresh = shortened(step.shown, outputs[step.line])
            lines[step.line + 1 : step.line + 1 + len(step.shown)] = fresh
    return "\n".join(lines) + "\n"


def shortened(shown: tuple[str, ...], real: list[str]) -> list[str]:
    """The real output cut where the page had cut it: each piece is found by how alike it is."""
    pieces: list[list[str]] = [[]]
    for line in shown:
        if line == ELLIPSIS:
            pieces.append([])
        else:
            pieces[-1].append(line)
    if len(pieces) == 1:
        return real
    fresh: list[str] = []
    start = 0
    for number, piece in enumerate(pieces):
        if number:
            fresh.append(ELLIPSIS)
        last = len(real) - len(piece)
        at = 0 if not number else last if number == len(pieces) - 1 else _likest(piece, real, start)
        if not start <= at <= last:
            return real
        fresh += real[at : at + len(piece)]
        start = at + len(piece)
    return fresh


def _likest(piece: list[str], real: list[str], start: int) -> int:
    """Where in the output, from a line on, the piece most likely stands now."""
    old = "\n".join(piece)

    def likeness(at: int) -> float:
        new = "\n".join(real[at : at + len(piece)])
        return SequenceMatcher(None, old, new, autojunk=False).ratio()

    return max(range(start, max(start, len(real) - len(piece)) + 1), key=likeness)
