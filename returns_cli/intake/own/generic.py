"""Our own orders CSV, one row per line: what other exports are brought into.

``line_discount`` and ``line_tax`` are for the whole line; ``order_*`` values count once per order.
"""

from __future__ import annotations

from operator import itemgetter
from typing import ClassVar, NamedTuple

from returns_cli.domain.freeze import Frozen, freeze_listed
from returns_cli.domain.model import Address, Order, OrderLine, Payment
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.amounts import MAX_MINOR, AmountReader
from returns_cli.intake.cells import clean_id, parse_flag, parse_quantity, split_list
from returns_cli.intake.formats import GENERIC_ORDERS
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    LARGE_QUANTITY,
    OnceColumns,
    OrderCells,
    OrderRefused,
    check_own_discount,
    gross_of,
    is_gift,
    postcode_note,
)
from returns_cli.intake.payments import read_payments
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.survey import KeyColumns

KINDS = ColumnKinds(
    ids=frozenset({"order_id", "sku", "customer_id", "ship_postcode", "ship_phone"}),
    money=frozenset(
        {"unit_price", "order_discount", "order_shipping", "line_discount", "line_tax"}
    ),
)

_PLACED, _CURRENCY, _DISCOUNT, _SHIPPING, _INCLUDED = range(5)
SUMS = ("placed_at", "currency", "order_discount", "order_shipping", "tax_included")
_TEXTS = (
    "country", "region", "payment_method", "discount_codes", "order_tags", "is_gift",
    "customer_id", "customer_name", "customer_email", "tier", "ship_name", "ship_address1",
    "ship_address2", "ship_city", "ship_region", "ship_postcode", "ship_country", "ship_phone",
)  # fmt: skip
_GIFT, _ZIP = _TEXTS.index("is_gift"), _TEXTS.index("ship_postcode")
_PAYMENT = _TEXTS.index("payment_method")
LINE = (
    "line_no", "sku", "quantity", "unit_price", "shipped_at", "delivered_at", "title", "category",
    "brand", "tags", "line_discount", "line_tax", "weight_g",
)  # fmt: skip
(
    _LINE_NO, _SKU, _QUANTITY, _PRICE, _SHIPPED_AT, _DELIVERED_AT, _TITLE, _CATEGORY, _BRAND, _TAGS,
    _LINE_DISCOUNT, _LINE_TAX, _WEIGHT,
) = range(len(LINE))  # fmt: skip


class Line(NamedTuple):
    """A row's own part, before the order's money is shared over its lines."""

    number: int
    source_line: int
    cells: tuple[str, ...]
    quantity: int
    price: int
    discount: int
    tax: int
    gross: int
    shipped_at: str | None
    delivered_at: str | None
    weight_g: int | None


class Sums(NamedTuple):
    """The order-level values that count once; ``more`` are those that a mapping adds."""

    placed_at: str
    currency: str
    discount: int
    shipping: int
    tax_included: bool | None
    is_gift: bool
    more: tuple[int | None, ...] = ()


_Value = int | str | bool | None


