"""Amazon's settlement and date range reports: what buyers got back, in parts.

A refund stands in one row for each price part (settlement) or each item (date range); the parts of
one order at one moment are one payment. Fees and tax that Amazon withholds are between Amazon and
the seller: they are not what the buyer got.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from returns_cli.intake.dates import DateReader
from returns_cli.intake.exports.zone_names import named_zone
from returns_cli.intake.own.statements import StatementMoney, StatementRow
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells, word
from returns_cli.intake.row_files import RowFormat

_BUYERS = (
    "product sales",
    "product sales tax",
    "shipping credits",
    "shipping credits tax",
    "gift wrap credits",
    "giftwrap credits tax",
    "regulatory fee",
    "tax on regulatory fee",
    "promotional rebates",
    "promotional rebates tax",
)
_PARTS = ("price-amount", "promotion-amount")
_COVERED = ("settlement-start-date", "settlement-end-date")
_STYLES = (
    "%b %d, %Y %I:%M:%S %p",
    "%d %b %Y %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y",
)
_ZONED = re.compile(r"(.*[0-9](?: ?[AaPp][Mm])?) ([A-Z]{3,4})")


class _Moments:
    """Dates with the short name of a zone behind them (``Sep 4, 2026 1:05:07 AM PDT``)."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._readers: dict[ZoneInfo, DateReader] = {}

    def read(self, cells: RowCells, name: str) -> str:
        """A stored date.

        Raises:
            RowFault: ``E-DATE``, also for an empty cell and a zone that no table has.
        """
        found = _ZONED.fullmatch(text := cells.text(name))
        text, zone = (found[1], named_zone(found[2])) if found else (text, self._options.zone)
        if not text:
            raise cells.fault("E-DATE", name, "The row does not say when.")
        if zone is None:
            raise cells.fault("E-DATE", name, "The time zone behind the time is not known.")
        reader = self._readers.get(zone)
        if reader is None:
            reader = DateReader(zone, self._options.date_format, _STYLES)
            self._readers[zone] = reader
        try:
            return reader[text]
        except RowFault as fault:
            raise cells.fault(fault.code, name, fault.message) from None


class _Settlement:
    """The rows of one settlement report; its totals row alone says the currency and the days."""

    def __init__(self, options: ReadOptions) -> None:
        self._money = StatementMoney(options, dot_is_decimal=True)
        self._moments = _Moments(options)
        self._currency = ""

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> StatementRow:
        if not cells.text("transaction-type"):
            self._currency = cells.text("currency").upper() or self._currency
            days = tuple(self._moments.read(cells, one) for one in _COVERED if cells.text(one))
            return StatementRow(place, key, days)
        if word(cells.text("transaction-type")) != "refund":
            days = (self._moments.read(cells, "posted-date"),) if cells.text("posted-date") else ()
            return StatementRow(place, key, days)
        order_id = cells.required("order-id", "E-ORDER-ID-MISSING")
        paid_at = self._moments.read(cells, "posted-date")
        currency = self._money.currency(cells, before=self._currency)
        row = StatementRow(
            place=place,
            key=key,
            days=(paid_at,),
            is_refund=True,
            order_id=order_id,
            currency=currency,
            paid_at=paid_at,
            parts_of=(order_id, paid_at),
        )
        return _with_amount(row, self._money, cells, _PARTS)


class _DateRange:
    """The rows of one date range report."""

    def __init__(self, options: ReadOptions) -> None:
        self._money = StatementMoney(options, dot_is_decimal=True)
        self._moments = _Moments(options)

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> StatementRow:
        paid_at = self._moments.read(cells, "date/time")
        if word(cells.text("type")) != "refund":
            return StatementRow(place, key, (paid_at,))
        order_id = cells.required("order id", "E-ORDER-ID-MISSING")
        row = StatementRow(
            place=place,
            key=key,
            days=(paid_at,),
            is_refund=True,
            order_id=order_id,
            currency=self._money.currency(cells),
            paid_at=paid_at,
            parts_of=(order_id, paid_at),
        )
        return _with_amount(row, self._money, cells, _BUYERS)


def _with_amount(
    row: StatementRow, money: StatementMoney, cells: RowCells, names: tuple[str, ...]
) -> StatementRow:
    """The row with what the buyer got, or with why that cannot be read."""
    try:
        return row._replace(paid_minor=-money.total(cells, names, row.currency))
    except RowFault as fault:
        return row._replace(fault=fault)


FORMATS = {
    "amazon-settlement": RowFormat(
        lambda options: _Settlement(options).read,
        ids=frozenset({"order-id", "settlement-id", "adjustment-id", "sku"}),
    ),
    "amazon-date-range": RowFormat(
        lambda options: _DateRange(options).read,
        ids=frozenset({"order id", "settlement id", "sku"}),
    ),
}
"""Read by ``statements.read_statements``."""
