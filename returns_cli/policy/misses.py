"""The nearest miss: by how much a line failed, and which rule would have let it pass."""

from __future__ import annotations

from datetime import date

from returns_cli.domain import money
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.language import Policy
from returns_cli.policy.window import deadline_of, judged_day


def nearest_miss(
    policy: Policy, draft: Draft, calendar: Calendar, total_minor: int | None
) -> str | None:
    """By how much a line failed, in plain words; None where nothing measurable failed.

    Args:
        total_minor: the quote's total, None where it is not known.
    """
    if not (draft.denials or draft.reviews or draft.floor):
        return None
    said = [
        _late(policy, draft, calendar),
        _too_few_photos(draft),
        _too_many_units(draft),
        _above(policy, draft, total_minor),
    ]
    return "; ".join(one for one in said if one) or None


def _late(policy: Policy, draft: Draft, calendar: Calendar) -> str | None:
    day, _ = judged_day(draft.effective.window, draft.facts)
    deadline_on = draft.counted.deadline_on if draft.counted else None
    if day is None or deadline_on is None or day <= deadline_on:
        return None
    late = _many((day - deadline_on).days, "day", "late")
    if draft.denials == ["window_expired"]:
        rule_id = _rule_that_would_do(policy, draft, day, calendar)
        if rule_id is not None:
            return f"{late}; passes under {rule_id}"
    return late


def _rule_that_would_do(policy: Policy, draft: Draft, day: date, calendar: Calendar) -> str | None:
    """The rule that does not apply and whose window, if it did, would be open: the tightest."""
    best: tuple[date, str] | None = None
    for terms, rule_id in policy.other_windows(draft.applied):
        deadline_on = deadline_of(terms, draft.facts, calendar.holidays)
        if deadline_on is not None and day <= deadline_on and (not best or deadline_on < best[0]):
            best = (deadline_on, rule_id)
    return best[1] if best else None


def _too_few_photos(draft: Draft) -> str | None:
    short = draft.photos_wanted - _count(draft, "photos")
    if "evidence_missing" not in draft.denials or short <= 0:
        return None
    return _many(short, "photo", "short")


def _too_many_units(draft: Draft) -> str | None:
    shipped, asked, before = (
        _count(draft, name) for name in ("line.shipped_units", "quantity", "line.returned_before")
    )
    if "quantity_exceeds" not in draft.denials or asked + before <= shipped:
        return None
    return _many(asked + before - shipped, "unit", "too many")


def _above(policy: Policy, draft: Draft, total_minor: int | None) -> str | None:
    limit = draft.effective.review_above_minor
    if "above_limit" not in draft.codes or total_minor is None or limit is None:
        return None
    over = money.format_amount(total_minor - limit, policy.currency)
    return f"{over} {policy.currency} above the limit"


def _count(draft: Draft, name: str) -> int:
    found = draft.facts[name]
    return found if isinstance(found, int) else 0


def _many(number: int, what: str, rest: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'} {rest}"
