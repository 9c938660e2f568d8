"""``orders import`` of a Shopify export beside SQLite's own CSV import and sqlite-utils.

The peers read the same raw file into one table of text; ours validates, freezes the money per line
and writes normalised orders, idempotently.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Command, compare

BIN = Path(sys.executable).parent
EXAMPLE = Path(__file__).parents[1] / "examples" / "orders_export.csv"


def write_export(path: Path, lines: int, seed: int = 1) -> None:
    """A seeded 79-column Shopify export with about ``lines`` rows, 1 to 4 lines an order."""
    with EXAMPLE.open(encoding="utf-8", newline="") as example:
        header = next(csv.reader(example))
    column = {name: number for number, name in enumerate(header)}
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        written, number = 0, 0
        while written < lines:
            number += 1
            written += _write_order(writer, column, len(header), number, draw)


def _write_order(
    writer: object, column: dict[str, int], width: int, number: int, draw: random.Random
) -> int:
    items = [(draw.randint(1, 3), draw.randint(500, 9000)) for _ in range(draw.randint(1, 4))]
    goods = sum(quantity * price for quantity, price in items)
    shipping, tax = 595, (goods * 7 + 50) // 100
    day = f"2026-{draw.randint(1, 3):02d}-{draw.randint(1, 28):02d}"
    for i, (quantity, price) in enumerate(items):
        row = [""] * width

        def put(name: str, value: str, row: list[str] = row) -> None:
            row[column[name]] = value

        put("Name", f"#{number}")
        put("Email", f"buyer{number}@example.com")
        put("Created at", f"{day} 10:37:33 -0500")
        put("Lineitem quantity", str(quantity))
        put("Lineitem name", f"Article {price}")
        put("Lineitem price", f"{price // 100}.{price % 100:02d}")
        put("Lineitem sku", f"SKU-{price}")
        put("Lineitem taxable", "true")
        put("Lineitem fulfillment status", "fulfilled")
        put("Vendor", "Tansy & Oak")
        if i == 0:
            for name, value in (
                ("Financial Status", "paid"),
                ("Fulfillment Status", "fulfilled"),
                ("Fulfilled at", f"{day} 18:00:00 -0500"),
                ("Currency", "USD"),
                ("Shipping Name", f"Buyer {number}"),
                ("Shipping Address1", "1 Example Street"),
                ("Shipping City", "Albany"),
                ("Shipping Zip", "12207"),
                ("Shipping Country", "US"),
            ):
                put(name, value)
            for name, minor in (
                ("Subtotal", goods),
                ("Shipping", shipping),
                ("Taxes", tax),
                ("Total", goods + shipping + tax),
                ("Discount Amount", 0),
                ("Refunded Amount", 0),
                ("Outstanding Balance", 0),
            ):
                put(name, f"{minor // 100}.{minor % 100:02d}")
        writer.writerow(row)  # type: ignore[attr-defined]
    return len(items)


def main(lines: int = 100_000, runs: int = 3) -> None:
    """Print the table."""
    returns = str(BIN / "returns")
    sqlite3 = shutil.which("sqlite3")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        export = folder / "export.csv"
        write_export(export, lines)
        fresh, shop, raw = folder / "fresh", folder / "shop", folder / "raw.db"
        subprocess.run([returns, "init", str(fresh), "--no-input"], check=True, capture_output=True)

        def new_shop() -> None:
            shutil.rmtree(shop, ignore_errors=True)
            shutil.copytree(fresh, shop)

        def no_raw() -> None:
            raw.unlink(missing_ok=True)

        again = (returns, "orders", "import", str(export), "--shop", str(shop))
        commands = [Command("returns orders import", again, new_shop)]
        if sqlite3:
            words = (sqlite3, str(raw), f".import --csv {export} t")
            commands.insert(0, Command("sqlite3 .import (raw)", words, no_raw))
        utils = (str(BIN / "sqlite-utils"), "insert", str(raw), "t", str(export), "--csv")
        commands += [
            Command("sqlite-utils insert, no types", (*utils, "--no-detect-types"), no_raw),
            Command("sqlite-utils insert", utils, no_raw),
            Command("the same file again", again),
            Command("the same orders again (--force)", (*again, "--force")),
        ]
        compare(f"Import of {lines:,} lines of a Shopify export", commands, runs)


if __name__ == "__main__":
    main()
