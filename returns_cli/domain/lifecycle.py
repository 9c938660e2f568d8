"""The two state machines as tables, and the case label that is derived from them.

Custody runs per quantity: requested → authorized → received → inspected → disposed. Money runs per
refund. What a person calls "the state of a return" is computed here from the facts, never stored.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain import settle, terms
from returns_cli.domain.days import add_business_days, local_day
from returns_cli.domain.exchange import price_in
from returns_cli.domain.model import LineDecision
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.replacement import recorded_minor
from returns_cli.domain.tenders import original_of
from returns_cli.domain.vocabulary import RefundState, Verdict


class ReturnState(StrEnum):
    """The case label of a return, as scripts and people read it."""

    REQUESTED = "requested"
    IN_REVIEW = "in_review"
    DENIED = "denied"
    APPROVED = "approved"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    INSPECTED = "inspected"
    REFUND_PENDING = "refund_pending"
    REFUNDED = "refunded"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


ENDED = frozenset(
    {
        ReturnState.DENIED,
        ReturnState.REFUNDED,
        ReturnState.CLOSED,
        ReturnState.CANCELLED,
        ReturnState.EXPIRED,
    }
)
"""States in which nothing is open any more."""

CUSTODY_MOVES: dict[str, frozenset[str]] = {
    "requested": frozenset({"authorized", "denied", "cancelled"}),
    "authorized": frozenset({"in_transit", "received", "denied", "cancelled", "expired"}),
    "in_transit": frozenset({"received"}),
    "received": frozenset({"inspected"}),
    "inspected": frozenset({"disposed"}),
    "denied": frozenset({"authorized"}),
    "cancelled": frozenset(),
    "expired": frozenset({"authorized"}),
    "disposed": frozenset(),
}
"""Where units may go next. A person's override leads back from denied and expired."""

REFUND_MOVES: dict[RefundState, frozenset[RefundState]] = {
    RefundState.PLANNED: frozenset({RefundState.SUBMITTED}),
    RefundState.SUBMITTED: frozenset(
        {
            RefundState.CONFIRMED,
            RefundState.FAILED,
            RefundState.IN_DOUBT,
            RefundState.REVERSED,
        }
    ),
    RefundState.IN_DOUBT: frozenset({RefundState.CONFIRMED, RefundState.FAILED}),
    RefundState.CONFIRMED: frozenset({RefundState.REVERSED}),
    RefundState.FAILED: frozenset(),
    RefundState.REVERSED: frozenset(),
}
"""Where a refund may go next."""


class Promise(NamedTuple):
    """When money is due: the day that started the clock and the day it ends."""

    started_on: date
    due_on: date


def quoted_lines(record: ReturnRecord, *, payable_only: bool = False) -> tuple[QuotedLine, ...]:
    """The lines of a return as a quote counts them.

    Before anything arrived a quote pays what is authorized (or, in review, what was asked);
    afterwards what came. ``payable_only`` counts the units that have reached the line's trigger
    (``refund.after``) and nothing that waits for a person.
    """
    if record.decision is None:
        return ()
    lines = {one.line: one for one in record.order.lines}
    counted = []
    for judged in record.decision.lines:
        line = lines.get(judged.line)
        if line is None:
            continue
        settings = terms.by_name(judged.settings)
        units = _payable_units if payable_only else _quoted_units
        counted.append(
            QuotedLine(
                line,
                units(record, judged, settings),
                judged.resolution,
                judged.fault,
                settings,
                _grades(record, judged.line),
                original_of(record.order),
                *_wanted_instead(record, judged.line),
            )
        )
    return tuple(counted)


def _wanted_instead(record: ReturnRecord, line: int) -> tuple[str, int | None]:
    """What is sent for a line, and its price: of the day it was sent, else of today."""
    asked = next((one.exchange_sku for one in record.lines if one.line == line), "")
    sent = [one for one in record.replacements if one.line == line]
    if sent:
        return sent[-1].sku, sent[-1].price_minor
    return asked, price_in(record.exchange_prices.get(asked, ""), record.order.currency)


def _grades(record: ReturnRecord, line: int) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in record.inspections:
        if one.line == line:
            found[one.grade] = found.get(one.grade, 0) + one.quantity
    return tuple(found.items())


