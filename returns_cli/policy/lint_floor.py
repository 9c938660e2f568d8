"""Where a policy promises less than the legal minimum of a place that it holds for.

Found by trying: a line is judged as the policy says, then held to the law as ``legal_floor:
enforce`` would, and whatever that changes is what the policy promises less. So the warning and the
enforcement can never disagree. Rules that plain facts do not reach are tried as if they applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from returns_cli.domain import terms
from returns_cli.domain.errors import Problem
from returns_cli.domain.model import Setting
from returns_cli.domain.vocabulary import Fault
from returns_cli.policy.conditions import facts_in
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.evaluate import draft_line
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.facts_file import facts_of_record
from returns_cli.policy.floor import LIFTS, hold_floor, law_window
from returns_cli.policy.floor_table import Floor, FloorTable, Right, Row, shipped_floors
from returns_cli.policy.language import Policy
from returns_cli.policy.rules import Rule
from returns_cli.policy.window import count_window

ADVICE = "A checklist, not legal advice."

# A Monday, and a delivery whose 14 days end on a weekend: a last day that does not roll shows.
_PLACED, _SHIPPED, _DELIVERED, _LAST_PARCEL = "2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07"
_MAY_LACK = ("refund.within_days", "refund.within_business_days")  # no promise is not a lesser one
_CONDITIONS = ("opened", "used")
# What tells whether a line is one that a law covers: a rule that asks for something else is out.
_SCOPE: tuple[str, ...] = (
    "order.country",
    "order.region",
    "order.is_business",
    "kind",
    "item.personalised",
)
_SCOPE += (
    "reason",
    "reason.fault",
    "item.perishable",
    "item.sealed_hygiene",
    "item.digital",
    "order.days_since_delivered",
)


def legal_minimums(policy: Policy, home: str = "") -> Iterator[Problem]:
    """What a policy promises less than the laws of the places that it holds for; one per line.

    Args:
        home: country of the shop, which a policy that names no countries holds for at least.
    """
    if policy.legal_floor != "warn":
        return
    table = shipped_floors()
    told: set[tuple[str | None, int | None, str]] = set()
    for floor in table.floors:
        if not _holds_for(policy, floor, home):
            continue
        for problem, what in _undercut(policy, table, floor):
            place = (problem.file, problem.line, what)
            if place not in told:
                told.add(place)
                yield problem


def _holds_for(policy: Policy, floor: Floor, home: str) -> bool:
    """Whether orders of the policy surely go to the place, and its law surely holds.

    A shop shows its terms at home: what a law asks of hidden ones is told only of a policy that
    names the country and does not say that it is displayed.
    """
    if floor.is_unless_displayed and (policy.is_displayed or not policy.countries):
        return False
    return not {*(policy.countries or (home,))}.isdisjoint(floor.countries)


def _undercut(policy: Policy, table: FloorTable, floor: Floor) -> Iterator[tuple[Problem, str]]:
    only = table._replace(floors=(floor,))
    for right in (one for one in floor.rights if one.least):
        alone = only._replace(floors=(floor._replace(rights=(right,)),))
        calendar = Calendar(date.max)
        for number, facts in enumerate(_probes(policy, floor, right)):
            draft = draft_line(policy._replace(floor=None), facts, calendar)
            yield from _compare(policy, alone, right, draft, calendar, None)
            for i, rule in enumerate(policy.rules if number < len(_CONDITIONS) else ()):
                if i not in draft.applied and _may_apply(rule, facts):
                    forced = _with_rule(policy, draft, i)
                    yield from _compare(policy, alone, right, forced, calendar, rule)


def _probes(policy: Policy, floor: Floor, right: Right) -> Iterator[LineFacts]:
    """Plain facts of lines that the right covers, asked for on the law's last day."""
    country = next((one for one in policy.countries if one in floor.countries), floor.countries[0])
    asks_why = any(name.startswith("reason") for name in facts_in(right.when))
    for reason in policy.tables.reasons.values():
        if reason.fault is Fault.UNKNOWN or (reason.fault is not Fault.CUSTOMER and not asks_why):
            continue
        for condition in _CONDITIONS:
            asked_on = _LAST_PARCEL
            facts = _facts(policy, floor, country, reason.code, condition, asked_on)
            if not right.when.decide(facts):
                continue
            window = law_window(floor, right, policy.effective(()).window)
            if window is not None:
                last_day = count_window(window, facts).deadline_on or date.max
                asked_on = last_day.isoformat()
            yield _facts(policy, floor, country, reason.code, condition, asked_on)


