"""A refund over what paid its order. Every figure was worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from returns_cli.domain.model import Component
from returns_cli.domain.settle import Owed
from returns_cli.domain.tender_split import (
    first_of,
    left_to_give_back,
    pay_by,
    room_of,
    split_owed,
)
from returns_cli.domain.tenders import original_of, payments_of
from tests.domain.worked import Book, line, order

GOODS = Component("items", 1, 5000, units=2)
TAX = Component("tax", 1, 413)
FEE = Component("return_shipping", None, -695)
BONUS = Component("bonus_credit", None, 500)
LEFT = {"gift_card": 3000, "original_payment": 8873}


def split(owed: Owed, left: Mapping[str, int]) -> list[tuple[str, int, tuple[object, ...]]]:
    return [(one.tender, one.amount_minor, one.origins) for one in split_owed([owed], left)]


@pytest.mark.parametrize(
    ("left", "parts"),
    [
        pytest.param({}, [("original_payment", 5000, ())], id="nobody knows what paid"),
        pytest.param(
            LEFT,
            [
                ("gift_card", 3000, (("gift_card", 3000),)),
                ("original_payment", 2000, (("original_payment", 2000),)),
            ],
            id="30.00 of the card that is a gift, 20.00 of the other",
        ),
        pytest.param(
            {"original_payment": 8873, "gift_card": 3000},
            [("original_payment", 5000, (("original_payment", 5000),))],
            id="the other order: the card alone pays 50.00",
        ),
        pytest.param(
            {"gift_card": 0, "paypal": 4999, "original_payment": 1},
            [
                ("paypal", 4999, (("paypal", 4999),)),
                ("original_payment", 1, (("original_payment", 1),)),
            ],
            id="one is used up, 49.99 + 0.01",
        ),
        pytest.param(
            {"gift_card": 3000},
            [("gift_card", 3000, (("gift_card", 3000),)), ("original_payment", 2000, ())],
            id="20.00 were paid in a way that nobody names",
        ),
    ],
)
def test_each_means_of_payment_gets_back_what_it_paid_at_most(
    left: dict[str, int], parts: list[tuple[str, int, tuple[object, ...]]]
) -> None:
    assert split(Owed("original_payment", (GOODS,)), left) == parts


def test_the_parts_of_a_split_are_those_of_the_whole() -> None:
    # 50.00 + 4.13 - 6.95 = 47.18. Of 30.00 the gross is 54.13 × 30.00 / 47.18 = 34.4192… → 34.42:
    # goods 34.42 × 50.00 / 54.13 = 31.7938… → 31.79, tax 2.626… → 2.63 (largest remainder), fee
    # 30.00 − 34.42 = −4.42. What is left: 18.21 + 1.50 − 2.53 = 17.18.
    gift, card = split_owed([Owed("original_payment", (GOODS, TAX, FEE))], LEFT)
    assert [(one.kind, one.amount_minor) for one in gift.components] == [
        ("items", 3179),
        ("tax", 263),
        ("return_shipping", -442),
    ]
    assert [(one.kind, one.amount_minor) for one in card.components] == [
        ("items", 1821),
        ("tax", 150),
        ("return_shipping", -253),
    ]
    assert (gift.amount_minor, card.amount_minor) == (3000, 1718)


@pytest.mark.parametrize(
    ("tender", "origins"),
    [
        # 50.00 of goods and 5.00 on top: the bonus gives nothing back
        pytest.param(
            "store_credit",
            (("gift_card", 3000), ("original_payment", 2000)),
            id="as credit: first what comes first",
        ),
        pytest.param(
            "original_payment",
            (("original_payment", 5000),),
            id="to the card: its own money first",
        ),
    ],
)
def test_one_way_for_all_gives_back_its_own_money_first(
    tender: str, origins: tuple[tuple[str, int], ...]
) -> None:
    whole = pay_by([Owed("original_payment", (GOODS,)), Owed("x", (BONUS,))], tender, LEFT)
    assert (whole.tender, whole.amount_minor, whole.origins) == (tender, 5500, origins)


def test_what_the_customer_took_as_credit_is_given_back_of_what_paid() -> None:
    credit = Owed("store_credit", (Component("items", 2, 4000), BONUS))
    card = Owed("original_payment", (GOODS,))
    # the credit of 40.00 uses up the gift card's 30.00 and 10.00 of the card's 88.73
    assert [(one.tender, one.origins) for one in split_owed([credit, card], LEFT)] == [
        ("store_credit", (("gift_card", 3000), ("original_payment", 1000))),
        ("original_payment", (("original_payment", 5000),)),
    ]


@pytest.mark.parametrize(
    ("tender", "left", "room"),
    [
        ("original_payment", LEFT, 8873),
        ("paypal", LEFT, 0),
        ("gift_card", LEFT, None),
        ("store_credit", LEFT, None),
        ("bank_transfer", LEFT, None),
        ("original_payment", {}, None),
    ],
)
def test_a_provider_can_only_get_back_what_it_took(
    tender: str, left: dict[str, int], room: int | None
) -> None:
    assert room_of(tender, left) == room


@pytest.mark.parametrize(
    ("amount", "parts"),
    [(1000, [1000]), (5000, [5000]), (5001, [5000, 1]), (5413, [5000, 413])],
)
def test_a_part_pays_the_first_ways_whole(amount: int, parts: list[int]) -> None:
    groups = (Owed("original_payment", (GOODS,)), Owed("store_credit", (TAX,)))
    assert [one.amount_minor for one in first_of(groups, amount)] == parts


def test_what_is_left_is_what_was_paid_less_what_was_given_back() -> None:
    paid = payments_of([("Visa", 8873), ("Gift card", 3000)])
    bought = order(line(1, 2, 10000))._replace(payments=paid)
    ledger = Book(bought).ledger()._replace(given_back={"original_payment": 873})
    assert left_to_give_back(bought, ledger) == {"gift_card": 3000, "original_payment": 8000}
    assert list(left_to_give_back(bought, ledger, ["original_payment"])) == [
        "original_payment",
        "gift_card",
    ]
    assert left_to_give_back(order(line(1, 2, 10000)), ledger) == {}


@pytest.mark.parametrize(
    ("paid", "method", "tender"),
    [
        ([], "Visa", "original_payment"),
        ([], "COD", "bank_transfer"),
        ([("Gift card", 100)], "Gift card", "gift_card"),
        ([("COD", 100), ("Gift card", 100)], "COD, Gift card", "original_payment"),
    ],
)
def test_the_original_of_several_is_split(
    paid: list[tuple[str, int]], method: str, tender: str
) -> None:
    bought = order(line(1, 1, 200))._replace(payment_method=method, payments=payments_of(paid))
    assert original_of(bought) == tender
