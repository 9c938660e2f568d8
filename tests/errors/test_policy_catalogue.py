"""The error catalogue of policies: for each code an input that brings it, and what is said of it.

``policy/CODE/`` holds the files and ``expected.txt``: the exit status, then each problem as
``file:line:column CODE message hint``. ``RENEW_ERRORS=1`` writes them anew; read the difference.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from returns_cli.data import shipped
from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.notation.read import MAX_BYTES
from returns_cli.operations.check_policies import check_policies

CATALOGUE = Path(__file__).parent / "policy"
FOLDERS = sorted(place for place in CATALOGUE.iterdir() if place.is_dir())
# A count of problems that are each named, and what commands say that found no policy or found one.
NOT_OF_A_FILE = {"E-POLICY-INVALID", "E-POLICY-NONE", "E-POLICY-THERE"}
TOO_LONG = {"E-YAML-SIZE"}


def codes() -> set[str]:
    """Every code that reading and checking a policy can print, as `returns help CODE` knows it."""
    sections = tomllib.loads(shipped("errors.toml").read_text(encoding="utf-8"))["section"]
    known = {code for section in sections for code in section["codes"]}
    return {one for one in known if one.startswith(("E-YAML-", "E-POLICY-", "W-POLICY-"))}


def said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What checking the policies of a folder says."""
    monkeypatch.chdir(folder)
    files = sorted(place for place in Path().glob("*.yaml") if ".cases" not in place.name)
    try:
        problems = check_policies(files)["problems"]
    except InvalidError as error:
        lines = [line_of(one) for one in error.problems]
        return "\n".join([f"exit {int(error.exit)}", *lines, ""])
    assert isinstance(problems, list)
    lines = [
        f"{one['file']}:{one['line']}:{one['column']} {one['code']} {one['message']} {one['hint']}"
        for one in problems
    ]
    return "\n".join(["exit 0", *lines, ""])


def line_of(one: Problem) -> str:
    return f"{one.file}:{one.line}:{one.column} {one.code} {one.message} {one.hint}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda place: place.name)
def test_the_problem_is_told_in_these_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = folder / "expected.txt"
    found = said(folder, monkeypatch)
    if os.environ.get("RENEW_ERRORS"):
        golden.write_text(found, encoding="utf-8")

    assert found == golden.read_text(encoding="utf-8")
    assert f" {folder.name} " in found
    assert found.startswith("exit 7" if folder.name.startswith("E-") else "exit 0")


def test_every_code_has_its_folder() -> None:
    assert {place.name for place in FOLDERS} == codes() - NOT_OF_A_FILE - TOO_LONG


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"#" * (MAX_BYTES + 1),
            "The file has 262145 bytes; more than 262144 are not read.",
        ),
        (
            b"policy: [" + b"0," * 20_001 + b"]",
            "More than 20000 values stand in the file.",
        ),
    ],
    ids=["256 KiB and a byte", "20,000 values and one"],
)
def test_what_is_too_long_to_be_kept_here(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_bytes(data)
    with pytest.raises(InvalidError) as caught:
        check_policies([tmp_path / "policy.yaml"])

    assert [one.code for one in caught.value.problems] == ["E-YAML-SIZE"]
    assert caught.value.problems[0].message == message
    assert caught.value.exit == 7
