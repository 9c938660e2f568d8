"""The cells of many Shopify orders as columns, each read in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import gt, itemgetter, mul
from typing import NamedTuple

from returns_cli.intake.amounts import MAX_MINOR, AmountReader
from returns_cli.intake.cells import CleanIds, Trimmed
from returns_cli.intake.grouping import Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import LARGE_QUANTITY, OrderCells
from returns_cli.intake.problems import RowFault

_SUMS = (
    "currency", "subtotal", "shipping", "taxes", "total", "discount amount",
    "cancelled at|canceled at", "refunded amount", "outstanding balance", "duties",
    "fulfilled at",
)  # fmt: skip
_TEXTS = (
    "financial status", "fulfillment status", "discount code", "payment method", "tags",
    "billing name", "shipping name", "shipping company", "shipping address1", "shipping address2",
    "shipping city", "shipping province", "shipping zip", "shipping country", "shipping phone",
)  # fmt: skip
_LINE = (
    "lineitem quantity", "lineitem name", "lineitem price", "lineitem sku", "lineitem taxable",
    "lineitem fulfillment status", "vendor", "lineitem discount",
)  # fmt: skip
_TAXABLE = {"true": True, "TRUE": True, "false": False, "FALSE": False, "": None}
_SHIPS = {"fulfilled": True, "pending": False, "unfulfilled": False, "": None}
Cells = Callable[[list[str]], tuple[str, ...]]


class Lines(NamedTuple):
    """The lines of a block as columns."""

    quantities: Sequence[int]
    titles: Sequence[str]
    prices: Sequence[int]
    skus: Sequence[str]
    taxables: Sequence[bool | None]
    ships: Sequence[bool | None]
    vendors: Sequence[str]
    discounts: Sequence[int]
    gross: Sequence[int]


class Sums(NamedTuple):
    """The order-level values of a block as columns; amounts in minor units."""

    placed_at: Sequence[str]
    subtotals: Sequence[int | None]
    shippings: Sequence[int]
    taxes: Sequence[int]
    totals: Sequence[int]
    discounts: Sequence[int]
    cancelled_at: Sequence[str | None]
    refunded: Sequence[int]
    balances: Sequence[int | None]
    duties: Sequence[int]
    shipped_at: Sequence[str | None]


class Block(NamedTuple):
    """The cells of some orders; all but those of the lines hold one value per order.

    Attributes:
        texts: the columns from the financial status on, as they stand.
    """

    emails: Sequence[str]
    sums: Sums
    lines: Lines
    texts: Sequence[Sequence[str]]


class ShopifyColumns:
    """Reads blocks of orders of one file.

    Args:
        header: of the file.
        cells: the file's readers of cells.
    """

    def __init__(self, header: Header, cells: OrderCells) -> None:
        self._cells = cells
        whole = [header.place(*name.split("|")) for name in (*_SUMS, *_TEXTS)]
        row = [header.place("created at"), header.place("email")]
        self._row_of: Cells = itemgetter(*row)
        self._whole_of: Cells = itemgetter(*whole)
        self._head_of: Cells = itemgetter(*row, *whole)
        self._line_of: Cells = itemgetter(*(header.place(name) for name in _LINE))
        self._skus, self._trimmed = CleanIds(), Trimmed()

    def is_plain(self, group: Group) -> bool:
        """No row was remarked upon, and later rows say nothing of the whole order."""
        if group.faults or group.notes:
            return False
        if len(group.rows) == 1:
            return True
        whole_of, row_of = self._whole_of, self._row_of
        head = group.rows[0][1]
        row = row_of(head)
        for _, cells in group.rows[1:]:
            whole = whole_of(cells)
            if row_of(cells) != row or (any(whole) and whole != whole_of(head)):
                return False
        return True

    def read(self, groups: Sequence[Group], amounts: AmountReader) -> Block:
        """The cells of orders in one currency.

        Raises:
            RowFault, KeyError: something about one of them is unusual.
        """
        heads = [self._head_of(group.rows[0][1]) for group in groups]
        created, emails, _, *columns = zip(*heads, strict=True)
        rows = chain.from_iterable([group.rows for group in groups])
        return Block(
            emails,
            self._sums(created, columns[: len(_SUMS) - 1], amounts),
            self._lines([cells for _, cells in rows], amounts),
            columns[len(_SUMS) - 1 :],
        )

    def _sums(
        self, created: Sequence[str], columns: Sequence[Sequence[str]], amounts: AmountReader
    ) -> Sums:
        (
            subtotals, shippings, taxes, totals, discounts, cancelled, refunded, balances, duties,
            shipped,
        ) = columns  # fmt: skip
        date, amount = self._cells.dates.__getitem__, amounts.__getitem__
        return Sums(
            [*map(date, created)],
            [amount(text) if text else None for text in subtotals],
            _amounts(shippings, amount),
            [*map(amount, taxes)],
            [*map(amount, totals)],
            _amounts(discounts, amount),
            [date(text) if text else None for text in cancelled],
            _amounts(refunded, amount),
            [amount(text) if text else None for text in balances],
            _amounts(duties, amount),
            [date(text) if text else None for text in shipped],
        )

    def _lines(self, rows: Sequence[list[str]], amounts: AmountReader) -> Lines:
        units, titles, prices, skus, taxables, states, vendors, discounts = zip(
            *map(self._line_of, rows), strict=True
        )
        quantities = [*map(self._cells.quantities.__getitem__, units)]
        price_amounts = [*map(amounts.__getitem__, prices)]
        gross = [*map(mul, quantities, price_amounts)]
        own = _amounts(discounts, amounts.__getitem__)
        is_unusual = (
            not all(quantities)
            or max(quantities) > LARGE_QUANTITY
            or max(gross) > MAX_MINOR
            or any(map(gt, own, gross))
        )
        if is_unusual:
            raise RowFault("E-QTY")
        trimmed, clean = self._trimmed.__getitem__, self._skus.__getitem__
        return Lines(
            quantities,
            [*map(trimmed, titles)],
            price_amounts,
            [*map(clean, skus)],
            [*map(_TAXABLE.__getitem__, taxables)],
            [*map(_SHIPS.__getitem__, states)],
            [*map(trimmed, vendors)],
            own,
            gross,
        )


def _amounts(column: Sequence[str], amount: Callable[[str], int]) -> list[int]:
    """The amounts of a column; an empty cell is 0."""
    return [amount(text) if text else 0 for text in column]
