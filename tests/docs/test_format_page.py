"""The page on files names every column that is read, and the one on cron every exit code."""

from __future__ import annotations

import re

import pytest

from returns_cli.domain.errors import Exit
from returns_cli.intake.formats import FORMATS, Format
from tests.docs.pages import ROOT

OWN = [one for one in FORMATS if one.name == "generic"]


@pytest.mark.parametrize("form", OWN, ids=lambda form: form.command)
def test_every_column_of_our_own_files_is_on_the_page(form: Format) -> None:
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", text))
    assert sorted(form.columns - words) == []


def test_every_exit_code_is_on_the_page() -> None:
    text = (ROOT / "docs/cron.md").read_text(encoding="utf-8")
    listed = {
        int(number)
        for row in re.findall(r"^\| ([\d, ]+) \|", text, re.MULTILINE)
        for number in row.split(", ")
    }
    assert listed == set(map(int, Exit))
