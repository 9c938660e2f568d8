"""WooCommerce orders by SkyVerge: items packed into cells of one row, or a row for each.

A packed cell is ``product_id:4959|1|30|size: Medium``: product, units, total, then its options.
"""

from __future__ import annotations

import re

from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.one_row import only_row
from returns_cli.intake.exports.woo import Status, by_line
from returns_cli.intake.exports.woo_plugin import IDS, MONEY, Items, WooPluginOrders
from returns_cli.intake.grouping import ColumnKinds, Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import DraftLine
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.sheet import Faults

_PACKED = re.compile(r"order_item_([0-9]{1,4})")
_BETWEEN = re.compile(r"(?<!\\)\|")
_NEEDED = ("item_quantity", "item_total|item_subtotal")


class WooSkyVergeOrders(WooPluginOrders):
    """Builds orders from one SkyVerge export."""

    number = "order_number_formatted|order_number"
    date = "date|order_date"
    refunded = "refunded_total"
    totals_may_hold_discounts = True
    kinds = ColumnKinds(
        ids=IDS | {"item_sku", "item_id", "item_product_id"},
        money=MONEY | {"item_subtotal", "item_total", "item_total_tax", "item_refunded"},
    )

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        places = map(_PACKED.fullmatch, header.places)
        self._packed = sorted(int(found[1]) for found in places if found)
        needed = ("date|order_date", *(() if self._packed else _NEEDED))
        for name in needed:
            if not self.sheet.has(name):
                column = name.replace("|", " or ")
                message = f"The column {column} is missing."
                raise FileRefused("E-CSV-HEADER", message, line=header.line, column=column)

    def items(self, group: Group, currency: str, status: Status, faults: Faults) -> Items:
        """The order's items from its cells or its rows."""
        refunded = self.sheet.once_amount(group, self.refunded, currency, faults, signed=True)
        stated = None if refunded is None else abs(refunded)
        rows = group.rows
        if self._packed:
            rows = [only_row(rows, group, self.sheet, faults)]
        lines: list[DraftLine] = []
        given: dict[int, int] = {}
        for line, cells in rows:
            if line in faults:
                continue
            try:
                if self._packed:
                    lines += self._packed_items(line, cells, currency, status)
                    continue
                lines.append(self._row_item(line, cells, currency, status))
                back = self.sheet.amount(cells, "item_refunded", currency, signed=True)
                given[len(lines)] = abs(back or 0)
            except RowFault as fault:
                faults[line] = fault
        return Items(lines, by_line(stated, given))

    def _row_item(self, line: int, cells: list[str], currency: str, status: Status) -> DraftLine:
        sheet = self.sheet
        quantity = sheet.quantity(cells, "item_quantity", may_be_zero=status.is_cancelled)
        total = sheet.amount(cells, "item_total", currency)
        before = sheet.amount(cells, "item_subtotal", currency)
        after = before if total is None else total
        if after is None:
            raise sheet.fault("E-MONEY", cells, _NEEDED[1], "The price is missing.")
        gross = max(after, before or 0)
        return DraftLine(
            line,
            sheet.id(cells, "item_sku"),
            sheet.text(cells, "item_name"),
            quantity,
            gross,
            gross - after if quantity else 0,
            sheet.amount(cells, "item_total_tax", currency) or 0,
        )

    def _packed_items(
        self, line: int, cells: list[str], currency: str, status: Status
    ) -> list[DraftLine]:
        sheet, found = self.sheet, []
        for number in self._packed:
            column = f"order_item_{number}"
            text = sheet.text(cells, column)
            if not text:
                continue
            parts = [part.replace("\\|", "|").strip() for part in _BETWEEN.split(text)]
            product, units, total = (*parts, "", "")[:3]
            quantity = self.units(units, cells, column, status)
            if not total:
                raise sheet.fault("E-MONEY", cells, column, "The price is missing.")
            sku = clean_id(product.removeprefix("product_id:").removeprefix("sku:"))
            title = ", ".join(filter(None, parts[3:])) or product
            gross = sheet.minor(total, column, currency)
            found.append(DraftLine(line, sku, title, quantity, gross))
        return found
