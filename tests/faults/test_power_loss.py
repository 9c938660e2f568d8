"""Power cut behind every call that writes: what was acknowledged is there, nothing is half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.shops import (
    CLOCK,
    ENVIRONMENT,
    RETURNS,
    approved_return,
    inspected_return,
    shop_with_orders,
)

TOOL = Path(__file__).with_name("powerloss.py")
MORE_ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price
2001,2026-03-01,USD,1,MUG,1,12.50
2002,2026-03-01,USD,1,MUG,1,12.50
2003,2026-03-01,USD,1,MUG,1,12.50
"""
CARELESS = """\
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("pragma journal_mode=delete")
store.execute("pragma synchronous=off")
for number in range(3):
    store.execute("insert into refund values (?)", (number,))
    print("done", flush=True)
"""

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)


def replay(
    db: Path, ack: str, count: str, trials: int, words: tuple[str, ...]
) -> subprocess.CompletedProcess[str]:
    """Every state that a power cut may leave of one command, checked by the tool beside this."""
    return subprocess.run(
        [
            *(sys.executable, str(TOOL), "--db", str(db), "--ack", ack, "--count", count),
            *("--trials", str(trials), "--", *words),
        ],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )


@pytest.fixture
def trials(soak_seconds: int) -> int:
    """States per cut: 3 in a fast run, 40 in a soak."""
    return 40 if soak_seconds else 3


@pytest.mark.parametrize("what", ["refund", "receive", "import"])
def test_power_loss_keeps_what_was_acknowledged(tmp_path: Path, trials: int, what: str) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    words: tuple[str, ...]
    if what == "refund":
        words = ("refund", inspected_return(seed), "--paid", "ch_1")
        ack, count = '^.?"?refund|"refund":', "select count(*) from refund"
    elif what == "receive":
        words = ("receive", approved_return(seed), "--item", "2:2")
        ack, count = '"received":', "select count(*) from receipt"
    else:
        more = seed.parent / "more.csv"
        more.write_text(MORE_ORDERS, encoding="utf-8")
        words = ("orders", "import", str(more))
        ack, count = '"format":', "select max(0, count(*) - 2) / 3 from orders"
    whole = (*RETURNS, "--as-of", CLOCK, "--shop", str(seed), "--json", *words)
    done = replay(seed / "returns.db", ack, count, trials, whole)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tool_finds_a_program_that_does_not_sync(tmp_path: Path, trials: int) -> None:
    import sqlite3

    db = tmp_path / "careless.db"
    store = sqlite3.connect(db)
    store.execute("create table refund (number integer)")
    store.commit()
    store.close()
    words = (sys.executable, "-c", CARELESS, str(db))
    done = replay(db, "^done", "select count(*) from refund", 4 * trials, words)
    assert done.returncode == 1, done.stdout + done.stderr
