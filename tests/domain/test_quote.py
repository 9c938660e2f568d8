"""What a return pays. Every figure was worked out on paper; the sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Component, Fault, OrderLine, TaxStyle
from returns_cli.domain.quote import QuotedLine, order_allowance, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from tests.domain.worked import Terms, empty_ledger, line, order, parts, quote_of, quoted

Parts = list[tuple[str, int | None, int]]

# 2 × 20.00 + 3.30 tax + 3.00 shipping, 1 × 59.95 + 4.95 tax + 4.50 shipping: 115.70 in all.
TEES = line(1, 2, 4000, tax=330, shipping=300)
COAT = line(2, 1, 5995, tax=495, shipping=450)
SHOP = order(TEES, COAT)
# 3 units for 10.00, nothing else: a line that does not divide.
ODD = line(1, 3, 1000)
ODD_ORDER = order(ODD, style=TaxStyle.NONE)
# 119.00 with 19.00 of tax in it.
GROSS = line(1, 2, 11900, tax=1900)
GROSS_ORDER = order(GROSS, style=TaxStyle.INCLUDED)

GRADES: Terms = {
    "inspection.new.refund": "100%",
    "inspection.opened.refund": "100%",
    "inspection.opened.restocking": "15%",
    "inspection.used.refund": "50%",
    "inspection.damaged.refund": "0%",
}


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
WAIVED: Terms = {"fees.restocking": "10%", "fees.waived_for_fault": ("merchant", "carrier")}


@pytest.mark.parametrize(
    ("tees", "coat", "expected"),
    [
        pytest.param(
            quoted(TEES, 1, {"fees.return_shipping": "4.95"}),
            quoted(COAT, 1, {"fees.return_shipping": "6.95"}),
            [("return_shipping", None, -695)],
            id="once for both lines, the higher of 4.95 and 6.95",
        ),
        pytest.param(
            quoted(TEES, 1, {"fees.return_shipping": "6.95"}),
            quoted(COAT, 0, {"fees.return_shipping": "9.95"}),
            [("return_shipping", None, -695)],
            id="a line of which nothing came owes nothing",
        ),
        pytest.param(
            quoted(TEES, 1, {"fees.return_shipping": "4.95"}),
            quoted(COAT, 1, {**WAIVED, "fees.return_shipping": "6.95"}, fault=Fault.MERCHANT),
            [("return_shipping", None, -495)],
            id="a line that was our fault owes nothing, the other 4.95",
        ),
        pytest.param(
            quoted(TEES, 1, SHIPPED_BACK),
            quoted(COAT, 1, SHIPPED_BACK),
            [("return_shipping", None, -695)],
            id="no transfer fee when nothing goes by bank",
        ),
        pytest.param(
            quoted(TEES, 1, SHIPPED_BACK),
            quoted(COAT, 1, {**SHIPPED_BACK, "refund.to": "bank_transfer"}),
            [("return_shipping", None, -695), ("transfer_fee", None, -200)],
            id="once per return when a line goes by bank",
        ),
        pytest.param(
            quoted(TEES, 1, WAIVED, SHIPPED_BACK, {"refund.to": "bank_transfer"}),
            quoted(COAT, 0),
            [
                ("restocking_fee", 1, -217),
                ("return_shipping", None, -695),
                ("transfer_fee", None, -200),
            ],
            id="the customer's fault: 10% of 21.65 is 2.165, so 2.17, and both fees",
        ),
        pytest.param(
            quoted(
                TEES,
                1,
                WAIVED,
                SHIPPED_BACK,
                {"refund.to": "bank_transfer"},
                fault=Fault.CARRIER,
            ),
            quoted(COAT, 0),
            [],
            id="the carrier's fault: every fee is waived",
        ),
        pytest.param(
            quoted(TEES, 1, WAIVED, fault=Fault.UNKNOWN),
            quoted(COAT, 0),
            [("restocking_fee", 1, -217)],
            id="nobody knows whose fault: no waiver",
        ),
        pytest.param(
            quoted(TEES, 1, WAIVED, SHIPPED_BACK, {"keep_item": "true"}),
            quoted(COAT, 0),
            [],
            id="kept goods are neither restocked nor shipped",
        ),
        pytest.param(
            quoted(TEES, 1, SHIPPED_BACK, {"keep_item": "true", "refund.to": "bank_transfer"}),
            quoted(COAT, 0),
            [("transfer_fee", None, -200)],
            id="kept goods are paid out by bank all the same",
        ),
    ],
)
def test_fees_are_charged_where_they_are_owed(
    tees: QuotedLine, coat: QuotedLine, expected: Parts
) -> None:
    quote = quote_of(SHOP, tees, coat)
    fees = ("restocking_fee", "return_shipping", "transfer_fee")

    assert parts([one for one in quote.components if one.kind in fees]) == expected


def test_the_highest_return_shipping_is_cited() -> None:
    cheap = quoted(TEES, 1, {"fees.return_shipping": "4.95"})
    dear = quoted(COAT, 1, {"fees.return_shipping": "6.95"})
    fee = quote_of(SHOP, cheap, dear).components[-1]

    assert fee == Component(
        "return_shipping", None, -695, None, "p.yaml:fees.return_shipping", units=0
    )


def test_each_deduction_cites_the_line_that_decided_it() -> None:
    terms = {**GRADES, "fees.restocking": "10%"}
    quote = quote_of(ODD_ORDER, quoted(ODD, 3, terms, grades=[("used", 2), ("opened", 1)]))

    assert [(one.kind, one.at) for one in quote.components] == [
        ("items", None),
        ("condition_deduction", "p.yaml:inspection.used.refund"),
        ("restocking_fee", "p.yaml:fees.restocking"),
        ("restocking_fee", "p.yaml:inspection.opened.restocking"),
    ]


@pytest.mark.parametrize(
    ("changes", "grades", "expected", "total"),
    [
        pytest.param(
            {"fees.restocking": "1.00", "fees.return_shipping": "9.95"},
            [],
            [("items", 1, 1000), ("restocking_fee", 1, -300), ("return_shipping", None, -700)],
            0,
            id="10.00 - 3.00 leaves 7.00 of the 9.95",
        ),
        pytest.param(
            {
                "fees.restocking": "4.00",
                "fees.return_shipping": "6.95",
                "fees.transfer": "1.00",
                "refund.to": "bank_transfer",
            },
            [],
            [("items", 1, 1000), ("restocking_fee", 1, -1000)],
            0,
            id="12.00 of restocking alone is cut to 10.00, the rest falls away",
        ),
        pytest.param(
            {**GRADES, "fees.restocking": "10%", "fees.return_shipping": "6.95"},
            [("damaged", 3)],
            [("items", 1, 1000), ("condition_deduction", 1, -1000)],
            0,
            id="worthless goods: no fee can be taken",
        ),
        pytest.param(
            {"fees.return_shipping": "10.00"},
            [],
            [("items", 1, 1000), ("return_shipping", None, -1000)],
            0,
            id="a fee of just the value is not cut",
        ),
    ],
)
def test_fees_are_cut_so_that_nobody_owes_the_shop(
    changes: Terms, grades: list[tuple[str, int]], expected: Parts, total: int
) -> None:
    quote = quote_of(ODD_ORDER, quoted(ODD, 3, changes, grades=grades))

    assert parts(quote.components) == expected
    assert quote.total_minor == total


ALWAYS: Terms = {"refund.original_shipping": "always"}
NEVER: Terms = {"refund.original_shipping": "never"}
STANDARD: Terms = {"refund.original_shipping": "standard_only"}
# 10.00 of shipping over three lines by value: 3.34 + 3.33 + 3.33.
ONE, TWO, THREE = (line(n, 2, 2000, shipping=334 if n == 1 else 333) for n in (1, 2, 3))
SENT = order(ONE, TWO, THREE, style=TaxStyle.NONE)


@pytest.mark.parametrize(
    ("lines", "standard", "expected"),
    [
        pytest.param(
            [quoted(ONE, 2, NEVER), quoted(TWO, 2, NEVER), quoted(THREE, 2, NEVER)],
            None,
            [],
            id="never: not even when all comes back",
        ),
        pytest.param(
            [quoted(ONE, 1, ALWAYS)], None, [(1, 167)], id="always: one of two units, 1.67 of 3.34"
        ),
        pytest.param(
            [quoted(TWO, 1, ALWAYS)],
            None,
            [(2, 167)],
            id="always: one of two units, 1.665 of 3.33, so 1.67",
        ),
        pytest.param(
            [quoted(ONE, 2, ALWAYS), quoted(TWO, 2, ALWAYS), quoted(THREE, 2, ALWAYS)],
            None,
            [(1, 334), (2, 333), (3, 333)],
            id="always: all of it, 10.00",
        ),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2), quoted(THREE, 1)],
            None,
            [],
            id="full_return: nothing while a unit stays",
        ),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2), quoted(THREE, 2)],
            None,
            [(1, 334), (2, 333), (3, 333)],
            id="full_return: all of it with the last unit",
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD), quoted(TWO, 2, STANDARD), quoted(THREE, 2, STANDARD)],
            500,
            [(1, 167), (2, 167), (3, 166)],
            id="standard 5.00: 1.67 + 1.665 + 1.665, the odd cent to the lower line, 5.00 in all",
        ),
        pytest.param(
            [quoted(ONE, 1, STANDARD)], 500, [(1, 84)], id="standard 5.00: half of 1.67 is 0.835"
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD)], 1500, [(1, 334)], id="standard above what was charged: 3.34"
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD)], None, [(1, 334)], id="standard not known: nothing limits it"
        ),
        pytest.param([quoted(ONE, 2, STANDARD)], 0, [], id="standard is free: nothing"),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2, NEVER), quoted(THREE, 2, ALWAYS)],
            None,
            [(1, 334), (3, 333)],
            id="each line as its own setting says",
        ),
    ],
)
def test_original_shipping_comes_back_as_the_policy_says(
    lines: list[QuotedLine], standard: int | None, expected: list[tuple[int, int]]
) -> None:
    quote = quote_of(SENT, *lines, standard=standard)

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


def test_shipping_that_was_free_is_not_shared() -> None:
    free = line(1, 1, 1000)
    quote = quote_of(order(free), quoted(free, 1, STANDARD), standard=500)

    assert parts(quote.components) == [("items", 1, 1000)]


@pytest.mark.parametrize(
    ("lines", "back", "expected"),
    [
        pytest.param(
            (line(1, 3, 3000, shipping=600, shipped=2), line(2, 1, 1000, shipping=200)),
            {1: 2, 2: 1},
            [(1, 600), (2, 200)],
            id="a third unit was never shipped: all shipped ones are back, so all the shipping",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 1000, shipping=200, shipped=0)),
            {1: 1},
            [(1, 600), (2, 200)],
            id="line 2 was never shipped",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 1000, shipping=200, cancelled=True)),
            {1: 1},
            [(1, 600), (2, 200)],
            id="line 2 was cancelled: its share was paid all the same",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 0, shipping=0)),
            {1: 1},
            [],
            id="a free gift that stays is a unit that stays",
        ),
    ],
)
def test_a_full_return_is_one_of_all_that_was_shipped(
    lines: tuple[OrderLine, ...], back: dict[int, int], expected: list[tuple[int, int]]
) -> None:
    bought = order(*lines)
    found = {one.line: one for one in bought.lines}
    quote = quote_of(bought, *(quoted(found[number], units) for number, units in back.items()))

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


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


CREDIT: Terms = {"store_credit.bonus": "10%", "store_credit.bonus_cap": "25.00"}


@pytest.mark.parametrize(
    ("changes", "grades", "bonus"),
    [
        pytest.param({"store_credit.bonus": "10%"}, [], 100, id="10% of 10.00"),
        pytest.param(
            {"store_credit.bonus": "10%", "store_credit.bonus_cap": "none"}, [], 100, id="no cap"
        ),
        pytest.param(
            {"store_credit.bonus": "10%", "store_credit.bonus_cap": "0.50"}, [], 50, id="capped"
        ),
        pytest.param(
            {"store_credit.bonus": "10%", "fees.restocking": "1.00"},
            [],
            70,
            id="10% of the total before it: 10.00 - 3.00",
        ),
        pytest.param(
            {**GRADES, "store_credit.bonus": "10%"}, [("used", 3)], 50, id="10% of 5.00 for used"
        ),
        pytest.param({"store_credit.bonus": "2.00"}, [], 200, id="an amount, once"),
        pytest.param(
            {**GRADES, "store_credit.bonus": "2.00"},
            [("damaged", 3)],
            0,
            id="an amount on nothing is nothing",
        ),
        pytest.param({"store_credit.bonus": "0%"}, [], 0, id="no bonus"),
        pytest.param({}, [], 0, id="none is promised"),
    ],
)
def test_store_credit_earns_its_bonus(
    changes: Terms, grades: list[tuple[str, int]], bonus: int
) -> None:
    credited = quoted(ODD, 3, changes, grades=grades, resolution="store_credit")
    quote = quote_of(ODD_ORDER, credited)

    assert quote.total_minor - quote.capped_minor == bonus
    assert [one.amount_minor for one in quote.components if one.kind == "bonus_credit"] == (
        [bonus] if bonus else []
    )


@pytest.mark.parametrize(
    ("tees", "coat", "bonuses"),
    [
        pytest.param(
            quoted(TEES, 2, CREDIT, resolution="store_credit"),
            quoted(COAT, 1, CREDIT, resolution="store_credit"),
            [1157],
            id="both as credit: 10% of 115.70",
        ),
        pytest.param(
            quoted(TEES, 2, CREDIT),
            quoted(COAT, 1, CREDIT, resolution="store_credit"),
            [694],
            id="the coat as credit: 10% of its 59.95 + 4.95 + 4.50 is 6.94",
        ),
        pytest.param(
            quoted(TEES, 2, CREDIT, NEVER, {"refund.to": "store_credit"}),
            quoted(COAT, 0, CREDIT),
            [433],
            id="credit by policy is credit too: 10% of 43.30",
        ),
        pytest.param(
            quoted(TEES, 2, CREDIT, NEVER, resolution="store_credit"),
            quoted(
                COAT, 1, {**CREDIT, "store_credit.bonus": "50%"}, NEVER, resolution="store_credit"
            ),
            [433, 2067],
            id="10% of 43.30, and of 50% of 64.90 what 25.00 leaves: 20.67",
        ),
        pytest.param(
            quoted(TEES, 2, {"store_credit.bonus": "0%"}, NEVER, resolution="store_credit"),
            quoted(COAT, 1, CREDIT, NEVER, resolution="store_credit"),
            [649],
            id="none on the tees, 10% of the coat's 64.90",
        ),
        pytest.param(
            quoted(TEES, 2, NEVER, resolution="store_credit"),
            quoted(COAT, 1, CREDIT, NEVER, resolution="store_credit"),
            [649],
            id="not promised for the tees, 10% of the coat's 64.90",
        ),
        pytest.param(
            quoted(TEES, 2, CREDIT, {"refund.to": "gift_card"}),
            quoted(COAT, 1, CREDIT),
            [],
            id="a gift card and the original payment earn none",
        ),
    ],
)
def test_a_bonus_is_earned_by_what_is_taken_as_credit(
    tees: QuotedLine, coat: QuotedLine, bonuses: list[int]
) -> None:
    quote = quote_of(SHOP, tees, coat)

    assert [one.amount_minor for one in quote.components if one.kind == "bonus_credit"] == bonuses


@pytest.mark.parametrize(
    ("allowance", "expected", "tax_included"),
    [
        pytest.param(13000, [11900, 1100, -595], 1900, id="room for all of 130.00 less 5%"),
        pytest.param(12405, [11900, 1100, -595], 1900, id="just what it pays"),
        pytest.param(12404, [11900, 1099, -595], 1900, id="one cent less: off the shipping"),
        pytest.param(
            10000, [10595, -595], 1692, id="the shipping first, then 13.05 of the goods"
        ),
        pytest.param(0, [595, -595], 95, id="nothing is left to give"),
    ],
)
def test_what_the_order_still_allows_cuts_what_is_paid_back(
    allowance: int, expected: list[int], tax_included: int
) -> None:
    # 19.00 x 105.95 / 119.00 is 16.916, so 16.92; 19.00 x 5.95 / 119.00 is 0.95.
    sent = line(1, 2, 11900, tax=1900, shipping=1100)
    bought = order(sent, style=TaxStyle.INCLUDED)
    quote = quote_of(bought, quoted(sent, 2, {"fees.restocking": "5%"}), allowance=allowance)

    assert [one.amount_minor for one in quote.components] == expected
    assert quote.total_minor == min(allowance, 12405)
    assert quote.tax_included_minor == tax_included


def test_goods_are_not_cut_below_what_their_grades_take_off() -> None:
    # Line 2 pays nothing (worthless), so the 20.00 that the order lacks come off line 1.
    first, second = line(1, 1, 5000), line(2, 1, 3000)
    quote = quote_of(
        order(first, second, style=TaxStyle.NONE),
        quoted(first, 1, GRADES),
        quoted(second, 1, GRADES, grades=[("damaged", 1)]),
        allowance=3000,
    )

    assert parts(quote.components) == [
        ("items", 1, 3000),
        ("items", 2, 3000),
        ("condition_deduction", 2, -3000),
    ]


def test_tax_on_top_is_cut_before_the_goods() -> None:
    quote = quote_of(SHOP, quoted(TEES, 2), allowance=4100)

    assert parts(quote.components) == [("items", 1, 4000), ("tax", 1, 100)]


def test_a_bonus_stands_above_what_the_order_allows() -> None:
    credited = quoted(ODD, 3, {"store_credit.bonus": "10%"}, resolution="store_credit")
    quote = quote_of(ODD_ORDER, credited, allowance=500)

    assert parts(quote.components) == [("items", 1, 500), ("bonus_credit", None, 50)]
    assert (quote.capped_minor, quote.total_minor) == (500, 550)


@pytest.mark.parametrize(
    ("captured", "external", "all_refunds", "own", "allowance"),
    [
        pytest.param(11570, 0, 0, 0, 11570, id="all that was paid"),
        pytest.param(11570, 1000, 0, 0, 10570, id="10.00 refunded before we came"),
        pytest.param(11570, 1000, 3000, 0, 7570, id="and 30.00 by another return"),
        pytest.param(11570, 1000, 3000, 2000, 9570, id="20.00 of those were this return's"),
        pytest.param(5000, 0, 0, 0, 5000, id="only 50.00 were ever paid in"),
        pytest.param(20000, 0, 0, 0, 11570, id="paid in more than the order came to"),
        pytest.param(0, 0, 0, 0, 0, id="never paid"),
        pytest.param(5000, 6000, 0, 0, 0, id="never below zero"),
    ],
)
def test_an_order_allows_what_was_paid_in_less_what_went_out(
    captured: int, external: int, all_refunds: int, own: int, allowance: int
) -> None:
    bought = order(TEES, COAT, captured=captured, refunded=external)
    ledger = OrderLedger({}, {}, all_refunds, external, {})

    assert order_allowance(bought, ledger, own) == allowance


def consumed(*rows: tuple[str, int, Consumption]) -> OrderLedger:
    """A ledger of base shares by (return, line)."""
    whole: dict[int, Consumption] = {}
    for _, number, take in rows:
        had = whole.get(number, Consumption())
        whole[number] = Consumption(
            had.units + take.units,
            had.items_minor + take.items_minor,
            had.tax_minor + take.tax_minor,
            had.shipping_minor + take.shipping_minor,
        )
    return OrderLedger(whole, {(rma, n): take for rma, n, take in rows}, 0, 0, {})


@pytest.mark.parametrize(
    ("units", "ledger", "items", "takes"),
    [
        pytest.param(
            1,
            consumed(("RMA-2", 1, Consumption(1, 333))),
            334,
            [Consumption(1, 334)],
            id="another return had one: 6.67 / 2 is 3.335, so 3.34",
        ),
        pytest.param(
            2,
            consumed(("RMA-1", 1, Consumption(1, 333))),
            667,
            [Consumption(2, 667)],
            id="its own first unit stays 3.33, one more takes 3.34",
        ),
        pytest.param(
            1,
            consumed(("RMA-1", 1, Consumption(1, 333)), ("RMA-2", 1, Consumption(2, 667))),
            333,
            [Consumption(1, 333)],
            id="paid already: it stays what it was",
        ),
        pytest.param(
            1,
            consumed(("RMA-1", 1, Consumption(2, 667))),
            334,
            [Consumption(1, 334)],
            id="one of its two paid units after all: half of 6.67 is 3.335",
        ),
        pytest.param(
            3,
            consumed(("RMA-2", 1, Consumption(2, 667))),
            333,
            [Consumption(1, 333)],
            id="three claimed, two gone: the one that is left",
        ),
        pytest.param(
            1, consumed(("RMA-2", 1, Consumption(3, 1000))), 0, [], id="all gone: nothing is left"
        ),
    ],
)
def test_a_quote_counts_what_refunds_took_before(
    units: int, ledger: OrderLedger, items: int, takes: list[Consumption]
) -> None:
    fee = {"fees.return_shipping": "0.10"}
    quote = quote_return(ODD_ORDER, "RMA-1", [quoted(ODD, units, fee)], ledger, 1000)

    assert sum(one.amount_minor for one in quote.components if one.kind == "items") == items
    assert [take for _, take in quote.takes] == takes
    assert quote.total_minor == (items - 10 if items else 0)


# 4 units that carry 0.03 of shipping: 2 units take 0.015, so 0.02; then one takes 0.005, so 0.01.
QUAD = line(1, 4, 4000, shipping=3)
SPARE = line(2, 1, 1000, shipping=2)
SMALL = order(QUAD, SPARE, style=TaxStyle.NONE)


@pytest.mark.parametrize(
    ("lines", "ledger", "expected"),
    [
        pytest.param(
            [quoted(QUAD, 2, ALWAYS)],
            consumed(
                ("RMA-1", 1, Consumption(2, 2000, 0, 2)), ("RMA-2", 1, Consumption(1, 1000, 0, 1))
            ),
            [(1, 2)],
            id="what was paid stays paid, whoever came later",
        ),
        pytest.param(
            [quoted(QUAD, 3, ALWAYS)],
            consumed(
                ("RMA-1", 1, Consumption(2, 2000, 0, 2)), ("RMA-2", 1, Consumption(1, 1000, 0, 1))
            ),
            [(1, 2)],
            id="one more unit of the same return takes the rest, which is nothing",
        ),
        pytest.param(
            [quoted(QUAD, 1, ALWAYS)],
            consumed(("RMA-1", 1, Consumption(2, 2000, 0, 2))),
            [(1, 1)],
            id="one of its two paid units after all: 0.03 / 4 is 0.0075",
        ),
        pytest.param(
            [quoted(QUAD, 2)],
            consumed(("RMA-2", 1, Consumption(2, 2000)), ("RMA-2", 2, Consumption(1, 1000))),
            [(1, 3), (2, 2)],
            id="the second return completes it and pays what the first left behind",
        ),
        pytest.param(
            [quoted(SPARE, 1)],
            consumed(("RMA-2", 1, Consumption(4, 4000))),
            [(2, 2), (1, 3)],
            id="also of a line that it does not hold",
        ),
        pytest.param(
            [quoted(QUAD, 4)],
            consumed(
                ("RMA-1", 1, Consumption(4, 4000)),
                ("RMA-2", 1, Consumption(0, 0, 0, 3)),
                ("RMA-2", 2, Consumption(1, 1000, 0, 2)),
            ),
            [],
            id="the first return does not pay again what the second paid",
        ),
        pytest.param(
            [quoted(SPARE, 1)],
            consumed(
                ("RMA-2", 1, Consumption(4, 4000)),
                ("RMA-1", 1, Consumption(0, 0, 0, 3)),
                ("RMA-1", 2, Consumption(1, 1000, 0, 2)),
            ),
            [(2, 2), (1, 3)],
            id="and the second, asked again, says the same",
        ),
        pytest.param(
            [quoted(SPARE, 1, NEVER)],
            consumed(("RMA-2", 1, Consumption(4, 4000))),
            [],
            id="no setting of the return asks for it",
        ),
        pytest.param(
            [quoted(QUAD, 2, STANDARD)],
            consumed(("RMA-2", 1, Consumption(2, 2000, 0, 2))),
            [],
            id="standard 0.02 is 0.012 + 0.008, so 0.01 a line; 0.02 went out under another rule",
        ),
    ],
)
def test_shipping_counts_what_refunds_took_before(
    lines: list[QuotedLine], ledger: OrderLedger, expected: list[tuple[int, int]]
) -> None:
    quote = quote_return(SMALL, "RMA-1", lines, ledger, 5005, 2)

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


@pytest.mark.parametrize(
    ("came_back", "shipping"),
    [
        pytest.param({}, 0, id="a gift that stays is a unit that stays"),
        pytest.param({1: 1}, 500, id="a gift that came back pays nothing and counts"),
        pytest.param({1: 1, 2: 1}, 500, id="its own unit is not counted twice"),
    ],
)
def test_units_that_came_back_for_nothing_count_towards_a_full_return(
    came_back: dict[int, int], shipping: int
) -> None:
    gift, coat = line(1, 1, 0), line(2, 1, 2000, shipping=500)
    ledger = OrderLedger({}, {}, 0, 0, {}, came_back)
    quote = quote_return(order(gift, coat), "RMA-2", [quoted(coat, 1)], ledger, 2500)

    assert quote.total_minor == 2000 + shipping


def test_standard_shipping_is_not_exceeded_by_two_returns_of_one_line() -> None:
    # 10.00 charged, 5.00 standard: 2.50 for the first of two units and 2.50 for the second.
    pair = line(1, 2, 2000, shipping=1000)
    bought = order(pair, style=TaxStyle.NONE)
    first = quote_return(bought, "RMA-1", [quoted(pair, 1, STANDARD)], empty_ledger(), 3000, 500)
    taken = consumed(("RMA-1", 1, first.takes[0][1]))
    second = quote_return(bought, "RMA-2", [quoted(pair, 1, STANDARD)], taken, 3000, 500)

    assert [first.total_minor, second.total_minor] == [1250, 1250]


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
