"""WooCommerce by WebToffee: wide items, packed cells beside them, refunds in one cell."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.model import SourceRefund
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import named, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

ITEM_PARTS = ("Name", "id", "SKU", "Quantity", "Total", "Subtotal")
ORDER_COLUMNS = (
    "order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,"
    "fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,"
    "order_subtotal,order_currency,payment_method,payment_method_title,transaction_id,"
    "customer_ip_address,customer_user_agent,shipping_method,customer_id,customer_user,"
    "customer_email,billing_first_name,billing_last_name,billing_company,billing_email,"
    "billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,"
    "billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_company,"
    "shipping_phone,shipping_address_1,shipping_address_2,shipping_postcode,shipping_city,"
    "shipping_state,shipping_country,customer_note,wt_import_key,shipping_items,fee_items,"
    "tax_items,coupon_items,refund_items,order_notes,download_permissions,meta:wpml_language"
).split(",")
PACKED = ["line_item_1", "line_item_2", "line_item_3"]
COLUMNS = [
    *ORDER_COLUMNS,
    *PACKED,
    *(f"Product Item {number} {part}" for number in (1, 2, 3) for part in ITEM_PARTS),
]
# 2 mugs 20.00 less 2.00, 1 jug 5.00; shipping 4.00, tax 1.84 on top: 28.84
ORDER = {
    "order_id": "3001",
    "order_number": "WT-3001",
    "order_date": "9/6/2026 6:29:00",
    "status": "wc-completed",
    "shipping_total": "4.00",
    "fee_total": "0.00",
    "tax_total": "1.84",
    "cart_discount": "2.00",
    "order_discount": "0.00",
    "discount_total": "2.00",
    "order_total": "28.84",
    "order_subtotal": "25.00",
    "order_currency": "EUR",
    "payment_method_title": "Card",
    "customer_id": "7",
    "customer_email": "ann@example.com",
    "billing_first_name": "Ann",
    "billing_last_name": "Buyer",
    "shipping_first_name": "Bo",
    "shipping_last_name": "Owner",
    "shipping_address_1": "Mühlgasse 1",
    "shipping_postcode": "04103",
    "shipping_city": "Leipzig",
    "shipping_country": "DE",
    "coupon_items": "code:save2|amount:2.00",
    "line_item_1": "name:Mug|product_id:9|sku:MUG-1|quantity:2|total:18.00|sub_total:20.00",
    "Product Item 1 Name": "Mug",
    "Product Item 1 id": "9",
    "Product Item 1 SKU": "MUG-1",
    "Product Item 1 Quantity": "2",
    "Product Item 1 Total": "18.00",
    "Product Item 1 Subtotal": "20.00",
    "Product Item 2 Name": "Jug | large",
    "Product Item 2 SKU": "",
    "Product Item 2 Quantity": "1",
    "Product Item 2 Total": "5.00",
    "Product Item 2 Subtotal": "5.00",
}
SHIPPED = "amount:16.20|reason:torn; wet|date:2026-09-10 08:00:00"
BERLIN = ReadOptions(zone=ZoneInfo("Europe/Berlin"))


def export(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def order(**changes: str) -> bytes:
    return export(ORDER | changes)


def item(number: int, **changes: str) -> dict[str, str]:
    return {f"Product Item {number} {name}": text for name, text in named(changes).items()}


def test_the_groups_of_columns_are_the_lines_and_empty_groups_are_none() -> None:
    found = read(order(), options=BERLIN)
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (1, 1, 2, 3)
    assert (one.order_id, one.placed_at) == ("WT-3001", "2026-09-06T06:29:00+02:00")
    assert (one.currency, one.total_minor, one.tax_style) == ("EUR", 2884, TaxStyle.ON_TOP)
    mug, jug = one.lines
    assert (mug.sku, mug.title, mug.unit_price_minor, mug.discount_minor) == (
        "MUG-1", "Mug", 1000, 200,
    )  # fmt: skip
    assert (jug.sku, jug.title, jug.items_minor) == ("", "Jug | large", 500)
    # tax 1.84 by 18 : 5, shipping 4.00 by 18 : 5
    assert [(line.tax_minor, line.shipping_minor) for line in one.lines] == [(144, 313), (40, 87)]
    assert (one.ship_to.name, one.ship_to.postcode, one.country) == ("Bo Owner", "04103", "DE")
    assert (one.customer_id, one.customer_name) == ("7", "Ann Buyer")
    assert (one.discount_codes, one.payment_method) == (("save2",), "Card")
    assert figures.problems == ()


@pytest.mark.parametrize(
    ("text", "refunds"),
    [
        pytest.param(SHIPPED, [(1620, "2026-09-10T08:00:00+02:00")], id="one"),
        pytest.param(
            f"{SHIPPED};amount:4.00|reason:|date:", [(1620, "2026-09-10T08:00:00+02:00"),
                                                     (400, None)], id="two, one without a date",
        ),
        pytest.param("amount:-4.00|reason:a|b|date:09/12/2026 10:00:00",
                     [(400, "2026-09-12T10:00:00+02:00")], id="negative, a bar in the reason"),
        pytest.param("amount:4.00|reason:x|date:soon", [(400, None)], id="no date to read"),
    ],
)  # fmt: skip
def test_refunds_are_read_with_their_dates(
    text: str, refunds: list[tuple[int, str | None]]
) -> None:
    found = read(order(refund_items=text), options=BERLIN)
    assert found.order.refunded_minor == sum(amount for amount, _ in refunds)
    if any(day for _, day in refunds):
        assert found.order.refunds == tuple(
            SourceRefund(amount, None, day) for amount, day in refunds
        )
    assert found.figures.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("16.20", id="an amount alone"),
        pytest.param(f"{SHIPPED};16.20", id="one of two in another form"),
        pytest.param("amount:16.20|date:2026-09-10", id="no reason"),
        pytest.param("amount:x|reason:|date:", id="no amount"),
        pytest.param(f"{SHIPPED};more", id="more behind"),
    ],
)
def test_refunds_in_any_other_form_are_flagged_and_not_counted(text: str) -> None:
    found = read(order(refund_items=text), options=BERLIN)
    assert found.order.refunded_minor == 0
    assert found.codes == [("W-STATUS-UNKNOWN", 2, "refund_items")]


def test_without_product_item_columns_the_packed_cells_are_read() -> None:
    columns = [*ORDER_COLUMNS, *PACKED]
    row = {name: text for name, text in ORDER.items() if name in columns} | {
        "line_item_2": "name:Jug | large: red|product_id:8|sku:|quantity:1|total:5.00|sub_total:5"
    }
    one = read(table(columns, row), options=BERLIN).order
    assert [(line.sku, line.title, line.quantity, line.items_minor) for line in one.lines] == [
        ("MUG-1", "Mug", 2, 1800),
        ("", "Jug | large: red", 1, 500),
    ]
    assert one.total_minor == 2884
    for cell, code in (("a|b", "E-QTY"), ("quantity:1|name:x", "E-MONEY")):
        found = read(table(columns, row | {"line_item_2": cell}), options=BERLIN)
        assert found.codes == [(code, 2, "line_item_2")]


def test_beside_product_item_columns_the_packed_cells_are_not_read() -> None:
    assert len(read(order(line_item_2="name:Ghost|quantity:9|total:9"), options=BERLIN)
               .order.lines) == 2  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "shipping", "discount", "codes"),
    [
        pytest.param({"fee_total": "1.00", "order_total": "29.84"}, 500, 0, [],
                     id="a fee is kept with the shipping"),
        pytest.param({"fee_total": "-1.00", "order_total": "27.84"}, 400, 100, [],
                     id="a negative fee is a discount"),
        pytest.param({"discount_total": ""}, 400, 0, [], id="cart and order discount are summed"),
        pytest.param({"discount_total": "", "cart_discount": "", "order_discount": ""}, 400, 0, [],
                     id="only the lines tell the discount"),
        pytest.param({"order_total": "30.00"}, 400, 0, [("W-TOTAL-MISMATCH", 2, "order_total")],
                     id="nothing fits"),
        pytest.param({"order_total": ""}, 400, 0, [("W-TOTAL-COMPUTED", 2, "order_total")],
                     id="no total"),
    ],
)  # fmt: skip
def test_the_orders_sums(
    changes: dict[str, str], shipping: int, discount: int, codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(ORDER | changes), options=BERLIN)
    one = found.order
    assert (one.shipping_minor, one.order_discount_minor) == (shipping, discount)
    assert found.codes == codes


def test_without_a_number_of_its_own_the_order_has_its_id() -> None:
    assert read(order(order_number="")).order.order_id == "3001"


def test_a_guest_has_no_customer_id() -> None:
    assert read(order(customer_id="0")).order.customer_id == ""


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"order_date": "06.09.2026"}, [("E-DATE", 2, "order_date")], id="dots"),
        pytest.param({"order_date": "13/06/2026 6:29:00"}, [("E-DATE", 2, "order_date")],
                     id="the day first"),
        pytest.param({"order_date": ""}, [("E-DATE", 2, "order_date")], id="no date"),
        pytest.param({"order_currency": "EURO"}, [("E-CURRENCY-UNKNOWN", 2, "order_currency")],
                     id="currency"),
        pytest.param({"order_total": "-1"}, [("E-MONEY", 2, "order_total")], id="negative"),
        pytest.param(item(1, Quantity="1.5"), [("E-QTY", 2, "Product Item 1 Quantity")],
                     id="half a unit"),
        pytest.param(item(2, Total="", Subtotal=""), [("E-MONEY", 2, "Product Item 2 Total")],
                     id="no price"),
        pytest.param({"refund_items": "amount:29.00|reason:|date:"},
                     [("E-REFUND-OVER", 2, "refund_items")], id="more back than paid"),
        pytest.param({name: "" for name in COLUMNS if name.startswith("Product")},
                     [("E-ORDER-NO-LINES", 2, "order_id")], id="no items"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(changes: dict[str, str], codes: list[tuple[str, int, str]]) -> None:
    found = read(export(ORDER | changes))
    assert (found.codes, found.figures.rejected) == (codes, 1)


def test_a_second_row_of_an_order_is_the_same_or_contradicts() -> None:
    assert read(export(ORDER, ORDER)).codes == [("W-ROW-DUPLICATE", 3, None)]
    changed = ORDER | item(2, Quantity="2")
    assert read(export(ORDER, changed)).codes == [
        ("E-ORDER-PART", 2, "order_id"),
        ("E-ORDER-CONFLICT", 3, "Product Item 2 Quantity"),
    ]


def test_a_group_of_columns_that_stands_twice_is_refused() -> None:
    columns = [*COLUMNS, "Product Item 2 Total"]
    content = ",".join(columns).encode() + b"\n"
    assert refusal(content).code == "E-CSV-DUP-HEADER"


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    other = ORDER | {"order_id": "3002", "order_number": "WT-3002", "status": "cancelled"}
    assert_second_changes_nothing(tmp_path, export(ORDER | {"refund_items": SHIPPED}, other), 2)
