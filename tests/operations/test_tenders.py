"""An order that was paid in several ways. By hand: two tees of 20.00, 15.00 of it by gift card and
25.00 by Visa; both back new pay 40.00 - 10 % - 6.95 = 29.05, one pays 20.00 - 2.00 - 6.95 = 11.05.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.add_order import TypedOrder, add_order
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.move_refund import list_refunds, move_refund
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return
from returns_cli.operations.store_credit import show_credit
from tests.intake.exports.test_shopify_transactions import SALE, transactions
from tests.operations.desk import SETTINGS, inspected, opened, received, small_shop, written

ROW = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,payment_method\n"
    "2001,2026-03-02,USD,1,TEE,2,20.00,2026-03-06,{}\n"
)
SPLIT = "Gift card=15.00|Visa=25.00"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return bought(small_shop(tmp_path))


def bought(shop: Shop, method: str = SPLIT) -> Shop:
    import_orders(shop, [written(shop, "more.csv", ROW.format(method))])
    return shop


def back(shop: Shop, item: str = "1=itchy", order: str = "2001", want: str = "refund") -> str:
    rma = opened(shop, order, item, want=want)
    received(shop, rma)
    inspected(shop, rma, "1=new")
    return rma


def paid(shop: Shop, rma: str, **more: Any) -> list[tuple[str, str, str]]:
    """What a refund records: amount, tender and state of each."""
    answer: Any = record_refund(shop, RefundRequest(rma, **more))
    return [
        (one["amount"], one["tender"], one["state"]) for one in (answer, *answer.get("also", ()))
    ]


def known(shop: Shop, order: str = "2001") -> list[tuple[str, str, str]]:
    shown: Any = show_order(shop, order)
    return [(one["tender"], one["captured"], one["given_back"]) for one in shown["payments"]]


def test_each_means_of_payment_gets_back_what_it_paid(shop: Shop) -> None:
    rma = back(shop)
    quote: Any = quote_of_return(shop, rma)
    assert quote["pays_by"] == [
        {"tender": "gift_card", "amount": "15.00"},
        {"tender": "original_payment", "amount": "14.05"},
    ]
    assert paid(shop, rma) == [
        ("15.00", "gift_card", "submitted"),
        ("14.05", "original_payment", "submitted"),
    ]
    assert known(shop) == [
        ("gift_card", "15.00", "15.00"),
        ("original_payment", "25.00", "14.05"),
    ]
    again: Any = record_refund(shop, RefundRequest(rma))
    assert (again["replayed"], len(again["also"]), len(list_refunds(shop))) == (True, 1, 2)
    assert "pays_by" not in quote_of_return(shop, rma)
    assert check_shop(shop)["ok"]


def test_a_reference_is_that_of_the_provider_and_the_next_one_of_the_rest(shop: Shop) -> None:
    rma = back(shop)
    assert paid(shop, rma, paid="ch_1") == [
        ("15.00", "gift_card", "submitted"),
        ("14.05", "original_payment", "confirmed"),
    ]
    assert [one[2] for one in paid(shop, rma, paid="ch_1")] == ["submitted", "confirmed"]
    assert paid(shop, rma, paid="GC-77") == [("15.00", "gift_card", "confirmed")]
    with pytest.raises(ConflictError, match=r"29\.05 USD under GC-77, ch_1") as caught:
        paid(shop, rma, paid="ch_2")
    assert caught.value.code == "E-REFUND-PAID"


def test_a_reference_confirms_the_provider_first(shop: Shop) -> None:
    rma = back(shop)
    paid(shop, rma)
    assert paid(shop, rma, paid="ch_1") == [("14.05", "original_payment", "confirmed")]


def test_part_payments_fill_one_means_of_payment_after_the_other(shop: Shop) -> None:
    rma = back(shop)
    assert paid(shop, rma, amount="10.00", key="a") == [("10.00", "gift_card", "submitted")]
    assert paid(shop, rma, amount="10.00", key="b") == [
        ("5.00", "gift_card", "submitted"),
        ("5.00", "original_payment", "submitted"),
    ]
    assert paid(shop, rma, amount="10.00", key="b") == [
        ("5.00", "gift_card", "submitted"),
        ("5.00", "original_payment", "submitted"),
    ]
    with pytest.raises(ConflictError) as caught:
        paid(shop, rma, amount="9.06", key="c")  # 29.05 - 20.00 = 9.05
    assert caught.value.code == "E-REFUND-OVER"
    assert paid(shop, rma) == [("9.05", "original_payment", "submitted")]


def test_two_returns_of_an_order_share_what_it_was_paid_with(shop: Shop) -> None:
    assert paid(shop, back(shop, "1:1=itchy")) == [("11.05", "gift_card", "submitted")]
    # the second pays 20.00 - 2.00 - 6.95 too: 3.95 are left of the gift card
    assert paid(shop, back(shop, "1:1=itchy")) == [
        ("3.95", "gift_card", "submitted"),
        ("7.10", "original_payment", "submitted"),
    ]


def test_what_failed_can_be_given_back_again(shop: Shop) -> None:
    rma = back(shop)
    answer: Any = record_refund(shop, RefundRequest(rma))
    move_refund(shop, answer["refund"], RefundState.FAILED)
    assert known(shop)[0] == ("gift_card", "15.00", "0.00")
    assert paid(shop, rma) == [("15.00", "gift_card", "submitted")]
    assert check_shop(shop)["ok"]


@pytest.mark.parametrize(
    ("declared", "parts"),
    [
        ("[original_payment]", [("25.00", "original_payment"), ("4.05", "gift_card")]),
        ("[store_credit, gift_card]", [("15.00", "gift_card"), ("14.05", "original_payment")]),
    ],
)
def test_the_shop_declares_the_order(
    tmp_path: Path, declared: str, parts: list[tuple[str, str]]
) -> None:
    shop = bought(small_shop(tmp_path, settings=f"{SETTINGS}refund_order: {declared}\n"))
    assert [one[:2] for one in paid(shop, back(shop))] == parts


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        pytest.param("Gift card=40.00", [("29.05", "gift_card")], id="all of it a gift card"),
        pytest.param("gift_card", [("29.05", "gift_card")], id="without an amount"),
        pytest.param("Visa|PayPal", [("29.05", "original_payment")], id="nobody says how much"),
        pytest.param(
            "PayPal=20.00|Visa=20.00",
            [("20.00", "original_payment"), ("9.05", "visa")],
            id="two providers: the second by its name",
        ),
        pytest.param(
            "COD=30.00|Store credit=10.00",
            [("10.00", "store_credit"), ("19.05", "bank_transfer")],
            id="credit first, then the cash, by bank",
        ),
        pytest.param(
            "Visa=7.00|Gift card=5.00",
            [("5.00", "gift_card"), ("7.00", "original_payment")],
            id="12.00 were paid in: no more comes back",
        ),
    ],
)
def test_what_paid_decides_where_it_goes(
    tmp_path: Path, method: str, parts: list[tuple[str, str]]
) -> None:
    shop = bought(small_shop(tmp_path), method)
    rma = back(shop)
    assert [one[:2] for one in paid(shop, rma)] == parts
    assert check_shop(shop)["ok"]


@pytest.mark.parametrize(
    ("to", "found"),
    [
        pytest.param("gift_card", [("29.05", "gift_card", "submitted")], id="a new gift card"),
        pytest.param("store_credit", [("29.05", "store_credit", "submitted")], id="credit"),
        pytest.param("original_payment", "E-REFUND-TENDER", id="the card took 25.00 alone"),
        pytest.param("visa", "E-USAGE-TENDER", id="no name of this order"),
    ],
)
def test_another_way_pays_all_of_it(shop: Shop, to: str, found: object) -> None:
    rma = back(shop)
    if isinstance(found, str):
        with pytest.raises((ConflictError, UsageError)) as caught:
            paid(shop, rma, to=to)
        assert caught.value.code == found
        assert list_refunds(shop) == []
        return
    assert paid(shop, rma, to=to) == found
    assert [one[2] for one in known(shop)] == ["15.00", "14.05"]


def test_a_way_of_the_order_may_be_named_within_what_it_paid(tmp_path: Path) -> None:
    shop = bought(small_shop(tmp_path), "Visa=20.00|PayPal=20.00")
    rma = back(shop)
    assert paid(shop, rma, to="paypal", amount="20.00") == [("20.00", "paypal", "submitted")]
    assert paid(shop, rma) == [("9.05", "original_payment", "submitted")]


def test_store_credit_that_paid_becomes_a_credit_again(tmp_path: Path) -> None:
    shop = bought(small_shop(tmp_path), "Store credit=10.00|Visa=30.00")
    answer: Any = record_refund(shop, RefundRequest(back(shop), paid="ch_1"))
    assert (answer["tender"], answer["state"]) == ("store_credit", "submitted")
    confirmed: Any = move_refund(shop, answer["refund"], RefundState.CONFIRMED)
    assert show_credit(shop, confirmed["reference"])["balance"] == "10.00"


def test_the_due_ones_are_split_too(shop: Shop) -> None:
    back(shop)
    assert [(one["amount"], one["tender"]) for one in refund_due(shop)] == [
        ("15.00", "gift_card"),
        ("14.05", "original_payment"),
    ]
    assert list(refund_due(shop)) == []


def test_goodwill_goes_to_the_provider_or_to_what_paid(shop: Shop) -> None:
    rma = back(shop)
    assert paid(shop, rma, goodwill="1.00", why="Late")[0][1] == "original_payment"
    import_orders(
        shop, [written(shop, "g.csv", ROW.format("COD=30|Gift card=10").replace("2001", "2002"))]
    )
    other = back(shop, order="2002")
    assert paid(shop, other, goodwill="1.00", why="Late")[0][1] == "bank_transfer"


def test_the_same_file_again_changes_nothing_and_another_split_is_a_change(shop: Shop) -> None:
    def took(method: str) -> tuple[object, object]:
        path = written(shop, "again.csv", ROW.format(method))
        answer: Any = import_orders(shop, [path], ImportOptions(force=True))
        return answer["changed"], answer["same"]

    assert took(SPLIT) == (0, 1)
    assert took("Gift card=10.00|Visa=30.00") == (1, 0)
    assert known(shop) == [("gift_card", "10.00", "0.00"), ("original_payment", "30.00", "0.00")]
    changes: Any = show_order(shop, "2001")["changes"]
    assert [(one["field"], one["new"], one["kept"]) for one in changes] == [
        ("payments", '["Gift card 10.00","Visa 30.00"]', False)
    ]
    rma = back(shop)
    paid(shop, rma)
    # money went to these means of payment: what a file says later is on record and not followed
    assert took("PayPal=40.00") == (1, 0)
    assert took("PayPal=40.00") == (0, 1)
    assert known(shop)[0] == ("gift_card", "10.00", "10.00")
    assert check_shop(shop)["ok"]


def test_a_file_that_does_not_tell_leaves_what_is_known(shop: Shop) -> None:
    import_orders(shop, [written(shop, "plain.csv", ROW.format("Visa"))])
    assert known(shop) == [("gift_card", "15.00", "0.00"), ("original_payment", "25.00", "0.00")]


SALE_1001 = SALE | {"Name": "1001", "Gateway": "shopify_payments", "Amount": "32.50"}
CARD_1001 = SALE_1001 | {"Gateway": "gift_card", "Kind": "capture", "Amount": "20.00"}


@pytest.mark.parametrize(
    ("rows", "payments"),
    [
        # the desk's order 1001 came to 52.50
        pytest.param(
            [SALE_1001, CARD_1001],
            [("original_payment", "32.50", "0.00"), ("gift_card", "20.00", "0.00")],
            id="all that was paid in",
        ),
        pytest.param([CARD_1001], [], id="one alone says nothing"),
        pytest.param([SALE_1001 | {"Amount": "32.49"}, CARD_1001], [], id="a cent is missing"),
        pytest.param(
            [SALE_1001, CARD_1001, CARD_1001 | {"Status": "failure"},
             CARD_1001 | {"Kind": "authorization"}, CARD_1001 | {"Kind": "void"}],
            [("original_payment", "32.50", "0.00"), ("gift_card", "20.00", "0.00")],
            id="what did not succeed, was not taken or was given up does not count",
        ),
        pytest.param(
            [SALE_1001 | {"Gateway": "cash", "Amount": "40.00"},
             SALE_1001 | {"Gateway": "cash", "Kind": "change", "Amount": "7.50"}, CARD_1001],
            [("original_payment", "32.50", "0.00"), ("gift_card", "20.00", "0.00")],
            id="change came back at once",
        ),
    ],
)  # fmt: skip
def test_shopify_transactions_say_what_paid_how_much(
    shop: Shop, rows: list[dict[str, str]], payments: list[tuple[str, str, str]]
) -> None:
    path = shop.folder / "transactions.csv"
    path.write_bytes(transactions(*rows))
    import_orders(shop, [path])
    assert known(shop, "1001") == payments
    again: Any = import_orders(shop, [path], ImportOptions(force=True))
    assert (again["new"], again["changed"]) == (0, 0)


def test_an_order_may_be_typed_with_what_paid_it(shop: Shop) -> None:
    typed = TypedOrder("3001", ("TEE:2@20.00",), payment=SPLIT, delivered="2026-03-06")
    shown: Any = add_order(shop, typed)
    assert (shown["payment_method"], shown["captured"]) == ("Gift card, Visa", "40.00")
    assert [one["captured"] for one in shown["payments"]] == ["15.00", "25.00"]
    assert add_order(shop, typed)["replayed"] is True
    wrong = TypedOrder("3002", ("TEE@20.00",), payment="Gift card=15|Visa")
    with pytest.raises(UsageError, match="`Visa` does not say") as caught:
        add_order(shop, wrong)
    assert caught.value.code == "E-USAGE-AMOUNT"
