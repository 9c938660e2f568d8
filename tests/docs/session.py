"""A reader at the keyboard: runs what the pages show, in a folder of its own.

Words for ``returns`` run in this process, since a new Python each would take minutes. ``cd`` and
``alias returns=…`` are understood here; ``make demo`` is what the Makefile says. Everything else,
such as a pipe, goes to a shell that finds ``returns`` on its path.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from returns_cli.__main__ import run
from returns_cli.cli.context import Invocation
from returns_cli.cli.output import Output

ROOT = Path(__file__).parents[2]
SHELL_SIGNS = re.compile(r"[|<>;&$`*]")
ASSIGNMENT = re.compile(r"[A-Z_]+=\S*")
VARIABLES = {"LOGNAME": "ann", "TZ": "UTC"}
UNSET = ("RETURNS_SHOP", "RETURNS_ACTOR", "RETURNS_SALT")


class Session:
    """One reader of one page, who began in a folder that holds the examples and the policies."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._alias = ["returns"]
        self._code = 0
        for name in ("examples", "policies"):
            shutil.copytree(ROOT / name, home / name)
        self._bin = home.parent / f"{home.name}-bin"
        self._bin.mkdir()
        program = self._bin / "returns"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m returns_cli "$@"\n')
        program.chmod(0o755)
        for name, value in VARIABLES.items():
            patch.setenv(name, value)
        for name in UNSET:
            patch.delenv(name, raising=False)
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _refused)  # no page needs a network
        patch.chdir(home)

    def type(self, command: str) -> str:
        """Run one command line; give what it shows, talk and data as a terminal mixes them."""
        if command == "echo $?":
            return f"{self._code}\n"
        if command.startswith(("cd ", "alias returns=")):
            self._remember(command)
            return ""
        if command == "make demo":
            return self.type("returns demo returns-demo") + said_by_make("demo")
        words = [] if SHELL_SIGNS.search(command) else shlex.split(command)
        settings = [word for word in words[:1] if ASSIGNMENT.fullmatch(word)]
        if words[len(settings) : len(settings) + 1] == ["returns"]:
            extra = dict(setting.split("=", 1) for setting in settings)
            return self._returns(words[len(settings) + 1 :], extra)
        return self._shell(command)

    def _remember(self, command: str) -> None:
        """Change the folder, or what ``returns`` stands for."""
        self._code = 0
        if command.startswith("cd "):
            self._patch.chdir(command.removeprefix("cd "))
        else:
            self._alias = shlex.split(shlex.split(command)[1].partition("=")[2])

    @property
    def failed(self) -> bool:
        """The last command ended with another status than 0."""
        return self._code != 0

    def _returns(self, words: list[str], extra: dict[str, str]) -> str:
        sheet = StringIO()
        environ = {**os.environ, **extra}
        output = Output(sheet, sheet, environ)
        self._code = run(Invocation(None, output, environ, Path()), [*self._alias[1:], *words])
        return sheet.getvalue()

    def _shell(self, command: str) -> str:
        places = os.pathsep.join([str(self._bin), os.environ.get("PATH", os.defpath)])
        done = subprocess.run(
            ["/bin/sh", "-c", f"{self._defined()}{command}"],
            env={**os.environ, "PATH": places, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self._code = done.returncode
        return done.stdout

    def _defined(self) -> str:
        """The reader's alias as a function: a shell that is not interactive knows no aliases."""
        options = shlex.join(self._alias[1:])
        return f'returns() {{ command returns {options} "$@"; }}\n' if options else ""


def _refused(*_: object, **__: object) -> None:
    raise AssertionError("the program reached for the network")


def said_by_make(target: str) -> str:
    """The sentence with which a target of the Makefile ends."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(rf'^\t@echo "({target}: .*)"$', text, re.MULTILINE)
    assert found, f"the Makefile's target {target} says nothing"
    return f"{found[1]}\n".replace("$(VENV)", ".venv")
