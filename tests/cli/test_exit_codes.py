"""Each exit status by a command line that ends with it, as a process; the numbers are frozen."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit
from tests.faults.commands import CLOCK, Stand, stand
from tests.faults.shops import ENVIRONMENT, RETURNS

LINES = {
    Exit.DONE: ("new", "list"),
    Exit.USAGE: ("new", "lsit"),
    Exit.PARTLY: ("new", "orders import partly.csv"),
    Exit.NOT_APPROVED: ("ordered", "open 1044 --item 1=too_small --condition new --exit-code"),
    Exit.NOT_FOUND: ("new", "orders show 9"),
    Exit.CONFLICT: ("ordered", "orders add 1042 --item MUG@12.50"),
    Exit.INVALID: ("new", "orders import mapping.yaml"),
    Exit.STORE: ("lost", "list"),
    Exit.OUTPUT: ("approved", "label {rma} -o policies"),
    Exit.CHECK_FAILED: ("new", "doctor"),
    Exit.DECLINED: ("ordered", "customers erase ben@example.com"),
}
SIGNALS = {Exit.INTERRUPTED: signal.SIGINT, Exit.TERMINATED: signal.SIGTERM}
FROZEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 130, 141, 143]


NONE = subprocess.DEVNULL


def begun(
    made: Stand, line: str, *, stdin: int = NONE, stdout: int = NONE, stderr: int = NONE
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*RETURNS, "--shop", str(made.folder), "--as-of", CLOCK, *made.words(line)],
        cwd=made.folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )


def test_the_numbers_are_frozen_and_each_has_its_test() -> None:
    assert [int(one) for one in Exit] == FROZEN
    assert {*LINES, *SIGNALS, Exit.UNEXPECTED, Exit.BROKEN_PIPE} == set(Exit)


@pytest.mark.parametrize("status", LINES, ids=lambda one: one.name)
def test_a_line_ends_with_its_status(status: Exit, tmp_path: Path) -> None:
    stage, line = LINES[status]
    with begun(stand(tmp_path / "shop", stage), line) as process:
        assert process.wait(60) == status


@pytest.mark.parametrize("status", SIGNALS, ids=lambda one: one.name)
def test_a_signal_ends_a_waiting_station(status: Exit, tmp_path: Path) -> None:
    made = stand(tmp_path / "shop", "approved")
    pipe = subprocess.PIPE
    with begun(made, "--json scan", stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(made.names["rma"].encode() + b"\n")
        process.stdin.flush()
        process.stdout.readline()  # it works, and waits for the next scan
        process.send_signal(SIGNALS[status])
        assert process.wait(60) == status


def test_a_reader_that_has_gone_ends_it_quietly(tmp_path: Path) -> None:
    made = stand(tmp_path / "shop", "ordered")
    reading, writing = os.pipe()
    os.close(reading)
    with begun(made, "orders list --json", stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        assert process.wait(60) == Exit.BROKEN_PIPE
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_what_nobody_foresaw_ends_with_1_and_leaves_a_crash_file(tmp_path: Path) -> None:
    made = stand(tmp_path / "shop", "new")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sitecustomize.py").write_text(
        "import returns_cli.operations.list_orders as one\n"
        "def broken(*given, **more):\n    raise ValueError('ann@example.com')\n"
        "one.list_orders = broken\n",
        encoding="utf-8",
    )
    words = [*RETURNS, "--shop", str(made.folder), "orders", "list"]
    path = os.pathsep.join([str(tmp_path / "broken"), str(Path(__file__).parents[2])])
    env = {**ENVIRONMENT, "PYTHONPATH": path}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    (crash,) = made.folder.glob("returns-crash-*.txt")
    assert done.returncode == Exit.UNEXPECTED
    assert "E-UNEXPECTED" in done.stderr
    assert "Traceback" not in done.stderr
    assert "ann@example.com" not in done.stderr + crash.read_text(encoding="utf-8")
