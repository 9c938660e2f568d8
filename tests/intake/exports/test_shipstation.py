"""ShipStation as orders: repeated totals, parcels without items, stores that share numbers."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.intake import ReadOptions
from tests.intake.files import read, refusal, table
from tests.intake.twice import assert_second_changes_nothing, codes_of, imported, shop_in

COLUMNS = (
    "Order - Number,Item - Name,Item - SKU,Item - Qty,Item - Price,Amount - Order Total,"
    "Amount - Shipping Cost,Amount - Order Shipping,Date - Order Date,Tracking Number,"
    "Market - Store Name,Market - Markeplace Name,Ship To - Name,Ship To - Address 1,"
    "Ship To - City,Ship To - State,Ship To - Postal Code,Ship To - Country,Ship To - Phone"
).split(",")
ORDER = {
    "Order - Number": "1001",
    "Amount - Order Total": "$27.50",
    "Amount - Shipping Cost": "$6.10",
    "Amount - Order Shipping": "$5.00",
    "Date - Order Date": "4/1/2026 4:42:06 AM",
    "Market - Store Name": "Corner Shop",
    "Market - Markeplace Name": "Etsy",
    "Ship To - Name": "Ann Buyer",
    "Ship To - Address 1": "1 Main St",
    "Ship To - City": "Springfield",
    "Ship To - State": "MA",
    "Ship To - Postal Code": "01103",
    "Ship To - Country": "US",
}
MUG = ORDER | {
    "Item - Name": "Mug", "Item - SKU": "MUG-1", "Item - Qty": "2", "Item - Price": "$10.00",
    "Tracking Number": "9400100000000000000001",
}  # fmt: skip
JUG = ORDER | {
    "Item - Name": "Jug", "Item - SKU": "", "Item - Qty": "1", "Item - Price": "$2.50",
    "Tracking Number": "9400100000000000000001",
}  # fmt: skip
PARCEL = ORDER | {"Tracking Number": "9400100000000000000002"}
NEW_YORK = ReadOptions(currency="USD", zone=ZoneInfo("America/New_York"))


def export(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def test_rows_with_items_are_lines_and_totals_count_once() -> None:
    found = read(export(MUG, JUG), options=NEW_YORK)
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 1, 2, 3)
    assert (one.channel, one.order_id) == ("Corner Shop", "1001")
    assert one.placed_at == "2026-04-01T04:42:06-04:00"
    assert (one.total_minor, one.shipping_minor, figures.totals) == (2750, 500, {"USD": 2750})
    assert [(line.sku, line.title, line.items_minor) for line in one.lines] == [
        ("MUG-1", "Mug", 2000),
        ("", "Jug", 250),
    ]
    assert (one.ship_to.name, one.ship_to.postcode, one.country) == ("Ann Buyer", "01103", "US")
    assert figures.problems == ()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([MUG, JUG, PARCEL], id="behind"),
        pytest.param([PARCEL, MUG, JUG, PARCEL], id="before and behind"),
        pytest.param([MUG, PARCEL | {"Item - Qty": "0"}, JUG], id="between, with no units"),
        pytest.param([MUG, JUG, PARCEL | {"Amount - Order Total": ""}], id="without the total"),
    ],
)
def test_rows_without_an_item_are_parcels_and_no_lines(rows: list[dict[str, str]]) -> None:
    figures = read(export(*rows)).figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (len(rows), 1, 2, 3)
    assert (figures.totals, figures.problems) == ({"USD": 2750}, ())


def test_an_order_of_parcels_alone_is_refused_unless_it_is_known(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    parcels = export(PARCEL, MUG | {"Order - Number": "1002", "Amount - Order Total": "$25.00"})
    answer = imported(shop, parcels)
    assert (answer["rows"], answer["new"], answer["rejected"]) == (2, 1, 1)
    assert codes_of(answer) == [("E-ORDER-NO-LINES", 2, "Order - Number")]
    imported(shop, export(MUG, JUG))
    again = imported(shop, parcels)
    assert (again["new"], again["changed"], again["same"], again["problems"]) == (0, 0, 2, [])


def test_stores_that_share_a_number_have_orders_of_their_own() -> None:
    other = MUG | {"Market - Store Name": "Second Shop", "Amount - Order Total": "$25.00"}
    found = read(export(MUG, other, JUG))
    assert {order.channel: (order.order_id, order.total_minor) for order in found.orders} == {
        "Corner Shop": ("1001", 2750),
        "Second Shop": ("1001", 2500),
    }


@pytest.mark.parametrize(
    ("column", "channel"),
    [
        pytest.param("Market - Markeplace Name", "Etsy", id="as the export spells it"),
        pytest.param("Market - Marketplace Name", "Etsy", id="as it is spelt"),
        pytest.param(None, "default", id="no column"),
    ],
)
def test_without_a_store_the_marketplace_is_the_channel(column: str | None, channel: str) -> None:
    columns = [name for name in COLUMNS if not name.startswith("Market")]
    row = {name: text for name, text in MUG.items() if name in columns}
    if column:
        columns, row = [*columns, column], row | {column: "Etsy"}
    assert read(table(columns, row)).order.channel == channel


@pytest.mark.parametrize(
    ("total", "shipping", "codes"),
    [
        pytest.param("27.50", "5.00", [], id="without signs"),
        pytest.param("29.50", "5.00", [("W-TOTAL-MISMATCH", 2, "Amount - Order Total")],
                     id="does not fit"),
        pytest.param("", "5.00", [("W-TOTAL-COMPUTED", 2, "Amount - Order Total")], id="none"),
    ],
)  # fmt: skip
def test_totals(total: str, shipping: str, codes: list[tuple[str, int, str]]) -> None:
    sums = {"Amount - Order Total": total, "Amount - Order Shipping": shipping}
    found = read(export(MUG | sums, JUG | sums))
    assert found.codes == codes


def test_tax_where_the_export_has_it() -> None:
    tax = {"Amount - Order Tax": "1.80", "Amount - Order Total": "29.30"}
    found = read(export(MUG | tax, JUG | tax))
    assert (found.order.tax_minor, found.order.total_minor, found.codes) == (180, 2930, [])


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([MUG | {"Item - Qty": ""}], [("E-QTY", 2, "Item - Qty")], id="no units"),
        pytest.param([MUG | {"Item - Price": ""}], [("E-MONEY", 2, "Item - Price")], id="no price"),
        pytest.param([MUG | {"Date - Order Date": "13/1/2026 4:42:06 AM"}],
                     [("E-DATE", 2, "Date - Order Date")], id="the day first"),
        pytest.param([MUG | {"Date - Order Date": "4/1/2026 14:42:06 AM"}],
                     [("E-DATE", 2, "Date - Order Date")], id="hour 14 in the morning"),
        pytest.param([MUG | {"Date - Order Date": ""}], [("E-DATE", 2, "Date - Order Date")],
                     id="no date"),
        pytest.param([MUG, JUG | {"Amount - Order Total": "$9.00"}],
                     [("E-ORDER-PART", 2, "Order - Number"),
                      ("E-ORDER-CONFLICT", 3, "Amount - Order Total")], id="two totals"),
        pytest.param([MUG, JUG | {"Item - Qty": "x"}, PARCEL],
                     [("E-ORDER-PART", 2, "Order - Number"), ("E-QTY", 3, "Item - Qty"),
                      ("E-ORDER-PART", 4, "Order - Number")], id="a bad line"),
        pytest.param([MUG | {"Order - Number": ""}], [("E-ORDER-ID-MISSING", 2, "Order - Number")],
                     id="no number"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(*rows))
    assert (found.codes, found.orders) == (codes, [])
    assert (found.figures.rows, found.figures.rejected) == (len(rows), len(rows))


@pytest.mark.parametrize("missing", ["Item - Price", "Date - Order Date"])
def test_a_missing_column_is_named(missing: str) -> None:
    error = refusal(table([name for name in COLUMNS if name != missing]))
    assert (error.code, error.where) == ("E-CSV-HEADER", f"-:1 column {missing.lower()}")


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    assert_second_changes_nothing(tmp_path, export(MUG, JUG, PARCEL), 1)
