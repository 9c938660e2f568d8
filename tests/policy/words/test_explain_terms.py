"""Everything that the language declares can be said, in every language that is shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from returns_cli.messages import catalogue
from returns_cli.messages.catalogue import shipped_languages
from returns_cli.notation.shapes import Group, ListOf, MapOf, Scalar, Shape
from returns_cli.policy import schema
from returns_cli.policy.conditions import NESTING
from returns_cli.policy.fact_table import FACTS, Fact
from returns_cli.policy.language import Policy
from returns_cli.policy.operators import OPERATORS
from returns_cli.policy.words.outline import Item
from returns_cli.policy.words.policy import explain_policy
from returns_cli.policy.words.rules import condition_items, effect_sentences
from returns_cli.policy.words.terms import SENTENCES, USUAL
from returns_cli.policy.words.words import Words
from tests.policy.made import policy_of, rule

LANGUAGES = sorted(shipped_languages("policy"))

SAMPLES = {
    "count": ("0", "1", "2", "21"),
    "days": ("none", "0", "1", "30"),
    "amount": ("0", "6.95"),
    "limit": ("none", "500.00"),
    "percent": ("0%", "62.5%", "100%"),
    "fee": ("0", "0%", "15%", "1.50"),
    "until": ("none", "01-31", "2027-01-31"),
    "flag": ("true", "false"),
    "name": ("main",),
}
TABLED = {"dispositions": ("restock", "scrap"), "grades": ("new", "used")}
# Keys of a policy that are no sentence: its name, what others say, and what programs read.
NOT_A_SENTENCE = {"policy", "title", "terms", "rules", "reasons", "grades", "dispositions"}


def samples(shape: Scalar | ListOf) -> tuple[str, ...]:
    """Values of every kind and every word that the language knows there."""
    if isinstance(shape, ListOf):
        if shape.item.choices:
            every = ", ".join(shape.item.choices)
            return (*(f"[{one}]" for one in shape.item.choices), f"[{every}]") + (
                ("[]",) if not shape.at_least else ()
            )
        return ("[new]", "[new, opened]")
    return shape.choices or TABLED.get(shape.table, ()) or SAMPLES[shape.kind]


def leaves_of(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every leaf of a shape by its path, with each of its samples."""
    if isinstance(shape, Group):
        for name, one in shape.fields.items():
            yield from leaves_of(one.shape, (*path, name))
    elif isinstance(shape, MapOf):
        yield from leaves_of(shape.value, (*path, "used"))
    elif isinstance(shape, Scalar | ListOf):
        for text in samples(shape):
            yield path, text


def set_to(path: tuple[str, ...], text: str) -> str:
    return f"set: {''.join(f'{{{name}: ' for name in path)}{text}{'}' * len(path)}"


LEAVES = list(leaves_of(schema.TERMS))


def said(policy: Policy, language: str) -> list[str]:
    words = Words(policy, catalogue(language, "policy"))
    return effect_sentences(policy.rules[0], words, policy.terms)


@pytest.mark.parametrize(
    ("path", "text"), LEAVES, ids=[f"{'.'.join(path)} {text}" for path, text in LEAVES]
)
def test_every_setting_and_every_word_of_it_is_a_sentence(path: tuple[str, ...], text: str) -> None:
    policy = policy_of(rule("", set_to(path, text)))
    for language in LANGUAGES:
        (sentence,) = said(policy, language)
        assert sentence[-1] in ".。"
        assert "{" not in sentence


def test_no_setting_was_forgotten() -> None:
    declared = {".".join(path) for path, _ in LEAVES if path[0] != "inspection"}
    assert set(SENTENCES) == declared | {"keep_item"}
    assert set(USUAL) <= set(SENTENCES)


def test_every_key_of_a_policy_is_said_or_known_to_say_nothing() -> None:
    said_by_explain = {"effective", "applies_to", "currency", "extends", "legal_floor", "displayed"}
    assert set(schema.POLICY.fields) == said_by_explain | NOT_A_SENTENCE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["enforce", "warn", "off"])
