from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.cli import registry
from returns_cli.cli.reference import (
    DOCUMENTS,
    commands_document,
    main,
    manual_page,
    parameters_module,
)
from returns_cli.cli.topics import NAMES
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "path",
    [
        "docs/commands.md",
        "docs/returns.1",
        "docs/ERRORS.md",
        "docs/json",
        "returns_cli/cli/parameters.py",
    ],
)
def test_what_is_made_from_the_program_is_up_to_date(path: str) -> None:
    assert main(["--check", str(ROOT / path)]) == 0, f"python -m returns_cli.cli.reference {path}"


def test_a_stale_page_is_found_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "commands.md"
    assert main(["--check", str(page)]) == 1
    assert "is not up to date" in capsys.readouterr().err
    assert main([str(page)]) == 0
    assert page.read_text(encoding="utf-8") == commands_document()
    assert main(["--check", str(page)]) == 0
    page.write_text("old")
    assert main(["--check", str(page)]) == 1


def test_the_manual_page_is_made_and_checked_with_the_commands(tmp_path: Path) -> None:
    page = tmp_path / "commands.md"
    assert main([str(page)]) == 0
    assert (tmp_path / "returns.1").read_text(encoding="utf-8") == manual_page()
    (tmp_path / "returns.1").write_text("old")
    assert main(["--check", str(page)]) == 1


@pytest.mark.parametrize("words", [[], ["--check"], ["other.md"]])
def test_only_known_pages_are_made(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert all(name in capsys.readouterr().err for name in ["commands.md"])
    assert set(DOCUMENTS) == {"commands.md", "returns.1", "ERRORS.md", "parameters.py"}


def test_every_command_is_in_the_reference_with_its_help(run_cli: Run) -> None:
    text = commands_document()
    for name, _, _ in registry.commands():
        page = run_cli(*name.split(), "--help").out
        assert f"### returns {name}\n\n```text\n{page}```\n" in text
        if name not in NAMES:
            assert run_cli("help", *name.split()) == (0, page, "")
        assert run_cli(*name.split(), "-h", terminal=True).out == page
        assert max(map(len, page.splitlines())) <= 80
        assert f"\n  returns {name}" in page


def test_the_table_of_parameters_names_every_command() -> None:
    module = parameters_module()
    assert all(f'    "{name}": "' in module for name, _, _ in registry.commands())
