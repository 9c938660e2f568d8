"""WooCommerce by AlgolPlus: 48 columns of which most may be missing, refunds per line and order."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import TaxStyle
from tests.intake.files import named, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),"
    "Company (Billing),Address 1&2 (Billing),City (Billing),State Code (Billing),"
    "Postcode (Billing),Country Code (Billing),Email (Billing),Phone (Billing),"
    "First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),"
    "State Code (Shipping),Postcode (Shipping),Country Code (Shipping),Item #,SKU,Name,"
    "Product Variation,Quantity,Quantity (- Refund),Item Cost,Order Line (w/o tax),Order Line Tax,"
    "Order Line Total,Order Line Total Refunded,Order Line Total (- Refund),Image URL,Coupon Code,"
    "Discount Amount,Discount Amount Tax,Payment Method Title,Coupons Used,Cart Discount Amount,"
    "Order Subtotal Amount,Order Tax Amount,Order Shipping Amount,Order Refund Amount,"
    "Order Total Amount,Order Total Tax Amount,Total items,Total products"
).split(",")
# 2 x 10.00 less 2.00, tax 1.44; 1 x 5.00 without tax; shipping 4.00: 28.44
ORDER = {
    "Order Number": "2001",
    "Order Status": "Completed",
    "Order Date": "2026-03-14 09:21",
    "First Name (Billing)": "Ann",
    "Last Name (Billing)": "Buyer",
    "Address 1&2 (Billing)": "1 Main St",
    "City (Billing)": "Springfield",
    "State Code (Billing)": "MA",
    "Postcode (Billing)": "01103",
    "Country Code (Billing)": "US",
    "Email (Billing)": "ann@example.com",
    "Payment Method Title": "Card",
    "Coupons Used": "SAVE2",
    "Cart Discount Amount": "2.00",
    "Order Subtotal Amount": "25.00",
    "Order Tax Amount": "1.44",
    "Order Shipping Amount": "4.00",
    "Order Refund Amount": "0.00",
    "Order Total Amount": "28.44",
    "Order Total Tax Amount": "1.44",
}
MUG = ORDER | {
    "Item #": "1",
    "SKU": "MUG-1",
    "Name": "Mug",
    "Quantity": "2",
    "Quantity (- Refund)": "2",
    "Item Cost": "10.00",
    "Order Line (w/o tax)": "18.00",
    "Order Line Tax": "1.44",
    "Order Line Total": "19.44",
    "Order Line Total Refunded": "0.00",
    "Order Line Total (- Refund)": "19.44",
    "Discount Amount": "2.00",
}
BOOK = ORDER | {
    "Item #": "2",
    "SKU": "",
    "Name": "Book",
    "Quantity": "1",
    "Quantity (- Refund)": "1",
    "Item Cost": "5.00",
    "Order Line (w/o tax)": "5.00",
    "Order Line Tax": "0.00",
    "Order Line Total": "5.00",
    "Order Line Total Refunded": "0.00",
    "Order Line Total (- Refund)": "5.00",
    "Discount Amount": "0.00",
}


def export(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def order(**changes: str) -> bytes:
    """The order of two lines, its own values changed on both rows."""
    return export(MUG | named(changes), BOOK | named(changes))


def test_an_order_of_two_lines_keeps_the_tax_of_each() -> None:
    found = read(order())
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 1, 2, 3)
    assert (one.order_id, one.placed_at) == ("2001", "2026-03-14T09:21:00+00:00")
    assert (one.total_minor, one.tax_style, one.tax_minor) == (2844, TaxStyle.ON_TOP, 144)
    mug, book = one.lines
    assert (mug.sku, mug.unit_price_minor, mug.discount_minor) == ("MUG-1", 1000, 200)
    assert [line.items_minor for line in one.lines] == [1800, 500]
    assert [line.tax_minor for line in one.lines] == [144, 0]
    # 4.00 by 18 : 5
    assert [line.shipping_minor for line in one.lines] == [313, 87]
    assert (book.sku, book.title) == ("", "Book")
    assert one.discount_codes == ("SAVE2",)
    assert (one.customer_name, one.customer_email) == ("Ann Buyer", "ann@example.com")
    assert one.ship_to == Address(
        "Ann Buyer", "", "1 Main St", "", "Springfield", "MA", "01103", "US", ""
    )
    assert (figures.totals, figures.refunded, figures.problems) == ({"USD": 2844}, {}, ())


def test_the_shipping_address_goes_before_the_billing_one() -> None:
    changes = {
        "First Name (Shipping)": "Bo", "Last Name (Shipping)": "Owner",
        "Address 1&2 (Shipping)": "2 Elm Row", "City (Shipping)": "Austin",
        "Postcode (Shipping)": "8704", "Country Code (Shipping)": "US",
    }  # fmt: skip
    found = read(export(MUG | changes, BOOK | changes))
    assert (found.order.ship_to.name, found.order.customer_name) == ("Bo Owner", "Ann Buyer")
    assert found.codes == [("W-ZIP-LOST-ZERO", 2, "Postcode (Shipping)")]


@pytest.mark.parametrize(
    ("mug", "order_refund", "refunds"),
    [
        pytest.param({"Order Line Total Refunded": "9.72"}, "9.72", [(972, 1)], id="of the line"),
        pytest.param({"Order Line Total Refunded": "9.72"}, "13.72", [(972, 1), (400, None)],
                     id="the order's holds shipping"),
        pytest.param({"Order Line Total Refunded": "-9.72"}, "-9.72", [(972, 1)], id="negative"),
        pytest.param({"Order Line Total Refunded": "9.72"}, "9.00", [(900, None)],
                     id="the line's is more than the order's"),
        pytest.param({"Order Line Total Refunded": "", "Quantity (- Refund)": "1"}, "",
                     [(972, 1)], id="only the units: half of 19.44"),
        pytest.param({"Order Line Total Refunded": "", "Quantity (- Refund)": "0"}, "25.00",
                     [(1944, 1), (556, None)], id="units, and an order's refund"),
        pytest.param({}, "5.00", [(500, None)], id="of no line"),
    ],
)  # fmt: skip
def test_refunds_of_lines_and_of_the_order_are_told_apart(
    mug: dict[str, str], order_refund: str, refunds: list[tuple[int, int | None]]
) -> None:
    both = {"Order Refund Amount": order_refund}
    found = read(export(MUG | mug | both, BOOK | both))
    one = found.order
    assert one.refunded_minor == sum(amount for amount, _ in refunds)
    expected = refunds if any(line for _, line in refunds) else []
    assert [(part.amount_minor, part.line) for part in one.refunds] == expected
    assert found.figures.problems == ()


def test_without_the_orders_refund_the_lines_are_summed() -> None:
    columns = [name for name in COLUMNS if name != "Order Refund Amount"]
    rows = [
        {name: text for name, text in row.items() if name in columns}
        for row in (MUG | {"Order Line Total Refunded": "9.72"}, BOOK)
    ]
    assert read(table(columns, *rows)).order.refunded_minor == 972


@pytest.mark.parametrize(
    ("cost", "without_tax", "gross", "discount"),
    [
        pytest.param("10.00", "18.00", 2000, 200, id="the cost is before the discount"),
        pytest.param("9.00", "18.00", 2000, 200, id="the cost is behind it"),
        pytest.param("9.99", "17.99", 1999, 200, id="the cost is rounded"),
        pytest.param("10.00", "", 2000, 200, id="only the cost"),
    ],
)
def test_a_lines_value_follows_its_total_without_tax(
    cost: str, without_tax: str, gross: int, discount: int
) -> None:
    found = read(export(MUG | {"Item Cost": cost, "Order Line (w/o tax)": without_tax}, BOOK))
    line = found.order.lines[0]
    assert (line.items_minor + line.discount_minor, line.discount_minor) == (gross, discount)


@pytest.mark.parametrize(
    ("total", "tax", "expected", "codes"),
    [
        pytest.param("28.44", "1.44", (2844, 144), [], id="fits"),
        pytest.param("28.94", "1.94", (2894, 194), [], id="tax of shipping is shared too"),
        pytest.param("27.00", "1.44", (2700, 144), [], id="tax is inside"),
        pytest.param(
            "30.00", "1.44", (3000, 144), [("W-TOTAL-MISMATCH", 2, "Order Total Amount")],
            id="does not fit",
        ),
        pytest.param(
            "", "1.44", (2844, 144), [("W-TOTAL-COMPUTED", 2, "Order Total Amount")], id="none"
        ),
        pytest.param(
            "", "1.94", (2894, 194), [("W-TOTAL-COMPUTED", 2, "Order Total Amount")],
            id="none, with tax of shipping",
        ),
    ],
)  # fmt: skip
def test_totals_are_taken_as_stated(
    total: str, tax: str, expected: tuple[int, int], codes: list[tuple[str, int, str]]
) -> None:
    found = read(order(Order_Total_Amount=total, Order_Total_Tax_Amount=tax))
    assert ((found.order.total_minor, found.order.tax_minor), found.codes) == (expected, codes)


def test_the_merchant_may_leave_nearly_all_columns_out() -> None:
    columns = ["Order Number", "Order Date", "Quantity", "Item Cost", "Order Line Total"]
    row = {name: MUG[name] for name in columns}
    found = read(table(columns, row, row))
    # no line tells its tax or discount: 4 x 10.00
    assert (found.order.total_minor, found.figures.units) == (4000, 4)
    assert found.codes == [("W-TOTAL-COMPUTED", 2, None)]
    without_date = [name for name in columns if name != "Order Date"]
    assert refusal(table(without_date)).code == "E-CSV-HEADER"


@pytest.mark.parametrize(
    ("status", "captured", "is_cancelled"),
    [
        pytest.param("wc-processing", 2844, False, id="processing"),
        pytest.param("Pending", 0, False, id="not paid"),
        pytest.param("cancelled", 2844, True, id="cancelled"),
    ],
)
def test_statuses(status: str, captured: int, is_cancelled: bool) -> None:
    one = read(order(Order_Status=status)).order
    assert (one.captured_minor, one.cancelled_at is not None) == (captured, is_cancelled)
    assert one.total_minor == 2844


def test_a_cancelled_line_of_no_unit_has_no_discount() -> None:
    gone = {"Order Status": "cancelled", "Quantity": "0", "Quantity (- Refund)": "0"}
    assert read(export(MUG | gone)).order.lines[0].discount_minor == 0


def test_a_cancelled_order_without_a_total_came_to_nothing() -> None:
    found = read(order(Order_Status="cancelled", Order_Total_Amount=""))
    assert (found.order.total_minor, found.figures.units) == (0, 3)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([MUG | {"Quantity": "0"}], [("E-QTY", 2, "Quantity")], id="no unit"),
        pytest.param([MUG | {"Quantity (- Refund)": "3"}], [("E-QTY", 2, "Quantity (- Refund)")],
                     id="more left than ordered"),
        pytest.param([MUG | {"Item Cost": ""}], [("E-MONEY", 2, "Item Cost")], id="no cost"),
        pytest.param([MUG | {"Order Line (w/o tax)": "", "Discount Amount": "21"}],
                     [("E-MONEY", 2, "Discount Amount")], id="discount above the line"),
        pytest.param([MUG | {"Order Date": ""}], [("E-DATE", 2, "Order Date")], id="no date"),
        pytest.param([MUG | {"Order Date": "14.03.2026"}], [("E-DATE", 2, "Order Date")],
                     id="another style"),
        pytest.param([MUG, BOOK | {"Order Total Amount": "9"}],
                     [("E-ORDER-PART", 2, "Order Number"),
                      ("E-ORDER-CONFLICT", 3, "Order Total Amount")], id="two totals"),
        pytest.param([MUG, BOOK | {"Item Cost": "x"}],
                     [("E-ORDER-PART", 2, "Order Number"), ("E-MONEY", 3, "Item Cost")],
                     id="a bad line"),
        pytest.param([MUG | {"Order Refund Amount": "99"}],
                     [("E-REFUND-OVER", 2, "Order Refund Amount")], id="more back than paid"),
        pytest.param([MUG | {"Order Number": ""}], [("E-ORDER-ID-MISSING", 2, "Order Number")],
                     id="no number"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(*rows))
    assert (found.codes, found.orders) == (codes, [])
    assert (found.figures.rows, found.figures.rejected) == (len(rows), len(rows))


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    back = {"Order Refund Amount": "13.72"}
    content = export(MUG | back | {"Order Line Total Refunded": "9.72"}, BOOK | back)
    assert_second_changes_nothing(tmp_path, content, 1)
