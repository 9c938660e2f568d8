"""Every command that README and docs show is run, and shows what the page says.

``RENEW_DOCS=1 pytest tests/docs`` writes the real output into the pages. Read the difference
before you commit it.
"""

from __future__ import annotations

import difflib
import os
from itertools import zip_longest
from pathlib import Path

import pytest

from returns_cli.cli import registry
from tests.docs.pages import PAGES, ROOT, agrees, renewed, steps_of
from tests.docs.session import Session, said_by_make

RENEW = os.environ.get("RENEW_DOCS") == "1"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text()], ids=lambda page: page.name
)
def test_every_command_of_a_page_shows_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = page.read_text(encoding="utf-8")
    home = tmp_path / "checkout"
    home.mkdir()
    session = Session(home, monkeypatch)
    steps = steps_of(text)
    outputs: dict[int, list[str]] = {}
    wrong: list[str] = []
    failed: list[str] = []
    for step, following in zip_longest(steps, steps[1:]):
        assert step is not None
        real = session.type(step.command).splitlines()
        asked = following is not None and following.command == "echo $?"
        if session.failed and step.command != "echo $?" and not asked:
            failed.append(f"{page.name}:{step.line + 1} `{step.command}` failed:")
            failed += real
        elif not step.hidden and not agrees(step.shown, real):
            outputs[step.line] = real
            wrong.append(f"{page.name}:{step.line + 1} `{step.command}` shows something else:")
            wrong += difflib.unified_diff(step.shown, real, "page", "program", lineterm="", n=1)
    if RENEW and outputs:
        page.write_text(renewed(text, outputs), encoding="utf-8")
        wrong = []
    assert not failed + wrong, "\n".join(failed + wrong)


def test_every_command_is_shown_at_work_on_some_page() -> None:
    typed = [step.command for page in PAGES for step in steps_of(page.read_text(encoding="utf-8"))]
    shown = {
        name
        for name, _, _ in registry.commands()
        if any(f"returns {name}" in line or f" {name} " in f"{line} " for line in typed)
    }
    assert {name for name, _, _ in registry.commands()} - shown == set()


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_readme_quotes_the_last_line_of_make(target: str) -> None:
    assert said_by_make(target) in (ROOT / "README.md").read_text(encoding="utf-8")
