"""Promises: how long refunds took against what the policy promised, and who waits now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from returns_cli.domain.days import add_business_days
from returns_cli.domain.reported import KeptPromise, Owed, Scope, numbered_day
from returns_cli.insight.periods import period_of
from returns_cli.insight.report import (
    COUNTED_WHOLE,
    Cell,
    Chart,
    Column,
    Money,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.timeline import timeline
from returns_cli.insight.words import counted, out_of, sums

_COUNTED = (
    "The promise counts from the policy's trigger (asked, first scan, received, inspected) to the "
    "first confirmed refund of a return; returns count on the day of the trigger."
)
_PERCENTILES = (50, 90)


def sla_report(
    scope: Scope, period: Period, kept: Sequence[KeptPromise], owed: Sequence[Owed]
) -> Report:
    """Put the report together.

    Args:
        scope: what was asked for; its shop knows the holidays.
        period: its days, as the report states them.
        kept: returns of which the first money came.
        owed: what is due or on its way now.
    """
    holidays = scope.shop.holidays if scope.shop else frozenset()
    today = date.fromisoformat(period.as_of[:10])
    times = timeline(period, [numbered_day(one.day) for one in kept])
    by_period = _measured(kept, lambda one: period_of(numbered_day(one.day), period.by), holidays)
    return Report(
        "sla",
        "How long customers wait for their money",
        period,
        scope.filters,
        (
            _time_table(
                "refunds",
                "Days from the policy's trigger to the first money",
                Column("period", "Period", "period"),
                by_period,
                times.partial,
            ),
            _time_table(
                "promises",
                "The same by promise",
                Column("promise", "Promise", "word"),
                _measured(kept, _promise, holidays),
            ),
            _waiting_table(owed, today),
        ),
        (Chart("columns", "refunds", "Refunds in time", "period", ("in_time",)),),
        tuple(_findings(kept, owed, today, holidays)),
        (_COUNTED, *((COUNTED_WHOLE,) if scope.category or scope.reason else ())),
    )


def is_in_time(one: KeptPromise, holidays: frozenset[date]) -> bool | None:
    """Whether the money came by the day that was promised; none where no day was."""
    if one.unit == "business_days":
        start = numbered_day(one.day)
        return start + timedelta(one.took) <= add_business_days(start, one.promised, holidays)
    return one.took <= one.promised if one.unit == "days" else None


def percentile(times: Mapping[int, int], percent: int) -> int | None:
    """The smallest time that so many percent did not exceed; none of nothing.

    Args:
        times: how many took so many days.

    >>> percentile({1: 5, 2: 4, 9: 1}, 50), percentile({1: 5, 2: 4, 9: 1}, 90), percentile({}, 50)
    (1, 2, None)
    """
    wanted = sum(times.values()) * percent
    seen = 0
    for took in sorted(times):
        seen += times[took]
        if 100 * seen >= wanted:
            return took
    return None


class _Times:
    """Returns of one row: how long each took, and how many were promised a day and met it."""

    def __init__(self) -> None:
        self.took: defaultdict[int, int] = defaultdict(int)
        self.promised = 0
        self.met = 0

    def row(self) -> tuple[Cell, ...]:
        shares = Share(self.met, self.promised)
        middle = (percentile(self.took, percent) for percent in _PERCENTILES)
        return (sum(self.took.values()), shares, *middle, max(self.took, default=None))


def _measured(
    kept: Iterable[KeptPromise], key: Callable[[KeptPromise], str], holidays: frozenset[date]
) -> dict[str, _Times]:
    found: defaultdict[str, _Times] = defaultdict(_Times)
    for one in kept:
        times = found[key(one)]
        times.took[max(0, one.took)] += one.returns
        met = is_in_time(one, holidays)
        if met is not None:
            times.promised += one.returns
            times.met += one.returns * met
    return dict(sorted(found.items()))


def _promise(one: KeptPromise) -> str:
    return f"{one.promised} {one.unit.replace('_', ' ')}" if one.unit else "no day promised"


def _time_table(
    name: str,
    title: str,
    first: Column,
    measured: Mapping[str, _Times],
    partial: frozenset[str] = frozenset(),
) -> Table:
    return Table(
        name,
        title,
        (
            first,
            Column("returns", "Returns", "count"),
            Column("in_time", "In time", "share"),
            Column("median", "Half within", "days"),
            Column("ninety", "90% within", "days"),
            Column("slowest", "Slowest", "days"),
        ),
        tuple((key, *times.row()) for key, times in measured.items()),
        partial=partial,
    )


def _waiting_table(owed: Sequence[Owed], today: date) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.rma,
            one.order,
            (today - one.since).days if one.since else None,
            one.due.isoformat() if one.due else None,
            _days_late(one, today),
            Money(one.currency, one.amount_minor),
            "on its way" if one.pending else "not recorded",
        )
        for one in sorted(owed, key=lambda one: (one.due or date.max, one.rma))
    ]
    return Table(
        "waiting",
        "Who waits now, the longest overdue first",
        (
            Column("rma", "Return", "text"),
            Column("order", "Order", "text"),
            Column("waits", "Waits", "days", lesser=True),
            Column("due", "Promised by", "day"),
            Column("late", "Days late", "days"),
            Column("amount", "Amount", "money"),
            Column("refund", "Refund", "word"),
        ),
        tuple(rows),
        "Today, whatever the days of the report. Waits: days since the promise began. On its way: "
        "recorded, and not yet confirmed as paid.",
    )


def _days_late(one: Owed, today: date) -> int | None:
    return max(0, (today - one.due).days) if one.due else None


def _findings(
    kept: Sequence[KeptPromise], owed: Sequence[Owed], today: date, holidays: frozenset[date]
) -> list[str]:
    found = []
    late = [one for one in owed if _days_late(one, today)]
    if late:
        oldest = min(late, key=lambda one: (one.due or date.max, one.rma))
        amounts: defaultdict[str, int] = defaultdict(int)
        for one in late:
            amounts[one.currency] += one.amount_minor
        verb = "is" if len(late) == 1 else "are"
        found.append(
            f"{counted(len(late), 'refund')} {verb} overdue, {sums(amounts)}; the oldest, "
            f"{oldest.rma}, was promised by {oldest.due}."
        )
    if all_times := _measured(kept, lambda _: "", holidays):
        times = all_times[""]
        share = Share(times.met, times.promised)
        if times.promised:
            found.append(f"{out_of(share, 'refund')} came in time.")
        half, most = (percentile(times.took, percent) for percent in _PERCENTILES)
        found.append(
            f"Half of the money came within {counted(half or 0, 'day')}, nine of ten refunds "
            f"within {counted(most or 0, 'day')}."
        )
    if owed and not late:
        found.append(f"{counted(len(owed), 'refund')} due or on the way, none of them overdue.")
    return found or ["Nothing was paid back in these days, and nobody waits for money."]
