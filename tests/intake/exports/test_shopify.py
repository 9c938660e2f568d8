"""Shopify's orders export: first and continuation rows, sums by arithmetic, every known trap."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import (
    FIRST,
    NEXT,
    SHOPIFY_COLUMNS,
    USD,
    read,
    refusal,
    shopify,
    shopify_order,
    table,
)


def test_an_order_of_two_lines_is_frozen_to_the_cent() -> None:
    # 2 x 10.00 and 1 x 10.00; shipping 5.00 by 20 : 10; tax 2.40 on top by 20 : 10
    order = read(shopify_order()).order
    assert (order.channel, order.order_id) == ("default", "#1001")
    assert order.placed_at == "2025-12-06T10:37:33-05:00"
    assert (order.currency, order.tax_style) == ("USD", TaxStyle.ON_TOP)
    assert (order.total_minor, order.captured_minor, order.refunded_minor) == (3740, 3740, 0)
    assert (order.shipping_minor, order.tax_minor) == (500, 240)
    first, second = order.lines
    assert (first.line, first.sku, first.title, first.quantity) == (1, "MUG-1", "Mug", 2)
    assert (first.items_minor, first.tax_minor, first.shipping_minor) == (2000, 160, 333)
    assert (second.items_minor, second.tax_minor, second.shipping_minor) == (1000, 80, 167)
    assert (first.source_line, second.source_line) == (2, 3)
    assert (first.shipped_quantity, first.taxable) == (2, True)
    assert (order.source_file, order.source_line) == ("-", 2)


def test_the_figures_count_what_was_read() -> None:
    figures = read(shopify_order(Refunded_Amount="7.40")).figures
    assert (figures.format, figures.files) == ("shopify", ("-",))
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 1, 2, 3)
    assert (figures.rejected, figures.problems) == (0, ())
    assert figures.totals == {"USD": 3740}
    assert figures.refunded == {"USD": 740}


def test_address_person_tags_and_codes_come_with_the_order() -> None:
    order = read(
        shopify_order(
            Billing_Name="Ann Payer",
            Shipping_Name="Bo Owner",
            Shipping_Company="Shed",
            Shipping_Address1="1 Main St",
            Shipping_Address2="Flat 2",
            Shipping_City="Springfield",
            Shipping_Zip="'02134",
            Shipping_Province="MA",
            Shipping_Country="us",
            Shipping_Phone="'+1 617 555 0100",
            Tags="vip, Gift",
            Discount_Code="SAVE5, AUTOMATIC DISCOUNTS",
            Payment_Method="Shopify Payments",
            Fulfilled_at="2025-12-08 09:00:00 -0500",
            Vendor="Acme",
        )
    ).order
    assert order.ship_to == Address(
        "Bo Owner", "Shed", "1 Main St", "Flat 2", "Springfield", "MA", "02134", "US",
        "+1 617 555 0100",
    )  # fmt: skip
    assert (order.country, order.region) == ("US", "MA")
    assert (order.customer_name, order.customer_email) == ("Ann Payer", "ann@example.com")
    assert (order.tags, order.is_gift) == (("vip", "Gift"), True)
    assert order.discount_codes == ("SAVE5", "AUTOMATIC DISCOUNTS")
    assert order.payment_method == "Shopify Payments"
    assert order.shipped_at == "2025-12-08T09:00:00-05:00"
    assert order.lines[0].brand == "Acme"


@pytest.mark.parametrize(
    ("changes", "style", "order_discount"),
    [
        pytest.param({"Total": "35.00"}, TaxStyle.INCLUDED, 0, id="tax included"),
        pytest.param({"Taxes": "0.00", "Total": "35.00"}, TaxStyle.NONE, 0, id="no tax"),
        pytest.param(
            {"Discount_Amount": "3.00", "Subtotal": "27.00", "Total": "34.40"},
            TaxStyle.ON_TOP, 300, id="an order-level code leaves the line discounts at 0",
        ),
        pytest.param(
            {"Discount_Amount": "3.00", "Subtotal": "27.00", "Total": "34.40",
             "Lineitem_discount": "3.00"},
            TaxStyle.ON_TOP, 0, id="the order's discount holds the line's",
        ),
        pytest.param({"Subtotal": "30", "Shipping": "5", "Taxes": "2.4", "Total": "37.4"},
                     TaxStyle.ON_TOP, 0, id="after a spreadsheet"),
    ],
)  # fmt: skip
def test_tax_and_discount_style_follow_from_the_sums(
    changes: dict[str, str], style: TaxStyle, order_discount: int
) -> None:
    found = read(shopify_order(**changes))
    order = found.order
    assert (order.tax_style, order.order_discount_minor) == (style, order_discount)
    assert found.figures.problems == ()
    on_top = sum(line.tax_minor for line in order.lines) if style is TaxStyle.ON_TOP else 0
    paid = sum(line.items_minor + line.shipping_minor for line in order.lines) + on_top
    assert paid == order.total_minor


@pytest.mark.parametrize(
    ("currency", "changes", "total", "tax"),
    [
        pytest.param(
            "JPY",
            {"Subtotal": "3000", "Shipping": "500", "Taxes": "300", "Total": "3800",
             "Lineitem_price": "1000"},
            3800, (200, 100), id="no decimals",
        ),
        pytest.param(
            "KWD",
            {"Subtotal": "30.000", "Shipping": "0.500", "Taxes": "1.001", "Total": "31.501",
             "Lineitem_price": "10.000"},
            31501, (667, 334), id="three decimals",
        ),
    ],
)  # fmt: skip
def test_currencies_with_other_decimals(
    currency: str, changes: dict[str, str], total: int, tax: tuple[int, ...]
) -> None:
    first = FIRST | {"Currency": currency} | {k.replace("_", " "): v for k, v in changes.items()}
    order = read(shopify(first, NEXT | {"Lineitem price": first["Lineitem price"]})).order
    assert order.total_minor == total
    assert tuple(line.tax_minor for line in order.lines) == tax


def test_duties_add_to_the_total() -> None:
    order = read(shopify_order(Duties="3.00", Total="40.40")).order
    assert (order.total_minor, order.tax_minor) == (4040, 540)
    assert [line.tax_minor for line in order.lines] == [360, 180]


def test_named_taxes_stand_in_for_an_empty_taxes_cell() -> None:
    changes = {"Taxes": "", "Tax_1_Value": "2.00", "Tax_2_Value": "0.40"}
    found = read(shopify_order(**changes))
    assert (found.order.tax_minor, found.figures.problems) == (240, ())


def test_a_named_tax_that_is_no_amount_is_refused() -> None:
    found = read(shopify_order(Taxes="", Tax_3_Value="x"))
    assert found.codes == [("E-MONEY", 2, "Tax 3 Value"), ("E-ORDER-PART", 3, "Name")]


def test_continuation_rows_may_leave_the_name_empty() -> None:
    other = FIRST | {"Name": "#1002"}
    found = read(shopify(FIRST, NEXT | {"Name": ""}, NEXT | {"Name": " "}, other))
    assert [len(order.lines) for order in found.orders] == [3, 1]
    # the sums of #1001 no longer fit its three lines, nor #1002's its one
    assert [code for code, _, _ in found.codes] == ["W-TOTAL-MISMATCH"] * 2


def test_a_continuation_without_an_order_above_is_refused() -> None:
    found = read(shopify(NEXT | {"Name": ""}, FIRST, NEXT))
    assert found.codes == [("E-ORDER-ID-MISSING", 2, "Name")]
    assert (found.figures.rows, found.figures.rejected, found.figures.orders) == (3, 1, 1)


def test_repeated_totals_count_once() -> None:
    repeated = {
        name: FIRST[name]
        for name in ("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Refunded Amount")
    }
    whole = read(shopify(FIRST, NEXT | repeated))
    assert whole.figures.totals == {"USD": 3740}
    assert whole.order._replace(source_file="") == read(shopify_order()).order._replace(
        source_file=""
    )
    respelt = read(shopify(FIRST, NEXT | {"Total": "37.4", "Currency": " usd "}))
    assert (respelt.figures.totals, respelt.codes) == ({"USD": 3740}, [])


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Total", "38.40", "E-ORDER-CONFLICT"),
        ("Refunded Amount", "1.00", "E-ORDER-CONFLICT"),
        ("Created at", "2025-12-07 10:37:33 -0500", "E-ORDER-CONFLICT"),
        ("Currency", "EUR", "E-CURRENCY-MIXED"),
        ("Shipping", "five", "E-MONEY"),
    ],
)
def test_another_order_level_value_refuses_the_row_and_its_order(
    column: str, text: str, code: str
) -> None:
    found = read(shopify(FIRST, NEXT | {column: text}))
    assert found.codes == [("E-ORDER-PART", 2, "Name"), (code, 3, column)]
    assert found.problem_values() == ["#1001", text]


def test_an_order_level_value_may_stand_on_a_later_row() -> None:
    late = NEXT | {"Refunded Amount": "7.40", "Shipping Zip": "12345", "Shipping Country": "US"}
    order = read(shopify(FIRST | {"Refunded Amount": ""}, late)).order
    assert order.refunded_minor == 740
    assert (order.ship_to.postcode, order.country) == ("12345", "US")


@pytest.mark.parametrize(
    ("status", "balance", "captured", "code"),
    [
        ("paid", "0.00", 3740, None),
        ("paid", "10.00", 2740, "W-PAID-UNCLEAR"),
        ("", "", 3740, None),
        ("Partially Refunded", "", 3740, None),
        ("refunded", "37.40", 3740, None),
        ("pending", "37.40", 0, None),
        ("pending", "", 0, None),
        ("authorized", "0.00", 0, None),
        ("voided", "0.00", 0, None),
        ("partially_paid", "12.40", 2500, None),
        ("partially_paid", "", 0, "W-PAID-UNCLEAR"),
        ("partially_paid", "-5.00", 3740, None),
        ("expired", "", 3740, "W-STATUS-UNKNOWN"),
    ],
)
def test_the_financial_status_says_what_was_paid_in(
    status: str, balance: str, captured: int, code: str | None
) -> None:
    found = read(shopify_order(Financial_Status=status, Outstanding_Balance=balance))
    assert found.order.captured_minor == captured
    assert [one for one, _, _ in found.codes] == ([code] if code else [])


@pytest.mark.parametrize(
    ("order_status", "line_status", "shipped", "warned"),
    [
        ("fulfilled", "fulfilled", 2, None),
        ("partial", "pending", 0, None),
        ("unfulfilled", "", 0, None),
        ("unfulfilled", "fulfilled", 2, None),
        ("partial", "", 2, None),
        ("", "", 2, None),
        ("", "Fulfilled ", 2, None),
        ("shipped-ish", "", 2, "Fulfillment Status"),
        ("fulfilled", "restocked", 2, "Lineitem fulfillment status"),
    ],
)
def test_units_count_as_shipped_unless_the_file_says_unfulfilled(
    order_status: str, line_status: str, shipped: int, warned: str | None
) -> None:
    found = read(
        shopify_order(Fulfillment_Status=order_status, Lineitem_fulfillment_status=line_status)
    )
    assert found.order.lines[0].shipped_quantity == shipped
    assert found.codes == ([("W-STATUS-UNKNOWN", 2, warned)] if warned else [])


def test_a_cancelled_order_is_kept_and_its_lines_are_cancelled() -> None:
    found = read(shopify_order(Cancelled_at="2025-12-07", Lineitem_quantity="0", Subtotal="10.00"))
    order = found.order
    assert order.cancelled_at == "2025-12-07"
    assert [line.cancelled for line in order.lines] == [True, True]
    assert order.lines[0].quantity == 0
    assert found.figures.orders == 1


def test_spelling_of_columns_varies() -> None:
    columns = [
        {"Lineitem sku": "LINEITEM  SKU", "Cancelled at": "Canceled at"}.get(name, name)
        for name in SHOPIFY_COLUMNS
    ]
    row = dict(zip(columns, [FIRST.get(name, "") for name in SHOPIFY_COLUMNS], strict=True))
    row |= {"Canceled at": "2025-12-07", "Total": "27.40", "Subtotal": "20.00"}
    order = read(table(columns, row)).order
    assert (order.lines[0].sku, order.cancelled_at) == ("MUG-1", "2025-12-07")


def test_look_alikes_need_only_the_signature() -> None:
    columns = ["Name", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price"]
    row = {
        "Name": "NL3002",
        "Created at": "2026-04-12T08:10:00Z",
        "Lineitem quantity": "2.00",
        "Lineitem name": "Mug",
        "Lineitem price": "12.50",
    }
    found = read(table(columns, row), options=ReadOptions(currency="EUR"))
    assert found.order.total_minor == 2500
    assert found.codes == [("W-TOTAL-COMPUTED", 2, None)]
    assert found.order.captured_minor == 2500


def test_without_any_currency_the_file_is_refused() -> None:
    columns = ["Name", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price"]
    assert refusal(table(columns), options=ReadOptions()).code == "E-CURRENCY-MISSING"


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"Created_at": "12/06/2025"}, "E-DATE", "Created at"),
        ({"Cancelled_at": "2025-12-06 99:00:00 -0500"}, "E-DATE", "Cancelled at"),
        ({"Fulfilled_at": "soon"}, "E-DATE", "Fulfilled at"),
        ({"Lineitem_quantity": "0"}, "E-QTY", "Lineitem quantity"),
        ({"Lineitem_quantity": "1.5"}, "E-QTY", "Lineitem quantity"),
        ({"Lineitem_price": ""}, "E-MONEY", "Lineitem price"),
        ({"Lineitem_price": "1,234"}, "E-MONEY-AMBIGUOUS", "Lineitem price"),
        ({"Lineitem_price": "10.001"}, "E-MONEY-PRECISION", "Lineitem price"),
        ({"Lineitem_price": "€10.00"}, "E-CURRENCY-MIXED", "Lineitem price"),
        ({"Lineitem_discount": "20.01"}, "E-MONEY", "Lineitem discount"),
        ({"Total": "-37.40"}, "E-MONEY", "Total"),
        ({"Currency": "DOLLAR"}, "E-CURRENCY-UNKNOWN", "Currency"),
        ({"Refunded_Amount": "37.41"}, "E-REFUND-OVER", "Refunded Amount"),
        ({"Lineitem_quantity": "999999999", "Lineitem_price": "9999999.00"}, "E-MONEY",
         "Lineitem price"),
    ],
)  # fmt: skip
def test_a_row_at_fault_refuses_its_whole_order(
    changes: dict[str, str], code: str, column: str
) -> None:
    found = read(shopify_order(**changes))
    assert found.codes == [(code, 2, column), ("E-ORDER-PART", 3, "Name")]
    assert (found.orders, found.figures.rejected) == ([], 2)
    assert found.figures.totals == {}


def test_an_order_without_a_date_is_refused() -> None:
    found = read(shopify(FIRST | {"Created at": ""}, NEXT | {"Created at": ""}))
    assert found.codes == [("E-DATE", 2, "Created at"), ("E-ORDER-PART", 3, "Name")]


def test_two_rows_at_fault_have_a_code_each() -> None:
    bad = NEXT | {"Lineitem quantity": "x"}
    found = read(shopify(FIRST | {"Lineitem price": "y"}, bad, NEXT))
    assert [code for code, _, _ in found.codes] == ["E-MONEY", "E-QTY", "E-ORDER-PART"]


def test_an_order_that_is_too_large_for_a_store_is_refused() -> None:
    huge = {"Lineitem price": "9000000000000", "Lineitem quantity": "1", "Total": ""}
    found = read(shopify(FIRST | huge, NEXT | {"Lineitem price": "9000000000000"}))
    assert [code for code, _, _ in found.codes] == ["E-MONEY", "E-ORDER-PART"]


def test_a_total_that_does_not_fit_is_kept_and_flagged() -> None:
    found = read(shopify_order(Total="37.39"))
    assert found.order.total_minor == 3739
    assert found.codes == [("W-TOTAL-MISMATCH", 2, "Total")]
    assert found.problem.value == "-0.01"


def test_an_unusual_quantity_is_flagged() -> None:
    changes = {"Lineitem_quantity": "10001", "Lineitem_price": "0.01", "Subtotal": "110.01"}
    found = read(shopify_order(**changes, Total="117.41"))
    assert found.codes == [("W-QTY-LARGE", 2, "Lineitem quantity")]


@pytest.mark.parametrize(
    ("postcode", "country", "warned"),
    [("2134", "US", True), ("02134", "US", False), ("8001", "CH", False), ("123a", "DE", False)],
)
def test_a_postcode_that_lost_its_zero_is_flagged(
    postcode: str, country: str, warned: bool
) -> None:
    found = read(shopify_order(Shipping_Zip=postcode, Shipping_Country=country))
    assert found.order.ship_to.postcode == postcode
    assert found.codes == ([("W-ZIP-LOST-ZERO", 2, "Shipping Zip")] if warned else [])


def test_cells_that_spreadsheets_and_terminals_fear_are_flagged_not_changed() -> None:
    found = read(
        shopify_order(
            Notes="=HYPERLINK(1)",
            Lineitem_name="\x1b[31mred\u202e",
            Lineitem_sku="1.23E+12",
            Shipping_Zip='="02134"',
            Tags="a,\nb 🎁",
            Total="\u200e37.40",
        )
    )
    assert found.codes == [
        ("W-CELL-CONTROL", 2, "Lineitem name"),
        ("W-ID-EXCEL", 2, "Lineitem sku"),
        ("W-CELL-FORMULA", 2, "Notes"),
    ]
    line = found.order.lines[0]
    assert (line.title, line.sku) == ("\x1b[31mred\u202e", "1.23E+12")
    assert found.order.ship_to.postcode == "02134"
    assert found.order.tags == ("a", "b 🎁")
    assert found.figures.problems[0].value == "\\x1b[31mred\\u202e"


def test_warnings_of_a_refused_order_are_not_reported() -> None:
    found = read(shopify_order(Lineitem_name="\x1b[0m", Lineitem_quantity="x", Total="1"))
    assert [code for code, _, _ in found.codes] == ["E-QTY", "E-ORDER-PART"]


def test_dates_without_an_offset_are_in_the_named_zone() -> None:
    options = ReadOptions(currency="USD", zone=ZoneInfo("Europe/Bucharest"))
    changes = {"Created at": "2026-07-01 09:00:00"}
    order = read(shopify(FIRST | changes, NEXT | changes), options=options).order
    assert order.placed_at == "2026-07-01T09:00:00+03:00"


def test_the_channel_is_named_by_the_call() -> None:
    options = ReadOptions(currency="USD", channel="web")
    assert read(shopify_order(), options=options).order.channel == "web"


def test_the_same_sku_twice_is_two_lines() -> None:
    order = read(shopify(FIRST, NEXT | {"Lineitem sku": "MUG-1"}), options=USD).order
    assert [(line.line, line.sku) for line in order.lines] == [(1, "MUG-1"), (2, "MUG-1")]
