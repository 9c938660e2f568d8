from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, StoreError
from returns_cli.operations.move_refund import confirm_refund, list_refunds
from returns_cli.operations.prove_store import (
    backup_shop,
    check_shop,
    journal_balances,
    restore_shop,
    verify_journal,
)
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import opened, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A candle of 8.00 broke on the way: its refund is submitted, one journal entry."""
    made = small_shop(tmp_path)
    record_refund(made, RefundRequest(opened(made, "1005", "1=damaged_in_transit")))
    opened(made, "1004", "1=itchy")  # in EUR: judged by no policy
    return made


def meddle(shop: Shop, *statements: str) -> None:
    """What another program does to the file: the rules are dropped and facts are changed."""
    store = sqlite3.connect(shop.folder / "returns.db")
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in store.execute(named).fetchall():
        store.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        store.execute(statement)
    store.commit()
    store.close()


def test_a_whole_store_holds(shop: Shop) -> None:
    report = check_shop(shop)
    assert (report["ok"], report["entries"], report["problems"]) == (True, 1, [])
    assert verify_journal(shop) == report


def test_the_balances_of_every_account_are_zero_together(shop: Shop) -> None:
    found: Any = journal_balances(shop)
    amounts = [int(one["balance"].replace(".", "")) for one in found]
    assert sum(amounts) == 0
    assert {abs(one) for one in amounts if one} == {800}
    assert {one["currency"] for one in found} == {"USD"}


def test_a_backup_is_restored_where_the_store_is_missing(shop: Shop, tmp_path: Path) -> None:
    made: Any = backup_shop(shop, tmp_path / "kept.db")
    assert (made["path"], made["entries"]) == (str(tmp_path / "kept.db"), 1)
    assert json.loads(Path(made["manifest"]).read_text())["head"] == made["head"]
    with pytest.raises(StoreError):
        restore_shop(shop.folder, tmp_path / "kept.db")
    (shop.folder / "returns.db").unlink()
    restored = restore_shop(shop.folder, tmp_path / "kept.db")
    assert (restored["entries"], restored["head"]) == (1, made["head"])
    assert check_shop(shop)["ok"] is True


def test_a_journal_that_went_on_still_holds_a_kept_head(shop: Shop, tmp_path: Path) -> None:
    made: Any = backup_shop(shop, tmp_path / "kept.db")
    anchor = Path(made["manifest"])
    (refund,) = refunds_of(shop)
    confirm_refund(shop, refund, "ch_1")
    assert verify_journal(shop, anchor)["ok"] is True
    kept = json.loads(anchor.read_text())
    anchor.write_text(json.dumps({**kept, "head": "0" * len(kept["head"])}))
    report: Any = verify_journal(shop, anchor)
    assert (report["ok"], [one["code"] for one in report["problems"]]) == (
        False,
        ["E-CHECK-ANCHOR"],
    )


def refunds_of(shop: Shop) -> list[str]:
    return [str(one["refund"]) for one in list_refunds(shop)]


def test_an_amount_that_was_changed_breaks_the_journal(shop: Shop) -> None:
    meddle(shop, "UPDATE posting SET minor = minor * 2")
    for prove in (verify_journal, check_shop):
        with pytest.raises(StoreError) as caught:
            prove(shop)
        result: Any = caught.value.result
        assert result["ok"] is False
        assert result["problems"]
        assert caught.value.code == result["problems"][0]["code"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "UPDATE policy_text SET text = CAST('policy: [' AS BLOB) WHERE policy_id = 'plain'",
            "its policy text no longer reads",
            id="a text that does not read",
        ),
        pytest.param("DELETE FROM policy_text", "its policy text is not in the store", id="gone"),
    ],
)
def test_a_decision_without_its_policy_text_is_named(shop: Shop, statement: str, said: str) -> None:
    rma = opened(shop, "1001", "1=itchy")
    meddle(shop, "PRAGMA foreign_keys = OFF", statement)
    with pytest.raises(StoreError) as caught:
        check_shop(shop)
    result: Any = caught.value.result
    messages = [one["message"] for one in result["problems"] if one["code"] == "E-CHECK-POLICY"]
    # both decisions by the policy are named; the one by no policy has nothing to lose
    assert len([one for one in messages if said in one]) == 2
    assert any(f"of {rma}: {said}" in one for one in messages)
    assert show_return(shop, rma)["verdict"] == "approve"


def test_a_bad_shop_file_is_not_damage_of_the_store(shop: Shop) -> None:
    written(shop, "shop.yaml", "currency: 7\n")
    with pytest.raises(InvalidError):
        check_shop(Shop(shop.folder, "ann", "2026-03-20"))
