"""kill -9 at the calls that write: the store is before or after, and every printed word stands."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.shops import (
    CLOCK,
    RETURNS,
    answer,
    approved_return,
    inspected_return,
    run,
    shop_with_orders,
)

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename")
MOST = 200
pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: install strace"
)

MORE_ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price
2001,2026-03-01,USD,1,MUG,1,12.50
2002,2026-03-01,USD,1,MUG,1,12.50
2003,2026-03-01,USD,1,MUG,1,12.50
"""


def _strace(
    call: str, words: list[str], cwd: Path, inject: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", "/dev/null"),
            *("-e", f"trace={call}", "-e", f"inject={call}:{inject}"),
            *words,
        ],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def _count(call: str, words: list[str], cwd: Path) -> int:
    """How often the undisturbed command makes a call."""
    trace = cwd.parent / f"trace.{call}"
    subprocess.run(
        ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}", *words],
        cwd=cwd,
        capture_output=True,
        check=True,
    )
    return sum(f" {call}(" in line for line in trace.read_text(errors="replace").splitlines())


def _points(words: list[str], seed: Path, shop: Path, wanted: int) -> list[tuple[str, int]]:
    """(call, n) to kill at: all of them, or a sample that the commit decides."""
    points = []
    for call in CALLS:
        _reset(seed, shop)
        points += [(call, n + 1) for n in range(min(MOST, _count(call, words, shop)))]
    chosen = random.Random(_commit()).sample(points, min(wanted, len(points)))
    return sorted(chosen)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "no commit"


def _reset(seed: Path, shop: Path) -> None:
    shutil.rmtree(shop, ignore_errors=True)
    shutil.copytree(seed, shop)


def _sweep(
    seed: Path, words: tuple[str, ...], wanted: int, holds: Callable[[Path, str], None]
) -> None:
    shop = seed.parent / "shop"
    whole = [*RETURNS, "--as-of", CLOCK, "--actor", "test", "--json", *words]
    points = _points(whole, seed, shop, wanted)
    assert points, "the command writes nothing"
    for call, n in points:
        _reset(seed, shop)
        killed = _strace(call, whole, shop, f"signal=SIGKILL:when={n}")
        assert killed.returncode in (0, -9, 137), killed.stderr
        assert answer(shop, "check")["ok"] is True, f"{call} {n}"
        holds(shop, killed.stdout)


