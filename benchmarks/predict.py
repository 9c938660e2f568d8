r"""``predict evaluate`` on other people's shops: is it better than last month's rate?

Everything goes the way of a real shop: orders and requests are imported, judged by a policy that
takes everything back, received on the day they were asked for; then the command looks at the
history. Printed are its own figures, in Markdown: log loss, and how many of the first 20 products
did come back above their category's rate.

    make bench ARGS="predict --tpcds 0.5"                  TPC-DS (needs duckdb, see tpcds.py)
    make bench ARGS="predict --retail ORDERS RETURNS"      Online Retail, a gift shop's year
    make bench ARGS="predict --orders ORDERS --returns RETURNS --map MAP --currency EUR"

A file may be packed (``.gz``). One of returns has the columns ``order_id``, ``line_no``,
``quantity``, ``requested_at`` (or ``return_date``) and, if it likes, ``reason``. Online Retail (UCI
Machine Learning Repository, D. Chen, 2015) becomes two such files with the columns that
``online_retail.yaml`` names when each of its cancelled lines is joined to the newest earlier
purchase of the same customer and product; postage, fees and corrections are no goods.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
NO_GOODS = frozenset("POST|D|DOT|M|BANK CHARGES|AMAZONFEE|C2|CRUK|S|B".split("|"))
HEAD = """\
| | log loss | right of the first 20 |
|---|---:|---:|"""
METHODS = {
    "forecast": "`returns predict`",
    "last_rate": "each product's rate of the last month",
    "category_rate": "each category's rate; any product",
}
POLICY = """\
policy: standard
title: Everything may come back
currency: {currency}
terms:
  window: {{days: 3650, from: ordered}}
  resolutions: [refund]
  condition: [new, opened, used, damaged]
  refund: {{to: original_payment, after: received, within_days: 5, original_shipping: never}}
  inspection:
    new: {{refund: 100%, disposition: restock}}
