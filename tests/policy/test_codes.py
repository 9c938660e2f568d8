"""Every code that this part can print is explained by `returns help CODE`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import returns_cli.notation
import returns_cli.policy
from returns_cli.data import shipped

SOURCE = "\n".join(
    place.read_text(encoding="utf-8")
    for package in (returns_cli.notation, returns_cli.policy)
    for place in sorted(Path(str(package.__file__)).parent.rglob("*.py"))
)
EXPLAINED = {
    code
    for section in tomllib.loads(shipped("errors.toml").read_text(encoding="utf-8"))["section"]
    for code in section["codes"]
}
# What a reader of scalars or shapes says ends the code: E-POLICY-… and E-SHOP-….
NOTED = r'note\(\s*\w+(?:\.\w+)?,\s*"([A-Z-]+)"'
MISREAD = r'Misread\((?:[^()]|\([^()]*\))*?"([A-Z-]{4,})"\s*\)'
ENDS = {*re.findall(NOTED, SOURCE), *re.findall(MISREAD, SOURCE), "VALUE", "GRADE", "DISPOSITION"}
OF_RULES = {"FACT", "OPERATOR", "EFFECT", "EXTENDS", "GRADE", "DISPOSITION"}


def test_the_ends_of_codes_are_found() -> None:
    assert {"KEY", "REQUIRED", "TYPE", "MONEY", "CURRENCY", "DATE"} | OF_RULES <= ENDS


@pytest.mark.parametrize(
    "code",
    sorted(
        {f"E-POLICY-{end}" for end in ENDS}
        | {f"E-SHOP-{end}" for end in ENDS - OF_RULES}
        | {"E-POLICY-INVALID", "E-SHOP-INVALID"}
        | set(re.findall(r'"([EW]-[A-Z]+-[A-Z-]+)"', SOURCE))
    ),
)
def test_a_code_is_explained(code: str) -> None:
    assert code in EXPLAINED
