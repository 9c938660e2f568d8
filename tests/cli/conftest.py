"""In-process runs of the command line, with streams of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from returns_cli.__main__ import run
from returns_cli.cli.context import Invocation
from returns_cli.cli.output import Output

Run = Callable[..., "Outcome"]


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Outcome(NamedTuple):
    """What a command line left behind."""

    code: int
    out: str
    err: str


def make_invocation(
    folder: Path = Path(),
    environ: Mapping[str, str] | None = None,
    *,
    stdin: Any = None,
    stdout: StringIO | None = None,
    stderr: StringIO | None = None,
) -> Invocation:
    """An invocation on streams in memory, without a terminal unless one is given."""
    variables = {"LOGNAME": "ann", **(environ or {})}
    output = Output(stdout or StringIO(), stderr or StringIO(), variables)
    return Invocation(stdin, output, variables, folder)


@pytest.fixture
def run_cli(tmp_path: Path) -> Run:
    """Run one command line in an empty folder: ``run_cli("list", "--json", terminal=True)``."""

    def run_one(
        *words: str,
        folder: Path = tmp_path,
        environ: Mapping[str, str] | None = None,
        stdin: bytes = b"",
        terminal: bool = False,
    ) -> Outcome:
        out, err = (Terminal(), Terminal()) if terminal else (StringIO(), StringIO())
        source = TextIOWrapper(BytesIO(stdin), encoding="utf-8")
        invocation = make_invocation(folder, environ, stdin=source, stdout=out, stderr=err)
        code = run(invocation, list(words))
        return Outcome(code, out.getvalue(), err.getvalue())

    return run_one
