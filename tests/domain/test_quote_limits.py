"""Bonus, cap and what refunds took before. Worked out on paper; the sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.quote import QuotedLine, order_allowance, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import TaxStyle
from tests.domain.worked import (
    COAT,
    GRADES,
    ODD,
    ODD_ORDER,
    SHOP,
    TEES,
    Terms,
    consumed,
    line,
    order,
    parts,
    quote_of,
    quoted,
)

NEVER: Terms = {"refund.original_shipping": "never"}
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
        pytest.param(10000, [10595, -595], 1692, id="the shipping first, then 13.05 of the goods"),
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
