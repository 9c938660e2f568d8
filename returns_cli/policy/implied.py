"""Whether one rule applies wherever another does, as far as their texts show.

Compared are the tests at the top of ``when``; what is nested is taken to differ.
"""

from __future__ import annotations

from returns_cli.policy.conditions import Condition, Test
from returns_cli.policy.rules import Rule

_LIMITS = {"over": ("over", "at_least"), "under": ("under", "at_most")}
_LIMITS |= {"at_least": _LIMITS["over"], "at_most": _LIMITS["under"]}
_OPEN = frozenset({"over", "under"})


def is_implied(earlier: Rule, later: Rule) -> bool:
    """Whether the earlier rule applies whenever the later one does."""
    if earlier.is_of_inspection and not later.is_of_inspection:
        return False
    parts = earlier.when.parts if earlier.when else ()
    return all(_follows(part, later) for part in parts)


def certain_tests(rule: Rule) -> list[Test]:
    """Tests that must all hold: those at the top of ``when``."""
    parts = rule.when.parts if rule.when else ()
    return [one for one in parts if isinstance(one, Test)]


def chosen(test: Test) -> tuple[object, ...] | None:
    """The values one of which it must be; None where the test asks otherwise."""
    if len(test.asked) == 1 and test.asked[0][0] in ("is", "any_of"):
        return test.asked[0][2]
    return None


def _follows(part: Condition, later: Rule) -> bool:
    if not isinstance(part, Test):
        return False
    return any(_is_narrower(one, part) for one in certain_tests(later))


def _is_narrower(one: Test, other: Test) -> bool:
    """Whether a test holds only where the other does."""
    if one.fact.name != other.fact.name:
        return False
    mine, theirs = chosen(one), chosen(other)
    if mine is not None and theirs is not None:
        return all(_is_among(value, theirs, one.fact.kind) for value in mine)
    return all(_is_asked(one, operator, values) for operator, _, values in other.asked)


def _is_among(value: object, values: tuple[object, ...], kind: str) -> bool:
    """Whether it is one of the values; a category also lies in those above it."""
    if value in values:
        return True
    return kind == "category" and any(str(value).startswith(f"{upper}/") for upper in values)


def _is_asked(test: Test, operator: str, values: tuple[object, ...]) -> bool:
    """Whether a test asks at least for what an operator wants."""
    if any((name, known) == (operator, values) for name, _, known in test.asked):
        return True
    if operator not in _LIMITS:
        return False
    limit, mine = values[0], chosen(test)
    if mine is not None:
        return all(_is_beyond(value, operator, limit) for value in mine)
    return any(
        _is_beyond(known[0], operator, limit, is_open=name in _OPEN)
        for name, _, known in test.asked
        if name in _LIMITS[operator]
    )


def _is_beyond(value: object, operator: str, limit: object, *, is_open: bool = False) -> bool:
    """Whether a value, or all that lies beyond it where it is open, is within a limit."""
    if value == limit:
        return is_open or operator not in _OPEN
    is_more = value > limit  # type: ignore[operator]  # numbers of one fact
    return bool(is_more) is (operator in _LIMITS["over"])
