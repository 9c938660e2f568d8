"""One scan at the bench, from the code to its durable word, among many open returns.

``python -m benchmarks scan --returns 10000 --parcels 100`` measures another size. Each figure is
the time between a code that is handed over and its answer, inside one station that is already
running; beside it stand its processor time, which does not wait for the disk, and how that compares
with a shop of only as many returns as are scanned. Then what a press of Tab costs in the large
shop, from the start of the process to its end, as each shell asks (60 ms are the aim).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.find import write_orders
from benchmarks.measure import Command, compare
from returns_cli.operations.list_returns import ListFilter, list_returns
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop

BIN = Path(sys.executable).parent
CLOCK = "2026-03-20T10:00:00-04:00"
_ROW = "{:24} {:>8} {:>8} {:>8} {:>8} {:>10}"

Times = list[tuple[float, float]]
"""Milliseconds on the wall and of the processor, of each scan."""


def _shop(folder: Path, size: int) -> Shop:
    """A shop in which each order has an approved return of one unit."""
    place = folder / f"shop{size}"
    orders, requests = folder / "orders.csv", folder / "requests.csv"
    write_orders(orders, size)
    with requests.open("w", encoding="utf-8") as out:
        out.write("order_id,line_no,reason\n")
        out.writelines(f"{100_000 + number},1,too_small\n" for number in range(size))
    here = ("--shop", str(place), "--as-of", CLOCK)
    for words in (
        ("init", str(place), "--no-input"),
        ("orders", "import", str(orders), *here),
        ("requests", "import", str(requests), *here),
        ("evaluate", "--all", "--quiet", *here),
    ):
        subprocess.run([str(BIN / "returns"), *words], check=True, capture_output=True)
    return Shop(place, "bench", CLOCK)


def _shift(shop: Shop, mode: str, codes: Sequence[str]) -> Times:
    """How long each scan took.

    Raises:
        SystemExit: a scan was not answered OK, so that nothing was measured.
    """
    took: Times = []
    handed = worked = 0.0

    def scanner() -> Iterator[str]:
        nonlocal handed, worked
        for code in codes:
            handed, worked = time.perf_counter(), time.process_time()
            yield code

    for said in scan(shop, scanner(), ScanRequest(mode=mode, station="bench-1")):
        wall, cpu = time.perf_counter() - handed, time.process_time() - worked
        took.append((wall * 1000, cpu * 1000))
        if said["word"] == "STOP":
            raise SystemExit(f"{mode}: {said['scanned']} was stopped: {said['message']}")
    return took[3:]  # the first parcel loads modules


def _measure(shop: Shop, parcels: int) -> dict[str, Times]:
    """Times by kind of scan: parcels are received, then graded, spread over the shop."""
    rows = list_returns(shop, ListFilter(limit=None))
    step = max(1, len(rows) // parcels)
    rmas = [str(row["rma"]) for row in rows[::step][:parcels]]
    received = _shift(shop, "receive", [code for rma in rmas for code in (rma, "MUG", "DONE")])
    graded = _shift(shop, "inspect", [code for rma in rmas for code in (rma, "GRADE-NEW", "DONE")])
    return {
        "a return is taken up": received[0::3] + graded[0::3],
        "a unit is received": received[1::3],
        "a unit is graded": graded[1::3],
        "a parcel is done": received[2::3] + graded[2::3],
    }


def _completions(shop: Shop, rma: str, order: str) -> list[Command]:
    """What shells ask for: a return by its first signs, any return, an order's lines."""
    here = ("--shop", str(shop.folder), "--as-of", CLOCK)
    asked = {
        "a return, begun": ("receive", rma[:6]),
        "a return, any": ("show", ""),
        "an order, begun": ("open", order[:3]),
        "a line of an order": ("open", order, "--item", ""),
    }
    base = Command("python -c pass", (sys.executable, "-c", "pass"))
    return [
        base,
        *(
            Command(f"{shell}: {what}", (str(BIN / "returns"), "__complete", shell, *here, *words))
            for shell in ("bash", "zsh", "fish")
            for what, words in asked.items()
        ),
    ]


def main(options: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser("python -m benchmarks scan")
    parser.add_argument("--returns", type=int, default=100_000, help="open in the shop")
    parser.add_argument("--parcels", type=int, default=500, help="scanned")
    parser.add_argument("--runs", type=int, default=9, help="of each completion")
    asked = parser.parse_args(options)
    with tempfile.TemporaryDirectory() as made:
        small = _measure(_shop(Path(made), asked.parcels), asked.parcels)
        shop = _shop(Path(made), asked.returns)
        large = _measure(shop, asked.parcels)
        rma, order = str(list_returns(shop, ListFilter(limit=1))[0]["rma"]), "100042"
        compare("Completion", _completions(shop, rma, order), asked.runs)
    print(f"\nOne scan among {asked.returns:,} open returns, milliseconds")
    print(_ROW.format("", "median", "p99", "worst", "cpu", "cpu, small"))
    for kind, took in large.items():
        wall = [one for one, _ in took]
        cpu = statistics.median(one for _, one in took)
        ratio = cpu / statistics.median(one for _, one in small[kind])
        figures = (statistics.median(wall), statistics.quantiles(wall, n=100)[98], max(wall), cpu)
        print(_ROW.format(kind, *(f"{one:.2f}" for one in figures), f"{ratio:.2f} x"))


if __name__ == "__main__":
    main()
