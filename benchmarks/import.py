"""``orders import`` beside SQLite's own CSV import and sqlite-utils, on the same raw file.

The peers copy every cell of the file into one table of text. Ours validates each order, freezes its
money per line and writes normalised rows that can be imported again without harm.

    python -m benchmarks import                  made Shopify exports: 10,000, 100,000, 1,000,000
    python -m benchmarks import --lines 1000000
    python -m benchmarks import --orders export.csv --map mapping.yaml
    python -m benchmarks import --tpcds 0.5      orders and returns of TPC-DS (needs duckdb)
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.shopify_export import write_export

BIN = Path(sys.executable).parent
LINES = (10_000, 100_000, 1_000_000)
HEAD = """\
| | processor time | × `sqlite3 .import` | × first import | wall | peak memory |
|---|---:|---:|---:|---:|---:|"""
RAW = """\
import csv, sqlite3, sys
store = sqlite3.connect(sys.argv[1])
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    names = next(rows)
    store.execute(f"CREATE TABLE t ({', '.join(f'c{at} TEXT' for at in range(len(names)))})")
    store.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", rows)
store.commit()
"""


@dataclass
class Workload:
    """A file of orders to measure.

    Attributes:
        title: of the table.
        orders: the file; ``requests``: returns asked for against it, or None.
        words: options of ``orders import``.
    """

    title: str
    orders: Path
    words: tuple[str, ...] = ()
    requests: Path | None = None


def measure(work: Workload, runs: int, slow_runs: int) -> None:
    """Print the table of one workload: every command in turn, so that ratios hold.

    Args:
        work: the file.
        runs: rounds; ``slow_runs``: those in which sqlite-utils takes part.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fresh, shop, raw = folder / "fresh", folder / "shop", folder / "raw.db"
        returns = str(BIN / "returns")
        subprocess.run([returns, "init", str(fresh), "--no-input"], check=True, capture_output=True)

        def new_shop() -> None:
            shutil.rmtree(shop, ignore_errors=True)
            shutil.copytree(fresh, shop)

        def no_raw() -> None:
            raw.unlink(missing_ok=True)

        here = ("--shop", str(shop))
        ours = (returns, "orders", "import", str(work.orders), *work.words, *here)
        utils = (str(BIN / "sqlite-utils"), "insert", str(raw), "t", str(work.orders), "--csv")
        base = Command("`sqlite3 .import`, raw", _raw_import(raw, work.orders), no_raw)
        partly = (0, 3)  # a real file may hold rows that are refused
        first = Command("`returns orders import`", ours, new_shop, partly)
        fast = [
            base,
            first,
            Command("the same orders again (`--force`)", (*ours, "--force"), exits=partly),
            Command("the same file again", ours, exits=partly),
        ]
        if work.requests is not None:
            asked = (returns, "requests", "import", str(work.requests), *here)
            fast.append(Command("`returns requests import`", asked, exits=partly))
        slow = [
            Command(
                "`sqlite-utils insert --no-detect-types`", (*utils, "--no-detect-types"), no_raw
            ),
            Command("`sqlite-utils insert`", utils, no_raw),
        ]
        for number in range(runs):
            for one in (*fast, *(slow if number < slow_runs else ())):
                one.run(counts=True)
        size = (shop / "returns.db").stat().st_size / 1e6
    print(f"\n{work.title} (medians of {runs}, sqlite-utils of {slow_runs}; store {size:.0f} MB)\n")
    print(HEAD)
    for one in (*fast, *(slow if slow_runs else ())):
        print(_row(one, base, first))


def _raw_import(raw: Path, export: Path) -> Sequence[str]:
    sqlite3 = shutil.which("sqlite3")
    if sqlite3:
        return (sqlite3, str(raw), f".import --csv {export} t")
    return (sys.executable, "-c", RAW, str(raw), str(export))


def _row(one: Command, base: Command, first: Command) -> str:
    cpu, wall = statistics.median(one.cpu_s), statistics.median(one.wall_s)
    spread = f"{cpu:.2f} s ({min(one.cpu_s):.2f}–{max(one.cpu_s):.2f})"
    return (
        f"| {one.name} | {spread} | {_ratio(one, base):.2f} | {_ratio(one, first):.2f} "
        f"| {wall:.2f} s | {max(one.peak_mb):.0f} MB |"
    )


def _ratio(one: Command, other: Command) -> float:
    """The median of the ratios, round by round."""
    return statistics.median([a / b for a, b in zip(one.cpu_s, other.cpu_s, strict=False)])


def _workloads(options: argparse.Namespace, folder: Path) -> list[Workload]:
    if options.orders is not None:
        words = ("--map", str(options.map)) if options.map else ()
        return [Workload(f"Import of {options.orders.name}", options.orders, words)]
    if options.tpcds is not None:
        from benchmarks.tpcds import write_tpcds

        orders, requests = folder / "orders.csv", folder / "requests.csv"
        # In a process of its own: what starts the measured ones must stay small, since Linux counts
        # the memory of whoever started a process to its peak.
        with ProcessPoolExecutor(1) as apart:
            lines, returned = apart.submit(write_tpcds, options.tpcds, orders, requests).result()
        title = f"TPC-DS at scale {options.tpcds:g}: {lines:,} order lines, {returned:,} returns"
        return [Workload(title, orders, ("--from", "generic"), requests)]
    made = []
    for lines in options.lines or LINES:
        export = folder / f"export_{lines}.csv"
        count = write_export(export, lines)
        size = export.stat().st_size / 1e6
        title = f"Shopify export of {lines:,} lines, {count:,} orders, {size:.0f} MB"
        made.append(Workload(title, export))
    return made


def main(words: Sequence[str] = ()) -> None:
    """Print a table in Markdown for each file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks import")
    parser.add_argument("--lines", type=int, action="append", help="of the made export")
    parser.add_argument("--orders", type=Path, help="another file of orders")
    parser.add_argument("--map", type=Path, help="how its columns are named")
    parser.add_argument("--tpcds", type=float, metavar="SCALE", help="make TPC-DS with duckdb")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--slow-runs", type=int, default=1, help="rounds with sqlite-utils")
    options = parser.parse_args(words)
    machine = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{date.today():%Y-%m-%d}, {machine}, {platform.system()} {platform.machine()}")  # noqa: DTZ011 - the day here
    with tempfile.TemporaryDirectory() as made:
        for work in _workloads(options, Path(made)):
            measure(work, options.runs, min(options.slow_runs, options.runs))


if __name__ == "__main__":
    main(sys.argv[1:])
