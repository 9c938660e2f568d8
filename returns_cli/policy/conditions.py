"""Reading ``when``: facts and tests, nested with ``any``, ``all`` and ``not``, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from returns_cli.domain.nearest import did_you_mean, nearest_or_all
from returns_cli.domain.reasons import ReasonIndex, find_reason
from returns_cli.notation.read import Node, clip
from returns_cli.notation.scalars import MonthDay
from returns_cli.notation.shapes import Scalar
from returns_cli.notation.typed import Reading
from returns_cli.policy.fact_table import Fact, fact_named, testable_names
from returns_cli.policy.facts import LineFacts, folded
from returns_cli.policy.operators import (
    OPERATORS,
    Decide,
    decide_all,
    decide_any,
    decide_any_of,
    decide_days,
    decide_not,
    decide_operator,
)

NESTING = ("any", "all", "not")
_SCALARS = {"words": "text", "category": "text", "reason": "text", "day": "edge"}
_ONE_VALUE = frozenset({"over", "at_least", "under", "at_most", "from", "to", "known"})


Asked = tuple[str, tuple[str, ...], tuple[object, ...]]


class Test(NamedTuple):
    """One fact with all that is asked of it.

    Attributes:
        fact: the fact's declaration.
        asked: (operator, texts as the policy writes them, values typed and folded), in the order
            of the file; a plain value or list is asked with ``is``.
        line: of the fact's name in the file.
    """

    fact: Fact
    asked: tuple[Asked, ...]
    line: int
    decide: Decide


class Block(NamedTuple):
    """Several conditions: ``all``, ``any``, or ``not`` (none of what follows holds together)."""

    kind: str
    parts: tuple[Condition, ...]
    line: int
    decide: Decide


Condition = Test | Block


def facts_in(condition: Condition) -> Iterator[str]:
    """Names of the facts that a condition tests, in the order of the file."""
    if isinstance(condition, Test):
        yield condition.fact.name
    else:
        for part in condition.parts:
            yield from facts_in(part)


def unknown_facts(condition: Condition, facts: LineFacts) -> tuple[str, ...]:
    """The facts for want of which a condition cannot be decided; empty where it is decided."""
    if condition.decide(facts) is not None:
        return ()
    if isinstance(condition, Test):
        return (condition.fact.name,)
    names = (name for part in condition.parts for name in unknown_facts(part, facts))
    return tuple(dict.fromkeys(names))


class ConditionReader:
    """Reads conditions of one file.

    Args:
        reading: where problems go.
        reasons: so that a platform's name for a reason can be tested too; None to accept any.
    """

    def __init__(self, reading: Reading, reasons: ReasonIndex | None) -> None:
        self.reading = reading
        self.reasons = reasons

    def read(self, node: Node, where: str) -> Block | None:
        """The condition of a mapping: all its entries hold. None where it cannot be read."""
        if not self.reading.expect(node, "map", where):
            return None
        parts = [self._entry(key, value) for key, value in node.entries]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts):
            return None
        return Block("all", found, node.line, decide_all(tuple(part.decide for part in found)))

    def _entry(self, key: Node, value: Node) -> Condition | None:
        if key.text in NESTING:
            return self._nested(key, value)
        fact = fact_named(key.text)
        if fact is None or not fact.is_testable:
            self.reading.note(
                key,
                "FACT",
                f"{clip(key.text)!r} is not a fact.",
                _fact_hint(key.text),
            )
            return None
        return self._test(fact, key, value)

    def _nested(self, key: Node, value: Node) -> Condition | None:
        items = _branches(key, value)
        parts = [self.read(item, f"`{key.text}`") for item in items]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts) or not found:
            if not items:
                self.reading.note(value, "VALUE", f"`{key.text}` is empty.", "Fill it in.")
            return None
        closures = tuple(part.decide for part in found)
        if key.text == "any":
            return Block("any", found, key.line, decide_any(closures))
        decide = decide_all(closures)
        if key.text == "not":
            decide = decide_not(decide)
        return Block(key.text, found, key.line, decide)

    def _test(self, fact: Fact, key: Node, value: Node) -> Test | None:
        if value.kind == "map":
            return self._operators(fact, key, value)
        wanted = self._values(fact, value)
        if wanted is None:
            return None
        values, texts = wanted
        return Test(
            fact, (("is", texts, values),), key.line, decide_any_of(fact.name, fact.kind, values)
        )

    def _operators(self, fact: Fact, key: Node, value: Node) -> Test | None:
        asked: list[Asked] = []
        closures: list[Decide] = []
        edges: dict[str, object] = {}
        allowed = tuple(name for name, kinds in OPERATORS.items() if fact.kind in kinds)
        for name, node in value.entries:
            if name.text not in allowed:
                self._wrong_operator(fact, name, allowed)
                continue
            wanted = self._wanted(fact, name.text, node)
            if wanted is None:
                continue
            values, texts = wanted
            asked.append((name.text, texts, values))
            if name.text in ("from", "to"):
                edges[name.text] = values[0]
            else:
                closures.append(decide_operator(fact.name, fact.kind, name.text, values))
        if edges and self._fit(edges, value):
            closures.append(decide_days(fact.name, edges.get("from"), edges.get("to")))
        if not value.entries:
            self.reading.note(value, "VALUE", f"{fact.name} is not tested.", "Write over: 5.")
        if not closures or len(asked) < len(value.entries):
            return None
        return Test(fact, tuple(asked), key.line, decide_all(tuple(closures)))

    def _wrong_operator(self, fact: Fact, name: Node, allowed: tuple[str, ...]) -> None:
        if name.text in OPERATORS:
            message = f"`{name.text}` does not fit {fact.name}, which is {_KINDS[fact.kind]}."
            hint = "It can be tested with " + ", ".join(allowed) + "."
        else:
            message = f"{clip(name.text)!r} is not a test."
            hint = nearest_or_all(name.text, allowed)
        self.reading.note(name, "OPERATOR", message, hint)

    def _fit(self, edges: dict[str, object], value: Node) -> bool:
        first, last = edges.get("from"), edges.get("to")
        if first is None or last is None:
            return True
        if isinstance(first, MonthDay) is not isinstance(last, MonthDay):
            self.reading.note(
                value,
                "DATE",
                "`from` and `to` mix a full date with a day of every year.",
                "Write both as MM-DD or both as YYYY-MM-DD.",
            )
            return False
        if not isinstance(first, MonthDay) and first > last:  # type: ignore[operator]  # two days
            self.reading.note(value, "DATE", "`from` is after `to`.", "Swap them.")
            return False
        return True

    def _wanted(
        self, fact: Fact, operator: str, node: Node
    ) -> tuple[tuple[object, ...], tuple[str, ...]] | None:
        if operator == "known":
            return self._typed(node, Scalar("flag"), lambda value: value)
        if operator in _ONE_VALUE and node.kind == "list":
            self.reading.note(node, "TYPE", f"`{operator}` takes one value.", "Write it alone.")
            return None
        if operator == "matches":
            return self._typed(node, Scalar("text"), lambda value: folded(value, fact.name))
        return self._values(fact, node)

    def _values(self, fact: Fact, node: Node) -> tuple[tuple[object, ...], tuple[str, ...]] | None:
        kind = _SCALARS.get(fact.kind, fact.kind)
        table = "grades" if fact.name == "inspection.grade" else ""
        shape = Scalar(kind, choices=fact.choices, table=table)
        if fact.kind != "reason" or self.reasons is None:
            return self._typed(node, shape, lambda value: folded(value, fact.name))
        reasons = self.reasons

        def by_code(value: object) -> object:
            found = find_reason(reasons, str(value))
            return folded(found.code if found else value, fact.name)

        return self._typed(node, shape, by_code)

    def _typed(
        self, node: Node, shape: Scalar, change: Callable[[object], object]
    ) -> tuple[tuple[object, ...], tuple[str, ...]] | None:
        items = node.items if node.kind == "list" else (node,)
        if not items:
            self.reading.note(node, "VALUE", "The list is empty.", "Name at least one value.")
            return None
        if any(one.is_null for one in items):
            self.reading.note(
                node, "VALUE", "Nothing is compared with.", "For a missing fact write known: false."
            )
            return None
        values = [self.reading.scalar(one, shape) for one in items]
        found = tuple(change(one[0]) for one in values if one is not None)
        return (found, tuple(one.text for one in items)) if len(found) == len(items) else None


def _branches(key: Node, value: Node) -> tuple[Node, ...]:
    """What a nesting holds; the entries of one map under ``any`` are a branch each."""
    if value.kind == "list":
        return value.items
    if key.text == "any" and value.kind == "map" and value.entries:
        return tuple(
            Node("map", name.line, name.column, entries=((name, test),))
            for name, test in value.entries
        )
    return (value,)


def _fact_hint(name: str) -> str:
    """The fact that was meant; one written without its block is found by its last part."""
    known = testable_names()
    ends = [one for one in known if one.endswith(f".{name}")]
    return did_you_mean(ends) if ends else nearest_or_all(name, (*known, *NESTING))


_KINDS = {
    "text": "a text",
    "words": "a list",
    "category": "a path",
    "word": "a word",
    "reason": "a reason",
    "count": "a number",
    "share": "a percentage",
    "amount": "an amount",
    "weight": "a weight",
    "flag": "true or false",
    "day": "a day",
}
