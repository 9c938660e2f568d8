from __future__ import annotations

import pytest

from returns_cli.cli.page import Cell, Fields, Lines, Page, Table, sentence
from returns_cli.cli.painting import display_width, painted


def test_a_table_is_aligned_text_without_boxes_or_trailing_space() -> None:
    table = Table(
        ["SKU", "Amount", "Note"],
        [["A", "1.00", Cell("ok", "good")], ["LONG-B", "-12.00", ""]],
        title="Pays",
        right=frozenset({"Amount"}),
    )
    assert painted([table]) == (
        "Pays\n"
        "SKU     Amount  Note\n"
        "A         1.00  ok\n"
        "LONG-B  -12.00\n"
    )  # fmt: skip


def test_an_empty_table_says_so() -> None:
    assert painted([Table(["A"], [], empty="No return.")]) == "No return.\n"
    assert painted([Table(["A"], [])]) == ""
    assert painted([]) == ""


def test_blocks_are_parted_by_an_empty_line() -> None:
    page: Page = [
        sentence("one"),
        Fields([("State", "open"), ("A", Cell("b"))]),
        Lines([["x", "y"]], indent=1),
        Lines([["z"]], title="T"),
        Fields([("k", "v")], title="F"),
    ]
    assert painted(page) == (
        "one\n\nState  open\nA      b\n\n x y\n\nT\n  z\n\nF\n  k  v\n"
    )  # fmt: skip


def test_wide_signs_are_counted_as_two_columns() -> None:
    table = Table(["Name", "N"], [["返品", "1"], ["Jose\u0301", "2"]])
    assert painted([table]) == "Name  N\n返品  1\nJose\u0301  2\n"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("abc", 3, id="ASCII"),
        pytest.param("返品", 4, id="wide"),
        pytest.param("e\u0301", 1, id="a combining accent takes none"),
        pytest.param("Ł\u200dŁ", 2, id="a joiner takes none"),
    ],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_customers_text_cannot_break_out_of_its_line() -> None:
    text = painted([Fields([("Name", "x\n\x1b[2Jy")], title="t\r"), Lines([["a\u202e"]])])
    assert text == "t\\r\n  Name  x\\n\\x1b[2Jy\n\na\\u202e\n"


def test_only_the_last_column_is_wrapped_and_nothing_is_broken_inside() -> None:
    table = Table(["Id", "Detail"], [["RMA-7F3K2QX", "one two three four five six seven"]])
    assert painted([table], width=30) == (
        "Id           Detail\n"
        "RMA-7F3K2QX  one two three\n"
        "             four five six\n"
        "             seven\n"
    )
    assert painted([table], width=20).splitlines()[1].endswith("six seven"), "too narrow to wrap"


def test_tones_colour_the_words_and_not_the_padding() -> None:
    table = Table(["N", "State"], [[Cell("1", "strong"), Cell("ok", "good")]], right=frozenset("N"))
    assert painted([table], colours=True) == (
        "\x1b[1mN\x1b[0m  \x1b[1mState\x1b[0m\n\x1b[1m1\x1b[0m  \x1b[32mok\x1b[0m\n"
    )
    assert painted([Lines([["a", Cell("", "good"), Cell("b", "odd")]])], colours=True) == "a  b\n"
