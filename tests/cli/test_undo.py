"""What undo says to a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.operations.desk import CLOCK, inspected, opened, received, small_shop

WORDS = ("undo", "--as-of", CLOCK, "--actor", "ann")


@pytest.fixture
def rma(tmp_path: Path) -> str:
    shop = small_shop(tmp_path)
    rma = opened(shop, "1001", "2=itchy")
    received(shop, rma)
    return rma


def test_a_rehearsal_says_what_would_be_undone_and_again_says_that_it_was(
    rma: str, run_cli: Run
) -> None:
    said = f"Undone: receive of {rma}, line 2: 2 units"
    planned = run_cli(*WORDS, "--dry-run")
    assert planned.out.startswith(f"{said}\n")
    assert "A dry run: nothing was written." in planned.err
    assert run_cli(*WORDS).out.startswith(f"{said}\n")
    assert run_cli(*WORDS).out.startswith(f"{said} (as undone before)\n")


def test_a_refund_is_named(tmp_path: Path, rma: str, run_cli: Run) -> None:
    shop = small_shop(tmp_path)
    inspected(shop, rma, "2:2=new")
    words = ("--as-of", CLOCK, "--actor", "ann", "--json")
    refund = json.loads(run_cli("refund", rma, *words).out)["refund"]
    assert f"refund of {rma}, refund {refund}" in run_cli(*WORDS).out
    assert run_cli(*WORDS, "--actor", "zoe").code == 6
