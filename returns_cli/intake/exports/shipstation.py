"""ShipStation's export, as orders: a row per item, order totals on every row.

Rows without an item are further parcels of their order: they tell a tracking number, which
``shipments import`` reads, and are no lines. Orders of several stores stand in one file and may
share numbers: the store is the channel.
"""

from __future__ import annotations

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.grouping import ColumnKinds, Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import gross_of
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sheet import Faults, Sheet, filled
from returns_cli.intake.survey import KeyColumns

_SKU, _NAME, _QTY, _PRICE = "item - sku", "item - name", "item - qty", "item - price"
_TOTAL = "amount - order total"
_DATE = "date - order date"
_SHIPPED = "date - shipped date"
_STORE = "market - store name|market - markeplace name|market - marketplace name"
_POSTCODE = "ship to - postal code"
_DATE_STYLES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y")


class ShipStationOrders(DraftedOrders):
    """Builds orders from one ShipStation export."""

    key = "order - number"
    may_add = True
    kinds = ColumnKinds(
        ids=frozenset({"order - number", _SKU, _POSTCODE, "ship to - phone"}),
        money=frozenset({_PRICE, _TOTAL, "amount - order shipping", "amount - order tax"}),
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, date_styles=_DATE_STYLES)
        store = header.place(*_STORE.split("|"))
        has_store = store < header.width
        self.keys = KeyColumns(header.place(self.key), store if has_store else None)
        for name in (_PRICE, _DATE):
            if not header.has(name):
                message = f"The column {name} is missing."
                raise FileRefused("E-CSV-HEADER", message, line=header.line, column=name)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | OrderSupplement | None:
        """The order of its items; of parcels alone nothing but that their order is told of."""
        sheet = self._sheet
        order_id, _, store = group.key.partition("\x1f")
        items = [row for row in group.rows if self._has_item(row[1])]
        if not items:
            lines = tuple(line for line, _ in group.rows)
            return OrderSupplement(self.file, lines, store or self.options.channel, order_id)
        currency = sheet.currency(group.rows[0][1])
        placed = sheet.once_date(group, _DATE, faults)
        total = sheet.once_amount(group, _TOTAL, currency, faults)
        shipping = sheet.once_amount(group, "amount - order shipping", currency, faults)
        tax = sheet.once_amount(group, "amount - order tax", currency, faults)
        drafted = []
        for line, cells in items:
            if line in faults:
                continue
            try:
                drafted.append(self._line(line, cells, currency))
            except RowFault as fault:
                faults[line] = fault
        if placed is None and not faults:
            line, cells = group.rows[0]
            faults[line] = sheet.fault("E-DATE", cells, _DATE)
        if faults or placed is None:
            return None
        return DraftOrder(
            order_id,
            placed,
            currency,
            tuple(drafted),
            Stated(None, 0, shipping or 0, tax or 0, 0, total),
            channel=store or None,
            shipped_at=filled(line.shipped_at for line in drafted),
            buyer=Buyer(
                name=sheet.first_text(group, "customer - name"),
                email=sheet.first_text(group, "customer - email"),
            ),
            ship_to=self._address(group),
            columns={
                "total": sheet.shown(_TOTAL),
                "postcode": sheet.shown(_POSTCODE),
                "quantity": sheet.shown(_QTY),
            },
        )

    def _has_item(self, cells: list[str]) -> bool:
        text = self._sheet.text
        return bool(text(cells, _SKU) or text(cells, _NAME) or text(cells, _QTY).strip("0."))

    def _line(self, number: int, cells: list[str], currency: str) -> DraftLine:
        sheet = self._sheet
        quantity = sheet.quantity(cells, _QTY)
        price = sheet.amount(cells, _PRICE, currency)
        if price is None:
            raise sheet.fault("E-MONEY", cells, _PRICE, "The price is missing.")
        return DraftLine(
            number,
            sheet.id(cells, _SKU),
            sheet.text(cells, _NAME),
            quantity,
            gross_of(quantity, price, sheet.shown(_PRICE), sheet.text(cells, _PRICE)),
            shipped_at=sheet.date(cells, _SHIPPED),
        )

    def _address(self, group: Group) -> Address:
        text = self._sheet.first_text
        return Address(
            text(group, "ship to - name"),
            text(group, "ship to - company"),
            text(group, "ship to - address 1"),
            text(group, "ship to - address 2"),
            text(group, "ship to - city"),
            text(group, "ship to - state"),
            clean_id(text(group, _POSTCODE)),
            country_code(text(group, "ship to - country")),
            clean_id(text(group, "ship to - phone")),
        )
