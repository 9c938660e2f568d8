"""What the report on customers is made from: orders of known people, and what they sent back.

A day is a number, 0 for 1970-01-01, of the shop's own calendar. A person is known by a key that is
nobody's name; amounts are minor units of the row's currency.
"""

from __future__ import annotations

from typing import NamedTuple


class PersonOrder(NamedTuple):
    """An order of a known person that was not cancelled.

    Attributes:
        person: their key; ``tier`` the one that they have.
        is_meant: whether it is of the days and filters that were asked for, and something of it
            was shipped; others only tell which order was the first and when the next one came.
        units: shipped, of the goods that were asked for.
    """

    person: str
    order: int
    day: int
    tier: str
    is_meant: bool
    units: int


class PersonReturn(NamedTuple):
    """A line of a return of a known person, as they asked for it last.

    Attributes:
        order: as in :class:`PersonOrder`.
        day: it was asked for.
        is_denied: nothing may come back, by the policy or by a person.
        is_shops_fault: the reason is the merchant's or the carrier's fault, as it was judged.
        units: that have arrived.
    """

    order: int
    rma: str
    day: int
    reason: str
    is_denied: bool
    is_shops_fault: bool
    units: int


class PersonWorth(NamedTuple):
    """What a person's orders were worth and what came back of them, in one currency."""

    person: str
    currency: str
    sold_minor: int
    back_minor: int