def _quoted_units(record: ReturnRecord, judged: LineDecision, settings: terms.Settings) -> int:
    verdict = standing_verdict(record, judged)
    if verdict is Verdict.DENY or _ended_by(record) is not None:
        return 0
    if record.has_arrived and not terms.is_on(settings, "keep_item"):
        return record.received(judged.line)
    authorized = record.authorized(judged.line)
    if not authorized and (verdict is Verdict.REVIEW or is_waiting_for_person(record)):
        return judged.quantity
    return authorized


def _payable_units(record: ReturnRecord, judged: LineDecision, settings: terms.Settings) -> int:
    if is_waiting_for_person(record):
        return 0
    units = _quoted_units(record, judged, settings)
    after = terms.word(settings, "refund.after", "inspected")
    if terms.is_on(settings, "keep_item") or after == "requested":
        return units
    if after == "first_scan" and record.first_scan_at:
        return units
    if after == "inspected":
        return min(units, record.inspected(judged.line))
    return min(units, record.received(judged.line))


def standing_verdict(record: ReturnRecord, judged: LineDecision) -> Verdict:
    """The verdict of a line after what people said of it.

    The last ruling on a line holds. An approval settles the codes it was given on and no others: a
    later decision that finds a new reason to deny or to look again stands as judged.
    """
    rulings = [
        one
        for one in record.rulings
        if one.kind in ("approve", "deny") and (not one.lines or judged.line in one.lines)
    ]
    if not rulings:
        return judged.verdict
    if rulings[-1].kind == "deny":
        return Verdict.DENY
    settled = {code for one in rulings if one.kind == "approve" for code in one.codes}
    return Verdict.APPROVE if settled.issuperset(judged.codes) else judged.verdict


def is_waiting_for_person(record: ReturnRecord) -> bool:
    """Whether a review stands that nobody has settled."""
    return record.decision is not None and any(
        standing_verdict(record, one) is Verdict.REVIEW for one in record.decision.lines
    )


def _ended_by(record: ReturnRecord) -> ReturnState | None:
    """How a person or the calendar ended a return of which nothing arrived, or None."""
    if not record.rulings or record.has_arrived:
        return None
    if any(record.authorized(one.line) for one in record.lines):
        return None
    return _ENDED_BY.get(record.rulings[-1].kind)


def approved_on(record: ReturnRecord, zone: ZoneInfo) -> date | None:
    """The local day of the newest authorization that stands; None where none does."""
    held = [one.line for one in record.lines if record.authorized(one.line) > 0]
    days = [
        local_day(one.authorized_at, zone)
        for one in record.authorizations
        if one.quantity > 0 and one.line in held
    ]
    return max(days, default=None)


def valid_until(record: ReturnRecord, zone: ZoneInfo) -> date | None:
    """The last day on which goods may arrive: approval + ``label.valid_days``.

    None for no limit, and where nothing is awaited: the customer keeps the goods.
    """
    if not record.authorizations or needs_no_parcel(record):
        return None
    start = approved_on(record, zone)
    days = record.decision.label_valid_days if record.decision else None
    return start + timedelta(days=days) if start is not None and days is not None else None


def needs_no_parcel(record: ReturnRecord) -> bool:
    """Whether every authorized line lets the customer keep the goods."""
    if record.decision is None or not record.authorizations:
        return False
    judged = [one for one in record.decision.lines if record.authorized(one.line) > 0]
    return bool(judged) and all(
        terms.is_on(terms.by_name(one.settings), "keep_item") for one in judged
    )


def has_expired(record: ReturnRecord, today: date, zone: ZoneInfo) -> bool:
    """Whether an approved return of which nothing arrived is past its last day."""
    until = valid_until(record, zone)
    is_awaited = record.has_arrived or record.first_scan_at or record.replacements
    return until is not None and today > until and not is_awaited


def state_of(
    record: ReturnRecord, total_minor: int, today: date, zone: ZoneInfo, owed_minor: int = 0
) -> ReturnState:
    """The case label of a return.

    Args:
        total_minor: what the return pays in all, as quoted.
        today: the shop's day, against which an approval expires.
        owed_minor: what the customer owes for exchanged lines, as quoted: a return is not done
            with until that is recorded.
    """
    if any(one.state is not RefundState.CONFIRMED for one in settle.live_refunds(record.refunds)):
        return ReturnState.REFUND_PENDING
    ended = _ended_by(record)
    if ended is not None:
        return ended
    if record.decision is None:
        return _unjudged_state(record)
    owes = total_minor > settle.settled_minor(record.refunds) or (
        owed_minor > recorded_minor(record.owed_moves)
    )
    if settle.live_refunds(record.refunds) and not owes:
        return ReturnState.REFUNDED
    if is_waiting_for_person(record):
        return ReturnState.IN_REVIEW
    if record.has_arrived:
        return _arrived_state(record, owes=owes)
    return _awaited_state(record, today, zone, owes=owes)


