"""eBay's orders report: one row per item, an order of several with a row that sums it up.

The US and the UK name columns differently. Whether ``Sold For`` is for a unit or for the row no
column says: the sums do. Refunds are only in eBay's transaction report.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import gross_of
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.sheet import Faults, Sheet, filled
from returns_cli.intake.survey import KeyColumns

_RECORD = "sales record number"
_ITEM = "item number"
_SKU = "custom label (sku)|custom label"
_SHIPPING = "shipping and handling|postage and packaging"
_SHIPPED = "shipped on date|dispatched on date"
_POSTCODE = "ship to zip|post to postcode"
_PHONE = "ship to phone|post to phone"
_FEES = (
    "electronic waste recycling fee", "mattress recycling fee", "battery recycling fee",
    "white goods disposal tax", "tire recycling fee", "additional fee",
)  # fmt: skip
_DATE_STYLES = ("%b-%d-%y", "%b-%d-%y %H:%M:%S")

_Rows = list[tuple[int, list[str]]]


class _Sold(NamedTuple):
    """A row's item; ``price`` is for a unit or for the row."""

    line: int
    cells: list[str]
    quantity: int
    price: int


class _Sums(NamedTuple):
    """What counts once per order, minor units."""

    shipping: int
    seller_tax: int
    ebay_tax: int
    fees: int
    total: int | None

    @property
    def tax(self) -> int:
        return self.seller_tax + self.ebay_tax


class _RecordKeys(KeyColumns):
    """The order number; where it is empty, the sales record's, marked as such."""

    __slots__ = ()

    def key_of(self, cells: list[str], above: str) -> str:  # noqa: ARG002 - of KeyColumns
        order_id, record = (
            clean_id(cells[place].replace("\0", "")) if place < len(cells) else ""
            for place in (self.order_id, self.channel or 0)
        )
        return order_id or (record and f"SR-{record}")


