"""How long a command takes from process start to exit, beside ``python -c pass`` and peers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Command, compare

BIN = Path(sys.executable).parent
CLOCK = ("--as-of", "2026-03-20T10:00:00-04:00")


def _shop(folder: Path) -> str:
    """A shop with one approved return of twenty mugs; its RMA."""
    import json

    returns = str(BIN / "returns")
    subprocess.run([returns, "init", str(folder), "--no-input"], check=True, capture_output=True)
    orders = folder / "orders.csv"
    orders.write_text(
        "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at\n"
        "1,2026-03-01,USD,1,MUG,20,12.50,2026-03-06\n",
        encoding="utf-8",
    )
    here = ["--shop", str(folder), *CLOCK, "--json"]
    subprocess.run(
        [returns, "orders", "import", str(orders), *here], check=True, capture_output=True
    )
    opened = subprocess.run(
        [returns, "open", "1", "--item", "1=too_small", *here],
        check=True,
        capture_output=True,
        text=True,
    )
    return str(json.loads(opened.stdout)["rma"])


def main(runs: int = 15) -> None:
    """Print the table."""
    returns = str(BIN / "returns")
    with tempfile.TemporaryDirectory() as made:
        shop = Path(made) / "shop"
        rma = _shop(shop)
        here = ("--shop", str(shop), *CLOCK)
        commands = [
            Command("python -c pass", (sys.executable, "-c", "pass")),
            Command("returns --version", (returns, "--version")),
            Command("returns --help", (returns, "--help")),
            Command("returns show", (returns, "show", rma, *here)),
            Command("returns receive", (returns, "receive", rma, "--item", "1:1", *here)),
            Command("completion of a return", (returns, "__complete", "zsh", *here, "show", "")),
            Command("returns list", (returns, "list", *here)),
            Command("returns quote", (returns, "quote", rma, *here)),
            Command("returns evaluate", (returns, "evaluate", rma, *here)),
            Command("sqlite-utils --version", (str(BIN / "sqlite-utils"), "--version")),
        ]
        for name in ("git", "hledger"):
            found = shutil.which(name)
            if found:
                commands.append(Command(f"{name} --version", (found, "--version")))
            else:
                print(f"{name} is missing: install it, or compare without")
        compare("Start to exit", commands, runs)


if __name__ == "__main__":
    main()
