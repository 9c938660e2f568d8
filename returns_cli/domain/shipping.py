"""Original shipping in a quote: which part of it goes back with which goods.

``always`` pays each line's frozen share, unit by unit; ``standard_only`` the same of no more than
the shop's standard shipping to that country (Directive 2011/83/EU Art 13(2)); ``full_return``
nothing until every shipped unit is back, and then all that is left of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain import money, terms
from returns_cli.domain.model import Component, Order, OrderLine, Setting
from returns_cli.domain.record import Consumption, OrderLedger

if TYPE_CHECKING:
    from returns_cli.domain.quote import QuotedLine

_SETTING = "refund.original_shipping"
_NOTHING = Consumption()


def original_shipping(
    order: Order,
    rma: str,
    paying: Sequence[QuotedLine],
    units: Mapping[int, int],
    ledger: OrderLedger,
    standard_minor: int | None,
) -> list[Component]:
    """One component per line of a return that pays, as each line's setting says.

    A full return also brings the shares of other lines, which earlier returns left behind. What
    this return was paid of it stays, whatever happens to the others.

    Args:
        units: per order line, the units that this return pays for.
        standard_minor: the shop's standard shipping to the order's country; where it is not known
            nothing limits ``standard_only``.
    """
    is_full = _is_full_return(order, rma, units, ledger)
    parts = []
    for one in paying:
        rule = terms.word(one.settings, _SETTING, "never")
        paid, own = _paid(ledger, rma, one.line)
        share = own.shipping_minor if rule == "full_return" else 0
        if rule == "always":
            share = _share(one.line.shipping_minor, one.line, units[one.line.line], paid, own)
        elif rule == "standard_only":
            standard = _standard_shares(order, standard_minor)
            share = _share(standard[one.line.line], one.line, units[one.line.line], paid, own)
        elif rule == "full_return" and is_full:
            share = _left(one.line, paid, own)
        parts.append(_component(one.line, share, one.settings.get(_SETTING)))
    return parts + _shares_of_other_lines(order, rma, paying, ledger, is_full=is_full)


def _paid(ledger: OrderLedger, rma: str, line: OrderLine) -> tuple[Consumption, Consumption]:
    """What live refunds took of a line: all of them, and this return's own."""
    if not ledger.consumed:
        return _NOTHING, _NOTHING
    return (
        ledger.consumed.get(line.line, _NOTHING),
        ledger.consumed_by_return.get((rma, line.line), _NOTHING),
    )


def _component(line: OrderLine, amount_minor: int, setting: Setting | None) -> Component:
    rule, at = (setting.rule, setting.at) if setting else (None, None)
    return Component("original_shipping", line.line, amount_minor, rule, at)


def _is_full_return(order: Order, rma: str, units: Mapping[int, int], ledger: OrderLedger) -> bool:
    """Whether every shipped unit comes back, those of other returns included.

    Units of others count once they were refunded, and for the return whose goods arrived last once
    they arrived: a gift or worthless goods come back without a refund. No other return starts to
    owe shipping because of goods that are not its own.
    """
    for line in order.lines:
        paid, own = _paid(ledger, rma, line)
        back = units.get(line.line, 0) + paid.units - own.units
        if rma == ledger.last_back:
            back = max(back, ledger.came_back.get(line.line, 0))
        if not line.cancelled and back < line.shipped_quantity:
            return False
    return True


def _standard_shares(order: Order, standard_minor: int | None) -> dict[int, int]:
    """Each line's share of the shipping, all together within the standard shipping."""
    frozen = [line.shipping_minor for line in order.lines]
    charged = sum(frozen)
    if standard_minor is not None and standard_minor < charged:
        frozen = list(money.allocate(standard_minor, frozen))
    return {line.line: share for line, share in zip(order.lines, frozen, strict=True)}


def _share(
    total_minor: int, line: OrderLine, units: int, paid: Consumption, own: Consumption
) -> int:
    """The share of some units. What this return was paid before stays as it was paid."""
    if own.shipping_minor and 0 < own.units <= units:
        given, kept, units_given = paid.shipping_minor, own.shipping_minor, paid.units
        more = units - own.units
    else:
        given, kept = paid.shipping_minor - own.shipping_minor, 0
        more, units_given = units, paid.units - own.units
    more = max(0, min(more, line.quantity - units_given))
    given = min(given, total_minor)
    return kept + money.share_of_rest(total_minor, given, more, line.quantity, units_given)


def _left(line: OrderLine, paid: Consumption, own: Consumption) -> int:
    """What other returns left of a line's shipping."""
    return max(0, line.shipping_minor - (paid.shipping_minor - own.shipping_minor))


def _shares_of_other_lines(
    order: Order, rma: str, paying: Sequence[QuotedLine], ledger: OrderLedger, *, is_full: bool
) -> list[Component]:
    """The shares of the order's other lines, cited with the setting that makes it a full return."""
    setting = next(
        (
            one.settings[_SETTING]
            for one in paying
            if terms.word(one.settings, _SETTING) == "full_return"
        ),
        None,
    )
    if setting is None:
        return []
    here = {one.line.line for one in paying}
    parts = []
    for line in order.lines:
        if line.line not in here:
            paid, own = _paid(ledger, rma, line)
            share = _left(line, paid, own) if is_full else own.shipping_minor
            parts.append(_component(line, share, setting))
    return parts
