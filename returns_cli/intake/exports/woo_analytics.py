"""WooCommerce's own Analytics export: a row for an order, another one for each refund.

``N. Revenue (formatted)`` is what the order came to, once refunded with a second amount behind it;
``Net Sales`` is its goods after discounts. What lies between, tax and shipping, no column says:
it is kept as shipping. A refund's row repeats the order's revenue; its net sales are negative.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import SourceRefund
from returns_cli.domain.money import allocate
from returns_cli.intake.cells import split_list
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.exports.woo import read_status
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sheet import Faults, Sheet

_REVENUE = "n. revenue (formatted)"
_NET = "net sales"
_PRODUCTS = "product(s)"
_SOLD = "items sold"
_BETWEEN = re.compile(r", (?=-?[0-9]+ ?\u00d7 )")
_COUNTED = re.compile(r"-?([0-9]{1,9}) ?\u00d7 (.+)", re.DOTALL)
_BLANK = re.compile(r"\s+")


_Row = tuple[int, list[str]]


class _Part(NamedTuple):
    quantity: int
    title: str


class _Amounts(NamedTuple):
    """A row's amounts, minor units: revenue with tax and shipping, net sales, what is left."""

    revenue: int | None
    net: int | None
    left: int | None = None

    @property
    def is_negative(self) -> bool:
        """Whether the row gives money back."""
        return any(amount is not None and amount < 0 for amount in self[:2])

    @property
    def given_back(self) -> int:
        """What a refund's row gives back."""
        return -next(amount for amount in self[:2] if amount is not None and amount < 0)


