"""Power cut behind every call that writes: what was acknowledged is there, nothing is half."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.powerloss import TRACED, Op, Trace, after_cut, read_folder
from tests.faults.shops import ENVIRONMENT
from tests.faults.soak import Soak
from tests.faults.sweep import Case, content

CARELESS = """\
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("pragma journal_mode=delete")
store.execute("pragma synchronous=off")
for number in range(3):
    store.execute("insert into refund values (?)", (number,))
    print("done", flush=True)
"""
MODES = ("kept", "synced", *["mixed"] * 58)

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)


class Cut(NamedTuple):
    """The power goes after some calls; a mode and dice say what of the rest reached the disk."""

    run: Recording
    calls: int
    mode: str
    dice: int


class Recording:
    """A folder as it was, and every call by which a command wrote in it."""

    def __init__(self, folder: Path, words: list[str], stdin: str = "", shown: str = ".") -> None:
        before = read_folder(folder)
        self.names = {name: inode for inode, name in enumerate(sorted(before))}
        self.start = {self.names[name]: data for name, data in before.items()}
        log = folder.with_name("power")
        watch = ["strace", "-f", "-qq", "-y", "-xx", "-s", "4194304", "-o", str(log)]
        sizes = {inode: len(data) for inode, data in self.start.items()}
        trace = Trace(folder, re.compile(shown), dict(self.names), sizes)
        with chdir(folder):  # the names in a trace are relative to it
            self.ended = subprocess.run(
                [*watch, "-e", f"trace={TRACED}", *words],
                env=ENVIRONMENT,
                input=stdin.encode(),
                capture_output=True,
                check=False,
            )
            for line in log.read_text(errors="replace").splitlines():
                trace.feed(line)
        self.calls: list[Op] = trace.ops

    def cuts(self) -> list[Cut]:
        """Every prefix of the calls, in every mode."""
        return [
            Cut(self, calls, mode, number)
            for calls in range(len(self.calls) + 1)
            for number, mode in enumerate(MODES)
        ]


def after(cut: Cut, soak: Soak) -> tuple[dict[str, bytes], int]:
    """The files that a cut leaves, and how many lines had been printed by then."""
    done = cut.run.calls[: cut.calls]
    dice = soak.dice(f"{cut.calls} {cut.dice}")
    files = after_cut(done, cut.run.names, cut.run.start, cut.mode, dice)
    return files, sum(one.kind == "ack" for one in done)


def write(files: dict[str, bytes], folder: Path) -> None:
    """A folder that holds these files alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _problems(case: Case, folder: Path, *, is_told: bool) -> Iterator[str]:
    try:
        found = content(folder)
        if found is not None:
            with closing(sqlite3.connect(folder / "returns.db")) as store:
                (said,) = store.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                yield f"damaged: {said}"
    except sqlite3.Error as error:
        yield f"cannot be read: {error}"
        return
    if found not in (case.before, case.after):
        yield "neither before nor after"
    if is_told and found != case.after:
        yield "what was said to be done is not there"
    for name, whole in case.outputs.items():
        path = folder / name
        there = path.read_bytes() if path.exists() else None
        if there not in (None, whole) or (is_told and there is None):
            yield f"{name} is missing or half a file"


def _is_replayed(case: Case) -> bool:
    """The replay sees one folder, and no copy that the kernel makes by itself, as of a restore."""
    below = any("/" in name for name in case.command.outputs)
    return not (below or case.command.is_batch or case.name == "restore")


def test_power_loss_keeps_what_was_acknowledged(cases: list[Case], soak: Soak, ram: Path) -> None:
    here = [one for one in cases if _is_replayed(one)]
    plan = []
    for case in here:
        case.reset()
        recorded = Recording(case.shop, case.process(), case.stdin)
        assert recorded.ended.returncode == case.code, recorded.ended.stderr
        plan += [(case, cut) for cut in recorded.cuts()]
    state = ram / "state"
    judged: dict[tuple[object, ...], list[str]] = {}  # many cuts leave the same bytes
    bad = []
    for case, cut in soak.take("power cuts", plan, fast=2000, share=0.2):
        files, told = after(cut, soak)
        same = (case.name, told > 0, hash(frozenset(files.items())))
        if same not in judged:
            write(files, state)
            judged[same] = list(_problems(case, state, is_told=told > 0))
        bad += [f"{case.name} {cut[1:]}: {one}" for one in judged[same]]
    assert bad == [], f"seed {soak.seed}"


def test_the_replay_finds_a_program_that_does_not_sync(ram: Path, soak: Soak) -> None:
    shop, state = ram / "careless", ram / "state"
    shop.mkdir()
    with closing(sqlite3.connect(shop / "returns.db")) as store:
        store.execute("create table refund (number integer)")
    words = [sys.executable, "-c", CARELESS, str(shop / "returns.db")]
    lost = 0
    for cut in Recording(shop, words).cuts():
        files, told = after(cut, soak)
        write(files, state)
        try:
            with closing(sqlite3.connect(state / "returns.db")) as store:
                (kept,) = store.execute("select count(*) from refund").fetchone()
        except sqlite3.Error:
            kept = -1
        lost += kept < told
    assert lost > 0
