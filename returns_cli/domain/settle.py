"""From a quote to the refunds that pay it: what is still owed, by tender, whole or in part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain import money
from returns_cli.domain.model import Component, Refund
from returns_cli.domain.quote import UNCAPPED, Quote, QuotedLine
from returns_cli.domain.record import Consumption
from returns_cli.domain.vocabulary import RefundState

LIVE = frozenset({RefundState.SUBMITTED, RefundState.CONFIRMED, RefundState.IN_DOUBT})
"""Refund states that count against every cap."""


class Owed(NamedTuple):
    """What is still to be paid with one tender: signed components and their sum.

    ``origins``: what it gives back of each means of payment of the order, where that is known.
    """

    tender: str
    components: tuple[Component, ...]
    origins: tuple[tuple[str, int], ...] = ()

    @property
    def amount_minor(self) -> int:
        """The sum of the components."""
        return sum(one.amount_minor for one in self.components)


def live_refunds(refunds: Sequence[Refund]) -> list[Refund]:
    """Refunds that count: neither failed nor reversed."""
    return [one for one in refunds if one.state in LIVE]


def refunded_minor(refunds: Sequence[Refund]) -> int:
    """Σ live refunds, bonus and goodwill included."""
    return sum(one.amount_minor for one in live_refunds(refunds))


def settled_minor(refunds: Sequence[Refund]) -> int:
    """Σ live refunds that pay what a quote says: goodwill is on top and settles nothing of it."""
    return refunded_minor(refunds) - sum(
        part.amount_minor
        for one in live_refunds(refunds)
        for part in one.components
        if part.kind == "goodwill"
    )


def refunded_capped_minor(refunds: Sequence[Refund]) -> int:
    """Σ live refunds without bonus and goodwill: what the order's cap binds."""
    return sum(
        part.amount_minor
        for one in live_refunds(refunds)
        for part in one.components
        if part.kind not in UNCAPPED
    )


def owed_by_tender(
    quote: Quote, lines: Sequence[QuotedLine], refunds: Sequence[Refund]
) -> tuple[Owed, ...]:
    """What a quote still owes, one entry per tender with something to pay.

    Parts that count once per return go with the first tender, the bonus with store credit; where
    the fees of one tender exceed its goods, the rest is taken off the other.
    """
    tender_of = {one.line.line: one.tender for one in lines if one.is_paying or one.is_exchanged}
    first = next(iter(tender_of.values()), "original_payment")
    rest = _rest(quote, refunds)
    groups: dict[str, list[Component]] = {}
    for part in rest:
        tender = tender_of.get(part.line, first) if part.line is not None else first
        if part.kind == "bonus_credit":
            tender = "store_credit"
        groups.setdefault(tender, []).append(part)
    if any(sum(one.amount_minor for one in parts) < 0 for parts in groups.values()):
        best = max(groups, key=lambda name: sum(one.amount_minor for one in groups[name]))
        groups = {best: rest}
    owed = (Owed(tender, tuple(parts)) for tender, parts in groups.items())
    return tuple(one for one in owed if one.amount_minor > 0)


def _rest(quote: Quote, refunds: Sequence[Refund]) -> list[Component]:
    given: dict[tuple[str, int | None], int] = {}
    for one in live_refunds(refunds):
        for part in one.components:
            if part.kind != "goodwill":
                place = (part.kind, part.line)
                given[place] = given.get(place, 0) + part.amount_minor
    rest = []
    for part in _merged(quote.components):
        left = part.amount_minor - given.pop((part.kind, part.line), 0)
        if left:
            rest.append(_with_amount(part, left))
    rest += [Component(kind, line, -amount) for (kind, line), amount in given.items() if amount]
    return rest


def _merged(components: Sequence[Component]) -> list[Component]:
    """One component per kind and line; the first one's citation stands for all of its kind."""
    merged: dict[tuple[str, int | None], Component] = {}
    for part in components:
        place = (part.kind, part.line)
        before = merged.get(place)
        amount = part.amount_minor + (before.amount_minor if before else 0)
        merged[place] = _with_amount(before or part, amount)
    return list(merged.values())


def _with_amount(part: Component, amount_minor: int) -> Component:
    return Component(part.kind, part.line, amount_minor, part.rule, part.at, part.units)


def part_of(owed: Owed, amount_minor: int) -> Owed:
    """A part payment: the same components, scaled so that they sum to ``amount_minor``.

    What is paid back and what is taken off are scaled apart, each by largest remainder, so a
    later payment of the rest gives exactly the whole.

    Args:
        amount_minor: more than 0, at most ``owed.amount_minor``.

    >>> goods, fee = Component("items", 1, 1000), Component("restocking_fee", 1, -100)
    >>> [c.amount_minor for c in part_of(Owed("original_payment", (goods, fee)), 300).components]
    [333, -33]
    """
    plus = [one for one in owed.components if one.amount_minor > 0]
    minus = [one for one in owed.components if one.amount_minor < 0]
    gross = sum(one.amount_minor for one in plus)
    gross_now = money.round_half_away(gross * amount_minor, owed.amount_minor)
    parts = [*zip(plus, money.allocate(gross_now, [one.amount_minor for one in plus]), strict=True)]
    if minus:
        taken = money.allocate(amount_minor - gross_now, [-one.amount_minor for one in minus])
        parts += zip(minus, taken, strict=True)
    kept = tuple(_with_amount(one, amount) for one, amount in parts if amount)
    return Owed(owed.tender, kept)


def new_takes(quote: Quote, own: Mapping[int, Consumption]) -> tuple[tuple[int, Consumption], ...]:
    """How much more of each order line's base shares a refund under ``quote`` uses up.

    Args:
        own: what this return's live refunds have taken so far, per order line.
    """
    changes = []
    for line, take in quote.takes:
        had = own.get(line, Consumption())
        change = Consumption(
            max(0, take.units - had.units),
            max(0, take.items_minor - had.items_minor),
            max(0, take.tax_minor - had.tax_minor),
            max(0, take.shipping_minor - had.shipping_minor),
        )
        if change != Consumption():
            changes.append((line, change))
    return tuple(changes)
