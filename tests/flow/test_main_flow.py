"""The main flow of the command line, as typed on a Shopify export, and each command again."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.flow.conftest import Desk

KEYS = {
    *("rma", "key", "replayed", "order", "kind", "state", "opened_at", "as_of", "verdict"),
    *("policy", "lines", "label", "quote", "received", "inspected", "refunds"),
}
REFUND_KEYS = {
    *("refund", "rma", "order", "state", "amount", "currency", "tender", "reference", "key"),
    *("journal_seq", "decision", "replayed"),
}


def opened(desk: Desk, *words: str) -> Any:
    return desk.ok("open", "1042", "--item", "2=too_small", "--want", "refund", *words)


def inspected(desk: Desk) -> str:
    rma = str(opened(desk)["rma"])
    desk.ok("receive", rma)
    desk.ok("inspect", rma, "--item", "2=new")
    return rma


def test_an_open_is_judged_at_once_and_has_the_keys_of_the_contract(desk: Desk) -> None:
    found = opened(desk)
    assert set(found) == KEYS
    assert (found["state"], found["verdict"], found["replayed"]) == ("approved", "approve", False)
    assert found["order"] == "#1042"
    assert found["quote"]["total"] == "35.95"  # 43.20 + 4.47 tax - 4.77 (10 %) - 6.95
    line = found["lines"][0]
    assert (line["line"], line["quantity"], line["deadline"]) == (2, 2, "2026-04-09")
    assert line["window"] == {
        "from": "delivered",
        "anchor": "2026-03-10",
        "days": 30,
        "assumed": True,
    }


def test_the_same_open_again_is_the_same_return(desk: Desk) -> None:
    first = opened(desk)
    assert opened(desk) == {**first, "replayed": True}


def test_after_goods_arrived_the_same_words_open_a_new_return(desk: Desk) -> None:
    first = desk.ok("open", "1042", "--item", "2:1=too_small")
    desk.ok("receive", first["rma"])
    second = desk.ok("open", "1042", "--item", "2:1=too_small")
    assert second["rma"] != first["rma"]
    assert second["replayed"] is False


def test_a_cancelled_return_is_not_answered_again(desk: Desk) -> None:
    first = opened(desk)
    assert desk.ok("cancel", first["rma"])["state"] == "cancelled"
    assert opened(desk)["rma"] != first["rma"]


def test_a_key_is_one_effect(desk: Desk) -> None:
    first = opened(desk, "--key", "mail-17")
    assert opened(desk, "--key", "mail-17")["replayed"] is True
    error = desk.refused(6, "open", "1042", "--item", "1=too_small", "--key", "mail-17")
    assert error["code"] == "E-KEY-CONFLICT"
    assert [row["rma"] for row in desk.ok("list")] == [first["rma"]]


def test_an_unchanged_judgement_adds_no_row(desk: Desk) -> None:
    rma = opened(desk)["rma"]
    before = desk.ok("history", rma)
    assert desk.ok("evaluate", rma)["verdict"] == "approve"
    desk.ok("evaluate", "--all")
    assert desk.ok("history", rma) == before


def test_approve_of_an_approved_return_answers_it(desk: Desk) -> None:
    first = opened(desk)
    assert desk.ok("approve", first["rma"]) == {**first, "replayed": True}


def test_goods_money_and_journal(desk: Desk) -> None:
    rma = opened(desk)["rma"]
    one = desk.ok("receive", rma, "--item", "2:1")
    assert (one["state"], one["quote"]["total"]) == ("received", "14.51")
    both = desk.ok("receive", rma, "--item", "2:1")
    assert [part["quantity"] for part in both["received"]] == [1, 1]
    assert desk.refused(6, "receive", rma, "--item", "2:1")["code"] == "E-OVER-RECEIVED"
    desk.ok("inspect", rma, "--item", "2:1=new")
    done = desk.ok("inspect", rma, "--item", "2:1=opened")
    # one shirt at 10 %, one at 15 % of 47.67: 23.84 -> 2.38 and 23.83 -> 3.57
    assert done["state"] == "inspected"
    assert done["quote"]["total"] == "34.77"  # 43.20 + 4.47 - 2.38 - 3.57 - 6.95
    refund = desk.ok("refund", rma)
    assert set(refund) == REFUND_KEYS
    assert (refund["state"], refund["amount"]) == ("submitted", "34.77")
    assert desk.ok("show", rma)["state"] == "refund_pending"
    assert desk.ok("refund", rma) == {**refund, "replayed": True}
    paid = desk.ok("refund", rma, "--paid", "ch_3Q")
    assert (paid["refund"], paid["state"]) == (refund["refund"], "confirmed")
    assert desk.ok("refund", rma, "--paid", "ch_3Q")["replayed"] is True
    assert desk.refused(6, "refund", rma, "--paid", "ch_4R")["code"] == "E-REFUND-PAID"
    shown = desk.ok("show", rma)
    assert (shown["state"], shown["quote"]["total"]) == ("refunded", "34.77")
    report = desk.ok("journal", "verify")
    assert (report["ok"], report["entries"], report["problems"]) == (True, 2, [])
    assert desk.ok("check")["ok"] is True


def test_one_cent_too_much_records_nothing(desk: Desk) -> None:
    rma = inspected(desk)
    assert desk.refused(6, "refund", rma, "--amount", "35.96")["code"] == "E-REFUND-OVER"
    assert desk.ok("refunds", "list") == []
    assert desk.ok("journal", "verify")["entries"] == 0
    assert desk.ok("refund", rma, "--amount", "35.95")["amount"] == "35.95"


def test_the_same_amount_again_replays_and_another_is_a_conflict(desk: Desk) -> None:
    rma = inspected(desk)
    first = desk.ok("refund", rma, "--amount", "10.00")
    assert desk.ok("refund", rma, "--amount", "10.00") == {**first, "replayed": True}
    assert desk.refused(6, "refund", rma, "--amount", "5.00")["code"] == "E-KEY-CONFLICT"
    second = desk.ok("refund", rma, "--amount", "5.00", "--key", "second")
    assert second["replayed"] is False
    rest = desk.ok("refund", rma)
    assert rest["amount"] == "20.95"
    quote = desk.ok("quote", rma)
    assert (quote["total"], quote["already_refunded"]) == ("35.95", "35.95")
    assert quote["cap"] == "82.78"  # 118.73 - 35.95


def test_a_failed_refund_is_payable_again(desk: Desk) -> None:
    rma = inspected(desk)
    first = desk.ok("refund", rma)
    assert desk.ok("refunds", "fail", first["refund"], "--why", "card closed")["state"] == "failed"
    assert desk.ok("show", rma)["state"] == "inspected"
    again = desk.ok("refund", rma)
    assert (again["amount"], again["replayed"]) == ("35.95", False)
    assert again["refund"] != first["refund"]


def test_a_reversed_refund_keeps_both_entries(desk: Desk) -> None:
    rma = inspected(desk)
    paid = desk.ok("refund", rma, "--paid", "ch_1")
    words = ("refunds", "reverse", paid["refund"], "--why", "paid twice by mistake")
    assert desk.ok(*words)["state"] == "reversed"
    assert desk.ok("journal", "verify")["entries"] == 3
    assert [one["state"] for one in desk.ok("refunds", "list")] == ["reversed"]
    assert desk.ok("show", rma)["state"] == "inspected"


def test_refund_due_pays_each_return_once(desk: Desk) -> None:
    rma = inspected(desk)
    assert [one["rma"] for one in desk.ok("refund", "--due")] == [rma]
    assert desk.ok("refund", "--due") == []


def test_a_dry_run_answers_as_the_real_one_and_writes_nothing(desk: Desk) -> None:
    rma = inspected(desk)
    planned = desk.ok("refund", rma, "--dry-run")
    assert planned["amount"] == "35.95"
    assert desk.ok("refunds", "list") == []
    assert desk.ok("refund", rma)["journal_seq"] == planned["journal_seq"]


def test_another_program_cannot_refund_beyond_the_cap(desk: Desk) -> None:
    rma = inspected(desk)
    desk.ok("refund", rma)
    store = sqlite3.connect(desk.folder / "returns.db")
    for table in ("refund", "journal", "posting", "decision", "receipt", "inspection"):
        with pytest.raises(sqlite3.Error):
            store.execute(f"delete from {table}")
        store.rollback()
    store.close()


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("open", "9999", "--item", "1=style"), 5, "E-ORDER-UNKNOWN"),
        (("open", "1042", "--item", "9=style"), 5, "E-LINE-UNKNOWN"),
        (("open", "1042"), 2, "E-USAGE-ITEM"),
        (("open", "1042", "--item", "2"), 2, "E-USAGE-ITEM"),
        (("open", "1042", "--item", "2=style", "--want", "magic"), 2, "E-USAGE-WANT"),
        (("show", "RMA-0000000"), 5, "E-RMA-UNKNOWN"),
        (("show", "RMA-0000001"), 5, "E-RMA-MISTYPED"),
        (("refunds", "show", "RF-0000000"), 5, "E-REFUND-UNKNOWN"),
        (("list", "--state", "lost"), 2, "E-USAGE-STATE"),
        (("orders", "import", "no-such-file.csv"), 2, "E-FILE-UNREADABLE"),
        (("--as-of", "yesterday", "list"), 2, "E-USAGE-DATE"),
    ],
)
def test_a_wrong_word_is_refused_with_its_code(
    desk: Desk, words: tuple[str, ...], code: int, error: str
) -> None:
    found = desk.refused(code, *words)
    assert found["code"] == error
    assert found["message"]
    assert found["hint"]


def test_a_refund_before_the_goods_came_says_what_is_missing(desk: Desk) -> None:
    rma = opened(desk)["rma"]
    error = desk.refused(6, "refund", rma)
    assert error["code"] == "E-REFUND-NOT-DUE"
    assert f"returns receive {rma}" in error["hint"]


def test_a_verdict_becomes_an_exit_status_only_when_asked(desk: Desk) -> None:
    denied = desk.type("open", "1029", "--item", "1=style")
    assert (denied.code, denied.json["verdict"]) == (0, "deny")
    asked = desk.type("open", "1029", "--item", "1=style", "--exit-code")
    assert (asked.code, asked.json["state"], asked.err) == (4, "denied", "")
