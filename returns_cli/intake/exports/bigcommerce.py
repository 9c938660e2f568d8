"""BigCommerce's orders export: one row per order; its products stand packed in one cell, or not.

With the packed cell the order is kept with one line that sums its products up. Without it the row
adds its money, refunds and status to an order that is described elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address, SourceRefund
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import WHOLE_FILE
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_TOTAL = "order total|order total (inc tax)"
_GOODS = "cart base amount|subtotal (ex tax)|subtotal (inc tax)"
_SHIPPING = "shipping total|shipping cost (inc tax)"
_TAX = "tax total"
_REFUND = "refund amount"
_PRODUCTS = "product details|products"
_CURRENCY = "order currency code|currency"
_STATUS = "order status"
_PLACED = "order date"
_POSTCODE = "shipping zip"
_UNITS = "total quantity"
_DATE_STYLES = ("%a, %d %b %Y %H:%M:%S %z",)
_CANCELLED = frozenset({"cancelled", "declined"})
_UNSENT = frozenset(
    (
        "pending", "incomplete", "awaiting payment", "awaiting fulfillment", "awaiting shipment",
        "manual verification required", *_CANCELLED,
    )
)  # fmt: skip
_STATUSES = _UNSENT | {
    "awaiting pickup", "shipped", "partially shipped", "refunded", "partially refunded", "disputed",
    "completed",
}  # fmt: skip


class _Sums(NamedTuple):
    """What a row states of its order, minor units."""

    currency: str
    placed: str
    total: int | None
    goods: int
    shipping: int
    tax: int
    refund: int


class BigCommerceOrders(DraftedOrders):
    """Builds orders, or what is added to orders, from one export.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = "order id"
    kinds = ColumnKinds(
        ids=frozenset({"order id", "customer id", _POSTCODE, "shipping phone"}),
        money=frozenset(f"{_TOTAL}|{_GOODS}|{_SHIPPING}|{_TAX}|{_REFUND}".split("|")),
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(
            header,
            options,
            currency_column=_CURRENCY,
            dot_is_decimal=True,
            date_styles=_DATE_STYLES,
        )
        self.adds_only = not self._sheet.has(_PRODUCTS)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | OrderSupplement | None:
        """The order of a row, or what the row adds to one."""
        first, cells = group.rows[0]
        sums = self._sums(group, faults)
        if faults or sums is None:
            return None
        status = self._status(group)
        cancelled_at = sums.placed if status in _CANCELLED else None
        if not self.adds_only:
            return self._order(group, first, cells, sums, status, cancelled_at)
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            None,
            group.key,
            sums.currency,
            total_minor=sums.total,
            refunded_minor=sums.refund or None,
            cancelled_at=cancelled_at,
            total_column=self._sheet.shown(_TOTAL),
            refund_column=self._sheet.shown(_REFUND),
        )

    def _sums(self, group: Group, faults: Faults) -> _Sums | None:
        sheet = self._sheet
        currency = sheet.once_currency(group, faults)
        placed = sheet.once_date(group, _PLACED, faults)
        total, goods, shipping, tax, refund = (
            sheet.once_amount(group, name, currency, faults)
            for name in (_TOTAL, _GOODS, _SHIPPING, _TAX, _REFUND)
        )
        if placed is None:
            first, cells = group.rows[0]
            faults.setdefault(first, sheet.fault("E-DATE", cells, _PLACED))
            return None
        if goods is None:
            goods = max(0, (total or 0) - (shipping or 0) - (tax or 0))
        return _Sums(currency, placed, total, goods, shipping or 0, tax or 0, refund or 0)

    def _order(
        self,
        group: Group,
        first: int,
        cells: list[str],
        sums: _Sums,
        status: str,
        cancelled_at: str | None,
    ) -> DraftOrder:
        sheet = self._sheet
        group.notes.append(Note(WHOLE_FILE, "W-LINES-SUMMARY", sheet.shown(_PRODUCTS)))
        line = DraftLine(
            first,
            "",
            sheet.text(cells, _PRODUCTS),
            sheet.quantity(cells, _UNITS) if sheet.text(cells, _UNITS) else 1,
            sums.goods,
            shipped=0 if status in _UNSENT else None,
            shipped_at=sheet.date(cells, "date shipped"),
        )
        coupon = sheet.text(cells, "coupon code")
        return DraftOrder(
            group.key,
            sums.placed,
            sums.currency,
            (line,),
            Stated(sums.goods, 0, sums.shipping, sums.tax, total=sums.total),
            refunds=(SourceRefund(sums.refund),) if sums.refund else (),
            shipped_at=line.shipped_at,
            cancelled_at=cancelled_at,
            payment_method=sheet.text(cells, "payment method"),
            discount_codes=(coupon,) if coupon else (),
            buyer=Buyer(
                sheet.id(cells, "customer id"),
                sheet.text(cells, "customer name"),
                sheet.text(cells, "customer email"),
            ),
            ship_to=self._address(cells),
            columns={
                "total": sheet.shown(_TOTAL),
                "refunded": sheet.shown(_REFUND),
                "postcode": sheet.shown(_POSTCODE),
                "quantity": sheet.shown(_UNITS),
            },
        )

    def _status(self, group: Group) -> str:
        text = self._sheet.first_text(group, _STATUS)
        status = " ".join(text.casefold().split())
        if status and status not in _STATUSES:
            shown = self._sheet.shown(_STATUS)
            group.notes.append(Note(group.rows[0][0], "W-STATUS-UNKNOWN", shown, text))
        return status

    def _address(self, cells: list[str]) -> Address:
        def text(name: str) -> str:
            return self._sheet.text(cells, f"shipping {name}")

        return Address(
            name=text("name"),
            company=text("company"),
            address1=text("street 1"),
            address2=text("street 2"),
            city=text("suburb"),
            region=text("state"),
            postcode=clean_id(text("zip")),
            country=country_code(text("country")),
            phone=clean_id(text("phone")),
        )
