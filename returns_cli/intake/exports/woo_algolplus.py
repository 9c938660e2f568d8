"""WooCommerce orders by AlgolPlus: a row for a line, the order's values on every row.

The merchant picks the columns, so most may be missing. Names differ by a word, and are found
whole: ``Order Line Total``, ``Order Line Total Refunded``, ``Order Line Total (- Refund)``.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.money import round_half_away
from returns_cli.intake.cells import split_list
from returns_cli.intake.exports.woo import AddressColumns, by_line, price_on_top, read_status
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import check_own_discount, gross_of
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sheet import Faults, Sheet

_DATE = "order date"
_LEFT = "quantity (- refund)"
_LINE_TOTAL = "order line total"
_LINE_REFUNDED = "order line total refunded"
_WITHOUT_TAX = "order line (w/o tax)"
_REFUNDED = "order refund amount"
_TOTAL = "order total amount"
_ADDRESS = AddressColumns(
    "first name ({})", "last name ({})", "company ({})", "address 1&2 ({})", "", "city ({})",
    "state code ({})", "postcode ({})", "country code ({})", "phone ({})",
)  # fmt: skip


class _Item(NamedTuple):
    """A row's line and what was given back of it, minor units."""

    line: DraftLine
    refunded: int


class _Sums(NamedTuple):
    """What counts once per order, minor units; None where the file does not say."""

    subtotal: int | None
    discount: int | None
    shipping: int | None
    tax: int | None
    total: int | None
    refunded: int | None


class WooAlgolPlusOrders(DraftedOrders):
    """Builds orders from one AlgolPlus export."""

    key = "order number"
    kinds = ColumnKinds(
        ids=frozenset(
            {"order number", "sku", "postcode (billing)", "postcode (shipping)",
             "phone (billing)", "phone (shipping)"}
        ),
        money=frozenset(
            {"item cost", _LINE_TOTAL, _LINE_REFUNDED, _WITHOUT_TAX, _REFUNDED, _TOTAL,
             "order line tax", "discount amount", "cart discount amount",
             "order subtotal amount", "order tax amount", "order shipping amount",
             "order total tax amount"}
        ),
    )  # fmt: skip

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, dot_is_decimal=True)
        if not header.has(_DATE):
            message = "The column order date is missing."
            raise FileRefused("E-CSV-HEADER", message, line=header.line, column=_DATE)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of its rows, each of which is a line."""
        sheet = self._sheet
        currency = sheet.currency(group.rows[0][1])
        placed = sheet.once_date(group, _DATE, faults)
        sums = self._sums(group, currency, faults)
        status = read_status(sheet, group, "order status")
        items = []
        for line, cells in group.rows:
            if line in faults:
                continue
            try:
                items.append(self._item(line, cells, currency, is_void=status.is_cancelled))
            except RowFault as fault:
                faults[line] = fault
        if placed is None and not faults:
            line, cells = group.rows[0]
            faults[line] = sheet.fault("E-DATE", cells, _DATE)
        if faults or placed is None:
            return None
        refunds = by_line(sums.refunded, {at: one.refunded for at, one in enumerate(items, 1)})
        drafted = [one.line for one in items]
        own = sum(line.discount for line in drafted)
        priced = price_on_top(
            drafted,
            sums.subtotal,
            own if sums.discount is None else sums.discount,
            sums.shipping or 0,
            sum(line.tax for line in drafted) if sums.tax is None else sums.tax,
            sums.total,
            is_cancelled=status.is_cancelled,
        )
        if sums.total is None:
            group.notes.append(Note(group.rows[0][0], "W-TOTAL-COMPUTED", sheet.shown(_TOTAL)))
        return DraftOrder(
            group.key,
            placed,
            currency,
            priced.lines,
            priced.sums,
            captured=status.captured(sum(one.amount_minor for one in refunds)),
            refunds=refunds,
            cancelled_at=placed if status.is_cancelled else None,
            payment_method=sheet.first_text(group, "payment method title"),
            discount_codes=split_list(sheet.first_text(group, "coupons used|coupon code"), ","),
            buyer=Buyer(
                name=_ADDRESS.buyer_name(sheet, group),
                email=sheet.first_text(group, "email (billing)"),
            ),
            ship_to=_ADDRESS.read(sheet, group),
            columns={
                "total": sheet.shown(_TOTAL),
                "refunded": sheet.shown(_REFUNDED) or sheet.shown(_LINE_REFUNDED),
                "postcode": _ADDRESS.shown_postcode(sheet, group),
                "quantity": sheet.shown("quantity"),
            },
        )

    def _sums(self, group: Group, currency: str, faults: Faults) -> _Sums:
        once = self._sheet.once_amount
        tax = once(group, "order total tax amount", currency, faults)
        plain = once(group, "order tax amount", currency, faults)
        # a refund may be written as what it takes from the order
        refunded = once(group, _REFUNDED, currency, faults, signed=True)
        return _Sums(
            once(group, "order subtotal amount", currency, faults),
            once(group, "cart discount amount", currency, faults),
            once(group, "order shipping amount", currency, faults),
            plain if tax is None else tax,
            once(group, _TOTAL, currency, faults),
            None if refunded is None else abs(refunded),
        )

    def _item(self, number: int, cells: list[str], currency: str, *, is_void: bool) -> _Item:
        sheet = self._sheet
        quantity = sheet.quantity(cells, "quantity", may_be_zero=is_void)
        price = sheet.amount(cells, "item cost", currency)
        if price is None:
            raise sheet.fault("E-MONEY", cells, "item cost", "The price is missing.")
        shown, text = sheet.shown("item cost"), sheet.text(cells, "item cost")
        gross = gross_of(quantity, price, shown, text)
        discount = sheet.amount(cells, "discount amount", currency) or 0
        net = sheet.amount(cells, _WITHOUT_TAX, currency)
        if net is not None and quantity and net != gross - discount:
            gross = net + discount  # the cost is rounded, or stands behind the discount
        if not quantity:
            discount = 0
        shown, text = sheet.shown("discount amount"), sheet.text(cells, "discount amount")
        check_own_discount(discount, gross, shown, text)
        tax = sheet.amount(cells, "order line tax", currency) or 0
        line = DraftLine(
            number,
            sheet.id(cells, "sku"),
            sheet.text(cells, "name"),
            quantity,
            gross,
            discount,
            tax,
            taxable=bool(tax) if sheet.text(cells, "order line tax") else None,
        )
        return _Item(line, self._given_back(cells, currency, quantity))

    def _given_back(self, cells: list[str], currency: str, quantity: int) -> int:
        """What was refunded of the line: as stated, else its total for the units that are gone."""
        sheet = self._sheet
        left = quantity
        if sheet.text(cells, _LEFT):
            left = sheet.quantity(cells, _LEFT, may_be_zero=True)
        if left > quantity:
            raise sheet.fault("E-QTY", cells, _LEFT, "More units are left than were ordered.")
        stated = sheet.amount(cells, _LINE_REFUNDED, currency, signed=True)
        total = sheet.amount(cells, _LINE_TOTAL, currency) or 0
        if stated is not None:
            return abs(stated)
        return round_half_away(total * (quantity - left), quantity) if left < quantity else 0
