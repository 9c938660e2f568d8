"""Shipments files: our own columns, Amazon's fulfilled shipments, ShipStation's export."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.errors import InvalidError
from returns_cli.intake import read_requests
from returns_cli.intake.own.shipments import ShipmentRow, read_shipments
from returns_cli.intake.records import ReadOptions

AMAZON_COLUMNS = (
    "amazon-order-id merchant-order-id shipment-id shipment-item-id amazon-order-item-id "
    "merchant-order-item-id purchase-date payments-date shipment-date reporting-date buyer-email "
    "buyer-name buyer-phone-number sku product-name quantity-shipped currency item-price item-tax "
    "shipping-price shipping-tax gift-wrap-price gift-wrap-tax ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code "
    "ship-country ship-phone-number bill-address-1 bill-address-2 bill-address-3 bill-city "
    "bill-state bill-postal-code bill-country item-promotion-discount ship-promotion-discount "
    "carrier tracking-number estimated-arrival-date fulfillment-center-id fulfillment-channel "
    "sales-channel"
).split()
AMAZON_ROW = {
    "amazon-order-id": "112-0000001-0000001",
    "shipment-id": "D1",
    "shipment-item-id": "I1",
    "purchase-date": "2026-03-01T09:00:00+00:00",
    "shipment-date": "2026-03-02T18:30:00-08:00",
    "buyer-name": "Ann Buyer",
    "sku": "MUG-1",
    "product-name": 'Mug, 4" tall',
    "quantity-shipped": "2",
    "currency": "USD",
    "item-price": "25.00",
    "carrier": "UPS",
    "tracking-number": "1Z999",
    "estimated-arrival-date": "2026-03-06T20:00:00-08:00",
    "fulfillment-channel": "AFN",
}
SHIPSTATION_COLUMNS = (
    "Order - Number,Item - Name,Item - SKU,Item - Qty,Item - Price,Amount - Order Total,"
    "Amount - Shipping Cost,Amount - Order Shipping,Date - Order Date,Tracking Number,"
    "Market - Store Name,Market - Markeplace Name"
).split(",")
SHIPSTATION_ROW = {
    "Order - Number": "1042",
    "Item - Name": "Mug",
    "Item - SKU": "MUG",
    "Item - Qty": "2",
    "Item - Price": "10.00",
    "Amount - Order Total": "25.00",
    "Date - Order Date": "4/1/2026 4:42:06 AM",
    "Tracking Number": "9400",
    "Market - Store Name": "Mugs",
}


def shipped(text: str | bytes, **options: Any) -> tuple[list[ShipmentRow], list[tuple[Any, ...]]]:
    """The accepted rows, and code, line and column of each problem."""
    data = text.encode() if isinstance(text, str) else text
    with read_shipments([io.BytesIO(data)], ReadOptions(currency="USD", **options)) as reading:
        rows = list(reading)
        assert reading.rows == len(rows) + reading.rejected
        return rows, [(one.code, one.line, one.column) for one in reading.problems]


def table(columns: list[str], *rows: Mapping[str, str], delimiter: str = ",") -> str:
    """A file with these columns; Amazon's, parted by tabs, knows no quotes."""
    if delimiter == "\t":
        lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
        return "".join("\t".join(cells) + "\r\n" for cells in lines)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_row_of_our_own_with_every_column() -> None:
    rows, problems = shipped(
        "order_id,rma,channel,line_no,sku,event,at,tracking,carrier,request_id\n"
        '\'1042,RMA-7F3K2QX,web,2,MUG,="0000",2026-03-05T10:00:00,00340,Hermes,e-1\n'
    )
    assert problems == []
    (row,) = rows
    assert (row.order_id, row.rma, row.channel) == ("1042", "RMA-7F3K2QX", "web")
    assert (row.line, row.sku, row.event) == (2, "MUG", "0000")
    assert (row.at, row.tracking, row.carrier) == ("2026-03-05T10:00:00+00:00", "00340", "Hermes")
    assert (row.units, row.key.key, row.place.line) == (None, "id:e-1", 2)


