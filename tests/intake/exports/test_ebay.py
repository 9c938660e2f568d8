"""eBay's orders report: 51 columns, two countries, summary rows, joined files, short rows."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import USD, named, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,"
    "Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Ship To Name,"
    "Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,"
    "Ship To Country,Item Number,Item Title,Custom Label (SKU),Sold Via Promoted Listings,"
    "Quantity,Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,"
    "Electronic Waste Recycling Fee,Mattress Recycling Fee,Additional Fee,Total Price,"
    "Payment Method,Sale Date,Paid On Date,Ship By Date,Minimum Estimated Delivery Date,"
    "Maximum Estimated Delivery Date,Shipped On Date,Feedback Left,Feedback Received,My Item Note,"
    "PayPal Transaction ID,Shipping Service,Tracking Number,Transaction ID,Variation Details,"
    "Global Shipping Program,Global Shipping Reference ID,eBay Plus"
).split(",")
UK_COLUMNS = (
    "Sales record number,Order number,Buyer username,Buyer name,Post to name,Post to phone,"
    "Post to address 1,Post to address 2,Post to city,Post to county,Post to postcode,"
    "Post to country,Item number,Item title,Custom label,Quantity,Sold for,Postage and packaging,"
    "Total price,Sale date,Dispatched on date,Tracking number"
).split(",")
MUG = {
    "Sales Record Number": "501",
    "Order Number": "12-00001-00001",
    "Buyer Username": "ann_b",
    "Buyer Name": "Ann Buyer",
    "Buyer Email": "ann@example.com",
    "Ship To Name": "Ann Buyer",
    "Ship To Phone": "'617 555 0100",
    "Ship To Address 1": "1 Main St",
    "Ship To City": "Springfield",
    "Ship To State": "MA",
    "Ship To Zip": "'01103",
    "Ship To Country": "United States",
    "Item Number": "110000000001",
    "Item Title": "Mug",
    "Custom Label (SKU)": "MUG-1",
    "Quantity": "2",
    "Sold For": "$10.00",
    "Shipping And Handling": "$5.00",
    "Seller Collected Tax": "$0.00",
    "eBay Collected Tax": "$1.60",
    "Total Price": "$26.60",
    "Sale Date": "Oct-01-26",
    "Paid On Date": "Oct-01-26",
    "Shipped On Date": "Oct-03-26",
}
SUMMARY = {
    "Sales Record Number": "502",
    "Order Number": "12-00002-00002",
    "Buyer Username": "bo_o",
    "Ship To Name": "Bo Owner",
    "Ship To Country": "United Kingdom",
    "Quantity": "3",
    "Sold For": "$41.00",
    "Shipping And Handling": "$4.00",
    "eBay Collected Tax": "$0.00",
    "Total Price": "$45.00",
    "Sale Date": "2026-10-02",
}
FIRST_ITEM = {
    "Sales Record Number": "502",
    "Order Number": "12-00002-00002",
    "Item Number": "110000000002",
    "Item Title": "Cup",
    "Custom Label (SKU)": "CUP-1",
    "Quantity": "2",
    "Sold For": "$15.50",
    "Sale Date": "Oct-02-26",
}
SECOND_ITEM = FIRST_ITEM | {
    "Item Number": "110000000003",
    "Item Title": "Jug",
    "Custom Label (SKU)": "JUG-1",
    "Quantity": "1",
    "Sold For": "$10.00",
}
FOOTER = b"2 record(s) downloaded," + b"," * 49 + b"\n"
SELLER = b"Seller ID : ann_shop\n"
PREAMBLE = b"\xef\xbb\xbfOrders report\nsep=,\n\n"
NEW_YORK = ReadOptions(currency="USD", zone=ZoneInfo("America/New_York"))


def report(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def mug(**changes: str) -> dict[str, str]:
    return MUG | named(changes)


def test_an_order_of_one_item_is_read_with_its_buyer_and_address() -> None:
    order = read(report(MUG), options=NEW_YORK).order
    assert (order.channel, order.order_id, order.placed_at) == (
        "default", "12-00001-00001", "2026-10-01",
    )  # fmt: skip
    assert (order.currency, order.total_minor, order.shipping_minor) == ("USD", 2660, 500)
    assert (order.tax_style, order.tax_minor) == (TaxStyle.ON_TOP, 160)
    (line,) = order.lines
    assert (line.sku, line.title, line.quantity) == ("MUG-1", "Mug", 2)
    assert (line.unit_price_minor, line.items_minor) == (1000, 2000)
    assert (line.shipped_at, order.shipped_at) == ("2026-10-03", "2026-10-03")
    assert order.ship_to == Address(
        "Ann Buyer", "", "1 Main St", "", "Springfield", "MA", "01103", "US", "617 555 0100"
    )
    assert (order.customer_id, order.customer_name) == ("ann_b", "Ann Buyer")
    assert order.customer_email == "ann@example.com"


def test_the_row_without_an_item_sums_the_order_up_and_is_no_line() -> None:
    # 2 x 15.50 + 10.00 + 4.00 = 45.00: the price is for a unit
    found = read(report(SUMMARY, FIRST_ITEM, SECOND_ITEM))
    order, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (3, 1, 2, 3)
    assert [line.items_minor for line in order.lines] == [3100, 1000]
    assert [line.source_line for line in order.lines] == [3, 4]
    assert (order.total_minor, order.shipping_minor, order.country) == (4500, 400, "GB")
    assert figures.problems == ()


@pytest.mark.parametrize(
    ("rows", "items", "total", "codes"),
    [
        pytest.param([mug()], [2000], 2660, [], id="for a unit"),
        pytest.param([mug(Total_Price="$16.60")], [1000], 1660, [], id="for the row"),
        pytest.param(
            [mug(Total_Price="$25.00")], [2000], 2500, [], id="tax is inside the price"
        ),
        pytest.param(
            [mug(Seller_Collected_Tax="$2.00", Total_Price="$27.00")], [2000], 2700, [],
            id="the marketplace's own tax is not in the total",
        ),
        pytest.param(
            [mug(Additional_Fee="$0.40", Total_Price="$27.00")], [2000], 2700, [],
            id="a fee is part of the total",
        ),
        pytest.param(
            [mug(Total_Price="$26.00")], [2000], 2600, [("W-TOTAL-MISMATCH", 2, "Total Price")],
            id="nothing fits: nearest, the total as stated",
        ),
        pytest.param(
            [mug(Total_Price="")], [2000], 2660, [("W-TOTAL-COMPUTED", 2, "Total Price")],
            id="no total",
        ),
        pytest.param(
            [mug(), mug(Item_Number="7", Sold_For="$3.00", Quantity="1", Total_Price="")],
            [2000, 300], 2660, [("W-TOTAL-MISMATCH", 2, "Total Price")],
            id="totals count once, not per row",
        ),
    ],
)  # fmt: skip
def test_sold_for_is_for_a_unit_or_for_the_row_as_the_sums_say(
    rows: list[dict[str, str]], items: list[int], total: int, codes: list[tuple[str, int, str]]
) -> None:
    found = read(report(*rows))
    assert [line.items_minor for line in found.order.lines] == items
    assert (found.order.total_minor, found.codes) == (total, codes)


def test_joined_files_have_footers_titles_and_headers_in_the_middle() -> None:
    other = mug(Order_Number="12-00003-00003")
    first, second = report(MUG, SUMMARY), report(FIRST_ITEM, SECOND_ITEM, other)
    content = PREAMBLE + first + b"\n" + FOOTER + SELLER + PREAMBLE + second + FOOTER + SELLER
    found = read(content)
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (5, 3, 4, 7)
    assert (figures.rejected, figures.problems) == (0, ())
    # title, sep=, blank, header: the rows are lines 5 and 6, behind the footer 14, 15 and 16
    assert {order.order_id: order.source_line for order in found.orders} == {
        "12-00001-00001": 5,
        "12-00002-00002": 6,
        "12-00003-00003": 16,
    }


@pytest.mark.parametrize(
    "footer",
    [
        pytest.param(b"1 record(s) downloaded,\n", id="as long as it is"),
        pytest.param(b"1 record(s) downloaded" + b"," * 50 + b"\n", id="as wide as the header"),
        pytest.param(
            b"1,record(s) downloaded,from Oct-01-26 00:00:00 to Oct-31-26\n", id="count apart"
        ),
        pytest.param(b'"record(s) downloaded"\n', id="no count"),
        pytest.param(b"," * 50 + b"\nSeller ID : ann_shop\n", id="seller behind commas"),
        pytest.param(b"\n\nSeller ID: ann_shop" + b"," * 50 + b"\n", id="seller, padded"),
    ],
)
def test_footers_are_neither_rows_nor_problems(footer: bytes) -> None:
    figures = read(report(MUG) + footer).figures
    assert (figures.rows, figures.orders, figures.rejected) == (1, 1, 0)
    assert figures.problems == ()


def test_lines_of_commas_around_the_header_are_neither_rows_nor_problems() -> None:
    commas = b"," * 50 + b"\n"
    header, row = report(MUG).splitlines(keepends=True)
    found = read(commas + header + commas + row + commas)
    assert (found.order.source_line, found.figures.rows, found.codes) == (4, 1, [])


def test_rows_right_behind_a_footer_are_rows() -> None:
    lines = report(MUG, mug(Order_Number="2")).splitlines(keepends=True)
    content = b"".join([lines[0], lines[1], FOOTER, SELLER, lines[2]])
    assert [order.order_id for order in read(content).orders] == ["12-00001-00001", "2"]


def test_the_british_report_names_its_columns_otherwise() -> None:
    content = table(
        UK_COLUMNS,
        {
            "Order number": "04-00001-00001", "Post to name": "Una King", "Post to city": "Leeds",
            "Post to county": "West Yorkshire", "Post to postcode": "LS1 1BA",
            "Post to country": "United Kingdom", "Item number": "3", "Item title": "Scarf",
            "Custom label": "SC-1", "Quantity": "1", "Sold for": "£12.00",
            "Postage and packaging": "£2.50", "Total price": "£14.50", "Sale date": "oct-09-26",
            "Dispatched on date": "OCT-10-26",
        },
    )  # fmt: skip
    order = read(content, options=ReadOptions(currency="GBP")).order
    assert (order.total_minor, order.shipping_minor, order.currency) == (1450, 250, "GBP")
    assert (order.placed_at, order.shipped_at) == ("2026-10-09", "2026-10-10")
    assert (order.lines[0].sku, order.ship_to.region) == ("SC-1", "West Yorkshire")
    assert (order.ship_to.postcode, order.country) == ("LS1 1BA", "GB")


def test_without_an_order_number_the_sales_record_stands_in() -> None:
    rows = [mug(Order_Number=""), mug(Order_Number="", Sales_Record_Number="777")]
    found = read(report(*rows))
    assert [order.order_id for order in found.orders] == ["SR-501", "SR-777"]
    assert found.codes == [
        ("W-ORDER-ID-FALLBACK", 2, "Order Number"), ("W-ORDER-ID-FALLBACK", 3, "Order Number"),
    ]  # fmt: skip
    assert found.problem_values() == ["SR-501", "SR-777"]


def test_a_row_may_lack_its_last_cells() -> None:
    header, row = report(MUG).splitlines()
    short = row.rsplit(b",", 2)[0]
    found = read(header + b"\n" + short + b"\n")
    assert (found.order.total_minor, found.codes) == (2660, [("W-CSV-SHORT-ROW", 2, None)])
    cut = row.split(b",$10.00", 1)[0]
    assert read(header + b"\n" + cut + b"\n").codes == [("E-CSV-RAGGED", 2, None)]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([mug(Quantity="0")], [("E-QTY", 2, "Quantity")], id="no unit"),
        pytest.param([mug(Sold_For="")], [("E-MONEY", 2, "Sold For")], id="no price"),
        pytest.param([mug(Sold_For="£5")], [("E-CURRENCY-MIXED", 2, "Sold For")], id="pounds"),
        pytest.param([mug(Sale_Date="31-12-26")], [("E-DATE", 2, "Sale Date")], id="another style"),
        pytest.param(
            [mug(Sale_Date="", Paid_On_Date="")], [("E-DATE", 2, "Sale Date")], id="no date"
        ),
        pytest.param(
            [mug(Shipped_On_Date="soon")], [("E-DATE", 2, "Shipped On Date")], id="shipped when"
        ),
        pytest.param(
            [mug(Order_Number="", Sales_Record_Number="")],
            [("E-ORDER-ID-MISSING", 2, "Order Number")], id="no number at all",
        ),
        pytest.param([SUMMARY], [("E-ORDER-NO-LINES", 2, "Item Number")], id="only a summary"),
        pytest.param(
            [mug(), mug(Total_Price="$9.00")],
            [("E-ORDER-PART", 2, "Order Number"), ("E-ORDER-CONFLICT", 3, "Total Price")],
            id="two totals",
        ),
        pytest.param(
            [SUMMARY, FIRST_ITEM | {"Quantity": "x"}, SECOND_ITEM],
            [("E-ORDER-PART", 2, "Order Number"), ("E-QTY", 3, "Quantity"),
             ("E-ORDER-PART", 4, "Order Number")],
            id="an order is all or nothing",
        ),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str | None]]
) -> None:
    found = read(report(*rows))
    assert (found.codes, found.orders) == (codes, [])
    assert (found.figures.rows, found.figures.rejected) == (len(rows), len(rows))


def test_rows_of_an_order_need_not_be_adjacent() -> None:
    found = read(report(FIRST_ITEM, MUG, SUMMARY, SECOND_ITEM))
    assert {order.order_id: len(order.lines) for order in found.orders} == {
        "12-00001-00001": 1,
        "12-00002-00002": 2,
    }


def test_what_a_spreadsheet_did_is_flagged() -> None:
    found = read(report(mug(Ship_To_Zip="1103", Item_Number="1.1E+11")))
    assert found.codes == [
        ("W-ID-EXCEL", 2, "Item Number"), ("W-ZIP-LOST-ZERO", 2, "Ship To Zip"),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", [None, "ebay"])
def test_the_report_with_addresses_only_is_refused_by_name(wanted: str | None) -> None:
    columns = [name for name in COLUMNS if not name.startswith(("Item", "Quantity", "Sold"))]
    options = USD if wanted is None else ReadOptions(currency="USD", source_format=wanted)
    error = refusal(table(columns, {"Order Number": "1"}), options=options)
    assert (error.code, error.exit.value) == ("E-CSV-HEADER", 7)
    assert "item number, quantity, sold for" in error.message


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    content = PREAMBLE + report(MUG, SUMMARY, FIRST_ITEM, SECOND_ITEM) + FOOTER + SELLER
    assert_second_changes_nothing(tmp_path, content, 2)
