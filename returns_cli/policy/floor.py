"""Holding a judgement to the legal minimum of the place that the goods went to.

The last step of a line's judgement, under ``legal_floor: enforce``. Where a right of the table
holds and the customer asked within its window, no rule of the merchant denies, and each setting
that gives less than the law becomes what the law asks for, cited with its line of the table. A
review stays: a person looks. A checklist, never legal advice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import terms
from returns_cli.notation.typed import Leaf
from returns_cli.policy.conditions import facts_in, unknown_facts
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.effective import WindowTerms, compose
from returns_cli.policy.floor_table import Floor, FloorTable, Right
from returns_cli.policy.minimums import improved
from returns_cli.policy.rules import Rule
from returns_cli.policy.window import Counted, count_window

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy

LIFTS = "legal_floor.lifts"
"""The setting that lists the codes which a right took away."""

# What is so, whoever says it: no law gives back what was never sent or is back already.
_FACTUAL = frozenset(
    {"unknown_line", "not_shipped", "not_delivered", "already_returned", "quantity_exceeds"}
)
_BY_SETTING = {
    "condition_not_accepted": ("condition", "condition"),
    "resolution_not_offered": ("resolutions", "resolution"),
}
_DEFAULTS = {"window.count": "exclusive", "window.judged_on": "requested"}
_WANTED_INSTEAD = frozenset({"resolution", "exchange_sku", "exchange_price"})
_OTHER_GOODS = frozenset({"inspection.wrong_sku", "inspection.serial_mismatch"})


class Held(NamedTuple):
    """What a right says of a line.

    Attributes:
        answer: whether it holds and was asked for in time; None where that cannot be said.
        unknown: the facts for want of which it cannot be said.
        counted: the law's own window, open or not; None where the right has none.
    """

    answer: bool | None
    unknown: tuple[str, ...] = ()
    counted: Counted | None = None


def hold_floor(policy: Policy, table: FloorTable, draft: Draft, calendar: Calendar) -> None:
    """Change a line's judgement where it gives less than a law that the customer can rely on."""
    floors = table.floors_of(draft.facts)
    if floors is None:
        _ask_instead(draft, _merchants_denials(policy, draft), ["order.country"])
        return
    for floor in floors:
        if floor.is_unless_displayed and policy.is_displayed:
            continue
        for right in (one for one in floor.rights if one.least):
            held = _held(floor, right, draft, calendar)
            layer = _longer_window(floor, right, held, draft)
            if held.answer:
                layer |= _grant(policy, floor, right, draft)
            elif held.answer is None:
                _ask_instead(draft, _liftable(policy, right, draft), held.unknown)
            if layer:
                _put(policy, draft, layer, calendar)


def _held(floor: Floor, right: Right, draft: Draft, calendar: Calendar) -> Held:
    """Whether a line has a right: its conditions hold, and it was asked for in time."""
    applies = right.when.decide(draft.facts)
    if applies is False:
        return Held(answer=False)
    unknown = unknown_facts(right.when, draft.facts)
    window = law_window(floor, right, draft.effective.window)
    if window is None:
        return Held(applies, unknown)
    counted = count_window(window, draft.facts, calendar.holidays)
    asked_on = draft.facts["requested_on"]
    if counted.deadline_on is None or not isinstance(asked_on, date):
        return Held(None, (*unknown, counted.missing or "requested_on"))
    if asked_on > counted.deadline_on:
        return Held(answer=False, counted=counted if applies else None)
    return Held(applies, unknown, counted if applies else None)


def law_window(floor: Floor, right: Right, of_policy: WindowTerms) -> WindowTerms | None:
    """The law's window; a day that is not known is stood in for as the policy says.

    Nothing lengthens it: the policy's ``until`` is left out.
    """
    least = {name: leaf.value for name, (leaf, _) in right.least.items()}
    days = least.get("window.days")
    if not isinstance(days, int):
        return None
    if floor.enough_days is not None and of_policy.days >= floor.enough_days:
        days = floor.enough_days
    count = least.get("window.count")
    return of_policy._replace(
        days=days,
        start=str(least.get("window.from", of_policy.start)),
        is_inclusive=of_policy.is_inclusive if count is None else count == "inclusive",
        rolls=bool(least.get("window.rolls_to_business_day", of_policy.rolls)),
        until=None,
    )


def _longer_window(
    floor: Floor, right: Right, held: Held, draft: Draft
) -> dict[str, tuple[Leaf, str]]:
    """The settings of the law's window, where it ends later than the policy's own.

    The day it ends is the law's also for who asks too late. Where the policy judges the day that
    goods arrive, asking in time is enough.
    """
    if held.counted is None:
        return {}
    settings = terms.by_name(draft.effective.settings)
    names = {name for name in right.least if name.startswith("window.")}
    if not _is_longer(held.counted, draft.counted):
        names &= {"window.judged_on"} if held.answer and _is_late(draft) else set()
    return {
        name: (right.least[name][0], floor.rule)
        for name in right.least
        if name in names
        and terms.word(settings, name, _DEFAULTS.get(name, "")) != right.least[name][0].text
    }


