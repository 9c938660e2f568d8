"""The report ``customers``: who sends back, how often, and who did not come again.

People are shown by the shop's own customer id, or by a number that names nobody. Nobody is judged:
beside what somebody sent back stands how much of it was the shop's own fault, and what they kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from returns_cli.domain.reported import Scope, numbered_day
from returns_cli.domain.reported_customers import PersonWorth
from returns_cli.insight.customer_words import (
    CustomerFacts,
    customer_findings,
    customer_notes,
)
from returns_cli.insight.loyalty import LEAST_ORDERS, Ordered, Patron
from returns_cli.insight.periods import period_of
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
from returns_cli.insight.statistics import wilson
from returns_cli.insight.timeline import timeline
from returns_cli.insight.words import percent

_RATES = (
    Column("orders", "Orders", "count"),
    Column("orders_back", "With returns", "count"),
    Column("orders_rate", "Rate", "share"),
    Column("interval", "95%", "interval", lesser=True),
    Column("delivered", "Units", "count", lesser=True),
    Column("returned", "Back", "count", lesser=True),
    Column("rate", "Of units", "share", lesser=True),
)


def customers_report(scope: Scope, period: Period, facts: CustomerFacts) -> Report:
    """Put the report together."""
    tiers, serial = _tier_table(facts.people), _serial_table(facts)
    return Report(
        "customers",
        "Customers, and what they send back",
        period,
        scope.filters,
        (
            tiers,
            _period_table(period, facts.people),
            serial,
            _worth_table(facts),
            _first_table(facts.people),
            _again_table(facts),
            _lost_table(facts),
        ),
        (
            *_chart_of(tiers),
            Chart("intervals", "serial", "Orders with returns, of those beyond chance", "customer",
                  ("orders_rate",), "interval"),
            Chart("columns", "periods", "Orders with returns", "period", ("orders_rate",)),
            Chart("intervals", "again", "Who ordered again", "after", ("again",), "interval"),
        ),
        tuple(customer_findings(facts)),
        tuple(customer_notes(scope, facts)),
    )  # fmt: skip


def _chart_of(tiers: Table) -> Iterator[Chart]:
    """Tiers side by side; one alone is no picture."""
    if len(tiers.rows) > 1:
        title = "Orders with returns, by tier"
        yield Chart("intervals", "tiers", title, "tier", ("orders_rate",), "interval")


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


def _period_table(period: Period, people: Sequence[Patron]) -> Table:
    """By the day of the order; a customer who came first in a period is new in it."""
    of_period: defaultdict[str, list[Ordered]] = defaultdict(list)
    buyers: defaultdict[str, set[str]] = defaultdict(set)
    for one in people:
        for order in one.orders:
            name = period_of(numbered_day(order.order.day), period.by)
            of_period[name].append(order)
            buyers[name].add(one.person)
    rows = tuple(
        (name, len(buyers[name]), sum(one.is_first for one in orders), *_rates(orders))
        for name, orders in sorted(of_period.items())
    )
    days = [numbered_day(order.order.day) for one in people for order in one.orders]
    return Table(
        "periods",
        "By the order's date",
        (
            Column("period", "Ordered in", "period"),
            Column("customers", "Customers", "count"),
            Column("new", "New", "count"),
            *_RATES,
        ),
        rows,
        "New: their first order of all. The latest orders still have returns to come.",
        timeline(period, days).partial if rows else frozenset(),
    )


def _serial_table(facts: CustomerFacts) -> Table:
    rows = tuple(
        (
            facts.shown(one.patron.person),
            one.patron.tier or None,
            *_rates(one.patron.orders),
            one.patron.fault,
            _last_back(one.patron),
            next(order.last_rma for order in reversed(one.patron.orders) if order.last_rma),
        )
        for one in facts.serial
    )
    rate = percent(facts.expected.rate)
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


def _worth_table(facts: CustomerFacts) -> Table:
    serial = {one.patron.person for one in facts.serial}
    places = {one.patron.person: n for n, one in enumerate(facts.serial)}
    theirs = sorted(
        (one for one in facts.worth if one.person in serial),
        key=lambda one: (places[one.person], one.currency),
    )
    rows = tuple(
        (
            facts.shown(one.person),
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
            Column("returned", "Sent back", "money"),
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


def _again_table(facts: CustomerFacts) -> Table:
    rows = tuple(
        (name, share.whole, share.part, share, wilson(share.part, share.whole))
        for name, share in facts.again.items()
        if share.whole
    )
    return Table(
        "again",
        f"Who ordered again within {facts.quiet} days, after what",
        (
            Column("after", "After", "word"),
            Column("orders", "Orders", "count"),
            Column("came", "Came again", "count"),
            Column("again", "Share", "share"),
            Column("interval", "95%", "interval"),
        ),
        rows,
        f"Orders younger than {facts.quiet} days are left out: it is too early to tell.",
    )


def _lost_table(facts: CustomerFacts) -> Table:
    worth: defaultdict[str, list[PersonWorth]] = defaultdict(list)
    for one in facts.worth:
        worth[one.person].append(one)
    rows: list[tuple[Cell, ...]] = []
    for patron, bad in facts.lost:
        name = facts.shown(patron.person)
        told = "denied" if bad.is_denied and not bad.is_shops_fault else bad.reason
        rest = bad.rma, told, _day(bad.day), facts.until - bad.day
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
        f"it was of their last order, and they asked for it more than {facts.quiet} days ago.",
    )
