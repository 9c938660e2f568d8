"""Two persons above a limit, goodwill, and the question before more than was paid for a line.

By hand: two tees at 20.00 less 10 % restocking less 6.95 for the way pay 29.05.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.domain.errors import ConflictError, DeclinedError, ReturnsError, UsageError
from returns_cli.operations.examine_shop import examine_settings
from returns_cli.operations.four_eyes import wants_second_person
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.move_refund import fail_refund
from returns_cli.operations.prove_store import check_shop, journal_balances
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return, show_return
from tests.operations.desk import SETTINGS, inspected, opened, received, small_shop, written


def limited(tmp_path: Path, limit: str) -> Shop:
    return small_shop(tmp_path, settings=f"{SETTINGS}four_eyes_above: {limit}\n")


def by(shop: Shop, actor: str) -> Shop:
    return Shop(shop.folder, actor, shop.as_of_text)


def back(shop: Shop, order: str = "1001", line: str = "2") -> str:
    rma = opened(shop, order, f"{line}=itchy")
    received(shop, rma)
    inspected(shop, rma, f"{line}=new")
    return rma


def code_of(shop: Shop, rma: str, **more: Any) -> str:
    with pytest.raises(ReturnsError) as caught:
        record_refund(shop, RefundRequest(rma, **more))
    return caught.value.code


@pytest.mark.parametrize(("limit", "alone"), [("29.05", True), ("29.04", False)])
def test_the_limit_itself_one_person_may_pay(tmp_path: Path, limit: str, *, alone: bool) -> None:
    shop = limited(tmp_path, limit)
    rma = back(shop)
    if alone:
        assert record_refund(shop, RefundRequest(rma))["amount"] == "29.05"
    else:
        assert code_of(shop, rma) == "E-FOUR-EYES"
        assert show_return(shop, rma)["refunds"] == []


def test_the_approver_differs_from_the_recorder(tmp_path: Path) -> None:
    shop = limited(tmp_path, "20.00")
    rma = back(shop)
    assert rule_on_returns(shop, "approve", [rma])[0]["replayed"] is False
    assert code_of(shop, rma) == "E-FOUR-EYES"  # ann approved what ann would pay
    assert record_refund(by(shop, "bob"), RefundRequest(rma))["amount"] == "29.05"


def test_a_second_approval_of_an_approved_return_is_kept_once_for_each(tmp_path: Path) -> None:
    shop = limited(tmp_path, "20.00")
    rma = back(shop)
    bob = by(shop, "bob")
    assert [rule_on_returns(bob, "approve", [rma])[0]["replayed"] for _ in "12"] == [False, True]
    assert record_refund(shop, RefundRequest(rma))["state"] == "submitted"


def test_below_the_limit_an_approval_of_an_approved_return_stays_a_repeat(tmp_path: Path) -> None:
    shop = limited(tmp_path, "50.00")
    rma = back(shop)
    assert rule_on_returns(shop, "approve", [rma])[0]["replayed"] is True


def test_parts_count_together(tmp_path: Path) -> None:
    shop = limited(tmp_path, "20.00")
    rma = back(shop)
    first = record_refund(shop, RefundRequest(rma, amount="20.00", key="1"))
    assert code_of(shop, rma, amount="0.01", key="2") == "E-FOUR-EYES"
    fail_refund(shop, str(first["refund"]))
    assert record_refund(shop, RefundRequest(rma, amount="0.01", key="2"))["amount"] == "0.01"


def test_in_another_currency_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    shop = limited(tmp_path, "500.00")
    assert wants_second_person(shop, 1, "EUR")
    assert not wants_second_person(shop, 50_000, "USD")
    assert not wants_second_person(small_shop(tmp_path / "free"), 50_000, "EUR")


def test_a_denial_takes_an_approval_back(tmp_path: Path) -> None:
    shop = limited(tmp_path, "20.00")
    rma = opened(shop, "1001", "2=itchy")
    rule_on_returns(by(shop, "bob"), "approve", [rma])
    rule_on_returns(shop, "deny", [rma], why="Worn")
    rule_on_returns(shop, "approve", [rma], why="Not worn after all")
    received(shop, rma)
    inspected(shop, rma, "2=new")
    assert code_of(shop, rma) == "E-FOUR-EYES"


def test_the_nightly_refunds_leave_out_what_wants_a_second_person(tmp_path: Path) -> None:
    shop = limited(tmp_path, "20.00")
    rma = back(shop)
    assert list(refund_due(shop)) == []
    assert any(rma in note and "second person" in note for note in shop.notes)
    rule_on_returns(by(shop, "bob"), "approve", [rma])
    assert [one["amount"] for one in refund_due(shop)] == ["29.05"]


def test_a_limit_is_no_fault_any_more(tmp_path: Path) -> None:
    assert examine_settings(limited(tmp_path, "20.00")).ok


def goodwill(shop: Shop, rma: str, amount: str = "5.00", **more: Any) -> Any:
    request = RefundRequest(rma, goodwill=amount, **{"why": "Late parcel", **more})
    return record_refund(shop, request)


def test_goodwill_is_on_top_and_settles_nothing(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rma = back(shop)
    given = goodwill(shop, rma)
    assert (given["amount"], given["state"], given["tender"]) == (
        "5.00",
        "submitted",
        "original_payment",
    )
    assert goodwill(shop, rma) == {**given, "replayed": True}
    quote = quote_of_return(shop, rma)
    # 52.50 were paid; goodwill takes nothing of what the order allows
    assert (quote["total"], quote["already_refunded"], quote["cap"]) == ("29.05", "5.00", "52.50")
    assert record_refund(shop, RefundRequest(rma, key="all"))["amount"] == "29.05"
    rows: Any = journal_balances(shop)
    assert {one["account"]: one["balance"] for one in rows}["returns:goodwill"] == "5.00"
    assert check_shop(shop)["ok"] is True


def test_another_goodwill_wants_a_key_of_its_own(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rma = back(shop)
    goodwill(shop, rma)
    assert code_of(shop, rma, goodwill="6.00", why="Late parcel") == "E-KEY-CONFLICT"
    assert goodwill(shop, rma, "6.00", key="2", paid="ch_9", to="gift_card")["state"] == "confirmed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"why": ""}, "E-USAGE-WHY"),
        ({"goodwill": "-1.00"}, "E-USAGE-AMOUNT"),
        ({"goodwill": "1.005"}, "E-USAGE-AMOUNT"),
        ({"amount": "1.00"}, "E-USAGE"),
        ({"to": "cash"}, "E-USAGE-TENDER"),
    ],
)
def test_what_goodwill_cannot_be(tmp_path: Path, more: dict[str, str], code: str) -> None:
    shop = small_shop(tmp_path)
    assert code_of(shop, back(shop), **{"goodwill": "5.00", "why": "Late", **more}) == code
    assert UsageError.exit == 2


def test_goodwill_wants_a_judged_return(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rows = written(shop, "rq.csv", "order_id,line_no,reason\n1001,2,itchy\n")
    (rma,) = cast("list[str]", import_requests(shop, [rows])["returns"])
    assert code_of(shop, rma, goodwill="5.00", why="Late") == "E-NOT-JUDGED"


def test_a_denied_return_may_get_goodwill(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rma = opened(shop, "1006", "1=itchy")  # final sale
    assert goodwill(shop, rma)["amount"] == "5.00"
    assert show_return(shop, rma)["state"] == "refund_pending"


def test_goodwill_counts_for_the_limit(tmp_path: Path) -> None:
    shop = limited(tmp_path, "30.00")
    rma = back(shop)
    record_refund(shop, RefundRequest(rma))
    assert goodwill(shop, rma, "0.95")["amount"] == "0.95"
    assert code_of(shop, rma, goodwill="0.01", why="Late", key="2") == "E-FOUR-EYES"
    assert ConflictError.exit == 6


# 40.00 were paid for the two tees, the dearest line of the return.
@pytest.mark.parametrize(("amount", "asked"), [("40.00", 0), ("40.01", 1)])
def test_more_than_was_paid_for_any_line_is_asked_for_once_more(
    tmp_path: Path, amount: str, asked: int
) -> None:
    shop = small_shop(tmp_path)
    rma = back(shop)
    questions: list[str] = []
    request = RefundRequest(rma, goodwill=amount, why="Late")
    assert record_refund(shop, request, questions.append)["amount"] == amount
    assert len(questions) == asked


def test_without_a_yes_nothing_is_given(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rma = back(shop)

    def declined(question: str) -> None:
        raise DeclinedError("E-CANNOT-ASK", question)

    with pytest.raises(DeclinedError, match=r"4000\.00 USD, more than was paid"):
        record_refund(shop, RefundRequest(rma, goodwill="4000.00", why="Slip"), declined)
    assert show_return(shop, rma)["refunds"] == []
