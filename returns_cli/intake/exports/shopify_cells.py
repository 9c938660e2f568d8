"""The cells of a Shopify orders export: what counts once per order, and each row's own line.

This is the thorough way, which says what is wrong with which row; ``shopify_plain`` reads the
orders about which nothing is unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from returns_cli.domain.freeze import Stated
from returns_cli.intake.cells import clean_id
from returns_cli.intake.grouping import ColumnKinds, Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    Once,
    OnceColumns,
    OrderCells,
    OrderRefused,
    check_own_discount,
    gross_of,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions

KINDS = ColumnKinds(
    ids=frozenset(
        {"name", "lineitem sku", "billing zip", "billing phone", "shipping zip", "shipping phone",
         "id", "phone"}
    ),
    money=frozenset(
        {"subtotal", "shipping", "taxes", "total", "discount amount", "lineitem price",
         "lineitem compare at price", "refunded amount", "outstanding balance",
         "lineitem discount", "duties"}
    ),
)  # fmt: skip

_SUMS = (
    "created at", "currency", "subtotal", "shipping", "taxes", "total", "discount amount",
    "cancelled at|canceled at", "refunded amount", "outstanding balance", "duties",
    "fulfilled at",
)  # fmt: skip
(
    CREATED, CURRENCY, SUBTOTAL, SHIPPING, TAXES, TOTAL, DISCOUNT, CANCELLED, REFUNDED, BALANCE,
    DUTIES, FULFILLED,
) = range(len(_SUMS))  # fmt: skip
_DATES = frozenset({CREATED, CANCELLED, FULFILLED})
TEXTS = (
    "email", "financial status", "fulfillment status", "discount code", "payment method", "tags",
    "billing name", "shipping name", "shipping company", "shipping address1", "shipping address2",
    "shipping city", "shipping province", "shipping zip", "shipping country", "shipping phone",
)  # fmt: skip
_TAX_VALUES = tuple(f"tax {number} value" for number in range(1, 6))
_LINE = (
    "lineitem quantity", "lineitem name", "lineitem price", "lineitem sku", "lineitem taxable",
    "lineitem fulfillment status", "vendor", "lineitem discount",
)  # fmt: skip
UNITS, _TITLE, _PRICE, _SKU, _TAXABLE, STATUS, _VENDOR, _LINE_DISCOUNT = range(len(_LINE))
_TAXABLE_WORDS = {"true": True, "TRUE": True, "false": False, "FALSE": False, "": None}

_Value = int | str | None


class Line(NamedTuple):
    """A row's own part, before the order's money is shared over its lines."""

    source_line: int
    quantity: int
    title: str
    price: int
    sku: str
    taxable: bool | None
    status: str
    vendor: str
    discount: int
    gross: int


class Sums(NamedTuple):
    """The values that count once per order; amounts in minor units."""

    placed_at: str
    currency: str
    stated: Stated
    cancelled_at: str | None
    shipped_at: str | None
    refunded: int
    balance: int | None


class ShopifyCells:
    """Reads the groups of one file.

    Args:
        header: of the file.
        options: of the call.

    Raises:
        FileRefused: ``E-CURRENCY-MISSING``.
    """

    def __init__(self, header: Header, options: ReadOptions) -> None:
        self.cells = OrderCells(header, options, "currency")
        self.sums = OnceColumns(header, _SUMS)
        self._taxes = OnceColumns(header, _TAX_VALUES)
        self.texts = OnceColumns(header, TEXTS, may_repeat=True)
        places = [header.place(name) for name in _LINE]
        self.line_columns = [header.shown(place) for place in places]
        self._line_of: Callable[[list[str]], tuple[str, ...]] = itemgetter(*places)

    def read(self, group: Group) -> tuple[Sums, list[Line], Sequence[str]]:
        """The order's sums, its lines, and the cells of ``TEXTS``.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        return *self._read_thoroughly(group), self.texts.read(group).cells

    def _read_thoroughly(self, group: Group) -> tuple[Sums, list[Line]]:
        faults: dict[int, RowFault] = {}
        sums = self._read_sums(group, faults)
        if sums is None:
            raise OrderRefused(faults)
        lines = []
        for line, cells in group.rows:
            if line not in faults:
                try:
                    lines.append(self._read_line(line, cells, sums))
                except RowFault as fault:
                    faults[line] = fault
        if faults:
            raise OrderRefused(faults)
        return sums, lines

    def _read_sums(self, group: Group, faults: dict[int, RowFault]) -> Sums | None:
        once = self.sums.read(group)
        index = CURRENCY
        values: list[_Value] = []
        try:
            currency = self.cells.currency(once.cells[CURRENCY], self.sums.shown(CURRENCY))
            for index in range(len(_SUMS)):
                values.append(self._sum(index, once.cells[index], currency))  # noqa: PERF401 - index
            index = CREATED
            if values[CREATED] is None:
                raise RowFault("E-DATE", self.sums.shown(CREATED), "")
        except RowFault as fault:
            faults.setdefault(once.lines.get(index, group.rows[0][0]), fault)
            return None
        self._find_conflicts(once, values, currency, faults)
        return self._stated(group, currency, values, faults)

    def _sum(self, index: int, text: str, currency: str) -> _Value:
        """One order-level value: a date, an amount, or the currency."""
        column = self.sums.shown(index)
        if index == CURRENCY:
            return self.cells.currency(text, column)
        if index in _DATES:
            return self.cells.date(text, column)
        return self.cells.amount(
            self.cells.amounts(currency, signed=index == BALANCE), text, column
        )

    def _find_conflicts(
        self, once: Once, values: Sequence[_Value], currency: str, faults: dict[int, RowFault]
    ) -> None:
        for line, index, text in once.others:
            try:
                is_same = self._sum(index, text, currency) == values[index]
            except RowFault as fault:
                faults.setdefault(line, fault)
                continue
            if not is_same and index != FULFILLED:
                code = "E-CURRENCY-MIXED" if index == CURRENCY else "E-ORDER-CONFLICT"
                faults.setdefault(line, RowFault(code, self.sums.shown(index), text))

    def _stated(
        self,
        group: Group,
        currency: str,
        values: Sequence[_Value],
        faults: dict[int, RowFault],
    ) -> Sums:
        texts = [value if isinstance(value, str) else None for value in values]
        amounts = [value if isinstance(value, int) else None for value in values]
        taxes = amounts[TAXES]
        if taxes is None:
            taxes = self._sum_of_taxes(group, currency, faults)
        stated = Stated(
            amounts[SUBTOTAL],
            amounts[DISCOUNT] or 0,
            amounts[SHIPPING] or 0,
            taxes,
            amounts[DUTIES] or 0,
            amounts[TOTAL],
        )
        return Sums(
            texts[CREATED] or "",
            currency,
            stated,
            texts[CANCELLED],
            texts[FULFILLED],
            amounts[REFUNDED] or 0,
            amounts[BALANCE],
        )

    def _sum_of_taxes(self, group: Group, currency: str, faults: dict[int, RowFault]) -> int:
        """Σ of the five named taxes, for files without a filled Taxes cell."""
        once = self._taxes.read(group)
        amounts = self.cells.amounts(currency)
        total = 0
        for index, text in enumerate(once.cells):
            try:
                total += self.cells.amount(amounts, text, self._taxes.shown(index)) or 0
            except RowFault as fault:
                faults.setdefault(once.lines.get(index, group.rows[0][0]), fault)
        return total

    def _read_line(self, line: int, cells: list[str], sums: Sums) -> Line:
        found, columns, read = self._line_of(cells), self.line_columns, self.cells
        amounts = read.amounts(sums.currency)
        quantity = read.quantity(
            found[UNITS], columns[UNITS], may_be_zero=sums.cancelled_at is not None
        )
        price = read.amount(amounts, found[_PRICE], columns[_PRICE])
        if price is None:
            raise RowFault("E-MONEY", columns[_PRICE], found[_PRICE], "The price is missing.")
        gross = gross_of(quantity, price, columns[_PRICE], found[_PRICE])
        discount = read.amount(amounts, found[_LINE_DISCOUNT], columns[_LINE_DISCOUNT]) or 0
        if not quantity:
            discount = 0
        check_own_discount(discount, gross, columns[_LINE_DISCOUNT], found[_LINE_DISCOUNT])
        return Line(
            line,
            quantity,
            found[_TITLE].strip(),
            price,
            clean_id(found[_SKU]),
            _TAXABLE_WORDS.get(found[_TAXABLE].strip().lower()),
            found[STATUS],
            found[_VENDOR].strip(),
            discount,
            gross,
        )
