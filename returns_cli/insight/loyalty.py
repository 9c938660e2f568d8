"""Who sends back more than chance explains, and who did not order again after a bad return.

A *bad return* is one whose reason was the shop's or the carrier's fault, or which was denied.
A customer *came again* who ordered within the days that nine of ten come again in; one whose last
order had a bad return and who has been quiet for longer is *lost*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from math import ceil
from operator import attrgetter
from typing import Literal, NamedTuple

from returns_cli.domain.reported_customers import PersonOrder, PersonReturn
from returns_cli.insight.report import Share
from returns_cli.insight.statistics import at_least, false_discovery

After = Literal["no_return", "return", "bad_return"]

LEAST_ORDERS = 3  # with something sent back; fewer are nobody's habit
SURE = 0.05  # of those named, so many may be false alarms
LEAST_GAPS = 20  # times that somebody came again, to reckon with
_USUAL_QUIET, _LEAST_QUIET, _MOST_QUIET = 180, 30, 365
_NINE_OF_TEN = 0.9


class Ordered(NamedTuple):
    """An order with what became of it.

    Attributes:
        back: units of it that have arrived back; ``fault`` of these for the shop's own fault.
        bad: the first line of a bad return, None where there was none.
        asked: whether anything was asked to come back.
        is_first: of all orders of that person.
        next_day: of their next order; None where there is none.
    """

    order: PersonOrder
    back: int
    fault: int
    asked: bool
    bad: PersonReturn | None
    last_rma: str
    last_back_day: int | None
    is_first: bool
    next_day: int | None


class Patron(NamedTuple):
    """A person with their orders of the days that were asked for, at least one."""

    person: str
    tier: str
    orders: tuple[Ordered, ...]

    @property
    def units(self) -> int:
        """Units shipped."""
        return sum(one.order.units for one in self.orders)

    @property
    def back(self) -> int:
        """Units that came back; ``fault`` of these for the shop's own fault."""
        return sum(one.back for one in self.orders)

    @property
    def fault(self) -> int:
        """Of the units that came back, those for the shop's or the carrier's fault."""
        return sum(one.fault for one in self.orders)

    @property
    def orders_back(self) -> int:
        """Orders of which something came back."""
        return sum(one.back > 0 for one in self.orders)

    @property
    def last(self) -> Ordered:
        """Their last order."""
        return self.orders[-1]


def patrons(orders: Sequence[PersonOrder], returns: Sequence[PersonReturn]) -> list[Patron]:
    """People with their orders, in the order of their keys.

    Args:
        orders: each person's together, the earliest first.
        returns: the earliest first.
    """
    of_order: defaultdict[int, list[PersonReturn]] = defaultdict(list)
    for line in returns:
        of_order[line.order].append(line)
    found = []
    for person, theirs in groupby(orders, key=attrgetter("person")):
        all_orders = list(theirs)
        days: list[int | None] = [*(one.day for one in all_orders[1:]), None]
        meant = tuple(
            _ordered(order, of_order.get(order.order, ()), following, is_first=at == 0)
            for at, (order, following) in enumerate(zip(all_orders, days, strict=True))
            if order.is_meant
        )
        if meant:
            found.append(Patron(person, meant[-1].order.tier, meant))
    return found


def _ordered(
    order: PersonOrder, lines: Sequence[PersonReturn], next_day: int | None, *, is_first: bool
) -> Ordered:
    arrived = [one for one in lines if one.units > 0]
    return Ordered(
        order,
        sum(one.units for one in arrived),
        sum(one.units for one in arrived if one.is_shops_fault),
        bool(lines),
        next((one for one in lines if one.is_shops_fault or one.is_denied), None),
        arrived[-1].rma if arrived else "",
        arrived[-1].day if arrived else None,
        is_first,
        next_day,
    )


class Serial(NamedTuple):
    """A person who sent back of more orders than chance explains.

    Attributes:
        chance: how likely chance alone makes it so many, corrected for how many people were
            looked at.
    """

    patron: Patron
    chance: float


def serial_returners(people: Sequence[Patron]) -> tuple[Share, list[Serial]]:
    """The share of all orders that something came back of, and who is beyond chance above it.

    Everybody with enough orders is tested against the others' share: their own orders do not
    raise what they are held against. Of those who are named, one in twenty may be a false alarm.
    """
    orders = sum(len(one.orders) for one in people)
    back = sum(one.orders_back for one in people)
    tested = [one for one in people if len(one.orders) >= LEAST_ORDERS]
    chances = false_discovery(
        [
            at_least(
                one.orders_back,
                len(one.orders),
                _share(back - one.orders_back, orders - len(one.orders)),
            )
            for one in tested
        ]
    )
    found = [
        Serial(patron, chance)
        for patron, chance in zip(tested, chances, strict=True)
        if chance < SURE and patron.orders_back >= LEAST_ORDERS
    ]
    found.sort(key=lambda one: (one.chance, -one.patron.back, one.patron.person))
    return Share(back, orders), found


def _share(part: int, whole: int) -> float:
    """Of the others; where there are none nobody can be told from them."""
    return part / whole if whole else 1.0


def quiet_days(orders: Sequence[PersonOrder]) -> tuple[int, int]:
    """Within how many days nine of ten of those who come again do, and of how many that is known.

    Between 30 days and a year; 180 where too few came again to tell.

    Args:
        orders: each person's together, the earliest first.
    """
    gaps = sorted(
        later.day - earlier.day
        for earlier, later in pairwise(orders)
        if earlier.person == later.person
    )
    if len(gaps) < LEAST_GAPS:
        return _USUAL_QUIET, len(gaps)
    found = gaps[ceil(_NINE_OF_TEN * len(gaps)) - 1]
    return max(_LEAST_QUIET, min(_MOST_QUIET, found)), len(gaps)


def after(one: Ordered) -> After:
    """What an order left behind: nothing sent back, a return, or a bad one."""
    if one.bad:
        return "bad_return"
    return "return" if one.asked else "no_return"


def came_again(people: Sequence[Patron], quiet: int, until: int) -> Mapping[After, Share]:
    """How many ordered again in time, by what the order left behind.

    Args:
        quiet: within so many days.
        until: the last day; orders too young to tell are left out.
    """
    counts: dict[After, list[int]] = {"no_return": [0, 0], "return": [0, 0], "bad_return": [0, 0]}
    for patron in people:
        for one in patron.orders:
            if one.order.day + quiet <= until:
                count = counts[after(one)]
                count[1] += 1
                if one.next_day is not None and one.next_day - one.order.day <= quiet:
                    count[0] += 1
    return {name: Share(*count) for name, count in counts.items()}


def lost(people: Sequence[Patron], quiet: int, until: int) -> list[tuple[Patron, PersonReturn]]:
    """Who has been quiet for too long after a bad return of their last order, longest first."""
    found = [
        (patron, bad)
        for patron in people
        if (bad := patron.last.bad) is not None
        and patron.last.next_day is None
        and bad.day + quiet < until
    ]
    return sorted(found, key=lambda one: (one[1].day, one[0].person))


def few_of_most(people: Sequence[Patron]) -> tuple[int, int]:
    """How few people sent back half of all units, and how many sent back any."""
    units = sorted((one.back for one in people if one.back > 0), reverse=True)
    half, sent = sum(units) / 2, 0
    for count, back in enumerate(units, 1):
        sent += back
        if sent >= half:
            return count, len(units)
    return 0, 0
