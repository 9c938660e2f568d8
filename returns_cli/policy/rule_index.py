"""Which rules apply to a line, by one look-up per fact in place of one test per rule.

Every rule is one bit. For each fact that the rules test, a table remembers by the fact's value
which rules that value leaves open and for which it is not known; the bits of all facts together
say which rules apply. A condition that nests is asked only where its rule is still open.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.policy.conditions import Test
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.operators import Decide
from returns_cli.policy.rules import Rule

LiveRule = tuple[int, Decide, Rule]

_REMEMBERED = 4096


class Answer(NamedTuple):
    """A rule that applies (True), or that cannot be decided for want of a fact (None)."""

    position: int
    rule: Rule
    applies: bool | None


class _Asked(dict[object, int]):
    """One fact and all that rules ask of it; remembers the answer by the fact's value.

    An answer is one number of two halves: the rules that a value leaves open stand high, those for
    which it is known stand low, so that one ``&`` over all facts takes both.
    """

    __slots__ = ("_name", "_rules", "_tests")

    def __init__(self, name: str, tests: Sequence[tuple[int, Test]], rules: int) -> None:
        super().__init__()
        self._name = name
        self._tests = tuple((bit, test.decide) for bit, test in tests)
        self._rules = rules

    def __missing__(self, value: object) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[value] = self._work_out(value)
        return found

    def _work_out(self, value: object) -> int:
        halves = (1 << 2 * self._rules) - 1
        fact: Mapping[str, object] = {self._name: value}
        for bit, decide in self._tests:
            answer = decide(fact)  # type: ignore[arg-type]  # a test looks at its own fact alone
            if answer is None:
                halves &= ~bit
            elif not answer:
                halves &= ~(bit << self._rules)
        return halves


class _AskedNumber(_Asked):
    """The same of a number: between two numbers that rules name, every value answers alike."""

    __slots__ = ("_between", "_points")

    def __init__(self, name: str, tests: Sequence[tuple[int, Test]], rules: int) -> None:
        super().__init__(name, tests, rules)
        named = {one for _, test in tests for _, _, values in test.asked for one in values}
        self._points = sorted(one for one in named if type(one) is int)
        self._between: list[int | None] = [None] * (len(self._points) + 1)

    def __missing__(self, value: object) -> int:
        if type(value) is not int or value in self._points:
            return super().__missing__(value)
        place = bisect(self._points, value)
        found = self._between[place]
        if found is None:
            found = self._between[place] = self._work_out(value)
        return found


def _of_kind(kind: str) -> type[_Asked]:
    return _AskedNumber if kind in ("amount", "count", "share", "weight") else _Asked


class RuleIndex:
    """The rules that are switched on, ready to be asked about lines.

    Args:
        rules: position in the policy, test and rule, in the order of the file.
    """

    def __init__(self, rules: Sequence[LiveRule]) -> None:
        self._rules = tuple((position, rule) for position, _, rule in rules)
        self._count = len(rules)
        self._halves = (1 << 2 * self._count) - 1
        tests: dict[str, list[tuple[int, Test]]] = {}
        nested: list[tuple[int, Decide]] = []
        for number, (_, _, rule) in enumerate(rules):
            for part in rule.when.parts if rule.when else ():
                if isinstance(part, Test):
                    tests.setdefault(part.fact.name, []).append((1 << number, part))
                else:
                    nested.append((1 << number, part.decide))
        self._asked = tuple(
            (name, _of_kind(found[0][1].fact.kind)(name, found, self._count))
            for name, found in tests.items()
        )
        self._nested = tuple(nested)
        self._answers: dict[int, tuple[Answer, ...]] = {}

    def answer(self, facts: LineFacts) -> tuple[Answer, ...]:
        """The rules that apply, and those on the verdict that cannot be decided, in their order."""
        halves = self._halves
        for name, asked in self._asked:
            halves &= asked[facts[name]]
        for bit, decide in self._nested:
            if halves >> self._count & bit:
                answer = decide(facts)
                if answer is None:
                    halves &= ~bit
                elif not answer:
                    halves &= ~(bit << self._count)
        found = self._answers.get(halves)
        return self._listed(halves) if found is None else found

    def _listed(self, halves: int) -> tuple[Answer, ...]:
        found = []
        for number, (position, rule) in enumerate(self._rules):
            is_open, is_sure = halves >> self._count >> number & 1, halves >> number & 1
            if is_open and (is_sure or rule.decides_verdict):
                found.append(Answer(position, rule, bool(is_sure) or None))
        if len(self._answers) >= _REMEMBERED:
            self._answers.clear()
        self._answers[halves] = tuple(found)
        return tuple(found)