def test_times_without_an_offset_are_in_the_zone_of_the_call() -> None:
    text = "order_id;event;at\n1;delivered;05.03.2026 10:00\n2;delivered;2026-03-05\n"
    zone = ZoneInfo("Europe/Berlin")
    rows, _ = shipped(text, zone=zone, date_format="DD.MM.YYYY HH:MM")
    assert [one.at for one in rows] == ["2026-03-05T10:00:00+01:00", "2026-03-05"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        pytest.param(",,,delivered,2026-03-05", ("E-ORDER-ID-MISSING", 2, "order_id"), id="no id"),
        pytest.param("1,,,,2026-03-05", ("E-VALUE", 2, "event"), id="no event"),
        pytest.param("1,,,delivered,", ("E-DATE", 2, "at"), id="no date"),
        pytest.param("1,,,delivered,03/04/2026", ("E-DATE", 2, "at"), id="two readings of a date"),
        pytest.param("1,,,delivered,2026-02-30", ("E-DATE", 2, "at"), id="not a real day"),
        pytest.param("1,,0,delivered,2026-03-05", ("E-VALUE", 2, "line_no"), id="line 0"),
        pytest.param("1,,x,delivered,2026-03-05", ("E-VALUE", 2, "line_no"), id="line x"),
    ],
)
def test_a_row_that_says_too_little_is_refused(cells: str, problem: tuple[Any, ...]) -> None:
    rows, problems = shipped(f"order_id,rma,line_no,event,at\n{cells}\n")
    assert (rows, problems) == ([], [problem])


def test_without_an_order_column_the_return_is_missed() -> None:
    _, problems = shipped("rma,event,at\n,delivered,2026-03-05\n")
    assert problems == [("E-ORDER-ID-MISSING", 2, "rma")]


def test_a_parcel_number_alone_is_enough() -> None:
    rows, problems = shipped("order_id,event,at,tracking\n,delivered,2026-03-05,00340\n")
    assert (problems, rows[0].tracking) == ([], "00340")


def test_the_same_event_has_the_same_key_however_it_is_written() -> None:
    plain, _ = shipped("order_id,event,at\n1,delivered,2026-03-05\n1,delivered,2026-03-05\n")
    other, _ = shipped(
        "at,carrier,event,order_id\n05.03.2026,,delivered,'1\n", date_format="DD.MM.YYYY"
    )
    later, _ = shipped("order_id,event,at\n1,delivered,2026-03-06\n")
    keys = [one.key for one in (*plain, *other)]
    assert len(set(keys)) == 1
    assert later[0].key not in keys


def test_amazon_tells_what_left_and_when() -> None:
    rows, problems = shipped(
        table(
            AMAZON_COLUMNS,
            AMAZON_ROW,
            AMAZON_ROW | {"shipment-item-id": "I2"},
            AMAZON_ROW | {"shipment-date": ""},
            AMAZON_ROW | {"amazon-order-id": ""},
            AMAZON_ROW | {"quantity-shipped": "0"},
            delimiter="\t",
        )
    )
    assert problems == [
        ("E-DATE", 4, "shipment-date"),
        ("E-ORDER-ID-MISSING", 5, "amazon-order-id"),
        ("E-QTY", 6, "quantity-shipped"),
    ]
    first, second = rows
    assert (first.order_id, first.sku, first.units) == ("112-0000001-0000001", "MUG-1", 2)
    assert (first.event, first.at) == ("shipped", "2026-03-02T18:30:00-08:00")
    assert (first.tracking, first.carrier, first.line) == ("1Z999", "UPS", None)
    assert first.key != second.key, "two items of a parcel are two rows"


