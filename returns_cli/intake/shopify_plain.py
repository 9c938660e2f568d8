"""Shopify orders without anything unusual, many at once: nearly all, at a fifth of the cost.

A block of orders is turned into columns, and each column is read in one go. Every cell passes the
same readers as on the thorough way, and an order about which anything is unusual is left to that
way, which alone says what is wrong or worth a warning. Both give the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, repeat
from operator import gt, itemgetter, mul
from typing import NamedTuple

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.money import CURRENCIES
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.amounts import MAX_MINOR, AmountReader
from returns_cli.intake.cells import CleanIds, Trimmed, clean_id, split_list
from returns_cli.intake.grouping import Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    LARGE_QUANTITY,
    OrderCells,
    is_gift,
    postcode_note,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions

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
_FULFILMENTS = frozenset({"", "fulfilled", "unfulfilled", "partial"})
_PAID_IN_FULL = frozenset({"", "paid", "partially_refunded", "refunded"})
_UNPAID = frozenset({"authorized", "voided"})
_REMEMBERED = 10_000

Cells = Callable[[list[str]], tuple[str, ...]]


class _Lines(NamedTuple):
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


class _Sums(NamedTuple):
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


class _Tags(dict[str, tuple[tuple[str, ...], bool]]):
    """The tags of an order by their cell, and whether they mark a gift; a bounded memory."""

    def __init__(self, gift_tags: Sequence[str]) -> None:
        super().__init__()
        self._gift_tags = gift_tags

    def __missing__(self, text: str) -> tuple[tuple[str, ...], bool]:
        tags = split_list(text, ",")
        found = tags, bool(tags) and is_gift(tags, self._gift_tags)
        if len(self) < _REMEMBERED:
            self[text] = found
        return found


class PlainOrders:
    """Builds the plain orders of one file's blocks.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
        cells: the file's readers of cells, shared with the thorough way.
    """

    def __init__(self, header: Header, options: ReadOptions, file: str, cells: OrderCells) -> None:
        self._options = options
        self._channel = options.channel or "default"
        self._file = file
        self._cells = cells
        whole = [header.place(*name.split("|")) for name in (*_SUMS, *_TEXTS)]
        row = [header.place("created at"), header.place("email")]
        self._row_of: Cells = itemgetter(*row)
        self._whole_of: Cells = itemgetter(*whole)
        self._head_of: Cells = itemgetter(*row, *whole)
        self._line_of: Cells = itemgetter(*(header.place(name) for name in _LINE))
        self._currency_at = header.place("currency")
        self._skus, self._postcodes, self._trimmed = CleanIds(), CleanIds(), Trimmed()
        self._tags = _Tags(options.gift_tags)

    def build(self, groups: Sequence[Group]) -> list[Order | None]:
        """An order for each group; None where the thorough way must read it."""
        made: list[Order | None] = [None] * len(groups)
        codes = {group.rows[0][1][self._currency_at] for group in groups}
        for code in codes & CURRENCIES:
            places = [
                place
                for place, group in enumerate(groups)
                if group.rows[0][1][self._currency_at] == code and self._is_plain(group)
            ]
            for place, order in self._orders(code, groups, places):
                made[place] = order
        return made

    def _is_plain(self, group: Group) -> bool:
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

    def _orders(
        self, code: str, groups: Sequence[Group], places: Sequence[int]
    ) -> Iterator[tuple[int, Order | None]]:
        """The orders at these places; one that cannot be read is found by halving the block."""
        if not places:
            return
        try:
            block = [groups[place] for place in places]
            yield from zip(places, self._block(code, block), strict=True)
        except (RowFault, KeyError):
            if len(places) > 1:
                middle = len(places) // 2
                yield from self._orders(code, groups, places[:middle])
                yield from self._orders(code, groups, places[middle:])

    def _block(self, code: str, groups: Sequence[Group]) -> list[Order | None]:
        """The orders of a block in one currency.

        Raises:
            RowFault, KeyError: something about one of them is unusual.
        """
        heads = [self._head_of(group.rows[0][1]) for group in groups]
        created, emails, _, *columns = zip(*heads, strict=True)
        amounts = self._cells.amounts(code)
        sums = self._sums(created, columns[: len(_SUMS) - 1], amounts)
        texts = columns[len(_SUMS) - 1 :]
        lines = self._lines([cells for group in groups for _, cells in group.rows], amounts)
        return self._assembled(code, groups, sums, lines, emails, texts)

    def _sums(
        self, created: Sequence[str], columns: Sequence[Sequence[str]], amounts: AmountReader
    ) -> _Sums:
        (
            subtotals, shippings, taxes, totals, discounts, cancelled, refunded, balances, duties,
            shipped,
        ) = columns  # fmt: skip
        dates = self._cells.dates
        return _Sums(
            [dates[text] for text in created],
            [amounts[text] if text else None for text in subtotals],
            _amounts(shippings, amounts),
            [amounts[text] for text in taxes],
            [amounts[text] for text in totals],
            _amounts(discounts, amounts),
            [dates[text] if text else None for text in cancelled],
            _amounts(refunded, amounts),
            [amounts[text] if text else None for text in balances],
            _amounts(duties, amounts),
            [dates[text] if text else None for text in shipped],
        )

    def _lines(self, rows: Sequence[list[str]], amounts: AmountReader) -> _Lines:
        units, titles, prices, skus, taxables, states, vendors, discounts = zip(
            *map(self._line_of, rows), strict=True
        )
        quantities = [*map(self._cells.quantities.__getitem__, units)]
        price_amounts = [amounts[text] for text in prices]
        gross = [*map(mul, quantities, price_amounts)]
        own = _amounts(discounts, amounts)
        is_unusual = (
            not all(quantities)
            or max(quantities) > LARGE_QUANTITY
            or max(gross) > MAX_MINOR
            or any(map(gt, own, gross))
        )
        if is_unusual:
            raise RowFault("E-QTY")
        trimmed, clean = self._trimmed.__getitem__, self._skus.__getitem__
        return _Lines(
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

    def _assembled(
        self,
        code: str,
        groups: Sequence[Group],
        sums: _Sums,
        lines: _Lines,
        emails: Sequence[str],
        texts: Sequence[Sequence[str]],
    ) -> list[Order | None]:
        paid, fulfilments, codes, payments, tags, billing_names, *ship = texts
        counts = [len(group.rows) for group in groups]
        frozen = self._frozen(counts, sums, lines)
        captured = [*map(_captured, paid, sums.balances, sums.totals)]
        addresses = self._addresses(ship)
        tag_lists = [self._tags[text] for text in tags]
        money = zip(*frozen, strict=True)
        styles, shared, shippings, taxes, totals, *shares, mismatches, computed = money
        made_lines = self._order_lines(groups, counts, sums, lines, fulfilments, shares)
        orders = map(
            Order._make,
            zip(
                repeat(self._channel),
                [group.key for group in groups],
                sums.placed_at,
                repeat(code),
                styles,
                shared,
                shippings,
                taxes,
                totals,
                captured,
                sums.refunded,
                [tuple(islice(made_lines, count)) for count in counts],
                sums.shipped_at,
                repeat(None),
                sums.cancelled_at,
                [address.country for address in addresses],
                [address.region for address in addresses],
                [self._trimmed[text] for text in payments],
                [split_list(text, ",") for text in codes],
                [tag_list for tag_list, _ in tag_lists],
                [is_gift for _, is_gift in tag_lists],
                [False] * len(counts),  # is_business
                repeat(""),
                [
                    name.strip() or address.name
                    for name, address in zip(billing_names, addresses, strict=True)
                ],
                map(str.strip, emails),
                repeat(""),
                addresses,
                repeat(self._file),
                [group.rows[0][0] for group in groups],
                repeat(()),
            ),
        )
        is_sound = [
            fulfilment in _FULFILMENTS
            and paid_in is not None
            and refunded <= total <= MAX_MINOR
            and not mismatch
            and not is_computed
            and not (
                len(address.postcode) < 5
                and postcode_note(0, None, address.postcode, address.country)
            )
            for fulfilment, paid_in, refunded, total, mismatch, is_computed, address in zip(
                fulfilments, captured, sums.refunded, totals, mismatches, computed, addresses,
                strict=True,
            )
        ]  # fmt: skip
        return [order if sound else None for order, sound in zip(orders, is_sound, strict=True)]

    def _frozen(self, counts: Sequence[int], sums: _Sums, lines: _Lines) -> list[Frozen]:
        gross, own, taxables = lines.gross, lines.discounts, lines.taxables
        frozen: list[Frozen] = []
        at = 0
        stated = zip(
            counts, sums.subtotals, sums.discounts, sums.shippings, sums.taxes, sums.duties,
            sums.totals, strict=True,
        )  # fmt: skip
        for count, subtotal, discount, shipping, tax, duties, total in stated:
            end = at + count
            if (
                count == 1
                and not (discount or duties or own[at])
                and gross[at] + shipping + tax == total
            ):  # one line and nothing taken off: all of the order is that line's
                style = TaxStyle.ON_TOP if tax else TaxStyle.NONE
                one = (gross[at],), (tax,), (shipping,)
                frozen.append(Frozen(style, 0, shipping, tax, total, (0,), (0,), *one))
            else:
                frozen.append(
                    freeze_stated(
                        gross[at:end],
                        own[at:end],
                        taxables[at:end],
                        Stated(subtotal, discount, shipping, tax, duties, total),
                        self._options.tax,
                    )
                )
            at = end
        return frozen

    def _addresses(self, columns: Sequence[Sequence[str]]) -> list[Address]:
        *plain, postcodes, countries, phones = columns
        trimmed = self._trimmed
        return [
            *map(
                Address._make,
                zip(
                    *(map(str.strip, column) for column in plain),
                    [self._postcodes[text] for text in postcodes],
                    [
                        country.upper() if len(country) == 2 else country
                        for country in [trimmed[text] for text in countries]
                    ],
                    [text and clean_id(text) for text in phones],
                    strict=True,
                ),
            )
        ]

    def _order_lines(
        self,
        groups: Sequence[Group],
        counts: Sequence[int],
        sums: _Sums,
        lines: _Lines,
        fulfilments: Sequence[str],
        shares: Sequence[Sequence[Sequence[int]]],
    ) -> Iterator[OrderLine]:
        waits = [fulfilment == "unfulfilled" for fulfilment in fulfilments]
        is_cancelled = [moment is not None for moment in sums.cancelled_at]
        shipped = [
            quantity if (not order_waits if ships is None else ships) else 0
            for quantity, ships, order_waits in zip(
                lines.quantities, lines.ships, chain.from_iterable(map(repeat, waits, counts)),
                strict=True,
            )
        ]  # fmt: skip
        return map(
            OrderLine._make,
            zip(
                chain.from_iterable([range(1, count + 1) for count in counts]),
                lines.skus,
                lines.titles,
                lines.quantities,
                shipped,
                lines.prices,
                *map(chain.from_iterable, shares),
                repeat(""),
                lines.vendors,
                repeat(()),
                repeat(None),
                lines.taxables,
                chain.from_iterable(map(repeat, is_cancelled, counts)),
                repeat(None),
                repeat(None),
                [line for group in groups for line, _ in group.rows],
            ),
        )


def _amounts(column: Sequence[str], amounts: AmountReader) -> list[int]:
    """The amounts of a column; an empty cell is 0."""
    return [amounts[text] if text else 0 for text in column]


def _captured(status: str, balance: int | None, total: int) -> int | None:
    """What the customer has paid in; None where the file does not say it plainly."""
    if status == "paid" or not status:
        return None if balance else total
    if status in _PAID_IN_FULL:
        return total
    if status in _UNPAID or (status == "pending" and balance is None):
        return 0
    if status in ("pending", "partially_paid") and balance is not None:
        return max(total - balance, 0)
    return None
