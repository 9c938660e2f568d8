"""Amazon's order reports: all orders, new orders, and the unshipped orders, which state no money.

One row is one order item, and its money is for the whole row. No column holds the order's total:
it is the sum of prices, taxes, shipping and gift wrap less the discounts. A pending order has
neither prices nor a currency: it is kept without money until a later file has it.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from returns_cli.domain.model import Address, Order, UnpricedOrder
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.amazon_tables import ItemState, item_state, tax_style
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import check_own_discount
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder, Listed
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_PRICE = "item-price"
_PROMOTION = "item-promotion-discount"
_POSTCODE = "ship-postal-code"
_PHONE = "ship-phone-number|buyer-phone-number"
_MONEY = frozenset(
    "item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax "
    "item-promotion-discount ship-promotion-discount".split()
)


class _Item(NamedTuple):
    """One row, its money in minor units; ``price`` None where the row states none."""

    line: int
    cells: list[str]
    quantity: int
    state: ItemState | None
    price: int | None
    wrap: int
    tax: int
    shipping: int
    discount: int


class AmazonOrders(DraftedOrders):
    """Builds orders from one of Amazon's order reports; what differs is in its two subclasses.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    quantity: ClassVar[str]
    item_status: ClassVar[str] = "item-status"
    order_status: ClassVar[str] = "order-status"

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, currency_column="currency", dot_is_decimal=True)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of a group."""
        sheet = self._sheet
        currency = self._currency(group, faults)
        placed = self._placed(group, faults)
        status = sheet.first_text(group, self.order_status)
        state = self._known_state(group, status)
        items = [
            one
            for line, cells in group.rows
            if (one := self._item(line, cells, state, currency, faults)) is not None
        ]
        is_business = sheet.once(
            group,
            "is-business-order",
            lambda cells: sheet.flag(cells, "is-business-order"),
            faults,
        )
        if faults or placed is None:
            return None
        self._note_unknown_items(group, status)
        has_money = all(one.price is not None or one.state is ItemState.CANCELLED for one in items)
        if not has_money:
            group.notes.append(Note(group.rows[0][0], "W-ORDER-NO-MONEY", sheet.shown(_PRICE)))
        promotions = sheet.first_text(group, "promotion-ids|item-promotion-id").split(",")
        return DraftOrder(
            group.key,
            placed,
            currency,
            tuple(self._line(one, has_money=has_money) for one in items),
            Listed(style=tax_style(sheet.first_text(group, "sales-channel"), self.options.tax)),
            cancelled_at=placed if state is ItemState.CANCELLED else None,
            payment_method=sheet.first_text(group, "payment-method"),
            discount_codes=tuple(dict.fromkeys(filter(None, map(str.strip, promotions)))),
            is_business=bool(is_business),
            buyer=Buyer(
                name=sheet.first_text(group, "buyer-name"),
                email=sheet.first_text(group, "buyer-email"),
            ),
            ship_to=self._address(group),
            columns={
                "total": sheet.shown(_PRICE),
                "postcode": sheet.shown(_POSTCODE),
                "quantity": sheet.shown(self.quantity),
            },
        )

    def build(self, group: Group) -> Order | OrderSupplement | None:
        """The order of a group, marked where it has no money.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        order = super().build(group)
        is_unpriced = any(note.code == "W-ORDER-NO-MONEY" for note in group.notes)
        return UnpricedOrder(*order) if is_unpriced and isinstance(order, Order) else order

    def _currency(self, group: Group, faults: Faults) -> str:
        """The order's one currency; a row without one (a cancelled item) has the order's."""
        sheet = self._sheet
        found = ""
        for line, cells in group.rows:
            if not sheet.text(cells, "currency"):
                continue
            try:
                code = sheet.currency(cells)
            except RowFault as fault:
                faults[line] = fault
                continue
            found = found or code
            if code != found:
                faults[line] = sheet.fault("E-CURRENCY-MIXED", cells, "currency")
        return found or sheet.currency(group.rows[0][1])

    def _placed(self, group: Group, faults: Faults) -> str | None:
        line, cells = group.rows[0]
        placed = self._sheet.once_date(group, "purchase-date", faults)
        if placed is None:
            faults.setdefault(line, self._sheet.fault("E-DATE", cells, "purchase-date"))
        return placed

    def _known_state(self, group: Group, status: str) -> ItemState | None:
        """The order's state; an unknown one is noted on its first row."""
        state = item_state(status)
        if status and state is None:
            shown = self._sheet.shown(self.order_status)
            group.notes.append(Note(group.rows[0][0], "W-STATUS-UNKNOWN", shown, status))
        return state

    def _note_unknown_items(self, group: Group, order_status: str) -> None:
        shown = self._sheet.shown(self.item_status)
        for line, cells in group.rows:
            text = self._sheet.text(cells, self.item_status)
            if text and text != order_status and item_state(text) is None:
                group.notes.append(Note(line, "W-STATUS-UNKNOWN", shown, text))

    def _item(
        self,
        line: int,
        cells: list[str],
        of_order: ItemState | None,
        currency: str,
        faults: Faults,
    ) -> _Item | None:
        if line in faults:
            return None
        state = item_state(self._sheet.text(cells, self.item_status)) or of_order
        if of_order is ItemState.CANCELLED:
            state = of_order
        try:
            return self._read_item(line, cells, state, currency)
        except RowFault as fault:
            faults[line] = fault
            return None

    def _read_item(
        self, line: int, cells: list[str], state: ItemState | None, currency: str
    ) -> _Item:
        sheet = self._sheet

        def amount(name: str, *, signed: bool = False) -> int:
            return sheet.amount(cells, name, currency, signed=signed) or 0

        quantity = sheet.quantity(cells, self.quantity, may_be_zero=state is ItemState.CANCELLED)
        price, wrap = sheet.amount(cells, _PRICE, currency), amount("gift-wrap-price")
        # Some reports write discounts as negative amounts.
        off_shipping = abs(amount("ship-promotion-discount", signed=True))
        charged = amount("shipping-price")
        discount = abs(amount(_PROMOTION, signed=True)) + max(0, off_shipping - charged)
        tax = amount("item-tax") + amount("shipping-tax") + amount("gift-wrap-tax")
        if price is not None:
            value = sheet.text(cells, _PROMOTION)
            check_own_discount(discount, price + wrap, sheet.shown(_PROMOTION), value)
        return _Item(
            line, cells, quantity, state, price, wrap, tax, max(0, charged - off_shipping), discount
        )

    def _line(self, one: _Item, *, has_money: bool) -> DraftLine:
        is_priced = has_money and one.price is not None
        return DraftLine(
            one.line,
            self._sheet.id(one.cells, "sku"),
            self._sheet.text(one.cells, "product-name"),
            one.quantity,
            (one.price or 0) + one.wrap if is_priced else 0,
            one.discount if is_priced else 0,
            one.tax if is_priced else 0,
            one.shipping if is_priced else 0,
            shipped=self._shipped(one),
            is_cancelled=one.state is ItemState.CANCELLED,
        )

    def _shipped(self, one: _Item) -> int | None:
        """Units that have left; None, for all of them, where nothing says otherwise."""
        return 0 if one.state in (ItemState.NOT_SHIPPED, ItemState.CANCELLED) else None

    def _address(self, group: Group) -> Address:
        sheet = self._sheet
        further = (sheet.first_text(group, f"ship-address-{n}") for n in (2, 3))
        return Address(
            name=sheet.first_text(group, "recipient-name"),
            address1=sheet.first_text(group, "ship-address-1"),
            address2=", ".join(filter(None, further)),
            city=sheet.first_text(group, "ship-city"),
            region=sheet.first_text(group, "ship-state"),
            postcode=clean_id(sheet.first_text(group, _POSTCODE)),
            country=sheet.first_text(group, "ship-country").upper(),
            phone=clean_id(sheet.first_text(group, _PHONE)),
        )


