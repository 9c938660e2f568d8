"""A word that the scanning station showed is durable: after kill -9, and after a power cut."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.commands import CLOCK, stand, typed
from tests.faults.shops import RETURNS
from tests.faults.soak import Soak
from tests.faults.sweep import CALLS
from tests.faults.test_power_loss import Recording, after, write

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)
_RECEIVED = "SELECT coalesce(sum(quantity), 0) FROM receipt"
_SHOWN = '"message": "SHIRT-M: '


class Station:
    """A shop with a return of three shirts, and a clerk who scans them and is done."""

    def __init__(self, root: Path) -> None:
        self.seed, self.shop = root / "seed", root / "shop"
        made = stand(self.shop, "approved")
        shutil.copytree(self.shop, self.seed)
        self.stdin = "{rma}\nSHIRT-M\nSHIRT-M\nSHIRT-M\n*DONE*\n".format_map(made.names)

    def reset(self) -> None:
        shutil.rmtree(self.shop)
        shutil.copytree(self.seed, self.shop)

    def words(self) -> list[str]:
        return [*RETURNS, "--shop", str(self.shop), "--as-of", CLOCK, "--json", "scan"]


def _received(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "returns.db")) as store:
        (units,) = store.execute(_RECEIVED).fetchone()
        (said,) = store.execute("PRAGMA integrity_check").fetchone()
    assert said == "ok"
    return int(units)


def test_a_word_that_was_shown_before_a_kill_is_in_the_store(ram: Path, soak: Soak) -> None:
    station = Station(ram)
    plan = [(call, n) for call in CALLS[:5] for n in range(1, 26)]
    killed = 0
    for call, n in soak.take("kill points of scans", plan, fast=8, share=0.03):
        station.reset()
        inject = ("-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={n}")
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", *inject, *station.words()],
            input=station.stdin,
            cwd=station.shop,
            capture_output=True,
            text=True,
            check=False,
        )
        killed += done.returncode != 0
        shown = done.stdout.count(_SHOWN)
        assert shown <= _received(station.shop) <= shown + 1, (call, n, done.stdout)
        assert json.loads(typed(station.shop, "check").out)["ok"], (call, n)
    assert killed


def test_a_word_that_was_shown_before_a_power_cut_is_in_the_store(ram: Path, soak: Soak) -> None:
    station, state = Station(ram), ram / "state"
    recorded = Recording(station.shop, station.words(), station.stdin, shown=_SHOWN)
    assert recorded.ended.stdout.decode().count(_SHOWN) == 3
    for cut in soak.take("power cuts of scans", recorded.cuts(), fast=60, share=0.03):
        files, shown = after(cut, soak)
        write(files, state)
        assert shown <= _received(state), (cut.calls, cut.mode, f"seed {soak.seed}")
