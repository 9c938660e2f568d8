from __future__ import annotations

import subprocess
import sys
import tracemalloc
from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.notation.read import MAX_BYTES, MAX_VALUES, Node, read_yaml, refusal


def problems_of(data: bytes) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InvalidError) as caught:
        read_yaml(data, "policies/x.yaml")
    assert all(one.file == "policies/x.yaml" and one.hint for one in caught.value.problems)
    return [(one.code, one.line, one.column) for one in caught.value.problems]


def texts(node: Node) -> object:
    if node.kind == "map":
        return {key.text: texts(value) for key, value in node.entries}
    if node.kind == "list":
        return [texts(one) for one in node.items]
    return node.text


def test_every_scalar_stays_the_text_it_is() -> None:
    node = read_yaml(
        b"a: no\nb: 30:00\nc: 02134\nd: 4.90\ne: 2026-02-30\nf: 'x'\ng: [1_000, .5]\n", "x"
    )

    assert texts(node) == {
        "a": "no",
        "b": "30:00",
        "c": "02134",
        "d": "4.90",
        "e": "2026-02-30",
        "f": "x",
        "g": ["1_000", ".5"],
    }


def test_nodes_know_where_they_start() -> None:
    node = read_yaml(b"# a comment\nterms:\n  window: {days: 30}\n", "x")
    ((terms, block),) = node.entries
    ((window, inner),) = block.entries
    ((days, thirty),) = inner.entries

    places = [(one.line, one.column) for one in (terms, window, inner, days, thirty)]
    assert places == [(2, 1), (3, 3), (3, 11), (3, 12), (3, 18)]
    assert node.get("terms") is block
    assert node.get("rules") is None


@pytest.mark.parametrize(
    ("text", "is_null"),
    [
        ("a: null", True),
        ("a: ~", True),
        ("a:", True),
        ("a: 'null'", False),
        ('a: ""', False),
        ("a: none", False),
    ],
)
def test_only_a_plain_null_is_nothing(text: str, is_null: bool) -> None:
    assert read_yaml(text.encode(), "x").entries[0][1].is_null is is_null


def test_a_byte_order_mark_changes_nothing() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: b\n", "x") == read_yaml(b"a: b\n", "x")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", [("E-YAML-EMPTY", 1, "1")], id="empty"),
        pytest.param(b"# only a comment\n", [("E-YAML-EMPTY", 1, "1")], id="a comment alone"),
        pytest.param(b"a: b\nc: 'x\n", [("E-YAML-SYNTAX", 3, "1")], id="a quote never closed"),
        pytest.param(b"a: b: c\n", [("E-YAML-SYNTAX", 1, "5")], id="two colons"),
        pytest.param(b"a: 1\nb: 2\na: 3\n", [("E-YAML-DUPLICATE", 3, "1")], id="duplicate key"),
        pytest.param(
            b"a: {x: 1, x: 2, x: 3}\n",
            [("E-YAML-DUPLICATE", 1, "11"), ("E-YAML-DUPLICATE", 1, "17")],
            id="both duplicates are told",
        ),
        pytest.param(
            b"a: &p 1\nb: *p\n",
            [("E-YAML-ANCHOR", 1, "4"), ("E-YAML-ALIAS", 2, "4")],
            id="anchor and alias",
        ),
        pytest.param(b"*p : 1\n", [("E-YAML-ALIAS", 1, "1")], id="an alias as a key"),
        pytest.param(
            b"a: {<<: {b: 1}}\n", [("E-YAML-MERGE", 1, "5")], id="merge key without an alias"
        ),
        pytest.param(b"a: !!str 1\n", [("E-YAML-TAG", 1, "4")], id="a tag"),
        pytest.param(b"a: !<x> [1]\n", [("E-YAML-TAG", 1, "4")], id="a tag on a list"),
        pytest.param(b"? [a, b]\n: 1\n", [("E-YAML-KEY", 1, "3")], id="a list as a key"),
        pytest.param(b"a: 1\n---\nb: 2\n", [("E-YAML-DOCUMENTS", 2, "1")], id="two documents"),
        pytest.param(b"%YAML 1.1\n---\na: 1\n", [("E-YAML-DIRECTIVE", 1, "1")], id="a directive"),
        pytest.param(b"a: \xff\n", [("E-YAML-ENCODING", 1, "1")], id="not UTF-8"),
        pytest.param("a: b\n".encode("utf-16"), [("E-YAML-ENCODING", 1, "1")], id="UTF-16"),
        pytest.param(b"a: b\nc: \x1b[2J\n", [("E-YAML-CHARACTER", 2, "4")], id="an escape sign"),
        pytest.param(b'a: "\\x1b[2J"\n', [("E-YAML-CHARACTER", 1, "4")], id="written as an escape"),
        pytest.param(
            "a: x\u2028y\n".encode(), [("E-YAML-CHARACTER", 1, "5")], id="another line end"
        ),
        pytest.param(b"x" * (MAX_BYTES + 1), [("E-YAML-SIZE", 1, "1")], id="over 256 KiB"),
        pytest.param(b"[" * 30 + b"]" * 30, [("E-YAML-DEPTH", 1, "21")], id="30 brackets"),
        pytest.param(b"- " * 30_000, [("E-YAML-DEPTH", 1, "41")], id="30,000 dashes"),
        pytest.param(
            b"- a\n" * (MAX_VALUES + 1),
            [("E-YAML-SIZE", MAX_VALUES + 1, "3")],
            id="a value too many",
        ),
    ],
)
def test_what_could_surprise_is_refused_with_its_place(
    data: bytes, expected: list[tuple[str, int, str]]
) -> None:
    assert problems_of(data) == expected


