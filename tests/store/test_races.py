"""Eight processes at one store, and one that is killed in the middle of its work."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from returns_cli.store.check import check_store
from returns_cli.store.journal import balances, journal_head
from returns_cli.store.returns import load_returns
from tests.store.desk import Desk, line, order

ROOT = Path(__file__).parents[2]

START = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from returns_cli.domain.errors import ReturnsError
from returns_cli.store.connection import open_store
from returns_cli.store.floor import add_receipt
from returns_cli.store.refunds import record_refund
from returns_cli.domain.model import Receipt
from tests.store.desk import AT, refund_of

folder, worker, units = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
"""

REFUND = (
    START
    + """
for attempt in range(units):
    try:
        with open_store(folder) as store, store.writing():
            key = f"{worker}-{attempt}"
            record_refund(store, refund_of(1, key=key, reference=f"ch-{key}"))
        print("done", flush=True)
    except ReturnsError as error:
        print(error.code, flush=True)
"""
)

RECEIVE = (
    START
    + """
for attempt in range(units):
    try:
        with open_store(folder) as store, store.writing():
            add_receipt(store, 1, Receipt(1, 1, AT, f"clerk {worker}"))
        print("done", flush=True)
    except ReturnsError as error:
        print(error.code, flush=True)
"""
)


def race(folder: Path, program: str, attempts: int) -> Counter[str]:
    """What eight processes answer that start at the same moment."""
    runs = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                program,
                str(folder),
                str(number),
                str(attempts),
                str(ROOT),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(8)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    return Counter(word for run in runs for word in run.communicate()[0].split())


@pytest.mark.parametrize("turn", range(3))
def test_of_eight_terminals_that_refund_the_same_units_none_gives_too_much(
    tmp_path: Path, turn: int
) -> None:
    desk = Desk(tmp_path)
    desk.orders(order("#1042", line(1, quantity=3)))
    desk.approved(3)
    answers = race(tmp_path, REFUND, 2)
    assert answers == {"done": 3, "E-OVER-REFUNDED": 13}
    assert journal_head(desk.store)[0] == 6
    assert [one.minor for one in balances(desk.store)] == [-3000, 0, 3000]
    assert check_store(desk.store).ok
    desk.store.close()


def test_of_eight_stations_that_receive_the_same_units_none_takes_too_many(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.orders(order("#1042", line(1, quantity=5)))
    desk.approved(5)
    answers = race(tmp_path, RECEIVE, 2)
    assert answers == {"done": 5, "E-OVER-RECEIVED": 11}
    assert load_returns(desk.store, [1])[0].received(1) == 5
    assert check_store(desk.store).ok
    desk.store.close()


KILLED = (
    START
    + """
import os, signal
store = open_store(folder)
with store.writing():
    store.connection.execute("PRAGMA cache_size = 1")
    for attempt in range(units):
        record_refund(store, refund_of(1, key=f"{worker}-{attempt}"))
    store.connection.execute("PRAGMA cache_spill = 1")
    if worker == "before":
        os.kill(os.getpid(), signal.SIGKILL)
print("durable", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
)


@pytest.mark.parametrize(("when", "refunds"), [("before", 0), ("after", 2)])
def test_a_process_that_is_killed_leaves_all_of_its_work_or_none(
    tmp_path: Path, when: str, refunds: int
) -> None:
    desk = Desk(tmp_path)
    desk.orders(order())
    desk.approved()
    desk.store.close()
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), when, "2", str(ROOT)],
        input="go\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert ("durable" in run.stdout) == (refunds > 0)
    desk.reopen()
    assert len(load_returns(desk.store, [1])[0].refunds) == refunds
    assert check_store(desk.store).ok
    desk.store.close()
