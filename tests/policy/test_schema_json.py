"""The JSON Schema of policies: editors and the loader agree on what a policy is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from returns_cli.data import shipped
from returns_cli.domain.errors import InvalidError
from returns_cli.notation.scalars import Misread, read_scalar
from returns_cli.notation.shapes import Group, ListOf, MapOf, Scalar, Shape
from returns_cli.operations.print_policy_schema import policy_schema_text
from returns_cli.policy import schema
from returns_cli.policy.fact_table import FACTS
from returns_cli.policy.language import parse_policy
from returns_cli.policy.operators import OPERATORS
from returns_cli.policy.schema_json import VALUES, policy_schema, scalar_schema
from tests.policy.made import HEAD, WINDOW, policy_of, rule, text_of

SCHEMA: Mapping[str, Any] = policy_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "policies/policy.schema.json"
SAMPLES = [one for one in sorted(shipped("policies").glob("*.yaml")) if ".cases" not in one.name]


class Core(yaml.SafeLoader):
    """YAML as editors read it: version 1.2, where `no` is a word and a day is text."""


Core.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":timestamp", ":merge"))
        and not (tag.endswith(":bool") and first in "yYnNoO")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def problems(text: str) -> list[str]:
    found = VALIDATOR.iter_errors(yaml.load(text, Core))
    return [f"{one.json_path}: {one.message}" for one in found]


def test_the_schema_is_one_of_the_draft_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_committed_file_is_what_the_program_prints() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == policy_schema_text(), (
        "returns policy schema >policies/policy.schema.json"
    )


@pytest.mark.parametrize("place", SAMPLES, ids=lambda place: place.stem)
def test_a_sample_is_valid_and_points_to_the_schema(place: Path) -> None:
    text = place.read_text(encoding="utf-8")
    assert problems(text) == []
    assert text.startswith("# yaml-language-server: $schema=policy.schema.json\n")
    assert (ROOT / "policies/policy.schema.json").is_file()


def test_every_key_of_the_language_at_once_is_valid() -> None:
    assert problems((ROOT / "tests/policy/whole.yaml").read_text(encoding="utf-8")) == []


def test_a_policy_that_extends_another_needs_no_terms_of_its_own() -> None:
    text = "policy: more\ntitle: More\ncurrency: USD\nextends: shop\n"
    assert problems(text) == []
    assert problems(f"{text}terms: {{window: {{days: 60}}}}\n") == []
    assert problems(text.replace("extends: shop\n", ""))


def made(rules: str = "", **changes: str) -> str:
    return text_of(rules, **changes)


REFUSED = [
    pytest.param(made().replace("title", "titel"), id="an unknown key"),
    pytest.param(made().replace("title: Shop\n", ""), id="a missing key"),
    pytest.param(made(head=HEAD.replace("USD", "EURO")), id="no currency"),
    pytest.param(made(window="  window: {days: 30}\n"), id="a window without its start"),
    pytest.param(made(window=WINDOW.replace("30", "thirty")), id="no number"),
    pytest.param(made(window=WINDOW.replace("30", "99999")), id="a number too large"),
    pytest.param(made(window=WINDOW.replace("delivered", "arrived")), id="an unknown word"),
    pytest.param(made(terms="  fees: {restocking: ten}\n"), id="no fee"),
    pytest.param(made(terms="  fees: {restocking: 101%}\n"), id="more than all"),
    pytest.param(made(terms="  fees: {return_shipping: -5}\n"), id="an amount below zero"),
    pytest.param(made(terms="  label: {valid_days: 21}\n"), id="a label without its kind"),
    pytest.param(made(rule("reason: style", "deny: Final Sale")), id="no code"),
    pytest.param(made(rule("reason: style", "enabled: true")), id="a rule that does nothing"),
    pytest.param(made(rule("reason: style", "approve: false")), id="approve is true or not there"),
    pytest.param(made(rule("reason.fautl: customer", "deny: x")), id="an unknown fact"),
    pytest.param(made(rule("line.value: {matches: x}", "deny: x")), id="a test that does not fit"),
    pytest.param(made(rule("line.value: {over: [1, 2]}", "deny: x")), id="a list for one value"),
    pytest.param(made(rule("reason.fault: shop", "deny: x")), id="a word that the fact lacks"),
    pytest.param(made(rule("any: []", "deny: x")), id="an empty nesting"),
    pytest.param(made(rule("order.placed: {from: soon}", "deny: x")), id="no day"),
    pytest.param(made("  - why: No id.\n    deny: x\n"), id="a rule without its id"),
    pytest.param(made(head=f"{HEAD}applies_to: {{countries: [UK]}}\n"), id="UK is GB"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_loader_refuses_the_schema_refuses_too(text: str) -> None:
    with pytest.raises(InvalidError):
        parse_policy(text.encode(), "shop.yaml", None)
    assert problems(text)


TEXTS = [
    "0", "1", "30", "36500", "36501", "1000000", "-1", "1.5", "6.95", "6.95 USD", "10%", "12.5 %",
    "100%", "100.01%", "101%", "none", "true", "false", "yes", "maybe", "2026-01-31", "01-31",
    "1500 g", "1.5 kg", "1.5 g", "GB", "UK", "gb", "USD", "XYZ", "final_sale", "Final sale",
    "a.b-c", "-a", "x" * 65, " ", "exclusive",
]  # fmt: skip


def scalars_of(shape: Shape) -> list[Scalar]:
    if isinstance(shape, Group):
        return [one for field in shape.fields.values() for one in scalars_of(field.shape)]
    if isinstance(shape, MapOf):
        return [shape.key, *scalars_of(shape.value)]
    if isinstance(shape, ListOf):
        return [shape.item]
    return [shape] if isinstance(shape, Scalar) else []


EVERY = list(dict.fromkeys([*scalars_of(schema.POLICY), *scalars_of(schema.RULE)]))
EVERY += [Scalar("share"), Scalar("weight"), Scalar("edge")]


@pytest.mark.parametrize(
    "shape", EVERY, ids=lambda one: " ".join([one.kind, one.table, str(one.high), *one.choices])
)
def test_a_single_value_is_valid_where_the_loader_reads_it(shape: Scalar) -> None:
    validator = Draft202012Validator({"$defs": VALUES, **scalar_schema(shape)})
    for text in TEXTS:
        try:
            read_scalar(text.strip(), shape, "USD")
            reads = True
        except Misread:
            reads = False
        # Numbers too large, names in no table, a currency's decimals: for the loader alone.
        if reads or not (text.isdigit() or shape.table or text == "1.5"):
            assert validator.is_valid(text) is reads, text


@pytest.mark.parametrize(
    ("kind", "value", "is_valid"),
    [
        ("count", 30, True),
        ("count", 1.5, False),
        ("days", "none", True),
        ("amount", 6.95, True),
        ("amount", -1, False),
        ("flag", True, True),
        ("flag", 1, False),
        ("text", 2026, True),
        ("text", None, False),
        ("day", 20260131, False),
    ],
)
def test_a_value_may_come_with_yamls_own_type(kind: str, value: object, is_valid: bool) -> None:
    validator = Draft202012Validator({"$defs": VALUES, **scalar_schema(Scalar(kind))})
    assert validator.is_valid(value) is is_valid


def test_every_fact_is_offered_with_what_it_means_and_the_tests_that_fit() -> None:
    when = SCHEMA["$defs"]["when"]["properties"]
    facts = {name: one for name, one in FACTS.items() if one.is_testable}
    assert set(when) == {*facts, "any", "all", "not"}
    for name, fact in facts.items():
        assert when[name]["description"] == fact.about
        tests = when[name]
        if "$ref" in tests:
            tests = SCHEMA["$defs"][tests["$ref"].rpartition("/")[2]]
        offered = set(tests["anyOf"][2]["properties"])
        assert offered == {one for one, kinds in OPERATORS.items() if fact.kind in kinds}


def test_every_key_says_what_it_is_for() -> None:
    def check(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for name, one in node.get("properties", {}).items():
                is_described = "description" in one or path.startswith("$.$defs.fact_")
                assert is_described or "anyOf" in path or "then" in path or "else" in path, path
                check(one, f"{path}.{name}")
            for name, one in node.items():
                if name != "properties":
                    check(one, f"{path}.{name}")
        elif isinstance(node, list):
            for one in node:
                check(one, path)

    check(json.loads(policy_schema_text()), "$")


def test_the_policies_of_these_tests_are_valid_too() -> None:
    assert policy_of().id == "shop"
    assert problems(made()) == []
