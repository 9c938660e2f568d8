"""Rules in words: what must be the case, and what then holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from returns_cli.notation.scalars import MonthDay
from returns_cli.notation.typed import Leaf
from returns_cli.policy.conditions import Asked, Condition, Test
from returns_cli.policy.fact_table import ANSWERS, Fact
from returns_cli.policy.rules import Rule
from returns_cli.policy.words.outline import Block as Part
from returns_cli.policy.words.outline import Bullets, Item, Section
from returns_cli.policy.words.terms import Held, sentences
from returns_cli.policy.words.words import Words

_CHOICES = {"reason.fault": "fault", "resolution": "resolution", "kind": "kind"}
_GRADES = frozenset({"condition", "inspection.grade"})
_OPPOSITES = frozenset({"not", "none_of"})


def rule_section(rule: Rule, words: Words, terms: Held) -> Section:
    """A rule under the sentence that its merchant gave for it.

    Args:
        terms: what holds without it.
    """
    blocks: list[Part] = []
    parts = rule.when.parts if rule.when is not None else ()
    if parts:
        key = "rules.conditions" if len(parts) > 1 else "rules.one_condition"
        items = tuple(item for part in parts for item in condition_items(part, words))
        blocks += [words.text(key), Bullets(items)]
    else:
        blocks.append(words.text("rules.no_condition"))
    if rule.is_of_inspection:
        blocks.append(words.text("rules.inspection"))
    effects = tuple(Item(text) for text in effect_sentences(rule, words, terms))
    return Section(rule.why, (*blocks, words.text("rules.then"), Bullets(effects)))


def effect_sentences(rule: Rule, words: Words, terms: Held) -> list[str]:
    """What a rule does, one sentence for each thing."""
    said = []
    for name, leaf in (("deny", rule.deny), ("review", rule.review)):
        if leaf is not None:
            said.append(words.text(f"effect.{name}", code=str(leaf.value)))
    if rule.approve is not None:
        said.append(words.text("effect.approve"))
    said += sentences(rule.settings, words, _with(terms, rule.settings))
    if rule.question is not None:
        said.append(words.text("effect.question", question=str(rule.question.value)))
    if rule.photos is not None:
        said.append(words.count("effect.photos", cast("int", rule.photos.value)))
    return said


def _with(terms: Held, settings: Mapping[str, Leaf]) -> Held:
    """The terms with a rule's settings; its promise takes the place of theirs in either unit."""
    rivals = {"refund.within_days", "refund.within_business_days"}
    kept = terms
    if rivals & settings.keys():
        kept = {name: leaf for name, leaf in terms.items() if name not in rivals}
    return {**kept, **settings}


def condition_items(condition: Condition, words: Words) -> Iterator[Item]:
    """A condition as points; several tests of one fact are a point each."""
    if isinstance(condition, Test):
        for text in _tests(condition, words):
            yield Item(text)
        return
    if condition.kind != "any":  # `all` and `not` may look through a block of their own
        parts = tuple(item for part in condition.parts for item in _inside(part, words))
        if condition.kind == "all":
            yield parts[0] if len(parts) == 1 else Item(words.text("rules.all"), parts)
        else:
            yield Item(words.text("rules.not_one" if len(parts) == 1 else "rules.not_all"), parts)
        return
    ways = tuple(item for part in condition.parts for item in condition_items(part, words))
    yield Item(words.text("rules.any"), ways)


def _inside(condition: Condition, words: Words) -> Iterator[Item]:
    """The points of a condition; those of a block whose tests must all hold, one by one."""
    parts = (condition,) if isinstance(condition, Test) else condition.parts
    is_all = not isinstance(condition, Test) and condition.kind == "all"
    for part in parts if is_all else (condition,):
        yield from condition_items(part, words)


def _tests(test: Test, words: Words) -> Iterator[str]:
    named = {operator: (texts, values) for operator, texts, values in test.asked}
    if "from" in named or "to" in named:
        edges = {name: values[0] for name, (_, values) in named.items() if name in ("from", "to")}
        yield _period(_name(test.fact, words), edges, words)
    for asked in test.asked:
        if asked[0] not in ("from", "to"):
            yield _test(test.fact, asked, words)


def _period(fact: str, edges: Mapping[str, object], words: Words) -> str:
    kind = "period" if len(edges) == 2 else next(iter(edges))
    yearly = "_yearly" if any(isinstance(day, MonthDay) for day in edges.values()) else ""
    days = {name: words.day(cast("date | MonthDay", day)) for name, day in edges.items()}
    return words.text(f"test.day.{kind}{yearly}", fact=fact, **days)


def _test(fact: Fact, asked: Asked, words: Words) -> str:
    operator, texts, values = asked
    named = _name(fact, words)
    if operator == "known":
        return words.text("test.known" if values[0] else "test.unknown", fact=named)
    if operator == "matches":
        patterns = words.any_of(words.quoted(text) for text in texts)
        return words.text("test.matches", fact=named, values=patterns)
    if fact.kind == "flag":
        return _flag(fact, operator, values, words)
    shown = [_value(fact, value, text, words) for value, text in zip(values, texts, strict=True)]
    if operator in ("over", "at_least", "under", "at_most"):
        return words.text(f"test.{operator}", fact=named, value=shown[0])
    if operator == "all_of":
        return words.text("test.all_of", fact=named, values=words.all_of(shown))
    key = {"words": "holds", "category": "within"}.get(fact.kind, "is")
    if operator in _OPPOSITES:
        key = {"is": "not"}.get(key, f"{key}_none")
    return words.text(f"test.{key}", fact=named, values=words.any_of(shown))


def _flag(fact: Fact, operator: str, values: tuple[object, ...], words: Words) -> str:
    """Yes or no as a sentence of its own; both together only ask that it is known."""
    wanted = {bool(value) is not (operator in _OPPOSITES) for value in values}
    key = _key(fact)
    if len(wanted) > 1:
        return words.text("test.known", fact=words.text(f"fact.{key}"))
    return words.text(f"{'yes' if wanted.pop() else 'no'}.{key}")


def _name(fact: Fact, words: Words) -> str:
    if fact.name.startswith(ANSWERS):
        name = words.quoted(fact.name.removeprefix(ANSWERS))
        return words.text("fact.answers", name=name)
    return words.text(f"fact.{_key(fact)}")


def _key(fact: Fact) -> str:
    return fact.name.replace(".", "_")


def _value(fact: Fact, value: object, text: str, words: Words) -> str:
    """One value that a fact is compared with."""
    if fact.name in _CHOICES:
        return words.choice(_CHOICES[fact.name], str(value))
    if fact.name == "reason":
        return words.quoted(words.reason(str(value)) if value in _reasons(words) else text)
    if fact.name in _GRADES:
        return words.quoted(words.grade(text))
    if fact.name == "order.country":
        return words.country(text.upper())
    if isinstance(value, date | MonthDay):
        return words.day(value)
    if isinstance(value, int):
        return _figure(fact.kind, value, words)
    return words.quoted(text)


def _reasons(words: Words) -> Mapping[str, object]:
    return words.policy.tables.reasons


def _figure(kind: str, value: int, words: Words) -> str:
    if kind == "amount":
        return words.amount(value)
    if kind == "share":
        return words.share(value)
    return words.weight(value) if kind == "weight" else words.number(value)
