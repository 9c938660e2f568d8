"""Rules: what a merchant writes as exceptions, read and compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from returns_cli.notation.read import Node, clip
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of
from returns_cli.policy import schema
from returns_cli.policy.conditions import Block, ConditionReader, facts_in
from returns_cli.policy.fact_table import is_of_inspection
from returns_cli.policy.operators import Decide

_INSPECTION_MAY_SET = ("inspection.", "fees.")


def _always(_facts: object) -> bool:
    return True


class Rule(NamedTuple):
    """One rule.

    Attributes:
        file, line: where its ``id`` stands.
        when: None applies to all.
        decide: the condition as a closure: True, False, or None where a fact is missing.
        settings: what it sets, by dotted name; ``keep_item`` is one of them.
        deny, review: the code's leaf.
        approve: the leaf of ``approve: true``.
        question, photos: what it asks the customer for.
        is_enabled: False where it is switched off.
        is_of_inspection: judged only once goods were inspected.
        facts: names of the facts it tests.
    """

    id: str
    why: str
    file: str
    line: int
    when: Block | None
    decide: Decide
    settings: Mapping[str, Leaf]
    deny: Leaf | None = None
    review: Leaf | None = None
    approve: Leaf | None = None
    question: Leaf | None = None
    photos: Leaf | None = None
    is_enabled: bool = True
    is_of_inspection: bool = False
    facts: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """The citation of the rule: ``policies/standard.yaml:41``."""
        return f"{self.file}:{self.line}"

    @property
    def decides_verdict(self) -> bool:
        """Whether a missing fact sends the line to a person, rather than skip the rule."""
        return self.deny is not None or self.review is not None

    @property
    def sets_window(self) -> bool:
        """Whether it sets something of the window."""
        return any(name.startswith("window.") for name in self.settings)


def read_rules(node: Node, reading: Reading, conditions: ConditionReader) -> tuple[Rule, ...]:
    """The rules of a policy, in their order; problems are noted."""
    if not reading.expect(node, "list", "`rules`"):
        return ()
    rules: list[Rule] = []
    first_line: dict[str, int] = {}
    for item in node.items:
        rule = _read_rule(item, reading, conditions)
        if rule is None:
            continue
        if rule.id in first_line:
            reading.report(
                "E-POLICY-RULE-ID",
                f"The rule {rule.id} stands here again; the first is in line "
                f"{first_line[rule.id]}.",
                rule.line,
                1,
                "Give every rule an id of its own.",
            )
        first_line.setdefault(rule.id, rule.line)
        rules.append(rule)
    return tuple(rules)


def _read_rule(node: Node, reading: Reading, conditions: ConditionReader) -> Rule | None:
    tree = reading.group(node, schema.RULE)
    if not tree and node.kind != "map":
        return None
    named = tree.get("id")
    rule_id = str(named.value) if isinstance(named, Leaf) else "(no id)"
    line = named.line if isinstance(named, Leaf) else node.line
    asked_when = node.get("when")
    when = None
    if asked_when is not None:
        when = conditions.read(asked_when, f"`when` of {clip(rule_id)}")
    if not any(key.text in schema.EFFECTS for key, _ in node.entries):
        reading.note(
            node,
            "EFFECT",
            f"The rule {clip(rule_id)} does nothing.",
            "Add one of: " + ", ".join(schema.EFFECTS) + ".",
        )
    names = tuple(dict.fromkeys(facts_in(when))) if when else ()
    rule = Rule(
        id=rule_id,
        why=str(value_of(tree, "why", "")),
        file=reading.shown_as,
        line=line,
        when=when,
        decide=when.decide if when else _always,
        settings=_settings(tree, reading),
        deny=_leaf(tree, "deny"),
        review=_leaf(tree, "review"),
        approve=_leaf(tree, "approve"),
        question=_asked(tree, "question"),
        photos=_asked(tree, "photos"),
        is_enabled=bool(value_of(tree, "enabled", default=True)),
        is_of_inspection=any(is_of_inspection(name) for name in names),
        facts=names,
    )
    _check_inspection_rule(rule, reading)
    return rule


def _settings(tree: Tree, reading: Reading) -> dict[str, Leaf]:
    block = tree.get("set")
    settings = leaves(block) if isinstance(block, dict) else {}
    check_promise(settings, reading)
    keeps = _leaf(tree, "keep_item")
    return settings | ({"keep_item": keeps} if keeps else {})


def check_promise(settings: Mapping[str, Leaf], reading: Reading) -> None:
    """A refund is promised within days or within working days, not both in one place."""
    both = settings.get("refund.within_days"), settings.get("refund.within_business_days")
    if both[0] is not None and both[1] is not None:
        reading.report(
            "E-POLICY-PROMISE",
            "`within_days` and `within_business_days` both stand here.",
            both[1].line,
            both[1].column,
            "Keep one of them.",
        )


def _check_inspection_rule(rule: Rule, reading: Reading) -> None:
    if not rule.is_of_inspection:
        return
    wrong = [name for name in rule.settings if not name.startswith(_INSPECTION_MAY_SET)]
    wrong += ["approve"] if rule.approve else []
    wrong += ["ask"] if rule.question or rule.photos else []
    if wrong:
        reading.report(
            "E-POLICY-INSPECTION",
            f"The rule {clip(rule.id)} tests an inspection and sets {', '.join(wrong)}; the goods "
            "are already here.",
            rule.line,
            1,
            "Such a rule may set `inspection` and `fees`, deny, or review.",
        )


def _leaf(tree: Tree, name: str) -> Leaf | None:
    found = tree.get(name)
    return found if isinstance(found, Leaf) else None


def _asked(tree: Tree, name: str) -> Leaf | None:
    block = tree.get("ask")
    return _leaf(block, name) if isinstance(block, dict) else None
