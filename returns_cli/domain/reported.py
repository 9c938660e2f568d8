"""What reports are made from: the scope that is asked for, and counted facts by day.

A day is a number, 0 for 1970-01-01, of the shop's own calendar. Amounts are minor units of the
row's currency.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.shop import ShopConfig

_EPOCH = date(1970, 1, 1).toordinal()


class Scope(NamedTuple):
    """Which part of the shop a report speaks of.

    Attributes:
        since: first day; None for the first that is known.
        until: last day, itself included.
        zone: in which an instant becomes a day.
        channel, country, category, reason, tier: only these; empty for all.
        shop: what shop.yaml says: dispositions, holidays, currency.
        ship_cost: what it costs to bring one unit back, as typed; empty where nobody said it.
    """

    since: date | None
    until: date
    zone: ZoneInfo
    channel: str = ""
    country: str = ""
    category: str = ""
    reason: str = ""
    tier: str = ""
    shop: ShopConfig | None = None
    ship_cost: str = ""

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


class RefundPart(NamedTuple):
    """A component of the refunds that were confirmed on a day.

    Attributes:
        kind: of the component, such as ``items`` or ``restocking_fee``.
        tender: by what the refund was paid.
        refunds: that have it, once for each refund of the day.
    """

    day: int
    currency: str
    kind: str
    tender: str
    refunds: int
    amount_minor: int


class Refunds(NamedTuple):
    """Refunds confirmed on a day, by what they were paid with."""

    day: int
    currency: str
    tender: str
    refunds: int
    amount_minor: int


class Handled(NamedTuple):
    """Returns that were paid, arrived or were inspected, and their units that arrived."""

    currency: str
    returns: int
    units: int


class ReturnFees(NamedTuple):
    """What customers were charged for sending goods back, in confirmed refunds."""

    currency: str
    returns: int
    amount_minor: int


class Exchanged(NamedTuple):
    """Units that came back on a day for an exchange, at what was paid for them."""

    day: int
    currency: str
    units: int
    value_minor: int


class Graded(NamedTuple):
    """Units inspected in a period.

    Attributes:
        day: the first that is meant of the period.
        category: of the product; empty where it has none.
        disposition: where they went, else where the inspection sends them.
    """

    day: int
    currency: str
    category: str
    grade: str
    disposition: str
    units: int
    value_minor: int


class KeptPromise(NamedTuple):
    """Returns of which the first money came, by what was promised and how long it took.

    Attributes:
        day: on which the policy's trigger was reached.
        unit: ``days``, ``business_days``, or empty where no day was promised.
        promised: so many of them.
        took: days from the trigger to the first confirmed refund; below 0 where it came before.
    """

    day: int
    unit: str
    promised: int
    took: int
    returns: int


class Owed(NamedTuple):
    """Money that a customer waits for now.

    Attributes:
        since, due: days; ``due`` none where no day was promised.
        pending: recorded and not yet confirmed.
    """

    rma: str
    order: str
    since: date | None
    due: date | None
    currency: str
    amount_minor: int
    pending: bool


class Judged(NamedTuple):
    """Returns judged last on a day, by policy and verdict.

    Attributes:
        policy: its id, empty where none fitted; ``version``: of its text.
        verdict: ``approve deny review partial``.
        ruling: what a person said last: ``approve deny cancel expire``, or empty.
    """

    day: int
    policy: str
    version: str
    verdict: str
    ruling: str
    returns: int


class Decided(NamedTuple):
    """Lines that a rule or a code decided.

    Attributes:
        word: the rule's id, or the code of a denial or a review.
        is_rule: a rule of the policy that set something.
    """

    policy: str
    word: str
    is_rule: bool
    approved: int
    denied: int
    review: int


class ReasonUnits(NamedTuple):
    """Units that customers asked to send back for a reason."""

    reason: str
    units: int
