"""Why a line was judged so, as data: each rule with each of its tests, and what the facts were.

A decision keeps its facts and the policy's sha256, so the trace is worked out again when somebody
asks, not stored with every decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from returns_cli.policy.conditions import Block, Condition, Test
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.evaluate import draft_line
from returns_cli.policy.facts import Facts, LineFacts
from returns_cli.policy.facts_text import text_of
from returns_cli.policy.language import Policy
from returns_cli.policy.operators import WORDS
from returns_cli.policy.rules import Rule

APPLIES, NOT, UNKNOWN, OFF, WAITS = (
    "applies",
    "does not apply",
    "cannot be said",
    "switched off",
    "waits for the inspection",
)


def applied_rules(policy: Policy, facts: Facts, as_of: datetime) -> frozenset[str]:
    """Ids of the rules that apply to at least one line."""
    drafts = _drafts(policy, facts, as_of)
    return frozenset(policy.rules[i].id for draft in drafts for i in draft.applied)


def trace_lines(
    policy: Policy, facts: Facts, as_of: datetime
) -> tuple[tuple[Mapping[str, object], ...], ...]:
    """Per line, what became of each rule.

    Returns:
        For each rule ``rule``, ``at``, ``why``, ``state``, ``does`` and ``tests``; a test has
        ``fact``, ``test``, ``value``, ``holds`` (None: cannot be said) and ``at``, a nesting has
        ``all``, ``any`` or ``not`` with its tests.
    """
    return tuple(
        tuple(_rule(rule, draft, policy.currency) for rule in policy.rules)
        for draft in _drafts(policy, facts, as_of)
    )


def _drafts(policy: Policy, facts: Facts, as_of: datetime) -> list[Draft]:
    calendar = Calendar(as_of.date(), facts.holidays)
    return [draft_line(policy, line, calendar) for line in facts.lines]


def _rule(rule: Rule, draft: Draft, currency: str) -> Mapping[str, object]:
    tests: tuple[object, ...] = ()
    if rule.when is not None:
        tests = tuple(_node(part, draft.facts, rule.file, currency) for part in rule.when.parts)
    return {
        "rule": rule.id,
        "at": rule.at,
        "why": rule.why,
        "state": _state(rule, draft.facts),
        "does": _does(rule),
        "tests": tests,
    }


def _state(rule: Rule, facts: LineFacts) -> str:
    if not rule.is_enabled:
        return OFF
    if rule.is_of_inspection and not facts["inspection.grade"]:
        return WAITS
    answer = rule.decide(facts) if facts["line.is_known"] else False
    if answer is None:
        return UNKNOWN
    return APPLIES if answer else NOT


def _does(rule: Rule) -> tuple[Mapping[str, object], ...]:
    """The rule's effects, each with its line."""
    found: list[Mapping[str, object]] = []
    for name, leaf in rule.settings.items():
        text = leaf.text if isinstance(leaf.text, str) else ", ".join(leaf.text)
        found.append({"effect": "set", "name": name, "value": text, "at": leaf.at})
    verdicts = (("deny", rule.deny), ("review", rule.review), ("approve", rule.approve))
    for effect, code in verdicts:
        if code is not None:
            found.append({"effect": effect, "name": "", "value": str(code.text), "at": code.at})
    for name, asked in (("question", rule.question), ("photos", rule.photos)):
        if asked is not None:
            found.append({"effect": "ask", "name": name, "value": str(asked.text), "at": asked.at})
    return tuple(found)


def _node(one: Condition, facts: LineFacts, file: str, currency: str) -> Mapping[str, object]:
    at = f"{file}:{one.line}"
    if isinstance(one, Block):
        parts = tuple(_node(part, facts, file, currency) for part in one.parts)
        return {one.kind: parts, "holds": one.decide(facts), "at": at}
    return {
        "fact": one.fact.name,
        "test": _asked(one),
        "value": text_of(facts.raw(one.fact.name), one.fact, currency),
        "holds": one.decide(facts),
        "at": at,
    }


def _asked(test: Test) -> str:
    said = []
    for operator, texts, _ in test.asked:
        words = WORDS["any_of"] if operator == "is" and len(texts) > 1 else WORDS[operator]
        if operator == "is" and test.fact.kind == "words":
            words = "holds" if len(texts) == 1 else "holds one of"
        said.append(f"{words} {', '.join(texts)}")
    return " and ".join(said)
