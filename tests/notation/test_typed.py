from __future__ import annotations

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.notation.read import read_yaml
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Scalar
from returns_cli.notation.typed import Leaf, Reading, leaves, value_of
from returns_cli.policy import schema
from returns_cli.policy.tables import default_tables

INNER = Group("inner", {"days": Field(Scalar("count"), "Days.", is_required=True)})
OUTER = Group(
    "outer",
    {
        "name": Field(Scalar("text"), "A name.", is_required=True),
        "words": Field(ListOf(Scalar("word", ("red", "blue")), 1), "Colors."),
        "inner": Field(INNER, "Inside."),
        "grades": Field(MapOf("grades", Scalar("name", table="grades"), INNER), "By grade."),
        "amounts": Field(MapOf("amounts", Scalar("country"), Scalar("amount")), "By country."),
    },
)


def read(text: str) -> tuple[dict[str, Leaf], list[tuple[str, int | None, str | None, str]]]:
    reading = Reading("x.yaml", "POLICY", "USD", default_tables())
    tree = reading.group(read_yaml(text.encode(), "x.yaml"), OUTER)
    return leaves(tree), [(p.code, p.line, p.column, p.message) for p in reading.problems]


def test_leaves_are_typed_and_cite_the_line_of_their_key() -> None:
    found, problems = read(
        "name: N\nwords:\n  - red\n  - blue\ninner:\n  days: 30\n"
        "grades: {used: {days: 5}}\namounts: {US: 6.95}\n"
    )

    assert not problems
    assert {name: (leaf.value, leaf.text, leaf.at) for name, leaf in found.items()} == {
        "name": ("N", "N", "x.yaml:1"),
        "words": (("red", "blue"), ("red", "blue"), "x.yaml:2"),
        "inner.days": (30, "30", "x.yaml:6"),
        "grades.used.days": (5, "5", "x.yaml:7"),
        "amounts.US": (695, "6.95", "x.yaml:8"),
    }


def test_one_word_counts_as_a_list_of_one() -> None:
    found, problems = read("name: N\nwords: red\n")

    assert not problems
    assert found["words"].value == ("red",)
    assert found["words"].text == ("red",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "nme: N\n",
            [
                ("E-POLICY-KEY", 1, "1", "'nme' is not a key of outer."),
                ("E-POLICY-REQUIRED", 1, "1", "outer lacks `name`."),
            ],
            id="a key mistyped and so one missing",
        ),
        pytest.param(
            "name: [N]\n",
            [
                (
                    "E-POLICY-TYPE",
                    1,
                    "7",
                    "`name` in outer holds a list; it must be a single value.",
                )
            ],
            id="a list where one value stands",
        ),
        pytest.param(
            "name:\n",
            [
                (
                    "E-POLICY-TYPE",
                    1,
                    "6",
                    "`name` in outer holds nothing; it must be a single value.",
                )
            ],
            id="a key without its value",
        ),
        pytest.param(
            "name: N\ninner: 30\n",
            [("E-POLICY-TYPE", 2, "8", "inner holds a single value; it must be a block of keys.")],
            id="a value where a block stands",
        ),
        pytest.param(
            "name: N\nwords: {red: 1}\n",
            [("E-POLICY-TYPE", 2, "8", "`words` in outer must be a list of words.")],
            id="a block where a list stands",
        ),
        pytest.param(
            "name: N\nwords: [red, [blue]]\n",
            [("E-POLICY-TYPE", 2, "8", "`words` in outer must be a list of words.")],
            id="a list in a list",
        ),
        pytest.param(
            "name: N\nwords: []\n",
            [("E-POLICY-VALUE", 2, "8", "`words` in outer is an empty list.")],
            id="an empty list",
        ),
        pytest.param(
            "name: N\nwords: [red, gren, blu]\n",
            [
                ("E-POLICY-VALUE", 2, "14", "'gren' is not known here."),
                ("E-POLICY-VALUE", 2, "20", "'blu' is not known here."),
            ],
            id="every wrong word of a list",
        ),
        pytest.param(
            "name: N\ngrades: {usd: {days: 1}, [x]: 1}\n",
            None,
            id="refused before it is typed",
        ),
        pytest.param(
            "name: N\ngrades: {usd: {days: 1}}\n",
            [("E-POLICY-GRADE", 2, "10", "'usd' is not a grade.")],
            id="an unknown grade",
        ),
        pytest.param(
            "name: N\namounts: {Usa: 1, US: 6.9}\n",
            [
                ("E-POLICY-VALUE", 2, "11", "'Usa' is not a country's ISO code."),
                ("E-POLICY-MONEY", 2, "23", "'6.9' is not an amount of USD."),
            ],
            id="a wrong key and a wrong value",
        ),
        pytest.param(
            "name: N\namounts: 5\n",
            [
                (
                    "E-POLICY-TYPE",
                    2,
                    "10",
                    "amounts holds a single value; it must be a block of keys.",
                )
            ],
            id="a value where a map stands",
        ),
    ],
)
def test_every_problem_is_collected_with_its_place(
    text: str, expected: list[tuple[str, int, str, str]] | None
) -> None:
    if expected is None:
        with pytest.raises(InvalidError):
            read(text)
        return
    assert read(text)[1] == expected


def test_a_near_key_is_suggested_and_else_all_are_named() -> None:
    reading = Reading("x.yaml", "POLICY")
    reading.group(read_yaml(b"name: N\nwrds: red\nzzz: 1\n", "x.yaml"), OUTER)

    assert [one.hint for one in reading.problems] == [
        "Did you mean words?",
        "Use one of name, words, inner, grades, amounts.",
    ]


def test_no_more_than_a_hundred_problems_are_kept() -> None:
    text = "".join(f"key{i}: 1\n" for i in range(300))
    reading = Reading("x.yaml", "POLICY")
    reading.group(read_yaml(text.encode(), "x.yaml"), OUTER)

    assert len(reading.problems) == 100
    assert reading.is_full()


def test_a_value_is_looked_up_by_its_name() -> None:
    reading = Reading("x.yaml", "POLICY")
    tree = reading.group(read_yaml(b"name: N\ninner: {days: 3}\n", "x.yaml"), OUTER)

    assert value_of(tree, "name") == "N"
    assert value_of(tree, "inner", "a block is no value") == "a block is no value"
    assert value_of(tree, "words", ()) == ()


def test_set_takes_the_terms_with_every_key_optional() -> None:
    relaxed = schema.relaxed(schema.TERMS)
    reading = Reading("x.yaml", "POLICY", "USD", default_tables())
    reading.group(
        read_yaml(b"window: {days: 5}\ninspection: {used: {refund: 10%}}\n", "x.yaml"), relaxed
    )

    assert not reading.problems
    assert relaxed.fields.keys() == schema.TERMS.fields.keys()
