"""Eight processes at one record at one instant: sums are exact, nobody sees a lock."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.faults.commands import CLOCK, stand, typed
from tests.faults.shops import ENVIRONMENT, RETURNS
from tests.faults.soak import Soak

PROCESSES = 8
WINNER = [0, *[6] * 7]
ALL = [0] * 8
BUSY = [0, *[8] * 7]  # or more zeros: who comes after the first has ended works, and finds nothing
# Every call that locks takes 5 ms longer: what reads before it locks is found out.
SLOW_LOCKS = (
    *("strace", "-f", "-qq", "-o", "/dev/null"),
    *("-e", "trace=fcntl", "-e", "inject=fcntl:delay_enter=5000"),
)

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)


class Race(NamedTuple):
    """What eight processes ask for, ``{i}`` their number; how they end; and what then stands.

    ``stands`` gives a figure of the shop, from a question and its answer, and the only right value.
    """

    stage: str
    line: str
    codes: list[int]
    question: str
    stands: Callable[[Any], object]
    right: object


def _amounts(refunds: list[dict[str, str]]) -> list[str]:
    return sorted(one["amount"] for one in refunds)


def _units(shown: dict[str, Any]) -> int:
    return sum(one["quantity"] for one in shown["received"])


# The shirts pay 20.05 in all: 3 x 10.00 - 10 % restocking - 6.95 return shipping.
RACES = {
    "refund it whole": Race(
        "inspected", "refund {rma} --paid ch_{i}", WINNER, "refunds list", _amounts, ["20.05"]
    ),
    "refund it in parts": Race(
        "inspected",
        "refund {rma} --amount 3.00 --key k{i}",
        [*[0] * 6, 6, 6],
        "refunds list",
        _amounts,
        ["3.00"] * 6,
    ),
    "refund it under one key": Race(
        "inspected", "refund {rma} --paid ch_1", ALL, "refunds list", _amounts, ["20.05"]
    ),
    "refund what is due": Race(
        "inspected", "refund --due", ALL, "refunds list", _amounts, ["20.05"]
    ),
    "find it in a statement": Race(
        "submitted",
        "refunds reconcile statement.csv",
        ALL,
        "refunds list",
        lambda refunds: [(one["amount"], one["state"], one["reference"]) for one in refunds],
        [("20.05", "confirmed", "re_1")],
    ),
    "receive one unit each": Race(
        "approved", "receive {rma} --item 2:1", [*[0] * 3, *[6] * 5], "show {rma}", _units, 3
    ),
    "receive one parcel": Race(
        "approved", "receive {rma} --item 2:3 --key parcel", ALL, "show {rma}", _units, 3
    ),
    "receive one file": Race(
        "approved", "receive --file receipts.csv", ALL, "show {rma}", _units, 2
    ),
    "import one file": Race("new", "orders import orders.csv", ALL, "orders list", len, 3),
    "open one return": Race(
        "ordered", "open 1042 --item 2=too_small --condition new", ALL, "list", len, 1
    ),
    "run the whole round": Race("waiting", "run", BUSY, "refunds list", _amounts, ["20.05"]),
    "erase one person": Race(
        "confirmed", "customers erase ann@example.com --yes", ALL, "orders list", len, 3
    ),
    "redeem one credit": Race(
        "credited",  # 25.00: two of 9.00 fit
        "credit redeem {credit} --amount 9.00 --reference {i}",
        [0, 0, *[6] * 6],
        "credit balance {credit}",
        lambda credit: credit["balance"],
        "7.00",
    ),
    "make one credit of a refund": Race(
        "owed", "refunds confirm {refund}", ALL, "credit balance", len, 1
    ),
    "reverse one refund": Race(
        "confirmed",
        "refunds reverse {refund} --why twice",
        ALL,
        "journal balances",
        lambda accounts: sorted({one["balance"] for one in accounts}),
        ["0.00"],
    ),
}


def _run(shop: Path, words: list[tuple[str, ...]]) -> tuple[list[int], list[str], list[float]]:
    """How processes end that start together, what they said, and how long each took."""
    start = time.monotonic()
    running = [
        subprocess.Popen(
            [*SLOW_LOCKS, *RETURNS, "--as-of", CLOCK, "--json", *one],
            cwd=shop,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for one in words
    ]
    said, waited = [], []
    for one in running:
        said.append(one.communicate()[1])
        waited.append(time.monotonic() - start)
    return sorted(one.returncode for one in running), said, waited


def test_eight_at_once_are_told_the_truth_and_the_sums_are_exact(ram: Path, soak: Soak) -> None:
    rounds = 100 if soak.seconds else 3
    plan = [(name, turn) for turn in range(rounds) for name in RACES]
    bad, waited = [], []
    for name, turn in soak.take("rounds of a race", plan, fast=3, share=0.2):
        race = RACES[name]
        shop = ram / f"{name} {turn}"
        made = stand(shop, race.stage)
        lines = [made.words(race.line.replace("{i}", str(i))) for i in range(PROCESSES)]
        codes, said, times = _run(shop, lines)
        waited += times
        errors = [json.loads(one.splitlines()[-1])["error"]["code"] for one in said if "{" in one]
        stands = race.stands(typed(shop, *made.words(race.question)).json)
        is_right = codes == race.codes or (
            race.codes is BUSY and set(codes) <= {0, 8} and not codes[0]
        )
        if not is_right or stands != race.right:
            bad.append(f"{name}: exits {codes}, {stands} instead of {race.right}; {said}")
        if any(one.startswith("E-STORE") for one in errors):
            bad.append(f"{name}: somebody was shown the store: {errors}")
        if typed(shop, "check").code != 0:
            bad.append(f"{name}: the store is not sound")
        shutil.rmtree(shop)
    waited.sort()
    soak.said.append(
        f"99 of 100 processes of a race ended within {waited[-1 - len(waited) // 100]:.2f} s"
    )
    assert bad == [], f"seed {soak.seed}"