class EbayOrders(DraftedOrders):
    """Builds orders from one eBay orders report."""

    key = "order number"
    kinds = ColumnKinds(
        ids=frozenset(
            {"sales record number", "order number", "item number", "custom label",
             "custom label (sku)", "ship to zip", "post to postcode", "ship to phone",
             "post to phone"}
        ),
        money=frozenset(
            {"sold for", "shipping and handling", "postage and packaging", "total price",
             "seller collected tax", "ebay collected tax", *_FEES}
        ),
    )  # fmt: skip

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self.keys = _RecordKeys(header.place(self.key), header.place(_RECORD))
        self._sheet = Sheet(header, options, date_styles=_DATE_STYLES)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of a group; its row without an item number sums it up and is no line."""
        sheet = self._sheet
        items = [row for row in group.rows if sheet.id(row[1], _ITEM)]
        summaries = [row for row in group.rows if not sheet.id(row[1], _ITEM)]
        currency = sheet.currency(group.rows[0][1])
        if not items:
            line, cells = group.rows[0]
            faults[line] = sheet.fault("E-ORDER-NO-LINES", cells, _ITEM)
            return None
        sold = [one for row in items if (one := self._sold(row, currency, faults)) is not None]
        placed = self._placed(group, faults)
        sums = self._sums(items, summaries, currency, faults)
        if faults or placed is None:
            return None
        if not sheet.id(group.rows[0][1], self.key):
            shown = sheet.shown(self.key)
            group.notes.append(Note(group.rows[0][0], "W-ORDER-ID-FALLBACK", shown, group.key))
        gross, tax = _priced(sold, sums)
        lines = tuple(self._line(one, amount) for one, amount in zip(sold, gross, strict=True))
        rows = Group(group.key, summaries + items)
        stated = Stated(None, 0, sums.shipping, tax, sums.fees, sums.total)
        return DraftOrder(
            group.key,
            placed,
            currency,
            lines,
            stated,
            shipped_at=filled(line.shipped_at for line in lines),
            payment_method=sheet.first_text(rows, "payment method"),
            buyer=self._buyer(rows),
            ship_to=self._address(rows),
            columns={
                "total": sheet.shown("total price"),
                "postcode": sheet.shown(_POSTCODE),
                "quantity": sheet.shown("quantity"),
            },
        )

    def _sold(self, row: tuple[int, list[str]], currency: str, faults: Faults) -> _Sold | None:
        line, cells = row
        sheet = self._sheet
        try:
            quantity = sheet.quantity(cells, "quantity")
            price = sheet.amount(cells, "sold for", currency)
            if price is None:
                raise sheet.fault("E-MONEY", cells, "sold for", "The price is missing.")
            gross_of(quantity, price, sheet.shown("sold for"), sheet.text(cells, "sold for"))
            sheet.date(cells, _SHIPPED)
        except RowFault as fault:
            faults[line] = fault
            return None
        return _Sold(line, cells, quantity, price)

    def _placed(self, group: Group, faults: Faults) -> str | None:
        """The earliest sale date: what is bought on two days may be one order."""
        sheet, found = self._sheet, []
        for line, cells in group.rows:
            if line in faults:
                continue
            try:
                day = sheet.date(cells, "sale date") or sheet.date(cells, "paid on date")
            except RowFault as fault:
                faults[line] = fault
                continue
            if day:
                found.append(day)
        if not found and not faults:
            line, cells = group.rows[0]
            faults[line] = sheet.fault("E-DATE", cells, "sale date")
        return min(found, default=None)

    def _sums(self, items: _Rows, summaries: _Rows, currency: str, faults: Faults) -> _Sums:
        """What counts once; where a row sums the order up, its amounts go before the items'."""

        def once(name: str) -> int | None:
            for rows in (summaries, items):
                found = self._sheet.once_amount(Group("", rows), name, currency, faults)
                if found is not None:
                    return found
            return None

        return _Sums(
            once(_SHIPPING) or 0,
            once("seller collected tax") or 0,
            once("ebay collected tax") or 0,
            sum(once(name) or 0 for name in _FEES),
            once("total price"),
        )

    def _line(self, one: _Sold, gross: int) -> DraftLine:
        sheet, cells = self._sheet, one.cells
        return DraftLine(
            one.line,
            sheet.id(cells, _SKU),
            sheet.text(cells, "item title"),
            one.quantity,
            gross,
            shipped_at=sheet.date(cells, _SHIPPED),
        )

    def _buyer(self, rows: Group) -> Buyer:
        text = self._sheet.first_text
        return Buyer(
            text(rows, "buyer username"), text(rows, "buyer name"), text(rows, "buyer email")
        )

    def _address(self, rows: Group) -> Address:
        text = self._sheet.first_text
        return Address(
            name=text(rows, "ship to name|post to name"),
            address1=text(rows, "ship to address 1|post to address 1"),
            address2=text(rows, "ship to address 2|post to address 2"),
            city=text(rows, "ship to city|post to city"),
            region=text(rows, "ship to state|post to county|post to state"),
            postcode=clean_id(text(rows, _POSTCODE)),
            country=country_code(text(rows, "ship to country|post to country")),
            phone=clean_id(text(rows, _PHONE)),
        )


def _priced(sold: list[_Sold], sums: _Sums) -> tuple[list[int], int]:
    """Each row's gross value and the tax that the total holds, as the sums bear them out.

    Of several ways that fit the total the first is taken, where none fits the nearest: the price
    for a unit before the price for the row, all tax before the seller's alone.
    """
    by_unit = [one.quantity * one.price for one in sold]
    by_row = [one.price for one in sold]
    ways = [(gross, tax) for tax in (sums.tax, sums.seller_tax) for gross in (by_unit, by_row)]
    total = sums.total
    if total is None:
        return ways[0]
    beside = sums.shipping + sums.fees

    def distance(way: tuple[list[int], int]) -> int:
        goods = sum(way[0]) + beside
        return min(abs(total - goods - way[1]), abs(total - goods))

    return min(ways, key=distance)