@pytest.fixture
def sample(soak_seconds: int) -> int:
    """Kill points of one command: 10 in a fast run, one for every 4 seconds of a soak."""
    return max(10, soak_seconds // 4)


def test_a_killed_refund_is_recorded_whole_or_not_at_all(tmp_path: Path, sample: int) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    rma = inspected_return(seed)

    def holds(shop: Path, printed: str) -> None:
        refunds = json.loads(run(shop, "refunds", "list", "--json").stdout)
        assert [one["amount"] for one in refunds] in ([], ["20.05"])
        if printed.strip():
            assert [one["refund"] for one in refunds] == [json.loads(printed)["refund"]]
        again = answer(shop, "refund", rma, "--paid", "ch_1")
        assert (again["amount"], again["state"]) == ("20.05", "confirmed")

    _sweep(seed, ("refund", rma, "--paid", "ch_1"), sample, holds)


def test_a_killed_receipt_is_recorded_whole_or_not_at_all(tmp_path: Path, sample: int) -> None:
    seed = tmp_path / "seed"
    shop_with_orders(seed)
    rma = approved_return(seed)

    def holds(shop: Path, printed: str) -> None:
        received = answer(shop, "show", rma)["received"]
        assert isinstance(received, list)
        assert [one["quantity"] for one in received] in ([], [2])
        if printed.strip():
            assert received

    _sweep(seed, ("receive", rma, "--item", "2:2"), sample, holds)


SHOPIFY = """\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,\
Lineitem name,Lineitem price,Lineitem sku,Lineitem fulfillment status,Refunded Amount,Notes
#2001,ann@example.com,paid,USD,30.00,5.00,2.40,37.40,2026-03-01 10:00:00 -0500,2,Mug,10.00,MUG,\
fulfilled,0.00,"Ring twice.
The bell is on the left."
#2001,ann@example.com,,,,,,,2026-03-01 10:00:00 -0500,1,Jug,10.00,JUG,fulfilled,,
#2002,,refunded,USD,10.00,0.00,0.00,10.00,2026-03-01 11:00:00 -0500,1,Jug,10.00,JUG,fulfilled,10.00,
"""
TRANSACTIONS = """\
Order,Name,Kind,Gateway,Created At,Status,Amount,Currency
2001,#2001,sale,cards,2026-03-01 10:00:05 -0500,success,37.40,USD
2001,#2001,refund,cards,2026-03-05 09:00:00 -0500,success,10.80,USD
"""
FOREIGN = """\
Auftrag;Datum;Artikel;Menge;Preis
A-1;05.03.2026;LAMP;1;12,90
A-1;05.03.2026;SHADE;2;4,50
A-2;06.03.2026;LAMP;1;12,90
"""
MAPPING = """\
mapping: foreign
reads: orders
delimiter: semicolon
decimal: comma
date_format: DD.MM.YYYY
columns:
  order_id: Auftrag
  placed_at: Datum
  sku: Artikel
  quantity: Menge
  unit_price: Preis
constants:
  currency: EUR
"""
IMPORTS = {
    "a plain file": ({"more.csv": MORE_ORDERS}, ("more.csv",)),
    "a Shopify export, forced": ({"export.csv": SHOPIFY}, ("export.csv", "--force")),
    "an export and its transactions": (
        {"export.csv": SHOPIFY, "transactions.csv": TRANSACTIONS},
        ("export.csv", "transactions.csv"),
    ),
    "a mapped file": (
        {"foreign.csv": FOREIGN, "mapping.yaml": MAPPING},
        ("foreign.csv", "--map", "mapping.yaml"),
    ),
}


def _content(shop: Path) -> list[str]:
    """Every row of every table."""
    with closing(sqlite3.connect(shop / "returns.db")) as store:
        return list(store.iterdump())


@pytest.mark.parametrize("what", IMPORTS)
def test_a_killed_import_and_the_same_command_again_end_as_one_that_was_not_killed(
    tmp_path: Path, sample: int, what: str
) -> None:
    files, options = IMPORTS[what]
    seed, whole = tmp_path / "seed", tmp_path / "whole"
    shop_with_orders(seed)
    for name, text in files.items():
        (seed / name).write_text(text, encoding="utf-8")
    words = ("orders", "import", *options)
    before = _content(seed)
    shutil.copytree(seed, whole)
    run(whole, *words)
    after = _content(whole)
    run(whole, *words)
    twice = _content(whole)
    assert before != after

    def holds(shop: Path, printed: str) -> None:
        found = _content(shop)
        assert found in (before, after)
        if printed.strip():
            assert found == after
        run(shop, *words)
        assert _content(shop) == (twice if found == after else after)

    _sweep(seed, words, sample // 2, holds)


def _all_but_runs(shop: Path) -> dict[str, object]:
    """What a run leaves: every table but those of runs, the paper, the handled files."""
    with closing(sqlite3.connect(shop / "returns.db")) as store:
        names = [
            name
            for (name,) in store.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'run%'"
            )
        ]
        tables: dict[str, object] = {
            name: sorted(map(repr, store.execute(f"SELECT * FROM {name}"))) for name in names
        }
    files: dict[str, object] = {
        one.relative_to(shop).as_posix(): one.read_bytes()
        for folder in ("inbox", "outbox")
        for one in sorted((shop / folder).rglob("*"))
        if one.is_file() and one.suffix not in (".json", ".tmp")
    }
    return tables | files


def test_a_killed_run_is_completed_by_the_next_one(tmp_path: Path, sample: int) -> None:
    seed, whole = tmp_path / "seed", tmp_path / "whole"
    shop_with_orders(seed)
    inspected_return(seed)
    requests = seed / "inbox" / "requests.csv"
    requests.write_text(
        "order_id,line_no,reason,condition,request_id\n"
        "1043,1,too_small,new,r-1\n1042,1,too_small,new,r-2\n"
    )
    os.utime(requests, (0, 0))
    shutil.copytree(seed, whole)
    run(whole, "run")
    wanted = _all_but_runs(whole)
    assert sum(name.endswith(".pdf") for name in wanted) == 4

    def holds(shop: Path, printed: str) -> None:
        del printed
        run(shop, "run")
        assert _all_but_runs(shop) == wanted

    _sweep(seed, ("run",), sample, holds)
