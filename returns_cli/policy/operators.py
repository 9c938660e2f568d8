"""The tests that ``when`` applies to a fact, each compiled once to a closure.

A closure takes the facts of a line and answers True, False, or None where the fact is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from returns_cli.notation.scalars import MonthDay
from returns_cli.policy.facts import LineFacts

Decide = Callable[[LineFacts], bool | None]
Compare = Callable[[Any, Any], bool]

NUMBERS = frozenset({"count", "share", "amount", "weight"})
TEXTS = frozenset({"text", "word", "reason", "category", "words"})

OPERATORS: Mapping[str, frozenset[str]] = {
    "over": NUMBERS,
    "at_least": NUMBERS,
    "under": NUMBERS,
    "at_most": NUMBERS,
    "from": frozenset({"day"}),
    "to": frozenset({"day"}),
    "not": NUMBERS | TEXTS | {"day", "flag"},
    "any_of": NUMBERS | TEXTS | {"day"},
    "all_of": frozenset({"words"}),
    "none_of": NUMBERS | TEXTS | {"day"},
    "matches": TEXTS,
    "known": NUMBERS | TEXTS | {"day", "flag"},
}
"""Which kinds of fact an operator can test."""

WORDS: Mapping[str, str] = {
    "is": "is",
    "over": "is over",
    "at_least": "is at least",
    "under": "is under",
    "at_most": "is at most",
    "from": "is on or after",
    "to": "is on or before",
    "not": "is not",
    "any_of": "is one of",
    "all_of": "has all of",
    "none_of": "is none of",
    "matches": "is like",
    "known": "is known:",
}
"""How an explanation says an operator."""


def _over(value: Any, limit: Any) -> bool:
    return bool(value > limit)


def _at_least(value: Any, limit: Any) -> bool:
    return bool(value >= limit)


def _under(value: Any, limit: Any) -> bool:
    return bool(value < limit)


def _at_most(value: Any, limit: Any) -> bool:
    return bool(value <= limit)


_COMPARE: Mapping[str, Compare] = {
    "over": _over,
    "at_least": _at_least,
    "under": _under,
    "at_most": _at_most,
}


def category_parts(path: object) -> tuple[str, ...]:
    """A category's path as its parts: ``Apparel/Shoes`` and ``Apparel > Shoes`` are the same."""
    return tuple(part.strip() for part in str(path).replace(">", "/").split("/"))


def _is_within(path: object, wanted: object) -> bool:
    parts, upper = category_parts(path), category_parts(wanted)
    return parts[: len(upper)] == upper


def _has(value: object, wanted: object) -> bool:
    return wanted in value  # type: ignore[operator]  # a list of words


def _is_on(value: object, wanted: object) -> bool:
    if isinstance(wanted, MonthDay) and isinstance(value, date):
        return value == wanted.in_year(value.year)
    return value == wanted


_IS: Mapping[str, Compare] = {"category": _is_within, "words": _has, "day": _is_on}


def decide_any_of(fact: str, kind: str, wanted: tuple[object, ...]) -> Decide:
    """The fact is one of these; a list contains one of them; a category lies under one."""
    compare = _IS.get(kind)
    if compare is None and len(wanted) == 1:
        return partial(_equal, fact, wanted[0])
    if compare is None:
        return partial(_among, fact, frozenset(wanted))
    return partial(_any, fact, compare, wanted)


def _equal(fact: str, wanted: object, facts: LineFacts) -> bool | None:
    value = facts[fact]
    return None if value is None else value == wanted


def _among(fact: str, wanted: frozenset[object], facts: LineFacts) -> bool | None:
    value = facts[fact]
    return None if value is None else value in wanted


def _any(fact: str, compare: Compare, wanted: tuple[object, ...], facts: LineFacts) -> bool | None:
    value = facts[fact]
    return None if value is None else any(compare(value, one) for one in wanted)


def _all(fact: str, compare: Compare, wanted: tuple[object, ...], facts: LineFacts) -> bool | None:
    value = facts[fact]
    return None if value is None else all(compare(value, one) for one in wanted)


def _one(fact: str, compare: Compare, wanted: object, facts: LineFacts) -> bool | None:
    value = facts[fact]
    return None if value is None else compare(value, wanted)


def _known(fact: str, wanted: bool, facts: LineFacts) -> bool | None:  # noqa: FBT001 - bound by partial
    return (facts[fact] is not None) is wanted


def decide_not(decide: Decide) -> Decide:
    """The opposite; what is not known stays so."""

    def opposite(facts: LineFacts) -> bool | None:
        answer = decide(facts)
        return None if answer is None else not answer

    return opposite


def decide_all(parts: tuple[Decide, ...]) -> Decide:
    """All hold: one that does not decides, whatever is not known."""
    if len(parts) == 1:
        return parts[0]

    def every(facts: LineFacts) -> bool | None:
        answer: bool | None = True
        for part in parts:
            one = part(facts)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer

    return every


def decide_any(parts: tuple[Decide, ...]) -> Decide:
    """One holds: one that does decides, whatever is not known."""
    if len(parts) == 1:
        return parts[0]

    def some(facts: LineFacts) -> bool | None:
        answer: bool | None = False
        for part in parts:
            one = part(facts)
            if one is True:
                return True
            if one is None:
                answer = None
        return answer

    return some


def decide_operator(fact: str, kind: str, operator: str, wanted: tuple[object, ...]) -> Decide:
    """One operator on one fact.

    Args:
        kind: of the fact, which the operator fits (see :data:`OPERATORS`).
        wanted: typed and folded; one value but for ``any_of``, ``all_of``, ``none_of``, ``not``.
    """
    if operator in _COMPARE:
        return partial(_one, fact, _COMPARE[operator], wanted[0])
    if operator == "known":
        return partial(_known, fact, bool(wanted[0]))
    if operator == "matches":
        return partial(_any, fact, _matches_words if kind == "words" else _matches, wanted)
    if operator == "all_of":
        return partial(_all, fact, _has, wanted)
    same = decide_any_of(fact, kind, wanted)
    return decide_not(same) if operator in ("not", "none_of") else same


def decide_days(fact: str, first: object, last: object) -> Decide:
    """A day between two, both included; month-days hold in every year and may wrap around it."""
    if isinstance(first, MonthDay) or isinstance(last, MonthDay):
        return partial(_one, fact, _is_in_season, (first, last))
    return partial(_one, fact, _is_between, (first, last))


def _is_between(day: date, edges: tuple[date | None, date | None]) -> bool:
    first, last = edges
    return (first is None or first <= day) and (last is None or day <= last)


def _is_in_season(day: date, edges: tuple[MonthDay | None, MonthDay | None]) -> bool:
    first = edges[0].in_year(day.year) if edges[0] else date(day.year, 1, 1)
    last = edges[1].in_year(day.year) if edges[1] else date(day.year, 12, 31)
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


def _matches(text: str, pattern: str) -> bool:
    """Whether a text fits a glob of ``*`` and ``?``, in time linear in both for one star.

    Written out, since a regular expression made from a glob with many stars can take for ever.
    """
    at = star = 0
    place = mark = -1
    while at < len(text):
        sign = pattern[star] if star < len(pattern) else ""
        if sign == "*":
            place, mark = star, at
            star += 1
        elif sign and sign in ("?", text[at]):
            at, star = at + 1, star + 1
        elif place >= 0:
            mark += 1
            at, star = mark, place + 1
        else:
            return False
    return all(sign == "*" for sign in pattern[star:])


def _matches_words(words: tuple[str, ...], pattern: str) -> bool:
    return any(_matches(one, pattern) for one in words)
