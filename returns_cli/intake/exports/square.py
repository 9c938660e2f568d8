"""Square's item details: one row per item sold or given back, with its own discount and tax.

A refund has its sale's transaction and a payment of its own; in the file it may come before its
sale, or without it. The currency is the shop's. An order came to what its rows net, and tax.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.model import SourceRefund
from returns_cli.domain.source_refunds import sum_of
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.exports.zone_names import named_zone
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import check_own_discount
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder, Listed
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_NET = "net sales"
_EVENT = "event type"
_DATE_STYLES = ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p")
_MONEY = frozenset({"gross sales", "discounts", _NET, "tax"})


class _Row(NamedTuple):
    """One row, refunds with the signs turned round; minor units."""

    line: int
    sku: str
    title: str
    quantity: int
    gross: int
    discount: int
    tax: int
    at: str
    payment: str
    is_refund: bool
    category: str

    @property
    def paid(self) -> int:
        return self.gross - self.discount + self.tax


class SquareOrders(DraftedOrders):
    """Builds orders from one item details export.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = "transaction id"
    kinds = ColumnKinds(
        ids=frozenset({"transaction id", "payment id", "sku", "customer id"}), money=_MONEY
    )
    may_add = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, dot_is_decimal=True, date_styles=_DATE_STYLES)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | OrderSupplement | None:
        """The order of a transaction, or refunds of one whose sale is not in the file."""
        currency = self._sheet.once_currency(group, faults)
        rows = []
        for line, cells in group.rows:
            try:
                rows.append(self._row(line, cells, currency, group))
            except RowFault as fault:
                faults.setdefault(line, fault)
        if faults:
            return None
        sold = [row for row in rows if not row.is_refund]
        given_back = [row for row in rows if row.is_refund and row.paid]
        if sold:
            return self._order(group, currency, sold, given_back)
        return self._supplement(group, currency, given_back) if given_back else None

    def _order(
        self, group: Group, currency: str, sold: list[_Row], given_back: list[_Row]
    ) -> DraftOrder:
        sheet = self._sheet
        return DraftOrder(
            group.key,
            min(row.at for row in sold),
            currency,
            tuple(
                DraftLine(
                    row.line, row.sku, row.title, row.quantity, row.gross, row.discount, row.tax,
                    category=row.category,
                )
                for row in sold
            ),
            Listed(style=TaxStyle.ON_TOP),
            refunds=_refunds(sold, given_back),
            refund_line=given_back[0].line if given_back else 0,
            buyer=Buyer(
                customer_id=sheet.first_text(group, "customer id"),
                name=sheet.first_text(group, "customer name"),
            ),
            columns={
                "total": sheet.shown(_NET),
                "refunded": sheet.shown(_NET),
                "quantity": sheet.shown("qty"),
            },
        )  # fmt: skip

    def _supplement(self, group: Group, currency: str, given_back: list[_Row]) -> OrderSupplement:
        refunds = tuple(SourceRefund(row.paid, None, row.at, row.payment) for row in given_back)
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            None,
            group.key,
            currency,
            refunded_minor=sum_of(refunds),
            refunds=refunds,
            items=tuple(row.sku or row.title for row in given_back),
            refund_lines=tuple(row.line for row in given_back),
            refund_column=self._sheet.shown(_NET),
        )

    def _row(self, line: int, cells: list[str], currency: str, group: Group) -> _Row:
        sheet = self._sheet
        is_refund = self._is_refund(line, cells, group)
        sign = -1 if is_refund else 1
        net = self._amount(cells, _NET, currency)
        if net is None:
            raise sheet.fault("E-MONEY", cells, _NET)
        discount = -sign * (self._amount(cells, "discounts", currency) or 0)
        tax = sign * (self._amount(cells, "tax", currency) or 0)
        gross = sign * net + discount
        for name, amount in ((_NET, gross), ("discounts", discount), ("tax", tax)):
            if amount < 0:
                message = "The amount has the sign of the opposite event."
                raise sheet.fault("E-MONEY", cells, name, message)
        check_own_discount(discount, gross, sheet.shown("discounts"), str(discount))
        title, variation = sheet.text(cells, "item"), sheet.text(cells, "price point name")
        if variation and variation.casefold() != "regular":
            title = f"{title} ({variation})"
        return _Row(
            line,
            sheet.id(cells, "sku"),
            title,
            self._quantity(cells, is_refund=is_refund),
            gross,
            discount,
            tax,
            self._at(cells),
            sheet.id(cells, "payment id"),
            is_refund,
            sheet.text(cells, "category"),
        )

    def _amount(self, cells: list[str], name: str, currency: str) -> int | None:
        return self._sheet.amount(cells, name, currency, signed=True)

    def _is_refund(self, line: int, cells: list[str], group: Group) -> bool:
        """Whether the row gives back: by its event, in files without events by its quantity."""
        event = self._sheet.text(cells, _EVENT)
        word = event.casefold()
        if word not in ("payment", "refund"):
            if word:
                shown = self._sheet.shown(_EVENT)
                group.notes.append(Note(line, "W-STATUS-UNKNOWN", shown, event))
            return self._sheet.text(cells, "qty")[:1] in ("-", "(")
        return word == "refund"

    def _quantity(self, cells: list[str], *, is_refund: bool) -> int:
        """Units, without the sign that a refund has."""
        sheet = self._sheet
        if not is_refund:
            return sheet.quantity(cells, "qty")
        plain = list(cells)
        text = sheet.text(cells, "qty")
        plain[sheet.place("qty")] = text.removeprefix("-").strip("()")
        try:
            return sheet.quantity(plain, "qty", may_be_zero=True)
        except RowFault:
            raise sheet.fault("E-QTY", cells, "qty") from None

    def _at(self, cells: list[str]) -> str:
        sheet = self._sheet
        day = sheet.date(cells, "date")
        if day is None:
            raise sheet.fault("E-DATE", cells, "date")
        clock = sheet.text(cells, "time")
        if len(day) > len("2026-04-01") or not clock:
            return day
        return sheet.moment(f"{day} {clock}", "time", named_zone(sheet.text(cells, "time zone")))


def _refunds(sold: list[_Row], given_back: list[_Row]) -> tuple[SourceRefund, ...]:
    """The refunds, each on the line of its item that still has that much to give back."""
    left = [row.paid for row in sold]
    refunds = []
    for row in given_back:
        fitting = _lines_of(row, sold)
        roomy = [place for place in fitting if left[place] >= row.paid] or fitting[:1]
        if roomy:
            left[roomy[0]] -= row.paid
        line = roomy[0] + 1 if roomy else None
        refunds.append(SourceRefund(row.paid, line, row.at, row.payment))
    return tuple(refunds)


def _lines_of(given_back: _Row, sold: list[_Row]) -> list[int]:
    """Places of the rows that sold what a row gives back: the same in all, else the same SKU."""
    item = (given_back.sku, given_back.title)
    exact = [place for place, one in enumerate(sold) if (one.sku, one.title) == item]
    if exact or not given_back.sku:
        return exact
    return [place for place, one in enumerate(sold) if one.sku == given_back.sku]
