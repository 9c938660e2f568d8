"""Many processes at one return at one instant: one wins, the others are told, nothing is locked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.shops import CLOCK, RETURNS, answer, inspected_return, run, shop_with_orders

RACE = Path(__file__).with_name("race.sh")
CHECK = Path(__file__).with_name("check_race.py")


@pytest.fixture
def seed(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "seed"
    shop_with_orders(folder)
    return folder, inspected_return(folder)


def test_eight_references_for_one_return_pay_it_once(seed: tuple[Path, str]) -> None:
    folder, rma = seed
    words = ["refund", rma, "--json", "--paid"]
    running = [
        subprocess.Popen(
            [*RETURNS, "--as-of", CLOCK, *words, f"ch_{i}"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for i in range(8)
    ]
    ended = [(one.communicate(), one.returncode) for one in running]
    codes = sorted(code for _, code in ended)
    assert codes == [0, 6, 6, 6, 6, 6, 6, 6], [text for text, _ in ended]
    winner = next(json.loads(text[0]) for text, code in ended if code == 0)
    errors = [json.loads(text[1])["error"]["code"] for text, code in ended if code == 6]
    assert set(errors) == {"E-REFUND-PAID"}
    refunds = json.loads(run(folder, "refunds", "list", "--json").stdout)
    assert [one["refund"] for one in refunds] == [winner["refund"]]
    assert winner["amount"] == "20.05"  # 3 x 10.00 - 10 % restocking - 6.95 return shipping
    assert answer(folder, "check")["ok"] is True


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing: install strace")
@pytest.mark.skipif(shutil.which("flock") is None, reason="flock is missing: install util-linux")
def test_partial_refunds_never_exceed_what_is_payable(seed: tuple[Path, str], rounds: int) -> None:
    folder, rma = seed
    shop = folder.parent / "shop"
    slow_locks = ["-e", "trace=fcntl", "-e", "inject=fcntl:delay_enter=5000"]
    done = subprocess.run(
        [
            str(RACE),
            *("-n", "8", "-k", str(rounds)),
            *("-r", f"rm -rf {shop} && cp -a {folder} {shop}"),
            *("-c", f"{sys.executable} {CHECK} {shop} {rma}"),
            "--",
            *("strace", "-f", "-qq", "-o", "/dev/null", *slow_locks),
            *(*RETURNS, "--as-of", CLOCK, "--shop", str(shop)),
            *("refund", rma, "--amount", "3.00", "--key", "k{r}-{i}", "--json"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 processes, 0 bad" in done.stdout
