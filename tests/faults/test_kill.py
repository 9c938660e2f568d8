"""kill -9 at the calls that write: the store is before or after, and every printed word stands."""

from __future__ import annotations

import shutil

import pytest

from tests.faults.soak import Soak
from tests.faults.sweep import Case

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)


def test_a_killed_command_is_done_whole_or_not_at_all(cases: list[Case], soak: Soak) -> None:
    plan = [(case, point) for case in cases for point in case.points()]
    bad = []
    for case, point in soak.take("kill points", plan, fast=30, share=0.3):
        killed = case.strike(point, "signal=SIGKILL")
        assert killed.returncode in (case.code, -9, 137), (case.name, point, killed.stderr)
        is_told = bool(killed.stdout.strip())
        bad += [f"{case.name} {point}: {one}" for one in case.problems(is_told=is_told)]
    assert bad == [], f"seed {soak.seed}"
