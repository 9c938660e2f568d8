"""Etsy's two exports: the items, one line a row, and the orders, whose sums belong to them.

Both have the format ``etsy``. The items file alone states the order's sums on its first row or on
every row, so that they are never added up; the orders file has them for sure.
"""

from __future__ import annotations

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import gross_of
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet, filled
from returns_cli.intake.side_facts import bare
from returns_cli.intake.survey import KeyColumns

_DATE_STYLES = ("%m/%d/%y",)
_ID = "order id"
_SOLD = "sale date"
_POSTCODE = "ship zipcode|ship zip"
_CANCELLED = frozenset({"canceled", "cancelled"})
_ITEM_MONEY = frozenset(
    (
        "price", "discount amount", "shipping discount", "order shipping", "order sales tax",
        "item total", "vat paid by buyer", "inperson discount",
    )
)  # fmt: skip
_ORDER_MONEY = frozenset(
    (
        "order value", "discount amount", "shipping discount", "shipping", "sales tax",
        "order total", "card processing fees", "order net", "adjusted order total",
        "adjusted card processing fees", "adjusted net order amount",
    )
)  # fmt: skip


class _Keys(KeyColumns):
    """The order number without the ``#`` that one of the two files may write."""

    __slots__ = ()

    def key_of(self, cells: list[str], above: str) -> str:
        return bare(KeyColumns.key_of(self, cells, above))


class EtsyItems(DraftedOrders):
    """Builds orders from one items export.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = _ID
    kinds = ColumnKinds(
        ids=frozenset({_ID, "transaction id", "listing id", "sku", "ship zipcode", "ship zip"}),
        money=_ITEM_MONEY,
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self.keys = _Keys(self.keys.order_id)
        self._sheet = Sheet(header, options, currency_column="currency", date_styles=_DATE_STYLES)
        self._sheet.need("quantity", "price")

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of a group."""
        sheet = self._sheet
        currency = sheet.once_currency(group, faults)
        placed = sheet.once_date(group, _SOLD, faults)
        lines = tuple(self._lines(group, currency, faults))
        sums = self._sums(group, currency, lines, faults)
        if placed is None:
            faults.setdefault(group.rows[0][0], sheet.fault("E-DATE", group.rows[0][1], _SOLD))
        if faults or placed is None or sums is None:
            return None
        group.notes.append(Note(group.rows[0][0], "W-TOTAL-COMPUTED"))
        coupon = sheet.first_text(group, "coupon code")
        return DraftOrder(
            group.key,
            placed,
            currency,
            lines,
            sums,
            shipped_at=filled(line.shipped_at for line in lines),
            payment_method=sheet.first_text(group, "payment type|payment method"),
            discount_codes=(coupon,) if coupon else (),
            buyer=Buyer(name=sheet.first_text(group, "ship name|buyer")),
            ship_to=self._address(group.rows[0][1]),
            columns={
                "total": None,
                "postcode": sheet.shown(_POSTCODE),
                "quantity": sheet.shown("quantity"),
            },
        )

    def _lines(self, group: Group, currency: str, faults: Faults) -> list[DraftLine]:
        lines = []
        for line, cells in group.rows:
            try:
                lines.append(self._line(line, cells, currency, group))
            except RowFault as fault:
                faults.setdefault(line, fault)
        return lines

    def _line(self, line: int, cells: list[str], currency: str, group: Group) -> DraftLine:
        sheet = self._sheet
        quantity = sheet.quantity(cells, "quantity")
        price = sheet.amount(cells, "price", currency)
        if price is None:
            raise sheet.fault("E-MONEY", cells, "price")
        gross = gross_of(quantity, price, sheet.shown("price"), sheet.text(cells, "price"))
        stated = sheet.amount(cells, "item total", currency)
        if stated is not None and stated != gross:
            shown = sheet.shown("item total")
            value = sheet.text(cells, "item total")
            group.notes.append(Note(line, "W-TOTAL-MISMATCH", shown, value))
        title, variation = sheet.text(cells, "item name"), sheet.text(cells, "variations")
        return DraftLine(
            line,
            sheet.id(cells, "sku"),
            f"{title} ({variation})" if variation else title,
            quantity,
            gross,
            shipped_at=sheet.date(cells, "date shipped"),
        )

    def _sums(
        self, group: Group, currency: str, lines: tuple[DraftLine, ...], faults: Faults
    ) -> Stated | None:
        """The order's sums from the first row that has them, and the total that they make."""
        found = []
        for name in ("discount amount", "order shipping", "order sales tax"):
            line, cells = next(
                ((at, row) for at, row in group.rows if self._sheet.text(row, name)), group.rows[0]
            )
            try:
                found.append(self._sheet.amount(cells, name, currency) or 0)
            except RowFault as fault:
                faults.setdefault(line, fault)
                found.append(0)
        if faults:
            return None
        discount, shipping, tax = found
        goods = sum(line.gross for line in lines)
        total = max(0, goods - discount) + shipping + tax
        return Stated(goods, discount, shipping, tax, total=total)

    def _address(self, cells: list[str]) -> Address:
        sheet = self._sheet
        return Address(
            name=sheet.text(cells, "ship name"),
            address1=sheet.text(cells, "ship address1"),
            address2=sheet.text(cells, "ship address2"),
            city=sheet.text(cells, "ship city"),
            region=sheet.text(cells, "ship state"),
            postcode=clean_id(sheet.text(cells, _POSTCODE)),
            country=country_code(sheet.text(cells, "ship country")),
        )


class EtsySums(DraftedOrders):
    """Reads the sums of orders from one orders export.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = _ID
    kinds = ColumnKinds(ids=frozenset({_ID, "sku", "ship zipcode"}), money=_ORDER_MONEY)
    adds_only = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self.keys = _Keys(self.keys.order_id)
        self._sheet = Sheet(header, options, currency_column="currency", date_styles=_DATE_STYLES)

    def draft(self, group: Group, faults: Faults) -> OrderSupplement | None:
        """The sums of an order."""
        sheet = self._sheet
        currency = sheet.once_currency(group, faults)
        placed = sheet.once_date(group, _SOLD, faults)

        def once(name: str) -> int | None:
            return sheet.once_amount(group, name, currency, faults)

        value, discount = once("order value"), once("discount amount") or 0
        shipping, tax, total = once("shipping") or 0, once("sales tax") or 0, once("order total")
        spared = once("shipping discount") or 0
        if placed is None:
            faults.setdefault(group.rows[0][0], sheet.fault("E-DATE", group.rows[0][1], _SOLD))
        if faults:
            return None
        if total is not None and value is not None and spared <= shipping:
            is_before = value - discount + shipping - spared + tax == total
            shipping -= spared if is_before else 0  # stated before its own discount
        status = sheet.first_text(group, "status").casefold()
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            None,
            group.key,
            currency,
            cancelled_at=placed if status in _CANCELLED else None,
            sums=Stated(value, discount, shipping, tax, total=total),
            total_column=sheet.shown("order total"),
        )


def make_etsy(header: Header, options: ReadOptions, file: str) -> EtsyItems | EtsySums:
    """The reader for one of Etsy's two files; the items file names the items."""
    return (EtsyItems if header.has("item name") else EtsySums)(header, options, file)
