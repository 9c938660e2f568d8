"""Shopify orders without anything unusual, many at once: nearly all, at a fifth of the cost.

A block of orders is turned into columns, and each column is read in one go. Every cell passes the
same readers as on the thorough way, and an order about which anything is unusual is left to that
way, which alone says what is wrong or worth a warning. Both give the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import TypeVar, cast

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.money import CURRENCIES
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.amounts import MAX_MINOR
from returns_cli.intake.cells import CleanIds, Trimmed, clean_id, split_list
from returns_cli.intake.exports.shopify_columns import Block, Lines, ShopifyColumns, Sums
from returns_cli.intake.grouping import Group
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    OrderCells,
    is_gift,
    postcode_note,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions

_FULFILMENTS = frozenset({"", "fulfilled", "unfulfilled", "partial"})
_PAID_IN_FULL = frozenset({"", "paid", "partially_refunded", "refunded"})
_UNPAID = frozenset({"authorized", "voided"})
_REMEMBERED = 10_000

Record = TypeVar("Record", Order, OrderLine, Address)


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
        self._columns = ShopifyColumns(header, cells)
        self._currency_at = header.place("currency")
        self._postcodes, self._trimmed = CleanIds(), Trimmed()
        self._tags = _Tags(options.gift_tags)

    def build(self, groups: Sequence[Group]) -> list[Order | None]:
        """An order for each group; None where the thorough way must read it."""
        made: list[Order | None] = [None] * len(groups)
        codes = {group.rows[0][1][self._currency_at] for group in groups}
        for code in codes & CURRENCIES:
            places = [
                place
                for place, group in enumerate(groups)
                if group.rows[0][1][self._currency_at] == code and self._columns.is_plain(group)
            ]
            for place, order in self._orders(code, groups, places):
                made[place] = order
        return made

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
        return self._assembled(code, groups, self._columns.read(groups, self._cells.amounts(code)))

    def _assembled(
        self,
        code: str,
        groups: Sequence[Group],
        block: Block,
    ) -> list[Order | None]:
        emails, sums, lines, texts = block
        paid, fulfilments, codes, payments, tags, billing_names, *ship = texts
        counts = [len(group.rows) for group in groups]
        frozen = self._frozen(counts, sums, lines)
        captured = [*map(_captured, paid, sums.balances, sums.totals)]
        addresses = self._addresses(ship)
        tag_lists = [*map(self._tags.__getitem__, tags)]
        money = zip(*frozen, strict=True)
        styles, shared, shippings, taxes, totals, *shares, mismatches, computed = money
        made_lines = self._order_lines(groups, counts, sums, lines, fulfilments, shares)
        orders = _records(
            Order,
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
            map(self._trimmed.__getitem__, payments),
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
            repeat(()),
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

    def _frozen(self, counts: Sequence[int], sums: Sums, lines: Lines) -> list[Frozen]:
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
        return [
            *_records(
                Address,
                *(map(str.strip, column) for column in plain),
                map(self._postcodes.__getitem__, postcodes),
                [
                    country.upper() if len(country) == 2 else country
                    for country in map(self._trimmed.__getitem__, countries)
                ],
                [text and clean_id(text) for text in phones],
            )
        ]

    def _order_lines(
        self,
        groups: Sequence[Group],
        counts: Sequence[int],
        sums: Sums,
        lines: Lines,
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
        return _records(
            OrderLine,
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
        )


def _records(kind: type[Record], *columns: Iterable[object]) -> Iterator[Record]:
    """Named tuples from their columns, made without a step of Python for each."""
    if len(columns) != len(kind._fields):
        raise TypeError(f"{kind.__name__} has {len(kind._fields)} fields")
    return cast(Iterator[Record], map(tuple.__new__, repeat(kind), zip(*columns)))  # noqa: B905 - some columns repeat for ever


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
