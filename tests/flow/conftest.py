"""A shop made by the real commands, each run in this process on streams of the test's own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from returns_cli.__main__ import run
from returns_cli.cli.context import Invocation
from returns_cli.cli.output import Output
from returns_cli.data import shipped

CLOCK = "2026-03-20T10:00:00+00:00"


class Answer(NamedTuple):
    """What a command left behind; ``json`` is its standard output read as JSON."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


class Desk:
    """A shop folder and the clerk who types commands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.as_of = CLOCK

    def type(self, *words: str, stdin: bytes = b"") -> Answer:
        """One command line, answered in JSON."""
        out, err = StringIO(), StringIO()
        environ = {"LOGNAME": "ann", "RETURNS_SALT": "flow"}
        source = TextIOWrapper(BytesIO(stdin), encoding="utf-8")
        invocation = Invocation(source, Output(out, err, environ), environ, self.folder)
        shop = ["--shop", str(self.folder)] if words[0] != "init" else []
        code = run(invocation, [*shop, "--as-of", self.as_of, "--json", *words])
        return Answer(code, out.getvalue(), err.getvalue())

    def ok(self, *words: str, stdin: bytes = b"") -> Any:
        """The JSON of a command that must end with 0."""
        answer = self.type(*words, stdin=stdin)
        assert answer.code == 0, answer
        return answer.json

    def refused(self, code: int, *words: str) -> Any:
        """The error object of a command that must end with ``code`` and print nothing else."""
        answer = self.type(*words)
        assert answer.code == code, answer
        assert answer.out == ""
        assert answer.error["exit"] == code
        return answer.error

    def write(self, name: str, text: str) -> str:
        """A file in the shop folder; its path."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)


@pytest.fixture
def new_desk(tmp_path: Path) -> Callable[..., Desk]:
    """Make a shop: ``new_desk(currency="JPY")``."""

    def make(**options: str) -> Desk:
        folder = tmp_path / "shop"
        desk = Desk(folder)
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        assert desk.type("init", str(folder), "--no-input", *flags).code == 0
        return desk

    return make


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """A shop in New York with the example export and the European policy."""
    made = new_desk(timezone="America/New_York")
    shutil.copy(shipped("policies/apparel-eu.yaml"), made.folder / "policies")
    made.ok("orders", "import", str(shipped("examples/orders_export.csv")))
    return made
