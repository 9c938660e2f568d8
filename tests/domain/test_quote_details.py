"""Details of quotes and payments on which a cent, a citation or a tender hangs.

Each was once changed in the code without a test that noticed (`make mutation`). Figures were worked
out on paper.
"""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Component
from returns_cli.domain.quote import Quote, QuotedLine, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.settle import Owed, new_takes, owed_by_tender, part_of
from returns_cli.domain.vocabulary import Fault, TaxStyle
from tests.domain.worked import (
    COAT,
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
    settings,
)

LAMP = line(1, 1, 5000)
YEN = order(LAMP, style=TaxStyle.NONE, currency="JPY")


def test_fees_and_bonuses_are_read_in_the_order_s_currency() -> None:
    """500 yen are 500 minor units; read as dollars they would be 50,000."""
    fees: Terms = {
        "fees.restocking": "250",
        "fees.return_shipping": "500",
        "fees.transfer": "300",
        "refund.to": "bank_transfer",
    }
    assert parts(quote_of(YEN, quoted(LAMP, 1, fees)).components) == [
        ("items", 1, 5000),
        ("restocking_fee", 1, -250),
        ("return_shipping", None, -500),
        ("transfer_fee", None, -300),
    ]
    for cap, bonus in (({}, 400), ({"store_credit.bonus_cap": "300"}, 300)):
        credit = quoted(LAMP, 1, {"store_credit.bonus": "400", **cap}, resolution="store_credit")
        assert parts(quote_of(YEN, credit).components) == [
            ("items", 1, 5000),
            ("bonus_credit", None, bonus),
        ]


def test_the_highest_fee_counts_also_where_the_first_line_owes_it() -> None:
    first, second = {"fees.return_shipping": "6.95"}, {"fees.return_shipping": "4.95"}
    found = parts(quote_of(SHOP, quoted(TEES, 1, first), quoted(COAT, 1, second)).components)
    assert ("return_shipping", None, -695) in found


def test_goods_and_their_tax_say_for_how_many_units() -> None:
    found = quote_of(SHOP, quoted(TEES, 2)).components
    assert [(one.kind, one.units) for one in found][:2] == [("items", 2), ("tax", 2)]


def test_the_tax_within_is_summed_over_the_lines() -> None:
    """2.00 in 12.00, 1.00 in 6.00, and a cent that is all tax."""
    first, second = line(1, 1, 1200, tax=200), line(2, 1, 600, tax=100)
    cent = line(3, 1, 1, tax=1)
    whole = order(first, second, cent, style=TaxStyle.INCLUDED)
    quote = quote_of(whole, quoted(first, 1), quoted(second, 1), quoted(cent, 1))
    assert quote.tax_included_minor == 301


@pytest.mark.parametrize(("worth", "fee"), [(1004, -100), (1005, -101)])
def test_a_percentage_is_of_the_goods_and_of_no_cent_more(worth: int, fee: int) -> None:
    jug = line(1, 1, worth)
    found = quote_of(
        order(jug, style=TaxStyle.NONE), quoted(jug, 1, {"fees.restocking": "10%"})
    ).components
    assert ("restocking_fee", 1, fee) in parts(found)


def test_every_part_cites_the_rule_and_the_line_that_made_it() -> None:
    terms = settings(
        {
            "fees.restocking": "10%",
            "fees.return_shipping": "1.00",
            "inspection.used.refund": "50%",
            "store_credit.bonus": "10%",
        },
        rule="gold",
    )
    lines = QuotedLine(TEES, 2, "store_credit", Fault.CUSTOMER, terms, (("used", 1),))
    coat = QuotedLine(COAT, 1, "store_credit", Fault.CUSTOMER, terms)
    cited = {
        (one.kind, one.line): (one.rule, one.at)
        for one in quote_of(SHOP, lines, coat).components
        if one.kind not in ("items", "tax")
    }
    assert cited == {
        ("original_shipping", 1): ("gold", "p.yaml:refund.original_shipping"),
        ("original_shipping", 2): ("gold", "p.yaml:refund.original_shipping"),
        ("condition_deduction", 1): ("gold", "p.yaml:inspection.used.refund"),
        ("restocking_fee", 1): ("gold", "p.yaml:fees.restocking"),
        ("restocking_fee", 2): ("gold", "p.yaml:fees.restocking"),
        ("return_shipping", None): ("gold", "p.yaml:fees.return_shipping"),
        ("bonus_credit", None): ("gold", "p.yaml:store_credit.bonus"),
    }


