"""What was paid for each line of an order, frozen once when the order is read.

Sources state discounts, tax and shipping for a whole order and seldom say how; the sums decide
(docs/formats.md). Nothing re-spreads later: refunds take from these shares.
Wherever the arithmetic fits, the lines' items, tax on top and shipping sum to the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.domain.money import allocate
from returns_cli.domain.vocabulary import TaxStyle


class Stated(NamedTuple):
    """Order-level sums as a source states them, minor units; None where it says nothing.

    Attributes:
        subtotal: S, goods after or before the discount: the sums say which.
        discount: D, positive; it may or may not hold the lines' own discounts.
        shipping: H.
        tax: X, on top of the prices or contained in them.
        duties: Y, always on top.
        total: T.
    """

    subtotal: int | None = None
    discount: int = 0
    shipping: int = 0
    tax: int = 0
    duties: int = 0
    total: int | None = None


class Frozen(NamedTuple):
    """An order's money, per line in the order given; minor units.

    Attributes:
        tax_style: of the order.
        order_discount_minor: what the lines share beyond their own discounts.
        shipping_minor, tax_minor, total_minor: of the order. Duties are in ``tax_minor`` where
            tax is on top, and in ``items`` where it is included: both ways a full return pays them.
        discounts: the lines' own discounts; zeros where the sums show that they were not taken off.
        order_discounts, items, taxes, shippings: shares as ``OrderLine`` defines them.
        mismatch_minor: stated total less the nearest computed one; 0 where the arithmetic fits.
        is_computed: the source states no total.
    """

    tax_style: TaxStyle
    order_discount_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    discounts: tuple[int, ...]
    order_discounts: tuple[int, ...]
    items: tuple[int, ...]
    taxes: tuple[int, ...]
    shippings: tuple[int, ...]
    mismatch_minor: int = 0
    is_computed: bool = False


class _Reading(NamedTuple):
    """One way to understand the discounts: goods value, order share, whether own ones count."""

    goods: int
    shared: int
    takes_own: bool


def freeze_stated(
    gross: Sequence[int],
    discounts: Sequence[int],
    taxable: Sequence[bool | None],
    stated: Stated,
    default_style: TaxStyle = TaxStyle.ON_TOP,
) -> Frozen:
    """Freeze an order whose source states its sums; discount and tax style follow from them.

    Args:
        gross: quantity × price per line.
        discounts: the lines' own discounts, never more than the line's gross value.
        taxable: as the source marks the lines; tax is shared over the marked ones, or over all.
        stated: the order-level sums.
        default_style: whether prices hold their tax, where no total tells.

    >>> stated = Stated(subtotal=2700, discount=300, shipping=500, tax=216, total=3416)
    >>> frozen = freeze_stated([2000, 1000], [0, 0], [True, True], stated)
    >>> frozen.tax_style.value, frozen.items, frozen.taxes, frozen.shippings
    ('on_top', (1800, 900), (144, 72), (333, 167))
    """
    is_plain = not (stated.discount or stated.duties or any(discounts))
    if is_plain and sum(gross) + stated.shipping + stated.tax == stated.total:
        return Frozen(  # most orders: nothing is taken off; the long way below agrees
            TaxStyle.ON_TOP if stated.tax else TaxStyle.NONE,
            0,
            stated.shipping,
            stated.tax,
            stated.total,
            tuple(discounts),
            tuple(discounts),
            tuple(gross),
            _shares(stated.tax, _taxed(gross, taxable)),
            _shares(stated.shipping, gross),
        )
    reading, style, mismatch = _fit(sum(gross), sum(discounts), stated, default_style)
    own = tuple(discounts) if reading.takes_own else (0,) * len(gross)
    values = [amount - discount for amount, discount in zip(gross, own, strict=True)]
    order_discounts = _shares(reading.shared, values)
    items = tuple(value - share for value, share in zip(values, order_discounts, strict=True))
    taxes = _shares(stated.tax, _taxed(items, taxable))
    total = _computed(reading.goods, style, stated) if stated.total is None else stated.total
    tax, duties = stated.tax, _shares(stated.duties, items)
    if stated.duties and style is TaxStyle.INCLUDED:
        items = tuple(map(int.__add__, items, duties))
    elif stated.duties:
        style, tax = TaxStyle.ON_TOP, tax + stated.duties
        taxes = tuple(map(int.__add__, taxes, duties))
    return Frozen(
        style,
        reading.shared,
        stated.shipping,
        tax,
        total,
        own,
        order_discounts,
        items,
        taxes,
        _shares(stated.shipping, values),
        mismatch,
        stated.total is None,
    )


def freeze_listed(
    gross: Sequence[int],
    discounts: Sequence[int],
    taxes: Sequence[int],
    order_discount: int,
    shipping: int,
    style: TaxStyle,
) -> Frozen:
    """Freeze an order whose lines state their tax and whose total is ours to compute.

    Args:
        gross, discounts: as in ``freeze_stated``.
        taxes: per line, for all its units.
        order_discount: positive, beyond the lines' own; at most what the lines are worth.
        shipping: of the order.
        style: whether prices hold their tax; an order without tax is ``none``.

    >>> freeze_listed([1000, 1000], [0, 500], [80, 40], 150, 0, TaxStyle.ON_TOP).items
    (900, 450)
    """
    values = [amount - discount for amount, discount in zip(gross, discounts, strict=True)]
    shared = min(order_discount, sum(values))
    order_discounts = _shares(shared, values)
    items = tuple(value - share for value, share in zip(values, order_discounts, strict=True))
    tax = sum(taxes)
    if not tax:
        style = TaxStyle.NONE
    elif style is TaxStyle.NONE:
        style = TaxStyle.ON_TOP
    return Frozen(
        style,
        shared,
        shipping,
        tax,
        sum(items) + shipping + (tax if style is TaxStyle.ON_TOP else 0),
        tuple(discounts),
        order_discounts,
        items,
        tuple(taxes),
        _shares(shipping, values),
        is_computed=True,
    )


def _fit(
    gross: int, own: int, stated: Stated, default_style: TaxStyle
) -> tuple[_Reading, TaxStyle, int]:
    """The reading and tax style whose computed total is the stated one, or comes nearest."""
    likely, unlikely = _readings(gross, own, stated)
    styles = (TaxStyle.ON_TOP, TaxStyle.INCLUDED) if stated.tax else (TaxStyle.NONE,)
    if stated.total is None:
        style = default_style if default_style in styles else styles[0]
        return likely[0], style, 0
    for reading in likely + unlikely:
        for style in styles:
            if _computed(reading.goods, style, stated) == stated.total:
                return reading, style, 0
    ways = [
        (stated.total - _computed(reading.goods, style, stated), reading, style)
        for reading in likely
        for style in styles
    ]
    mismatch, reading, style = min(ways, key=lambda way: abs(way[0]))
    return reading, style, mismatch


def _readings(
    gross: int, own: int, stated: Stated
) -> tuple[tuple[_Reading, ...], tuple[_Reading, ...]]:
    """The readings of the discounts: those that the subtotal bears out, then the others."""
    discount, subtotal = stated.discount, stated.subtotal
    holds_own = discount >= own
    all_in = _Reading(
        max(gross - discount, 0),
        min(discount, gross) - (own if holds_own else 0),
        holds_own,
    )
    beside = _Reading(max(gross - own - discount, 0), min(discount, gross - own), takes_own=True)
    if subtotal is None or own == 0:
        return (all_in, beside), ()
    if subtotal == gross - discount:
        return (all_in,), (beside,)
    if subtotal == gross - own - discount:
        return (beside,), (all_in,)
    if subtotal == gross:
        return (all_in,), (beside,)
    return (all_in, beside), ()


def _computed(goods: int, style: TaxStyle, stated: Stated) -> int:
    tax = stated.tax if style is TaxStyle.ON_TOP else 0
    return goods + stated.shipping + stated.duties + tax


def _taxed(items: Sequence[int], taxable: Sequence[bool | None]) -> Sequence[int]:
    """Weights for sharing tax: the discounted value of the lines marked taxable, or of all."""
    if all(taxable) or not any(taxable):
        return items
    weights = [item if marked else 0 for item, marked in zip(items, taxable, strict=True)]
    return weights if any(weights) else [1 if marked else 0 for marked in taxable]


def _shares(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    if not total_minor:
        return (0,) * len(weights)
    return (total_minor,) if len(weights) == 1 else allocate(total_minor, weights)