class WooAnalyticsOrders(DraftedOrders):
    """Builds orders from one Analytics export."""

    key = "order #"
    may_add = True
    kinds = ColumnKinds(ids=frozenset({"order #"}), money=frozenset({_REVENUE, _NET}))

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, dot_is_decimal=True)
        if not header.has(_REVENUE, _NET):
            message = "The file has neither revenue nor net sales."
            raise FileRefused("E-CSV-HEADER", message, line=header.line, column=_NET)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | OrderSupplement | None:
        """The order of its row; where the file has only refunds of it, these."""
        sheet = self._sheet
        currency = sheet.currency(group.rows[0][1])
        sales: list[_Row] = []
        given: list[tuple[_Row, int]] = []
        for row in group.rows:
            try:
                amounts = self._amounts(row[1], currency)
                if self._is_refund(row[1], amounts):
                    given.append((row, self._given_back(row[1], amounts)))
                else:
                    sales.append(row)
            except RowFault as fault:
                faults[row[0]] = fault
        if faults:
            return None
        if not sales:
            return self._supplement(group, currency, given, self._refunds(given, (), faults))
        sale = only_row(sales, group, sheet, faults)
        try:
            lines = self._lines(sale, currency, group)
            refunds = self._refunds(given, lines, faults)
            return self._order(group, sale, currency, lines, refunds, given)
        except RowFault as fault:
            faults[sale[0]] = fault
            return None

    def _amounts(self, cells: list[str], currency: str) -> _Amounts:
        sheet = self._sheet
        text = sheet.text(cells, _REVENUE)
        revenue: int | None = None
        left: int | None = None
        if text:
            revenue, left = self._revenue(text, currency)
        net = sheet.amount(cells, _NET, currency, signed=True)
        if revenue is None and net is None:
            name = _REVENUE if sheet.has(_REVENUE) else _NET
            raise sheet.fault("E-MONEY", cells, name, "The amount is missing.")
        return _Amounts(revenue, net, left)

    def _revenue(self, text: str, currency: str) -> tuple[int, int | None]:
        """What the order came to, and what refunds left of it where the cell says both."""
        minor = self._sheet.minor
        try:
            return minor(text, _REVENUE, currency, signed=True), None
        except RowFault as fault:
            for blank in _BLANK.finditer(text):
                try:
                    first = minor(text[: blank.start()], _REVENUE, currency)
                    return first, minor(text[blank.end() :], _REVENUE, currency)
                except RowFault:
                    continue
            raise fault from None

    def _is_refund(self, cells: list[str], amounts: _Amounts) -> bool:
        return amounts.is_negative or self._sheet.text(cells, _SOLD)[:1] == "-"

    def _given_back(self, cells: list[str], amounts: _Amounts) -> int:
        if not amounts.is_negative:
            raise self._sheet.fault(
                "E-MONEY", cells, _NET, "The row's items are negative and its amount is not."
            )
        return amounts.given_back

    def _lines(self, sale: _Row, currency: str, group: Group) -> tuple[DraftLine, ...]:
        """The order's products, their net sales shared by units: prices are not in the file."""
        sheet, (number, cells) = self._sheet, sale
        amounts = self._amounts(cells, currency)
        goods = amounts.net if amounts.net is not None else amounts.revenue or 0
        status = read_status(sheet, Group("", [sale]), "status")
        sold = sheet.quantity(cells, _SOLD, may_be_zero=status.is_cancelled)
        text = sheet.text(cells, _PRODUCTS)
        parts = _parts(text)
        if sum(part.quantity for part in parts) != sold or not all(part.quantity for part in parts):
            group.notes.append(Note(number, "W-LINES-SUMMARY", sheet.shown(_PRODUCTS), text))
            parts = [_Part(sold, text)]
        shares = allocate(goods, [part.quantity for part in parts]) if len(parts) > 1 else (goods,)
        return tuple(
            DraftLine(number, "", part.title, part.quantity, share)
            for part, share in zip(parts, shares, strict=True)
        )

    def _refunds(
        self,
        given: list[tuple[_Row, int]],
        lines: tuple[DraftLine, ...],
        faults: Faults,
    ) -> tuple[SourceRefund, ...]:
        sheet, found = self._sheet, []
        for (number, cells), amount in given:
            try:
                day = sheet.date(cells, "date")
            except RowFault as fault:
                faults[number] = fault
                continue
            parts = _parts(sheet.text(cells, _PRODUCTS))
            titled = [
                at for at, line in enumerate(lines, 1) if parts and line.title == parts[0].title
            ]
            line = titled[0] if len(parts) == len(titled) == 1 else None
            found.append(SourceRefund(amount, line, day))
        return tuple(found)

    def _supplement(
        self,
        group: Group,
        currency: str,
        given: list[tuple[_Row, int]],
        refunds: tuple[SourceRefund, ...],
    ) -> OrderSupplement:
        """The refunds of an order whose own row is in another file."""
        sheet = self._sheet
        named = [_parts(sheet.text(cells, _PRODUCTS)) for (_, cells), _ in given]
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            self.options.channel,
            group.key,
            currency,
            refunded_minor=sum(one.amount_minor for one in refunds),
            refunds=refunds,
            items=tuple(parts[0].title if len(parts) == 1 else "" for parts in named),
            refund_column=sheet.shown(_NET) or sheet.shown(_REVENUE),
        )

    def _order(
        self,
        group: Group,
        sale: _Row,
        currency: str,
        lines: tuple[DraftLine, ...],
        refunds: tuple[SourceRefund, ...],
        given: list[tuple[_Row, int]],
    ) -> DraftOrder:
        sheet, (_, cells) = self._sheet, sale
        placed = sheet.date(cells, "date")
        if placed is None:
            raise sheet.fault("E-DATE", cells, "date")
        revenue, net, left = self._amounts(cells, currency)
        goods = sum(line.gross for line in lines)
        beside = max(revenue - goods, 0) if revenue is not None and net is not None else 0
        status = read_status(sheet, Group("", [sale], notes=group.notes), "status")
        refunded = sum(one.amount_minor for one in refunds)
        if revenue is not None and left is not None and revenue - left > refunded:
            refunds = (*refunds, SourceRefund(revenue - left - refunded))
            refunded = revenue - left
        return DraftOrder(
            group.key,
            placed,
            currency,
            lines,
            Stated(None, 0, beside, 0, 0, revenue),
            captured=status.captured(refunded),
            refunds=refunds,
            refund_line=given[-1][0][0] if given else 0,
            cancelled_at=placed if status.is_cancelled else None,
            discount_codes=split_list(sheet.text(cells, "coupon(s)"), ","),
            buyer=Buyer(name=sheet.text(cells, "customer")),
            columns={
                "total": sheet.shown(_REVENUE),
                "refunded": sheet.shown(_NET) or sheet.shown(_REVENUE),
                "quantity": sheet.shown(_SOLD),
            },
        )


def _parts(text: str) -> list[_Part]:
    """The products of a cell ``2\u00d7 Mug, 1\u00d7 Jug``; none where it is not written so."""
    found = [_COUNTED.fullmatch(part) for part in _BETWEEN.split(text)]
    return [] if None in found else [_Part(int(one[1]), one[2]) for one in found if one]
