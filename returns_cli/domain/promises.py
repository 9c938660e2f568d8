"""The clocks of a return: what a policy promises, and by which day.

- ``post_by``: the customer posts the goods by the last day of the label (``label.valid_days``).
- ``inspect_by``: goods that came are inspected within ``inspect.within_days``, counted from the day
  they came. A policy without it gives them the days of the refund: whoever inspects later cannot
  keep the promise of a policy that pays after receipt, and lets the customer wait twice under one
  that pays after inspection.
- ``refund_by``: the money is paid by the day that the policy promises (``refund.within_days``).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain import lifecycle, terms
from returns_cli.domain.days import local_day
from returns_cli.domain.record import ReturnRecord


class PromiseKind(StrEnum):
    """What is promised."""

    POST_BY = "post_by"
    INSPECT_BY = "inspect_by"
    REFUND_BY = "refund_by"


class DatedPromise(NamedTuple):
    """A promise that is still to be kept, and its last day."""

    kind: PromiseKind
    due_on: date


def promises_of(
    record: ReturnRecord, zone: ZoneInfo, holidays: frozenset[date], *, owes: bool
) -> tuple[DatedPromise, ...]:
    """The promises that a return still has to keep, earliest first.

    Args:
        owes: money is payable, or was submitted without being confirmed.
    """
    dated = (
        (PromiseKind.POST_BY, _post_by(record, zone)),
        (PromiseKind.INSPECT_BY, _inspect_by(record, zone, holidays)),
        (PromiseKind.REFUND_BY, _refund_by(record, zone, holidays) if owes else None),
    )
    found = [DatedPromise(kind, due) for kind, due in dated if due is not None]
    return tuple(sorted(found, key=lambda one: one.due_on))


def _post_by(record: ReturnRecord, zone: ZoneInfo) -> date | None:
    if record.has_arrived or record.first_scan_at:
        return None
    return lifecycle.valid_until(record, zone)


def _inspect_by(
    record: ReturnRecord, zone: ZoneInfo, holidays: frozenset[date], *, lent: bool = True
) -> date | None:
    """The earliest day of the lines of which units wait; the newest receipt of a line counts."""
    days = []
    for judged in record.decision.lines if record.decision else ():
        waits = record.inspected(judged.line) < record.received(judged.line)
        came = [
            local_day(one.received_at, zone)
            for one in record.receipts
            if one.line == judged.line and one.quantity > 0
        ]
        if waits and came:
            due = _inspected_by(max(came), terms.by_name(judged.settings), holidays, lent=lent)
            days += [due] if due is not None else []
    return min(days, default=None)


def _inspected_by(
    came_on: date, settings: terms.Settings, holidays: frozenset[date], *, lent: bool
) -> date | None:
    days = terms.whole(settings, "inspect.within_days")
    if days is not None:
        return came_on + timedelta(days=days)
    return lifecycle.due_day(came_on, settings, holidays) if lent else None


def inspection_due(record: ReturnRecord, zone: ZoneInfo, holidays: frozenset[date]) -> date | None:
    """The day by which goods that wait were promised to be inspected; None without a promise.

    The days that the refund lends (``inspect_by``) are no promise of their own.
    """
    return _inspect_by(record, zone, holidays, lent=False)


def _refund_by(record: ReturnRecord, zone: ZoneInfo, holidays: frozenset[date]) -> date | None:
    promise = lifecycle.refund_promise(record, zone, holidays)
    return promise.due_on if promise is not None else None