class GenericOrders:
    """Builds orders from the groups of one generic file.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    form = GENERIC_ORDERS
    kinds = KINDS
    inherits = False
    sum_columns: ClassVar[tuple[str, ...]] = SUMS
    line_columns: ClassVar[tuple[str, ...]] = LINE

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        channel = header.place("channel") if header.has("channel") else None
        self.keys = KeyColumns(header.place("order_id"), channel)
        self._options = options
        self._file = file
        self._cells = OrderCells(header, options, "currency")
        self._sums = OnceColumns(header, self.sum_columns)
        self._texts = OnceColumns(header, _TEXTS)
        places = [header.place(name) for name in self.line_columns]
        self._shown = [header.shown(place) for place in places]
        self._line_of = itemgetter(*places)

    def build(self, group: Group) -> Order:
        """The order of a group; warnings are added to the group's notes.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        return self._order(group, *self._read(group))

    def check_rows(self, group: Group) -> None:
        """Read the rows alone, for their own faults.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        self._read(group)

    def _read(self, group: Group) -> tuple[Sums, list[Line]]:
        faults: dict[int, RowFault] = {}
        sums = self._read_sums(group, faults)
        if sums is None:
            raise OrderRefused(faults)
        amounts = self._cells.amounts(sums.currency)
        lines: dict[int, Line] = {}
        for line, cells in group.rows:
            if line not in faults:
                try:
                    read = self._read_line(line, cells, amounts)
                    if read.number in lines:
                        raise RowFault("E-LINE-DUP", self._shown[_LINE_NO], read.cells[_LINE_NO])
                    lines[read.number] = read
                except RowFault as fault:
                    faults[line] = fault
        if faults:
            raise OrderRefused(faults)
        return sums, [lines[number] for number in sorted(lines)]

    def _read_sums(self, group: Group, faults: dict[int, RowFault]) -> Sums | None:
        """The order's own values; a later row with another value is a fault of that row."""
        once = self._sums.read(group)
        first, index = group.rows[0][0], _PLACED
        values: list[_Value] = []
        try:
            currency = self._cells.currency(once.cells[_CURRENCY], self._sums.shown(_CURRENCY))
            for index in range(len(self.sum_columns)):
                values.append(self._sum(index, once.cells[index], currency))
            gift = self._flag(self._texts.read(group).cells[_GIFT], self._texts.shown(_GIFT))
        except RowFault as fault:
            faults.setdefault(once.lines.get(index, first), fault)
            return None
        for line, index, text in once.others:
            try:
                is_same = self._sum(index, text, currency) == values[index]
            except RowFault as fault:
                faults.setdefault(line, fault)
                continue
            if not is_same:
                code = "E-CURRENCY-MIXED" if index == _CURRENCY else "E-ORDER-CONFLICT"
                faults.setdefault(line, RowFault(code, self._sums.shown(index), text))
        placed_at, _, discount, shipping, included, *more = values
        if not isinstance(placed_at, str):
            faults.setdefault(first, RowFault("E-DATE", self._sums.shown(_PLACED), ""))
            return None
        return Sums(
            placed_at,
            currency,
            int(discount or 0),
            int(shipping or 0),
            None if included is None else bool(included),
            bool(gift),
            tuple(None if one is None else int(one) for one in more),
        )

    def _sum(self, index: int, text: str, currency: str) -> _Value:
        column = self._sums.shown(index)
        if index == _PLACED:
            return self._cells.date(text, column)
        if index == _CURRENCY:
            return self._cells.currency(text, column)
        if index == _INCLUDED:
            return self._flag(text, column)
        return self._cells.amount(self._cells.amounts(currency), text, column)

    @staticmethod
    def _flag(text: str, column: str | None) -> bool | None:
        try:
            return parse_flag(text)
        except ValueError:
            raise RowFault("E-VALUE", column, text) from None

    def _read_line(self, line: int, cells: list[str], amounts: AmountReader) -> Line:
        found, shown, read = self._line_of(cells), self._shown, self._cells
        number = _line_number(found[_LINE_NO], shown[_LINE_NO])
        quantity = read.quantity(found[_QUANTITY], shown[_QUANTITY], may_be_zero=False)
        price, gross = self._price(found, quantity, amounts)
        shipped_at = read.date(found[_SHIPPED_AT], shown[_SHIPPED_AT])
        delivered_at = read.date(found[_DELIVERED_AT], shown[_DELIVERED_AT])
        discount = read.amount(amounts, found[_LINE_DISCOUNT], shown[_LINE_DISCOUNT]) or 0
        check_own_discount(discount, gross, shown[_LINE_DISCOUNT], found[_LINE_DISCOUNT])
        tax = read.amount(amounts, found[_LINE_TAX], shown[_LINE_TAX]) or 0
        weight = _weight(found[_WEIGHT], shown[_WEIGHT])
        return Line(
            number, line, found, quantity, price, discount, tax, gross, shipped_at, delivered_at,
            weight,
        )  # fmt: skip

    def _price(
        self, found: tuple[str, ...], quantity: int, amounts: AmountReader
    ) -> tuple[int, int]:
        """The price of a unit and of all of them."""
        shown, text = self._shown[_PRICE], found[_PRICE]
        price = self._cells.amount(amounts, text, shown)
        if price is None:
            raise RowFault("E-MONEY", shown, text, "The price is missing.")
        return price, gross_of(quantity, price, shown, text)

    def _freeze(self, group: Group, sums: Sums, lines: list[Line]) -> Frozen:
        """The order's money, line by line.

        Raises:
            OrderRefused: a discount above what the order is worth.
        """
        frozen = freeze_listed(
            [line.gross for line in lines],
            [line.discount for line in lines],
            [line.tax for line in lines],
            sums.discount,
            sums.shipping,
            self._style(sums.tax_included),
        )
        if sums.discount > frozen.order_discount_minor:
            shown = self._sums.shown(_DISCOUNT)
            fault = RowFault("E-MONEY", shown, message="The discount is larger than the order.")
            raise OrderRefused({group.rows[0][0]: fault})
        return frozen

    def _order(self, group: Group, sums: Sums, lines: list[Line]) -> Order:
        first = group.rows[0][0]
        frozen = self._freeze(group, sums, lines)
        if frozen.total_minor > MAX_MINOR:
            fault = RowFault("E-MONEY", message="The order is worth more than any order.")
            raise OrderRefused({first: fault})
        (
            country, region, payment, codes, order_tags, _, customer_id, name, email, tier, *ship,
        ) = map(str.strip, self._texts.read(group).cells)  # fmt: skip
        tags, address = split_list(order_tags), _address(ship, country, region)
        payment, payments = self._paid_with(first, payment, sums.currency)
        zip_note = postcode_note(first, self._texts.shown(_ZIP), address.postcode, address.country)
        if zip_note:
            group.notes.append(zip_note)
        self._flag_quantities(lines, group.notes)
        shipped = [line.shipped_at for line in lines]
        delivered = [line.delivered_at for line in lines]
        return Order(
            channel=group.key.partition("\x1f")[2] or self._options.channel or "default",
            order_id=group.key.partition("\x1f")[0],
            placed_at=sums.placed_at,
            currency=sums.currency,
            tax_style=frozen.tax_style,
            order_discount_minor=frozen.order_discount_minor,
            shipping_minor=frozen.shipping_minor,
            tax_minor=frozen.tax_minor,
            total_minor=frozen.total_minor,
            captured_minor=sum(one.captured_minor for one in payments) or frozen.total_minor,
            refunded_minor=0,
            lines=_order_lines(lines, frozen, shipped, delivered),
            shipped_at=_common(shipped),
            delivered_at=_common(delivered),
            country=country.upper() if len(country) == 2 else country or address.country,
            region=region or address.region,
            payment_method=payment,
            discount_codes=split_list(codes),
            tags=tags,
            is_gift=sums.is_gift or is_gift(tags, self._options.gift_tags),
            customer_id=clean_id(customer_id),
            customer_name=name,
            customer_email=email,
            customer_tier=tier,
            ship_to=address,
            source_file=self._file,
            source_line=first,
            payments=payments,
        )

    def _paid_with(self, line: int, text: str, currency: str) -> tuple[str, tuple[Payment, ...]]:
        """What paid the order, as text, and how much of it each means of payment took.

        Raises:
            OrderRefused: one of several has no amount.
        """
        try:
            return read_payments(text, self._cells.amounts(currency), self._texts.shown(_PAYMENT))
        except RowFault as fault:
            raise OrderRefused({line: fault}) from None

    def _style(self, tax_included: bool | None) -> TaxStyle:  # noqa: FBT001 - the cell's value
        if tax_included is None:
            return self._options.tax
        return TaxStyle.INCLUDED if tax_included else TaxStyle.ON_TOP

    def _flag_quantities(self, lines: list[Line], notes: list[Note]) -> None:
        for line in lines:
            if line.quantity > LARGE_QUANTITY:
                text = line.cells[_QUANTITY]
                notes.append(Note(line.source_line, "W-QTY-LARGE", self._shown[_QUANTITY], text))