def test_shipstation_names_parcels_with_and_without_items() -> None:
    rows, problems = shipped(
        table(
            SHIPSTATION_COLUMNS,
            SHIPSTATION_ROW,
            {"Order - Number": "1042", "Tracking Number": "9401"},
            SHIPSTATION_ROW | {"Order - Number": "1043", "Tracking Number": ""},
            SHIPSTATION_ROW | {"Order - Number": ""},
        )
    )
    assert problems == [("E-ORDER-ID-MISSING", 5, "Order - Number")]
    told = [(one.order_id, one.sku, one.event, one.at, one.tracking) for one in rows]
    assert told == [
        ("1042", "MUG", "", None, "9400"),
        ("1042", "", "", None, "9401"),
        ("1043", "MUG", "", None, ""),
    ]


def test_shipstation_says_when_where_its_export_has_the_day() -> None:
    columns = [*SHIPSTATION_COLUMNS, "Date - Shipped Date", "Carrier - Name"]
    more = {"Date - Shipped Date": "4/2/2026 3:05:00 PM", "Carrier - Name": "USPS"}
    rows, problems = shipped(table(columns, SHIPSTATION_ROW | more))
    assert problems == []
    assert (rows[0].event, rows[0].at) == ("shipped", "2026-04-02T15:05:00+00:00")
    assert rows[0].carrier == "USPS"


def test_an_export_that_two_commands_read_is_named_for_the_first() -> None:
    text = table(SHIPSTATION_COLUMNS, SHIPSTATION_ROW)
    with pytest.raises(InvalidError) as caught:
        read_requests([io.BytesIO(text.encode())], ReadOptions(currency="USD"))
    assert (caught.value.code, caught.value.hint) == (
        "E-FORMAT-COMMAND",
        "Use: returns orders import",
    )


@pytest.mark.parametrize(
    ("header", "code", "said"),
    [
        pytest.param("order_id,event\n", "E-FORMAT-UNKNOWN", "at", id="no date column"),
        pytest.param("tracking,event,at\n", "E-FORMAT-UNKNOWN", "order_id or rma", id="no id"),
        pytest.param("order_id,sku,reason\n", "E-FORMAT-COMMAND", "requests import", id="requests"),
        pytest.param("carrier,code,meaning\n", "E-FORMAT-COMMAND", "--codes", id="a code list"),
    ],
)
def test_a_file_of_another_shape_is_refused(header: str, code: str, said: str) -> None:
    with pytest.raises(InvalidError) as caught:
        shipped(header)
    assert caught.value.code == code
    assert said in f"{caught.value.message} {caught.value.hint}"


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9#-]{0,11}", fullmatch=True)
DAYS = st.dates().filter(lambda day: 1971 <= day.year <= 2199).map(str)
ROWS = st.fixed_dictionaries(
    {
        "order_id": IDS,
        "event": st.sampled_from(["shipped", "delivered", "0000", "DLVRD/ACCPT", "zugestellt é"]),
        "at": DAYS,
    },
    optional={
        "line_no": st.integers(1, 999).map(str),
        "tracking": IDS,
        "carrier": st.sampled_from(["Hermes", 'D, "H" & L', "順豐"]),
    },
)


@given(st.lists(ROWS, min_size=1, max_size=5), st.sampled_from([",", ";", "|"]))
def test_what_is_written_is_read(rows: list[dict[str, str]], delimiter: str) -> None:
    columns = ["at", "carrier", "event", "line_no", "order_id", "tracking"]
    read, problems = shipped(table(columns, *rows, delimiter=delimiter))
    assert [one for one in problems if one[0] != "W-ID-EXCEL"] == []
    assert [
        {
            "order_id": one.order_id,
            "event": one.event,
            "at": one.at,
            **({"line_no": str(one.line)} if one.line else {}),
            **({"tracking": one.tracking} if one.tracking else {}),
            **({"carrier": one.carrier} if one.carrier else {}),
        }
        for one in read
    ] == rows
