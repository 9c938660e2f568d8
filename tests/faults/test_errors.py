"""Errors of the disk at the calls that write: said in words, and nothing is half done."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from returns_cli.domain.errors import Exit
from tests.faults.soak import Soak
from tests.faults.sweep import Case

strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)
ERRORS = ("ENOSPC", "EIO", "EROFS", "EDQUOT")
TOLD = (int(Exit.STORE), int(Exit.OUTPUT))


def _problems(case: Case, done: subprocess.CompletedProcess[str]) -> list[str]:
    """What is wrong with how a command ended and with what it left."""
    if done.returncode == case.code:
        return list(case.problems(is_told=True))
    found = []
    if done.returncode not in TOLD:
        found.append(f"exit {done.returncode}: {done.stderr}")
    elif done.stderr and json.loads(done.stderr.splitlines()[-1])["error"]["exit"] != (
        done.returncode
    ):  # without a word where standard error is among what cannot be written
        found.append(f"the error says another exit: {done.stderr}")
    if "Traceback" in done.stderr:
        found.append(done.stderr)
    return [*found, *case.problems(is_told=False)]


@strace
def test_an_error_of_the_disk_is_said_and_leaves_nothing_half(
    cases: list[Case], soak: Soak
) -> None:
    plan = [
        (case, point, error, when)
        for case in cases
        for point in case.points()
        for error in ERRORS
        for when in ("", "+")
    ]
    bad = []
    for case, point, error, when in soak.take("injected errors", plan, fast=32, share=0.2):
        done = case.strike(point, f"error={error}", when)
        bad += [f"{case.name} {point}{when} {error}: {one}" for one in _problems(case, done)]
    assert bad == [], f"seed {soak.seed}"


@pytest.mark.skipif(
    shutil.which("prlimit") is None, reason="prlimit is missing: install util-linux"
)
def test_a_limit_on_the_size_of_files_is_said_and_leaves_nothing_half(
    cases: list[Case], soak: Soak
) -> None:
    dice = soak.dice("sizes")
    plan = [(case, dice.randrange(1, 300_000)) for case in cases for _ in range(20)]
    bad = []
    for case, size in soak.take("limited file sizes", plan, fast=8, share=0.03):
        done = case.run("prlimit", f"--fsize={size}")
        bad += [f"{case.name} {size}: {one}" for one in _problems(case, done)]
    assert bad == [], f"seed {soak.seed}"


def test_a_store_that_another_holds_is_said_and_nothing_waits_for_ever(
    cases: list[Case], soak: Soak
) -> None:
    plan = [one for one in cases if one.command.stage not in ("lost", "unmade", "new")]
    bad = []
    for case in soak.take("a store that is held", plan, fast=0, share=0.02):
        case.reset()
        with closing(sqlite3.connect(case.shop / "returns.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            answer = case.type()
            other.execute("ROLLBACK")
        if answer.code != int(Exit.STORE):
            bad.append(f"{case.name}: {answer}")
        bad += [f"{case.name}: {one}" for one in case.problems(is_told=False)]
    assert bad == [], f"seed {soak.seed}"
