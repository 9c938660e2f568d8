"""What must hold of a shop after a round of the race; ``race.sh`` runs it after each.

Eight processes each asked for 3.00 of a return that pays 20.05: six of them fit, two are refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

RETURNS = (sys.executable, "-m", "returns_cli")


def _answer(shop: str, *words: str) -> object:
    done = subprocess.run(
        [*RETURNS, "--shop", shop, *words, "--json"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def main(shop: str, rma: str) -> int:
    """Exit 0 where six refunds stand, two were refused as conflicts, and the store is whole."""
    folder = Path(os.environ["RACE_DIR"])
    codes = sorted(int(one.read_text()) for one in folder.glob("rc.*"))
    if codes != [0, 0, 0, 0, 0, 0, 6, 6]:
        print("exit codes", codes, *(one.read_text() for one in folder.glob("err.*")))
        return 1
    refunds = _answer(shop, "refunds", "list", "--rma", rma)
    amounts = [one["amount"] for one in refunds]  # type: ignore[attr-defined]
    if amounts != ["3.00"] * 6:
        print("refunds", amounts)
        return 1
    report = _answer(shop, "check")
    return 0 if report["ok"] else 1  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
