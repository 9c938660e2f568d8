"""Shopee Taiwan's order list: a row for an order, its products packed into one cell.

In Taiwan dollars, in the time of Taipei. The short layout of 13 columns has no date: there the
order's number tells it, whose first six digits are year, month and day.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import WHOLE_FILE, RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_GOODS, _SHIPPING, _TOTAL = "訂單小計 (twd)", "買家支付的運費", "訂單總金額"
_STATUS, _PRODUCTS, _POSTCODE = "訂單狀態", "商品資訊", "郵遞區號"
_PLACED, _SHIPPED = "訂單成立時間|訂單成立日期", "實際出貨時間"
_CANCELLED = frozenset({"不成立", "訂單不成立", "取消", "已取消"})
_UNPAID = frozenset({"尚未付款", "未付款", "待付款"})
_WAITING = frozenset({"待出貨", "尚未出貨", "未出貨"})
_SENT = frozenset({"已出貨", "運送中", "配送中", "待收貨", "已送達", "完成", "已完成"})
_COUNTED = re.compile(r"數量\s*[:\uff1a]\s*([0-9]{1,6})(?![0-9])")
_DATED = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})[0-9A-Z]+")


class ShopeeTaiwanOrders(DraftedOrders):
    """Builds orders from one Shopee Taiwan export."""

    key = "訂單編號"
    kinds = ColumnKinds(
        ids=frozenset({"訂單編號", "電話號碼", _POSTCODE}),
        money=frozenset({_GOODS, _SHIPPING, _TOTAL}),
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, currency="TWD")
        self._zone = ZoneInfo("Asia/Taipei")

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of its row: one line that sums it up."""
        sheet = self._sheet
        line, cells = only_row(group.rows, group, sheet, faults)
        try:
            return self._order(group, line, cells)
        except RowFault as fault:
            faults[line] = fault
            return None

    def _order(self, group: Group, line: int, cells: list[str]) -> DraftOrder:
        sheet, currency = self._sheet, "TWD"
        status = self._status(group, line, cells)
        goods = sheet.amount(cells, _GOODS, currency)
        shipping = sheet.amount(cells, _SHIPPING, currency) or 0
        total = sheet.amount(cells, _TOTAL, currency)
        if goods is None and total is None:
            raise sheet.fault("E-MONEY", cells, _TOTAL, "The amount is missing.")
        placed = self._placed(cells)
        products = sheet.text(cells, _PRODUCTS)
        units = sum(map(int, _COUNTED.findall(products))) or 1
        gross = max((total or 0) - shipping, 0) if goods is None else goods
        group.notes.append(Note(WHOLE_FILE, "W-LINES-SUMMARY", sheet.shown(_PRODUCTS)))
        has_left = status not in _WAITING | _UNPAID
        item = DraftLine(line, "", products, units, gross, shipped=None if has_left else 0)
        return DraftOrder(
            group.key,
            placed,
            currency,
            (item,),
            Stated(None, 0, shipping, 0, 0, total),
            captured=0 if status in _UNPAID else None,
            shipped_at=self._moment(cells, _SHIPPED),
            cancelled_at=placed if status in _CANCELLED else None,
            payment_method=sheet.text(cells, "付款方式"),
            buyer=Buyer(customer_id=sheet.text(cells, "買家帳號")),
            ship_to=Address(
                name=sheet.text(cells, "收件者姓名"),
                address1=sheet.text(cells, "收件地址"),
                city=sheet.text(cells, "城市"),
                postcode=sheet.id(cells, _POSTCODE),
                country="TW",
                phone=clean_id(sheet.text(cells, "電話號碼")),
            ),
            columns={"total": sheet.shown(_TOTAL), "postcode": sheet.shown(_POSTCODE)},
        )

    def _status(self, group: Group, line: int, cells: list[str]) -> str:
        status = self._sheet.text(cells, _STATUS)
        if status and status not in _CANCELLED | _UNPAID | _WAITING | _SENT:
            shown = self._sheet.shown(_STATUS)
            group.notes.append(Note(line, "W-STATUS-UNKNOWN", shown, status))
        return status

    def _placed(self, cells: list[str]) -> str:
        """When the order was placed, from its column or its number."""
        sheet = self._sheet
        stated = self._moment(cells, _PLACED)
        if stated is not None:
            return stated
        dated = _DATED.fullmatch(sheet.id(cells, self.key).upper())
        if dated:
            try:
                return sheet.moment(f"20{dated[1]}-{dated[2]}-{dated[3]}", self.key, self._zone)
            except RowFault:
                pass  # the digits are no day: said below
        message = "The file has no order date, and the order's number does not begin with one."
        raise sheet.fault("E-DATE", cells, self.key, message)

    def _moment(self, cells: list[str], name: str) -> str | None:
        text = self._sheet.text(cells, name)
        return self._sheet.moment(text, name, self._zone) if text else None
