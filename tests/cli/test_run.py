"""``returns run`` as cron calls it, and what a person sees of runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from returns_cli.cli.parameters import PARAMETERS
from returns_cli.operations.run.readers import READERS, Reader
from tests.cli.conftest import Run
from tests.operations.desk import small_shop

_OF_THE_SHELL = {"--dry-run", "--file", "--sniff"}
_OF_A_FLOOR_FILE = {"--strict"}
CLOCK = ("--as-of", "2026-03-20")


def dropped(folder: Path, name: str, data: bytes) -> None:
    """A file that has lain in the inbox for long: no run waits whether it still grows."""
    path = folder / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (0, 0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small_shop(tmp_path)
    return tmp_path


def test_json_is_a_line_for_each_step_and_a_summary_whose_exit_is_the_commands(
    folder: Path, run_cli: Run
) -> None:
    dropped(folder, "odd.bin", b"\0")

    said = run_cli("run", *CLOCK, "--json")

    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [one["type"] for one in lines] == ["problem", *["step"] * 6, "summary"]
    assert list(lines[0]) == [
        "type", "step", "code", "file", "line", "column", "value", "message", "hint", "count",
    ]  # fmt: skip
    assert list(lines[1]) == ["type", "step", "done", "failed", "files"]
    assert list(lines[-1]) == ["type", "started_at", "ended_at", "entries", "head", "exit"]
    assert (said.code, lines[-1]["exit"]) == (3, 3)


def test_a_person_reads_tables(folder: Path, run_cli: Run) -> None:
    said = run_cli("run", *CLOCK)

    assert said.code == 0
    assert said.out.splitlines()[:2] == ["Step      Done  Failed", "import       0       0"]
    assert "outbox/reports/2026-03-20.json" in said.out
    listed = run_cli("runs", "list").out
    assert "import, evaluate, approve, paper, refunds, report" in listed
    shown = run_cli("runs", "show", "1")
    assert "No problem found." in shown.out
    assert run_cli("runs", "show", "2").code == 5


def test_problems_of_a_run_are_shown_with_their_place(folder: Path, run_cli: Run) -> None:
    dropped(folder, "requests.csv", b"order_id,line_no,reason\n9,1,too_small\n")

    assert "requests.csv:2" in run_cli("run", *CLOCK).out
    assert "import: E-ORDER-UNKNOWN requests.csv:2" in run_cli("runs", "show", "1").out


def test_a_dry_run_says_that_it_is_one(folder: Path, run_cli: Run) -> None:
    said = run_cli("run", *CLOCK, "--dry-run")

    assert (said.code, said.err) == (0, "A dry run: nothing was written.\n")
    assert run_cli("runs", "list").out == "No run yet.\n"


def test_a_run_does_not_answer_as_csv(folder: Path, run_cli: Run) -> None:
    assert run_cli("run", "--format", "csv").code == 2


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.command)
def test_an_inbox_entry_takes_the_options_of_its_command(reader: Reader) -> None:
    name = reader.command.removesuffix(" --file")
    options = {
        word
        for token in PARAMETERS[name].split()
        for word in token.split(":")[0].split(",")
        if word.startswith("--")
    }
    wanted = _OF_A_FLOOR_FILE if reader.command.endswith("--file") else options - _OF_THE_SHELL
    assert set(reader.options) == wanted & options
