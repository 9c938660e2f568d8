"""Shop folders for fault tests, made by the real commands, and what must hold of them after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

RETURNS = (sys.executable, "-m", "returns_cli")
CLOCK = "2026-03-20T10:00:00-04:00"

ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at
1042,2026-03-01,USD,1,MUG,1,12.50,2026-03-06
1042,2026-03-01,USD,2,SHIRT-M,3,10.00,2026-03-06
1043,2026-03-02,USD,1,MUG,2,12.50,2026-03-06
"""


ENVIRONMENT = {**os.environ, "RETURNS_SALT": "faults"}
"""Of every process of these tests."""


def run(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """One command in a shop folder, at a fixed clock, as a real process."""
    done = subprocess.run(
        [*RETURNS, "--as-of", CLOCK, "--actor", "test", *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise AssertionError(f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def answer(folder: Path, *words: str) -> dict[str, object]:
    """The JSON object of one command."""
    found: dict[str, object] = json.loads(run(folder, *words, "--json").stdout)
    return found


def shop_with_orders(folder: Path) -> None:
    """A shop with two orders and no return."""
    run(folder.parent, "init", str(folder), "--no-input")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    run(folder, "orders", "import", "orders.csv")


def approved_return(folder: Path) -> str:
    """A return of three shirts that is approved; its RMA."""
    found = answer(folder, "open", "1042", "--item", "2=too_small", "--condition", "new")
    assert found["state"] == "approved", found
    return str(found["rma"])


def inspected_return(folder: Path) -> str:
    """A return of three shirts, arrived and graded as new; its RMA."""
    rma = approved_return(folder)
    run(folder, "receive", rma)
    run(folder, "inspect", rma, "--item", "2=new")
    return rma
