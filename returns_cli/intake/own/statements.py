"""Statements of providers: what was really paid back, row by row.

Shopify's payouts, Amazon's settlements and date ranges, Etsy's statement and our own columns all
come out as the same rows. Whose refund a row is, is found later, where the refunds are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib import import_module
from typing import NamedTuple

from returns_cli.domain.money import CURRENCIES
from returns_cli.domain.tenders import BY_CHOICE
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.opening import Given
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells, word
from returns_cli.intake.row_files import RowFormat, RowReading, read_formats

COMMAND = "refunds reconcile"
OWN = "generic"
_OTHERS = ("payouts_shopify", "settlements_amazon", "statements_etsy")


class Standing(StrEnum):
    """Whether a row of a refund says that it was paid."""

    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"


class StatementRow(NamedTuple):
    """One row of a statement.

    Attributes:
        days: instants or bare days that the statement covers, of whatever the row is about.
        is_refund: it is about a payment back; the other rows only say what is covered.
        paid_minor: above zero where money went to the customer.
        parts_of: rows that agree in it are parts of one payment, None for a row that is one whole.
        fault: why its amount cannot be read, where the row is a part of a payment: the others of it
            fall with it.
    """

    place: RowPlace
    key: RowKey
    days: tuple[str, ...] = ()
    is_refund: bool = False
    order_id: str = ""
    channel: str = ""
    reference: str = ""
    paid_minor: int = 0
    currency: str = ""
    paid_at: str = ""
    tender: str = ""
    standing: Standing = Standing.PAID
    parts_of: tuple[str, ...] | None = None
    fault: RowFault | None = None


ReadRow = Callable[[RowCells, RowPlace, RowKey], StatementRow]


def read_statements(given: Sequence[Given], options: ReadOptions) -> RowReading[StatementRow]:
    """Open statements, for ``refunds reconcile``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    formats = {OWN: RowFormat(lambda options: _Own(options).read, ids=frozenset({"reference"}))}
    for module in _OTHERS:
        formats.update(import_module(f"returns_cli.intake.exports.{module}").FORMATS)
    return read_formats(given, options, COMMAND, formats)


def can_pay(source: str, named: str, tender: str) -> bool:
    """Whether a refund of a tender can stand in a statement.

    Store credit never can without a name: it is the shop's own promise, and no provider pays it.

    Args:
        source: the statement's format. A platform pays through its provider alone, a mapped file
            may be a bank's.
        named: the tender that the row names, empty for none.
        tender: of the refund.
    """
    if tender == "store_credit":
        return False
    if named:
        return named == tender
    return source not in PLATFORMS or tender not in BY_CHOICE


PLATFORMS = frozenset(
    {"shopify-payouts", "amazon-settlement", "amazon-date-range", "etsy-statement"}
)


class StatementMoney:
    """Amounts of a statement, which may be below zero, by currency.

    Args:
        options: of the call.
        dot_is_decimal: fixed by the format.
    """

    def __init__(self, options: ReadOptions, *, dot_is_decimal: bool) -> None:
        self._options = options
        self._dot_is_decimal = dot_is_decimal
        self._readers: dict[str, AmountReader] = {}

    def currency(self, cells: RowCells, name: str = "currency", before: str = "") -> str:
        """The currency of a row: its own, else the one that the file said before, else the shop's.

        Raises:
            RowFault: ``E-CURRENCY-MISSING``, ``E-CURRENCY-UNKNOWN``.
        """
        found = cells.text(name).upper() or before or self._options.currency
        if not found:
            raise cells.fault("E-CURRENCY-MISSING", name)
        if found not in CURRENCIES:
            raise cells.fault("E-CURRENCY-UNKNOWN", name)
        return found

    def amount(self, cells: RowCells, name: str, currency: str) -> int:
        """A cell in minor units.

        Raises:
            RowFault: ``E-MONEY`` and its kin.
        """
        reader = self._readers.get(currency)
        if reader is None:
            reader = self._readers[currency] = AmountReader(
                currency, self._options.decimal, dot_is_decimal=self._dot_is_decimal, signed=True
            )
        try:
            return reader[cells.text(name)]
        except RowFault as fault:
            raise cells.fault(fault.code, name, fault.message) from None

    def total(self, cells: RowCells, names: Sequence[str], currency: str) -> int:
        """The sum of the filled ones of some cells."""
        return sum(self.amount(cells, name, currency) for name in names if cells.text(name))


def day_of(cells: RowCells, name: str) -> str:
    """When a refund was paid.

    Raises:
        RowFault: ``E-DATE``, the cell is empty or no date.
    """
    found = cells.date(name)
    if found is None:
        raise cells.fault("E-DATE", name, "The row does not say when.")
    return found


class _Own:
    """Rows of our own columns, or of a file that a mapping brings into them."""

    def __init__(self, options: ReadOptions) -> None:
        self._money = StatementMoney(options, dot_is_decimal=options.mapping is None)

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> StatementRow:
        paid_at = day_of(cells, "paid_at")
        if word(cells.text("type")) != "refund":
            return StatementRow(place, key, (paid_at,))
        order_id, reference = cells.id("order_id"), cells.id("reference")
        if not (order_id or reference):
            column = "order_id" if cells.has("order_id") else "reference"
            raise cells.fault(
                "E-ORDER-ID-MISSING", column, "The row names no order and no reference."
            )
        currency = self._money.currency(cells)
        paid_minor = abs(self._money.amount(cells, "amount", currency))
        return StatementRow(
            place=place,
            key=key,
            days=(paid_at,),
            is_refund=paid_minor > 0,
            order_id=order_id,
            channel=cells.text("channel"),
            reference=reference,
            paid_minor=paid_minor,
            currency=currency,
            paid_at=paid_at,
            tender=word(cells.text("tender")),
            standing=cells.choice("status", Standing.PAID),
        )