"""


class Workload(NamedTuple):
    """A shop's year.

    Attributes:
        title: of the table.
        orders: the file, ``words`` how to read it.
        returns: what came back, and when.
        start: options of ``init``.
        without: SKUs that are no goods.
    """

    title: str
    orders: Path
    words: tuple[str, ...]
    returns: Path
    currency: str
    zone: str
    without: frozenset[str] = frozenset()


def measure(work: Workload, folder: Path) -> None:
    """Play the shop's year and print what the command says of its own forecasts."""
    shop = folder / "shop"
    returned = [row for row in _rows(work.returns) if _asked_at(row)]
    until = max(date.fromisoformat(_asked_at(row)[:10]) for row in returned) + timedelta(1)

    def run(*words: str, exits: Collection[int] = (0, 3)) -> str:
        command = (str(BIN / "returns"), "--shop", str(shop), "--as-of", str(until), *words)
        # The salt makes the numbers of returns: with the same one every play is the same.
        environ = {**os.environ, "RETURNS_SALT": "bench"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
        if done.returncode not in exits:
            raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    run("init", str(shop), "--no-input", "--currency", work.currency, "--timezone", work.zone)
    (shop / "policies" / "standard.yaml").write_text(
        POLICY.format(currency=work.currency), encoding="utf-8"
    )
    (shop / "policies" / "standard.cases.yaml").unlink(missing_ok=True)
    orders = _with_goods_only(work, folder)
    run("orders", "import", str(orders), *work.words, "--quiet", "--json")
    requests = folder / "asked.csv"
    _write_requests(requests, returned)
    run("requests", "import", str(requests), "--quiet", "--json")
    run("evaluate", "--all", "--quiet", "--format", "jsonl")
    run("export", "csv", "returns", "return_lines", "--out", str(folder / "told"), "--quiet")
    receipts = folder / "receipts.csv"
    _write_receipts(receipts, folder / "told")
    run("receive", "--file", str(receipts), "--quiet", "--json")
    _print(work, json.loads(run("predict", "evaluate", "--json")))


def _rows(path: Path) -> list[dict[str, str]]:
    with _opened(path) as file:
        return list(csv.DictReader(file))


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _asked_at(row: dict[str, str]) -> str:
    return row.get("requested_at") or row.get("return_date") or ""


def _with_goods_only(work: Workload, folder: Path) -> Path:
    if not work.without and work.orders.suffix != ".gz":
        return work.orders
    kept = folder / work.orders.name.removesuffix(".gz")
    with (
        _opened(work.orders) as whole,
        kept.open("w", encoding="utf-8", newline="") as goods,
    ):
        rows = csv.DictReader(whole)
        writer = csv.DictWriter(goods, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row for row in rows if row["sku"] not in work.without)
    return kept


def _write_requests(path: Path, returned: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("request_id order_id line_no quantity reason requested_at".split())
        for number, row in enumerate(returned):
            what = row["order_id"], row["line_no"], row["quantity"]
            writer.writerow((f"q{number}", *what, row.get("reason") or "no_reason", _asked_at(row)))


def _write_receipts(path: Path, told: Path) -> None:
    """Everything that may come back arrives on the day it was asked for."""
    asked = {row["rma"]: row["requested_at"] for row in _rows(told / "returns.csv")}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("rma line_no quantity received_at".split())
        for row in _rows(told / "return_lines.csv"):
            if int(row["units_authorized"]):
                units = row["units_authorized"]
                writer.writerow((row["rma"], row["line"], units, asked[row["rma"]]))


def _print(work: Workload, answer: dict[str, Any]) -> None:
    tables = {one["name"]: one["rows"] for one in answer["tables"]}
    print(f"\n{work.title}: {len(tables['periods'])} months forecast\n\n{HEAD}")
    for row in tables["methods"]:
        hits = row["hits"]
        right = f"{hits['rate']:.1%} ({hits['part']:,} of {hits['whole']:,})"
        print(f"| {METHODS[row['method']]} | {row['log_loss']:.4f} | {right} |")
    for row in tables["calibration"]:
        low, high = row["interval"]["low"], row["interval"]["high"]
        came = f"{row['came']['rate']:.2%} ({low:.2%} to {high:.2%})"
        print(f"{'' if row['band'] > 1 else chr(10)}Forecast {row['expected']:.2%}, came {came}")
    print("\n" + "\n".join(answer["findings"]))


def _workload(options: argparse.Namespace, folder: Path) -> Workload:
    if options.retail:
        orders, returned = options.retail
        words = ("--map", str(HERE / "online_retail.yaml"))
        return Workload(
            "Online Retail, a gift shop's year", orders, words, returned, "GBP", "Europe/London",
            NO_GOODS,
        )  # fmt: skip
    if options.tpcds is None:
        words = ("--map", str(options.map)) if options.map else ("--from", "generic")
        title = options.title or options.orders.name
        without = frozenset(options.without)
        return Workload(
            title, options.orders, words, options.returns, options.currency, options.timezone,
            without,
        )  # fmt: skip
    from benchmarks.tpcds import write_tpcds

    orders, requests = folder / "orders.csv", folder / "requests.csv"
    with ProcessPoolExecutor(1) as apart:
        lines, back = apart.submit(write_tpcds, options.tpcds, orders, requests).result()
    title = f"TPC-DS at scale {options.tpcds:g}: {lines:,} order lines, {back:,} returns"
    return Workload(title, orders, ("--from", "generic"), requests, "USD", "UTC")


def main(words: Sequence[str] = ()) -> None:
    """Print the table of one shop."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks predict")
    parser.add_argument("--tpcds", type=float, metavar="SCALE", help="make TPC-DS with duckdb")
    parser.add_argument("--retail", type=Path, nargs=2, metavar=("ORDERS", "RETURNS"))
    parser.add_argument("--orders", type=Path, help="a file of orders")
    parser.add_argument("--map", type=Path, help="how its columns are named")
    parser.add_argument("--returns", type=Path, help="what came back of them")
    parser.add_argument("--title", help="of the table")
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--timezone", default="UTC")
    parser.add_argument("--without", action="append", default=[], metavar="SKU")
    options = parser.parse_args(words)
    if not (options.tpcds or options.retail or (options.orders and options.returns)):
        options.tpcds = 0.1
    with tempfile.TemporaryDirectory() as made:
        measure(_workload(options, Path(made)), Path(made))


if __name__ == "__main__":
    main(sys.argv[1:])