def _line_number(text: str, column: str | None) -> int:
    try:
        number = parse_quantity(text.strip())
    except ValueError:
        number = 0
    if not number:
        message = "The line number is not a whole number of at least 1."
        raise RowFault("E-LINE-DUP", column, text, message)
    return number


def _weight(text: str, column: str | None) -> int | None:
    if not text or text.isspace():
        return None
    try:
        return parse_quantity(text.strip())
    except ValueError:
        raise RowFault("E-VALUE", column, text) from None


def _common(dates: list[str | None]) -> str | None:
    """The one date that every filled row states, None where they differ or none is filled."""
    filled = {date for date in dates if date is not None}
    return filled.pop() if len(filled) == 1 else None


def _order_lines(
    lines: list[Line],
    frozen: Frozen,
    shipped: list[str | None],
    delivered: list[str | None],
) -> tuple[OrderLine, ...]:
    own_shipped, own_delivered = _common(shipped) is None, _common(delivered) is None
    return tuple(
        OrderLine(
            line.number,
            clean_id(line.cells[_SKU]),
            line.cells[_TITLE].strip(),
            line.quantity,
            line.quantity,
            line.price,
            frozen.discounts[at],
            frozen.order_discounts[at],
            frozen.items[at],
            frozen.taxes[at],
            frozen.shippings[at],
            category=line.cells[_CATEGORY].strip(),
            brand=line.cells[_BRAND].strip(),
            tags=split_list(line.cells[_TAGS]),
            weight_g=line.weight_g,
            shipped_at=line.shipped_at if own_shipped else None,
            delivered_at=line.delivered_at if own_delivered else None,
            source_line=line.source_line,
        )
        for at, line in enumerate(lines)
    )


def _address(ship: list[str], country: str, region: str) -> Address:
    name, address1, address2, city, ship_region, postcode, ship_country, phone = ship
    ship_country = ship_country or country
    return Address(
        name=name,
        address1=address1,
        address2=address2,
        city=city,
        region=ship_region or region,
        postcode=clean_id(postcode),
        country=ship_country.upper() if len(ship_country) == 2 else ship_country,
        phone=clean_id(phone),
    )
