"""Han signs in the shapes of the country that the paper goes to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from returns_cli.documents import LabelFacts, regions
from returns_cli.documents.backends.bitmap import BitmapBackend
from returns_cli.documents.backends.pdf import PdfBackend
from returns_cli.documents.backends.zpl import ZplBackend
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.office import imposed
from returns_cli.documents.ops import Page, Text
from returns_cli.documents.press import Press, Template
from returns_cli.documents.regions import Region, preferred_files, region_of
from returns_cli.documents.sizes import Grid, Sheet, find_sheet, sheets
from returns_cli.documents.text import Typesetter
from tests.documents.fontmaker import make_font
from tests.documents.samples import SHOP, label_facts


@pytest.mark.parametrize(
    ("country", "language", "region"),
    [
        ("JP", "en", "JP"), ("KR", "en", "KR"), ("TW", "zh-Hans", "TW"), ("MO", "pt", "TW"),
        ("CN", "zh-Hant", ""), ("DE", "ja", "JP"), ("", "ko-KR", "KR"), ("", "zh_HK", "TW"),
        ("", "zh", ""), ("RO", "ro", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_the_address_says_whose_shapes_and_else_the_language(
    country: str, language: str, region: str
) -> None:
    assert region_of(country, language) == region


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font for all, and one of Japan that has two of its three signs."""
    japan = make_font(tmp_path / "japan.ttf", f"Japan{tmp_path.name}", {"骨": 40, "の": 41})
    made = {"JP": Region(frozenset({"JP"}), frozenset({"ja"}), (japan, tmp_path / "none.ttf"))}
    monkeypatch.setattr(regions, "regions", lambda: made)
    regions.region_of.cache_clear()


@pytest.fixture
def everywhere(tmp_path: Path) -> Typesetter:
    all_signs = {"骨": 50, "の": 51, "直": 52}
    font = make_font(tmp_path / "all.ttf", f"All{tmp_path.name}", all_signs)
    return Typesetter(finder=lambda _: iter([(font, 0)]))


@pytest.mark.usefixtures("fonts")
def test_a_regions_font_comes_first_and_others_help_out(
    everywhere: Typesetter, tmp_path: Path
) -> None:
    japan, anywhere = f"Japan{tmp_path.name}", f"All{tmp_path.name}"
    runs = everywhere.in_region("JP").runs("骨の直")
    assert [(run.face.name, run.text) for run in runs] == [(japan, "骨の"), (anywhere, "直")]
    assert [run.face.name for run in everywhere.runs("骨の直")] == [anywhere]


@pytest.mark.usefixtures("fonts")
def test_a_font_that_was_named_comes_before_a_regions(tmp_path: Path) -> None:
    named = make_font(tmp_path / "named.ttf", f"Named{tmp_path.name}", {"骨": 40})
    (run,) = Typesetter([named], lambda _: iter(()), "JP").runs("骨")
    assert run.face.name == f"Named{tmp_path.name}"


@pytest.mark.usefixtures("fonts")
def test_the_same_region_is_the_same_typesetter(everywhere: Typesetter) -> None:
    japan = everywhere.in_region("JP")
    assert everywhere.in_region("JP") is japan
    assert japan.in_region("JP") is japan
    assert preferred_files("") == ()
    fitter = Fitter(Grid.at(203), everywhere)
    assert fitter.in_region("") is fitter


SHEET, GRID = find_sheet("4x6", "label"), Grid.at(203)
TEXT = (Text(100, 400, 40, "骨"),)


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("is_shared", [True, False])
def test_each_page_of_a_file_is_drawn_as_its_region_reads(
    everywhere: Typesetter, is_shared: bool
) -> None:
    backend = PdfBackend(SHEET, GRID, everywhere, "en")
    for region in ("JP", "", "JP"):
        backend.add(Page(TEXT, (), region) if is_shared else Page((), TEXT, region))
    document = pypdfium2.PdfDocument(backend.finish("x"))
    first, second, third = (page.render(scale=2).to_pil().tobytes() for page in document)
    assert first == third != second


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("kind", [BitmapBackend, ZplBackend])
def test_pictures_and_label_printers_do_so_too(
    everywhere: Typesetter, kind: type[BitmapBackend | ZplBackend]
) -> None:
    files = []
    for region in ("JP", "", "JP"):
        backend = kind(SHEET, GRID, everywhere)
        backend.add(Page((), TEXT, region))
        files.append(backend.finish("x"))
    assert files[0] == files[2] != files[1]


@pytest.mark.usefixtures("fonts")
def test_a_label_is_drawn_in_the_region_that_it_comes_from() -> None:
    made = Press("label", "4x6", 203, ())
    drawn: list[Page] = []

    def template(_sheet: Sheet, _fitter: Fitter) -> Template[LabelFacts]:
        return lambda _: [Page((), TEXT[:0])]

    def impose(pages: list[Page], _: Fitter) -> list[Page]:
        drawn.extend(pages)
        return pages

    batch = [label_facts(sender=replace(SHOP, country=one)) for one in ("JP", "DE", "JP")]
    made.run(batch, template, "fail", keep_going=False, impose=impose)
    assert [page.region for page in drawn] == ["JP", "", "JP"]


def test_a_sheet_of_one_region_is_drawn_in_it_and_a_mixed_one_in_none() -> None:
    cells = sheets()["sheet-3x8"].cells
    assert cells is not None
    fitter = Fitter(Grid.at(300), Typesetter())
    for given, region in ((("JP", "JP"), "JP"), (("JP", ""), "")):
        (page,) = imposed([Page((), (), one) for one in given], cells, fitter, 1)
        assert page.region == region