def _facts(
    policy: Policy, floor: Floor, country: str, reason: str, condition: str, asked_on: str
) -> LineFacts:
    day = date.fromisoformat(asked_on)
    order = {
        "country": country,
        "region": floor.regions[0] if floor.regions else "",
        "placed": _PLACED,
        "shipped": _SHIPPED,
        "delivered": _DELIVERED,
        "last_parcel": _LAST_PARCEL,
    }
    line = {"number": "1", "reason": reason, "condition": condition, "requested_on": asked_on}
    record: Mapping[str, object] = {"order": order, "lines": (line,)}
    at_noon = datetime.combine(day, time(12), UTC)
    return facts_of_record(record, policy, at_noon).lines[0]


def _may_apply(rule: Rule, facts: LineFacts) -> bool:
    """Whether a rule can concern what the law covers, whatever else the facts may be."""
    if not rule.is_enabled or rule.is_of_inspection:
        return False
    in_scope = LineFacts(lambda name: facts.raw(name) if name in _SCOPE else None, facts.line)
    return rule.decide(in_scope) is not False


def _with_rule(policy: Policy, draft: Draft, i: int) -> Draft:
    """The same line, had the rule applied as well."""
    applied = tuple(sorted((*draft.applied, i)))
    forced = Draft(draft.facts, policy.effective(applied))
    forced.applied = applied
    forced.denials = list(draft.denials)
    forced.reviews = list(draft.reviews)
    deny = policy.rules[i].deny
    if deny is not None:
        forced.deny(str(deny.value))
    forced.counted = count_window(forced.effective.window, draft.facts)
    return forced


def _compare(
    policy: Policy,
    table: FloorTable,
    right: Right,
    draft: Draft,
    calendar: Calendar,
    tried: Rule | None,
) -> Iterator[tuple[Problem, str]]:
    """What holding a draft to the law changes: of the rule that was tried, else of what applied."""
    before = terms.by_name(draft.effective.settings)
    denials = list(draft.denials)
    hold_floor(policy, table, draft, calendar)
    floor = table.floors[0]
    rows = {leaf.line: row for leaf, row in right.least.values()}
    for name, (leaf, _) in draft.floor.items():
        was = _before(before, name)
        is_of_rule = tried is None or (was is not None and was.rule == tried.id)
        if name != LIFTS and is_of_rule and (was is not None or name not in _MAY_LACK):
            kind = "window" if name.startswith("window.") else name
            yield _less(policy, floor, rows[leaf.line], name, was), f"{right.id} {kind}"
    lifted = draft.floor[LIFTS][0].text if LIFTS in draft.floor else ()
    for rule in policy.rules if tried is None else (tried,):
        code = str(rule.deny.value) if rule.deny else ""
        if code in lifted and code in denials:
            yield _denies(floor, right, rule), rule.id


def _before(settings: terms.Settings, name: str) -> Setting | None:
    """The setting that a law changes; of the window and the promise, the one that counts days."""
    if name.startswith("window."):
        return settings.get("window.days")
    if name in _MAY_LACK:
        return next((settings[one] for one in _MAY_LACK if one in settings), None)
    return settings.get(name)


def _less(policy: Policy, floor: Floor, row: Row, name: str, was: Setting | None) -> Problem:
    file, line = _place(policy, name, was)
    what = f"{name}, left out," if was is None else f"{was.name} {_said(was.value)}"
    return Problem(
        "W-POLICY-FLOOR",
        f"{what} gives less than the law of {floor.title}: {row.rule}",
        file,
        line,
        "1",
        hint=_hint(row),
    )


def _hint(row: Row) -> str:
    return f"Give as much, or write legal_floor: enforce. {row.id}: {row.source}. {ADVICE}"


def _place(policy: Policy, name: str, was: Setting | None) -> tuple[str, int]:
    """Where the setting stands; where it is not said, the terms of its kind, else the first."""
    if was is not None:
        file, _, line = was.at.rpartition(":")
        return file, int(line)
    head = name.partition(".")[0] + "."
    near = [leaf for one, leaf in policy.terms.items() if one.startswith(head)]
    leaf = (near or list(policy.terms.values()))[0]
    return leaf.file, leaf.line


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _denies(floor: Floor, right: Right, rule: Rule) -> Problem:
    _, row = right.least.get("window.days") or next(iter(right.least.values()))
    return Problem(
        "W-POLICY-FLOOR",
        f"The rule {rule.id} denies what the law of {floor.title} lets customers give back: "
        f"{row.rule}",
        rule.file,
        rule.deny.line if rule.deny else rule.line,
        "1",
        hint=_hint(row),
    )
