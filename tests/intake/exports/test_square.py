"""Square's item details: negative money, refunds before their sale or without it, zone names."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.model import SourceRefund
from returns_cli.intake import ReadOptions
from returns_cli.intake.exports.zone_names import named_zone
from tests.intake.files import USD, Read, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
    "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID"
).split(",")
# 2 mugs for 20.00 less 2.00, 1.44 tax; a custom amount of 1,250.00: 1,269.44 in all.
MUGS = {
    "Date": "2026-04-01",
    "Time": "14:05:10",
    "Time Zone": "Eastern Time (US & Canada)",
    "Category": "Kitchen",
    "Item": "Mug",
    "Qty": "2",
    "Price Point Name": "Regular",
    "SKU": "MUG-1",
    "Gross Sales": "$20.00",
    "Discounts": "-$2.00",
    "Net Sales": "$18.00",
    "Tax": "$1.44",
    "Transaction ID": "T1",
    "Payment ID": "P1",
    "Event Type": "Payment",
    "Location": "Main St",
    "Customer ID": "C9",
    "Customer Name": "Ann Buyer",
}
CUSTOM = MUGS | {
    "Category": "", "Item": "Custom Amount", "Qty": "1", "Price Point Name": "", "SKU": "",
    "Gross Sales": "$1,250.00", "Discounts": "$0.00", "Net Sales": "$1,250.00", "Tax": "$0.00",
}  # fmt: skip
# One mug comes back: 9.00 + 0.72.
BACK = MUGS | {
    "Date": "2026-04-03", "Time": "09:00:00", "Qty": "-1", "Gross Sales": "-$10.00",
    "Discounts": "$1.00", "Net Sales": "-$9.00", "Tax": "-$0.72", "Payment ID": "P2",
    "Event Type": "Refund",
}  # fmt: skip
REFUND = SourceRefund(972, 1, "2026-04-03T09:00:00-04:00", "P2")


def square(*rows: dict[str, str]) -> bytes:
    """An item details export."""
    return table(COLUMNS, *rows)


def left(found: Read) -> list[tuple[str, tuple[SourceRefund, ...], tuple[str, ...]]]:
    """Refunds whose sales are in no file, with the items that they name."""
    return [
        (one.supplement.order_id, one.supplement.refunds, one.supplement.items)
        for facts in found.reading.leftovers()
        for one in facts
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([MUGS, CUSTOM, BACK], id="the refund behind its sale"),
        pytest.param([BACK, MUGS, CUSTOM], id="the refund before its sale"),
        pytest.param([BACK, MUGS | {"Transaction ID": "T2", "Payment ID": "P9"}, MUGS, CUSTOM],
            id="another sale between them"),
    ],
)  # fmt: skip
def test_a_sale_and_its_refund_make_one_order(rows: list[dict[str, str]]) -> None:
    found = read(square(*rows))
    order = next(one for one in found.orders if one.order_id == "T1")
    assert (order.total_minor, order.captured_minor, order.refunded_minor) == (
        126_944,
        126_944,
        972,
    )
    assert (order.placed_at, order.refunds) == ("2026-04-01T14:05:10-04:00", (REFUND,))
    assert [(one.sku, one.title, one.quantity, one.items_minor, one.tax_minor)
            for one in order.lines] == [
        ("MUG-1", "Mug", 2, 1800, 144),
        ("", "Custom Amount", 1, 125_000, 0),
    ]  # fmt: skip
    assert order.lines[0].discount_minor == 200
    assert (order.customer_id, order.customer_name) == ("C9", "Ann Buyer")
    assert found.codes == []


def test_refund_rows_are_rows_and_not_lines() -> None:
    figures = read(square(MUGS, CUSTOM, BACK)).figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (3, 1, 2, 3)
    assert (figures.totals, figures.refunded) == ({"USD": 126_944}, {"USD": 972})
    assert figures.rejected == 0


MONEY = [
    pytest.param({"Net Sales": "($9.00)", "Tax": "($0.72)"}, id="parentheses"),
    pytest.param({"Net Sales": "$-9.00", "Tax": "-0.72"}, id="the sign inside, or no symbol"),
    pytest.param({"Qty": "(1)"}, id="a quantity in parentheses"),
    pytest.param({"Qty": "-1.0"}, id="a quantity with a decimal"),
    pytest.param({"Event Type": "REFUND"}, id="any case"),
]


@pytest.mark.parametrize("change", MONEY)
def test_a_refund_is_read_however_it_is_negative(change: dict[str, str]) -> None:
    assert read(square(MUGS, BACK | change)).order.refunds == (REFUND,)


def test_without_events_a_negative_quantity_is_a_refund() -> None:
    columns = [one for one in COLUMNS if one != "Event Type"]
    rows = [{name: text for name, text in row.items() if name != "Event Type"}
            for row in (MUGS, BACK)]  # fmt: skip
    found = read(table(columns, *rows))
    assert (found.order.refunds, found.codes) == ((REFUND,), [])


def test_an_unknown_event_is_flagged_and_its_sign_decides() -> None:
    found = read(square(MUGS, BACK | {"Event Type": "Exchange"}))
    assert found.order.refunds == (REFUND,)
    assert found.codes == [("W-STATUS-UNKNOWN", 3, "Event Type")]


LINES = [
    pytest.param([MUGS, CUSTOM], BACK | {"SKU": "", "Item": "Custom Amount"}, 2, id="by its title"),
    pytest.param([MUGS, CUSTOM], BACK | {"Item": "Mug, old name"}, 1, id="by its SKU"),
    pytest.param([MUGS, CUSTOM], BACK | {"SKU": "HAT"}, None, id="no such item"),
    pytest.param([MUGS, CUSTOM], BACK | {"SKU": "", "Item": "Tip"}, None, id="no such title"),
    pytest.param(
        [MUGS | {"Qty": "1", "Net Sales": "$5.00", "Tax": "", "Discounts": ""}, MUGS], BACK, 2,
        id="of two alike the one that came to as much",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sold", "back", "expected"), LINES)
def test_a_refund_goes_to_the_line_of_its_item(
    sold: list[dict[str, str]], back: dict[str, str], expected: int | None
) -> None:
    assert [one.line for one in read(square(*sold, back)).order.refunds] == [expected]


def test_two_refunds_of_two_equal_lines_go_to_one_each() -> None:
    one = MUGS | {"Qty": "1", "Net Sales": "$9.00", "Tax": "$0.72", "Discounts": "-$1.00"}
    refunds = read(square(one, one, BACK, BACK)).order.refunds
    assert [(each.line, each.amount_minor) for each in refunds] == [(1, 972), (2, 972)]


def test_a_refund_without_its_sale_waits_for_the_store() -> None:
    found = read(square(BACK, BACK | {"SKU": "", "Item": "Custom Amount", "Payment ID": "P3"}))
    other = REFUND._replace(line=None, reference="P3")
    named = (REFUND._replace(line=None), other)
    assert left(found) == [("T1", named, ("MUG-1", "Custom Amount"))]
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.rejected) == (2, 0, 0, 0)


@pytest.mark.parametrize("turned", [False, True], ids=["sale first", "refund first"])
def test_a_refund_finds_its_sale_in_another_file_of_the_call(turned: bool) -> None:
    contents = [square(MUGS, CUSTOM), square(BACK)]
    found = read(*(reversed(contents) if turned else contents))
    assert (found.order.refunds, left(found)) == ((REFUND,), [])
    assert (found.figures.rows, found.figures.orders) == (3, 1)
    assert found.figures.refunded == {"USD": 972}


def test_a_refund_of_nothing_is_nothing_to_keep() -> None:
    zero = BACK | {"Net Sales": "$0.00", "Tax": "", "Discounts": "", "Gross Sales": ""}
    found = read(square(zero))
    assert (found.orders, left(found), found.figures.rows) == ([], [], 1)


def test_more_refunded_than_sold_is_refused_on_the_refund_s_row() -> None:
    found = read(square(MUGS, BACK | {"Net Sales": "-$19.00"}))
    assert found.codes == [("E-ORDER-PART", 2, "Transaction ID"), ("E-REFUND-OVER", 3, "Net Sales")]
    assert found.figures.rejected == 2


FAULTS = [
    pytest.param({"Net Sales": ""}, ("E-MONEY", "Net Sales"), id="no amount"),
    pytest.param({"Net Sales": "-$18.00"}, ("E-MONEY", "Net Sales"), id="a sale below zero"),
    pytest.param({"Discounts": "$2.00"}, ("E-MONEY", "Discounts"), id="a discount that adds"),
    pytest.param({"Tax": "-$1.44"}, ("E-MONEY", "Tax"), id="a tax below zero"),
    pytest.param({"Qty": "1.5"}, ("E-QTY", "Qty"), id="half a mug"),
    pytest.param({"Qty": "-2"}, ("E-QTY", "Qty"), id="a sale of less than nothing"),
    pytest.param({"Date": ""}, ("E-DATE", "Date"), id="no day"),
    pytest.param({"Date": "04/01/2026"}, ("E-DATE", "Date"), id="another date"),
    pytest.param({"Time": "25:00:00"}, ("E-DATE", "Time"), id="no such hour"),
    pytest.param({"Net Sales": "£18.00"}, ("E-CURRENCY-MIXED", "Net Sales"), id="another sign"),
    pytest.param({"Transaction ID": ""}, ("E-ORDER-ID-MISSING", "Transaction ID"), id="no id"),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_at_fault_refuses_its_order(
    change: dict[str, str], expected: tuple[str, str]
) -> None:
    found = read(square(MUGS | change, CUSTOM | {"Transaction ID": "T2"}))
    assert found.codes[0] == (expected[0], 2, expected[1])
    assert [one.order_id for one in found.orders] == ["T2"]


def test_a_refund_s_quantity_must_be_one_too() -> None:
    assert read(square(BACK | {"Qty": "-x"})).codes == [("E-QTY", 2, "Qty")]


TIMES = [
    pytest.param("14:05:10", "Eastern Time (US & Canada)", "2026-04-01T14:05:10-04:00", id="US"),
    pytest.param("14:05", "london", "2026-04-01T14:05:00+01:00", id="any case, no seconds"),
    pytest.param("2:05:10 PM", "Arizona", "2026-04-01T14:05:10-07:00", id="twelve hours"),
    pytest.param("14:05:10", "Europe/Bucharest", "2026-04-01T14:05:10+03:00", id="an IANA name"),
    pytest.param("14:05:10", "Middle of nowhere", "2026-04-01T14:05:10+09:00", id="unknown"),
    pytest.param("14:05:10", "", "2026-04-01T14:05:10+09:00", id="none: the shop's"),
    pytest.param("", "Arizona", "2026-04-01", id="no time: a bare day"),
]


@pytest.mark.parametrize(("time", "zone", "placed"), TIMES)
def test_a_time_is_in_the_zone_that_the_row_names(time: str, zone: str, placed: str) -> None:
    options = ReadOptions(currency="USD", zone=ZoneInfo("Asia/Tokyo"))
    found = read(square(MUGS | {"Time": time, "Time Zone": zone}), options=options)
    assert found.order.placed_at == placed


def test_a_date_with_its_own_time_stands_alone() -> None:
    found = read(square(MUGS | {"Date": "2026-04-01T10:00:00Z", "Time": "09:00:00"}))
    assert found.order.placed_at == "2026-04-01T10:00:00+00:00"


def test_zone_names_lead_nowhere_else() -> None:
    assert named_zone("../../etc/passwd") is None
    assert str(named_zone("Tokyo")) == "Asia/Tokyo"


def test_the_currency_is_the_shop_s() -> None:
    assert refusal(square(MUGS), options=ReadOptions()).code == "E-CURRENCY-MISSING"
    yen = MUGS | {"Net Sales": "¥1800", "Discounts": "-¥200", "Tax": "¥144"}
    options = ReadOptions(currency="JPY")
    assert read(square(yen), options=options).figures.totals == {"JPY": 1944}


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    assert_second_changes_nothing(tmp_path, square(BACK, MUGS, CUSTOM), 1)


def test_fewer_columns_will_do() -> None:
    columns = [one for one in COLUMNS if one in {
        "Date", "Time", "Time Zone", "Item", "Qty", "Net Sales", "Transaction ID"}]  # fmt: skip
    row = {name: text for name, text in MUGS.items() if name in columns}
    assert read(table(columns, row), options=USD).order.total_minor == 1800