def test_shipping_of_other_lines_cites_what_makes_it_a_full_return() -> None:
    gift = line(2, 1, 0, shipping=450)
    whole = order(TEES, gift)
    taken = {2: Consumption(units=1)}
    ledger = OrderLedger(taken, {("RMA-2", 2): taken[2]}, 0, 0, {})
    terms = settings(rule="gold")
    tees = QuotedLine(TEES, 2, "refund", Fault.CUSTOMER, terms)
    found = quote_return(whole, "RMA-1", [tees], ledger, whole.total_minor).components
    assert (
        Component("original_shipping", 2, 450, "gold", "p.yaml:refund.original_shipping") in found
    )


def test_what_was_given_back_outside_is_taken_off_a_price_that_holds_its_tax() -> None:
    """12.00 with 2.00 of tax in it, 7.00 given back elsewhere: 5.00 are left."""
    jug = line(1, 1, 1200, tax=200)
    ledger = OrderLedger({}, {}, 0, 700, {}, external_lines={1: 700})
    whole = order(jug, style=TaxStyle.INCLUDED)
    assert quote_return(whole, "RMA-1", [quoted(jug, 1)], ledger, 1200).total_minor == 500


@pytest.mark.parametrize("fee", ["0.01", "0.02", "6.95"])
def test_a_gift_costs_its_giver_nothing(fee: str) -> None:
    gift = line(1, 1, 0)
    quote = quote_of(order(gift), quoted(gift, 1, {"fees.return_shipping": fee}))
    assert (quote.total_minor, parts(quote.components)) == (0, [("items", 1, 0)])


@pytest.mark.parametrize(
    ("of", "units", "allowance", "expected"),
    [
        pytest.param(ODD, 3, 400, [("items", 1, 400)], id="goods alone"),
        pytest.param(ODD, 3, 999, [("items", 1, 999)], id="a cent too much"),
        pytest.param(
            line(1, 1, 100, shipping=300),
            1,
            150,
            [("items", 1, 100), ("original_shipping", 1, 50)],
            id="shipping above the worth of its goods goes first",
        ),
    ],
)
def test_what_the_order_does_not_allow_is_cut(
    of: object, units: int, allowance: int, expected: Parts
) -> None:
    assert isinstance(of, type(ODD))
    whole = ODD_ORDER if of is ODD else order(of)
    assert parts(quote_of(whole, quoted(of, units), allowance=allowance).components) == expected


def test_worthless_goods_earn_no_bonus() -> None:
    terms: Terms = {"store_credit.bonus": "1.00", "inspection.damaged.refund": "0%"}
    credit = quoted(ODD, 3, terms, grades=[("damaged", 3)], resolution="store_credit")
    assert quote_of(ODD_ORDER, credit).total_minor == 0


CREDIT: Terms = {"refund.to": "store_credit"}


def owed_of(*lines: QuotedLine) -> dict[str, Parts]:
    """What two lines of the shop owe, by tender."""
    whole = order(*(one.line for one in lines), style=TaxStyle.NONE)
    owed = owed_by_tender(quote_of(whole, *lines), lines, ())
    return {one.tender: parts(one.components) for one in owed}


def test_a_tender_whose_fee_eats_its_goods_leaves_the_other_alone() -> None:
    first = quoted(line(1, 1, 695), 1, {"fees.return_shipping": "6.95"})
    second = quoted(line(2, 1, 1000), 1, CREDIT)
    assert owed_of(first, second) == {"store_credit": [("items", 2, 1000)]}


def test_what_one_tender_is_short_of_comes_off_the_larger() -> None:
    """1.00 of credit less 6.95 of shipping, 20.00 to the card: 14.05 to the card."""
    first = quoted(line(1, 1, 100), 1, {**CREDIT, "fees.return_shipping": "6.95"})
    second = quoted(line(2, 1, 2000), 1)
    assert owed_of(first, second) == {
        "original_payment": [("items", 1, 100), ("items", 2, 2000), ("return_shipping", None, -695)]
    }


def test_a_single_cent_is_owed() -> None:
    assert owed_of(quoted(line(1, 1, 1), 1)) == {"original_payment": [("items", 1, 1)]}


def test_what_is_owed_keeps_rule_and_units_and_a_part_keeps_every_cent() -> None:
    cent = Component("items", 1, 1, "gold", "p.yaml:1", 1)
    rest = Component("items", 2, 1000, "gold", "p.yaml:2", 2)
    quote = Quote("USD", (cent, rest), 0)
    (owed,) = owed_by_tender(quote, [quoted(line(1, 1, 1), 1)], ())
    assert owed.components == (cent, rest)
    assert part_of(owed, 1001).components == (cent, rest)
    assert part_of(Owed("x", (cent, Component("transfer_fee", None, -1), rest)), 1000).amount_minor


def test_shipping_that_was_taken_is_not_taken_again() -> None:
    quote = Quote("USD", (), 0, ((1, Consumption(2, 1000, 100, 300)),))
    had = Consumption(1, 400, 40, 100)
    assert new_takes(quote, {1: had}) == ((1, Consumption(1, 600, 60, 200)),)
