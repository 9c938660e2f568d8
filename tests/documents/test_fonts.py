from __future__ import annotations

import os
from pathlib import Path

import pytest

from returns_cli.documents.font_search import find_family, find_files
from returns_cli.documents.fonts import FontUnusableError, core_faces, load_face, load_named
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import Exit, UsageError
from tests.documents.fontmaker import ITALIC, make_font, wght_axis


def test_the_core_font_has_what_the_shops_of_europe_write() -> None:
    for face in core_faces():
        for text in (
            "Ștefan Țăranu", "Łukasz Żółć", "Đặng Thị Ngọc Ánh", "Ελλάδα ᾧ", "Київ ґ",
            "Þórður", "Ħal Qormi", "ẹ́", "€ £ ¥ ₺ ₽ ₴ ₪ ₹ ₩ ₫ ₦", "→ ≤ ≥ № …",
        ):  # fmt: skip
            assert [sign for sign in text if sign not in face.widths] == []


def test_a_face_is_loaded_once() -> None:
    regular, bold = core_faces()
    assert load_face(ITALIC) is load_face(ITALIC)
    assert (regular.is_bold, bold.is_bold) == (False, True)


def test_a_glyph_of_number_zero_is_no_glyph(tmp_path: Path) -> None:
    face = load_face(make_font(tmp_path / "zero.ttf", "TestZero", {"王": 0, "小": 40}))
    assert "王" not in face.widths
    assert "小" in face.widths


def test_a_second_font_of_one_name_is_refused(tmp_path: Path) -> None:
    load_face(make_font(tmp_path / "one.ttf", "TestTwins", {"王": 40}))
    with pytest.raises(FontUnusableError, match=r"named TestTwins is in use already \(one.ttf\)"):
        load_face(make_font(tmp_path / "two.ttf", "TestTwins", {"王": 41}))


def test_a_copy_of_the_core_font_is_refused_and_the_core_stays(tmp_path: Path) -> None:
    copy = tmp_path / "copy.ttf"
    copy.write_bytes((ITALIC.parent / "FiraSansCondensed-Regular.ttf").read_bytes())
    with pytest.raises(UsageError, match="in use already"):
        load_named([copy])


@pytest.mark.parametrize(
    ("default", "is_refused"),
    [
        pytest.param(100, True, id="hairline by default"),
        pytest.param(300, True, id="light by default"),
        pytest.param(400, False, id="regular by default"),
    ],
)
def test_a_variable_font_must_not_be_thin(tmp_path: Path, default: int, is_refused: bool) -> None:
    path = make_font(
        tmp_path / "variable.ttf",
        f"TestVariable{default}",
        {"王": 40},
        {"fvar": wght_axis(default)},
    )
    if is_refused:
        with pytest.raises(FontUnusableError, match=f"default weight is {default}, too thin"):
            load_face(path)
    else:
        assert "王" in load_face(path).widths


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"OTTO" + bytes(200), "outlines are PostScript", id="CFF outlines"),
        pytest.param(b"not a font at all", "not a readable TrueType font", id="a text"),
        pytest.param(b"", "not a readable TrueType font", id="an empty file"),
        pytest.param(
            ITALIC.read_bytes()[:30_000], "not a readable TrueType font", id="a font cut short"
        ),
        pytest.param(None, "not a readable TrueType font", id="no file"),
    ],
)
def test_a_file_that_cannot_be_drawn_with_is_a_usage_error(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    path = tmp_path / "font.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=why) as caught:
        load_named([path])
    assert (caught.value.code, caught.value.exit) == ("E-FONT-UNUSABLE", Exit.USAGE)


def test_a_font_that_forbids_embedding_is_refused(tmp_path: Path) -> None:
    path = make_font(tmp_path / "locked.ttf", "TestLocked", {"王": 40})
    data = bytearray(path.read_bytes())
    at = data.index(b"OS/2")
    offset = int.from_bytes(data[at + 8 : at + 12], "big")
    data[offset + 8 : offset + 10] = b"\x00\x02"  # fsType: restricted licence embedding
    path.write_bytes(data)
    with pytest.raises(FontUnusableError, match="forbid embedding"):
        load_face(path)


def test_candidates_that_cannot_be_drawn_with_are_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"OTTO")
    other = make_font(tmp_path / "other.ttf", "TestOther", {"小": 40})
    good = make_font(tmp_path / "good.ttf", "TestGood", {"王": 40})
    found = find_family(
        "王",
        lambda _: iter([(broken, 0), (other, 0), (good, 0)]),
        lambda face: "王" in face.widths,
    )
    assert [face.name for face in found] == ["TestGood"]


def test_a_family_is_found_with_its_other_weight_and_no_other_family(tmp_path: Path) -> None:
    names = ("Kin-Bold", "Stranger-Regular", "Kin-Regular", "Kin-Medium")
    files = [
        make_font(tmp_path / f"{name}.ttf", f"Test{name}", {"王": 40}, weight=weight)
        for name, weight in zip(names, (700, 400, 400, 500), strict=True)
    ]
    found = find_family("王", lambda _: ((path, 0) for path in files), lambda _: True)
    assert [face.name for face in found] == ["TestKin-Bold", "TestKin-Regular"]


def test_fontconfig_is_asked_last_with_the_sign_as_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "fc-list"
    program.write_text(
        f'#!/bin/sh\necho "$1" > {asked}\n'
        'printf "/fonts/b.ttf|0\\n/fonts/a.ttc|65538\\n/fonts/c.otf|0\\n/fonts/odd\\n"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    found = list(find_files("王"))
    assert asked.read_text() == ":charset=738b:weight=80:slant=0\n"
    assert found[-2:] == [(Path("/fonts/a.ttc"), 2), (Path("/fonts/b.ttf"), 0)]


def test_a_machine_without_fontconfig_has_no_more_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert all(path.is_file() for path, _ in find_files("王"))


def test_a_named_font_prints_what_the_core_lacks(tmp_path: Path) -> None:
    font = make_font(tmp_path / "han.ttf", "TestHan", {"王": 40, " ": 3})
    typesetter = Typesetter([font], finder=lambda _: iter(()))
    assert typesetter.missing("Dr 王") == []
    runs = typesetter.runs("Dr 王 x")
    assert [(run.face.name, run.text) for run in runs] == [
        ("FiraSansCondensed-Regular", "Dr "),
        ("TestHan", "王 "),
        ("FiraSansCondensed-Regular", "x"),
    ]
