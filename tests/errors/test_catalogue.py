"""The error catalogue: every code with an input that brings it and the words that are said then.

``RENEW_ERRORS=1`` writes the words anew; read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from returns_cli.cli.error_catalogue import catalogue, code_page
from tests.errors.catalogue import CASES, Case, Shops, play, read_cases, renewed, told
from tests.errors.elsewhere import ELSEWHERE
from tests.errors.test_policy_catalogue import FOLDERS

ROOT = Path(__file__).parents[2]
FILES = sorted(CASES.glob("*.txt"))
ALL = [case for path in FILES for case in read_cases(path)]
# These answer on stdout also where they end with an error: checks, and files of which every row was
# refused.
ANSWERS_TOO = ("check", "journal verify", "policy check", "import", "--file", "reconcile", "run")


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Shops:
    return Shops(tmp_path_factory.mktemp("stages"))


def name_of(case: Case) -> str:
    return f"{case.place[0]}-{case.place[1]}-{case.code}"


@pytest.mark.parametrize("case", ALL, ids=name_of)
def test_it_is_told_in_these_words(case: Case, shops: Shops, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    found = told(case, play(case, shops, folder), folder)
    assert found == case.expected
    assert case.code in found


@pytest.mark.parametrize(
    "case", [one for one in ALL if f"error {one.code}:" in one.expected], ids=name_of
)
def test_a_script_reads_the_same_as_one_object(case: Case, shops: Shops, tmp_path: Path) -> None:
    status = int(case.expected[1:].partition("]")[0])
    said = play(case, shops, tmp_path / "shop", "--json")
    error = json.loads(said.err.splitlines()[-1])["error"]
    assert (error["code"], error["exit"], said.code) == (case.code, status, status)
    assert list(error)[:5] == ["code", "message", "where", "hint", "exit"]
    assert set(list(error)[5:]) <= {"problems"}  # all of them, where several were collected
    assert not said.out or any(one in case.lines[-1] for one in ANSWERS_TOO)
    assert error["hint"], "an error says what to do next"
    assert f"Exit status: {status}" in code_page(case.code)


def test_every_code_has_its_case() -> None:
    told_of = {case.code for case in ALL} | {place.name for place in FOLDERS} | ELSEWHERE.keys()
    assert sorted(catalogue().keys() - told_of) == [], "add a case to tests/errors/cases"
    assert sorted(told_of - catalogue().keys()) == [], "no such code"


def test_what_no_input_brings_is_brought_by_a_test_that_names_it() -> None:
    lost = {
        code: place
        for code, place in ELSEWHERE.items()
        if code not in (ROOT / place).read_text(encoding="utf-8")
    }
    assert lost == {}
    assert ELSEWHERE.keys().isdisjoint(case.code for case in ALL)


@pytest.mark.skipif("RENEW_ERRORS" not in os.environ, reason="RENEW_ERRORS is not set")
def test_renewing(shops: Shops, tmp_path: Path) -> None:
    for path in FILES:
        words = [
            told(case, play(case, shops, tmp_path / name_of(case)), tmp_path / name_of(case))
            for case in read_cases(path)
        ]
        path.write_text(renewed(path.read_text(encoding="utf-8"), words), encoding="utf-8")
