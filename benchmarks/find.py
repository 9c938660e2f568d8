"""Finding a return among many: by name, mail, postcode, order, number or tracking, in any script.

``python -m benchmarks find --returns 10000`` measures another size. The start of Python is in every
figure; what stands beside it is a plain ``returns find`` in a shop with a single return.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Command, compare

BIN = Path(sys.executable).parent
CLOCK = ("--as-of", "2026-03-20T10:00:00-04:00")
_FIRST = ("Ann", "Ștefan", "Zoë", "José", "Łukasz", "Anna-Maria", "Ólafur", "Chloé", "Ben", "Uma")
_LAST = ("Müller", "Ionescu", "O'Brien", "Ångström", "Nguyễn", "da Silva", "Kowalski", "Smith")
_EAST = ("山田太郎", "佐藤花子", "王小明", "李雷", "김민수", "สมชาย", "Иван Петров", "محمد علي")


def write_orders(path: Path, orders: int, seed: int = 3) -> None:
    """Orders of one line; every tenth buyer writes in another script than Latin."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,"
            "customer_name,customer_email,ship_name,ship_address1,ship_city,ship_postcode,"
            "ship_country\n"
        )
        for number in range(orders):
            name = draw.choice(_EAST) if number % 10 == 0 else _latin(draw)
            out.write(
                f"#{100_000 + number},2026-03-01,USD,1,MUG,1,12.50,2026-03-06,{name},"
                f"c{number}@example.com,{name},1 Mill Lane,Cluj,{400_000 + number},RO\n"
            )


def _latin(draw: random.Random) -> str:
    return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"


def _shop(folder: Path, size: int) -> tuple[tuple[str, ...], str]:
    """A shop in which each order has a return; its options, and one of the returns."""
    returns, shop = str(BIN / "returns"), folder / f"shop{size}"
    orders, requests = folder / "orders.csv", folder / "requests.csv"
    write_orders(orders, size)
    with requests.open("w", encoding="utf-8") as out:
        out.write("order_id,line_no,reason\n")
        out.writelines(f"{100_000 + number},1,too_small\n" for number in range(size))
    here = ("--shop", str(shop), *CLOCK)
    for words in (
        ("init", str(shop), "--no-input"),
        ("orders", "import", str(orders), *here),
        ("requests", "import", str(requests), *here),
    ):
        subprocess.run([returns, *words], check=True, capture_output=True)
    found = subprocess.run(
        [returns, "find", "100000", *here, "--json"], check=True, capture_output=True
    )
    return here, str(json.loads(found.stdout)[0]["rma"])


def main(options: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser("python -m benchmarks find")
    parser.add_argument("--returns", type=int, default=100_000, help="how many of them")
    size = parser.parse_args(options).returns
    returns = str(BIN / "returns")
    with tempfile.TemporaryDirectory() as made:
        small, _ = _shop(Path(made), 1)
        here, rma = _shop(Path(made), size)
        middle = size // 2
        texts = {
            "the return's number": rma,
            "the order, without its #": str(100_000 + middle),
            "mail": f"c{middle}@example.com",
            "postcode": str(400_000 + middle),
            "a name of thousands": "muller",
            "a name without accents": "nguyen",
            "a part of a Japanese name": "田太",
            "nothing": "nobody at all",
        }
        commands = [Command("one return in the shop", (returns, "find", "100000", *small))]
        commands += [
            Command(name, (returns, "find", text, "--limit", "10", *here))
            for name, text in texts.items()
        ]
        compare(f"Find among {size:,} returns", commands, runs=7)


if __name__ == "__main__":
    main()
