from __future__ import annotations

from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.intake.own.statements import Standing, StatementRow, can_pay, read_statements
from returns_cli.intake.records import ReadOptions

NEW_YORK = ReadOptions(zone=ZoneInfo("America/New_York"), currency="USD")


def read(text: str, options: ReadOptions = NEW_YORK) -> tuple[list[StatementRow], list[Any]]:
    """The rows of a statement, and code, line and column of its problems."""
    with read_statements([BytesIO(text.encode())], options) as reading:
        rows = list(reading)
        return rows, [(one.code, one.line, one.column) for one in reading.problems]


def refunds(text: str, options: ReadOptions = NEW_YORK) -> list[tuple[str, int, str, str]]:
    """Order, minor units, currency and moment of the refunds of a statement without problems."""
    rows, problems = read(text, options)
    assert problems == []
    return [
        (one.order_id, one.paid_minor, one.currency, one.paid_at) for one in rows if one.is_refund
    ]


OWN = "type,paid_at,amount,currency,order_id,reference,status,tender,channel\n"


def test_our_own_columns() -> None:
    rows, problems = read(
        OWN
        + "refund,2026-03-20,-8.00,USD,1005,re_1,,Bank Transfer,web\n"
        + "Refund,2026-03-20T10:00:00Z,1200,JPY,,re_2,pending,,\n"
        + "fee,2026-03-21,0.30,USD,,,,,\n"
        + "refund,2026-03-21,0.00,USD,1006,,,,\n"
    )
    assert problems == []
    first, second, fee, nothing = rows
    assert (first.order_id, first.reference, first.paid_minor) == ("1005", "re_1", 800)
    assert (first.tender, first.channel, first.standing) == ("bank_transfer", "web", "paid")
    assert (second.paid_minor, second.currency, second.standing) == (1200, "JPY", Standing.PENDING)
    assert (fee.is_refund, nothing.is_refund) == (False, False)
    assert [one.days for one in rows[2:]] == [("2026-03-21",), ("2026-03-21",)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param(
            "refund,2026-03-20,8.00,USD,,,,,", ("E-ORDER-ID-MISSING", 2, "order_id"), id="no name"
        ),
        pytest.param("refund,,8.00,USD,1,,,,", ("E-DATE", 2, "paid_at"), id="no day"),
        pytest.param(
            "refund,2026-02-30,8.00,USD,1,,,,", ("E-DATE", 2, "paid_at"), id="no real day"
        ),
        pytest.param("refund,2026-03-20,,USD,1,,,,", ("E-MONEY", 2, "amount"), id="no amount"),
        pytest.param(
            "refund,2026-03-20,8.001,USD,1,,,,", ("E-MONEY-PRECISION", 2, "amount"), id="too fine"
        ),
        pytest.param(
            "refund,2026-03-20,€8,USD,1,,,,", ("E-CURRENCY-MIXED", 2, "amount"), id="sign"
        ),
        pytest.param(
            "refund,2026-03-20,8,XYZ,1,,,,", ("E-CURRENCY-UNKNOWN", 2, "currency"), id="currency"
        ),
        pytest.param("refund,2026-03-20,8,USD,1,,lost,,", ("E-VALUE", 2, "status"), id="status"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(row: str, problem: object) -> None:
    assert read(f"{OWN}{row}\n") == ([], [problem])


def test_without_any_currency_a_row_is_refused() -> None:
    text = "type,paid_at,amount,order_id\nrefund,2026-03-20,8.00,1\n"
    assert read(text, ReadOptions())[1] == [("E-CURRENCY-MISSING", 2, "currency")]


def test_without_a_column_for_orders_the_reference_is_what_is_missing() -> None:
    text = "type,paid_at,amount,reference\nrefund,2026-03-20,8.00,\n"
    assert read(text)[1] == [("E-ORDER-ID-MISSING", 2, "reference")]


SHOPIFY = (
    "Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Payout ID,"
    "Available On,Amount,Fee,Net,Checkout,Payment Method Name,Presentment Amount,"
    "Presentment Currency,Currency\n"
)


def shopify(kind: str, status: str, amount: str) -> str:
    return (
        f"2026-03-20 09:00:00 -0400,{kind},#1042,visa,online,{status},2026-03-22,71,2026-03-22,"
        f"{amount},0.00,{amount},#c1,card,90.00,EUR,USD\n"
    )


def test_shopify_payouts_are_in_the_shop_s_currency() -> None:
    text = SHOPIFY + shopify("charge", "paid", "118.73") + shopify("refund", "paid", "-100.00")
    assert refunds(text) == [("#1042", 10000, "USD", "2026-03-20T09:00:00-04:00")]


@pytest.mark.parametrize(
    ("kind", "status", "standing"),
    [
        ("refund", "paid", Standing.PAID),
        ("Refund", "in_transit", Standing.PAID),
        ("refund", "Pending", Standing.PENDING),
        ("refund", "scheduled", Standing.PENDING),
        ("refund", "failed", Standing.FAILED),
        ("refund", "canceled", Standing.FAILED),
        ("refund_failure", "paid", Standing.FAILED),
    ],
)
def test_a_shopify_payout_says_whether_it_was_paid(
    kind: str, status: str, standing: Standing
) -> None:
    (row,), _ = read(SHOPIFY + shopify(kind, status, "-1.00"))
    assert row.standing is standing


def test_a_shopify_refund_without_an_order_is_refused() -> None:
    text = SHOPIFY + shopify("refund", "paid", "-1.00").replace("#1042", "")
    assert read(text)[1] == [("E-ORDER-ID-MISSING", 2, "Order")]


SETTLEMENT = (
    "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\t"
    "currency\ttransaction-type\torder-id\tposted-date\tsku\tprice-type\tprice-amount\t"
    "item-related-fee-type\titem-related-fee-amount\tpromotion-type\tpromotion-amount\n"
)
TOTALS = "77\t2026-03-15 00:00:00 UTC\t2026-03-28 23:00:00 UTC\t\t10.00\tEUR" + "\t" * 10 + "\n"


def part(kind: str, posted: str, price: str, promotion: str = "") -> str:
    cells = ("77", "", "", "", "", "", kind, "028-1", posted, "MUG", "Principal", price)
    return "\t".join([*cells, "RefundCommission", "-1.20", "Shipping", promotion]) + "\n"


def test_an_amazon_settlement_says_its_currency_and_days_once() -> None:
    rows, problems = read(
        SETTLEMENT
        + TOTALS
        + part("Order", "2026-03-16T09:00:00+00:00", "20.00")
        + part("Refund", "2026-03-20T09:00:00+00:00", "-20.00", "2.00")
        + part("Refund", "2026-03-20T09:00:00+00:00", "", "-0.50")
        + part("other-transaction", "", "")
    )
    assert problems == []
    assert rows[0].days == ("2026-03-15T00:00:00+00:00", "2026-03-28T23:00:00+00:00")
    assert [one.paid_minor for one in rows if one.is_refund] == [1800, 50]
    assert {one.currency for one in rows if one.is_refund} == {"EUR"}
    parts = {one.parts_of for one in rows if one.is_refund}
    assert parts == {("028-1", "2026-03-20T09:00:00+00:00")}
    assert rows[4].days == ()


def test_a_part_with_a_bad_amount_is_handed_on_with_its_fault() -> None:
    rows, problems = read(SETTLEMENT + TOTALS + part("Refund", "2026-03-20", "much"))
    assert problems == []
    assert rows[1].fault is not None
    assert (rows[1].fault.code, rows[1].fault.column) == ("E-MONEY", "price-amount")


DATE_RANGE = (
    '"Includes Amazon Marketplace transactions"\n"All amounts in USD"\n"Definitions: ..."\n'
    '"date/time","settlement id","type","order id","sku","description","quantity","marketplace",'
    '"product sales","product sales tax","shipping credits","promotional rebates",'
    '"marketplace withheld tax","selling fees","total"\n'
)


def ranged(at: str, kind: str = "Refund") -> str:
    return (
        f'"{at}","77","{kind}","111-1","MUG","Mug","1","amazon.com","-1,200.00","-96.00","-5.00",'
        '"10.00","96.00","150.00","-1045.00"\n'
    )


@pytest.mark.parametrize(
    ("at", "stored"),
    [
        ("Sep 4, 2026 1:05:07 AM PDT", "2026-09-04T01:05:07-07:00"),
        ("Dec 4, 2026 1:05:07 PM PST", "2026-12-04T13:05:07-08:00"),
        ("4 Sep 2026 01:05:07 UTC", "2026-09-04T01:05:07+00:00"),
        ("4 Sep 2026 01:05:07 BST", "2026-09-04T01:05:07+01:00"),
        ("04.09.2026 01:05:07 CEST", "2026-09-04T01:05:07+02:00"),
        ("Sep 4, 2026 1:05:07 AM", "2026-09-04T01:05:07-04:00"),
    ],
)
def test_an_amazon_date_range_names_its_zone(at: str, stored: str) -> None:
    """1,200.00 + 96.00 tax + 5.00 shipping - 10.00 rebate; withheld tax is not the buyer's."""
    assert refunds(DATE_RANGE + ranged(at)) == [("111-1", 129100, "USD", stored)]


@pytest.mark.parametrize("at", ["", "Sep 4, 2026 1:05:07 AM XYZT", "yesterday"])
def test_a_moment_that_nobody_can_read_is_refused(at: str) -> None:
    assert read(DATE_RANGE + ranged(at))[1] == [("E-DATE", 5, "date/time")]


def test_other_rows_of_a_date_range_say_only_their_day() -> None:
    (row,), _ = read(DATE_RANGE + ranged("Sep 4, 2026 1:05:07 AM PDT", "Order"))
    assert (row.is_refund, row.days) == (False, ("2026-09-04T01:05:07-07:00",))


ETSY = "Date,Type,Title,Info,Currency,Amount,Fees & Taxes,Net,Tax Details\n"


def test_an_etsy_statement_names_the_order_in_its_title() -> None:
    text = (
        ETSY
        + '"September 20, 2026",Sale,Payment for Order #3001,,USD,$20.00,--,$20.00,--\n'
        + '"September 24, 2026",Refund,Refund to buyer for Order #3001,,USD,-$20.00,--,-$20.00,--\n'
        + '"September 25, 2026",Refund,Partial refund,Order #3002,EUR,"-1.265,00",--,--,--\n'
        + '"September 26, 2026",Refund,Refund to buyer for Order #3003,,USD,--,--,-$5.00,--\n'
    )
    assert refunds(text) == [
        ("3001", 2000, "USD", "2026-09-24"),
        ("3002", 126500, "EUR", "2026-09-25"),
        ("3003", 500, "USD", "2026-09-26"),
    ]


def test_an_etsy_refund_without_an_order_is_refused() -> None:
    text = f'{ETSY}"September 24, 2026",Refund,Refund to buyer,,USD,-$20.00,--,-$20.00,--\n'
    assert read(text)[1] == [("E-ORDER-ID-MISSING", 2, "Title")]


def test_an_orders_file_is_for_another_command() -> None:
    with pytest.raises(InvalidError) as caught:
        read("order_id,placed_at,currency,line_no,sku,quantity,unit_price\n")
    assert caught.value.problems[0].code == "E-FORMAT-COMMAND"


@pytest.mark.parametrize(
    ("source", "named", "tender", "may"),
    [
        pytest.param("shopify-payouts", "", "original_payment", True, id="a platform, a card"),
        pytest.param("shopify-payouts", "", "paypal", True, id="a platform, a further provider"),
        pytest.param("etsy-statement", "", "bank_transfer", False, id="a platform, a transfer"),
        pytest.param("amazon-settlement", "", "gift_card", False, id="a platform, a gift card"),
        pytest.param("map:bank", "", "bank_transfer", True, id="any file, a transfer"),
        pytest.param(
            "map:bank", "bank_transfer", "original_payment", False, id="the bank's, a card"
        ),
        pytest.param("map:bank", "", "store_credit", False, id="store credit never"),
        pytest.param(
            "generic", "store_credit", "store_credit", False, id="store credit not even by name"
        ),
    ],
)
def test_which_refunds_can_stand_in_a_statement(
    source: str, named: str, tender: str, may: bool
) -> None:
    assert can_pay(source, named, tender) is may
