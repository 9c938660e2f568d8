"""The manual page: whole, and read by every formatter without a warning."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from returns_cli.cli import registry
from returns_cli.cli.parameters import PARAMETERS
from returns_cli.cli.reference import manual_page

PAGE = Path(__file__).parents[2] / "docs" / "returns.1"


def _program(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is missing: install it")


def test_the_page_is_whole() -> None:
    text = manual_page()
    plain = text.replace("\\-", "-")
    assert text.isascii()
    assert text.startswith('.\\" Made by')
    sections = re.findall(r'^\.SH "(.*)"$', plain, re.MULTILINE)
    assert sections[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert {"EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"} < set(sections)
    for name, tokens in PARAMETERS.items():
        assert re.search(rf'^\.SS "returns {name}[ "]', plain, re.MULTILINE), name
        for option in re.findall(r"--[a-z-]+", tokens):
            assert option in plain
    assert all(name in plain for name, _, _ in registry.GLOBAL_OPTIONS)
    assert all(f"TOPIC: {name.upper()}" in plain for name, _ in registry.TOPICS[:-1])


def test_no_line_of_text_is_taken_for_a_request() -> None:
    known = {"TH", "SH", "SS", "PP", "TP", "nf", "fi", '\\"'}
    for line in manual_page().splitlines():
        if line[:1] in (".", "'"):
            assert line.split(" ")[0][1:] in known, line


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["mandoc", "-T", "lint"], id="mandoc", marks=_program("mandoc")),
        pytest.param(
            ["groff", "-man", "-ww", "-Tascii", "-z"], id="groff", marks=_program("groff")
        ),
    ],
)
def test_a_formatter_finds_nothing_wrong(words: list[str]) -> None:
    done = subprocess.run([*words, str(PAGE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@_program("man")
def test_man_shows_the_page() -> None:
    done = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "MANPAGER": "cat", "LC_ALL": "C", "MANWIDTH": "80"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "returns open ORDER [OPTIONS]" in done.stdout
