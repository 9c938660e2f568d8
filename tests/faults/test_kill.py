"""kill -9 at the calls that write: the store is before or after, and every printed word stands."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.shops import (
    CLOCK,
    RETURNS,
    answer,
    approved_return,
    inspected_return,
    run,
    shop_with_orders,
)

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename")
MOST = 200
pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)

MORE_ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price
2001,2026-03-01,USD,1,MUG,1,12.50
2002,2026-03-01,USD,1,MUG,1,12.50
2003,2026-03-01,USD,1,MUG,1,12.50
"""


def _strace(
    call: str, words: list[str], cwd: Path, inject: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", "/dev/null"),
            *("-e", f"trace={call}", "-e", f"inject={call}:{inject}"),
            *words,
        ],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def _count(call: str, words: list[str], cwd: Path) -> int:
    """How often the undisturbed command makes a call."""
    trace = cwd.parent / f"trace.{call}"
    subprocess.run(
        ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}", *words],
        cwd=cwd,
        capture_output=True,
        check=True,
    )
    return sum(f" {call}(" in line for line in trace.read_text(errors="replace").splitlines())


def _points(words: list[str], seed: Path, shop: Path, wanted: int) -> list[tuple[str, int]]:
    """(call, n) to kill at: all of them, or a sample that the commit decides."""
    points = []
    for call in CALLS:
        _reset(seed, shop)
        points += [(call, n + 1) for n in range(min(MOST, _count(call, words, shop)))]
    chosen = random.Random(_commit()).sample(points, min(wanted, len(points)))
    return sorted(chosen)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "no commit"


def _reset(seed: Path, shop: Path) -> None:
    shutil.rmtree(shop, ignore_errors=True)
    shutil.copytree(seed, shop)


def _sweep(
    seed: Path, words: tuple[str, ...], wanted: int, holds: Callable[[Path, str], None]
) -> None:
    shop = seed.parent / "shop"
    whole = [*RETURNS, "--as-of", CLOCK, "--json", *words]
    points = _points(whole, seed, shop, wanted)
    assert points, "the command writes nothing"
    for call, n in points:
        _reset(seed, shop)
        killed = _strace(call, whole, shop, f"signal=SIGKILL:when={n}")
        assert killed.returncode in (0, -9, 137), killed.stderr
        assert answer(shop, "check")["ok"] is True, f"{call} {n}"
        holds(shop, killed.stdout)


@pytest.fixture
def sample(soak_seconds: int) -> int:
    """Kill points of one command: 10 in a fast run, one for every 4 seconds of a soak."""
    return max(10, soak_seconds // 4)


def test_a_killed_refund_is_recorded_whole_or_not_at_all(tmp_path: Path, sample: int) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    rma = inspected_return(seed)

    def holds(shop: Path, printed: str) -> None:
        refunds = json.loads(run(shop, "refunds", "list", "--json").stdout)
        assert [one["amount"] for one in refunds] in ([], ["20.05"])
        if printed.strip():
            assert [one["refund"] for one in refunds] == [json.loads(printed)["refund"]]
        again = answer(shop, "refund", rma, "--paid", "ch_1")
        assert (again["amount"], again["state"]) == ("20.05", "confirmed")

    _sweep(seed, ("refund", rma, "--paid", "ch_1"), sample, holds)


def test_a_killed_receipt_is_recorded_whole_or_not_at_all(tmp_path: Path, sample: int) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    rma = approved_return(seed)

    def holds(shop: Path, printed: str) -> None:
        received = answer(shop, "show", rma)["received"]
        assert isinstance(received, list)
        assert [one["quantity"] for one in received] in ([], [2])
        if printed.strip():
            assert received

    _sweep(seed, ("receive", rma, "--item", "2:2"), sample, holds)


def test_a_killed_import_is_whole_after_the_same_command_again(tmp_path: Path, sample: int) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    (seed / "more.csv").write_text(MORE_ORDERS, encoding="utf-8")

    def holds(shop: Path, printed: str) -> None:
        orders = json.loads(run(shop, "orders", "list", "--json").stdout)
        assert len(orders) in (2, 5)
        if printed.strip():
            assert len(orders) == 5
        again = answer(shop, "orders", "import", "more.csv")
        assert (again["orders"], again["rejected"]) == (3, 0)
        assert len(json.loads(run(shop, "orders", "list", "--json").stdout)) == 5

    _sweep(seed, ("orders", "import", "more.csv"), sample, holds)
