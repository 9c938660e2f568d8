"""The log of calls: a line each, for its owner alone, without what anybody typed or wrote."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from returns_cli.cli.log import Log
from returns_cli.domain.errors import OutputError
from tests.cli.conftest import Run
from tests.cli.test_streams import RETURNS, environ
from tests.operations.desk import CLOCK, opened, small_shop
from tests.operations.run.night import REQUESTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small_shop(tmp_path)
    return tmp_path


def lines(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


def test_a_call_adds_one_line(folder: Path, run_cli: Run) -> None:
    log = str(folder / "log")
    assert run_cli("orders", "import", str(folder / "orders.csv"), "--log", log).code == 0
    assert run_cli("--log", log, "find", "paul@example.com", "--limit=5", "--json").code == 0
    assert run_cli("show", "RMA-NONE", "--log", log).code == 5
    assert run_cli("lst", "--log", log).code == 2

    imported, found, missed, wrong = lines(folder)

    assert sorted(imported) == "at command counts exit ms options pid version".split()
    assert imported["command"] == "orders import"
    assert imported["options"] == ["--log"]
    assert imported["counts"]["orders"] == imported["counts"]["same"] == 6
    assert imported["counts"]["files"] == 1
    assert imported["pid"] == os.getpid()
    assert (found["command"], found["options"]) == ("find", ["--format", "--limit", "--log"])
    assert (found["counts"], found["exit"]) == ({"answers": 0}, 0)
    assert (missed["command"], missed["exit"]) == ("show", 5)
    assert (wrong["command"], wrong["options"], wrong["exit"]) == (None, [], 2)
    assert stat.S_IMODE((folder / "log").stat().st_mode) == 0o600
    text = (folder / "log").read_text()
    assert not any(word in text for word in ("paul", "RMA-NONE", "orders.csv", "ann"))


def test_a_run_says_how_much_each_step_did(folder: Path, run_cli: Run) -> None:
    opened(small_shop(folder / "other"), "1001", "1=itchy")
    (folder / "inbox").mkdir(exist_ok=True)
    path = folder / "inbox" / "requests.csv"
    path.write_text(f"{REQUESTS}1001,1,itchy,1,a\n9999,1,itchy,1,b\n")
    os.utime(path, (0, 0))
    words = ("run", "--steps", "import,evaluate", "--as-of", CLOCK, "--log", str(folder / "log"))
    assert run_cli(*words).code == 3
    (line,) = lines(folder)
    steps = {name: line["counts"].get(name) for name in ("import", "evaluate", "problems")}
    # an order that is unknown, and a reason that only the policy knows
    assert steps == {"import": 1, "evaluate": 1, "problems": 2}
    assert line["exit"] == 3


def test_lists_that_are_printed_as_they_come_are_counted(folder: Path, run_cli: Run) -> None:
    opened(small_shop(folder / "other"), "1001", "1=itchy")
    log = folder / "other" / "log"
    words = ("evaluate", "--all", "--log", str(log), "--json", "--as-of", CLOCK)
    assert run_cli(*words, folder=folder / "other").code == 0
    assert lines(folder / "other")[0]["counts"] == {"answers": 1}


@pytest.mark.parametrize("kind", ["a folder", "a link", "a pipe", "a missing folder"])
def test_a_log_that_cannot_be_is_refused_before_anything_is_done(
    folder: Path, run_cli: Run, kind: str
) -> None:
    place = folder / "log"
    if kind == "a folder":
        place.mkdir()
    elif kind == "a link":
        place.symlink_to(folder / "victim")
    elif kind == "a pipe":
        os.mkfifo(place)
    else:
        place = folder / "none" / "log"
    outcome = run_cli("open", "1001", "--item", "1=itchy", "--log", str(place))
    assert outcome.code == 9
    assert "E-LOG" in outcome.err
    assert not (folder / "victim").exists()
    assert json.loads(run_cli("list", "--json").out) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a Linux device")
def test_only_a_plain_file_is_a_log() -> None:
    with pytest.raises(OutputError, match="no plain file"):
        Log("/dev/full")


def test_a_log_without_room_ends_with_9_and_what_was_done_stands(
    folder: Path, run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int, data: bytes) -> int:
        del number, data
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("returns_cli.cli.log.os.write", full)
    words = ("open", "1001", "--item", "1=itchy", "--as-of", CLOCK, "--log", str(folder / "log"))
    assert run_cli(*words).code == 9
    assert len(json.loads(run_cli("list", "--json").out)) == 1
    assert run_cli("show", "RMA-NONE", "--log", str(folder / "log")).code == 5
    monkeypatch.setattr("returns_cli.cli.log.os.write", lambda *_: 1)
    assert run_cli("list", "--log", str(folder / "log")).code == 9


def test_calls_at_the_same_time_do_not_mix_their_lines(tmp_path: Path) -> None:
    words = [*RETURNS, "help", "states", "--log", str(tmp_path / "log")]
    calls = [subprocess.Popen(words, env=environ(), stdout=subprocess.DEVNULL) for _ in range(6)]
    assert [call.wait() for call in calls] == [0] * 6
    assert len({one["pid"] for one in lines(tmp_path)}) == 6
