"""Shopify's orders export: one row per line, the order's own values on its first row.

Layout and traps: documented with the 79 columns of late 2025 in FORMATS; older files have 60 to 75.
Continuation rows repeat only the order's name, mail, date and the line; the rest is empty, not 0.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.money import format_amount
from returns_cli.intake.amounts import MAX_MINOR, AmountReader
from returns_cli.intake.cells import clean_id, split_list
from returns_cli.intake.formats import SHOPIFY
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    LARGE_QUANTITY,
    Once,
    OnceColumns,
    OrderCells,
    OrderRefused,
    check_own_discount,
    gross_of,
    is_gift,
    postcode_note,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.survey import KeyColumns

KINDS = ColumnKinds(
    ids=frozenset(
        {"name", "lineitem sku", "billing zip", "billing phone", "shipping zip", "shipping phone",
         "id", "phone"}
    ),
    money=frozenset(
        {"subtotal", "shipping", "taxes", "total", "discount amount", "lineitem price",
         "lineitem compare at price", "refunded amount", "outstanding balance",
         "lineitem discount", "duties"}
    ),
)  # fmt: skip

_CURRENCY, _SUBTOTAL, _SHIPPING, _TAXES, _TOTAL, _DISCOUNT, _CREATED = range(7)
_CANCELLED, _REFUNDED, _BALANCE, _DUTIES, _FULFILLED = range(7, 12)
_SUMS = (
    "currency", "subtotal", "shipping", "taxes", "total", "discount amount", "created at",
    "cancelled at|canceled at", "refunded amount", "outstanding balance", "duties",
    "fulfilled at",
)  # fmt: skip
_DATES = frozenset({_CREATED, _CANCELLED, _FULFILLED})
_TEXTS = (
    "email", "financial status", "fulfillment status", "discount code",
    "payment method", "tags", "billing name", "shipping name", "shipping company",
    "shipping address1", "shipping address2", "shipping city", "shipping province",
    "shipping zip", "shipping country", "shipping phone",
)  # fmt: skip
_PAID, _FULFILMENT, _ZIP = 1, 2, _TEXTS.index("shipping zip")
_TAX_VALUES = tuple(f"tax {number} value" for number in range(1, 6))
_LINE = (
    "lineitem quantity", "lineitem name", "lineitem price", "lineitem sku", "lineitem taxable",
    "lineitem fulfillment status", "vendor", "lineitem discount",
)  # fmt: skip

_PAID_IN_FULL = frozenset({"", "paid", "partially_refunded", "refunded"})
_UNPAID = frozenset({"authorized", "voided"})
_FULFILMENTS = frozenset({"", "fulfilled", "unfulfilled", "partial"})
_SHIPPED, _WAITING = frozenset({"fulfilled"}), frozenset({"pending", "unfulfilled"})
_TAXABLE = {"true": True, "TRUE": True, "false": False, "FALSE": False, "": None}


_PART_UNKNOWN = "The order is partly paid, and the file does not say how much."


class _Line(NamedTuple):
    """A row's own part, before the order's money is shared over its lines."""

    source_line: int
    quantity: int
    title: str
    price: int
    sku: str
    taxable: bool | None
    status: str
    vendor: str
    discount: int
    gross: int


class _Sums(NamedTuple):
    """The order-level values that count once."""

    currency: str
    stated: Stated
    placed_at: str
    cancelled_at: str | None
    shipped_at: str | None
    refunded: int
    balance: int | None


class ShopifyOrders:
    """Builds orders from the groups of one Shopify file.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    form = SHOPIFY
    kinds = KINDS
    inherits = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        self.keys = KeyColumns(header.place("name"))
        self._options = options
        self._file = file
        self._cells = OrderCells(header, options, "currency")
        self._sums = OnceColumns(header, _SUMS)
        self._texts = OnceColumns(header, _TEXTS)
        self._taxes = OnceColumns(header, _TAX_VALUES)
        places = [header.place(name) for name in _LINE]
        self._line_columns = [header.shown(place) for place in places]
        self._line_of = itemgetter(*places)

    def build(self, group: Group) -> Order:
        """The order of a group; warnings are added to the group's notes.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        faults = dict(group.faults)
        sums = self._read_sums(group, faults)
        if sums is None:
            raise OrderRefused(faults)
        amounts = self._cells.amounts(sums.currency)
        is_cancelled = sums.cancelled_at is not None
        lines = []
        for line, cells in group.rows:
            if line not in faults:
                try:
                    lines.append(self._read_line(line, cells, amounts, is_cancelled=is_cancelled))
                except RowFault as fault:
                    faults[line] = fault
        if faults:
            raise OrderRefused(faults)
        return self._order(group, sums, lines)

    def _read_sums(self, group: Group, faults: dict[int, RowFault]) -> _Sums | None:
        once = self._sums.read(group)
        index = _CURRENCY
        try:
            currency = self._cells.currency(once.cells[_CURRENCY], self._sums.shown(_CURRENCY))
            values: list[int | str | None] = [currency]
            for index in range(1, len(_SUMS)):
                values.append(self._sum(index, once.cells[index], currency))
        except RowFault as fault:
            faults.setdefault(once.lines.get(index, group.rows[0][0]), fault)
            return None
        self._find_conflicts(once, values, currency, faults)
        return self._stated(group, values, faults)

    def _sum(self, index: int, text: str, currency: str) -> int | str | None:
        """One order-level value: a date, an amount, or the currency."""
        column = self._sums.shown(index)
        if index == _CURRENCY:
            return self._cells.currency(text, column)
        if index in _DATES:
            return self._cells.date(text, column)
        amounts = self._cells.amounts(currency, signed=index == _BALANCE)
        return self._cells.amount(amounts, text, column)

    def _find_conflicts(
        self,
        once: Once,
        values: list[int | str | None],
        currency: str,
        faults: dict[int, RowFault],
    ) -> None:
        for line, index, text in once.others:
            try:
                is_same = self._sum(index, text, currency) == values[index]
            except RowFault as fault:
                faults.setdefault(line, fault)
                continue
            if not is_same and index != _FULFILLED:
                code = "E-CURRENCY-MIXED" if index == _CURRENCY else "E-ORDER-CONFLICT"
                faults.setdefault(line, RowFault(code, self._sums.shown(index), text))

    def _stated(
        self, group: Group, values: list[int | str | None], faults: dict[int, RowFault]
    ) -> _Sums | None:
        currency, subtotal, shipping, taxes, total, discount, placed_at = values[:_CANCELLED]
        cancelled_at, refunded, balance, duties, shipped_at = values[_CANCELLED:]
        first = group.rows[0][0]
        if placed_at is None:
            faults.setdefault(first, RowFault("E-DATE", self._sums.shown(_CREATED), ""))
            return None
        if taxes is None:
            taxes = self._sum_of_taxes(group, str(currency), faults)
        stated = Stated(
            _amount(subtotal),
            _amount(discount) or 0,
            _amount(shipping) or 0,
            _amount(taxes) or 0,
            _amount(duties) or 0,
            _amount(total),
        )
        return _Sums(
            str(currency),
            stated,
            str(placed_at),
            _text(cancelled_at),
            _text(shipped_at),
            _amount(refunded) or 0,
            _amount(balance),
        )

    def _sum_of_taxes(self, group: Group, currency: str, faults: dict[int, RowFault]) -> int:
        """Σ of the five named taxes, for files without a filled Taxes cell."""
        once = self._taxes.read(group)
        amounts = self._cells.amounts(currency)
        total = 0
        for index, text in enumerate(once.cells):
            try:
                total += self._cells.amount(amounts, text, self._taxes.shown(index)) or 0
            except RowFault as fault:
                faults.setdefault(group.rows[0][0], fault)
        return total

    def _read_line(
        self, line: int, cells: list[str], amounts: AmountReader, *, is_cancelled: bool
    ) -> _Line:
        units, title, price_text, sku, taxable, status, vendor, discount_text = self._line_of(cells)
        columns, read = self._line_columns, self._cells
        quantity = read.quantity(units, columns[0], may_be_zero=is_cancelled)
        price = read.amount(amounts, price_text, columns[2])
        if price is None:
            raise RowFault("E-MONEY", columns[2], price_text, "The price is missing.")
        gross = gross_of(quantity, price, columns[2], price_text)
        discount = read.amount(amounts, discount_text, columns[7]) or 0
        if not quantity:
            discount = 0
        check_own_discount(discount, gross, columns[7], discount_text)
        return _Line(
            line,
            quantity,
            title.strip(),
            price,
            clean_id(sku),
            _TAXABLE.get(taxable.strip().lower()),
            status.strip().lower(),
            vendor.strip(),
            discount,
            gross,
        )

    def _order(self, group: Group, sums: _Sums, lines: list[_Line]) -> Order:
        first, notes = group.rows[0][0], group.notes
        texts = self._texts.read(group)
        frozen = freeze_stated(
            [line.gross for line in lines],
            [line.discount for line in lines],
            [line.taxable for line in lines],
            sums.stated,
            self._options.tax,
        )
        self._check_totals(group, sums, frozen)
        (
            email, paid, fulfilment, codes, payment, tags,
            billing_name, *ship,
        ) = texts.cells  # fmt: skip
        address = _address(ship)
        tag_list = split_list(tags, ",")
        status = fulfilment.strip().lower()
        if status not in _FULFILMENTS:
            notes.append(
                Note(first, "W-STATUS-UNKNOWN", self._texts.shown(_FULFILMENT), fulfilment)
            )
        zip_note = postcode_note(first, self._texts.shown(_ZIP), address.postcode, address.country)
        if zip_note:
            notes.append(zip_note)
        return Order(
            channel=self._options.channel or "default",
            order_id=group.key,
            placed_at=sums.placed_at,
            currency=sums.currency,
            tax_style=frozen.tax_style,
            order_discount_minor=frozen.order_discount_minor,
            shipping_minor=frozen.shipping_minor,
            tax_minor=frozen.tax_minor,
            total_minor=frozen.total_minor,
            captured_minor=self._captured(group, paid, frozen.total_minor, sums),
            refunded_minor=sums.refunded,
            lines=self._lines(
                lines, frozen, status, notes, is_cancelled=sums.cancelled_at is not None
            ),
            shipped_at=sums.shipped_at,
            cancelled_at=sums.cancelled_at,
            country=address.country,
            region=address.region,
            payment_method=payment.strip(),
            discount_codes=split_list(codes, ","),
            tags=tag_list,
            is_gift=bool(tag_list) and is_gift(tag_list, self._options.gift_tags),
            customer_name=billing_name.strip() or address.name,
            customer_email=email.strip(),
            ship_to=address,
            source_file=self._file,
            source_line=first,
        )

    def _check_totals(self, group: Group, sums: _Sums, frozen: Frozen) -> None:
        """Refuse a refund above the total; flag a total that does not fit or is missing.

        Raises:
            OrderRefused: ``E-REFUND-OVER``, ``E-MONEY``.
        """
        first, column = group.rows[0][0], self._sums.shown(_TOTAL)
        if sums.refunded > frozen.total_minor:
            once = self._sums.read(group)
            line = once.lines.get(_REFUNDED, first)
            shown = self._sums.shown(_REFUNDED)
            raise OrderRefused({line: RowFault("E-REFUND-OVER", shown, once.cells[_REFUNDED])})
        if frozen.total_minor > MAX_MINOR:
            raise OrderRefused(
                {first: RowFault("E-MONEY", column, None, "The order is too large.")}
            )
        if frozen.mismatch_minor:
            difference = format_amount(frozen.mismatch_minor, sums.currency)
            group.notes.append(Note(first, "W-TOTAL-MISMATCH", column, difference))
        if frozen.is_computed:
            group.notes.append(Note(first, "W-TOTAL-COMPUTED", column))

    def _captured(self, group: Group, status: str, total: int, sums: _Sums) -> int:
        """What the customer has paid in, by the financial status."""
        folded = status.strip().lower().replace(" ", "_")
        column, balance = self._texts.shown(_PAID), sums.balance
        line, notes = group.rows[0][0], group.notes
        if folded in ("", "paid") and balance is not None and balance > 0:
            notes.append(
                Note(
                    line,
                    "W-PAID-UNCLEAR",
                    self._sums.shown(_BALANCE),
                    format_amount(balance, sums.currency),
                )
            )
            return max(total - balance, 0)
        if folded in _PAID_IN_FULL:
            return total
        if folded in _UNPAID:
            return 0
        if folded == "pending":
            return 0 if balance is None else max(total - max(balance, 0), 0)
        if folded == "partially_paid" and balance is not None:
            return max(total - max(balance, 0), 0)
        if folded == "partially_paid":
            notes.append(Note(line, "W-PAID-UNCLEAR", column, status, _PART_UNKNOWN))
            return 0
        notes.append(Note(line, "W-STATUS-UNKNOWN", column, status))
        return total

    def _lines(
        self,
        lines: list[_Line],
        frozen: Frozen,
        order_status: str,
        notes: list[Note],
        *,
        is_cancelled: bool,
    ) -> tuple[OrderLine, ...]:
        made = []
        for number, line in enumerate(lines, 1):
            at = number - 1
            if line.quantity > LARGE_QUANTITY:
                shown = self._line_columns[0]
                notes.append(Note(line.source_line, "W-QTY-LARGE", shown, str(line.quantity)))
            made.append(
                OrderLine(
                    number,
                    line.sku,
                    line.title,
                    line.quantity,
                    self._shipped(line, order_status, notes),
                    line.price,
                    frozen.discounts[at],
                    frozen.order_discounts[at],
                    frozen.items[at],
                    frozen.taxes[at],
                    frozen.shippings[at],
                    brand=line.vendor,
                    taxable=line.taxable,
                    cancelled=is_cancelled,
                    source_line=line.source_line,
                )
            )
        return tuple(made)

    def _shipped(self, line: _Line, order_status: str, notes: list[Note]) -> int:
        """Units that count as shipped: all, unless the line or its order says unfulfilled."""
        status = line.status
        if status in _SHIPPED:
            return line.quantity
        if status in _WAITING:
            return 0
        if status:
            shown = self._line_columns[5]
            notes.append(Note(line.source_line, "W-STATUS-UNKNOWN", shown, status))
        return 0 if order_status == "unfulfilled" else line.quantity


def _amount(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: int | str | None) -> str | None:
    return value if isinstance(value, str) else None


def _address(ship: list[str]) -> Address:
    name, company, address1, address2, city, region, postcode, country, phone = map(str.strip, ship)
    return Address(
        name,
        company,
        address1,
        address2,
        city,
        region,
        clean_id(postcode),
        country.upper() if len(country) == 2 else country,
        clean_id(phone),
    )
