"""A bit of the store's file is flipped: a fact that changed by it is always noticed."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from returns_cli.domain.errors import StoreError
from returns_cli.store.check import check_store
from returns_cli.store.connection import STORE_NAME, open_store
from tests.faults.soak import Soak
from tests.store.desk import busy_desk

# What a row says of its place in a file and of the import that brought it: no fact of the shop
# rests on it. Nor on the list of migrations: a check compares the whole schema that they made.
_NO_FACT = {
    "orders": {"source_line", "file_id", "content_hash"},
    "order_line": {"source_line"},
}
_TABLES = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlite_migrations'
"""
_COLUMNS = "SELECT name FROM pragma_table_info(?)"


def _facts(path: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """All that another program reads from a store; None where it cannot."""
    found = {}
    try:
        with closing(sqlite3.connect(path)) as raw:
            for (table,) in raw.execute(_TABLES).fetchall():
                names = [name for (name,) in raw.execute(_COLUMNS, (table,))]
                facts = [name for name in names if name not in _NO_FACT.get(table, set())]
                found[table] = raw.execute(f"SELECT {', '.join(facts)} FROM {table}").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return found


def _is_noticed(folder: Path) -> bool:
    try:
        with open_store(folder) as store:
            return not check_store(store).ok
    except StoreError:
        return True


def _place(dice: random.Random, content: bytes) -> int:
    """A bit anywhere, or, every other time, where the file is not empty: most of it is."""
    is_anywhere = dice.random() < 0.5
    while True:
        byte = dice.randrange(len(content))
        if is_anywhere or any(content[max(0, byte - 8) : byte + 8]):
            return byte * 8 + dice.randrange(8)


def test_a_flipped_bit_that_changes_a_fact_is_noticed(ram: Path, soak: Soak) -> None:
    pristine, flipped = ram / "pristine", ram / "flipped"
    pristine.mkdir()
    flipped.mkdir()
    busy_desk(pristine).store.close()
    whole = (pristine / STORE_NAME).read_bytes()
    before = _facts(pristine / STORE_NAME)
    assert before is not None
    changed, unnoticed = 0, []
    for turn in soak.take("flipped bits", range(100_000), fast=200, share=0.06):
        bit = _place(soak.dice(f"bit {turn}"), whole)
        bytes_now = bytearray(whole)
        bytes_now[bit // 8] ^= 1 << bit % 8
        (flipped / STORE_NAME).write_bytes(bytes_now)
        if _facts(flipped / STORE_NAME) != before:
            changed += 1
            if not _is_noticed(flipped):
                unnoticed.append(bit)
    soak.said.append(f"flips that changed a fact: {changed:,}, unnoticed: {len(unnoticed)}")
    assert changed > 20, "too few flips hit a row"
    assert unnoticed == [], f"seed {soak.seed}"
