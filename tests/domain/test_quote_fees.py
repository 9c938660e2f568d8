"""What a return costs its customer. Figures were worked out on paper; sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Component
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.vocabulary import Fault
from tests.domain.worked import (
    COAT,
    GRADES,
    ODD,
    ODD_ORDER,
    SHOP,
    TEES,
    Parts,
    Terms,
    parts,
    quote_of,
    quoted,
)

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
