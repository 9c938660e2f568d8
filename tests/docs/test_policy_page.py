"""The page on policies names every word of the language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from returns_cli.notation.shapes import Group, ListOf, MapOf, Scalar
from returns_cli.policy import fact_table, schema
from returns_cli.policy.explain import CODES
from returns_cli.policy.operators import OPERATORS
from returns_cli.policy.tables import default_tables
from tests.docs.pages import ROOT

TEXT = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
TABLES = default_tables()
RESERVED = {"excluded"}  # for what the law excludes; nothing gives it yet


def _terms(group: Group, above: str = "") -> Iterator[tuple[str, object]]:
    for name, one in group.fields.items():
        if isinstance(one.shape, Group) and name != "if_unknown":
            yield from _terms(one.shape, f"{above}{name}.")
        else:
            yield above + name, one.shape


def _choices(shape: object) -> tuple[str, ...]:
    if isinstance(shape, ListOf):
        return _choices(shape.item)
    return shape.choices if isinstance(shape, Scalar) else ()


@pytest.mark.parametrize(("name", "shape"), list(_terms(schema.TERMS)), ids=str)
def test_every_term_is_explained_with_its_words(name: str, shape: object) -> None:
    row = next((line for line in TEXT.splitlines() if line.startswith("|") and name in line), "")
    assert f"`{name}" in row
    missing = [word for word in _choices(shape) if word not in row]
    assert isinstance(shape, MapOf) or missing == []


@pytest.mark.parametrize(
    ("what", "names"),
    [
        pytest.param("key", [*schema.POLICY.fields], id="keys of a policy"),
        pytest.param("key", [*schema.RULE.fields], id="keys of a rule"),
        pytest.param("fact", [*fact_table.testable_names()], id="facts"),
        pytest.param("test", [*OPERATORS, "any", "all", "not"], id="tests"),
        pytest.param("code", sorted(CODES.keys() - RESERVED), id="standard codes"),
        pytest.param("reason", [*TABLES.reasons], id="reasons"),
        pytest.param("grade", [*TABLES.grades], id="grades"),
        pytest.param("disposition", [*TABLES.dispositions], id="dispositions"),
    ],
)
def test_every_word_of_the_language_is_on_the_page(what: str, names: list[str]) -> None:
    words = set(TEXT.replace("`", " ").replace(":", " ").replace(",", " ").split())
    assert [name for name in names if name not in words] == [], f"a {what} without a word about it"
