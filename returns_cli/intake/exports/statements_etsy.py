"""Etsy's statement: sales, fees, taxes and refunds by day; a title names its order."""

from __future__ import annotations

import re

from returns_cli.intake.own.statements import StatementMoney, StatementRow, day_of
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells, word
from returns_cli.intake.row_files import RowFormat

_ORDER = re.compile(r"#\s?([0-9]+)")
_NONE = frozenset({"", "--"})


class _Statement:
    """The rows of one file."""

    def __init__(self, options: ReadOptions) -> None:
        self._money = StatementMoney(options, dot_is_decimal=False)

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> StatementRow:
        paid_at = day_of(cells, "date")
        if word(cells.text("type")) != "refund":
            return StatementRow(place, key, (paid_at,))
        found = _ORDER.search(cells.text("title")) or _ORDER.search(cells.text("info"))
        if found is None:
            raise cells.fault("E-ORDER-ID-MISSING", "title", "The title names no order.")
        currency = self._money.currency(cells)
        column = "net" if cells.text("amount") in _NONE else "amount"
        paid_minor = -self._money.amount(cells, column, currency)
        return StatementRow(
            place=place,
            key=key,
            days=(paid_at,),
            is_refund=paid_minor != 0,
            order_id=found[1],
            paid_minor=paid_minor,
            currency=currency,
            paid_at=paid_at,
        )


FORMATS = {
    "etsy-statement": RowFormat(
        lambda options: _Statement(options).read, date_styles=("%B %d, %Y", "%b %d, %Y")
    )
}
"""Read by ``statements.read_statements``."""
