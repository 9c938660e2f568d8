"""The page for the bench shows every answer of the scanning station, and what to do with it."""

from __future__ import annotations

import re

import pytest

from returns_cli.operations.scan.words import REFUSED_BY_OTHERS, SAYINGS, Saying
from tests.docs.pages import ROOT, steps_of

PAGE = (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8")
AT_A_TERMINAL = {"DOUBLE"}  # a pipe may send the same code twice
SCANNED = [
    line
    for step in steps_of(PAGE)
    if " scan" in step.command
    for line in step.shown
    if re.match(r"(OK|ASK|STOP) ", line)
]
TABLE = PAGE.rpartition("### What each STOP and ASK wants")[2]


def pattern(one: Saying, gap: str) -> str:
    """The sentence with anything in the place of what differs."""
    parts = re.split(r"\{\w+\}", one.text)
    return gap.join(re.escape(part) for part in parts)


@pytest.mark.parametrize("name", sorted(SAYINGS))
def test_every_answer_is_on_the_page_as_a_station_said_it(name: str) -> None:
    one = SAYINGS[name]
    wanted = re.compile(rf"{one.word} +(RMA-\w+  )?{pattern(one, '.+?')}$")
    if name in AT_A_TERMINAL:
        assert re.search(rf"`{wanted.pattern[:-1]}`", PAGE)
    else:
        assert [line for line in SCANNED if wanted.match(line)]


@pytest.mark.parametrize("name", sorted(one for one in SAYINGS if SAYINGS[one].word != "OK"))
def test_the_page_says_what_to_do_with_every_stop_and_ask(name: str) -> None:
    one = SAYINGS[name]
    assert re.search(rf"^\| {one.word} \| {pattern(one, '.+')} \| .+ \|$", TABLE, re.MULTILINE)


@pytest.mark.parametrize("code", REFUSED_BY_OTHERS)
def test_what_typed_commands_refuse_is_told_in_the_same_table(code: str) -> None:
    assert REFUSED_BY_OTHERS[code] in TABLE
