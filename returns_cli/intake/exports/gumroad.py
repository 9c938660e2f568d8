"""Gumroad's sales export: a row for a purchase, its refund in the same row.

Amounts are in the currency that stands in their column's name, ``Sale Price ($)``; it must be one
that the sign may mean. Purchase times are UTC.
"""

from __future__ import annotations

import re

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address, SourceRefund
from returns_cli.intake.cells import clean_id, split_list
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import Buyer, DraftedOrders, DraftLine, DraftOrder
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import UTC, ReadOptions
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sheet import Faults, Sheet

_AMOUNTS = ("subtotal", "taxes", "shipping", "sale price", "partial refund")
_NAMED = re.compile(r"(.+) \((.+)\)")
_DATE, _TIME = "purchase date", "purchase time (utc timezone)"
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} .+")
_REFUNDED, _FULLY = "refunded?", "fully refunded?"


class GumroadOrders(DraftedOrders):
    """Builds orders from one Gumroad export."""

    key = "purchase id"
    kinds = ColumnKinds(
        ids=frozenset({"purchase id", "sku id", "zip code"}),
        money=frozenset(f"{name} ($)" for name in _AMOUNTS),
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options)
        found = [one for one in map(_NAMED.fullmatch, header.places) if one]
        self._columns = {one[1]: one[0] for one in found if one[1] in _AMOUNTS}
        self._signs = {one[0]: one[2] for one in found}
        for name in ("sale price", _DATE):
            if name not in self._columns and not header.has(name):
                message = f"The column {name} is missing."
                raise FileRefused("E-CSV-HEADER", message, line=header.line, column=name)

    def draft(self, group: Group, faults: Faults) -> DraftOrder | None:
        """The order of its row."""
        sheet = self._sheet
        line, cells = only_row(group.rows, group, sheet, faults)
        try:
            return self._order(group, line, cells)
        except RowFault as fault:
            faults[line] = fault
            return None

    def _order(self, group: Group, line: int, cells: list[str]) -> DraftOrder:
        sheet = self._sheet
        currency = sheet.currency(cells)
        total = self._amount(cells, "sale price", currency)
        subtotal = self._amount(cells, "subtotal", currency)
        tax = self._amount(cells, "taxes", currency) or 0
        shipping = self._amount(cells, "shipping", currency) or 0
        if total is None:
            column = self._columns["sale price"]
            raise sheet.fault("E-MONEY", cells, column, "The price is missing.")
        gross = max(total - shipping - tax, 0) if subtotal is None else subtotal
        refunded = self._refunded(line, cells, currency, total, group)
        item = DraftLine(
            line, sheet.id(cells, "sku id"), sheet.text(cells, "item name"), self._units(cells),
            gross,
        )  # fmt: skip
        email = sheet.text(cells, "purchase email") or sheet.text(cells, "buyer email")
        return DraftOrder(
            group.key,
            self._placed(cells),
            currency,
            (item,),
            Stated(None, 0, shipping, tax, 0, total),
            captured=0 if refunded is None else None,
            refunds=(SourceRefund(refunded),) if refunded else (),
            payment_method=sheet.text(cells, "payment type"),
            discount_codes=split_list(sheet.text(cells, "discount code"), ","),
            buyer=Buyer(name=sheet.text(cells, "buyer name"), email=email),
            ship_to=self._address(cells),
            columns={
                "total": sheet.shown(self._columns["sale price"]),
                "refunded": sheet.shown(self._columns.get("partial refund", _REFUNDED)),
                "postcode": sheet.shown("zip code"),
                "quantity": sheet.shown("quantity"),
            },
        )

    def _amount(self, cells: list[str], name: str, currency: str) -> int | None:
        """An amount, its column's sign being one of the currency."""
        sheet, column = self._sheet, self._columns.get(name)
        if column is None or not sheet.text(cells, column):
            return None
        try:
            sheet.minor(f"{self._signs[column]}1", column, currency)
        except RowFault as fault:
            raise RowFault(
                fault.code, sheet.shown(column), sheet.text(cells, column), fault.message
            ) from None
        return sheet.amount(cells, column, currency)

    def _units(self, cells: list[str]) -> int:
        """Units; older exports have no such column, and a row is one purchase."""
        return self._sheet.quantity(cells, "quantity") if self._sheet.has("quantity") else 1

    def _refunded(
        self, line: int, cells: list[str], currency: str, total: int, group: Group
    ) -> int | None:
        """What was given back, None where the row says that it was and not how much."""
        sheet = self._sheet
        partial = self._amount(cells, "partial refund", currency) or 0
        is_refunded = sheet.flag(cells, _REFUNDED)
        if sheet.flag(cells, _FULLY):
            return total
        if is_refunded and not partial:
            shown, text = sheet.shown(_REFUNDED), sheet.text(cells, _REFUNDED)
            group.notes.append(Note(line, "W-STATUS-UNKNOWN", shown, text))
            return None
        return partial

    def _placed(self, cells: list[str]) -> str:
        sheet = self._sheet
        day, time = sheet.text(cells, _DATE), sheet.text(cells, _TIME)
        time = time.removesuffix("UTC").strip()
        if not day:
            raise sheet.fault("E-DATE", cells, _DATE)
        if not time:
            return sheet.moment(day, _DATE, UTC)
        if _DATED.fullmatch(time):
            return sheet.moment(time, _TIME, UTC)
        if self.options.date_format is not None:  # which tells of days: the time stands apart
            return sheet.moment(f"{sheet.moment(day, _DATE, UTC)[:10]} {time}", _TIME, UTC)
        return sheet.moment(f"{day} {time}", _TIME, UTC)

    def _address(self, cells: list[str]) -> Address:
        text = self._sheet.text
        return Address(
            text(cells, "buyer name"),
            address1=text(cells, "street address"),
            city=text(cells, "city"),
            region=text(cells, "state"),
            postcode=clean_id(text(cells, "zip code")),
            country=country_code(text(cells, "country")),
        )
