"""Taobao's and Tmall's order list: a row for an order, its products summed up in one cell.

Written in GBK (``--encoding gbk``), in yuan, in the time of Shanghai. Ids stand as ``="…"``.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address, SourceRefund
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import WHOLE_FILE, RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_GOODS, _SHIPPING, _TOTAL, _PAID = "买家应付货款", "买家应付邮费", "总金额", "买家实际支付金额"
_STATUS, _PLACED, _SHIPPED, _REFUNDED = "订单状态", "订单创建时间", "发货时间", "退款金额"
_UNITS, _TITLE = "宝贝总数量", "宝贝标题"
_PHONE = "联系手机|联系电话"
_CLOSED = "交易关闭"
_WAITING = frozenset({"等待买家付款", "买家已付款，等待卖家发货"})
_SENT = frozenset({"交易成功", "卖家已发货，等待买家确认"})


class TaobaoOrders(DraftedOrders):
    """Builds orders from one Taobao export."""

    key = "订单编号"
    kinds = ColumnKinds(
        ids=frozenset({"订单编号", "联系手机", "联系电话"}),
        money=frozenset({_GOODS, _SHIPPING, _TOTAL, _PAID, _REFUNDED}),
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, currency="CNY")
        self._zone = ZoneInfo("Asia/Shanghai")

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
        sheet, currency = self._sheet, "CNY"
        status = self._status(group, line, cells)
        goods = sheet.amount(cells, _GOODS, currency)
        shipping = sheet.amount(cells, _SHIPPING, currency) or 0
        total = sheet.amount(cells, _TOTAL, currency)
        if goods is None and total is None:
            raise sheet.fault("E-MONEY", cells, _TOTAL, "The amount is missing.")
        placed = self._moment(cells, _PLACED)
        if placed is None:
            raise sheet.fault("E-DATE", cells, _PLACED)
        units = sheet.quantity(cells, _UNITS, may_be_zero=status == _CLOSED)
        gross = max((total or 0) - shipping, 0) if goods is None else goods
        group.notes.append(Note(WHOLE_FILE, "W-LINES-SUMMARY", sheet.shown(_TITLE)))
        item = DraftLine(
            line, "", sheet.text(cells, _TITLE), units, gross,
            shipped=0 if status in _WAITING else None,
        )  # fmt: skip
        refunded = self._refunded(cells)
        return DraftOrder(
            group.key,
            placed,
            currency,
            (item,),
            Stated(None, 0, shipping, 0, 0, total),
            captured=sheet.amount(cells, _PAID, currency),
            refunds=(SourceRefund(refunded),) if refunded else (),
            shipped_at=self._moment(cells, _SHIPPED),
            cancelled_at=placed if status == _CLOSED else None,
            buyer=Buyer(customer_id=sheet.text(cells, "买家会员名")),
            ship_to=Address(
                name=sheet.text(cells, "收货人姓名"),
                address1=sheet.text(cells, "收货地址"),
                country="CN",
                phone=clean_id(sheet.text(cells, _PHONE)),
            ),
            columns={
                "total": sheet.shown(_TOTAL),
                "refunded": sheet.shown(_REFUNDED),
                "quantity": sheet.shown(_UNITS),
            },
        )

    def _status(self, group: Group, line: int, cells: list[str]) -> str:
        text = self._sheet.text(cells, _STATUS)
        status = "".join(text.replace(",", "，").split())
        if status and status != _CLOSED and status not in _WAITING | _SENT:
            shown = self._sheet.shown(_STATUS)
            group.notes.append(Note(line, "W-STATUS-UNKNOWN", shown, text))
        return status

    def _refunded(self, cells: list[str]) -> int:
        """What was given back; some files say in words that nothing was."""
        text = self._sheet.text(cells, _REFUNDED)
        has_amount = any(sign in "0123456789" for sign in text)
        return (self._sheet.amount(cells, _REFUNDED, "CNY") or 0) if has_amount else 0

    def _moment(self, cells: list[str], name: str) -> str | None:
        text = self._sheet.text(cells, name)
        return self._sheet.moment(text, name, self._zone) if text else None
