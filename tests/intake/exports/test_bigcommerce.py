"""BigCommerce's orders: products packed in one cell, or no products at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.model import SourceRefund
from returns_cli.domain.vocabulary import TaxStyle
from tests.intake.files import LINE, generic, read, table
from tests.intake.twice import assert_second_changes_nothing

PLAIN = (
    "Order ID,Order Date,Order Status,Order Total,Cart Base Amount,Tax Total,Shipping Total,"
    "Refund Amount,Order Currency Code,Payment Method,Customer ID,Customer Name,Customer Email,"
    "Coupon Code,Date Shipped,Total Quantity,Shipping Name,Shipping Company,Shipping Street 1,"
    "Shipping Street 2,Shipping Suburb,Shipping State,Shipping Zip,Shipping Country,Shipping Phone"
).split(",")
PACKED = [*PLAIN, "Product Details"]
# 30.00 + 2.40 tax + 5.00 shipping.
ROW = {
    "Order ID": "118",
    "Order Date": "Mon, 23 Sep 2024 14:21:24 +0000",
    "Order Status": "Completed",
    "Order Total": "37.40",
    "Cart Base Amount": "30.00",
    "Tax Total": "2.40",
    "Shipping Total": "5.00",
    "Refund Amount": "0.00",
    "Order Currency Code": "USD",
    "Payment Method": "Visa",
    "Customer ID": "7",
    "Customer Name": "Ann Buyer",
    "Customer Email": "ann@example.com",
    "Coupon Code": "AUTUMN",
    "Date Shipped": "2024-09-25",
    "Total Quantity": "3",
    "Shipping Name": "Ann Buyer",
    "Shipping Street 1": "1 Main St",
    "Shipping Suburb": "Springfield",
    "Shipping State": "Massachusetts",
    "Shipping Zip": "01103",
    "Shipping Country": "United States",
    "Product Details": "Product ID: 9, Product Qty: 2, Product SKU: MUG-1|Product ID: 10, …",
}
SUMMARY = [("W-LINES-SUMMARY", 1, "Product Details")]


def packed(*rows: dict[str, str]) -> bytes:
    """The default template: products in one cell."""
    return table(PACKED, *rows)


def plain(*rows: dict[str, str]) -> bytes:
    """A template without products."""
    return table(PLAIN, *({name: row[name] for name in row if name in PLAIN} for row in rows))


def test_packed_products_are_one_line_that_sums_them_up() -> None:
    found = read(packed(ROW, ROW | {"Order ID": "119"}))
    order = found.orders[0]
    (line,) = order.lines
    assert (order.placed_at, order.total_minor) == ("2024-09-23T14:21:24+00:00", 3740)
    assert (order.tax_style, order.shipped_at) == (TaxStyle.ON_TOP, "2024-09-25")
    assert (line.sku, line.title, line.quantity) == ("", ROW["Product Details"], 3)
    assert (line.items_minor, line.tax_minor, line.shipping_minor) == (3000, 240, 500)
    assert (order.customer_id, order.customer_email) == ("7", "ann@example.com")
    assert (order.country, order.ship_to.postcode, order.discount_codes) == (
        "US", "01103", ("AUTUMN",),
    )  # fmt: skip
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 2, 2, 6)
    assert (figures.totals, found.codes) == ({"USD": 7480}, SUMMARY), "said once for the file"


MONEY = [
    pytest.param({"Refund Amount": "7.40"}, 3740, 740, 3, [], id="a refund"),
    pytest.param({"Tax Total": "2.22", "Order Total": "35.00"}, 3500, 0, 3, [], id="tax included"),
    pytest.param({"Cart Base Amount": ""}, 3740, 0, 3, [], id="the goods are what is left"),
    pytest.param({"Order Total": ""}, 3740, 0, 3, [("W-TOTAL-COMPUTED", 2, "Order Total")],
        id="no total"),
    pytest.param({"Order Total": "36.00"}, 3600, 0, 3, [("W-TOTAL-MISMATCH", 2, "Order Total")],
        id="a total that does not add up"),
    pytest.param({"Total Quantity": ""}, 3740, 0, 1, [], id="no quantity: one"),
    pytest.param({"Order Status": "Lost in space"}, 3740, 0, 3,
        [("W-STATUS-UNKNOWN", 2, "Order Status")], id="a status that nobody knows"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "total", "refunded", "units", "codes"), MONEY)
def test_the_money_of_an_order(
    change: dict[str, str],
    total: int,
    refunded: int,
    units: int,
    codes: list[tuple[str, int, str]],
) -> None:
    found = read(packed(ROW | change))
    figures = found.figures
    assert (figures.totals, figures.units) == ({"USD": total}, units)
    assert figures.refunded == ({"USD": refunded} if refunded else {})
    assert found.codes == [*SUMMARY, *codes]


@pytest.mark.parametrize(
    ("status", "shipped", "cancelled"),
    [
        pytest.param("Shipped", 3, False, id="shipped"),
        pytest.param("Awaiting  Shipment", 0, False, id="not shipped yet"),
        pytest.param("CANCELLED", 0, True, id="cancelled"),
        pytest.param("Declined", 0, True, id="declined"),
        pytest.param("", 3, False, id="none"),
    ],
)
def test_the_status_says_what_was_shipped(status: str, shipped: int, cancelled: bool) -> None:
    order = read(packed(ROW | {"Order Status": status})).order
    assert (order.lines[0].shipped_quantity, order.cancelled_at is not None) == (shipped, cancelled)


def test_without_products_the_row_adds_to_a_known_order() -> None:
    known = generic(LINE | {"order_id": "118", "unit_price": "37.40"})
    found = read(plain(ROW | {"Refund Amount": "7.40"}), known)
    assert (found.order.refunded_minor, found.order.refunds) == (740, (SourceRefund(740),))
    assert (found.figures.rows, found.figures.orders, found.codes) == (2, 1, [])


def test_without_products_an_unknown_order_has_no_lines() -> None:
    found = read(plain(ROW))
    (facts,) = found.reading.leftovers()
    found.reading.refuse_facts(facts)
    assert found.reading.problems[0].code == "E-ORDER-NO-LINES"


FAULTS = [
    pytest.param({"Order Date": "23/09/2024"}, ("E-DATE", "Order Date"), id="another date"),
    pytest.param({"Order Date": ""}, ("E-DATE", "Order Date"), id="no date"),
    pytest.param({"Order Total": "-1"}, ("E-MONEY", "Order Total"), id="negative"),
    pytest.param({"Refund Amount": "40.00"}, ("E-REFUND-OVER", "Refund Amount"), id="above it"),
    pytest.param({"Total Quantity": "x"}, ("E-QTY", "Total Quantity"), id="no quantity"),
    pytest.param({"Order Currency Code": "???"}, ("E-CURRENCY-UNKNOWN", "Order Currency Code"),
        id="no currency"),
    pytest.param({"Order ID": ""}, ("E-ORDER-ID-MISSING", "Order ID"), id="no number"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_at_fault_is_refused(change: dict[str, str], expected: tuple[str, str]) -> None:
    found = read(packed(ROW | change))
    assert found.codes == [(expected[0], 2, expected[1])]
    assert (found.figures.orders, found.figures.rejected) == (0, 1)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    assert_second_changes_nothing(tmp_path, packed(ROW | {"Refund Amount": "7.40"}), 1)
