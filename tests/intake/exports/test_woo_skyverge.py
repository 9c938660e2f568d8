"""WooCommerce by SkyVerge: packed items in one row, or a row for each item."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.vocabulary import TaxStyle
from tests.intake.files import read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

ORDER_COLUMNS = (
    "order_id,order_number_formatted,order_number,date,status,shipping_total,shipping_tax_total,"
    "fee_total,fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,"
    "payment_method,shipping_method,customer_user,billing_first_name,billing_last_name,"
    "billing_company,billing_address_1,billing_address_2,billing_postcode,billing_city,"
    "billing_state,billing_country,billing_email,billing_phone,shipping_first_name,"
    "shipping_last_name,shipping_company,shipping_address_1,shipping_address_2,shipping_postcode,"
    "shipping_city,shipping_state,shipping_country,customer_note"
).split(",")
PACKED_COLUMNS = [*ORDER_COLUMNS, "order_item_1", "order_item_2", "order_item_3", "order_notes"]
ROW_COLUMNS = [
    *ORDER_COLUMNS, "refunded_total", "item_id", "item_product_id", "item_name", "item_sku",
    "item_quantity", "item_subtotal", "item_subtotal_tax", "item_total", "item_total_tax",
    "item_refunded", "item_refunded_qty", "item_meta",
]  # fmt: skip
# 30.00 + 12.50 + shipping 5.00 + tax 3.40
ORDER = {
    "order_id": "4001",
    "order_number_formatted": "#SV-4001-A",
    "order_number": "4001",
    "date": "2026-03-14 09:21:00",
    "status": "processing",
    "shipping_total": "5.00",
    "tax_total": "3.40",
    "order_total": "50.90",
    "payment_method": "stripe",
    "billing_first_name": "Ann",
    "billing_last_name": "Buyer",
    "billing_email": "ann@example.com",
    "billing_postcode": "01103",
    "billing_country": "US",
}
PACKED = ORDER | {
    "order_item_1": "product_id:4959|1|30|size: Medium",
    "order_item_2": "sku:JUG-1|2|12.50",
}
TEE = ORDER | {
    "item_id": "1", "item_name": "Tee", "item_sku": "TEE-M", "item_quantity": "1",
    "item_subtotal": "30.00", "item_total": "30.00", "item_total_tax": "2.40",
}  # fmt: skip
JUG = ORDER | {
    "item_id": "2", "item_name": "Jug", "item_sku": "JUG-1", "item_quantity": "2",
    "item_subtotal": "12.50", "item_total": "12.50", "item_total_tax": "1.00",
}  # fmt: skip


def packed(**changes: str) -> bytes:
    return table(PACKED_COLUMNS, PACKED | changes)


def by_row(*rows: dict[str, str]) -> bytes:
    return table(ROW_COLUMNS, *rows)


def test_packed_items_are_lines_of_their_totals() -> None:
    found = read(packed())
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (1, 1, 2, 3)
    assert (one.order_id, one.total_minor, one.tax_style) == ("#SV-4001-A", 5090, TaxStyle.ON_TOP)
    assert [
        (line.sku, line.title, line.quantity, line.unit_price_minor, line.items_minor)
        for line in one.lines
    ] == [
        ("4959", "size: Medium", 1, 3000, 3000),
        ("JUG-1", "sku:JUG-1", 2, 625, 1250),
    ]
    assert (one.ship_to.postcode, one.customer_email) == ("01103", "ann@example.com")
    assert figures.problems == ()


def test_an_escaped_bar_parts_nothing() -> None:
    found = read(packed(order_item_2="A\\|B|2|12.50|colour: red|size: L"))
    line = found.order.lines[1]
    assert (line.sku, line.title) == ("A|B", "colour: red, size: L")


@pytest.mark.parametrize(
    ("changes", "items"),
    [
        pytest.param({"discount_total": "4.25", "order_total": "46.65"}, [2700, 1125],
                     id="totals are before the discount"),
        pytest.param({"discount_total": "4.25"}, [3000, 1250], id="totals are after it"),
    ],
)  # fmt: skip
def test_whether_packed_totals_hold_the_discount_the_sums_say(
    changes: dict[str, str], items: list[int]
) -> None:
    found = read(packed(**changes))
    assert [line.items_minor for line in found.order.lines] == items
    assert found.figures.problems == ()


def test_a_row_for_each_item_is_a_line_and_the_orders_values_count_once() -> None:
    found = read(by_row(TEE, JUG))
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 1, 2, 3)
    assert (one.total_minor, figures.totals) == (5090, {"USD": 5090})
    assert [(line.sku, line.title, line.tax_minor) for line in one.lines] == [
        ("TEE-M", "Tee", 240),
        ("JUG-1", "Jug", 100),
    ]
    assert [line.source_line for line in one.lines] == [2, 3]


def test_a_discount_by_item_and_refunds_by_item() -> None:
    sums = {"discount_total": "3.00", "order_total": "47.90", "refunded_total": "10.00"}
    tee = TEE | sums | {"item_total": "27.00", "item_refunded": "-8.00"}
    one = read(by_row(tee, JUG | sums)).order
    assert [line.discount_minor for line in one.lines] == [300, 0]
    assert [(part.line, part.amount_minor) for part in one.refunds] == [(1, 800), (None, 200)]
    assert (one.total_minor, one.refunded_minor) == (4790, 1000)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        pytest.param(packed(order_item_1="product_id:4959"), [("E-QTY", 2, "order_item_1")],
                     id="no units"),
        pytest.param(packed(order_item_1="4959|1"), [("E-MONEY", 2, "order_item_1")],
                     id="no total"),
        pytest.param(packed(order_item_1="4959|1|x"), [("E-MONEY", 2, "order_item_1")],
                     id="no amount"),
        pytest.param(packed(order_item_1="", order_item_2=""),
                     [("E-ORDER-NO-LINES", 2, "order_id")], id="no items"),
        pytest.param(packed(date=""), [("E-DATE", 2, "date")], id="no date"),
        pytest.param(by_row(TEE, JUG | {"item_quantity": ""}),
                     [("E-ORDER-PART", 2, "order_id"), ("E-QTY", 3, "item_quantity")],
                     id="a row without units"),
        pytest.param(by_row(TEE, JUG | {"item_total": "", "item_subtotal": ""}),
                     [("E-ORDER-PART", 2, "order_id"), ("E-MONEY", 3, "item_total")],
                     id="a row without a price"),
        pytest.param(by_row(TEE, JUG | {"order_total": "9"}),
                     [("E-ORDER-PART", 2, "order_id"), ("E-ORDER-CONFLICT", 3, "order_total")],
                     id="two totals"),
        pytest.param(by_row(TEE | {"refunded_total": "60"}),
                     [("E-REFUND-OVER", 2, "refunded_total")], id="more back than paid"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(content: bytes, codes: list[tuple[str, int, str]]) -> None:
    found = read(content)
    assert (found.codes, found.orders) == (codes, [])


def test_a_cancelled_order_may_have_items_of_no_unit() -> None:
    one = read(packed(status="cancelled", order_item_1="4959|0|0")).order
    assert (one.total_minor, one.lines[0].quantity, one.lines[0].cancelled) == (5090, 0, True)


@pytest.mark.parametrize("missing", ["date", "item_quantity"])
def test_a_missing_column_is_named(missing: str) -> None:
    columns = [name for name in ROW_COLUMNS if name != missing]
    error = refusal(table(columns, {}))
    assert error.code == "E-CSV-HEADER"
    assert missing in error.message


@pytest.mark.parametrize(
    "content", [packed(), by_row(TEE, JUG)], ids=["packed", "a row for each item"]
)
def test_a_second_import_changes_nothing(tmp_path: Path, content: bytes) -> None:
    assert_second_changes_nothing(tmp_path, content, 1)
