"""A policy: its text read, checked and compiled once, frozen from then on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.domain.reasons import ReasonIndex, reason_index
from returns_cli.domain.shop import Tables
from returns_cli.notation.read import MAX_BYTES, Node, read_yaml, refusal
from returns_cli.notation.shapes import Field, Group, Scalar
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of
from returns_cli.policy import schema
from returns_cli.policy.conditions import ConditionReader
from returns_cli.policy.consistency import (
    check_fallback,
    check_grades,
    check_period,
    check_rule_ids,
)
from returns_cli.policy.effective import Effective, WindowTerms, compose
from returns_cli.policy.floor_table import FloorTable, shipped_floors
from returns_cli.policy.rule_index import LiveRule, RuleIndex
from returns_cli.policy.rules import Rule, check_promise, read_rules
from returns_cli.policy.tables import completed, default_tables

FindParent = Callable[[str], "tuple[bytes, str] | None"]
"""Bytes of the policy of that name and what its file is called; None where there is none."""

ENFORCE = "enforce"

_REMEMBERED = 4096


class Policy(NamedTuple):
    """One policy.

    Attributes:
        id, title: its name and what customers read.
        version: the first eight hex digits of ``sha256``, which is of the file's bytes.
        source_text: those bytes, for the store to keep.
        shown_as: what citations call the file: ``policies/standard.yaml``.
        effective_from, effective_until: days on which orders it holds for were placed; both are
            included, None leaves that side open.
        countries, channels, customer_tags: orders it holds for; empty for all.
        terms: leaves by dotted name, a parent's included.
        rules: its own, then its parent's.
        tables: the shop's, completed by its own.
        window_rules: positions of the rules, switched on, that set something of the window.
        known: what :meth:`effective` has composed so far; ``windows`` the same of
            :meth:`other_windows`.
        parent: the policy it extends.
        floor: the legal minimums that its decisions are held to; None for none.
        is_displayed: customers see it before they buy, where a law wants that.
    """

    id: str
    title: str
    version: str
    sha256: str
    currency: str
    source_text: bytes
    shown_as: str
    effective_from: date | None
    effective_until: date | None
    countries: tuple[str, ...]
    channels: tuple[str, ...]
    customer_tags: tuple[str, ...]
    legal_floor: str
    terms: Mapping[str, Leaf]
    rules: tuple[Rule, ...]
    tables: Tables
    reasons: ReasonIndex
    fact_names: frozenset[str]
    plain_rules: tuple[LiveRule, ...]
    inspection_rules: tuple[LiveRule, ...]
    plain_index: RuleIndex
    inspection_index: RuleIndex
    window_rules: tuple[int, ...]
    known: dict[tuple[int, ...], Effective]
    windows: dict[tuple[int, ...], tuple[tuple[WindowTerms, str], ...]]
    parent: Policy | None = None
    floor: FloorTable | None = None
    is_displayed: bool = False

    def live_rules(self, *, of_inspection: bool) -> tuple[LiveRule, ...]:
        """The rules that are switched on, with position and test; those on inspections apart."""
        return self.inspection_rules if of_inspection else self.plain_rules

    def rule_index(self, *, of_inspection: bool) -> RuleIndex:
        """The same rules, ready to be asked which of them apply."""
        return self.inspection_index if of_inspection else self.plain_index

    def other_windows(self, applied: tuple[int, ...]) -> tuple[tuple[WindowTerms, str], ...]:
        """The windows that would hold if one more rule applied beside these, and its id.

        Of rules that make the same window the first one alone.
        """
        found = self.windows.get(applied)
        if found is None:
            if len(self.windows) >= _REMEMBERED:
                self.windows.clear()
            made: dict[WindowTerms, str] = {}
            for also in self.window_rules:
                if also not in applied:
                    setting = tuple(i for i in self.window_rules if i in applied or i == also)
                    made.setdefault(self.effective(setting).window, self.rules[also].id)
            found = self.windows[applied] = tuple(made.items())
        return found

    def effective(self, applied: tuple[int, ...]) -> Effective:
        """The settings that hold when the rules at these positions apply."""
        found = self.known.get(applied)
        if found is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            setting = tuple(i for i in applied if self.rules[i].settings)
            if setting == applied:
                found = compose(self.terms, [self.rules[i] for i in applied])
            else:  # rules that set nothing share what the others make
                found = self.effective(setting)
            self.known[applied] = found
        return found


def parse_policy(
    data: bytes,
    shown_as: str,
    tables: Tables | None,
    find_parent: FindParent | None = None,
    *,
    is_stored: bool = False,
    floors: FloorTable | None = None,
) -> Policy:
    """The policy that a file says.

    Args:
        data: the file's bytes.
        shown_as: what problems and citations call the file.
        tables: the shop's reasons, grades and dispositions; None for the default ones.
        find_parent: finds the policy that ``extends`` names.
        is_stored: the text was checked against the tables of its time, so that grades and
            dispositions that the shop has no more are accepted.
        floors: the legal minimums that `legal_floor: enforce` holds to; None for those that come
            with this version.

    Raises:
        InvalidError: with every problem found (exit 7).
    """
    root = read_yaml(data, shown_as)
    reading = Reading(shown_as, "POLICY")
    if not reading.expect(root, "map", "the policy"):
        raise reading.refused()
    reading.currency = _currency(root)
    parent = _parent(root, reading, tables, find_parent, is_stored=is_stored)
    own_tables = _tables(root, shown_as, parent, tables)
    reading.tables = None if is_stored else own_tables
    tree = reading.group(root, _shape(root))
    reasons = reason_index(own_tables)
    rules_node = root.get("rules")
    conditions = ConditionReader(reading, reasons)
    rules = read_rules(rules_node, reading, conditions) if rules_node else ()
    terms = _terms(tree, parent, reading)
    check_rule_ids(rules, parent.rules if parent else (), reading)
    rules += parent.rules if parent else ()
    if parent is not None or root.get("extends") is None:  # all terms are at hand
        check_fallback(terms, rules, reading)
        check_grades(terms, rules, reading)
    check_period(tree, reading)
    if reading.problems:
        raise reading.refused()
    policy = _policy(data, shown_as, tree, terms, rules, own_tables, reasons, parent)
    return _held(policy, floors or shipped_floors()) if policy.legal_floor == ENFORCE else policy


def _held(policy: Policy, floors: FloorTable) -> Policy:
    """The policy held to legal minimums: its decisions record the facts that these look at."""
    return policy._replace(floor=floors, fact_names=policy.fact_names | floors.fact_names)


def _policy(
    data: bytes,
    shown_as: str,
    tree: Tree,
    terms: Mapping[str, Leaf],
    rules: tuple[Rule, ...],
    tables: Tables,
    reasons: ReasonIndex,
    parent: Policy | None,
) -> Policy:
    sha256 = hashlib.sha256(data).hexdigest()
    live: list[LiveRule] = [
        (i, rule.decide, rule) for i, rule in enumerate(rules) if rule.is_enabled
    ]
    plain = tuple(one for one in live if not one[2].is_of_inspection)
    of_inspection = tuple(one for one in live if one[2].is_of_inspection)
    period = tree.get("effective")
    fits = tree.get("applies_to")
    period = period if isinstance(period, dict) else {}
    fits = fits if isinstance(fits, dict) else {}
    return Policy(
        id=str(value_of(tree, "policy")),
        title=str(value_of(tree, "title")),
        version=sha256[:8],
        sha256=sha256,
        currency=str(value_of(tree, "currency")),
        source_text=data,
        shown_as=shown_as,
        effective_from=cast("date | None", value_of(period, "from")),
        effective_until=cast("date | None", value_of(period, "until")),
        countries=cast("tuple[str, ...]", value_of(fits, "countries", ())),
        channels=cast("tuple[str, ...]", value_of(fits, "channels", ())),
        customer_tags=cast("tuple[str, ...]", value_of(fits, "customer_tags", ())),
        legal_floor=str(value_of(tree, "legal_floor", "warn")),
        terms=terms,
        rules=rules,
        tables=tables,
        reasons=reasons,
        fact_names=frozenset(name for _, _, rule in live for name in rule.facts),
        plain_rules=plain,
        inspection_rules=of_inspection,
        plain_index=RuleIndex(plain),
        inspection_index=RuleIndex(of_inspection),
        window_rules=tuple(i for i, _, rule in live if rule.sets_window),
        known={},
        windows={},
        parent=parent,
        is_displayed=bool(value_of(tree, "displayed")),
    )


def _currency(root: Node) -> str | None:
    node = root.get("currency")
    found = Reading("", "POLICY").scalar(node, Scalar("currency")) if node else None
    return str(found[0]) if found else None


def _shape(root: Node) -> Group:
    """The policy's shape; one that extends another may leave its terms to it."""
    if root.get("extends") is None:
        return schema.POLICY
    terms = Field(schema.relaxed(schema.TERMS), schema.POLICY.fields["terms"].about)
    return schema.POLICY._replace(fields={**schema.POLICY.fields, "terms": terms})