def test_every_stand_towards_the_law_is_a_sentence(word: str, language: str) -> None:
    policy = policy_of(head=f"policy: x\ntitle: X\ncurrency: USD\nlegal_floor: {word}\n")
    assert explain_policy(policy, language).sections[-1].blocks[0]


EFFECTS = {
    "set": "set: {window: {days: 60}}",
    "deny": "deny: no_way",
    "review": "review: look",
    "approve": "approve: true",
    "keep_item": "keep_item: true",
    "ask": "ask: {question: Was it worn?, photos: 2}",
}


@pytest.mark.parametrize("effect", schema.EFFECTS)
def test_every_effect_is_a_sentence(effect: str) -> None:
    policy = policy_of(rule("", EFFECTS[effect]))
    for language in LANGUAGES:
        assert all(said(policy, language))


VALUES = {
    "text": "x",
    "words": "x",
    "category": "Apparel/Shoes",
    "reason": "defective",
    "count": "5",
    "share": "12.5%",
    "amount": "10.00",
    "weight": "1.5 kg",
    "flag": "true",
    "day": "11-01",
}


def asked_of(fact: Fact) -> Iterator[str]:
    value = "used" if "grade" in fact.name else VALUES.get(fact.kind, "")
    value = fact.choices[0] if fact.choices else value
    yield value
    yield f"[{value}, {value}]"
    for operator, kinds in OPERATORS.items():
        if fact.kind in kinds:
            yield f"{{{operator}: {'false' if operator == 'known' else value}}}"
    yield from (f"[{choice}]" for choice in fact.choices)
    if fact.kind == "flag":
        yield from ("false", "[true, false]", "{not: false}", "{known: true}")
    if fact.kind == "day":
        yield from ("{from: 2026-01-01, to: 2026-02-01}", "{from: 11-01, to: 01-31}")


CONDITIONS = [
    f"{name}: {text}"
    for fact in FACTS.values()
    if fact.is_testable
    for name in [fact.name]
    for text in asked_of(fact)
] + ["answers.worn: x", "answers.worn: {known: true}"]


def flat(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield item.text
        yield from flat(item.parts)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_fact_with_every_test_that_fits_it_is_said(condition: str) -> None:
    policy = policy_of(rule(condition, "deny: no_way"))
    when = policy.rules[0].when
    assert when is not None
    for language in LANGUAGES:
        words = Words(policy, catalogue(language, "policy"))
        items = tuple(one for part in when.parts for one in condition_items(part, words))
        assert items
        assert all(text and "{" not in text for text in flat(items))


def test_every_fact_has_its_name_and_every_flag_its_two_sentences() -> None:
    entries = catalogue("en", "policy").entries
    facts = [one for one in FACTS.values() if one.is_testable]
    names = {f"fact.{one.name.replace('.', '_')}" for one in facts} | {"fact.answers"}
    assert {key for key in entries if key.startswith("fact.")} == names
    flags = {one.name.replace(".", "_") for one in facts if one.kind == "flag"}
    for answer in ("yes", "no"):
        found = {key.partition(".")[2] for key in entries if key.startswith(f"{answer}.")}
        assert found == flags


def test_every_nesting_is_said() -> None:
    assert NESTING == ("any", "all", "not")
    text = (
        "any: [{reason: style, photos: 1}, {not: {reason: color}}], not: {kind: claim, photos: 2}"
    )
    policy = policy_of(rule(text, "deny: no_way"))
    when = policy.rules[0].when
    assert when is not None
    words = Words(policy, catalogue("en", "policy"))
    items = tuple(one for part in when.parts for one in condition_items(part, words))
    assert items == (
        Item(
            "At least one of these is the case:",
            (
                Item(
                    "All of these are the case:",
                    (Item("Reason: “The style does not suit me”"), Item("Photos sent: 1")),
                ),
                Item("This is not the case:", (Item("Reason: “The colour does not suit me”"),)),
            ),
        ),
        Item(
            "These are not all the case:",
            (Item("Kind of return: claim"), Item("Photos sent: 2")),
        ),
    )
