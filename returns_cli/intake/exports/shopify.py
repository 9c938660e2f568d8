"""Shopify's orders export: one row per line, the order's own values on its first row.

The layout is that of late 2025, 79 columns; older files have 60 to 75, found by name. Continuation
rows repeat only the order's name, mail, date and the line; the rest is empty, which is not 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain.freeze import Frozen, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.money import format_amount
from returns_cli.intake.amounts import MAX_MINOR
from returns_cli.intake.cells import clean_id, split_list
from returns_cli.intake.exports.shopify_cells import (
    BALANCE,
    KINDS,
    REFUNDED,
    STATUS,
    TEXTS,
    TOTAL,
    UNITS,
    Line,
    ShopifyCells,
    Sums,
)
from returns_cli.intake.exports.shopify_plain import PlainOrders
from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    LARGE_QUANTITY,
    OrderRefused,
    is_gift,
    postcode_note,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.survey import KeyColumns

_PAID, _FULFILMENT, _ZIP = 1, 2, TEXTS.index("shipping zip")

_PAID_IN_FULL = frozenset({"", "paid", "partially_refunded", "refunded"})
_UNPAID = frozenset({"authorized", "voided"})
_FULFILMENTS = frozenset({"", "fulfilled", "unfulfilled", "partial"})
_WAITING = frozenset({"pending", "unfulfilled"})
_PART_UNKNOWN = "The order is partly paid, and the file does not say how much."


class ShopifyOrders:
    """Builds orders from the groups of one Shopify file.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.

    Raises:
        FileRefused: ``E-CURRENCY-MISSING``.
    """

    kinds = KINDS
    inherits = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        self.keys = KeyColumns(header.place("name"))
        self._options = options
        self._channel = options.channel or "default"
        self._file = file
        self._cells = ShopifyCells(header, options)
        self._plain = PlainOrders(header, options, file, self._cells.cells)

    def build_plain(self, groups: Sequence[Group]) -> list[Order | None]:
        """The orders of many groups; None for one that ``build`` must read."""
        return self._plain.build(groups)

    def build(self, group: Group) -> Order:
        """The order of a group; warnings are added to the group's notes.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        sums, lines, texts = self._cells.read(group)
        frozen = freeze_stated(
            [line.gross for line in lines],
            [line.discount for line in lines],
            [line.taxable for line in lines],
            sums.stated,
            self._options.tax,
        )
        self._check_totals(group, sums, frozen)
        return self._order(group, sums, lines, texts, frozen)

    def check_rows(self, group: Group) -> None:
        """Read the rows alone, for their own faults.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        self._cells.read(group)

    def _order(
        self,
        group: Group,
        sums: Sums,
        lines: list[Line],
        texts: Sequence[str],
        frozen: Frozen,
    ) -> Order:
        first, notes = group.rows[0][0], group.notes
        (
            email, paid, fulfilment, codes, payment, tags, billing_name, *ship,
        ) = texts  # fmt: skip
        address = _address(ship)
        tag_list = split_list(tags, ",")
        status = fulfilment.strip().lower()
        if status not in _FULFILMENTS:
            notes.append(
                Note(first, "W-STATUS-UNKNOWN", self._cells.texts.shown(_FULFILMENT), status)
            )
        zip_note = postcode_note(
            first, self._cells.texts.shown(_ZIP), address.postcode, address.country
        )
        if zip_note:
            notes.append(zip_note)
        return Order(
            self._channel,
            group.key,
            sums.placed_at,
            sums.currency,
            frozen.tax_style,
            frozen.order_discount_minor,
            frozen.shipping_minor,
            frozen.tax_minor,
            frozen.total_minor,
            self._captured(group, paid, frozen.total_minor, sums),
            sums.refunded,
            self._lines(lines, frozen, status, notes, is_cancelled=sums.cancelled_at is not None),
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

    def _check_totals(self, group: Group, sums: Sums, frozen: Frozen) -> None:
        """Refuse a refund above the total; flag a total that does not fit or is missing.

        Raises:
            OrderRefused: ``E-REFUND-OVER``, ``E-MONEY``.
        """
        first, column = group.rows[0][0], self._cells.sums.shown(TOTAL)
        if sums.refunded > frozen.total_minor:
            once = self._cells.sums.read(group)
            shown = self._cells.sums.shown(REFUNDED)
            fault = RowFault("E-REFUND-OVER", shown, once.cells[REFUNDED])
            raise OrderRefused({once.lines.get(REFUNDED, first): fault})
        if frozen.total_minor > MAX_MINOR:
            fault = RowFault("E-MONEY", column, message="The order is larger than any order.")
            raise OrderRefused({first: fault})
        if frozen.mismatch_minor:
            difference = format_amount(frozen.mismatch_minor, sums.currency)
            group.notes.append(Note(first, "W-TOTAL-MISMATCH", column, difference))
        if frozen.is_computed:
            group.notes.append(Note(first, "W-TOTAL-COMPUTED", column))

    def _captured(self, group: Group, status: str, total: int, sums: Sums) -> int:
        """What the customer has paid in, by the financial status."""
        balance = sums.balance
        if status == "paid" and not balance:
            return total
        folded = status.strip().lower().replace(" ", "_")
        column = self._cells.texts.shown(_PAID)
        first, notes = group.rows[0][0], group.notes
        if folded in ("", "paid") and balance is not None and balance > 0:
            shown = self._cells.sums.shown(BALANCE)
            value = format_amount(balance, sums.currency)
            notes.append(Note(first, "W-PAID-UNCLEAR", shown, value))
            return max(total - balance, 0)
        if folded in _PAID_IN_FULL:
            return total
        if folded in _UNPAID:
            return 0
        if folded in ("pending", "partially_paid") and balance is not None:
            return max(total - max(balance, 0), 0)
        if folded == "pending":
            return 0
        if folded == "partially_paid":
            notes.append(Note(first, "W-PAID-UNCLEAR", column, status, _PART_UNKNOWN))
            return 0
        notes.append(Note(first, "W-STATUS-UNKNOWN", column, status))
        return total

    def _lines(
        self,
        lines: list[Line],
        frozen: Frozen,
        order_status: str,
        notes: list[Note],
        *,
        is_cancelled: bool,
    ) -> tuple[OrderLine, ...]:
        made = []
        shares = zip(
            frozen.discounts, frozen.order_discounts, frozen.items, frozen.taxes, frozen.shippings,
            strict=True,
        )  # fmt: skip
        for number, (line, (own, shared, items, tax, shipping)) in enumerate(
            zip(lines, shares, strict=True), 1
        ):
            if line.quantity > LARGE_QUANTITY:
                shown = self._cells.line_columns[UNITS]
                notes.append(Note(line.source_line, "W-QTY-LARGE", shown, str(line.quantity)))
            made.append(
                OrderLine(
                    number,
                    line.sku,
                    line.title,
                    line.quantity,
                    self._shipped(line, order_status, notes),
                    line.price,
                    own,
                    shared,
                    items,
                    tax,
                    shipping,
                    "",
                    line.vendor,
                    (),
                    None,
                    line.taxable,
                    is_cancelled,
                    None,
                    None,
                    line.source_line,
                )
            )
        return tuple(made)

    def _shipped(self, line: Line, order_status: str, notes: list[Note]) -> int:
        """Units that count as shipped: all, unless the line or its order says unfulfilled."""
        status = line.status
        if status == "fulfilled":
            return line.quantity
        status = status.strip().lower()
        if status in _WAITING:
            return 0
        if status == "fulfilled":
            return line.quantity
        if status:
            shown = self._cells.line_columns[STATUS]
            notes.append(Note(line.source_line, "W-STATUS-UNKNOWN", shown, line.status))
        return 0 if order_status == "unfulfilled" else line.quantity


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