def _parent(
    root: Node,
    reading: Reading,
    tables: Tables | None,
    find_parent: FindParent | None,
    *,
    is_stored: bool,
) -> Policy | None:
    node = root.get("extends")
    if node is None:
        return None
    found = find_parent(node.text) if find_parent else None
    if found is None:
        reading.note(
            node,
            "EXTENDS",
            f"No policy is named {node.text!r} beside this one.",
            "Write the name after `policy:` in that file.",
        )
        return None
    if read_yaml(*found).get("extends") is not None:
        reading.note(
            node,
            "EXTENDS",
            f"{node.text} extends a policy itself.",
            "Name a policy that stands for itself.",
        )
        raise reading.refused()
    parent = parse_policy(found[0], found[1], tables, is_stored=is_stored)
    if parent.currency != reading.currency:
        reading.note(
            node,
            "EXTENDS",
            f"{parent.id} is in {parent.currency}, this policy is not.",
            "Extend a policy of the same currency.",
        )
    return parent


def _tables(root: Node, shown_as: str, parent: Policy | None, tables: Tables | None) -> Tables:
    """The tables a policy speaks in; what is wrong with its own is noted when it is read whole."""
    base = tables if tables is not None else default_tables()
    if parent is not None:
        base = parent.tables
    silent = Reading(shown_as, "POLICY")
    own: Tree = {}
    for key, value in root.entries:
        if key.text in schema.TABLES:
            silent.put(own, key, value, schema.TABLES[key.text].shape, "")
    return completed(base, own)


