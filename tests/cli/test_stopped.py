"""Real processes that a signal meets in the middle of a batch: the words and the way to go on."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from returns_cli.operations import batches
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.shop import Shop
from tests.cli.test_streams import environ
from tests.operations.desk import CLOCK, inspected, opened, received, small_shop, written

# Two things a chunk; the signal comes inside the transaction of the second chunk.
STOPPED = """
import os, sys
from itertools import count
from returns_cli.operations import batches
from returns_cli.store.connection import Store
batches.CHUNK = 2
number, begun, writing = int(sys.argv.pop(1)), count(1), Store.writing
def met(self, **more):
    if not self.is_writing and next(begun) == 2:
        os.kill(os.getpid(), number)
    return writing(self, **more)
Store.writing = met
from returns_cli.__main__ import main
sys.exit(main())
"""
_ROWS = ("1001,1", "1001,2", "1002,1", "1003,1", "1005,1")
REQUESTS = "\n".join(["order_id,line_no,reason", *(f"{one},itchy" for one in _ROWS), ""])


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = small_shop(tmp_path)
    written(shop, "requests.csv", REQUESTS)
    return shop


def stopped(
    shop: Shop, line: str, number: signal.Signals = signal.SIGINT, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    words = ["--shop", str(shop.folder), "--as-of", CLOCK, *line.split()]
    return subprocess.run(
        [sys.executable, "-c", STOPPED, str(int(number)), *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=shop.folder,
        env=environ(),
        check=False,
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, id="TERM"),
    ],
)
def test_a_stopped_import_says_how_much_is_done_and_what_to_type(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    done = stopped(shop, "requests import requests.csv", number)
    assert (done.returncode, done.stdout) == (code, "")
    again = shlex.join(["--shop", str(shop.folder), "--as-of", CLOCK])
    assert done.stderr == (
        "error E-INTERRUPTED: Stopped before the end; 4 requests are done and recorded, "
        "nothing is half done.\n"
        f"next:  To go on: returns {again} requests import requests.csv\n"
    )
    monkeypatch.setattr(batches, "CHUNK", 2)
    assert import_requests(shop, [shop.folder / "requests.csv"])["new"] == 5
    assert "a stopped call that had taken 4 requests" in shop.notes[-1]


def test_what_was_piped_must_be_piped_again(shop: Shop) -> None:
    done = stopped(shop, "requests import - --json", stdin=REQUESTS)
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["exit"]) == ("E-INTERRUPTED", 130)
    assert error["hint"].endswith("requests import - --json (with the same input)")


def test_what_was_answered_before_a_signal_is_whole_json(shop: Shop) -> None:
    import_requests(shop, [shop.folder / "requests.csv"])
    done = stopped(shop, "evaluate --all --json")
    assert done.returncode == 130
    assert len(json.loads(done.stdout)) == 4
    assert "4 of 5 returns are done" in json.loads(done.stderr)["error"]["message"]
    answers = evaluate_returns(shop, all_open=True)
    assert [one["replayed"] for one in answers] == [True] * 4 + [False]


def test_due_refunds_of_the_part_that_stands_are_answered(shop: Shop) -> None:
    for order in ("1001", "1002", "1003", "1005"):
        rma = opened(shop, order, "1=itchy")
        received(shop, rma)
        inspected(shop, rma, "1=new")
    done = stopped(shop, "refund --due --format jsonl")
    assert done.returncode == 130
    paid = [json.loads(line)["order"] for line in done.stdout.splitlines()]
    assert len(paid) == len(set(paid)) == 4
