from __future__ import annotations

import re
from pathlib import Path

import pytest

import returns_cli
from returns_cli.cli.error_catalogue import catalogue, catalogue_document, code_page
from tests.cli.conftest import Run

PACKAGE = Path(returns_cli.__file__).parent
CODE = re.compile(r"[\"'`]([EW]-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)[\"'`]")
IN_PROSE = {"E-CODE"}  # a place-holder in a docstring


def test_every_code_that_the_package_prints_is_explained() -> None:
    used = {
        (code, path.relative_to(PACKAGE).as_posix())
        for path in PACKAGE.rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    unexplained = sorted(
        f"{code} ({file})"
        for code, file in used
        if code not in catalogue() and code not in IN_PROSE
    )
    assert unexplained == [], "add them to returns_cli/data/errors.toml"


def test_entries_are_sentences_and_codes_are_well_formed() -> None:
    for code, told in catalogue().items():
        assert re.fullmatch(r"[EW]-[A-Z0-9]+(-[A-Z0-9]+)*", code)
        assert told.meaning.endswith(".")
        assert told.remedy.endswith(".")


def test_help_explains_a_code_in_either_case(run_cli: Run) -> None:
    outcome = run_cli("help", "e-order-unknown")
    assert outcome == (0, code_page("E-ORDER-UNKNOWN"), "")
    assert "Exit status: 5 (not found)" in outcome.out
    assert "Exit status" not in run_cli("help", "W-ID-EXCEL").out


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        pytest.param("E-ORDER-UNKNWN", "E-ORDER-UNKNOWN", id="a misspelt code"),
        pytest.param("exit-code", "exit-codes", id="a misspelt topic"),
        pytest.param("orders imprt", "orders import", id="a misspelt command"),
        pytest.param("qqqqq", "returns --help", id="nothing like it"),
    ],
)
def test_help_on_what_it_does_not_know_names_the_nearest(
    run_cli: Run, asked: str, hint: str
) -> None:
    outcome = run_cli("help", *asked.split())
    assert outcome.code == 2
    assert hint in outcome.err


def test_the_document_lists_every_code() -> None:
    text = catalogue_document()
    assert [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")] == list(
        catalogue()
    )
