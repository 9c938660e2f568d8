"""What changed between two policies, in words: scope, settings, rules and their order, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from returns_cli.domain.shop import Tables
from returns_cli.notation.shapes import Group, MapOf, Shape
from returns_cli.notation.typed import Leaf
from returns_cli.policy import schema
from returns_cli.policy.conditions import Condition, Test
from returns_cli.policy.language import Policy
from returns_cli.policy.operators import WORDS
from returns_cli.policy.rules import Rule

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


class Change(NamedTuple):
    """One difference.

    Attributes:
        what: ``scope``, ``setting``, ``rule`` or ``table``.
        name: of the key, the dotted setting, the rule's id, or ``reasons.CODE``.
        change: ``added``, ``removed``, ``changed`` or ``moved`` (a rule, among those that stay).
        part: of a rule, what of it changed: ``when``, ``deny``, ``window.days`` …; else empty.
        old, new: as the policies write it; None where that side has nothing.
        old_at, new_at: ``file:line``, None where that side has nothing.
        about: what the key means, in words; the ``why`` of a rule.
    """

    what: str
    name: str
    change: str
    part: str = ""
    old: str | None = None
    new: str | None = None
    old_at: str | None = None
    new_at: str | None = None
    about: str = ""


def compare_policies(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Everything in which two policies differ that a decision or a customer could notice.

    Comments, the order of keys and another spelling of the same value do not count.
    """
    return (
        *_scope(old, new),
        *_settings(old.terms, new.terms),
        *_rules(old.rules, new.rules),
        *_tables(old.tables, new.tables),
    )


def _scope(old: Policy, new: Policy) -> Iterator[Change]:
    readers: dict[str, Callable[[Policy], object]] = {
        "policy": lambda one: one.id,
        "title": lambda one: one.title,
        "effective.from": lambda one: one.effective_from,
        "effective.until": lambda one: one.effective_until,
        "applies_to.countries": lambda one: one.countries,
        "applies_to.channels": lambda one: one.channels,
        "applies_to.customer_tags": lambda one: one.customer_tags,
        "currency": lambda one: one.currency,
        "legal_floor": lambda one: one.legal_floor,
    }
    for name, read in readers.items():
        before, after = read(old), read(new)
        if before != after:
            yield Change(
                "scope",
                name,
                _kind(before, after),
                old=_written(before),
                new=_written(after),
                about=about_key(schema.POLICY, name),
            )


def _kind(before: object, after: object) -> str:
    if not before:
        return ADDED
    return CHANGED if after else REMOVED


def _written(value: object) -> str | None:
    if not value:
        return None
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _settings(old: Mapping[str, Leaf], new: Mapping[str, Leaf]) -> Iterator[Change]:
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if _value(before) != _value(after):
            yield Change(
                "setting",
                name,
                _kind(before, after),
                old=_text(before),
                new=_text(after),
                old_at=before.at if before else None,
                new_at=after.at if after else None,
                about=about_key(schema.TERMS, name),
            )


def _value(leaf: Leaf | None) -> object:
    return None if leaf is None else (leaf.value,)


def _text(leaf: Leaf | None) -> str | None:
    if leaf is None:
        return None
    return leaf.text if isinstance(leaf.text, str) else ", ".join(leaf.text)


def _rules(old: Sequence[Rule], new: Sequence[Rule]) -> Iterator[Change]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    for rule in new:
        if rule.id not in before:
            yield Change("rule", rule.id, ADDED, new_at=rule.at, about=rule.why)
        else:
            yield from _rule(before[rule.id], rule)
    for rule in old:
        if rule.id not in after:
            yield Change("rule", rule.id, REMOVED, old_at=rule.at, about=rule.why)
    yield from _moved([one for one in old if one.id in after], before, after)


def _moved(
    stay: Sequence[Rule], before: Mapping[str, Rule], after: Mapping[str, Rule]
) -> Iterator[Change]:
    """Rules that stand behind another one than before; the first that decides wins."""
    old_order = [one.id for one in stay]
    new_order = [name for name in after if name in before]
    blocks = SequenceMatcher(None, old_order, new_order, autojunk=False).get_matching_blocks()
    kept = {name for at, _, size in blocks for name in old_order[at : at + size]}
    for place, name in enumerate(new_order):
        if name not in kept:
            where = f"behind {new_order[place - 1]}" if place else "before all others"
            yield Change(
                "rule",
                name,
                MOVED,
                old_at=before[name].at,
                new_at=after[name].at,
                about=f"It stands {where} now; the first rule that applies decides.",
            )


def _rule(old: Rule, new: Rule) -> Iterator[Change]:
    def change(part: str, before: str | None, after: str | None) -> Change:
        kind = _kind(before, after)
        return Change("rule", new.id, kind, part, before, after, old.at, new.at, new.why)

    for part, before, after in (
        ("why", old.why, new.why),
        ("enabled", str(old.is_enabled).lower(), str(new.is_enabled).lower()),
        ("when", condition_text(old.when), condition_text(new.when)),
    ):
        if before != after:
            yield change(part, before or None, after or None)
    for part in ("deny", "review", "approve", "question", "photos"):
        one, other = getattr(old, part), getattr(new, part)
        if _value(one) != _value(other):
            yield change(part, _text(one), _text(other))
    for name in dict.fromkeys((*new.settings, *old.settings)):
        one, other = old.settings.get(name), new.settings.get(name)
        if _value(one) != _value(other):
            yield change(name, _text(one), _text(other))


def condition_text(condition: Condition | None) -> str:
    """A condition on one line, with the policy's own values; equal for equal conditions.

    >>> condition_text(None)
    ''
    """
    if condition is None:
        return ""
    if isinstance(condition, Test):
        asked = " and ".join(
            f"{_operator(name)}{', '.join(texts)}" for name, texts, _ in condition.asked
        )
        return f"{condition.fact.name}: {asked}"
    parts = [condition_text(part) for part in condition.parts]
    if condition.kind == "not":
        return f"not ({'; '.join(parts)})"
    return f"({' or '.join(parts)})" if condition.kind == "any" else "; ".join(parts)


def _operator(name: str) -> str:
    return "" if name == "is" else f"{WORDS.get(name, name)} "


def _tables(old: Tables, new: Tables) -> Iterator[Change]:
    for table in ("reasons", "grades", "dispositions"):
        before, after = getattr(old, table), getattr(new, table)
        for code in dict.fromkeys((*after, *before)):
            one, other = before.get(code), after.get(code)
            if one != other:
                yield Change(
                    "table",
                    f"{table}.{code}",
                    _kind(one, other),
                    old=_entry(one),
                    new=_entry(other),
                )


def _entry(entry: object) -> str | None:
    """An entry of a table: its text, then whatever else it says."""
    if entry is None:
        return None
    if not isinstance(entry, tuple):
        return str(entry)
    said = [_written(part) if not isinstance(part, bool) else str(part).lower() for part in entry]
    return "; ".join(part for part in said if part)


def about_key(shape: Shape, name: str) -> str:
    """What a dotted key of the language means, in the declaration's own words; else empty."""
    said = ""
    for step in name.split("."):
        if isinstance(shape, Group) and step in shape.fields:
            field = shape.fields[step]
            shape, said = field.shape, field.about
        elif isinstance(shape, MapOf):
            shape = shape.value
        else:
            return ""
    return said
