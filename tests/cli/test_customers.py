"""People at the command line: looked at, handed over, erased after a question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.operations.desk import small_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small_shop(tmp_path)
    (tmp_path / "orders.csv").unlink()
    return tmp_path


def test_a_person_is_shown_with_orders_and_returns(folder: Path, run_cli: Run) -> None:
    said = run_cli("customers", "show", "ann@example.com")

    assert said.code == 0
    assert "In no customers file." in said.out
    assert "1001" in said.out
    assert run_cli("customers", "show", "nobody").code == 5


def test_an_export_is_json_on_stdout_or_a_file(folder: Path, run_cli: Run) -> None:
    said = run_cli("customers", "export", "ann@example.com")
    assert json.loads(said.out)["orders"][0]["person"]["name"] == "Ann Buyer"

    target = folder / "ann.json"
    assert "ann.json" in run_cli("customers", "export", "ann@example.com", "-o", str(target)).out
    assert json.loads(target.read_text())["orders"][0]["order"] == "1001"


def test_nobody_is_erased_without_an_answer(folder: Path, run_cli: Run) -> None:
    said = run_cli("customers", "erase", "ann@example.com", "--json")

    assert (said.code, json.loads(said.err)["error"]["code"]) == (11, "E-CANNOT-ASK")
    assert run_cli("customers", "show", "ann@example.com").code == 0


def test_an_erasure_says_what_it_took(folder: Path, run_cli: Run) -> None:
    (folder / "inbox" / "done").mkdir(parents=True, exist_ok=True)
    (folder / "inbox" / "done" / "a.csv").write_text("mail\nann@example.com\n")
    (folder / "inbox" / "done" / "b.csv").write_bytes("王,ann@example.com\n".encode("gbk"))

    said = run_cli("customers", "erase", "ann@example.com", "--yes")

    assert said.code == 0
    assert "Orders without a name" in said.out
    assert "inbox/done/a.csv (without their records)" in said.out
    assert "inbox/done/b.csv (removed)" in said.out
    again = run_cli("customers", "erase", "ann@example.com", "--yes")
    assert again.out.startswith("They were erased before")


def test_a_dry_run_of_an_erasure_asks_nothing(folder: Path, run_cli: Run) -> None:
    assert run_cli("customers", "erase", "ann@example.com", "--dry-run").code == 0
    assert run_cli("customers", "show", "ann@example.com").code == 0
