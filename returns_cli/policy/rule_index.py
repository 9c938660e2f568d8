"""Which rules apply to a line, by one look-up per fact in place of one test per rule.

Every rule is one bit. For each fact that the rules test, a table remembers by the fact's value
which rules that value leaves open and for which it is not known; the bits of all facts together
say which rules apply. A condition that nests is asked only where its rule is still open.
"""

from __future__ import annotations

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


class _Asked:
    """One fact and all that rules ask of it; remembers the answer by the fact's value."""

    __slots__ = ("all_bits", "known", "name", "tests")

    def __init__(self, name: str, tests: Sequence[tuple[int, Decide]], all_bits: int) -> None:
        self.name = name
        self.tests = tuple(tests)
        self.all_bits = all_bits
        self.known: dict[object, tuple[int, int]] = {}

    def work_out(self, value: object) -> tuple[int, int]:
        """Bits of the rules that a value leaves open, and of those for which it is known."""
        is_open = is_sure = self.all_bits
        fact: Mapping[str, object] = {self.name: value}
        for bit, decide in self.tests:
            answer = decide(fact)  # type: ignore[arg-type]  # a test looks at its own fact alone
            if answer is None:
                is_sure &= ~bit
            elif not answer:
                is_open &= ~bit
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[value] = is_open, is_sure
        return is_open, is_sure


class RuleIndex:
    """The rules that are switched on, ready to be asked about lines.

    Args:
        rules: position in the policy, test and rule, in the order of the file.
    """

    def __init__(self, rules: Sequence[LiveRule]) -> None:
        self._rules = tuple((position, rule) for position, _, rule in rules)
        self._all = (1 << len(rules)) - 1
        tests: dict[str, list[tuple[int, Decide]]] = {}
        nested: list[tuple[int, Decide]] = []
        for number, (_, _, rule) in enumerate(rules):
            for part in rule.when.parts if rule.when else ():
                if isinstance(part, Test):
                    tests.setdefault(part.fact.name, []).append((1 << number, part.decide))
                else:
                    nested.append((1 << number, part.decide))
        self._asked = tuple(_Asked(name, found, self._all) for name, found in tests.items())
        self._nested = tuple(nested)
        self._deciding = sum(
            1 << number for number, (_, rule) in enumerate(self._rules) if rule.decides_verdict
        )
        self._answers: dict[tuple[int, int], tuple[Answer, ...]] = {}

    def answer(self, facts: LineFacts) -> tuple[Answer, ...]:
        """The rules that apply, and those on the verdict that cannot be decided, in their order."""
        is_open = is_sure = self._all
        for asked in self._asked:
            value = facts[asked.name]
            bits = asked.known.get(value) or asked.work_out(value)
            is_open &= bits[0]
            is_sure &= bits[1]
        for bit, decide in self._nested:
            if is_open & bit:
                answer = decide(facts)
                if answer is None:
                    is_sure &= ~bit
                elif not answer:
                    is_open &= ~bit
        key = is_open & is_sure, is_open & ~is_sure & self._deciding
        found = self._answers.get(key)
        return self._listed(*key) if found is None else found

    def _listed(self, applies: int, unknown: int) -> tuple[Answer, ...]:
        found = tuple(
            Answer(position, rule, True if applies >> number & 1 else None)
            for number, (position, rule) in enumerate(self._rules)
            if (applies | unknown) >> number & 1
        )
        if len(self._answers) >= _REMEMBERED:
            self._answers.clear()
        self._answers[applies, unknown] = found
        return found
