"""Parcels of an order: what carriers say of them, and the dates an order has because of it. Pure.

What a carrier's code means is one word of :class:`Meaning`. On a parcel to the customer the words
set dates of the order; on a parcel coming back, each of ``SCANS`` proves that the carrier has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import NamedTuple

from returns_cli.domain.model import Order, OrderLine


class Meaning(StrEnum):
    """What an event says of a parcel.

    Attributes:
        ANNOUNCED: the carrier has data of it, not the parcel.
        SHIPPED: it left the shop, as the shop says.
        FIRST_SCAN: the carrier took it over.
        IN_TRANSIT: the carrier has it: sorted, on tour, tried, waiting at a parcel shop.
        DELIVERED: the consignee has it.
        RETURNED: it goes back, or came back, to the shop.
        INFORMATION: nothing that moves a date.
        UNKNOWN: no table knows the code.
    """

    ANNOUNCED = "announced"
    SHIPPED = "shipped"
    FIRST_SCAN = "first_scan"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    INFORMATION = "information"
    UNKNOWN = "unknown"


SCANS = frozenset(
    {
        Meaning.SHIPPED,
        Meaning.FIRST_SCAN,
        Meaning.IN_TRANSIT,
        Meaning.DELIVERED,
        Meaning.RETURNED,
    }
)
"""Meanings that prove that the carrier has, or had, the parcel."""


class Parcel(NamedTuple):
    """One parcel of an order as it stands, or what is said of an order without a parcel's number.

    Attributes:
        tracking: the carrier's number; empty for what is said of the order, or of a line, as such.
        shipped_at: when it left the shop; ``scanned_at``: when the carrier took it over;
            ``delivered_at``, ``returned_at``: instant or bare day, None where not known.
        lines: order lines in it with their units, None for all units; empty where nothing says
            which lines it holds: it then stands for every line that no other parcel names.
    """

    tracking: str = ""
    carrier: str = ""
    shipped_at: str | None = None
    scanned_at: str | None = None
    delivered_at: str | None = None
    returned_at: str | None = None
    lines: tuple[tuple[int, int | None], ...] = ()

    @property
    def left_at(self) -> str | None:
        """When it left the shop, by the shop's word, else by the carrier's first scan."""
        return self.shipped_at or self.scanned_at

    @property
    def has_left(self) -> bool:
        """Whether it is known to have left the shop."""
        return bool(self.left_at or self.delivered_at or self.returned_at)


def latest(dates: Iterable[str | None]) -> str | None:
    """The latest of some instants and bare days, None where none is known.

    >>> latest(["2026-03-05", None, "2026-03-04T23:00:00+01:00"])
    '2026-03-05'
    """
    return max(filter(None, dates), key=_order_of, default=None)


def earliest(dates: Iterable[str | None]) -> str | None:
    """The earliest of some instants and bare days, None where none is known."""
    return min(filter(None, dates), key=_order_of, default=None)


def _order_of(at: str) -> tuple[datetime, str]:
    """A bare day stands at noon, UTC: what is beside it on the same day decides nothing."""
    moment = datetime.fromisoformat(at)
    if len(at) == 10:
        moment = datetime.combine(moment.date(), time(12))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)), at


def with_parcels(order: Order, parcels: Sequence[Parcel]) -> Order:
    """The order with the dates that its parcels have; applying it twice changes nothing more.

    A line's date is the latest of its own parcels. Where no parcel names lines, the parcels speak
    of the whole order: their latest date is the order's. A parcel that has left makes the units
    that it holds count as shipped; one that names no line all units, where none counted so far.
    What is said without a parcel's number is said of the whole order.
    """
    if not parcels:
        return order
    own: dict[int, list[Parcel]] = {}
    for parcel in parcels:
        for number, _ in parcel.lines:
            own.setdefault(number, []).append(parcel)
    others = [one for one in parcels if not one.lines]
    shipped_at = latest(one.left_at for one in others)
    delivered_at = latest(one.delivered_at for one in others)
    left = [one for one in others if one.has_left]
    is_waiting = not any(line.shipped_quantity for line in order.lines)
    lifts_all = any(is_waiting or not one.tracking for one in left)
    lines = []
    for line in order.lines:
        if line.line in own:
            lines.append(_of_own_parcels(line, own[line.line]))
            continue
        units = line.quantity if lifts_all and not line.cancelled else line.shipped_quantity
        lines.append(
            line._replace(
                shipped_at=_overruled(line.shipped_at, shipped_at, always=bool(own)),
                delivered_at=_overruled(line.delivered_at, delivered_at, always=bool(own)),
                shipped_quantity=units,
            )
        )
    if own:  # then the order has a date once the parcels of each line say one
        of_lines = [own.get(line.line, others) for line in lines if not line.cancelled]
        shipped_at = _if_all([latest(one.left_at for one in each) for each in of_lines])
        delivered_at = _if_all([latest(one.delivered_at for one in each) for each in of_lines])
    return order._replace(
        shipped_at=shipped_at or order.shipped_at,
        delivered_at=delivered_at or order.delivered_at,
        lines=tuple(lines),
    )


def _if_all(dates: Sequence[str | None]) -> str | None:
    return latest(dates) if all(dates) else None


def _overruled(before: str | None, of_order: str | None, *, always: bool) -> str | None:
    """A line's date where a parcel speaks of the whole order: it replaces one that is there."""
    return of_order if of_order and (before or always) else before


def _of_own_parcels(line: OrderLine, parcels: Sequence[Parcel]) -> OrderLine:
    left = [units for one in parcels if one.has_left for n, units in one.lines if n == line.line]
    units = line.quantity if None in left else sum(filter(None, left))
    shipped = 0 if line.cancelled else min(units, line.quantity)
    return line._replace(
        shipped_at=latest(one.left_at for one in parcels) or line.shipped_at,
        delivered_at=latest(one.delivered_at for one in parcels) or line.delivered_at,
        shipped_quantity=max(line.shipped_quantity, shipped),
    )


def is_under_way(parcels: Sequence[Parcel]) -> bool:
    """Whether some parcels of the order were delivered and another, by its number, was not yet.

    One that came back is not under way. Where no parcel has a day of its own, nothing is said.
    """
    return any(one.delivered_at for one in parcels) and any(
        one.tracking and not one.delivered_at and not one.returned_at for one in parcels
    )
