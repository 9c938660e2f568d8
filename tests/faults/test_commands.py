"""The table of changing commands names them all, and each does from its stage what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.cli.parameters import PARAMETERS
from tests.faults.commands import COMMANDS
from tests.faults.sweep import Case

# `demo` is many of the others in a row. The rest change nothing without --dry-run either.
ELSEWHERE = {"demo"}


def test_every_command_that_can_be_rehearsed_is_met_with_faults() -> None:
    changing = {name for name, options in PARAMETERS.items() if "--dry-run" in options}
    lines = [one.line for one in COMMANDS.values()]
    missing = {
        name
        for name in changing - ELSEWHERE
        if not any(line == name or line.startswith(f"{name} ") for line in lines)
    }
    assert missing == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_changes_the_shop_and_twice_ends_the_same(ram: Path, name: str) -> None:
    case = Case(ram, name)
    assert case.before != case.after or case.outputs
    case.reset()
    assert list(case.problems(is_told=False)) == []
