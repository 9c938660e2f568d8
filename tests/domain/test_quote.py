"""What a return pays. Every figure was worked out on paper; the sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.record import Consumption
from returns_cli.domain.vocabulary import Fault, TaxStyle
from tests.domain.worked import (
    COAT,
    GRADES,
    ODD,
    ODD_ORDER,
    SHOP,
    TEES,
    Parts,
    Terms,
    line,
    order,
    parts,
    quote_of,
    quoted,
)

# 119.00 with 19.00 of tax in it.
GROSS = line(1, 2, 11900, tax=1900)
GROSS_ORDER = order(GROSS, style=TaxStyle.INCLUDED)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(
            (2, 1),
            [
                ("items", 1, 4000),
                ("tax", 1, 330),
                ("items", 2, 5995),
                ("tax", 2, 495),
                ("original_shipping", 1, 300),
                ("original_shipping", 2, 450),
            ],
            id="everything: all that was paid, 115.70, original shipping included",
        ),
        pytest.param(
            (1, 0),
            [("items", 1, 2000), ("tax", 1, 165)],
            id="one of two: half the goods and half the tax, no shipping",
        ),
        pytest.param(
            (2, 0),
            [("items", 1, 4000), ("tax", 1, 330)],
            id="a whole line of two: no shipping while the other stays",
        ),
        pytest.param((0, 0), [], id="nothing came: nothing"),
    ],
)
def test_goods_and_tax_come_back_by_unit(units: tuple[int, int], expected: Parts) -> None:
    quote = quote_of(SHOP, quoted(TEES, units[0]), quoted(COAT, units[1]))

    assert parts(quote.components) == expected
    assert quote.total_minor == sum(amount for _, _, amount in expected)
    assert quote.tax_included_minor == 0
    assert quote.currency == "USD"


def test_returning_everything_gives_back_what_was_paid() -> None:
    quote = quote_of(SHOP, quoted(TEES, 2), quoted(COAT, 1))

    assert quote.total_minor == SHOP.total_minor == 11570
    assert quote.takes == (
        (1, Consumption(2, 4000, 330, 300)),
        (2, Consumption(1, 5995, 495, 450)),
    )


@pytest.mark.parametrize(
    ("units", "changes", "grades", "expected", "tax_included"),
    [
        pytest.param(
            2, {}, [], [("items", 1, 11900)], 1900, id="gross goods, no tax component, 19.00 within"
        ),
        pytest.param(1, {}, [], [("items", 1, 5950)], 950, id="half: 59.50 with 9.50"),
        pytest.param(
            2,
            GRADES,
            [("used", 2)],
            [("items", 1, 11900), ("condition_deduction", 1, -5950)],
            950,
            id="used, 50%: 59.50 is paid, 9.50 of it tax",
        ),
        pytest.param(
            2,
            {"fees.restocking": "10%"},
            [],
            [("items", 1, 11900), ("restocking_fee", 1, -1190)],
            1900,
            id="a fee is no change of the goods' price: 19.00 stays",
        ),
        pytest.param(
            2,
            GRADES,
            [("damaged", 2)],
            [("items", 1, 11900), ("condition_deduction", 1, -11900)],
            0,
            id="worthless: nothing is paid, no tax in it",
        ),
    ],
)
def test_included_tax_is_said_beside_gross_goods(
    units: int,
    changes: Terms,
    grades: list[tuple[str, int]],
    expected: Parts,
    tax_included: int,
) -> None:
    quote = quote_of(GROSS_ORDER, quoted(GROSS, units, changes, grades=grades))

    assert parts(quote.components) == expected
    assert quote.tax_included_minor == tax_included


def test_a_free_gift_holds_no_tax() -> None:
    gift = line(1, 1, 0)
    quote = quote_of(order(gift, style=TaxStyle.INCLUDED), quoted(gift, 1))

    assert parts(quote.components) == [("items", 1, 0)]
    assert (quote.total_minor, quote.tax_included_minor) == (0, 0)


@pytest.mark.parametrize(
    ("terms", "grades", "expected"),
    [
        pytest.param(
            {"fees.restocking": "10%"}, [], [-100], id="10% of 10.00, once for the line: 1.00"
        ),
        pytest.param(
            {"fees.restocking": "12.5%"}, [], [-125], id="12.5% of 10.00 is 1.25: hundredths count"
        ),
        pytest.param({"fees.restocking": "1.50"}, [], [-450], id="1.50 a unit, three units: 4.50"),
        pytest.param({"fees.restocking": "0"}, [], [], id="no fee is no component"),
        pytest.param({"fees.restocking": "0%"}, [], [], id="nor is none of a hundred"),
        pytest.param(
            {**GRADES, "fees.restocking": "10%"},
            [("opened", 3)],
            [-150],
            id="a grade's own 15% in place of 10%: 1.50",
        ),
        pytest.param(
            {**GRADES, "inspection.opened.restocking": "2.00", "fees.restocking": "10%"},
            [("opened", 2), ("new", 1)],
            [-400, -33],
            id="2 opened at 2.00 each: 4.00; 1 new, worth 3.33, at 10%: 0.33",
        ),
        pytest.param(
            {**GRADES, "inspection.opened.restocking": "0%", "fees.restocking": "10%"},
            [("opened", 3)],
            [],
            id="a grade may waive the fee",
        ),
        pytest.param(
            {**GRADES, "fees.restocking": "1.00"},
            [("new", 1)],
            [-300],
            id="1 new, 2 not yet looked at: the terms' 1.00 for each",
        ),
        pytest.param(
            {**GRADES, "fees.restocking": "10%"},
            [("opened", 1)],
            [-50, -67],
            id="1 opened worth 3.33 at 15%: 0.50; 2 ungraded worth 6.67 at 10%: 0.67",
        ),
    ],
)
def test_restocking_is_a_share_of_the_value_or_an_amount_per_unit(
    terms: Terms, grades: list[tuple[str, int]], expected: list[int]
) -> None:
    quote = quote_of(ODD_ORDER, quoted(ODD, 3, terms, grades=grades))

    assert [
        one.amount_minor for one in quote.components if one.kind == "restocking_fee"
    ] == expected


def test_a_percentage_is_taken_of_the_value_with_its_tax_on_each_line() -> None:
    ten = {"fees.restocking": "10%"}
    quote = quote_of(SHOP, quoted(TEES, 1, ten), quoted(COAT, 1, ten))

    # 10% of 20.00 + 1.65 is 2.165, so 2.17; 10% of 59.95 + 4.95 is 6.49
    assert parts(quote.components)[4:] == [("restocking_fee", 1, -217), ("restocking_fee", 2, -649)]
    assert quote.total_minor == 2000 + 165 + 5995 + 495 - 217 - 649


@pytest.mark.parametrize(
    ("grades", "expected", "total"),
    [
        pytest.param([("new", 3)], [], 1000, id="as new: all of it"),
        pytest.param([("used", 3)], [-500], 500, id="used: half of 10.00"),
        pytest.param([("used", 1)], [-166], 834, id="one used: 3.33 pays 1.665, so 1.67; 1.66 off"),
        pytest.param([("damaged", 3)], [-1000], 0, id="damaged: nothing"),
        pytest.param(
            [("new", 1), ("damaged", 2)],
            [-667],
            333,
            id="1 new, 2 damaged: 10.00 is 3.33 + 6.67, the larger rest rounds up; 6.67 off",
        ),
        pytest.param([("unlisted", 3)], [], 1000, id="a grade the decision does not list: in full"),
    ],
)
def test_grades_decide_what_is_paid(
    grades: list[tuple[str, int]], expected: list[int], total: int
) -> None:
    quote = quote_of(ODD_ORDER, quoted(ODD, 3, GRADES, grades=grades))
    off = [one.amount_minor for one in quote.components if one.kind == "condition_deduction"]

    assert off == expected
    assert quote.total_minor == total


def test_mixed_grades_in_a_line_share_its_value_in_the_order_they_were_found() -> None:
    terms = {**GRADES, "fees.restocking": "10%"}
    line_of_three = quoted(ODD, 3, terms, grades=[("opened", 1), ("used", 1), ("new", 1)])

    # 10.00 is 3.34 + 3.33 + 3.33. Used pays 1.665, so 1.67: 1.66 off. Opened: 15% of 3.34 is 0.50.
    # The terms' 10% of the other 6.66, taken once: 0.67.
    assert parts(quote_of(ODD_ORDER, line_of_three).components) == [
        ("items", 1, 1000),
        ("condition_deduction", 1, -166),
        ("restocking_fee", 1, -50),
        ("restocking_fee", 1, -67),
    ]


SHIPPED_BACK: Terms = {"fees.return_shipping": "6.95", "fees.transfer": "2.00"}


@pytest.mark.parametrize(
    "resolution",
    [
        pytest.param("exchange", id="an even exchange"),
        pytest.param("repair", id="a repair"),
        pytest.param("replacement", id="a replacement"),
    ],
)
def test_a_swap_of_goods_pays_nothing_and_costs_nothing(resolution: str) -> None:
    terms = {**SHIPPED_BACK, "fees.restocking": "10%", "store_credit.bonus": "10%"}
    quote = quote_of(SHOP, quoted(TEES, 2, terms, resolution=resolution))

    assert (quote.components, quote.total_minor, quote.takes) == ((), 0, ())


def test_a_refund_beside_an_exchange_pays_its_own_line_only() -> None:
    quote = quote_of(
        SHOP, quoted(TEES, 2, SHIPPED_BACK), quoted(COAT, 1, SHIPPED_BACK, resolution="exchange")
    )

    # The coat comes back in goods, so the order is no full return: no original shipping.
    assert parts(quote.components) == [
        ("items", 1, 4000),
        ("tax", 1, 330),
        ("return_shipping", None, -695),
    ]


def test_kept_goods_are_paid_in_full_whatever_came_all_the_same() -> None:
    terms = {**GRADES, "keep_item": "true"}
    quote = quote_of(ODD_ORDER, quoted(ODD, 3, terms, grades=[("damaged", 3)]))

    assert parts(quote.components) == [("items", 1, 1000)]


def test_a_line_s_tender_is_the_customer_s_credit_or_the_policy_s_word() -> None:
    assert quoted(ODD, 1, {"refund.to": "gift_card"}).tender == "gift_card"
    assert quoted(ODD, 1, {"refund.to": "gift_card"}, resolution="store_credit").tender == (
        "store_credit"
    )
    assert QuotedLine(ODD, 1, "refund", Fault.CUSTOMER, {}).tender == "original_payment"


def test_yen_and_dinars_divide_without_inventing_decimals() -> None:
    yen = line(1, 3, 1000)  # 1,000 JPY over three units: 333 + 334 + 333
    dinar = line(1, 7, 16963, tax=1)  # 16.963 KWD over seven: 2.423285…, tax 0.001 / 7 is nothing

    assert quote_of(order(yen, currency="JPY"), quoted(yen, 1)).total_minor == 333
    assert (
        quote_of(
            order(dinar, currency="KWD"), quoted(dinar, 1, {"fees.restocking": "0.125"})
        ).total_minor
        == 2423 - 125
    )
