"""Shopee Taiwan: 13 columns, products packed into one cell, dates in the order number."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.intake import ReadOptions
from returns_cli.operations.import_orders import ImportOptions
from tests.intake.files import read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "訂單編號,訂單狀態,訂單小計 (TWD),買家支付的運費,訂單總金額,商品資訊,收件地址,收件者姓名,"
    "電話號碼,寄送方式,付款方式,買家備註,備註"
).split(",")
PACKED = (
    "[1] 商品名稱:馬克杯; 商品選項名稱:白; 價格: $ 100; 數量: 2; 商品選項貨號: M-W; \n"
    "[2] 商品名稱:水壺; 商品選項名稱:; 價格: $ 180; 數量: 1; 商品選項貨號: ; "
)
ORDER = {
    "訂單編號": "260305ABCDEFGH",
    "訂單狀態": "已完成",
    "訂單小計 (TWD)": "380",
    "買家支付的運費": "60",
    "訂單總金額": "440",
    "商品資訊": PACKED,
    "收件地址": "台北市某路1號",
    "收件者姓名": "安小安",
    "電話號碼": "'0900000000",
    "寄送方式": "宅配",
    "付款方式": "信用卡",
}
SUMMARY = ("W-LINES-SUMMARY", 1, "商品資訊")


def export(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def test_an_order_is_one_line_that_sums_it_up() -> None:
    found = read(export(ORDER))
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (1, 1, 1, 3)
    assert (one.order_id, one.placed_at) == ("260305ABCDEFGH", "2026-03-05")
    assert (one.currency, one.total_minor, one.shipping_minor) == ("TWD", 44000, 6000)
    (line,) = one.lines
    assert (line.sku, line.title, line.quantity) == ("", PACKED.strip(), 3)
    assert line.items_minor == 38000
    assert (one.ship_to.name, one.ship_to.phone, one.country) == ("安小安", "0900000000", "TW")
    assert (figures.totals, found.codes) == ({"TWD": 44000}, [SUMMARY])


@pytest.mark.parametrize(
    ("products", "units"),
    [
        pytest.param("馬克杯 x2", 1, id="no count that can be told"),
        pytest.param("商品名稱:杯; 數量:4;", 4, id="one product"),
        pytest.param("", 1, id="none"),
    ],
)
def test_units_are_those_that_the_cell_counts(products: str, units: int) -> None:
    assert read(export(ORDER | {"商品資訊": products})).order.lines[0].quantity == units


@pytest.mark.parametrize(
    ("status", "captured", "shipped", "is_cancelled", "codes"),
    [
        pytest.param("已完成", 44000, 3, False, [], id="done"),
        pytest.param("運送中", 44000, 3, False, [], id="on its way"),
        pytest.param("待出貨", 44000, 0, False, [], id="to be shipped"),
        pytest.param("尚未付款", 0, 0, False, [], id="not paid"),
        pytest.param("不成立", 44000, 3, True, [], id="called off"),
        pytest.param(
            "審核中", 44000, 3, False, [("W-STATUS-UNKNOWN", 2, "訂單狀態")], id="unknown"
        ),
    ],
)
def test_statuses(
    status: str, captured: int, shipped: int, is_cancelled: bool, codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(ORDER | {"訂單狀態": status}))
    one = found.order
    assert (one.captured_minor, one.lines[0].shipped_quantity) == (captured, shipped)
    assert (one.cancelled_at is not None, one.total_minor) == (is_cancelled, 44000)
    assert found.codes == [SUMMARY, *codes]


def test_the_long_layout_has_dates_and_postcodes() -> None:
    row = ORDER | {
        "訂單編號": "X-1", "訂單成立時間": "2026-03-05 22:15", "實際出貨時間": "2026-03-07 09:00",
        "郵遞區號": "106",
    }  # fmt: skip
    one = read(export(row)).order
    assert (one.placed_at, one.shipped_at) == (
        "2026-03-05T22:15:00+08:00", "2026-03-07T09:00:00+08:00",
    )  # fmt: skip
    assert one.ship_to.postcode == "106"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([ORDER | {"訂單編號": "261305ABC"}], [("E-DATE", 2, "訂單編號")],
                     id="no month 13"),
        pytest.param([ORDER | {"訂單編號": "TW-1"}], [("E-DATE", 2, "訂單編號")],
                     id="no date anywhere"),
        pytest.param([ORDER | {"訂單總金額": "1,440"}], [("E-MONEY-AMBIGUOUS", 2, "訂單總金額")],
                     id="ambiguous"),
        pytest.param([ORDER | {"訂單總金額": "", "訂單小計 (TWD)": ""}],
                     [("E-MONEY", 2, "訂單總金額")], id="no amount"),
        pytest.param([ORDER | {"訂單編號": ""}], [("E-ORDER-ID-MISSING", 2, "訂單編號")],
                     id="no number"),
        pytest.param([ORDER, ORDER | {"訂單狀態": "運送中"}],
                     [("E-ORDER-PART", 2, "訂單編號"), ("E-ORDER-CONFLICT", 4, "訂單狀態")],
                     id="two statuses"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(*rows))
    assert (found.codes, found.orders) == (codes, [])


def test_a_file_in_big5_needs_its_encoding_named() -> None:
    content = export(ORDER).decode().encode("big5")
    error = refusal(content)
    assert error.code == "E-ENC-INVALID"
    assert "--encoding big5" in (error.hint or "")
    assert read(content, options=ReadOptions(encoding="big5")).order.total_minor == 44000


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    options = ImportOptions(encoding="big5")
    content = export(ORDER, ORDER | {"訂單編號": "260306ABCDEFGH"}).decode().encode("big5")
    assert_second_changes_nothing(tmp_path, content, 2, options)
