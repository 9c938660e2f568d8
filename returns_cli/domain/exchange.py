"""An exchange, netted: what comes back against what is sent instead.

Prices are compared with what the shop asked for the line, so that a discount stays: a replacement
at the same price is an even exchange. A cheaper one gives back its share of what was paid; for a
dearer one the customer owes the difference of the prices, and the tax on it. What a grade takes off
counts, fees do not. A replacement whose price nobody knows counts as even.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.domain import money
from returns_cli.domain.model import Component, OrderLine
from returns_cli.domain.record import Consumption
from returns_cli.domain.vocabulary import TaxStyle


class Swap(NamedTuple):
    """Units of one line that are exchanged; minor units.

    Attributes:
        sku: what is sent instead.
        price_minor: of one unit of it, None where it is not known.
        worth_minor: what was paid for the units, less what their grades take off.
        cost_minor: what the replacement takes of it.
    """

    line: int
    sku: str
    units: int
    price_minor: int | None
    worth_minor: int
    cost_minor: int

    @property
    def owed_minor(self) -> int:
        """What the customer owes for the line; 0 where nothing is, or money comes back."""
        return max(0, self.cost_minor - self.worth_minor)


class Exchange(NamedTuple):
    """The exchanged lines of a return and what they come to.

    Attributes:
        set_off_minor: what the customer owes and other lines of the return pay.
        owed_minor: what is left to be paid by the customer: recorded, never charged.
    """

    swaps: tuple[Swap, ...] = ()
    set_off_minor: int = 0
    owed_minor: int = 0


NO_EXCHANGE = Exchange()


def price_in(text: str, currency: str) -> int | None:
    """A product's price, ``12.50 USD``, in minor units; None for none, or in another currency.

    >>> price_in("12.50 USD", "USD"), price_in("12.50 USD", "EUR"), price_in("", "USD")
    (1250, None, None)
    """
    price, _, priced_in = text.partition(" ")
    if not price or priced_in not in ("", currency):
        return None
    try:
        return money.parse_amount(price, currency)
    except ValueError:
        return None


def swap_line(
    line: OrderLine,
    paid: Consumption,
    sku: str,
    price_minor: int | None,
    style: TaxStyle,
    deductions: Sequence[Component] = (),
) -> tuple[Swap, list[Component]]:
    """Net one line: the swap, and the parts of the quote that give money back.

    Args:
        paid: what was paid for the units, at 100 %.
        sku: what is sent instead; empty or the line's own for the same again.
        price_minor: of one unit of it, as the shop asks it today.
        deductions: what the grades take off the units.

    >>> shirt = OrderLine(2, "M", "", 1, 1, 2400, 0, 240, 2160, 0, 0)
    >>> paid = Consumption(1, 2160)
    >>> swap, parts = swap_line(shirt, paid, "MUG", 1600, TaxStyle.NONE)
    >>> swap.cost_minor, [(one.kind, one.amount_minor) for one in parts]
    (1440, [('items', 720)])
    >>> swap, parts = swap_line(shirt, paid, "COAT", 2800, TaxStyle.NONE)
    >>> swap.cost_minor, swap.owed_minor, parts
    (2560, 400, [])
    """
    if sku in ("", line.sku):
        sku, price_minor = line.sku, line.unit_price_minor
    on_top = style is TaxStyle.ON_TOP
    items, tax = _cost(line, paid, price_minor)
    less = sum(one.amount_minor for one in deductions)
    worth = paid.items_minor + (paid.tax_minor if on_top else 0) + less
    swap = Swap(line.line, sku, paid.units, price_minor, worth, items + (tax if on_top else 0))
    if swap.cost_minor >= swap.worth_minor:
        return swap, []
    parts = [Component("items", line.line, paid.items_minor - items, units=paid.units)]
    if on_top:
        parts.append(Component("tax", line.line, paid.tax_minor - tax, units=paid.units))
    return swap, [*parts, *deductions]


def _cost(line: OrderLine, paid: Consumption, price_minor: int | None) -> tuple[int, int]:
    """What a replacement takes of what was paid, goods and tax."""
    own = line.unit_price_minor
    if price_minor is None or price_minor == own:
        return paid.items_minor, paid.tax_minor
    if price_minor < own:
        return (
            money.round_half_away(paid.items_minor * price_minor, own),
            money.round_half_away(paid.tax_minor * price_minor, own),
        )
    more = (price_minor - own) * paid.units
    tax = money.round_half_away(more * line.tax_minor, line.items_minor) if line.items_minor else 0
    return paid.items_minor + more, paid.tax_minor + tax


def set_off(swaps: Sequence[Swap], payable_minor: int) -> Exchange:
    """What the exchanges of a return come to, once its other lines pay what they can.

    Args:
        payable_minor: what the return pays and has not yet been refunded.
    """
    owed = sum(one.owed_minor for one in swaps)
    covered = min(owed, max(0, payable_minor))
    return Exchange(tuple(swaps), covered, owed - covered)