def _terms(tree: Tree, parent: Policy | None, reading: Reading) -> dict[str, Leaf]:
    block = tree.get("terms")
    own = leaves(block) if isinstance(block, dict) else {}
    check_promise(own, reading)
    if parent is None:
        return own
    rivals = {"refund.within_days", "refund.within_business_days"}
    kept = {
        name: leaf
        for name, leaf in parent.terms.items()
        if not (name in rivals and rivals & own.keys())
    }
    return kept | own


def read_policy_bytes(path: Path) -> bytes:
    """A policy file's bytes, at most one more than are accepted."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def policy_files(folder: Path) -> list[Path]:
    """The policies of a folder by name; their cases stand beside them and are left out."""
    found = [path for path in folder.glob("*.y*ml") if path.suffix in (".yaml", ".yml")]
    return sorted(path for path in found if not path.stem.endswith(".cases") and path.is_file())


def load_policy(path: Path, tables: Tables, shown_as: str | None = None) -> Policy:
    """One policy from its file; what it extends is looked for beside it.

    Args:
        shown_as: what citations call the file; else its folder's name and its own.

    Raises:
        InvalidError: with every problem found (exit 7).
        OSError: the file cannot be read.
    """
    shown = shown_as or _shown(path)
    return parse_policy(read_policy_bytes(path), shown, tables, beside(path.parent))


def _shown(path: Path) -> str:
    """A file as citations call it: its folder's name and its own."""
    return f"{path.parent.name}/{path.name}".lstrip("/")


def beside(folder: Path) -> FindParent:
    """Finds policies of a folder by their names."""

    def find(name: str) -> tuple[bytes, str] | None:
        for path in policy_files(folder):
            data = read_policy_bytes(path)
            shown = _shown(path)
            try:
                named = read_yaml(data, shown).get("policy")
            except InvalidError:
                continue
            if named is not None and named.text == name:
                return data, shown
        return None

    return find


def load_policies(folder: Path, tables: Tables) -> tuple[Policy, ...]:
    """All policies of a shop, by file name.

    Raises:
        InvalidError: with the problems of all files (exit 7); also two policies of one name.
        OSError: a file cannot be read.
    """
    problems: list[Problem] = []
    policies: dict[str, Policy] = {}
    for path in policy_files(folder):
        try:
            policy = load_policy(path, tables, f"{folder.name}/{path.name}")
        except InvalidError as error:
            problems += error.problems
            continue
        if policy.id in policies:
            problems.append(_same_name(policy, policies[policy.id]))
        policies[policy.id] = policy
    if problems:
        raise refusal(problems, folder.name)
    return tuple(policies.values())


def _same_name(policy: Policy, other: Policy) -> Problem:
    return Problem(
        "E-POLICY-NAME",
        f"{other.shown_as} is named {policy.id} too.",
        policy.shown_as,
        1,
        "1",
        hint="Give every policy a name of its own.",
    )
