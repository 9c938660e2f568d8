"""What the order exports by WebToffee and SkyVerge share: the order-level columns, one by one."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, NamedTuple

from returns_cli.domain.model import SourceRefund
from returns_cli.intake.cells import parse_quantity
from returns_cli.intake.exports.woo import AddressColumns, Status, price_on_top, read_status
from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

ADDRESS = AddressColumns(
    "{}_first_name", "{}_last_name", "{}_company", "{}_address_1", "{}_address_2", "{}_city",
    "{}_state", "{}_postcode", "{}_country", "{}_phone",
)  # fmt: skip
IDS = frozenset(
    {"order_id", "order_number", "order_number_formatted", "billing_postcode",
     "shipping_postcode", "billing_phone", "shipping_phone"}
)  # fmt: skip
MONEY = frozenset(
    {"shipping_total", "fee_total", "tax_total", "cart_discount", "order_discount",
     "discount_total", "order_total", "order_subtotal", "refunded_total"}
)  # fmt: skip
_TOTAL = "order_total"
_DATE_STYLES = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")


class _Sums(NamedTuple):
    """What counts once per order, minor units; ``discount`` None where the file has none."""

    subtotal: int | None
    discount: int | None
    shipping: int
    tax: int
    total: int | None


class Items(NamedTuple):
    """The lines of an order, and what its source gave back before."""

    lines: list[DraftLine]
    refunds: tuple[SourceRefund, ...] = ()


class WooPluginOrders(DraftedOrders):
    """Builds orders from one export; a subclass reads its items.

    Fees are kept with the shipping, a negative fee with the discount. The number that customers
    know is the order's, where it has one beside its id.

    Attributes:
        number: columns of that number, ``a|b`` for either.
        date: column of the order's date.
        refunded: column that a refund above the total is blamed on.
        totals_may_hold_discounts: the items' totals may be after the order's discount.
    """

    key = "order_id"
    number: ClassVar[str]
    date: ClassVar[str]
    refunded: ClassVar[str]
    totals_may_hold_discounts: ClassVar[bool] = False

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self.sheet = Sheet(
            header,
            options,
            currency_column="order_currency",
            dot_is_decimal=True,
            date_styles=_DATE_STYLES,
        )

    @abstractmethod
    def items(self, group: Group, currency: str, status: Status, faults: Faults) -> Items:
        """The order's lines and refunds; rows at fault are added to ``faults``."""

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of its rows."""
        sheet, first = self.sheet, group.rows[0]
        currency = sheet.once_currency(group, faults)
        placed = sheet.once_date(group, self.date, faults)
        sums = self._sums(group, currency, faults)
        status = read_status(sheet, group, "status")
        items = self.items(group, currency, status, faults)
        if placed is None and not faults:
            faults[first[0]] = sheet.fault("E-DATE", first[1], self.date)
        if not items.lines and not faults:
            faults[first[0]] = RowFault("E-ORDER-NO-LINES", sheet.shown(self.key), group.key)
        if faults or placed is None:
            return None
        priced = price_on_top(
            items.lines,
            sums.subtotal,
            self._discount(sums, items.lines),
            sums.shipping,
            sums.tax,
            sums.total,
            is_cancelled=status.is_cancelled,
        )
        if sums.total is None:
            group.notes.append(Note(first[0], "W-TOTAL-COMPUTED", sheet.shown(_TOTAL)))
        return DraftOrder(
            self._order_id(group),
            placed,
            currency,
            priced.lines,
            priced.sums,
            captured=status.captured(sum(one.amount_minor for one in items.refunds)),
            refunds=items.refunds,
            cancelled_at=placed if status.is_cancelled else None,
            payment_method=sheet.first_text(group, "payment_method_title|payment_method"),
            discount_codes=self.codes(group),
            buyer=self._buyer(group),
            ship_to=ADDRESS.read(sheet, group),
            columns={
                "total": sheet.shown(_TOTAL),
                "refunded": sheet.shown(self.refunded),
                "postcode": ADDRESS.shown_postcode(sheet, group),
            },
        )

    def units(self, text: str, cells: list[str], name: str, status: Status) -> int:
        """Units from a part of a packed cell.

        Raises:
            RowFault: ``E-QTY``.
        """
        try:
            units = parse_quantity(text.strip())
        except ValueError:
            units = 0
        if not units and not (status.is_cancelled and text.strip() == "0"):
            raise self.sheet.fault("E-QTY", cells, name)
        return units

    def codes(self, group: Group) -> tuple[str, ...]:  # noqa: ARG002 - for subclasses
        """The discount codes of the order, where the layout has them."""
        return ()

    def _order_id(self, group: Group) -> str:
        sheet = self.sheet
        for name in self.number.split("|"):
            found = next(filter(None, (sheet.id(cells, name) for _, cells in group.rows)), "")
            if found:
                return found
        return group.key

    def _buyer(self, group: Group) -> Buyer:
        text = self.sheet.first_text
        customer = text(group, "customer_id")
        return Buyer(
            customer if customer != "0" else "",  # WooCommerce's guest
            ADDRESS.buyer_name(self.sheet, group),
            text(group, "customer_email") or text(group, "billing_email"),
        )

    def _sums(self, group: Group, currency: str, faults: Faults) -> _Sums:
        def once(name: str) -> int | None:
            return self.sheet.once_amount(group, name, currency, faults, signed=True)

        fees = once("fee_total") or 0
        parts = [once("cart_discount"), once("order_discount")]
        whole = once("discount_total")
        discount = (
            whole
            if whole is not None or parts == [None, None]
            else sum(part or 0 for part in parts)
        )
        subtotal, total = once("order_subtotal"), once(_TOTAL)
        if total is not None and total < 0:
            line, cells = group.rows[0]
            faults.setdefault(line, self.sheet.fault("E-MONEY", cells, _TOTAL))
        if fees < 0:
            discount = abs(discount or 0) - fees
        return _Sums(
            subtotal,
            None if discount is None else abs(discount),
            abs(once("shipping_total") or 0) + max(fees, 0),
            abs(once("tax_total") or 0),
            total,
        )

    def _discount(self, sums: _Sums, lines: list[DraftLine]) -> int:
        """The order's discount, the lines' own in; none where their totals are after it."""
        own = sum(line.discount for line in lines)
        if sums.discount is None:
            return own
        gross = sum(line.gross for line in lines)
        if self.totals_may_hold_discounts and gross + sums.shipping + sums.tax == sums.total:
            return 0
        return sums.discount
