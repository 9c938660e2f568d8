from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.documents.bidi import in_visual_order
from returns_cli.documents.fonts import core_faces
from returns_cli.documents.scripts import script_of
from returns_cli.documents.text import Typesetter, clean, graphemes
from returns_cli.domain.errors import InvalidError
from tests.documents.fontmaker import make_font


def nowhere(_: str) -> Iterator[tuple[Path, int]]:
    return iter(())


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("Ana Maria", "Ana Maria", id="plain"),
        pytest.param("  Ana \t\r\n  Maria ", "Ana Maria", id="tabs and line ends are one space"),
        pytest.param("a\x00b\x1b[31mc\x9bd", "a b [31mc d", id="controls and escapes"),
        pytest.param("a\u2028b\u2029c", "a b c", id="line and paragraph separators"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("\ufeffa\u200bb\u00adc\ufe0f", "abc", id="signs without width"),
        pytest.param("\u202egnp.exe\u2066x\u2069\u200f", "gnp.exex", id="bidi controls"),
        pytest.param("T\u2011shirt", "T-shirt", id="a hyphen that does not break"),
        pytest.param("1\u202f234\u2009€", "1\u00a0234\u00a0€", id="thin spaces do not break"),
        pytest.param("東京\u3000都", "東京 都", id="a wide space"),
        pytest.param(") Tj ( <img src='x'> {0} %s", ") Tj ( <img src='x'> {0} %s", id="markup"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_cleaned_and_never_read_as_anything_else(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_a_character_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"U\+D\w{3} is half a character"):
        clean(text)


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_no_control(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in once)


@given(st.text())
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


def test_marks_stay_with_their_base() -> None:
    assert graphemes("x\u0323\u0301y") == ["x\u0323\u0301", "y"]


@pytest.mark.parametrize(
    ("sign", "name", "needs_shaping"),
    [
        ("王", "Han", False), ("の", "Kana", False), ("ー", "Kana", False), ("한", "Hangul", False),
        ("ა", "Georgian", False), ("Հ", "Armenian", False), ("م", "Arabic", True),
        ("ש", "Hebrew", True), ("ก", "Thai", True), ("न", "Devanagari", True),
        ("𞤀", "right-to-left script", True), ("✓", "sign", False), ("\ue000", "sign", False),
    ],
)  # fmt: skip
def test_the_script_of_a_sign(sign: str, name: str, needs_shaping: bool) -> None:
    script = script_of(sign)
    assert (script.name, script.needs_shaping) == (name, needs_shaping)


def test_what_nobody_has_is_missing_once_and_in_order() -> None:
    typesetter = Typesetter(finder=nowhere)
    assert [one.sign for one in typesetter.missing("A王小王\ue000")] == ["王", "小", "\ue000"]
    assert typesetter.missing("Ștefan Ελλάδα Київ 24,90\u00a0€") == []


def test_letters_that_join_are_missing_without_the_libraries_that_join_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arabic = make_font(tmp_path / "arabic.ttf", "TestArabic", {"م": 40})
    monkeypatch.setattr("returns_cli.documents.text.can_shape", lambda: False)
    typesetter = Typesetter([arabic], finder=nowhere)
    (missing,) = typesetter.missing("م")
    assert missing.script.name == "Arabic"
    assert typesetter.replaced("م 1") == "? 1"


def test_a_mark_that_no_font_has_takes_its_base_along() -> None:
    typesetter = Typesetter(finder=nowhere)
    assert [one.sign for one in typesetter.missing("a\u0489b")] == ["a\u0489"]
    assert typesetter.replaced("a\u0489b王") == "?b?"


def test_fonts_are_looked_for_once_a_sign_and_not_for_ever(tmp_path: Path) -> None:
    asked: list[str] = []

    def finder(sign: str) -> Iterator[tuple[Path, int]]:
        asked.append(sign)
        return iter(())

    typesetter = Typesetter(finder=finder)
    han = "".join(chr(0x4E00 + i) for i in range(100))
    assert len(typesetter.missing(han + han)) == 100
    assert len(asked) == len(set(asked)) == 64


def test_private_signs_are_never_looked_for() -> None:
    def finder(sign: str) -> Iterator[tuple[Path, int]]:
        raise AssertionError(sign)

    assert len(Typesetter(finder=finder).missing("\ue000\U0010fffd")) == 2


def test_a_font_that_was_found_serves_both_weights(tmp_path: Path) -> None:
    han = make_font(tmp_path / "found.ttf", "TestFound", {"王": 40})
    typesetter = Typesetter(finder=lambda _: iter([(han, 0)]))
    for weight in ("regular", "bold"):
        (run,) = typesetter.runs("王", weight)
        assert run.face.name == "TestFound"


def test_bold_text_takes_the_bold_of_two_named_fonts(tmp_path: Path) -> None:
    regular = make_font(tmp_path / "r.ttf", "TestPairRegular", {"王": 40})
    bold = make_font(tmp_path / "b.ttf", "TestPairBold", {"王": 40}, weight=700)
    typesetter = Typesetter([bold, regular], finder=nowhere)
    assert typesetter.runs("王", "regular")[0].face.name == "TestPairRegular"
    assert typesetter.runs("王", "bold")[0].face.name == "TestPairBold"


def test_a_width_is_the_sum_of_the_advances() -> None:
    regular, _ = core_faces()
    expected = (regular.widths["A"] + regular.widths["b"]) * 12 / 1000
    assert Typesetter().width("Ab", 12) == pytest.approx(expected)


def test_figures_in_cells_are_all_as_wide_as_the_widest() -> None:
    typesetter = Typesetter()
    ones, sevens = (typesetter.cells(figure * 4, 10, "bold", 0.0)[1] for figure in ("1", "7"))
    assert ones == pytest.approx(sevens)
    assert ones == pytest.approx(4 * typesetter.digit_cell(10, "bold"))
    assert typesetter.cells("", 10, "bold", 2.0) == ([], 0.0)


def test_drawing_a_sign_without_a_font_is_refused() -> None:
    with pytest.raises(InvalidError) as caught:
        Typesetter(finder=nowhere).runs("\ue000")
    assert caught.value.code == "E-GLYPH-MISSING"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian: letters that must not join"),
        pytest.param("ශ්\u200dරී", "ශ්\u200dරී", id="Sinhala: letters that must"),
        pytest.param("a\u200cb\u200d", "ab", id="in Latin they mean nothing"),
    ],
)
def test_joiners_stay_where_a_script_needs_them(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_letters_that_join_are_never_set_apart() -> None:
    typesetter = Typesetter()
    if typesetter.missing("محمد"):
        pytest.skip("no font for Arabic on this machine")
    placed, width = typesetter.cells("محمد 12", 10, "regular", 3.0)
    assert placed == [(0.0, "محمد 12")]
    assert width == typesetter.width("محمد 12", 10)
    joined, apart = (typesetter.width(text, 10) for text in ("مي", "م\u200cي"))
    assert joined != pytest.approx(apart)


@given(st.text(st.sampled_from("אבמم12 a()-\u200c\u200d\u200f\u0378\u2067ไ๑\u0300"), max_size=20))
def test_no_sign_is_lost_when_directions_are_told_apart(text: str) -> None:
    stretches = in_visual_order(text)
    assert sorted("".join(one.text for one in stretches)) == sorted(text)
