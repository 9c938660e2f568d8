"""The journal as other programs read it: what they find is what was entered."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Transaction

from returns_cli.domain.bookkeeping.plain_text import (
    beancount_lines,
    hledger_lines,
    ledger_lines,
    unfit_for_beancount,
)
from tests.domain.bookkeeping.books import ENTRIES, HASH

NAMES = {"returns": "Income:Rückgaben", "paid:original_payment": "Assets:Bank-1"}
SUMS = {
    ("Assets:Bank-1", "JPY"): "-1802",
    ("Liabilities:Store-Credit", "KWD"): "1.234",
    ("Income:Rückgaben:Items", "USD"): "21.60",
    ("Income:Rückgaben:Restocking-Fee", "USD"): "-3.58",
    ("Liabilities:Refunds-Payable:Original-Payment", "JPY"): "1802",
    ("Liabilities:Refunds-Payable:Original-Payment", "USD"): "-18.02",
    ("Liabilities:Refunds-Payable:Store-Credit", "KWD"): "-1.234",
}


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is missing: install {name}")
    return found


def test_beancount_accepts_it_and_adds_up_the_same() -> None:
    found, errors, _ = loader.load_string("".join(beancount_lines(ENTRIES, NAMES)))

    assert errors == []
    entered: list[Any] = [one for one in found if isinstance(one, Transaction)]
    sums: Counter[tuple[str, str]] = Counter()
    for one in entered:
        for leg in one.postings:
            units: Any = leg.units
            sums[leg.account, units.currency] += units.number
    assert {key: str(number) for key, number in sums.items()} == SUMS
    by_number: dict[int, Any] = {int(str(one.meta["seq"])): one for one in entered}
    assert by_number[1].narration == "RMA-7F3K2QX/ch_ 3Q x"
    assert by_number[1].meta["hash"] == HASH
    assert by_number[1].postings[0].meta["order"] == "c4/2"


def test_an_empty_journal_is_an_empty_book() -> None:
    assert loader.load_string("".join(beancount_lines((), {})))[:2] == ([], [])


@pytest.mark.parametrize(
    ("write", "words"),
    [
        pytest.param(hledger_lines, ["hledger", "-f", "FILE", "check", "--strict"], id="hledger"),
        pytest.param(
            ledger_lines, ["ledger", "-f", "FILE", "--strict", "--pedantic", "bal"], id="ledger"
        ),
    ],
)
def test_strict_programs_accept_it(write: object, words: list[str], tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.write_text("".join(write(ENTRIES, NAMES)), encoding="utf-8")  # type: ignore[operator]  # a writer
    words = [program(words[0]), *(str(book) if one == "FILE" else one for one in words[1:])]

    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_hledger_adds_up_the_same(tmp_path: Path) -> None:
    book = tmp_path / "book.journal"
    book.write_text("".join(hledger_lines(ENTRIES, NAMES)), encoding="utf-8")
    words = ("bal", "-O", "csv", "--flat", "-N", "--layout=bare")

    done = subprocess.run(
        [program("hledger"), "-f", str(book), *words], capture_output=True, text=True, check=True
    )

    rows = list(csv.reader(StringIO(done.stdout)))[1:]
    found = {(row[0], row[-2]): row[-1] for row in rows if row[-1] not in ("0", "0.00")}
    assert found == SUMS


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Assets:Bank", True),
        ("Income:Returns:2026", True),
        ("Income:Rückgaben", True),
        ("Assets", False),
        ("Bank:Assets", False),
        ("Assets:bank", False),
        ("Assets:My Bank", False),
    ],
)
def test_names_that_beancount_cannot_read_are_known(name: str, fits: bool) -> None:
    assert (unfit_for_beancount({"paid": name}) == []) is fits
    _, errors, _ = loader.load_string(f"2026-01-01 open {name}\n")
    assert (errors == []) is fits
