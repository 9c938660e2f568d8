"""A refund over what its order was paid with: each means of payment gets back what it paid at most.

What a refund gives back is told apart from what it is paid by: 50.00 as store credit may give back
30.00 of a gift card and 20.00 of a card. So nothing is given back twice, whatever way it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from returns_cli.domain.model import Order
from returns_cli.domain.quote import UNCAPPED
from returns_cli.domain.record import OrderLedger
from returns_cli.domain.settle import Owed, part_of
from returns_cli.domain.tenders import BY_CHOICE, ORIGINAL, in_declared_order


def left_to_give_back(
    order: Order, ledger: OrderLedger, declared: Sequence[str] = ()
) -> dict[str, int]:
    """What each means of payment still has to get back, in the order in which it does.

    Empty for an order of which the source does not tell what paid how much.
    """
    return {
        one.tender: max(0, one.captured_minor - ledger.given_back.get(one.tender, 0))
        for one in in_declared_order(order.payments, declared)
    }


def split_owed(groups: Iterable[Owed], left: Mapping[str, int]) -> tuple[Owed, ...]:
    """What is owed as the refunds that pay it, each with what it gives back.

    ``original_payment`` is split over what paid the order; any other way pays the whole, and gives
    back what it had paid itself first.

    Args:
        groups: one for each way to pay.
        left: of :func:`left_to_give_back`; empty leaves the groups as they are.

    >>> from returns_cli.domain.model import Component
    >>> owed = Owed("original_payment", (Component("items", 1, 5000),))
    >>> [(one.tender, one.amount_minor) for one in split_owed(
    ...     [owed], {"gift_card": 3000, "original_payment": 8873})]
    [('gift_card', 3000), ('original_payment', 2000)]
    """
    if not left:
        return tuple(groups)
    room = dict(left)
    parts: list[Owed] = []
    for group in groups:
        if group.tender == ORIGINAL:
            parts += _split(group, room)
        else:
            origins = _taken(_capped(group), room, first=group.tender)
            parts.append(group._replace(origins=origins))
    return tuple(parts)


def room_of(tender: str, left: Mapping[str, int]) -> int | None:
    """The most that can go to one tender; None for no limit of its own."""
    return left.get(tender, 0) if left and tender not in BY_CHOICE else None


def pay_by(groups: Iterable[Owed], tender: str, left: Mapping[str, int]) -> Owed:
    """All that is owed in one way, with what that gives back."""
    whole = Owed(tender, tuple(part for one in groups for part in one.components))
    origins = _taken(_capped(whole), dict(left), first=tender)
    return whole._replace(origins=origins)


def first_of(groups: Sequence[Owed], amount_minor: int) -> tuple[Owed, ...]:
    """As much of the groups as an amount pays, the first ones whole.

    Args:
        amount_minor: more than 0, at most what they come to.
    """
    parts: list[Owed] = []
    rest = amount_minor
    for group in groups:
        if rest > 0:
            now = min(rest, group.amount_minor)
            parts.append(part_of(group, now))
            rest -= now
    return tuple(parts)


def _split(group: Owed, room: dict[str, int]) -> list[Owed]:
    """A group over what paid the order; what nothing is known to have paid stays as it is."""
    parts: list[Owed] = []
    rest = group
    for tender in list(room):
        now = min(room[tender], rest.amount_minor)
        if now <= 0:
            continue
        part = part_of(rest, now)
        rest = _without(rest, part)
        given = min(_capped(part), room[tender])
        room[tender] -= given
        parts.append(Owed(tender, part.components, ((tender, given),) if given else ()))
    return [*parts, rest] if rest.amount_minor > 0 else parts


def _without(whole: Owed, part: Owed) -> Owed:
    gone = {(one.kind, one.line): one.amount_minor for one in part.components}
    left = [
        one._replace(amount_minor=one.amount_minor - gone.get((one.kind, one.line), 0))
        for one in whole.components
    ]
    return whole._replace(components=tuple(one for one in left if one.amount_minor))


def _capped(owed: Owed) -> int:
    """The part of what is owed that somebody had paid: bonus and goodwill are on top."""
    return sum(one.amount_minor for one in owed.components if one.kind not in UNCAPPED)


def _taken(amount_minor: int, room: dict[str, int], first: str) -> tuple[tuple[str, int], ...]:
    """What of each means of payment an amount gives back; it is taken off the room."""
    taken = []
    rest = amount_minor
    for tender in sorted(room, key=lambda name: name != first):
        now = min(room[tender], rest)
        if now > 0:
            taken.append((tender, now))
            room[tender] -= now
            rest -= now
    return tuple(taken)
