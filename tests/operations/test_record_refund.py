from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.move_refund import list_refunds, move_refund
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return, show_return
from tests.operations.desk import inspected, opened, received, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    """Both tees came back new: 40.00 - 10 % - 6.95 = 29.05."""
    return back(shop, "1001", "2")


def back(shop: Shop, order: str, line: str, want: str = "refund") -> str:
    rma = opened(shop, order, f"{line}=itchy", want=want)
    received(shop, rma)
    inspected(shop, rma, f"{line}=new")
    return rma


def paid(shop: Shop, rma: str, **more: Any) -> Any:
    return record_refund(shop, RefundRequest(rma, **more))


def code_of(shop: Shop, rma: str, **more: Any) -> str:
    with pytest.raises(ConflictError) as caught:
        paid(shop, rma, **more)
    return caught.value.code


def test_what_is_payable_is_submitted_and_then_confirmed(shop: Shop, rma: str) -> None:
    first = paid(shop, rma)
    assert (first["amount"], first["state"], first["reference"]) == ("29.05", "submitted", None)
    assert paid(shop, rma) == {**first, "replayed": True}
    confirmed = paid(shop, rma, paid="ch_1")
    assert (confirmed["refund"], confirmed["state"]) == (first["refund"], "confirmed")
    assert confirmed["reference"] == "ch_1"
    assert paid(shop, rma, paid="ch_1")["replayed"] is True


@pytest.mark.parametrize("amount", [None, "29.05"])
def test_with_a_reference_it_is_confirmed_at_once(shop: Shop, rma: str, amount: str | None) -> None:
    found = paid(shop, rma, paid="ch_1", amount=amount)
    assert (found["amount"], found["state"]) == ("29.05", "confirmed")


def test_parts_add_up_to_the_whole(shop: Shop, rma: str) -> None:
    assert paid(shop, rma, amount="10.00", key="first")["amount"] == "10.00"
    assert code_of(shop, rma, amount="19.06", key="more") == "E-REFUND-OVER"
    assert paid(shop, rma)["amount"] == "19.05"  # 29.05 - 10.00
    quote = quote_of_return(shop, rma)
    # the order came to 52.50
    assert (quote["total"], quote["already_refunded"], quote["cap"]) == ("29.05", "29.05", "23.45")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"key": "another"}, id="under another key"),
        pytest.param({"amount": "1.00"}, id="with an amount"),
        pytest.param({"paid": "ch_2"}, id="with another reference"),
    ],
)
def test_a_return_that_is_paid_in_full_pays_no_more(
    shop: Shop, rma: str, more: dict[str, str]
) -> None:
    paid(shop, rma, paid="ch_1")
    with pytest.raises(ConflictError, match=r"29\.05 USD under ch_1") as caught:
        paid(shop, rma, **more)
    assert caught.value.code == "E-REFUND-PAID"


def test_confirming_another_amount_than_was_submitted_is_refused(shop: Shop, rma: str) -> None:
    refund = paid(shop, rma)["refund"]
    move_refund(shop, refund, RefundState.IN_DOUBT)
    assert code_of(shop, rma, paid="ch_1", amount="29.00") == "E-REFUND-AMOUNT"
    found = paid(shop, rma, paid="ch_1", amount="29.05")
    assert (found["refund"], found["state"]) == (refund, "confirmed")


@pytest.mark.parametrize(
    ("to", "amounts"),
    [
        # the mug to the card: 12.50 - 1.25 - 6.95; the tees as credit: 40.00 - 4.00
        pytest.param(
            None, [("4.30", "original_payment"), ("36.00", "store_credit")], id="as asked"
        ),
        pytest.param("gift_card", [("40.30", "gift_card")], id="all of it another way"),
    ],
)
def test_each_line_is_paid_as_the_customer_wanted(
    shop: Shop, to: str | None, amounts: list[tuple[str, str]]
) -> None:
    rows = "a,1001,1,itchy,refund\na,1001,2,itchy,store_credit\n"
    path = written(shop, "r.csv", f"request_id,order_id,line_no,reason,want\n{rows}")
    answer: Any = import_requests(shop, [path])
    (rma,) = answer["returns"]
    assert code_of(shop, rma) == "E-REFUND-NOT-DUE"  # nobody judged it
    evaluated_and_back(shop, rma)
    first = paid(shop, rma, to=to)
    found = [first, *first.get("also", ())]
    assert [(one["amount"], one["tender"]) for one in found] == amounts
    again = paid(shop, rma, to=to)
    assert [one["refund"] for one in (again, *again.get("also", ()))] == [
        one["refund"] for one in found
    ]
    assert show_return(shop, rma)["state"] == "refund_pending"


def evaluated_and_back(shop: Shop, rma: str) -> None:
    evaluate_returns(shop, [rma])
    received(shop, rma)
    inspected(shop, rma, "1=new", "2=new")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"to": "cash"}, "E-USAGE-TENDER", id="no such way"),
        pytest.param({"amount": "ten"}, "E-USAGE-AMOUNT", id="no number"),
        pytest.param({"amount": "1.005"}, "E-USAGE-AMOUNT", id="too many decimals"),
        pytest.param({"amount": "0"}, "E-USAGE-AMOUNT", id="nothing"),
        pytest.param({"amount": "-1.00"}, "E-USAGE-AMOUNT", id="less than nothing"),
    ],
)
def test_a_wrong_word_is_refused(shop: Shop, rma: str, more: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        paid(shop, rma, **more)
    assert caught.value.code == code
    assert list_refunds(shop) == []


@pytest.mark.parametrize(
    ("order", "want", "steps", "missing"),
    [
        # 1004 is in EUR: no policy fits and a person must look; 1006 is a final sale: denied
        pytest.param("1004", "refund", 0, "A person must look at it", id="in review"),
        pytest.param("1006", "refund", 0, "No unit of it is approved", id="denied"),
        pytest.param("1001", "refund", 0, "Its goods have not arrived", id="on its way"),
        pytest.param("1001", "refund", 1, "Its goods wait for inspection", id="arrived"),
        pytest.param("1001", "exchange", 2, "What came back pays nothing", id="an exchange"),
    ],
)
def test_where_nothing_is_payable_the_hint_says_what_is_missing(
    shop: Shop, order: str, want: str, steps: int, missing: str
) -> None:
    rma = opened(shop, order, "1=itchy", want=want)
    if steps > 0:
        received(shop, rma)
    if steps > 1:
        inspected(shop, rma, "1=new")
    with pytest.raises(ConflictError) as caught:
        paid(shop, rma)
    assert caught.value.code == "E-REFUND-NOT-DUE"
    assert (caught.value.hint or "").startswith(missing)


def test_what_nobody_judged_is_not_payable(shop: Shop) -> None:
    path = written(shop, "r.csv", "order_id,line_no,reason\n1001,1,itchy\n")
    answer: Any = import_requests(shop, [path])
    with pytest.raises(ConflictError) as caught:
        paid(shop, answer["returns"][0])
    assert (caught.value.hint or "").startswith("It was not judged yet")


def test_goods_that_the_customer_keeps_are_paid_without_a_parcel(shop: Shop) -> None:
    rma = opened(shop, "1005", "1=damaged_in_transit")
    assert paid(shop, rma)["amount"] == "8.00"