def hangs_on_total(record: ReturnRecord) -> bool:
    """Whether :func:`state_of` looks at what the return pays; else no quote need be made for it."""
    return bool(record.refunds) or record.has_arrived or needs_no_parcel(record)


_ENDED_BY = {
    "cancel": ReturnState.CANCELLED,
    "expire": ReturnState.EXPIRED,
}


def _unjudged_state(record: ReturnRecord) -> ReturnState:
    """Nobody has judged it yet; the goods may have come all the same, to a marketplace."""
    if not record.has_arrived:
        return ReturnState.REQUESTED
    return ReturnState.INSPECTED if _is_inspected(record) else ReturnState.RECEIVED


def _is_inspected(record: ReturnRecord) -> bool:
    return all(record.inspected(one.line) >= record.received(one.line) for one in record.lines)


def _arrived_state(record: ReturnRecord, *, owes: bool) -> ReturnState:
    if not _is_inspected(record):
        return ReturnState.RECEIVED
    if owes:
        return ReturnState.INSPECTED
    return ReturnState.DENIED if is_denied(record) else ReturnState.CLOSED


def is_denied(record: ReturnRecord) -> bool:
    """Whether every line stands denied, as when inspection finds other goods."""
    judged = record.decision.lines if record.decision else ()
    return all(standing_verdict(record, one) is Verdict.DENY for one in judged)


def _awaited_state(record: ReturnRecord, today: date, zone: ZoneInfo, *, owes: bool) -> ReturnState:
    if not any(record.authorized(one.line) > 0 for one in record.lines):
        return ReturnState.DENIED
    if needs_no_parcel(record):
        return ReturnState.APPROVED if owes else ReturnState.CLOSED
    if record.first_scan_at:
        return ReturnState.IN_TRANSIT
    return ReturnState.EXPIRED if has_expired(record, today, zone) else ReturnState.APPROVED


def refund_promise(
    record: ReturnRecord, zone: ZoneInfo, holidays: frozenset[date]
) -> Promise | None:
    """When the policy's trigger was reached and by when the money is promised.

    The earliest promise of the lines that have something payable; None before any trigger, and
    where the policy promises no day.
    """
    if record.decision is None:
        return None
    payable = {one.line.line for one in quoted_lines(record, payable_only=True) if one.units > 0}
    promises = []
    for judged in record.decision.lines:
        if judged.line in payable:
            settings = terms.by_name(judged.settings)
            start = _trigger_day(record, judged.line, settings, zone)
            due = due_day(start, settings, holidays)
            if due is not None:
                promises.append(Promise(start, due))
    return min(promises, key=lambda one: one.due_on, default=None)


def _trigger_day(record: ReturnRecord, line: int, settings: terms.Settings, zone: ZoneInfo) -> date:
    """The day that started the clock: of what waits longest, until a refund has answered it."""
    after = terms.word(settings, "refund.after", "inspected")
    asked = local_day(record.requested_at, zone)
    if after == "requested" or terms.is_on(settings, "keep_item"):
        return max(asked, approved_on(record, zone) or asked)
    if after == "first_scan" and record.first_scan_at:
        return local_day(record.first_scan_at, zone)
    if after == "inspected":
        seen = [one.inspected_at for one in record.inspections if one.line == line]
    else:
        seen = [one.received_at for one in record.receipts if one.line == line]
    days = [local_day(at, zone) for at in seen]
    return max(days) if settle.live_refunds(record.refunds) else min(days)


def due_day(start: date, settings: terms.Settings, holidays: frozenset[date]) -> date | None:
    """The last day of what ``refund.within_days`` (or working days) promises; None for nothing."""
    days = terms.whole(settings, "refund.within_days")
    if days is not None:
        return start + timedelta(days=days)
    business_days = terms.whole(settings, "refund.within_business_days")
    if business_days is not None:
        return add_business_days(start, business_days, holidays)
    return None
