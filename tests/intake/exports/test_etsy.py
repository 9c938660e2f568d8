"""Etsy's items and orders exports: joined, alone, with commas, with and without signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.model import Order
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import USD, Read, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

ITEMS = (
    "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,"
    "Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,"
    "Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,"
    "Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,"
    "InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU"
).split(",")
ORDERS = (
    "Sale Date,Order ID,Buyer User ID,Buyer,Full Name,First Name,Last Name,Number of Items,"
    "Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,"
    "Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Shipping,"
    "Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,"
    "Adjusted Card Processing Fees,Adjusted Net Order Amount,Order Type,Payment Type,"
    "InPerson Discount,InPerson Location,VAT Paid by Buyer,Buyer Email,SKU,Date Paid"
).split(",")
# 2 x 12.00 + 20.00 = 44.00, less 4.00, 5.50 shipping, 3.20 tax: 48.70.
MUG = {
    "Sale Date": "09/24/26",
    "Item Name": "Mug",
    "Buyer": "ann_b",
    "Quantity": "2",
    "Price": "12.00",
    "Coupon Code": "AUTUMN",
    "Discount Amount": "4.00",
    "Order Shipping": "5.50",
    "Order Sales Tax": "3.20",
    "Item Total": "24.00",
    "Currency": "USD",
    "Transaction ID": "4100001",
    "Date Shipped": "09/25/26",
    "Ship Name": "Ann Buyer",
    "Ship Address1": "1 Main St",
    "Ship City": "Springfield",
    "Ship State": "MA",
    "Ship Zipcode": "'01103",
    "Ship Country": "United States",
    "Order ID": "3001",
    "Variations": "Colour: blue",
    "Payment Type": "online_cc",
    "SKU": "MUG-1",
}
JUG = MUG | {
    "Item Name": "Jug", "Quantity": "1", "Price": "20.00", "Item Total": "20.00", "SKU": "",
    "Transaction ID": "4100002", "Variations": "",
}  # fmt: skip
SUMS = {
    "Sale Date": "09/24/26",
    "Order ID": "#3001",
    "Full Name": "Ann Buyer",
    "Number of Items": "3",
    "Currency": "USD",
    "Order Value": "$44.00",
    "Discount Amount": "$4.00",
    "Shipping Discount": "$0.00",
    "Shipping": "$5.50",
    "Sales Tax": "$3.20",
    "Order Total": "$48.70",
    "Status": "Shipped",
    "SKU": "MUG-1,",
}
EMPTY = {"Discount Amount": "", "Order Shipping": "", "Order Sales Tax": ""}


def items(*rows: dict[str, str]) -> bytes:
    """An items export."""
    return table(ITEMS, *rows)


def orders(*rows: dict[str, str]) -> bytes:
    """An orders export."""
    return table(ORDERS, *rows)


def frozen(order: Order) -> list[tuple[int, int, int, int]]:
    """Per line: share of the discount, goods, tax, shipping."""
    return [
        (one.order_discount_minor, one.items_minor, one.tax_minor, one.shipping_minor)
        for one in order.lines
    ]


# 4.00 by 24 : 20 is 2.18 and 1.82; 3.20 and 5.50 by 21.82 : 18.18 and by 24 : 20.
SHARES = [(218, 2182, 175, 300), (182, 1818, 145, 250)]


@pytest.mark.parametrize("turned", [False, True], ids=["items first", "orders first"])
def test_the_two_files_make_one_order(turned: bool) -> None:
    contents = [items(MUG, JUG | EMPTY), orders(SUMS)]
    found = read(*(reversed(contents) if turned else contents))
    order = found.order
    assert (order.order_id, order.placed_at, order.currency) == ("3001", "2026-09-24", "USD")
    assert (order.total_minor, order.captured_minor) == (4870, 4870)
    assert order.tax_style is TaxStyle.ON_TOP
    assert frozen(order) == SHARES
    assert [(one.sku, one.title, one.quantity) for one in order.lines] == [
        ("MUG-1", "Mug (Colour: blue)", 2),
        ("", "Jug", 1),
    ]
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (3, 1, 2, 3)
    assert (figures.totals, figures.refunded, figures.rejected) == ({"USD": 4870}, {}, 0)
    assert (figures.format, found.codes) == ("etsy", [])


def test_an_order_knows_its_buyer_and_address() -> None:
    order = read(items(MUG)).order
    assert (order.customer_name, order.payment_method) == ("Ann Buyer", "online_cc")
    assert (order.discount_codes, order.shipped_at) == (("AUTUMN",), "2026-09-25")
    assert order.ship_to[:3] == ("Ann Buyer", "", "1 Main St")
    assert (order.ship_to.postcode, order.country, order.region) == ("01103", "US", "MA")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({}, id="the sums on every row"),
        pytest.param(EMPTY, id="the sums on the first row only"),
        pytest.param(dict.fromkeys(EMPTY, "0.00"), id="zeros on later rows"),
    ],
)
def test_items_alone_are_totalled_from_the_first_row(later: dict[str, str]) -> None:
    found = read(items(MUG, JUG | later))
    assert (found.order.total_minor, frozen(found.order)) == (4870, SHARES)
    assert found.codes == [("W-TOTAL-COMPUTED", 2, None)]
    assert found.figures.totals == {"USD": 4870}


def test_orders_alone_have_no_lines() -> None:
    found = read(orders(SUMS))
    (facts,) = found.reading.leftovers()
    assert not facts[0].names_refunds_alone
    found.reading.refuse_facts(facts)
    assert found.reading.problems[0].code == "E-ORDER-NO-LINES"
    assert (found.orders, found.reading.rejected) == ([], 1)


SUM_CASES = [
    pytest.param({"Shipping Discount": "$1.50", "Order Total": "$47.20"}, 4720, [],
        id="the shipping stands before its own discount"),
    pytest.param({"Shipping Discount": "$1.50"}, 4870, [],
        id="the shipping stands after its own discount"),
    pytest.param({"Order Total": "$50.00"}, 5000, [("W-TOTAL-MISMATCH", 2, "Order Total")],
        id="a total that does not add up counts as stated"),
    pytest.param({"Order Total": ""}, 4870, [], id="no total: the other sums make it"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "total", "codes"), SUM_CASES)
def test_the_orders_file_has_the_sums(
    change: dict[str, str], total: int, codes: list[tuple[str, int, str]]
) -> None:
    found = read(orders(SUMS | change), items(MUG, JUG))
    assert found.order.total_minor == total
    assert [one for one in found.codes if one[0] != "W-TOTAL-COMPUTED"] == codes


@pytest.mark.parametrize(
    ("price", "total", "gross"),
    [
        pytest.param("12,00", "24,00", 2400, id="decimal comma"),
        pytest.param("1.265,00", "2.530,00", 253_000, id="grouped by dots"),
        pytest.param("1,265.00", "2,530.00", 253_000, id="grouped by commas"),
        pytest.param("$12.00", "$24.00", 2400, id="with its sign"),
    ],
)
def test_amounts_are_read_in_every_country_s_way(price: str, total: str, gross: int) -> None:
    plain = MUG | EMPTY | {"Price": price, "Item Total": total}
    assert read(items(plain)).order.total_minor == gross


def test_the_decimal_mark_can_be_named() -> None:
    content = items(MUG | EMPTY | {"Price": "1.265", "Item Total": "2.530"})
    assert read(content).codes[0] == ("E-MONEY-AMBIGUOUS", 2, "Price")
    options = ReadOptions(currency="USD", decimal="comma")
    assert read(content, options=options).order.total_minor == 253_000


FAULTS = [
    pytest.param({"Order ID": ""}, ("E-ORDER-ID-MISSING", "Order ID"), id="no order number"),
    pytest.param({"Quantity": "0"}, ("E-QTY", "Quantity"), id="no units"),
    pytest.param({"Price": ""}, ("E-MONEY", "Price"), id="no price"),
    pytest.param({"Price": "€12.00"}, ("E-CURRENCY-MIXED", "Price"), id="another sign"),
    pytest.param({"Sale Date": "24/09/26"}, ("E-DATE", "Sale Date"), id="day and month swapped"),
    pytest.param({"Sale Date": ""}, ("E-DATE", "Sale Date"), id="no day"),
    pytest.param({"Date Shipped": "soon"}, ("E-DATE", "Date Shipped"), id="a word for a day"),
    pytest.param({"Currency": "EURO"}, ("E-CURRENCY-UNKNOWN", "Currency"), id="no currency"),
    pytest.param({"Order Sales Tax": "x"}, ("E-MONEY", "Order Sales Tax"), id="no tax"),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_at_fault_refuses_its_order(
    change: dict[str, str], expected: tuple[str, str]
) -> None:
    found = read(items(MUG | change, MUG | {"Order ID": "3002"}))
    assert found.codes[0] == (expected[0], 2, expected[1])
    assert [one.order_id for one in found.orders] == ["3002"]
    assert (found.figures.rows, found.figures.rejected) == (2, 1)


@pytest.mark.parametrize("turned", [False, True], ids=["items first", "orders first"])
@pytest.mark.parametrize(
    ("item", "sums", "code"),
    [
        pytest.param({"Quantity": "0"}, {}, "E-QTY", id="a row of the items"),
        pytest.param({}, {"Order Total": "x"}, "E-MONEY", id="a row of the orders"),
        pytest.param({}, {"Currency": "EUR"}, "E-CURRENCY-MIXED", id="two currencies"),
    ],
)
def test_a_row_at_fault_refuses_its_order_in_both_files(
    item: dict[str, str], sums: dict[str, str], code: str, turned: bool
) -> None:
    given = [items(MUG | item, MUG | {"Order ID": "3002"}), orders(SUMS | sums)]
    found = read(*(reversed(given) if turned else given))
    assert [one.order_id for one in found.orders] == ["3002"]
    refused = sorted(one for one, _, _ in found.codes if one.startswith("E-"))
    assert refused == sorted([code, "E-ORDER-PART"])
    assert (found.figures.rows, found.figures.rejected) == (3, 2)


def test_an_item_total_that_differs_from_its_units_is_flagged() -> None:
    found = read(items(MUG | {"Item Total": "23.00"}))
    assert ("W-TOTAL-MISMATCH", 2, "Item Total") in found.codes
    assert found.order.lines[0].unit_price_minor == 1200


@pytest.mark.parametrize(("status", "cancelled"), [("Canceled", "2026-09-24"), ("Shipped", None)])
def test_a_cancelled_order_is_kept(status: str, cancelled: str | None) -> None:
    found = read(items(MUG, JUG), orders(SUMS | {"Status": status}))
    assert found.order.cancelled_at == cancelled
    assert found.figures.orders == 1


def test_an_orders_row_without_its_day_is_refused() -> None:
    found = read(orders(SUMS | {"Sale Date": ""}))
    assert found.codes == [("E-DATE", 2, "Sale Date")]


@pytest.mark.parametrize("missing", ["Price", "Quantity"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    error = refusal(table([one for one in ITEMS if one != missing]))
    assert (error.code, error.where) == ("E-CSV-HEADER", f"-:1 column {missing.lower()}")


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    assert_second_changes_nothing(tmp_path, items(MUG, JUG | EMPTY), 1)


def test_columns_may_come_in_any_case_and_order() -> None:
    turned = table([one.upper() for one in reversed(ITEMS)], {
        name.upper(): text for name, text in MUG.items()
    })  # fmt: skip
    found: Read = read(turned, options=USD)
    assert found.order.total_minor == 2400 - 400 + 550 + 320
