"""What every policy checks of a line, whatever its rules say: one small function per question.

Each looks at the facts and the settings that hold, and adds a code or nothing. The order of
:data:`CHECKS` is the order of judgement.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.window import count_window, judged_day

Check = Callable[[Draft, Calendar], None]

_RETURN = Kind.RETURN.value
_EXCHANGE = Resolution.EXCHANGE.value


def was_shipped(draft: Draft, _calendar: Calendar) -> None:
    """Nothing of the line was shipped: there is nothing to send back."""
    if _count(draft.facts, "line.shipped_units") == 0:
        draft.deny("not_shipped")


def was_delivered(draft: Draft, calendar: Calendar) -> None:
    """The delivery lies ahead of the clock: there is nothing to send back yet."""
    delivered_on = draft.facts["order.delivered"]
    if (
        isinstance(delivered_on, date)
        and delivered_on > calendar.today
        and draft.facts["kind"] == _RETURN
    ):
        draft.deny("not_delivered")


def is_left(draft: Draft, _calendar: Calendar) -> None:
    """No more units than were shipped and are not in other returns."""
    shipped = _count(draft.facts, "line.shipped_units")
    asked = _count(draft.facts, "quantity")
    before = _count(draft.facts, "line.returned_before")
    if shipped == 0:
        return
    if shipped is None or asked is None:
        draft.review(f"missing_fact:{'quantity' if asked is None else 'line.quantity'}")
    elif before is not None and before >= shipped:
        draft.deny("already_returned")
    elif asked + (before or 0) > shipped:
        draft.deny("quantity_exceeds")
    elif before is None:
        draft.review("missing_fact:line.returned_before")


def is_in_time(draft: Draft, calendar: Calendar) -> None:
    """The day that counts lies within the window."""
    terms = draft.effective.window
    counted = draft.counted = count_window(terms, draft.facts, calendar.holidays)
    day, _ = judged_day(terms, draft.facts)
    if counted.deadline_on is None:
        draft.review(f"missing_fact:{counted.missing}")
    elif day is not None and day > counted.deadline_on:
        if counted.missing:
            draft.review(f"missing_fact:{counted.missing}")
        else:
            draft.deny("window_expired")


def is_in_condition(draft: Draft, _calendar: Calendar) -> None:
    """The customer says a condition that is accepted; what was not stated is not checked."""
    condition = draft.facts["condition"]
    if condition is not None and condition not in draft.effective.condition:
        draft.deny("condition_not_accepted")


def has_evidence(draft: Draft, _calendar: Calendar) -> None:
    """As many photos as the policy wants."""
    wanted = draft.photos_wanted
    if not wanted:
        return
    photos = _count(draft.facts, "photos")
    if photos is None:
        draft.review("missing_fact:photos")
    elif photos < wanted:
        draft.deny("evidence_missing")


def is_offered(draft: Draft, _calendar: Calendar) -> None:
    """What the customer wants is on the list."""
    resolution = draft.facts["resolution"]
    if resolution is None:
        draft.review("missing_fact:resolution")
    elif resolution not in draft.effective.resolutions:
        draft.deny("resolution_not_offered")
    elif resolution == _EXCHANGE:
        _check_exchange(draft)


def _check_exchange(draft: Draft) -> None:
    """What is wanted instead is of the kind and price that the policy allows."""
    wanted = draft.effective
    if wanted.exchange_for != "any":
        name = f"exchange.{wanted.exchange_for}"
        draft.used.add(name)
        same = draft.facts[name]
        if same is None:
            draft.review("missing_fact:exchange_sku")
        elif not same:
            draft.deny("resolution_not_offered")
    if wanted.exchange_price == "same_or_lower":
        draft.used |= {"exchange.price", "item.price"}
        price, own = _count(draft.facts, "exchange.price"), _count(draft.facts, "item.price")
        if price is None or own is None:
            draft.review("missing_fact:exchange_price")
        elif price > own:
            draft.deny("resolution_not_offered")


def _count(facts: LineFacts, name: str) -> int | None:
    found = facts[name]
    return found if isinstance(found, int) else None


CHECKS: tuple[Check, ...] = (
    was_shipped,
    was_delivered,
    is_left,
    is_in_time,
    is_in_condition,
    has_evidence,
    is_offered,
)
