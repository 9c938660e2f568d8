"""WooCommerce orders by WebToffee: a row for an order, six columns for each of its items.

As many groups of columns stand in the header as the largest order has items; the others' are empty.
Only where they were left out of the export the packed cells (``key:value|key:value``) are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from returns_cli.domain.model import SourceRefund
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.exports.woo import Status
from returns_cli.intake.exports.woo_plugin import IDS, MONEY, Items, WooPluginOrders
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import DraftLine
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.sheet import Faults

_REFUNDS = "refund_items"
_WIDE = re.compile(r"product item ([0-9]{1,4}) name")
_PACKED = re.compile(r"line_item_([0-9]{1,4})")
_FIELD = re.compile(
    r"(name|product_id|sku|quantity|total|sub_total|tax|tax_data|meta):(.*)", re.DOTALL
)
_REFUND = re.compile(r"amount:([^|;]+)\|reason:(.*?)\|date:([^|;]*)(?:;|$)", re.DOTALL)
_CODE = re.compile(r"code:([^|;]+)")


class WooWebToffeeOrders(WooPluginOrders):
    """Builds orders from one WebToffee export."""

    number = "order_number"
    date = "order_date"
    refunded = _REFUNDS

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._wide = _numbers(header, _WIDE)
        self._packed = [] if self._wide else _numbers(header, _PACKED)
        self.kinds = ColumnKinds(  # type: ignore[misc]  # as many columns as the file has
            ids=IDS | {f"product item {number} sku" for number in self._wide},
            money=MONEY
            | {
                f"product item {number} {name}"
                for number in self._wide
                for name in ("total", "subtotal")
            },
        )

    def items(self, group: Group, currency: str, status: Status, faults: Faults) -> Items:
        """The items of the order's row; groups of columns that are empty are none."""
        line, cells = only_row(group.rows, group, self.sheet, faults)
        if line in faults:
            return Items([])
        try:
            found = [
                *self._wide_items(line, cells, currency, status),
                *self._packed_items(line, cells, currency, status),
            ]
        except RowFault as fault:
            faults[line] = fault
            return Items([])
        return Items(found, self._refunds(line, cells, currency, group))

    def codes(self, group: Group) -> tuple[str, ...]:
        """The coupons of the order."""
        text = self.sheet.first_text(group, "coupon_items")
        return tuple(code.strip() for code in _CODE.findall(text))

    def _wide_items(
        self, line: int, cells: list[str], currency: str, status: Status
    ) -> Iterator[DraftLine]:
        sheet = self.sheet
        for number in self._wide:
            stem = f"product item {number}"
            names = ("name", "sku", "quantity", "total", "subtotal")
            if not any(sheet.text(cells, f"{stem} {name}").strip("0.") for name in names):
                continue
            quantity = sheet.quantity(cells, f"{stem} quantity", may_be_zero=status.is_cancelled)
            total = sheet.amount(cells, f"{stem} total", currency)
            before = sheet.amount(cells, f"{stem} subtotal", currency)
            if total is None and before is None:
                raise sheet.fault("E-MONEY", cells, f"{stem} total", "The price is missing.")
            yield _line(
                line,
                sheet.id(cells, f"{stem} sku"),
                sheet.text(cells, f"{stem} name"),
                quantity,
                total,
                before,
            )

    def _packed_items(
        self, line: int, cells: list[str], currency: str, status: Status
    ) -> Iterator[DraftLine]:
        sheet = self.sheet
        for number in self._packed:
            column = f"line_item_{number}"
            text = sheet.text(cells, column)
            if not text:
                continue
            fields = _fields(text)
            quantity = self.units(fields.get("quantity", ""), cells, column, status)
            amounts = [
                sheet.minor(fields[name], column, currency) if fields.get(name) else None
                for name in ("total", "sub_total")
            ]
            if amounts == [None, None]:
                raise sheet.fault("E-MONEY", cells, column, "The price is missing.")
            sku, title = clean_id(fields.get("sku", "")), fields.get("name", "").strip()
            yield _line(line, sku, title, quantity, *amounts)

    def _refunds(
        self, line: int, cells: list[str], currency: str, group: Group
    ) -> tuple[SourceRefund, ...]:
        """The refunds of the order; none where the cell is written in any other form."""
        text = self.sheet.text(cells, _REFUNDS)
        found, at = [], 0
        try:
            for match in _REFUND.finditer(text):
                if match.start() != at:
                    break
                at = match.end()
                amount = abs(self.sheet.minor(match[1].strip(), _REFUNDS, currency, signed=True))
                found.append(SourceRefund(amount, None, self._refunded_at(match[3].strip())))
        except RowFault:
            at = -1
        if at == len(text):
            return tuple(found)
        group.notes.append(Note(line, "W-STATUS-UNKNOWN", self.sheet.shown(_REFUNDS), text))
        return ()

    def _refunded_at(self, text: str) -> str | None:
        """The refund's date; a refund counts without one."""
        try:
            return self.sheet.moment(text, _REFUNDS) if text else None
        except RowFault:
            return None


def _numbers(header: Header, pattern: re.Pattern[str]) -> list[int]:
    return sorted(int(found[1]) for found in map(pattern.fullmatch, header.places) if found)


def _fields(text: str) -> dict[str, str]:
    """The fields of a packed cell; what has no known name belongs to the field before it."""
    fields: dict[str, str] = {}
    name = ""
    for part in text.split("|"):
        found = _FIELD.fullmatch(part.lstrip())
        if found and found[1] not in fields:
            name = found[1]
            fields[name] = found[2]
        elif name:
            fields[name] += f"|{part}"
    return fields


def _line(
    number: int, sku: str, title: str, quantity: int, total: int | None, before: int | None
) -> DraftLine:
    """A line of its total after and before the discount, either of which may be missing."""
    after = before if total is None else total
    gross = max(amount for amount in (after, before) if amount is not None)
    return DraftLine(number, sku, title, quantity, gross, gross - (after or 0) if quantity else 0)
