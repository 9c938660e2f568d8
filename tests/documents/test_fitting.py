from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.documents.fitting import DoesNotFitError, Fitter, Style, _unbreakable
from returns_cli.documents.sizes import Grid
from returns_cli.documents.text import Typesetter
from tests.documents.fontmaker import make_font

TEN = Style(10)


@pytest.fixture
def fitter() -> Fitter:
    return Fitter(Grid.at(300), Typesetter())


def test_lines_break_at_spaces_and_fit(fitter: Fitter) -> None:
    room = fitter.width("red red", *TEN) + 1
    lines = fitter.wrap("red red red red red", TEN, room) or []
    assert lines == ["red red", "red red", "red"]
    assert all(fitter.width(line, *TEN) <= room for line in lines)


def test_a_word_wider_than_the_room_is_no_wrap_unless_it_may_be_broken(fitter: Fitter) -> None:
    room = fitter.width("abcdefgh", *TEN) + 1
    assert fitter.wrap("abcdefghijklmnop", TEN, room) is None
    lines = fitter.wrap("x abcdefghijklmnop", TEN, room, anywhere=True) or []
    assert "".join(lines).replace(" ", "") == "xabcdefghijklmnop"
    assert all(fitter.width(line, *TEN) <= room for line in lines)


def test_text_sticks_together_at_no_break_spaces(fitter: Fitter) -> None:
    room = fitter.width("costs 24", *TEN)
    assert fitter.wrap("costs 24\u00a0€", TEN, room) == ["costs", "24\u00a0€"]


def test_an_empty_text_has_no_lines(fitter: Fitter) -> None:
    assert fitter.wrap("", TEN, 100) == []
    assert fitter.wrapped("", TEN, 100, 2) == []


def test_what_is_cut_ends_in_an_ellipsis(fitter: Fitter) -> None:
    room = fitter.width("abcdef", *TEN)
    cut = fitter.cut("abcdefghij", TEN, room)
    assert cut.endswith("…")
    assert "abcdefghij".startswith(cut[:-1])
    assert fitter.width(cut, *TEN) <= room
    assert fitter.cut("abcdef", TEN, room) == "abcdef"


def test_two_lines_at_most_the_second_says_that_there_was_more(fitter: Fitter) -> None:
    room = fitter.width("one two", *TEN) + 1
    assert fitter.wrapped("one two six ten", TEN, room, 2) == ["one two", "six ten"]
    lines = fitter.wrapped("one two six ten and so on", TEN, room, 2)
    assert len(lines) == 2
    assert lines[1].startswith("six")
    assert lines[1].endswith("…")


def test_type_shrinks_by_half_points_to_its_floor(fitter: Fitter) -> None:
    room = fitter.width("Portland", 8.3)
    assert fitter.shrunk("Portland", TEN, room) == 8.0
    assert fitter.shrunk("Portland", TEN, fitter.width("Portland", 10.0)) == 10.0
    assert fitter.shrunk("Portland", TEN, fitter.width("Portland", 5.9)) is None


def test_a_block_shrinks_as_a_whole_and_keeps_its_proportions(fitter: Fitter) -> None:
    texts = [("Name", Style(15, "bold")), ("Street", Style(12.5)), ("City", Style(12.5))]
    full = fitter.height(fitter.block(texts, 2000, 2000, "x"))
    smaller = fitter.block(texts, 2000, full - 1, "x")
    assert [line.size for line in smaller] == [14.5, 12.0, 12.0]


def test_a_line_of_an_address_wraps_to_two_before_anything_shrinks(fitter: Fitter) -> None:
    room = fitter.width("Großherzog-Straße", *TEN) + 1
    lines = fitter.block([("Großherzog-Straße 148a", TEN)], room, 500, "x")
    assert [(line.text, line.size) for line in lines] == [
        ("Großherzog-Straße", 10.0),
        ("148a", 10.0),
    ]


def test_an_address_is_never_cut_but_refused_with_its_field(fitter: Fitter) -> None:
    with pytest.raises(DoesNotFitError, match=r"too long .* even at 6 pt \(300 char") as caught:
        fitter.block([("x" * 300, TEN)], 400, 400, "sender")
    assert caught.value.field == "sender"


def test_a_block_of_nothing_takes_no_room(fitter: Fitter) -> None:
    assert fitter.height(fitter.block([], 10, 10, "x")) == 0


def test_the_work_grows_with_the_text_and_not_with_its_square(fitter: Fitter) -> None:
    asked = 0
    measure = fitter.width

    class Counting(Fitter):
        def width(self, text: str, size: float, weight: str = "regular") -> float:
            nonlocal asked
            asked += len(text)
            return measure(text, size)

    counting = Counting(Grid.at(300), Typesetter())
    costs = []
    for length in (1_000, 2_000):
        asked = 0
        counting.wrap("x" * length, TEN, 300, anywhere=True)
        costs.append(asked)
    assert costs[1] <= 2.1 * costs[0]


def test_lines_of_text_that_runs_leftwards_all_do(tmp_path: Path) -> None:
    hebrew = make_font(tmp_path / "hebrew.ttf", "TestHebrew", {"א": 40, "ב": 41})
    fitter = Fitter(Grid.at(300), Typesetter([hebrew], finder=lambda _: iter(())))
    lines = fitter.wrap("אב 12 abc", TEN, fitter.width("אב 12", *TEN) + 1)
    assert lines == ["אב 12", "\u200fabc"]


def test_no_line_begins_with_closing_punctuation() -> None:
    assert _unbreakable("abc住所、番地") == ["abc", "住", "所、", "番", "地"]
    assert _unbreakable("naïve-ness") == ["naïve-ness"]
