"""Names and addresses in the scripts of the world, on every size of label and on a slip."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat, features
from reportlab.pdfbase import pdfmetrics

from returns_cli.documents import print_labels, print_slips
from returns_cli.documents.backends.bitmap import draw_ops
from returns_cli.documents.backends.pdf import PdfBackend
from returns_cli.documents.bidi import in_visual_order
from returns_cli.documents.checking import checked
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.label import LabelTemplate
from returns_cli.documents.ops import Page, Text
from returns_cli.documents.sizes import Grid, find_sheet, sheets
from returns_cli.documents.text import Typesetter
from tests.documents.geometry import faults
from tests.documents.samples import (
    QR_TEXT,
    RMA,
    codes,
    label_facts,
    page_texts,
    picture,
    slip_facts,
)
from tests.documents.world import WORLD, Person

SIZES = ("4x6", "100x150", "a6")


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    who: Person = request.param
    if who.font is not None and not who.font.is_file():
        pytest.skip(f"no font for {who.language} on this machine: {who.font} is missing")
    return who


def signs_drawn(page: Page, typesetter: Typesetter) -> list[tuple[str, str]]:
    """Every sign of a page with the font that draws it."""
    runs = [
        run
        for op in (*page.static, *page.ops)
        if isinstance(op, Text)
        for run in typesetter.runs(op.string, op.weight)
    ]
    return [
        (run.face.name, sign)
        for run in runs
        for part in ([piece.signs for piece in run.pieces] or [run.text])
        for sign in part
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("person", WORLD.values(), ids=WORLD, indirect=True)
def test_every_field_stays_in_its_box_and_no_box_stands_for_a_sign(
    person: Person, size: str
) -> None:
    grid, typesetter = Grid.at(203), Typesetter()
    sheet = find_sheet(size, "label")
    facts = label_facts(sender=person.address, destination=person.address, language=person.language)
    (page,) = LabelTemplate(sheet, Fitter(grid, typesetter)).pages(facts)
    assert faults(page, sheet, grid, typesetter) == []
    for name, sign in signs_drawn(page, typesetter):
        font: Any = pdfmetrics.getFont(name)
        assert font.face.charToGlyph[ord(sign)] != 0, (name, sign)


@pytest.mark.parametrize("size", [one.name for one in sheets().values() if "label" in one.uses])
@pytest.mark.parametrize("person", WORLD.values(), ids=WORLD, indirect=True)
def test_every_size_of_label_has_room_for_every_script(person: Person, size: str) -> None:
    facts = label_facts(sender=person.address, destination=person.address, language=person.language)
    printed = print_labels([facts], size=size, dpi=300)
    assert (printed.pages, printed.problems) == (1, ())


@pytest.mark.parametrize("person", WORLD.values(), ids=WORLD, indirect=True)
def test_labels_and_slips_of_the_world_print_and_read_back(person: Person) -> None:
    label = print_labels([label_facts(sender=person.address, language=person.language)])
    slip = print_slips(
        [
            slip_facts(
                customer_name=person.address.name,
                return_to=person.address,
                language=person.language,
            )
        ]
    )
    assert label.problems == slip.problems == ()
    assert codes(picture(label.data)) == {("Code 128", RMA), ("QR Code", QR_TEXT)}
    for printed in (label, slip):
        text = "".join(page_texts(printed.data)).replace("\r\n", " ")
        assert RMA in text
        if person.copies:
            assert person.address.name in text


def test_letters_join_and_vowels_change_places() -> None:
    typesetter = Typesetter()

    def shaped(text: str) -> str:
        return "".join(piece.signs for run in typesetter.runs(text) for piece in run.pieces)

    # Meem alone, and meem in the middle of a word, are two drawings.
    assert shaped("م") not in shaped("محمد")
    # In `ni` the vowel sign stands before its consonant; ka, virama, ssa are one drawing.
    assert shaped("नि")[-1] == "न"
    assert len(shaped("क्ष")) == 1
    # Tone marks keep their consonant; no advance is theirs.
    assert typesetter.width("ที่", 10) == pytest.approx(typesetter.width("ท", 10))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("abc", ["abc"], id="left to right alone"),
        pytest.param("שלום 12", ["12", "שלום "], id="a figure after Hebrew stands left of it"),
        pytest.param("Haifa חיפה 3", ["Haifa ", "3", "חיפה "], id="mixed"),
    ],
)
def test_lines_are_set_in_the_order_they_are_seen(text: str, seen: list[str]) -> None:
    assert [stretch.text for stretch in in_visual_order(text)] == seen


def test_brackets_are_mirrored_where_text_runs_leftwards() -> None:
    typesetter = Typesetter()
    runs = typesetter.runs("(א)")
    if typesetter.missing("א"):
        pytest.skip("no font for Hebrew on this machine")
    drawn = [piece.signs for run in runs for piece in run.pieces]
    assert "".join(drawn) == "(א)"  # seen from the left: the written `)` opens


@pytest.mark.skipif(
    not features.check("raqm"), reason="Pillow has no layout engine of its own here"
)
@pytest.mark.parametrize(
    "text",
    ["محمد عبد الله الأحمد", "שלום דוד", "กรุงเทพมหานคร", "प्रियंका श्रीवास्तव", "दिल्ली शक्ति"],
)
def test_lines_look_as_another_layout_engine_draws_them(text: str) -> None:
    """Pillow sets text through Raqm and FriBidi, which share no code with ours."""
    typesetter = Typesetter()
    if typesetter.missing(text):
        pytest.skip(f"no font for {text} on this machine")
    (first, *others) = typesetter.runs(text)
    if any(run.face is not first.face for run in others):
        pytest.skip("Pillow sets text in one font only")
    font = ImageFont.truetype(
        first.face.path, 160, first.face.index, layout_engine=ImageFont.Layout.RAQM
    )
    assert typesetter.width(text, 40) == pytest.approx(font.getlength(text) / 4, rel=0.02)
    theirs = Image.new("L", (2400, 420), 255)
    ImageDraw.Draw(theirs).text((20, 20), text, 0, font)
    ours = _ink(_drawn(text, typesetter))
    theirs = _ink(theirs).resize(ours.size)
    turned = ImageChops.difference(ours, ours.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    unlike = ImageStat.Stat(ImageChops.difference(ours, theirs)).mean[0]
    assert unlike < 0.35 * ImageStat.Stat(turned).mean[0]


def _drawn(text: str, typesetter: Typesetter) -> Image.Image:
    sheet, grid = find_sheet("a4", "slip"), Grid.at(203)
    backend = PdfBackend(sheet, grid, typesetter, "en")
    backend.add(Page((), (Text(grid.mm(20), grid.mm(40), 40, text),)))
    document = pypdfium2.PdfDocument(backend.finish("x"))
    image: Image.Image = document[0].render(scale=4, grayscale=True).to_pil()
    return image


def _ink(image: Image.Image) -> Image.Image:
    """The part of a picture that is not white."""
    return image.crop(ImageChops.invert(image).getbbox())


@pytest.mark.parametrize("text", ["محمد (3)", "ณัฐวุฒิ", "प्रियंका"])
def test_a_picture_shows_what_the_pdf_shows(text: str) -> None:
    typesetter = Typesetter()
    if typesetter.missing(text):
        pytest.skip(f"no font for {text} on this machine")
    dots = _ink(draw_ops([Text(100, 400, 40, text)], (1200, 1800), Grid.at(300), typesetter))
    pdf = _ink(_drawn(text, typesetter)).resize(dots.size)
    turned = ImageChops.difference(pdf, pdf.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    unlike = ImageStat.Stat(ImageChops.difference(pdf, dots)).mean[0]
    assert unlike < 0.35 * ImageStat.Stat(turned).mean[0]


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "zh-Hant"])
def test_fixed_texts_that_no_font_can_print_are_english_and_that_is_said(language: str) -> None:
    typesetter = Typesetter(finder=lambda _: iter(()))
    facts, (problem,) = checked(label_facts(language=language), typesetter, "fail")
    assert (problem.code, problem.column, facts.language) == ("W-GLYPH-REPLACED", "language", "en")
    assert problem.message.endswith("the texts were printed in English.")
    assert "Debian fonts-wqy-microhei" in (problem.hint or "")
