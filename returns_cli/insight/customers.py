"""The report ``customers``: who sends back, how often, and who did not come again.

People are shown by the shop's own customer id, or by a number that names nobody. Nobody is judged:
beside what somebody sent back stands how much of it was the shop's own fault, and what they kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.reported import numbered_day
from returns_cli.domain.reported_customers import PersonReturn, PersonWorth
from returns_cli.insight.loyalty import (
    LEAST_GAPS,
    LEAST_ORDERS,
    After,
    Ordered,
    Patron,
    Serial,
    few_of_most,
)
from returns_cli.insight.report import (
    Cell,
    Chart,
    Column,
    Money,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.statistics import rose, wilson
from returns_cli.insight.words import counted, out_of, percent

_SURE = 0.01  # how seldom chance alone may make a difference that is told

_RATES = (
    Column("orders", "Orders", "count"),
    Column("orders_back", "With returns", "count"),
    Column("orders_share", "Share", "share"),
    Column("interval", "95% interval", "interval", lesser=True),
    Column("shipped", "Units shipped", "count", lesser=True),
    Column("back", "Units back", "count", lesser=True),
    Column("share", "Share of units", "share", lesser=True),
)


_WHO = (
    "A customer is the source's customer id, else the mail address; without an id they are shown "
    "by the number that `returns export --redact` gives them."
)
_WHAT = (
    "Orders of which nothing was shipped do not count. A unit counts as back when it has arrived; "
    "parcels that went back to their sender do not count."
)


class CustomerFigures(NamedTuple):
    """What the report is made from.

    Attributes:
        expected: of all orders of known people, those that something came back of.
        quiet: the days after which somebody who came no more counts as lost; ``gaps``, from how
            many second orders that is known.
        worth: of the people in ``serial`` and ``lost``.
        nameless: orders that name nobody.
        until: the number of the last day.
        shown: how a person is shown.
    """

    people: Sequence[Patron]
    expected: Share
    serial: Sequence[Serial]
    quiet: int
    gaps: int
    again: Mapping[After, Share]
    lost: Sequence[tuple[Patron, PersonReturn]]
    worth: Sequence[PersonWorth]
    nameless: int
    until: int
    shown: Callable[[str], str]


def customers_report(
    period: Period, filters: tuple[tuple[str, str], ...], figures: CustomerFigures
) -> Report:
    """Put the report together."""
    serial = _serial_table(figures)
    return Report(
        "customers",
        "Customers, and what they send back",
        period,
        filters,
        (
            _tier_table(figures.people),
            serial,
            _worth_table(figures),
            _first_table(figures.people),
            _again_table(figures),
            _lost_table(figures),
        ),
        (
            Chart("intervals", "tiers", "Orders with returns, by tier", "tier", ("orders_share",),
                  "interval"),
            Chart("intervals", "serial", "Orders with returns, of those beyond chance", "customer",
                  ("orders_share",), "interval"),
            Chart("intervals", "again", "Who ordered again", "after", ("again",), "interval"),
        ),
        tuple(_findings(figures)),
        tuple(_notes(figures)),
    )  # fmt: skip


def _rates(orders: Sequence[Ordered]) -> tuple[Cell, ...]:
    count, back = len(orders), sum(one.back > 0 for one in orders)
    units, units_back = sum(one.order.units for one in orders), sum(one.back for one in orders)
    share = Share(back, count)
    return count, back, share, wilson(back, count), units, units_back, Share(units_back, units)


def _tier_table(people: Sequence[Patron]) -> Table:
    tiers: defaultdict[str, list[Patron]] = defaultdict(list)
    for one in people:
        tiers[one.tier].append(one)
    ordered = sorted(tiers.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = tuple(
        (
            tier or None,
            len(those),
            Share(sum(one.orders_back > 0 for one in those), len(those)),
            *_rates([order for one in those for order in one.orders]),
        )
        for tier, those in ordered
    )
    return Table(
        "tiers",
        "By tier",
        (
            Column("tier", "Tier", "text"),
            Column("customers", "Customers", "count"),
            Column("returners", "Who sent back", "share"),
            *_RATES,
        ),
        rows,
        "A customer counts in the tier that the list of customers has, else in that of their last "
        "order.",
    )


def _serial_table(figures: CustomerFigures) -> Table:
    rows = tuple(
        (
            figures.shown(one.patron.person),
            one.patron.tier or None,
            *_rates(one.patron.orders),
            one.patron.fault,
            _last_back(one.patron),
            next(order.last_rma for order in reversed(one.patron.orders) if order.last_rma),
        )
        for one in figures.serial
    )
    rate = percent(figures.expected.rate)
    return Table(
        "serial",
        "Who sends back of more orders than chance explains",
        (
            Column("customer", "Customer", "text"),
            Column("tier", "Tier", "text", lesser=True),
            *_RATES,
            Column("fault", "Shop's fault", "count"),
            Column("last_on", "Last asked", "day"),
            Column("rma", "Last return", "text"),
        ),
        rows,
        f"Of all orders something came back of {rate}. Named is who sent back of {LEAST_ORDERS} "
        "orders or more, and of so many that chance would hardly make it against the others' "
        "share (one in twenty may still be chance). It is no verdict: sizes that run small, goods "
        "that arrive broken and gifts look the same from here.",
    )


def _last_back(patron: Patron) -> str:
    return _day(max(one.last_back_day for one in patron.orders if one.last_back_day is not None))


def _day(number: int) -> str:
    return numbered_day(number).isoformat()


def _worth_table(figures: CustomerFigures) -> Table:
    serial = {one.patron.person for one in figures.serial}
    places = {one.patron.person: n for n, one in enumerate(figures.serial)}
    theirs = sorted(
        (one for one in figures.worth if one.person in serial),
        key=lambda one: (places[one.person], one.currency),
    )
    rows = tuple(
        (
            figures.shown(one.person),
            Money(one.currency, one.sold_minor),
            Money(one.currency, one.back_minor),
            Money(one.currency, one.sold_minor - one.back_minor),
        )
        for one in theirs
    )
    return Table(
        "serial_value",
        "The same people by value: what they kept",
        (
            Column("customer", "Customer", "text"),
            Column("bought", "Bought", "money"),
            Column("back", "Sent back", "money"),
            Column("kept", "Kept", "money"),
        ),
        rows,
    )


def _first_table(people: Sequence[Patron]) -> Table:
    orders = [order for one in people for order in one.orders]
    rows = tuple(
        (name, *_rates([one for one in orders if one.is_first is is_first]))
        for name, is_first in (("first", True), ("later", False))
    )
    return Table(
        "first_orders",
        "First orders, and later ones",
        (Column("order", "Order", "word"), *_RATES),
        rows if orders else (),
        "First of all that this shop knows of a customer, not only of these days.",
    )


def _again_table(figures: CustomerFigures) -> Table:
    rows = tuple(
        (name, share.whole, share.part, share, wilson(share.part, share.whole))
        for name, share in figures.again.items()
        if share.whole
    )
    return Table(
        "again",
        f"Who ordered again within {figures.quiet} days, after what",
        (
            Column("after", "After", "word"),
            Column("orders", "Orders", "count"),
            Column("came", "Came again", "count"),
            Column("again", "Share", "share"),
            Column("interval", "95% interval", "interval"),
        ),
        rows,
        f"Orders younger than {figures.quiet} days are left out: it is too early to tell.",
    )


def _lost_table(figures: CustomerFigures) -> Table:
    worth: defaultdict[str, list[PersonWorth]] = defaultdict(list)
    for one in figures.worth:
        worth[one.person].append(one)
    rows: list[tuple[Cell, ...]] = []
    for patron, bad in figures.lost:
        name = figures.shown(patron.person)
        told = "denied" if bad.is_denied and not bad.is_shops_fault else bad.reason
        rest = bad.rma, told, _day(bad.day), figures.until - bad.day
        rows += [
            (
                name,
                patron.tier or None,
                len(patron.orders),
                Money(one.currency, one.sold_minor),
                *rest,
            )
            for one in worth[patron.person]
        ]
    return Table(
        "lost",
        "Customers lost after a bad return",
        (
            Column("customer", "Customer", "text"),
            Column("tier", "Tier", "text", lesser=True),
            Column("orders", "Orders", "count"),
            Column("bought", "Bought", "money"),
            Column("rma", "Return", "text"),
            Column("why", "Why", "word"),
            Column("asked_on", "Asked on", "day"),
            Column("quiet", "Days since", "days"),
        ),
        tuple(rows),
        "A bad return: its reason was the shop's or the carrier's fault, or it was denied. Lost: "
        f"it was of their last order, and they asked for it more than {figures.quiet} days ago.",
    )


def _findings(figures: CustomerFigures) -> list[str]:
    people = figures.people
    if not people:
        return ["No order of these days names its customer."]
    few, any_back = few_of_most(people)
    share = Share(any_back, len(people))
    found = [f"{out_of(share, 'customer')} sent something back."]
    if any_back > 1:
        found.append(f"Half of what came back came from {few} of them.")
    found += [*_on_again(figures), *_on_lost(figures), *_on_serial(figures), *_on_first(people)]
    return found


def _on_again(figures: CustomerFigures) -> list[str]:
    bad, none = figures.again["bad_return"], figures.again["no_return"]
    if not bad.whole or not none.whole:
        return []
    said = (
        f"Within {figures.quiet} days customers ordered again after {out_of(bad, 'bad return')}, "
        f"and after {out_of(none, 'order')} without a return"
    )
    quiet_bad, quiet_none = bad.whole - bad.part, none.whole - none.part
    if rose(quiet_bad, bad.whole, quiet_none, none.whole) < _SURE:
        return [f"{said}: more than chance explains."]
    return [f"{said}; chance alone may make that difference."]


def _on_lost(figures: CustomerFigures) -> list[str]:
    count = len(figures.lost)
    if not count:
        return []
    was = "was" if count == 1 else "were"
    return [f"{counted(count, 'customer')} {was} lost after a bad return."]


def _on_serial(figures: CustomerFigures) -> list[str]:
    if not figures.serial:
        return []
    most = figures.serial[0].patron
    share = Share(most.orders_back, len(most.orders))
    who = counted(len(figures.serial), "customer")
    verb = "sends" if len(figures.serial) == 1 else "send"
    name = figures.shown(most.person)
    said = (
        f"{who} {verb} back more often than chance explains; most of all {name}, of "
        f"{out_of(share, 'order')}, {most.fault} of {counted(most.back, 'unit')} for the shop's "
        "own fault."
    )
    return [said]


def _on_first(people: Sequence[Patron]) -> list[str]:
    orders = [order for one in people for order in one.orders]
    first = Share(sum(o.back > 0 for o in orders if o.is_first), sum(o.is_first for o in orders))
    back = sum(o.back > 0 for o in orders)
    later = Share(back - first.part, len(orders) - first.whole)
    if first.whole and later.whole and rose(*first, *later) < _SURE:
        said = f"{out_of(first, 'order')}, later ones {out_of(later, 'order')}"
        return [f"First orders come back more: {said}."]
    return []


def _notes(figures: CustomerFigures) -> list[str]:
    notes = [_WHO, _WHAT, _on_quiet(figures)]
    if figures.nameless:
        notes.append(
            f"{counted(figures.nameless, 'order')} left out: they name nobody, or their customer "
            "was erased."
        )
    return notes


def _on_quiet(figures: CustomerFigures) -> str:
    if figures.gaps < LEAST_GAPS:
        return f"{figures.quiet} days are meant while too few customers ordered again to tell."
    return (
        f"{figures.quiet} days: of {figures.gaps:,} times that a customer ordered again, nine of "
        "ten were within so many (at least 30, at most 365 are meant)."
    )
