"""Taobao: GBK, ids as formulas, one summary line for an order, said once for the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.intake import ReadOptions
from returns_cli.operations.import_orders import ImportOptions
from tests.intake.files import read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
    "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,联系手机,"
    "订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,"
    "订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,"
    "是否上传合同照片,是否上传小票,是否代付,定金排名"
).split(",")
ORDER = {
    "订单编号": '="1234567890123456789"',
    "买家会员名": "小安",
    "买家应付货款": "88.00",
    "买家应付邮费": "6.00",
    "总金额": "94.00",
    "买家实际支付金额": "94.00",
    "订单状态": "交易成功",
    "收货人姓名": "安小安",
    "收货地址": "浙江省 杭州市 西湖区 某路1号",
    "联系手机": "'13800000000",
    "订单创建时间": "2026-03-05 22:15:00",
    "订单付款时间": "2026-03-05 22:16:00",
    "宝贝标题": "马克杯 白色,水壶",
    "宝贝总数量": "3",
    "物流单号": "No:SF1000000000001",
}
GBK = ReadOptions(encoding="gbk")
SUMMARY = ("W-LINES-SUMMARY", 1, "宝贝标题")


def export(*rows: dict[str, str], codec: str = "gbk") -> bytes:
    return table(COLUMNS, *rows).replace(b"\n", b"\r\n").decode().encode(codec)


def test_an_order_is_one_line_that_sums_it_up() -> None:
    found = read(export(ORDER), options=GBK)
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (1, 1, 1, 3)
    assert (one.order_id, one.placed_at) == ("1234567890123456789", "2026-03-05T22:15:00+08:00")
    assert (one.currency, one.total_minor, one.shipping_minor) == ("CNY", 9400, 600)
    assert (one.captured_minor, figures.totals) == (9400, {"CNY": 9400})
    (line,) = one.lines
    assert (line.sku, line.title, line.quantity, line.items_minor) == (
        "", "马克杯 白色,水壶", 3, 8800,
    )  # fmt: skip
    assert (one.ship_to.name, one.ship_to.address1, one.ship_to.phone) == (
        "安小安", "浙江省 杭州市 西湖区 某路1号", "13800000000",
    )  # fmt: skip
    assert (one.country, one.customer_id) == ("CN", "小安")
    assert found.codes == [SUMMARY]


def test_the_summary_lines_are_said_once_for_the_file() -> None:
    other = ORDER | {"订单编号": '="1234567890123456790"'}
    found = read(export(ORDER, other), options=GBK)
    assert (found.figures.orders, found.codes) == (2, [SUMMARY])


def test_characters_beyond_gbk_are_read_as_gb18030() -> None:
    row = ORDER | {"收货人姓名": "𠮷安"}
    assert read(export(row, codec="gb18030"), options=GBK).order.ship_to.name == "𠮷安"


def test_without_the_encoding_the_refusal_names_it() -> None:
    error = refusal(export(ORDER))
    assert error.code == "E-ENC-INVALID"
    assert "--encoding gbk" in (error.hint or "")


def test_a_file_saved_as_utf_8_is_recognised() -> None:
    found = read(table(COLUMNS, ORDER))
    assert (found.figures.format, found.order.currency) == ("taobao", "CNY")


@pytest.mark.parametrize(
    ("status", "paid", "captured", "shipped", "is_cancelled", "codes"),
    [
        pytest.param("交易成功", "94.00", 9400, 3, False, [], id="done"),
        pytest.param("卖家已发货，等待买家确认", "94.00", 9400, 3, False, [], id="shipped"),
        pytest.param("卖家已发货,等待买家确认", "94.00", 9400, 3, False, [], id="ASCII comma"),
        pytest.param("买家已付款，等待卖家发货", "94.00", 9400, 0, False, [], id="to be shipped"),
        pytest.param("等待买家付款", "0.00", 0, 0, False, [], id="not paid"),
        pytest.param("交易关闭", "0.00", 0, 3, True, [], id="closed"),
        pytest.param("", "", 9400, 3, False, [], id="no status"),
        pytest.param("部分发货", "94.00", 9400, 3, False, [("W-STATUS-UNKNOWN", 2, "订单状态")],
                     id="unknown"),
    ],
)  # fmt: skip
def test_statuses(
    status: str,
    paid: str,
    captured: int,
    shipped: int,
    is_cancelled: bool,
    codes: list[tuple[str, int, str]],
) -> None:
    row = ORDER | {"订单状态": status, "买家实际支付金额": paid}
    found = read(export(row), options=GBK)
    one = found.order
    assert (one.captured_minor, one.lines[0].shipped_quantity) == (captured, shipped)
    assert (one.cancelled_at is not None, one.total_minor) == (is_cancelled, 9400)
    assert found.codes == [SUMMARY, *codes]


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        pytest.param("\t13800000000", "13800000000", id="behind a tab"),
        pytest.param('="13800000000"', "13800000000", id="as a formula"),
    ],
)
def test_phones_come_without_what_a_spreadsheet_needs(phone: str, expected: str) -> None:
    found = read(export(ORDER | {"联系手机": phone}), options=GBK)
    assert (found.order.ship_to.phone, found.codes) == (expected, [SUMMARY])


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"总金额": "95.00"}, [("W-TOTAL-MISMATCH", 2, "总金额")], id="does not fit"),
        pytest.param({"总金额": ""}, [("W-TOTAL-COMPUTED", 2, "总金额")], id="no total"),
        pytest.param({"买家应付货款": ""}, [], id="no goods value"),
        pytest.param({"退款金额": "无退款申请"}, [], id="no refund, in words"),
        pytest.param({"订单编号": "1.23E+18"}, [("W-ID-EXCEL", 2, "订单编号")], id="spreadsheet"),
    ],
)
def test_what_is_flagged(changes: dict[str, str], codes: list[tuple[str, int, str]]) -> None:
    found = read(export(ORDER | changes), options=GBK)
    assert found.codes == [SUMMARY, *codes]
    assert found.order.lines[0].items_minor == 8800


def test_a_refund_counts_where_the_file_has_the_column() -> None:
    found = read(export(ORDER | {"退款金额": "20.00"}), options=GBK)
    assert (found.order.refunded_minor, found.figures.refunded) == (2000, {"CNY": 2000})


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([ORDER | {"宝贝总数量": "0"}], [("E-QTY", 2, "宝贝总数量")], id="no units"),
        pytest.param([ORDER | {"订单创建时间": ""}], [("E-DATE", 2, "订单创建时间")], id="no date"),
        pytest.param([ORDER | {"总金额": "", "买家应付货款": ""}], [("E-MONEY", 2, "总金额")],
                     id="no amount"),
        pytest.param([ORDER | {"总金额": "$94.00"}], [("E-CURRENCY-MIXED", 2, "总金额")],
                     id="dollars"),
        pytest.param([ORDER | {"退款金额": "95"}], [("E-REFUND-OVER", 2, "退款金额")],
                     id="more back than paid"),
        pytest.param([ORDER | {"订单编号": '=""'}], [("E-ORDER-ID-MISSING", 2, "订单编号")],
                     id="no number"),
        pytest.param([ORDER, ORDER | {"总金额": "95.00"}],
                     [("E-ORDER-PART", 2, "订单编号"), ("E-ORDER-CONFLICT", 3, "总金额")],
                     id="two totals"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(*rows), options=GBK)
    assert (found.codes, found.orders) == (codes, [])


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    closed = ORDER | {"订单编号": '="2"', "订单状态": "交易关闭", "宝贝总数量": "0"}
    options = ImportOptions(encoding="gbk")
    assert_second_changes_nothing(tmp_path, export(ORDER, closed), 2, options)
