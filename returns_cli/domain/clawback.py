"""A promotion taken back: a discount, or a gift, that was earned by keeping more than is kept.

Off unless a policy says ``clawback.discount_below`` or ``clawback.gift_below``: an amount of goods
that must be kept, counted before the order's discount. Below it the kept goods lose their share of
that discount, and gifts that are kept are paid for. What was once taken back is given back as soon
as it is no longer right, so returns in any order come to the same, and everything back pays all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain import money, terms
from returns_cli.domain.model import Component, Order, OrderLine, Setting
from returns_cli.domain.record import OrderLedger

KIND = "promotion_clawback"


class Returned(NamedTuple):
    """Units of one line that a return pays for, under the settings of its decision.

    ``is_waived``: for the reason's fault no fee is taken; such units count as kept.
    """

    line: int
    units: int
    settings: terms.Settings
    is_waived: bool


def is_gift(line: OrderLine) -> bool:
    """Whether a line was a gift of a promotion: it has a price, and its own discount took it all.

    >>> is_gift(OrderLine(2, "PIN", "", 1, 1, 500, 500, 0, 0, 0, 0))
    True
    """
    gross = line.unit_price_minor * line.quantity
    return not line.cancelled and gross > 0 and line.discount_minor >= gross


def claw_back(
    order: Order, rma: str, returned: Sequence[Returned], ledger: OrderLedger
) -> list[Component]:
    """The parts of a quote that take promotions back, or give back what was taken before.

    Args:
        rma: tells this return's own refunds in ``ledger`` from those of others.
        returned: what this return pays for.
    """
    others = sum(minor for one, minor in ledger.clawed_back.items() if one != rma)
    settings = [one.settings for one in returned if not one.is_waived]
    discount_below = _highest(settings, "clawback.discount_below", order.currency)
    gift_below = _highest(settings, "clawback.gift_below", order.currency)
    if not others and discount_below is None and gift_below is None:
        return []
    gone = _gone(order, rma, returned, ledger)
    discount = sum(_kept(one, one.order_discount_minor, gone) for one in order.lines)
    gifts = sum(_kept(one, _worth(one), gone) for one in order.lines if is_gift(one))
    if discount_below is None and gift_below is None:
        still = min(others, discount + gifts)
        return [Component(KIND, None, others - still)] if others > still else []
    willing = _gone(order, rma, [one for one in returned if not one.is_waived], ledger)
    before = [(one, one.items_minor + one.order_discount_minor) for one in order.lines]
    kept = sum(_kept(one, minor, willing) for one, minor in before)
    parts: list[Component] = []
    for found, taken in ((discount_below, discount), (gift_below, gifts)):
        if found is not None and kept < found[0] and taken:
            parts.append(Component(KIND, None, -taken, found[1].rule, found[1].at))
    if not others:
        return parts
    total = others + sum(one.amount_minor for one in parts)
    rule, at = (parts[0].rule, parts[0].at) if total < 0 and parts else (None, None)
    return [Component(KIND, None, total, rule, at)] if total else []


def _highest(
    settings: Sequence[terms.Settings], name: str, currency: str
) -> tuple[int, Setting] | None:
    """The highest amount that a setting names, and the setting; None where none does."""
    named = [
        (terms.read_money(str(one[name].value), currency), one[name])
        for one in settings
        if name in one and one[name].value != "none"
    ]
    return max(named, key=lambda one: one[0], default=None)


def _gone(
    order: Order, rma: str, returned: Sequence[Returned], ledger: OrderLedger
) -> Mapping[int, int]:
    """Units by line that came back for money, with this return and with others."""
    mine = {one.line: one.units for one in returned}
    gone: dict[int, int] = {}
    for line in order.lines:
        every = ledger.consumed.get(line.line)
        own = ledger.consumed_by_return.get((rma, line.line))
        before = (every.units if every else 0) - (own.units if own else 0)
        gone[line.line] = min(line.quantity, before + mine.get(line.line, 0))
    return gone


def _kept(line: OrderLine, amount_minor: int, gone: Mapping[int, int]) -> int:
    """What of an amount of a line belongs to the units that are kept."""
    if line.cancelled or not line.quantity:
        return 0
    back = money.round_half_away(amount_minor * gone.get(line.line, 0), line.quantity)
    return amount_minor - back


def _worth(line: OrderLine) -> int:
    return line.unit_price_minor * line.quantity
