"""kill -9 at random moments of `returns run`, each followed by a plain rerun.

A night: 300 requests in the inbox (60 in a fast run), ten of them wrong, and forty returns that
are graded in the night, so that their money is due. Whenever the first run is killed, the second
one ends where a run ends that nobody killed: the same rows, the same paper, no refund twice, no
request lost.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.commands import CLOCK, typed
from tests.faults.shops import ENVIRONMENT, RETURNS
from tests.faults.soak import SOAK, Soak
from tests.faults.sweep import content

REQUESTS = 300 if SOAK.seconds else 60
WRONG = 10
DUE = 40
WHOLE = 200
"""Kills of a full soak."""

_MADE = "SELECT return_id, kind, decision_id FROM run_paper ORDER BY 1, 2"
_REFUNDS = "SELECT return_id, count(*) FROM refund GROUP BY return_id"


class Ended(NamedTuple):
    """What a night leaves: rows, which paper was recorded, files but the report of the run."""

    rows: list[object] | None
    recorded: list[tuple[int, str, int]]
    files: dict[str, bytes]


class Night:
    """A shop before its night, and as a run leaves it that nobody killed.

    Args:
        root: an empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.shop = root / "shop"
        self.seed = root / "seed"
        _make(self.shop)
        shutil.copytree(self.shop, self.seed)
        begun = time.monotonic()
        with self._process() as process:
            assert process.wait() == 3, "ten rows are refused"
        self.seconds = time.monotonic() - begun
        self.ended = ended(self.shop)

    def killed(self, moment: float) -> bool:
        """Run in the shop as it was, and kill the run after so many seconds; whether it lived."""
        shutil.rmtree(self.shop)
        shutil.copytree(self.seed, self.shop)
        with self._process() as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
            return process.wait() == -9

    def _process(self) -> subprocess.Popen[bytes]:
        common = ("--shop", str(self.shop), "--as-of", CLOCK, "--actor", "test", "--json")
        nowhere = subprocess.DEVNULL
        words = [*RETURNS, *common, "run"]
        return subprocess.Popen(words, env=ENVIRONMENT, stdout=nowhere, stderr=nowhere)


def ended(shop: Path) -> Ended:
    """How a shop stands after its night; half-written files are hidden, and swept in an hour."""
    with closing(sqlite3.connect(shop / "returns.db")) as store:
        recorded = store.execute(_MADE).fetchall()
    files = {
        one.relative_to(shop).as_posix(): one.read_bytes()
        for folder in ("inbox", "outbox")
        for one in (shop / folder).rglob("*")
        if one.is_file() and one.parent.name != "reports" and not one.name.startswith(".")
    }
    return Ended(content(shop), recorded, files)


def _make(shop: Path) -> None:
    shop.mkdir()
    assert typed(shop, "init", str(shop), "--no-input").code == 0
    orders = [f"{n},2026-03-01,USD,1,MUG,2,12.50,2026-03-06" for n in range(REQUESTS + DUE)]
    _write(
        shop / "orders.csv",
        "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at",
        orders,
    )
    assert typed(shop, "orders", "import", "orders.csv").code == 0
    asked = "order_id,line_no,reason,quantity,request_id"
    due = [f"{n},1,too_small,1,due-{n}" for n in range(REQUESTS, REQUESTS + DUE)]
    _write(shop / "due.csv", asked, due)
    rmas = typed(shop, "requests", "import", "due.csv").json["returns"]
    assert typed(shop, "evaluate", "--all").code == 0
    _write(shop / "came.csv", "rma,line_no,quantity", [f"{rma},1,1" for rma in rmas])
    assert typed(shop, "receive", "--file", "came.csv").code == 0
    graded = [f"{rma},1,1,new" for rma in rmas]
    _write(shop / "inbox" / "inspections.csv", "rma,line_no,quantity,grade", graded)
    wanted = [f"{n},1,too_small,1,night-{n}" for n in range(REQUESTS - WRONG)]
    wrong = [f"unknown-{n},1,too_small,1,wrong-{n}" for n in range(WRONG)]
    _write(shop / "inbox" / "requests.csv", asked, wanted + wrong)
    for path in (shop / "inbox").iterdir():
        os.utime(path, (0, 0))


def _write(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")


@pytest.fixture
def night(ram: Path) -> Night:
    return Night(ram)


def test_a_killed_night_is_finished_by_the_next_run_as_if_nothing_had_been(
    night: Night, soak: Soak
) -> None:
    assert len(night.ended.files) == 2 * (REQUESTS - WRONG) + 3, "paper, rejects, two files read"
    dice = soak.dice("killed nights")
    moments = [dice.random() for _ in range(WHOLE)]
    bad = []
    for moment in soak.take("killed nights", moments, fast=2, share=0.2):
        lived = night.killed(moment * night.seconds)
        soak.count("nights killed before their end", int(lived))
        again = typed(night.shop, "run")
        found = ended(night.shop)
        with closing(sqlite3.connect(night.shop / "returns.db")) as store:
            refunds = store.execute(_REFUNDS).fetchall()
        checks = {
            "the run after it failed": again.code in (0, 3),
            "rows differ": found.rows == night.ended.rows,
            "other paper is recorded": found.recorded == night.ended.recorded,
            "files differ": found.files == night.ended.files,
            "refunds": len(refunds) == DUE and all(count == 1 for _, count in refunds),
            "the store is not sound": typed(night.shop, "check").code == 0,
        }
        bad += [f"{moment:.4f}: {said}" for said, holds in checks.items() if not holds]
    assert bad == [], f"seed {soak.seed}"
