"""From a quote to refunds. Every figure was worked out on paper; the sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Component, Refund
from returns_cli.domain.quote import Quote
from returns_cli.domain.record import Consumption
from returns_cli.domain.settle import (
    Owed,
    new_takes,
    owed_by_tender,
    part_of,
    refunded_capped_minor,
    refunded_minor,
    settled_minor,
)
from returns_cli.domain.vocabulary import RefundState, TaxStyle
from tests.domain.worked import Book, Terms, line, order, parts, quote_of, quoted, refund

TEES = line(1, 2, 4000, tax=400)
COAT = line(2, 1, 6000, tax=600)
SHOP = order(TEES, COAT)
ITEMS = Component("items", 1, 10000)
BONUS = Component("bonus_credit", None, 1000)
GOODWILL = Component("goodwill", None, 500)
FEE: Terms = {"fees.return_shipping": "7.00"}
CREDIT: Terms = {"store_credit.bonus": "10%"}


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (RefundState.PLANNED, False),
        (RefundState.SUBMITTED, True),
        (RefundState.IN_DOUBT, True),
        (RefundState.CONFIRMED, True),
        (RefundState.FAILED, False),
        (RefundState.REVERSED, False),
    ],
)
def test_a_refund_counts_until_it_failed_or_was_reversed(state: RefundState, counts: bool) -> None:
    held = [refund(4400, state=state)]

    assert refunded_minor(held) == (4400 if counts else 0)
    assert refunded_capped_minor(held) == (4400 if counts else 0)
    assert settled_minor(held) == (4400 if counts else 0)


def test_the_cap_leaves_out_bonus_and_goodwill_and_the_quote_leaves_out_goodwill() -> None:
    held = [refund(11500, ITEMS, BONUS, GOODWILL), refund(300, state=RefundState.FAILED)]

    assert refunded_minor(held) == 11500
    assert refunded_capped_minor(held) == 10000
    assert settled_minor(held) == 11000


def owed_of(quote: Quote, *lines: object, refunds: list[Refund] | None = None) -> dict[str, int]:
    owed = owed_by_tender(quote, lines, refunds or [])  # type: ignore[arg-type]  # see callers
    return {one.tender: one.amount_minor for one in owed}


def test_one_tender_owes_the_whole_quote() -> None:
    lines = [quoted(TEES, 2, FEE), quoted(COAT, 1, FEE)]
    quote = quote_of(SHOP, *lines)
    (owed,) = owed_by_tender(quote, lines, [])

    # 40.00 + 4.00 + 60.00 + 6.00 - 7.00
    assert (owed.tender, owed.amount_minor) == ("original_payment", 10300)
    assert parts(owed.components) == parts(quote.components)


@pytest.mark.parametrize(
    ("tees", "coat", "expected"),
    [
        pytest.param(
            quoted(TEES, 2, FEE),
            quoted(COAT, 1, FEE, CREDIT, resolution="store_credit"),
            {"original_payment": 3700, "store_credit": 7260},
            id="44.00 - 7.00 in money; 66.00 and 10% of it as credit",
        ),
        pytest.param(
            quoted(TEES, 2, FEE, CREDIT, resolution="store_credit"),
            quoted(COAT, 1, FEE),
            {"store_credit": 4140, "original_payment": 6600},
            id="the fee goes with the first tender: 44.00 - 7.00 and 10% of 44.00 as credit",
        ),
        pytest.param(
            quoted(TEES, 2, {"fees.return_shipping": "50.00"}),
            quoted(COAT, 1, resolution="store_credit"),
            {"store_credit": 6000},
            id="a fee above the first tender's 44.00 comes off the other: 110.00 - 50.00",
        ),
        pytest.param(
            quoted(TEES, 2, {"fees.return_shipping": "110.00"}),
            quoted(COAT, 1, resolution="store_credit"),
            {},
            id="nothing is left to pay",
        ),
        pytest.param(
            quoted(TEES, 2, {"refund.to": "bank_transfer", "fees.transfer": "2.00"}),
            quoted(COAT, 1, {"refund.to": "gift_card"}),
            {"bank_transfer": 4200, "gift_card": 6600},
            id="each line's own tender: 44.00 - 2.00 by bank, 66.00 on a card",
        ),
        pytest.param(
            quoted(TEES, 2, resolution="exchange"),
            quoted(COAT, 1, FEE, {"refund.to": "gift_card"}),
            {"gift_card": 5900},
            id="an exchanged line is no tender: 66.00 - 7.00",
        ),
    ],
)
def test_what_is_owed_goes_by_tender(tees: object, coat: object, expected: dict[str, int]) -> None:
    quote = quote_of(SHOP, tees, coat)  # type: ignore[arg-type]  # parametrized lines

    assert owed_of(quote, tees, coat) == expected


def test_the_rest_of_a_credit_return_is_credit_even_where_no_line_names_it() -> None:
    # The goods were paid; a fee that a new decision waives is owed, as credit like the rest.
    lines = [quoted(TEES, 2, resolution="store_credit")]
    quote = quote_of(SHOP, *lines)
    paid = refund(
        3700,
        Component("items", 1, 4000),
        Component("tax", 1, 400),
        Component("return_shipping", None, -700),
        tender="store_credit",
    )
    (owed,) = owed_by_tender(quote, lines, [paid])

    assert (owed.tender, parts(owed.components)) == (
        "store_credit",
        [("return_shipping", None, 700)],
    )


def test_shipping_of_a_line_outside_the_return_goes_with_its_first_tender() -> None:
    book = Book(order(line(1, 1, 1000, shipping=100), line(2, 1, 2000, shipping=200)))
    book.pay("RMA-1", quoted(book.order.lines[0], 1))
    lines = [quoted(book.order.lines[1], 1, resolution="store_credit")]
    owed = owed_by_tender(book.quote("RMA-2", *lines), lines, [])

    # 20.00 and both shares of the shipping, 2.00 + 1.00
    assert {one.tender: one.amount_minor for one in owed} == {"store_credit": 2300}


@pytest.mark.parametrize(
    ("refunds", "expected"),
    [
        pytest.param([], [("items", 1, 4000), ("tax", 1, 400)], id="nothing paid: 44.00"),
        pytest.param(
            [refund(1100, Component("items", 1, 1000), Component("tax", 1, 100))],
            [("items", 1, 3000), ("tax", 1, 300)],
            id="11.00 paid: 33.00",
        ),
        pytest.param(
            [refund(1100, state=RefundState.SUBMITTED), refund(900, state=RefundState.IN_DOUBT)],
            [("items", 1, 2000), ("tax", 1, 400)],
            id="submitted and in doubt count: 24.00",
        ),
        pytest.param(
            [refund(4000, state=RefundState.FAILED), refund(4000, state=RefundState.REVERSED)],
            [("items", 1, 4000), ("tax", 1, 400)],
            id="failed and reversed release: 44.00",
        ),
        pytest.param(
            [refund(4400, Component("items", 1, 4000), Component("tax", 1, 400))],
            [],
            id="paid in full: nothing",
        ),
        pytest.param(
            [
                refund(
                    3900,
                    Component("items", 1, 4000),
                    Component("tax", 1, 400),
                    Component("restocking_fee", 1, -500),
                )
            ],
            [("restocking_fee", 1, 500)],
            id="a fee that is waived now is owed: 5.00",
        ),
        pytest.param([refund(5000)], [], id="paid too much in goods, the tax does not add to it"),
        pytest.param(
            [refund(500, GOODWILL)],
            [("items", 1, 4000), ("tax", 1, 400)],
            id="goodwill is on top: still 44.00",
        ),
    ],
)
def test_what_is_left_is_the_quote_less_what_counts(
    refunds: list[Refund], expected: list[tuple[str, int | None, int]]
) -> None:
    lines = [quoted(TEES, 2)]
    owed = owed_by_tender(quote_of(SHOP, *lines), lines, refunds)

    assert [part for one in owed for part in parts(one.components)] == expected


def test_an_overpaid_line_is_taken_off_what_the_other_is_owed() -> None:
    # 44.00 went out for the tees, which turn out worthless; 66.00 of credit are owed for the coat.
    worthless: Terms = {"inspection.damaged.refund": "0%"}
    lines = [
        quoted(TEES, 2, worthless, grades=[("damaged", 2)]),
        quoted(COAT, 1, resolution="store_credit"),
    ]
    paid = refund(4400, Component("items", 1, 4000), Component("tax", 1, 400))

    assert owed_of(quote_of(SHOP, *lines), *lines, refunds=[paid]) == {"store_credit": 2200}


def test_components_of_one_kind_and_line_are_one_in_a_refund() -> None:
    grades: Terms = {
        "fees.restocking": "1.00",
        "inspection.opened.restocking": "2.00",
        "inspection.used.refund": "50%",
        "inspection.worn.refund": "25%",
    }
    pack = line(1, 4, 4000)
    lines = [quoted(pack, 4, grades, grades=[("opened", 1), ("used", 1), ("worn", 1)])]
    (owed,) = owed_by_tender(quote_of(order(pack, style=TaxStyle.NONE), *lines), lines, [])

    # 10.00 each: 5.00 off for used, 7.50 for worn; fees 2.00 for the opened one, 3 × 1.00 else
    assert parts(owed.components) == [
        ("items", 1, 4000),
        ("condition_deduction", 1, -1250),
        ("restocking_fee", 1, -500),
    ]
    assert [one.at for one in owed.components] == [
        None,
        "p.yaml:inspection.used.refund",
        "p.yaml:inspection.opened.restocking",
    ]


@pytest.mark.parametrize(
    ("components", "amount", "expected"),
    [
        pytest.param([1000], 300, [300], id="3.00 of 10.00"),
        pytest.param([1000, -100], 300, [333, -33], id="3.00 of 9.00 net is a third of each"),
        pytest.param([1000, -100], 900, [1000, -100], id="all of it"),
        pytest.param([1000, -100], 1, [1], id="a cent: 0.0111 gross rounds to the cent, no fee"),
        pytest.param(
            [334, 333, 333, -50, -67],
            500,
            [189, 189, 188, -28, -38],
            id="5.00 of 8.83: 5.66 gross over 3.34 + 3.33 + 3.33, 0.66 off over 0.50 + 0.67",
        ),
        pytest.param([3, 3, 3], 4, [2, 1, 1], id="4 of 9 yen: 1.33 each, the odd one first"),
        pytest.param([5000, 5000, 500], 1, [1], id="a cent goes to the first of the largest"),
    ],
)
def test_a_part_payment_scales_every_component(
    components: list[int], amount: int, expected: list[int]
) -> None:
    owed = Owed(
        "original_payment",
        tuple(
            Component("items" if minor > 0 else "restocking_fee", number, minor)
            for number, minor in enumerate(components)
        ),
    )
    part = part_of(owed, amount)

    assert [one.amount_minor for one in part.components] == expected
    assert (part.amount_minor, part.tender) == (amount, "original_payment")


def test_part_payments_and_the_rest_give_the_whole() -> None:
    lines = [quoted(TEES, 2, FEE, {"fees.restocking": "12.5%"}), quoted(COAT, 1, FEE)]
    book = Book(SHOP)
    whole = book.quote("RMA-1", *lines)
    paid = [book.pay("RMA-1", *lines, amount=minor) for minor in (1, 333, 4999)]
    paid.append(book.pay("RMA-1", *lines))

    # 110.00 less 12.5% of 44.00 (5.50) less 7.00
    assert whole.total_minor == sum(paid) == 9750
    given: dict[tuple[str, int | None], int] = {}
    for one in book.refunds("RMA-1"):
        for kind, number, minor in parts(one.components):
            given[kind, number] = given.get((kind, number), 0) + minor
    assert given == {(kind, number): minor for kind, number, minor in parts(whole.components)}
    assert book.pay("RMA-1", *lines) == 0


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param({}, [(1, Consumption(2, 4000, 400))], id="nothing was taken"),
        pytest.param(
            {1: Consumption(1, 2000, 200)}, [(1, Consumption(1, 2000, 200))], id="one more unit"
        ),
        pytest.param({1: Consumption(2, 4000, 400)}, [], id="all was taken"),
        pytest.param({1: Consumption(3, 6000, 600)}, [], id="more was taken: nothing goes back"),
        pytest.param(
            {1: Consumption(2, 3999, 400)}, [(1, Consumption(0, 1, 0))], id="one cent, no unit"
        ),
    ],
)
def test_a_refund_takes_what_was_not_taken_yet(
    own: dict[int, Consumption], expected: list[tuple[int, Consumption]]
) -> None:
    assert list(new_takes(quote_of(SHOP, quoted(TEES, 2)), own)) == expected