def _is_late(draft: Draft) -> bool:
    return "window_expired" in draft.denials


def _grant(policy: Policy, floor: Floor, right: Right, draft: Draft) -> dict[str, tuple[Leaf, str]]:
    """Take away what the law forbids; the settings that it asks for instead."""
    lifted = _liftable(policy, right, draft)
    waits = _needless_questions(policy, right, draft)
    draft.denials = [code for code in draft.denials if code not in lifted]
    draft.reviews = [code for code in draft.reviews if code not in waits]
    if "evidence.photos" in right.least:
        draft.photos_asked = 0
    settings = terms.by_name(draft.effective.settings)
    layer = {
        better_name: (better, floor.rule)
        for name, (leaf, _) in right.least.items()
        if not name.startswith("window.")
        for better_name, better in improved(name, leaf, settings, draft.facts)
    }
    if lifted or waits:
        layer[LIFTS] = (_lifts(right, draft, (*lifted, *waits)), floor.rule)
    return layer


def _lifts(right: Right, draft: Draft, codes: tuple[str, ...]) -> Leaf:
    """The codes that were taken away, those of earlier rights first; cited with the window."""
    if LIFTS in draft.floor:
        before = draft.floor[LIFTS][0]
        codes = (*before.text, *codes)
        return before._replace(value=codes, text=codes)
    leaf, _ = right.least.get("window.days") or next(iter(right.least.values()))
    return leaf._replace(value=codes, text=codes)


def _put(
    policy: Policy, draft: Draft, layer: dict[str, tuple[Leaf, str]], calendar: Calendar
) -> None:
    draft.floor = {**draft.floor, **layer}
    applied = [policy.rules[i] for i in draft.applied]
    draft.effective = compose(policy.terms, applied, draft.floor)
    if "window.days" in layer:
        draft.counted = count_window(draft.effective.window, draft.facts, calendar.holidays)


def _is_longer(law: Counted, policy: Counted | None) -> bool:
    if law.deadline_on is None:
        return False
    return policy is None or policy.deadline_on is None or law.deadline_on > policy.deadline_on


def _merchants_denials(policy: Policy, draft: Draft) -> list[str]:
    """The denials that somebody chose, in contrast to what is so."""
    kept = _FACTUAL | _about_other_goods(policy.rules[i] for i in draft.applied)
    return [code for code in draft.denials if code not in kept]


def _about_other_goods(applied: Iterable[Rule]) -> frozenset[str]:
    """Codes of rules which found that what came back is not what was sold: no right covers it."""
    return frozenset(
        str(rule.deny.value)
        for rule in applied
        if rule.deny is not None
        and rule.when is not None
        and not _OTHER_GOODS.isdisjoint(facts_in(rule.when))
    )


def _liftable(policy: Policy, right: Right, draft: Draft) -> list[str]:
    """The denials that a right takes away where it holds."""
    return [code for code in _merchants_denials(policy, draft) if _can_lift(code, right, draft)]


def _can_lift(code: str, right: Right, draft: Draft) -> bool:
    if code == "window_expired":
        return "window.days" in right.least
    if code == "evidence_missing":
        return "evidence.photos" in right.least
    setting, fact = _BY_SETTING.get(code, ("", ""))
    if not setting:
        return True
    return setting in right.least and draft.facts[fact] in _words(right, setting)


def _words(right: Right, name: str) -> tuple[str, ...]:
    leaf, _ = right.least[name]
    return leaf.text if isinstance(leaf.text, tuple) else (leaf.text,)


def _needless_questions(policy: Policy, right: Right, draft: Draft) -> list[str]:
    """Reviews that wait for a fact which decides nothing any more: no answer could deny.

    Where the law wants no evidence, a question need not be answered either.
    """
    needed = {*_WANTED_INSTEAD, *_OTHER_GOODS}
    if "evidence.photos" not in right.least:
        needed |= {"photos", *(one for one in _asked_for(draft) if one.startswith("answers."))}
    for i, decide, rule in policy.plain_rules + policy.inspection_rules:
        is_open = rule.review is not None and rule.when is not None and not draft.is_silent(i)
        if is_open and rule.when is not None and decide(draft.facts) is None:
            needed.update(unknown_facts(rule.when, draft.facts))
    return [f"missing_fact:{name}" for name in _asked_for(draft) if name not in needed]


def _asked_for(draft: Draft) -> list[str]:
    prefix = "missing_fact:"
    return [code.removeprefix(prefix) for code in draft.reviews if code.startswith(prefix)]


def _ask_instead(draft: Draft, codes: Iterable[str], unknown: Iterable[str]) -> None:
    """Denials that the law may forbid go to a person, with the fact that nobody knows."""
    doubtful = frozenset(codes)
    if not doubtful:
        return
    draft.denials = [code for code in draft.denials if code not in doubtful]
    for name in unknown:
        draft.review(f"missing_fact:{name}")