class AmazonAllOrders(AmazonOrders):
    """Builds orders from an all orders report (21 to 32 columns)."""

    key = "amazon-order-id"
    quantity = "quantity"
    kinds = ColumnKinds(
        ids=frozenset("amazon-order-id merchant-order-id sku asin ship-postal-code".split()),
        money=_MONEY,
    )


class AmazonNewOrders(AmazonOrders):
    """Builds orders from a new orders report, or from an unshipped orders report.

    The two share their first columns; the unshipped orders have none for money.
    """

    key = "order-id"
    quantity = "quantity-purchased"
    kinds = ColumnKinds(
        ids=frozenset(
            "order-id order-item-id sku ship-postal-code ship-phone-number "
            "buyer-phone-number".split()
        ),
        money=_MONEY,
    )

    def _read_item(
        self, line: int, cells: list[str], state: ItemState | None, currency: str
    ) -> _Item:
        item = super()._read_item(line, cells, state, currency)
        self._units_shipped(item)
        return item

    def _shipped(self, one: _Item) -> int | None:
        shipped = super()._shipped(one)
        return self._units_shipped(one) if shipped is None else shipped

    def _units_shipped(self, one: _Item) -> int | None:
        """Units shipped by the report's own column, at most those ordered.

        Raises:
            RowFault: ``E-QTY``.
        """
        if not self._sheet.text(one.cells, "quantity-shipped"):
            return None
        units = self._sheet.quantity(one.cells, "quantity-shipped", may_be_zero=True)
        return min(units, one.quantity)
