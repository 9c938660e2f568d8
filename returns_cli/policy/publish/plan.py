"""What of a policy a product feed could say: its terms, and the rules that have a place there.

Feeds know one window, one price of the way back for a change of mind and one for a defect, seasons
with two dates, and member tiers. A rule has a place when its condition is exactly one of these.
Whatever has none is listed as :class:`NotSaid`, so that nobody takes the feed for the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, cast

from returns_cli.notation.scalars import MonthDay
from returns_cli.policy.conditions import Test
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.language import Policy
from returns_cli.policy.rules import Rule
from returns_cli.policy.window import first_on_or_after
from returns_cli.policy.words.terms import Held

_REMORSE: Mapping[str, object] = {"reason": "changed_mind", "reason.fault": "customer"}
_DEFECT: Mapping[str, object] = {"reason": "defective", "reason.fault": "merchant"}
_TIER, _PLACED = "customer.tier", "order.placed"


class Place(NamedTuple):
    """What a feed needs to know beside the policy.

    Attributes:
        return_page: public address of the shop's returns page, empty for none.
        return_countries: ISO 3166-1 alpha-2 of the shop's addresses, by their names.
        shop_country: stands in for a policy that names no countries.
        today: seasons that were over on that day are left out.
    """

    return_page: str = ""
    return_countries: Mapping[str, str] = MappingProxyType({})
    shop_country: str = ""
    today: date = date.min


class NotSaid(NamedTuple):
    """Something of the policy that a format has no place for.

    Attributes:
        at: the policy's line.
        name: the setting, or the rule's id.
        why: one sentence, for the merchant.
    """

    at: str
    name: str
    why: str


class Season(NamedTuple):
    """A rule for orders of some days; both days are included."""

    rule: Rule
    first_on: date
    last_on: date
    days: int | None
    until_on: date | None


class Tier(NamedTuple):
    """A rule for members, and what holds for them."""

    rule: Rule
    names: tuple[str, ...]
    held: Held


class Plan(NamedTuple):
    """A policy as a feed could say it.

    Attributes:
        remorse: what holds when a customer changed their mind; None where that is denied.
        defect: what holds when the goods are faulty; None where that is denied.
        by_reason: rules that hold for reasons and faults alone.
        over: rules whose season is over.
        unplaced: rules that no feed has a place for.
    """

    policy: Policy
    remorse: Held | None
    defect: Held | None
    by_reason: tuple[Rule, ...]
    tiers: tuple[Tier, ...]
    seasons: tuple[Season, ...]
    over: tuple[Rule, ...]
    unplaced: tuple[Rule, ...]


def plan_of(policy: Policy, today: date) -> Plan:
    """Sort a policy's rules by the places that feeds have.

    Args:
        today: of rules that come back every year, the season that is not over yet is taken.
    """
    rules = [rule for rule in policy.rules if rule.is_enabled]
    by_reason = [rule for rule in rules if _is_by_reason(rule)]
    tiers: list[Tier] = []
    seasons: list[Season] = []
    unplaced: list[Rule] = []
    for rule in rules:
        if rule in by_reason:
            continue
        names = _tier_names(rule)
        season = _season(rule, today)
        if names:
            held = with_rules(policy.terms, [rule, *_holding(by_reason, _REMORSE)])
            tiers.append(Tier(rule, names, held))
        elif season is not None:
            seasons.append(season)
        else:
            unplaced.append(rule)
    return Plan(
        policy,
        _side(policy, by_reason, _REMORSE),
        _side(policy, by_reason, _DEFECT),
        tuple(by_reason),
        tuple(tiers),
        tuple(one for one in seasons if one.last_on >= today),
        tuple(one.rule for one in seasons if one.last_on < today),
        tuple(unplaced),
    )


def with_rules(terms: Held, rules: Iterable[Rule]) -> Held:
    """The settings that hold when these rules apply: for each, the first decides."""
    held = dict(terms)
    for rule in reversed(tuple(rules)):
        held.update(rule.settings)
    return held


def _holding(rules: Iterable[Rule], known: Mapping[str, object]) -> list[Rule]:
    facts = LineFacts(known.get, 1)
    return [rule for rule in rules if rule.decide(facts)]


def _side(policy: Policy, rules: Iterable[Rule], known: Mapping[str, object]) -> Held | None:
    applied = _holding(rules, known)
    if any(rule.deny is not None for rule in applied):
        return None
    return with_rules(policy.terms, applied)


def _is_by_reason(rule: Rule) -> bool:
    return set(rule.facts) <= set(_REMORSE)


def _only_test(rule: Rule, fact: str) -> Test | None:
    """The rule's one test, where that is all of its condition."""
    parts = rule.when.parts if rule.when is not None else ()
    if len(parts) != 1 or not isinstance(parts[0], Test) or parts[0].fact.name != fact:
        return None
    is_plain = rule.deny is None and rule.review is None and bool(rule.settings)
    return parts[0] if is_plain else None


def _tier_names(rule: Rule) -> tuple[str, ...]:
    test = _only_test(rule, _TIER)
    if test is None or len(test.asked) != 1 or test.asked[0][0] not in ("is", "any_of"):
        return ()
    return test.asked[0][1]


def _season(rule: Rule, today: date) -> Season | None:
    test = _only_test(rule, _PLACED)
    if test is None or {operator for operator, _, _ in test.asked} != {"from", "to"}:
        return None
    edges = {operator: values[0] for operator, _, values in test.asked}
    days = rule.settings.get("window.days")
    until = rule.settings.get("window.until")
    if days is None and (until is None or until.value is None):
        return None
    first_on, last_on = _dates(edges["from"], edges["to"], today)
    until_on = None if until is None else _until(until.value, first_on, last_on)
    if days is None and until_on is None:
        return None
    return Season(
        rule, first_on, last_on, None if days is None else cast("int", days.value), until_on
    )


def _dates(first: object, last: object, today: date) -> tuple[date, date]:
    """The two days of a season; of one that comes back, the first that ends today or later."""
    if isinstance(first, MonthDay) and isinstance(last, MonthDay):
        last_on = first_on_or_after(last, today)
        first_on = first.in_year(last_on.year)
        if first_on > last_on:
            first_on = first.in_year(last_on.year - 1)
        return first_on, last_on
    return cast("date", first), cast("date", last)


def _until(until: object, first_on: date, last_on: date) -> date | None:
    """The day a season's window is open to; None where it is not one day for all its orders."""
    if isinstance(until, MonthDay):
        ends = {first_on_or_after(until, day) for day in (first_on, last_on)}
        return ends.pop() if len(ends) == 1 else None
    return until if isinstance(until, date) else None