def test_twenty_levels_are_read() -> None:
    assert read_yaml(b"[" * 20 + b"]" * 20, "x").kind == "list"


def test_no_more_than_a_hundred_problems_are_told() -> None:
    assert len(problems_of(b"a: 1\n" * 40_000)) == 100


BOMB = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c]\n" % (i + 1, i + 1, i, i, i) for i in range(97, 115)
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BOMB, id="aliases that multiply"),
        pytest.param(b"a: &a x\n" + b"b: *a\n" * 30_000, id="many aliases"),
        pytest.param(b"{a: " * 30_000, id="braces"),
        pytest.param(b'a: "' + b"\\" * 200_000, id="a quote of backslashes"),
        pytest.param(b"".join(b"key%d: v\n" % i for i in range(20_000)), id="20,000 keys"),
        pytest.param(b"#\n" * 120_000, id="comments"),
        pytest.param(b"---\n" * 60_000, id="documents"),
        pytest.param(b"a:" * 100_000, id="colons"),
        pytest.param(b"!" * 100_000, id="a tag without end"),
    ],
)
def test_hostile_text_is_refused_in_little_memory(data: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(InvalidError):
        read_yaml(data, "x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_nested_brackets_that_crash_composing_are_too_deep_wherever_the_parser_notices() -> None:
    (problem,) = problems_of(b"[" * 30_000)

    # PyYAML counts to 1,000 itself since 6.0.4, and says so before the first event.
    assert problem in {("E-YAML-DEPTH", 1, "21"), ("E-YAML-DEPTH", 1, "1001")}


def test_nested_brackets_do_not_end_the_process() -> None:
    code = (
        "from returns_cli.notation.read import read_yaml\n"
        "from returns_cli.domain.errors import InvalidError\n"
        "try:\n    read_yaml(b'[' * 200000, 'x')\n"
        "except InvalidError as error:\n    print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "E-YAML-DEPTH\n")


@pytest.mark.parametrize("data", [b"a: {b: [1, 2]}\n", b"a: 1\na: 2\n", b"a: *x\n", b"a: 'x\n"])
def test_without_libyaml_the_same_is_read_and_refused(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome() -> object:
        try:
            return texts(read_yaml(data, "x"))
        except InvalidError as error:
            return [(one.code, one.line) for one in error.problems]

    with_libyaml = outcome()
    monkeypatch.delattr(yaml, "CLoader")

    assert outcome() == with_libyaml


def test_a_half_character_is_refused_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CLoader")

    assert problems_of(b'a: "\\ud800"\n') == [("E-YAML-CHARACTER", 1, "4")]


def test_one_problem_is_the_error_and_several_are_counted() -> None:
    one = Problem("E-YAML-TAG", "A tag.", "x.yaml", 3, "5", hint="Delete it.")
    other = Problem("E-YAML-KEY", "A key.", "x.yaml", 2, "9", hint="Mend it.")

    single = refusal([one], "x.yaml")
    both = refusal([one, other], "x.yaml")

    assert (single.code, single.message, single.where, single.hint) == (
        "E-YAML-TAG",
        "A tag.",
        "x.yaml:3:5",
        "Delete it.",
    )
    assert (both.code, both.where, both.problems) == (
        "E-POLICY-INVALID",
        "x.yaml:2:9",
        (other, one),
    )
    assert both.message == "x.yaml has 2 problems; the first: A key."


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_by_our_own_error(data: bytes) -> None:
    with suppress(InvalidError):
        read_yaml(data, "x")


PIECES = [
    "a",
    ":",
    " ",
    "\n",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x",
    "*x",
    "!",
    "'",
    '"',
    "<<",
    "|",
    "#",
    "?",
    "%",
    "\t",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_yaml_like_text_is_read_or_refused_by_our_own_error(text: str) -> None:
    with suppress(InvalidError):
        read_yaml(text.encode(), "x")
