"""What is allowed in a policy and yet most likely a mistake: warnings, one function per kind.

A lint takes the policy and yields warnings; a newcomer adds one function and one line in
:data:`LINTS`. What cannot be accepted at all is found when the policy is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from returns_cli.domain.errors import Problem
from returns_cli.domain.nearest import nearest_or
from returns_cli.domain.reasons import fault_of, find_reason
from returns_cli.notation.typed import Leaf
from returns_cli.policy.choose import narrowness
from returns_cli.policy.conditions import Block, Condition, Test
from returns_cli.policy.implied import certain_tests, chosen, is_implied
from returns_cli.policy.language import Policy
from returns_cli.policy.lint_floor import legal_minimums
from returns_cli.policy.rules import Rule

Lint = Callable[[Policy], Iterator[Problem]]


def check_policy(
    policy: Policy, covered: frozenset[str] | None = None, home: str = ""
) -> tuple[Problem, ...]:
    """The warnings about one policy, by line.

    Args:
        covered: ids of the rules that a case covers; None where nobody ran cases.
        home: country of the shop, where it is known.
    """
    found = [problem for lint in LINTS for problem in lint(policy)]
    found += legal_minimums(policy, home)
    if covered is not None:
        found += _uncovered(policy, covered)
    return tuple(sorted(found, key=lambda one: (one.line or 0, one.code)))


def check_side_by_side(policies: Sequence[Policy]) -> tuple[Problem, ...]:
    """What is wrong between policies: two that fit equally well, and days that none covers."""
    found: list[Problem] = []
    for one, other in combinations(policies, 2):
        if narrowness(one) == narrowness(other) and _may_meet(one, other):
            found.append(_overlap(one, other))
    return (*found, *_gaps(policies))


def shadowed_rules(policy: Policy) -> Iterator[Problem]:
    """A rule all of whose effects earlier rules decide whenever it applies."""
    for i, rule in enumerate(policy.rules):
        if not rule.is_enabled:
            continue
        before = [one for one in policy.rules[:i] if one.is_enabled and is_implied(one, rule)]
        if before and _leaves_nothing(before, rule):
            names = ", ".join(one.id for one in before)
            yield _at_rule(
                rule,
                "W-POLICY-SHADOWED",
                f"The rule {rule.id} never decides anything: {names} above it already does.",
                "Move it up, or make the rule above it narrower.",
            )


def impossible_rules(policy: Policy) -> Iterator[Problem]:
    """A rule whose tests cannot hold together."""
    for rule in policy.rules:
        for test in certain_tests(rule):
            asked = {operator: values for operator, _, values in test.asked}
            low = max((v[0] for k, v in asked.items() if k in ("over", "at_least")), default=None)  # type: ignore[type-var]  # numbers of one kind
            high = min((v[0] for k, v in asked.items() if k in ("under", "at_most")), default=None)  # type: ignore[type-var]  # numbers of one kind
            if low is None or high is None:
                continue
            is_open = "at_least" in asked and "at_most" in asked
            if low > high or (low == high and not is_open):  # type: ignore[operator]  # numbers of one kind
                yield Problem(
                    "W-POLICY-NEVER",
                    f"The rule {rule.id} can never apply: {test.fact.name} cannot be both.",
                    rule.file,
                    test.line,
                    "1",
                    hint="Swap the two limits.",
                )
        yield from _without_fault(policy, rule)


def idle_settings(policy: Policy) -> Iterator[Problem]:
    """Settings that contradict each other: one speaks of what another rules out."""
    offered = _all_words(policy, "resolutions")
    tenders = {str(leaf.value) for leaf in _leaves(policy, "refund.to")}
    for name, leaf in _every_leaf(policy):
        if name.startswith("store_credit.") and not {"store_credit"} & (offered | tenders):
            yield _at_leaf(
                leaf,
                f"{name} is set, but store credit is neither offered nor paid.",
                "Add store_credit to `resolutions`, or delete it.",
            )
        if name.startswith("exchange.") and "exchange" not in offered:
            yield _at_leaf(
                leaf,
                f"{name} is set, but no exchange is offered.",
                "Add exchange to `resolutions`, or delete it.",
            )
        if (
            name == "fees.transfer"
            and leaf.text not in ("0", "0.00")
            and ("bank_transfer" not in tenders)
        ):
            yield _at_leaf(
                leaf,
                "A transfer fee is set, but nothing is paid by bank transfer.",
                "Set refund.to to bank_transfer, or the fee to 0.",
            )


def foreign_words(policy: Policy) -> Iterator[Problem]:
    """Conditions that are no grade, and reasons that nobody knows: most likely mistyped."""
    grades = tuple(policy.tables.grades)
    for name, leaf in _every_leaf(policy):
        if name != "condition" or not isinstance(leaf.text, tuple):
            continue
        for word in leaf.text:
            if word not in grades:
                yield Problem(
                    "W-POLICY-CONDITION",
                    f"The condition {word} is not a grade.",
                    leaf.file,
                    leaf.line,
                    str(leaf.column),
                    hint=nearest_or(word, grades, "Add it to `grades`."),
                )
    for rule in policy.rules:
        for test in _tests(rule.when):
            if test.fact.kind == "reason":
                yield from _unknown_reasons(policy, rule, test)


def past_dates(policy: Policy) -> Iterator[Problem]:
    """A window open until a day before the policy's first order."""
    for leaf in _leaves(policy, "window.until"):
        if (
            isinstance(leaf.value, date)
            and policy.effective_from is not None
            and leaf.value < policy.effective_from
        ):
            yield _at_leaf(
                leaf,
                f"The window is open until {leaf.text}, before the policy begins.",
                "Write a later day, or MM-DD for every year.",
            )


