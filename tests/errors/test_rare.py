"""Codes that no line of the catalogue brings: they take a moment, or a part that is missing."""

from __future__ import annotations

import sqlite3
import sys
from io import StringIO
from pathlib import Path

import pytest

from returns_cli.cli.failure import report_crash
from returns_cli.domain.errors import ConflictError, InvalidError, UsageError
from returns_cli.domain.replacement import Replacement
from returns_cli.operations.check_paper import check_paper
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.scan.words import Words
from returns_cli.store.exchanges import ExchangedReturn, add_replacement
from returns_cli.store.invariants import INVARIANTS
from tests.cli.conftest import make_invocation
from tests.operations.desk import small_shop
from tests.store.desk import AT, POLICY_SHA256, busy_desk


def test_what_nobody_foresaw_is_told_without_its_data(tmp_path: Path) -> None:
    err = StringIO()
    assert report_crash(make_invocation(tmp_path, stderr=err), ValueError("ann@example.com")) == 1
    assert "E-UNEXPECTED" in err.getvalue()
    assert "ann@example.com" not in err.getvalue()


def test_a_ruling_on_no_return_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        rule_on_returns(small_shop(tmp_path), "approve", [])
    assert raised.value.code == "E-USAGE-RMA"


def test_a_part_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InvalidError) as raised:
        check_paper(tmp_path / "a.pdf")
    assert raised.value.code == "E-EXTRA-MISSING"


def test_no_more_is_sent_instead_than_may_come_back(tmp_path: Path) -> None:
    desk = busy_desk(tmp_path)
    place = ExchangedReturn(1, "RMA-0000012", 1, 1, "default", "#1042", "USD", POLICY_SHA256)
    more = Replacement(1, "CUP", 99, AT, "cy", "1Z", "2026-04-10")
    with pytest.raises(ConflictError) as raised, desk.store.writing():
        add_replacement(desk.store, place, more)
    assert raised.value.code == "E-EXCHANGE-SENT"


def test_one_key_with_two_effects_is_found_without_the_index_that_forbids_it() -> None:
    store = sqlite3.connect(":memory:")
    for table in ("refund", "returns", "journal"):
        store.execute(f"CREATE TABLE {table} (key TEXT)")
    store.execute("CREATE TABLE refund_reference (tender TEXT, reference TEXT)")
    store.executemany("INSERT INTO refund VALUES (?)", [("k1",), ("k2",), ("k1",)])
    store.executemany("INSERT INTO returns VALUES (?)", [("k1",), ("k3",)])
    ((_, sql),) = [one for one in INVARIANTS if one[0] == "E-CHECK-I6"]
    assert store.execute(sql).fetchall() == [("key refund k1 was used for 2 effects",)]


def test_a_scan_that_stops_has_a_code_for_scripts() -> None:
    assert Words.UNKNOWN.refusal(code="x").code == "E-SCAN"
