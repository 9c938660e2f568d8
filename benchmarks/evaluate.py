"""Judging many returns: requests in, ``evaluate --all``, the same again, and a backtest.

Cost must grow with the number of returns and memory must not, so two sizes are measured side by
side: per return the second must cost what the first does. Machines drift, so the CPU time is also
given in loops of plain Python that run before and after each command.

``python -m benchmarks evaluate --returns 10000`` measures one size.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Command

BIN = Path(sys.executable).parent
SIZES = (10_000, 100_000)
CLOCK = ("--as-of", "2026-05-01T10:00:00-04:00")
_REASONS = ("too_small", "defective", "changed_mind", "style", "arrived_late")
_CATEGORIES = ("Apparel/Shoes", "Home", "Toys")
_LOOP = 5_000_000


def write_orders(path: Path, orders: int, seed: int = 5) -> None:
    """Orders of one to three lines; each customer has three on average."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "order_id,placed_at,currency,line_no,sku,title,quantity,unit_price,shipped_at,"
            "delivered_at,category,country,customer_id,customer_email,tags\n"
        )
        for number in range(orders):
            placed = _placed(number)
            customer = draw.randrange(orders // 3 + 1)
            for line in range(1, draw.randrange(1, 4) + 1):
                price = draw.randrange(300, 20_000)
                out.write(
                    f"{100_000 + number},{placed},USD,{line},SKU{draw.randrange(900)},Thing,"
                    f"{draw.randrange(1, 3)},{price // 100}.{price % 100:02d},{placed},"
                    f"{placed + timedelta(3)},{draw.choice(_CATEGORIES)},US,C{customer},"
                    f"c{customer}@example.com,{draw.choice(('', '', 'final-sale'))}\n"
                )


def write_requests(path: Path, requests: int, seed: int = 7) -> None:
    """One request for the first line of each order, in time or late."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        out.write("request_id,order_id,line_no,quantity,reason,condition,requested_at\n")
        for number in range(requests):
            asked = _placed(number) + timedelta(draw.randrange(4, 50))
            condition = draw.choice(("new", "opened", ""))
            out.write(
                f"q{number},{100_000 + number},1,1,{draw.choice(_REASONS)},{condition},{asked}\n"
            )


def _placed(number: int) -> date:
    return date(2026, 1, 1) + timedelta(number * 7919 % 80)


def main(options: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser("python -m benchmarks evaluate")
    parser.add_argument("--returns", type=int, nargs="+", default=SIZES, help="how many of them")
    sizes = parser.parse_args(options).returns
    print("\nJudging returns (one run each; a loop is 5 million additions in Python)")
    print(f"{'':34} {'returns':>8} {'cpu':>8} {'loops':>7} {'each':>8} {'a second':>9} {'peak':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            _measure(Path(made), size)


def _measure(folder: Path, size: int) -> None:
    returns = str(BIN / "returns")
    shop, orders, requests = folder / "shop", folder / "orders.csv", folder / "requests.csv"
    write_orders(orders, size)
    write_requests(requests, size)
    here = ("--shop", str(shop), *CLOCK)
    for words in (
        ("init", str(shop), "--no-input"),
        ("orders", "import", str(orders), *here),
    ):
        subprocess.run((returns, *words), check=True, capture_output=True)
    policy = shop / "policies" / "standard.yaml"
    other = folder / "shorter.yaml"
    other.write_text(
        policy.read_text(encoding="utf-8").replace("days: 30", "days: 20"), encoding="utf-8"
    )
    for command in (
        Command("requests import", (returns, "requests", "import", str(requests), *here)),
        Command("evaluate --all", (returns, "evaluate", "--all", *here)),
        Command("evaluate --all --json, again", (returns, "evaluate", "--all", "--json", *here)),
        Command("policy backtest", (returns, "policy", "backtest", str(other), *here)),
    ):
        before = _loop_s()
        command.run(counts=True)
        loop_s = (before + _loop_s()) / 2
        cpu = command.cpu_s[0]
        print(
            f"{command.name:34} {size:8,} {cpu:6.1f} s {cpu / loop_s:7.1f} "
            f"{cpu / size * 1e6:5.0f} µs {size / cpu:9,.0f} {command.peak_mb[0]:5.0f} MB"
        )


def _loop_s(clock: Callable[[], float] = time.process_time) -> float:
    """CPU seconds that a loop of plain Python takes here and now."""
    start, total = clock(), 0
    for number in range(_LOOP):
        total += number
    return clock() - start


if __name__ == "__main__":
    main()
