"""The summary: what was delivered, what came back of it, what was asked for, what was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.domain.reported import (
    Asked,
    CameBack,
    PaidBack,
    ReasonUnits,
    Scope,
    Sold,
    numbered_day,
)
from returns_cli.insight.figures import period as period_text
from returns_cli.insight.periods import period_of
from returns_cli.insight.report import (
    COUNTED_WHOLE,
    REASON_NARROWS,
    Cell,
    Chart,
    Column,
    Money,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.statistics import rose
from returns_cli.insight.timeline import Sums, Timeline, timeline
from returns_cli.insight.words import by_value, counted, out_of, quoted, sums

_OUTCOMES = ("approved", "denied", "waiting", "ended")
_LEAST_UNITS = 30  # of a period, below which its share is not compared
_SURE = 0.01  # how seldom chance alone may make a change that is reported
_NAMED_REASONS = 10

_DELIVERED = (
    "Delivered is what was shipped, was not cancelled and did not go back to its sender. "
    "Currencies are never added."
)
_PERIOD = Column("period", "Period", "period")


class SummaryFacts(NamedTuple):
    """What a summary is made from."""

    sold: Sequence[Sold]
    came_back: Sequence[CameBack]
    asked: Sequence[Asked]
    paid_back: Sequence[PaidBack]
    reasons: Sequence[ReasonUnits]


def summary_report(scope: Scope, period: Period, facts: SummaryFacts) -> Report:
    """Put a summary together.

    Args:
        scope: what was asked for.
        period: its days, as the report states them.
        facts: counted by day.
    """
    lists: tuple[Sequence[Sold | CameBack | Asked | PaidBack], ...] = (
        facts.sold,
        facts.came_back,
        facts.asked,
        facts.paid_back,
    )
    times = timeline(period, [numbered_day(one.day) for rows in lists for one in rows])
    orders = _orders_table(period, times, facts)
    desk = _desk_table(period, times, facts.asked)
    reasons = _reasons_table(facts.reasons)
    return Report(
        "summary",
        "What comes back, and what it costs",
        period,
        scope.filters,
        (
            orders,
            _value_table(period, times, facts),
            desk,
            _money_table(period, times, facts.paid_back),
            reasons,
        ),
        (
            Chart("columns", "orders", "Units that came back", "period", ("rate",)),
            Chart("columns", "desk", "Returns asked for", "period", _OUTCOMES),
            Chart("bars", "reasons", "Why goods come back", "reason", ("units",)),
        ),
        tuple(_findings(orders, facts)),
        _notes(scope),
    )


def _orders_table(period: Period, times: Timeline, facts: SummaryFacts) -> Table:
    totals = Sums()
    for one in facts.sold:
        totals.add((_at(one.day, period),), one.orders, one.units, 0)
    for back in facts.came_back:
        totals.add((_at(back.day, period),), 0, 0, back.units)
    rows = []
    for name in times.names:
        orders, units, back_units = totals.of((name,), 3)
        rows.append((name, orders, units, back_units, Share(back_units, units)))
    return Table(
        "orders",
        "Orders, and what came back of them",
        (
            _PERIOD,
            Column("orders", "Orders", "count"),
            Column("delivered", "Delivered", "count"),
            Column("returned", "Back", "count"),
            Column("rate", "Rate", "share"),
        ),
        tuple(rows),
        "Units by the day of their order, whenever they came back: the latest orders still have "
        "returns to come.",
        times.partial,
    )


def _value_table(period: Period, times: Timeline, facts: SummaryFacts) -> Table:
    totals = Sums()
    for one in facts.sold:
        totals.add((_at(one.day, period), one.currency), one.value_minor, 0)
    for back in facts.came_back:
        totals.add((_at(back.day, period), back.currency), 0, back.value_minor)
    rows: list[tuple[Cell, ...]] = []
    for name, currency in totals:
        sold, back_minor = totals.of((name, currency), 2)
        shown = Money(currency, sold), Money(currency, back_minor), Share(back_minor, sold)
        rows.append((name, *shown))
    return Table(
        "value",
        "The same by what was paid for the goods",
        (
            _PERIOD,
            Column("sold", "Sold for", "money"),
            Column("returned", "Back", "money"),
            Column("rate", "Rate", "share"),
        ),
        tuple(rows),
        partial=times.partial,
    )


def _desk_table(period: Period, times: Timeline, asked: Sequence[Asked]) -> Table:
    totals = Sums()
    units = Sums()
    for one in asked:
        name = _at(one.day, period)
        totals.add((name,), *(one.returns * (one.outcome == word) for word in _OUTCOMES))
        units.add((name,), one.units)
    rows: list[tuple[Cell, ...]] = []
    for name in times.names:
        counts = totals.of((name,), len(_OUTCOMES))
        rows.append((name, sum(counts), *counts, *units.of((name,), 1)))
    return Table(
        "desk",
        "Returns that customers asked for",
        (
            _PERIOD,
            Column("returns", "Returns", "count"),
            Column("approved", "Approved", "count"),
            Column("denied", "Denied", "count"),
            Column("waiting", "Waiting", "count"),
            Column("ended", "Ended", "count"),
            Column("units", "Units", "count"),
        ),
        tuple(rows),
        "Ended: cancelled, or nothing came in time.",
        times.partial,
    )


def _money_table(period: Period, times: Timeline, paid_back: Sequence[PaidBack]) -> Table:
    sources = ("confirmed", "pending", "elsewhere")
    totals = Sums()
    for one in paid_back:
        counts = (one.refunds * (one.source != "elsewhere"),)
        amounts = (one.amount_minor * (one.source == word) for word in sources)
        totals.add((_at(one.day, period), one.currency), *counts, *amounts)
    rows: list[tuple[Cell, ...]] = []
    for name, currency in totals:
        refunds, *amounts_minor = totals.of((name, currency), 4)
        rows.append((name, refunds, *(Money(currency, minor) for minor in amounts_minor)))
    return Table(
        "money",
        "Money paid back",
        (
            _PERIOD,
            Column("refunds", "Refunds", "count"),
            Column("confirmed", "Confirmed", "money"),
            Column("pending", "Pending", "money"),
            Column("elsewhere", "Elsewhere", "money"),
        ),
        tuple(rows),
        "By the day it was paid. Pending: recorded here and not yet confirmed. Elsewhere: told by "
        "the orders' source, without a return here.",
        times.partial,
    )


def _reasons_table(reasons: Sequence[ReasonUnits]) -> Table:
    total = sum(one.units for one in reasons)
    rows = [(one.reason, one.units, Share(one.units, total)) for one in reasons]
    return Table(
        "reasons",
        "Why",
        (
            Column("reason", "Reason", "word"),
            Column("units", "Units", "count"),
            Column("share", "Share", "share"),
        ),
        tuple(rows[:_NAMED_REASONS]),
        f"The {_NAMED_REASONS} most frequent; `returns report reasons` has them all."
        if len(rows) > _NAMED_REASONS
        else "",
    )


def _findings(orders: Table, facts: SummaryFacts) -> list[str]:
    delivered = sum(one.units for one in facts.sold)
    back = sum(one.units for one in facts.came_back)
    found = []
    if delivered:
        told = out_of(Share(back, delivered), "delivered unit")
        found.append(f"{told} came back{by_value(_values(facts))}.")
    else:
        found.append("Nothing was delivered of orders of these days.")
    found += _change(orders)
    waiting = sum(one.returns for one in facts.asked if one.outcome == "waiting")
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        found.append(f"{counted(waiting, 'return')} {verb} for a judgement or a person.")
    paid: dict[str, int] = {}
    for one in facts.paid_back:
        if one.source == "confirmed":
            paid[one.currency] = paid.get(one.currency, 0) + one.amount_minor
    if told := sums(paid):
        found.append(f"{told} went back to customers.")
    if facts.reasons:
        most = facts.reasons[0]
        share = Share(most.units, sum(one.units for one in facts.reasons))
        why = quoted(most.reason)
        found.append(f"The most frequent reason is {why}: {out_of(share, 'requested unit')}.")
    return found


def _values(facts: SummaryFacts) -> dict[str, list[int]]:
    """By currency what came back and what was delivered."""
    values: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sold in facts.sold:
        values[sold.currency][1] += sold.value_minor
    for back in facts.came_back:
        values[back.currency][0] += back.value_minor
    return values


def _change(orders: Table) -> list[str]:
    """The last full period against the one before it, where chance alone seldom does that."""
    full = [row for row in orders.rows if row[0] not in orders.partial]
    if len(full) < 2:
        return []
    (before, *_, earlier), (now, *_, later) = full[-2:]
    if not isinstance(earlier, Share) or not isinstance(later, Share):
        return []
    if min(earlier.whole, later.whole) < _LEAST_UNITS or later.part > later.whole:
        return []
    if rose(later.part, later.whole, earlier.part, earlier.whole) < _SURE:
        told = out_of(later, "unit")
        first, last = period_text(str(before)), period_text(str(now))
        return [f"Of the orders of {last} {told} came back, more than of {first}."]
    return []


def _notes(scope: Scope) -> tuple[str, ...]:
    notes = [_DELIVERED]
    if scope.reason:
        notes.append(REASON_NARROWS)
    if scope.reason or scope.category:
        notes.append(f"{COUNTED_WHOLE} What sources told is left out then.")
    return tuple(notes)


def _at(day: int, period: Period) -> str:
    return period_of(numbered_day(day), period.by)
