"""How a deadline was counted, step by step, each step with the line that asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from returns_cli.domain import terms
from returns_cli.domain.model import LineDecision, Setting
from returns_cli.notation.scalars import MonthDay
from returns_cli.policy.window import first_on_or_after


def window_lines(line: LineDecision, facts: Mapping[str, object]) -> Iterator[str]:
    """The window of a judged line, from its first day to its last.

    Args:
        facts: of the line, as its decision kept them.
    """
    window = line.window
    if window is None:
        return
    settings = terms.by_name(line.settings)
    at = _cited(settings, "window.days")
    if window.anchor_on is None:
        fallback = terms.word(settings, "window.if_unknown.from")
        also = f", nor the day it was {_event(fallback)}" if fallback else ""
        yield f"  Window: the day it was {_event(window.start)} is not known{also}.{at}"
        return
    first = "day 1" if terms.word(settings, "window.count") == "inclusive" else "day 0"
    counted = _cited(settings, "window.count") if first == "day 1" else ""
    counted = "" if counted == at else counted
    yield (
        f"  Window: {_days(window.days)} from {_event(window.start)} {window.anchor_on} "
        f"({first}).{at}{counted}"
    )
    yield from _assumed(line, settings)
    yield from _steps(line, facts, settings)
    yield f"    Last day: {line.deadline_on}.{_judged(line, facts, settings)}"


def _steps(
    line: LineDecision, facts: Mapping[str, object], settings: terms.Settings
) -> Iterator[str]:
    """The sum, then what moves its result: a fixed day, a weekend or holiday."""
    window = line.window
    if window is None or window.anchor_on is None:
        return
    is_inclusive = terms.word(settings, "window.count") == "inclusive"
    more = window.days - 1 if is_inclusive else window.days
    ends_on = _later(window.anchor_on, more)
    minus = " - 1" if is_inclusive else ""
    yield f"    {window.anchor_on} + {_days(window.days)}{minus} = {ends_on}"
    until = settings.get("window.until")
    if until is not None and until.value != "none":
        until_on = _until(str(until.value), facts)
        said = f" ({until_on})" if until_on is not None and str(until_on) != until.value else ""
        yield (
            f"    Open until {until.value}{said} at least; the later day holds."
            f"{_cited(settings, 'window.until')}"
        )
        ends_on = max(ends_on, until_on) if until_on is not None else ends_on
    if not terms.is_on(settings, "window.rolls_to_business_day"):
        return
    at = _cited(settings, "window.rolls_to_business_day")
    if line.deadline_on is not None and line.deadline_on > ends_on:
        yield (
            f"    {ends_on} is no working day ({ends_on:%A}), so it moves to {line.deadline_on} "
            f"({line.deadline_on:%A}).{at}"
        )
    else:
        yield f"    A last day on a weekend or holiday would move to the next working day.{at}"


def _assumed(line: LineDecision, settings: terms.Settings) -> Iterator[str]:
    """What stands in for an event whose day is not known."""
    window = line.window
    if window is None or not window.assumed or window.anchor_on is None:
        return
    fallback = terms.word(settings, "window.if_unknown.from")
    days = terms.whole(settings, "window.if_unknown.plus_days") or 0
    from_on = window.anchor_on - timedelta(days=days)
    yield (
        f"    The day it was {_event(window.start)} is not known: {_event(fallback)} {from_on} + "
        f"{_days(days)} = {window.anchor_on} stands for it."
        f"{_cited(settings, 'window.if_unknown.from')}"
    )


def _until(text: str, facts: Mapping[str, object]) -> date | None:
    """The day that ``until`` stood for; None where the order's day is not known."""
    if len(text) > 5:
        return date.fromisoformat(text)
    order = facts.get("order")
    placed = order.get("placed") if isinstance(order, Mapping) else None
    if not placed:
        return None
    month, day = text.split("-")
    return first_on_or_after(MonthDay(int(month), int(day)), date.fromisoformat(str(placed)))


def _judged(line: LineDecision, facts: Mapping[str, object], settings: terms.Settings) -> str:
    """What had to happen by then, and when it did."""
    judged_on = terms.word(settings, "window.judged_on", "requested")
    asked = str(facts.get("requested_on") or "")
    own_line = facts.get("line")
    received = own_line.get("received_on") if isinstance(own_line, Mapping) else None
    happened = {"first_scan": facts.get("first_scan_on"), "received": received}.get(judged_on)
    if judged_on == "requested":
        day, what = asked, "Requested"
    elif happened:
        day, what = str(happened), "Scanned" if judged_on == "first_scan" else "Received"
    else:
        day, what = asked, "The parcel is not here yet, so the day of the request counts,"
    if not day or line.deadline_on is None:
        return ""
    left = (line.deadline_on - date.fromisoformat(day)).days
    at = _cited(settings, "window.judged_on") if judged_on != "requested" else ""
    return f" {what} {day}: {_days(abs(left))} {'late' if left < 0 else 'left'}.{at}"


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _event(start: str) -> str:
    return "last parcel delivered" if start == "last_parcel" else start


def _cited(settings: Mapping[str, Setting], name: str) -> str:
    return f"  ({settings[name].at})" if name in settings else ""
