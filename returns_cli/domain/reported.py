"""What reports are made from: the scope that is asked for, and counted facts by day.

A day is a number, 0 for 1970-01-01, of the shop's own calendar. Amounts are minor units of the
row's currency.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

_EPOCH = date(1970, 1, 1).toordinal()


class Scope(NamedTuple):
    """Which part of the shop a report speaks of.

    Attributes:
        since: first day; None for the first that is known.
        until: last day, itself included.
        zone: in which an instant becomes a day.
        channel, country, category, reason, tier: only these; empty for all.
    """

    since: date | None
    until: date
    zone: ZoneInfo
    channel: str = ""
    country: str = ""
    category: str = ""
    reason: str = ""
    tier: str = ""

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """What it is narrowed to, by name."""
        names = ("channel", "country", "category", "reason", "tier")
        return tuple((name, getattr(self, name)) for name in names if getattr(self, name))


def day_number(day: date) -> int:
    """The number of a day.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def numbered_day(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _EPOCH)


class Sold(NamedTuple):
    """Orders placed on a day.

    Attributes:
        units: shipped of them.
        value_minor: paid for these units, after discounts; without tax that came on top.
    """

    day: int
    currency: str
    orders: int
    units: int
    value_minor: int


class CameBack(NamedTuple):
    """Of the orders placed on a day, the units that have arrived back by now."""

    day: int
    currency: str
    units: int
    value_minor: int


class Asked(NamedTuple):
    """Returns asked for on a day, by what became of the request.

    Attributes:
        outcome: ``approved`` units may come, ``denied``, ``waiting`` for judgement or a person,
            ``ended`` cancelled or expired.
        units: asked to come back.
    """

    day: int
    outcome: str
    returns: int
    units: int


class PaidBack(NamedTuple):
    """Money paid back on a day.

    Attributes:
        source: ``confirmed`` here, ``pending`` (recorded, not confirmed), ``elsewhere`` (told by
            an order's source, so without a return).
    """

    day: int
    currency: str
    source: str
    refunds: int
    amount_minor: int


class ReasonUnits(NamedTuple):
    """Units that customers asked to send back for a reason."""

    reason: str
    units: int