LINTS: tuple[Lint, ...] = (
    shadowed_rules,
    impossible_rules,
    idle_settings,
    foreign_words,
    past_dates,
)


def _without_fault(policy: Policy, rule: Rule) -> Iterator[Problem]:
    """A rule for reasons none of which has a fault that it asks for as well."""
    asked = {test.fact.name: test for test in certain_tests(rule)}
    reason, fault = asked.get("reason"), asked.get("reason.fault")
    reasons, faults = reason and chosen(reason), fault and chosen(fault)
    if not reasons or not faults or fault is None:
        return
    if all(fault_of(policy.reasons, str(one)).value not in faults for one in reasons):
        yield Problem(
            "W-POLICY-NEVER",
            f"The rule {rule.id} can never apply: no reason that it names has that fault.",
            rule.file,
            fault.line,
            "1",
            hint="Leave reason.fault out, or name other reasons.",
        )


def _uncovered(policy: Policy, covered: frozenset[str]) -> Iterator[Problem]:
    for rule in policy.rules:
        if rule.is_enabled and rule.id not in covered and rule.file == policy.shown_as:
            yield _at_rule(
                rule,
                "W-POLICY-UNCOVERED",
                f"No case covers the rule {rule.id}.",
                "Add a case to which it applies.",
            )


def _unknown_reasons(policy: Policy, rule: Rule, test: Test) -> Iterator[Problem]:
    for operator, texts, _ in test.asked:
        for text in texts:
            if operator not in ("matches", "known") and find_reason(policy.reasons, text) is None:
                yield Problem(
                    "W-POLICY-REASON",
                    f"The reason {text} is not in the table of reasons.",
                    rule.file,
                    test.line,
                    "1",
                    hint=nearest_or(text, policy.tables.reasons, "Add it to `reasons`."),
                )


def _at_rule(rule: Rule, code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, rule.file, rule.line, "1", hint=hint)


def _at_leaf(leaf: Leaf, message: str, hint: str) -> Problem:
    return Problem("W-POLICY-IDLE", message, leaf.file, leaf.line, str(leaf.column), hint=hint)


def _every_leaf(policy: Policy) -> Iterator[tuple[str, Leaf]]:
    yield from policy.terms.items()
    for rule in policy.rules:
        yield from rule.settings.items()


def _leaves(policy: Policy, name: str) -> list[Leaf]:
    return [leaf for known, leaf in _every_leaf(policy) if known == name]


def _all_words(policy: Policy, name: str) -> set[str]:
    return {word for leaf in _leaves(policy, name) for word in leaf.text}


def _tests(condition: Condition | None) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Block):
        for part in condition.parts:
            yield from _tests(part)


def _leaves_nothing(before: Iterable[Rule], rule: Rule) -> bool:
    """Whether every effect of a rule is decided by rules before it."""
    earlier = tuple(before)
    decided = {name for one in earlier for name in one.settings}
    denied = {str(one.deny.value) for one in earlier if one.deny}
    reviewed = {str(one.review.value) for one in earlier if one.review}
    is_approved = any(one.approve for one in earlier)
    if rule.question is not None or rule.photos is not None:
        return False
    return (
        rule.settings.keys() <= decided
        and (rule.deny is None or str(rule.deny.value) in denied)
        and (rule.review is None or is_approved or str(rule.review.value) in reviewed)
        and (rule.approve is None or is_approved)
    )


def _may_meet(one: Policy, other: Policy) -> bool:
    """Whether some order fits both policies."""
    return (
        one.currency == other.currency
        and _days_meet(one, other)
        and _lists_meet(one.countries, other.countries)
        and _lists_meet(one.channels, other.channels)
    )


def _days_meet(one: Policy, other: Policy) -> bool:
    first = max(one.effective_from or date.min, other.effective_from or date.min)
    last = min(one.effective_until or date.max, other.effective_until or date.max)
    return first <= last


def _lists_meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    folded = {word.casefold() for word in one}
    return not one or not other or any(word.casefold() in folded for word in other)


def _overlap(one: Policy, other: Policy) -> Problem:
    return Problem(
        "E-POLICY-OVERLAP",
        f"{other.id} and {one.id} ({one.shown_as}) fit the same orders equally well.",
        other.shown_as,
        1,
        "1",
        hint="Narrow `applies_to` or `effective` of one of them.",
    )


def _gaps(policies: Sequence[Policy]) -> Iterator[Problem]:
    """Days between two policies for the same orders that neither covers."""
    groups: dict[tuple[object, ...], list[Policy]] = {}
    for one in policies:
        key = (one.currency, one.countries, one.channels, one.customer_tags)
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: one.effective_from or date.min)
        for one, following in pairwise(group):
            last, first = one.effective_until, following.effective_from
            if last is not None and first is not None and first > last + timedelta(days=1):
                yield Problem(
                    "W-POLICY-GAP",
                    f"No policy covers orders from {last + timedelta(days=1)} to "
                    f"{first - timedelta(days=1)}.",
                    following.shown_as,
                    1,
                    "1",
                    hint=f"Let {following.id} begin on {last + timedelta(days=1)}.",
                )
