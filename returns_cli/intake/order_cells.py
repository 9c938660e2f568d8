"""What the order formats share: values that count once per order, amounts by currency, refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from returns_cli.domain.money import CURRENCIES
from returns_cli.intake.amounts import MAX_MINOR, AmountReader
from returns_cli.intake.cells import parse_quantity
from returns_cli.intake.dates import DateReader
from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.refusals import FileRefused

LARGE_QUANTITY = 10_000
_FIXED_LENGTH_5 = frozenset("US DE FR IT ES FI EE MX".split())


class OrderRefused(Exception):  # noqa: N818 - a value that travels from builder to reading
    """The rows of an order that are at fault, by physical line; the others are refused with it."""

    def __init__(self, faults: dict[int, RowFault]) -> None:
        super().__init__(len(faults))
        self.faults = faults


class Other(NamedTuple):
    """A later row's cell that differs from the one that counts."""

    line: int
    at: int
    text: str


class Once(NamedTuple):
    """Order-level cells: the first filled one of each column.

    Attributes:
        cells: trimmed where rows differ, else as they came.
        lines: index -> physical line, for cells that did not come from the first row.
        others: filled cells of later rows with another text.
    """

    cells: Sequence[str]
    lines: dict[int, int]
    others: list[Other]


class OnceColumns:
    """Reads columns that count once per order, over all its rows.

    Args:
        header: of the file.
        names: for each column its folded names, the first found is taken. The first one is a
            column that every row repeats.
        may_repeat: only the first filled cell matters; what later rows say is not compared.
    """

    def __init__(self, header: Header, names: Iterable[str], *, may_repeat: bool = False) -> None:
        self._may_repeat = may_repeat
        self._places = [header.place(*name.split("|")) for name in names]
        self._shown = [header.shown(place) for place in self._places]
        self._get: Callable[[list[str]], tuple[str, ...]] = itemgetter(*self._places)

    def shown(self, index: int) -> str | None:
        """The name of a column as the file writes it."""
        return self._shown[index]

    def read(self, group: Group) -> Once:
        """The order's cells; rows that repeat the first one, or leave all empty, cost little."""
        rows = group.rows
        first = self._get(rows[0][1])
        if len(rows) == 1 or (self._may_repeat and all(first)):
            return Once(first, {}, [])
        differing = [
            (line, found)
            for line, found in ((line, self._get(cells)) for line, cells in rows[1:])
            if found[0] != first[0] or (any(found[1:]) and found != first)
        ]
        return _merged(first, differing) if differing else Once(first, {}, [])


def _merged(first: Sequence[str], differing: Iterable[tuple[int, Sequence[str]]]) -> Once:
    cells = [cell.strip() for cell in first]
    lines: dict[int, int] = {}
    others: list[Other] = []
    for line, found in differing:
        for index, text in enumerate(map(str.strip, found)):
            if not text or text == cells[index]:
                continue
            if cells[index]:
                others.append(Other(line, index, text))
            else:
                cells[index] = text
                lines[index] = line
    return Once(cells, lines, others)


class _QuantityReader(dict[str, int]):
    """Units by their text, 0 included: a cache that reads on a miss.

    Raises:
        RowFault: ``E-QTY``.
    """

    def __missing__(self, text: str) -> int:
        try:
            quantity = parse_quantity(text.strip())
        except ValueError:
            raise RowFault("E-QTY") from None
        if len(self) < LARGE_QUANTITY:
            self[text] = quantity
        return quantity


class OrderCells:
    """Cells of one file to values, with the call's options; keeps the caches.

    Args:
        header: of the file.
        options: of the call.
        currency_column: folded name of the currency column.

    Raises:
        FileRefused: ``E-CURRENCY-MISSING``.
    """

    def __init__(self, header: Header, options: ReadOptions, currency_column: str) -> None:
        self._dot_is_decimal = options.mapping is None  # what a foreign file means by it is open
        if not header.has(currency_column) and not options.currency:
            raise FileRefused("E-CURRENCY-MISSING", line=header.line)
        self._options = options
        self.dates = DateReader(options.zone, options.date_format)
        self._amounts: dict[tuple[str, bool], AmountReader] = {}
        self.quantities = _QuantityReader()

    def amounts(self, currency: str, *, signed: bool = False) -> AmountReader:
        """The reader of a currency's amounts."""
        reader = self._amounts.get((currency, signed))
        if reader is None:
            reader = AmountReader(
                currency,
                self._options.decimal,
                dot_is_decimal=self._dot_is_decimal,
                signed=signed,
            )
            self._amounts[currency, signed] = reader
        return reader

    def currency(self, text: str, column: str | None) -> str:
        """The order's currency from its cell, else the call's.

        Raises:
            RowFault: ``E-CURRENCY-UNKNOWN``.
        """
        if text in CURRENCIES:
            return text
        code = text.strip().upper() or self._options.currency or ""
        if code not in CURRENCIES:
            raise RowFault("E-CURRENCY-UNKNOWN", column, text)
        return code

    def quantity(self, text: str, column: str | None, *, may_be_zero: bool) -> int:
        """Units of a line.

        Raises:
            RowFault: ``E-QTY``.
        """
        try:
            quantity = self.quantities[text]
        except RowFault:
            raise RowFault("E-QTY", column, text) from None
        if not quantity and not may_be_zero:
            raise RowFault("E-QTY", column, text)
        return quantity

    def date(self, text: str, column: str | None) -> str | None:
        """A stored date, None for an empty cell.

        Raises:
            RowFault: ``E-DATE``.
        """
        text = text.strip()
        if not text:
            return None
        try:
            return self.dates[text]
        except RowFault as fault:
            raise in_column(fault, column, text) from None

    @staticmethod
    def amount(reader: AmountReader, text: str, column: str | None) -> int | None:
        """An amount, None for an empty cell.

        Raises:
            RowFault: ``E-MONEY`` and its kin.
        """
        if not text or text.isspace():
            return None
        try:
            return reader[text]
        except RowFault as fault:
            raise in_column(fault, column, text) from None


def in_column(fault: RowFault, column: str | None, value: str) -> RowFault:
    """The same fault with its column and cell."""
    return RowFault(fault.code, column, value, fault.message, fault.hint)


def gross_of(quantity: int, price: int, column: str | None, value: str) -> int:
    """Quantity × price, kept within what a store can hold.

    Raises:
        RowFault: ``E-MONEY``.
    """
    gross = quantity * price
    if gross > MAX_MINOR:
        raise RowFault("E-MONEY", column, value, "The line is worth more than any order.")
    return gross


def check_own_discount(discount: int, gross: int, column: str | None, value: str) -> None:
    """Refuse a line discount above the line's value.

    Raises:
        RowFault: ``E-MONEY``.
    """
    if discount > gross:
        raise RowFault("E-MONEY", column, value, "The discount is larger than the line.")


def postcode_note(line: int, column: str | None, postcode: str, country: str) -> Note | None:
    """``W-ZIP-LOST-ZERO`` where a fixed-length postcode of digits is too short."""
    is_short = postcode.isdigit() and len(postcode) < 5
    if is_short and country.upper() in _FIXED_LENGTH_5:
        return Note(line, "W-ZIP-LOST-ZERO", column, postcode)
    return None


def is_gift(tags: Iterable[str], gift_tags: Iterable[str]) -> bool:
    """Whether an order's tags mark a gift; case does not matter."""
    wanted = {tag.casefold() for tag in gift_tags}
    return any(tag.casefold() in wanted for tag in tags)
