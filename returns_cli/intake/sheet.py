"""The cells of one file by the names of their columns, read as values; refusals name the cell.

For formats whose files are small enough that clarity counts before speed; Shopify's, which come
with a million rows, have a reader of their own (``shopify_cells``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from returns_cli.domain.money import CURRENCIES
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.cells import clean_id, parse_flag, parse_quantity
from returns_cli.intake.dates import DateReader
from returns_cli.intake.grouping import Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import OrderRefused, in_column
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.refusals import FileRefused

ValueT = TypeVar("ValueT")
Faults = dict[int, RowFault]


class Sheet:
    """One file's columns; every name is folded, and ``a|b`` takes the first one that is there.

    Args:
        header: of the file.
        options: of the call.
        currency: the currency that the format implies where no column and no option says it; the
            shop's is taken where this is None.
        dot_is_decimal: a single dot with three digits behind it is a decimal mark in this format.
        currency_column: folded name of the currency column, empty where the format has none.
        date_styles: the format's own ways to write dates, as ``strptime`` takes them
            (``%m/%d/%y``); ISO 8601 is read beside them, ``--date-format`` replaces them.

    Raises:
        FileRefused: ``E-CURRENCY-MISSING``.
    """

    def __init__(
        self,
        header: Header,
        options: ReadOptions,
        *,
        currency: str | None = None,
        currency_column: str = "",
        dot_is_decimal: bool = False,
        date_styles: Sequence[str] = (),
    ) -> None:
        self.header = header
        self.options = options
        self._places: dict[str, int] = {}
        self._implied = currency or options.currency
        self._currency_column = currency_column
        self._dot_is_decimal = dot_is_decimal
        if not self._implied and not (currency_column and self.has(currency_column)):
            raise FileRefused("E-CURRENCY-MISSING", line=header.line)
        self._date_styles = date_styles
        self._dates: dict[ZoneInfo, DateReader] = {}
        self._amounts: dict[tuple[str, bool], AmountReader] = {}

    def place(self, name: str) -> int:
        """Position of a column, the header's width where the file does not have it."""
        found = self._places.get(name)
        if found is None:
            found = self._places[name] = self.header.place(*name.split("|"))
        return found

    def has(self, name: str) -> bool:
        """Whether the file has the column."""
        return self.place(name) < self.header.width

    def need(self, *names: str) -> None:
        """Refuse a file that lacks columns beyond those that its format is known by.

        Raises:
            FileRefused: ``E-CSV-HEADER``.
        """
        for name in names:
            if not self.has(name):
                missing = name.split("|")[0]
                message = f"The column {missing} is missing; {self.header.format.what} needs it."
                raise FileRefused("E-CSV-HEADER", message, line=self.header.line, column=missing)

    def shown(self, name: str) -> str | None:
        """The column's name as the file writes it, None where the file does not have it."""
        return self.header.shown(self.place(name))

    def text(self, cells: list[str], name: str) -> str:
        """A cell's text, trimmed; empty where there is no such column."""
        place = self.place(name)
        return cells[place].strip() if place < self.header.width else ""

    def id(self, cells: list[str], name: str) -> str:
        """An id, without spreadsheet wrapping."""
        return clean_id(self.text(cells, name))

    def fault(self, code: str, cells: list[str], name: str, message: str = "") -> RowFault:
        """A refusal of the row because of one cell."""
        return RowFault(code, self.shown(name), self.text(cells, name), message)

    def currency(self, cells: list[str]) -> str:
        """The row's currency from its column, else the implied one.

        Raises:
            RowFault: ``E-CURRENCY-UNKNOWN``.
        """
        text = self.text(cells, self._currency_column) if self._currency_column else ""
        code = text.upper() or self._implied or ""
        if code not in CURRENCIES:
            raise self.fault("E-CURRENCY-UNKNOWN", cells, self._currency_column)
        return code

    def amount(
        self, cells: list[str], name: str, currency: str, *, signed: bool = False
    ) -> int | None:
        """An amount in minor units, None for an empty cell.

        Raises:
            RowFault: ``E-MONEY`` and its kin.
        """
        text = self.text(cells, name)
        return None if not text else self.minor(text, name, currency, signed=signed)

    def minor(self, text: str, name: str, currency: str, *, signed: bool = False) -> int:
        """An amount from text out of a cell of the named column, in minor units.

        Raises:
            RowFault: ``E-MONEY`` and its kin.
        """
        reader = self._amounts.get((currency, signed))
        if reader is None:
            reader = AmountReader(
                currency, self.options.decimal, dot_is_decimal=self._dot_is_decimal, signed=signed
            )
            self._amounts[currency, signed] = reader
        try:
            return reader[text]
        except RowFault as fault:
            raise in_column(fault, self.shown(name), text) from None

    def date(self, cells: list[str], name: str) -> str | None:
        """A stored date, None for an empty cell.

        Raises:
            RowFault: ``E-DATE``.
        """
        text = self.text(cells, name)
        return self.moment(text, name) if text else None

    def moment(self, text: str, name: str, zone: ZoneInfo | None = None) -> str:
        """A stored date from text of one cell or of several (date and time apart).

        Args:
            text: the date, with its time behind a space where it has one.
            name: the column that a refusal names.
            zone: of a time without an offset; None for the call's.

        Raises:
            RowFault: ``E-DATE``.
        """
        zone = zone or self.options.zone
        reader = self._dates.get(zone)
        if reader is None:
            reader = DateReader(zone, self.options.date_format, self._date_styles)
            self._dates[zone] = reader
        try:
            return reader[text]
        except RowFault as fault:
            raise in_column(fault, self.shown(name), text) from None

    def quantity(self, cells: list[str], name: str, *, may_be_zero: bool = False) -> int:
        """Units.

        Raises:
            RowFault: ``E-QTY``.
        """
        try:
            units = parse_quantity(self.text(cells, name))
        except ValueError:
            units = -1
        if units < 0 or (units == 0 and not may_be_zero):
            raise self.fault("E-QTY", cells, name)
        return units

    def flag(self, cells: list[str], name: str) -> bool | None:
        """Yes or no, None for an empty cell.

        Raises:
            RowFault: ``E-VALUE``.
        """
        try:
            return parse_flag(self.text(cells, name))
        except ValueError:
            raise self.fault("E-VALUE", cells, name) from None

    def once(
        self,
        group: Group,
        name: str,
        read: Callable[[list[str]], ValueT | None],
        faults: Faults,
    ) -> ValueT | None:
        """A value that counts once per order: the first filled one; another one is a conflict.

        Args:
            group: the order's rows.
            name: its column, for the conflict's words.
            read: from a row's cells to the value, None where the cell is empty.
            faults: gets ``E-ORDER-CONFLICT`` (or the reader's own code) for rows that say
                otherwise; rows that are refused already are not read.
        """
        found: ValueT | None = None
        for line, cells in group.rows:
            if line in faults:
                continue
            try:
                value = read(cells)
            except RowFault as fault:
                faults[line] = fault
                continue
            if value is None or value == found:
                continue
            if found is None:
                found = value
            else:
                faults[line] = self.fault("E-ORDER-CONFLICT", cells, name)
        return found

    def once_amount(
        self, group: Group, name: str, currency: str, faults: Faults, *, signed: bool = False
    ) -> int | None:
        """An amount that counts once per order, in minor units."""
        return self.once(
            group, name, lambda cells: self.amount(cells, name, currency, signed=signed), faults
        )

    def once_date(self, group: Group, name: str, faults: Faults) -> str | None:
        """A date that counts once per order."""
        return self.once(group, name, lambda cells: self.date(cells, name), faults)

    def first_text(self, group: Group, name: str) -> str:
        """The first filled cell of a column; what later rows say is not compared."""
        return next(filter(None, (self.text(cells, name) for _, cells in group.rows)), "")

    def once_currency(self, group: Group, faults: Faults) -> str:
        """The order's one currency; a row with another one is at fault.

        Raises:
            OrderRefused: the first row's own is unknown: nothing else can be read.
        """
        first = ""
        for line, cells in group.rows:
            try:
                code = self.currency(cells)
            except RowFault as fault:
                faults.setdefault(line, fault)
                continue
            first = first or code
            if code != first:
                mixed = self.fault("E-CURRENCY-MIXED", cells, self._currency_column)
                faults.setdefault(line, mixed)
        if not first:
            raise OrderRefused(faults)
        return first


def filled(values: Iterable[str | None]) -> str | None:
    """The one value that every filled entry states, None where they differ or none is filled."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else None
