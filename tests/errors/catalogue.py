"""The error catalogue as files: for each code what to type, and what is said then.

A file of ``cases/`` holds entries. ``== CODE`` begins one; behind it may stand ``at STAGE``, a
state of the shop of ``tests/faults/commands.py`` (``ordered`` where none is said). ``-- NAME``
begins a file of the shop, ``-- NAME bytes`` one whose escapes are bytes, ``-- NAME more`` one that
is added to; the one called ``stdin`` is what is scanned or piped. ``$ LINE`` is typed; the last
line brings the code. Under it stands what was expected: the exit status in brackets, then of stdout
the lines that name the code, then stderr. ``{rma}``, ``{refund}`` and ``{credit}`` stand for what
the stage made.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from contextlib import chdir
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from returns_cli.__main__ import run
from returns_cli.cli.context import Invocation
from returns_cli.cli.output import Output
from tests.faults.commands import CLOCK, Stand, stand

CASES = Path(__file__).parent / "cases"
_TOLD = ("file", "line", "code", "value", "message", "hint")


class Case(NamedTuple):
    """One entry.

    Attributes:
        place: the file and the number of its entry there.
        stage: of the shop it starts from.
        files: name, how, and text of each file.
        lines: what is typed.
        expected: what is said at the last one.
    """

    place: tuple[str, int]
    code: str
    stage: str
    files: tuple[tuple[str, str, str], ...]
    lines: tuple[str, ...]
    expected: str


class Said(NamedTuple):
    """What a command line left behind."""

    code: int
    out: str
    err: str


def read_cases(path: Path) -> list[Case]:
    """The entries of one file."""
    entries = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_case((path.name, number), text) for number, text in enumerate(entries)]


def _case(place: tuple[str, int], text: str) -> Case:
    head, *rest = text.split("\n")
    code, _, stage = head.partition(" at ")
    files: list[tuple[str, str, list[str]]] = []
    lines: list[str] = []
    expected: list[str] = []
    for line in rest:
        if line.startswith("$ "):
            lines.append(line[2:])
        elif lines:
            expected.append(line)
        elif line.startswith("-- "):
            name, _, how = line[3:].partition(" ")
            files.append((name, how, []))
        else:
            files[-1][2].append(line)
    written = tuple((name, how, "".join(f"{one}\n" for one in body)) for name, how, body in files)
    return Case(place, code, stage or "ordered", written, tuple(lines), "\n".join(expected).strip())


class Shops:
    """Shops at each stage, made once; every case gets a copy."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[str, Stand] = {}

    def copy(self, stage: str, folder: Path) -> Stand:
        """A shop at a stage, in a folder of its own."""
        if stage not in self._made:
            self._made[stage] = stand(self._root / stage, stage)
        made = self._made[stage]
        shutil.copytree(made.folder, folder)
        return Stand(folder, made.names)


def play(case: Case, shops: Shops, folder: Path, *options: str) -> Said:
    """Type the lines of a case in a fresh copy of its shop; what the last one left behind."""
    made = shops.copy(case.stage, folder)
    for name, how, text in case.files:
        _write(folder / name, how, text)
    stdin = folder / "stdin"
    *before, last = (shlex.split(line.format_map(made.names)) for line in case.lines)
    for words in before:
        _type(folder, words)
    return _type(folder, [*options, *last], stdin.read_bytes() if stdin.exists() else b"")


def _write(path: Path, how: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if how == "bytes":
        path.write_bytes(text.rstrip("\n").encode().decode("unicode_escape").encode("latin-1"))
    else:
        with path.open("a" if how == "more" else "w", encoding="utf-8") as file:
            file.write(text)


def _type(folder: Path, words: list[str], stdin: bytes = b"") -> Said:
    out, err = StringIO(), StringIO()
    environ = {"LOGNAME": "test", "RETURNS_SALT": "flow"}
    invocation = Invocation(
        TextIOWrapper(BytesIO(stdin), encoding="utf-8"), Output(out, err, environ), environ, Path()
    )
    with chdir(folder):
        code = run(invocation, ["--as-of", CLOCK, *words])
    return Said(code, out.getvalue(), err.getvalue())


def told(case: Case, said: Said, folder: Path) -> str:
    """What was said, as it stands in a file of cases."""
    named = [line.strip() for line in _problem_lines(said.out) if case.code in line]
    text = "\n".join([f"[{said.code}]", *named, *said.err.splitlines()])
    return text.replace(str(folder), "SHOP").strip()


def _problem_lines(out: str) -> list[str]:
    """Lines of an answer, or one for each problem of an answer in JSON."""
    if not out.startswith("{") or '"problems"' not in out:
        return out.splitlines()
    problems = json.loads(out)["problems"]
    return [" ".join(str(one[key]) for key in _TOLD if one[key]) for one in problems]


def renewed(text: str, told_of: list[str]) -> str:
    """A file of cases with what was said now."""
    head, *entries = re.split(r"^== ", text, flags=re.MULTILINE)
    for number, said in enumerate(told_of):
        typed = list(re.finditer(r"^\$ .*$", entries[number], flags=re.MULTILINE))
        entries[number] = f"{entries[number][: typed[-1].end()]}\n{said}\n\n"
    return "== ".join([head, *entries]).rstrip("\n") + "\n"
