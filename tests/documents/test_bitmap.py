from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from returns_cli.documents import print_labels, print_slips, print_stickers
from returns_cli.documents.backends.bitmap import draw_ops
from returns_cli.documents.ops import Bars, Cells, Fill, Frame, Op, Rule, Shape, Text
from returns_cli.documents.shapes import SHAPES
from returns_cli.documents.sizes import Grid
from returns_cli.documents.text import Typesetter
from tests.documents.samples import (
    BOTH_CODES,
    codes,
    label_facts,
    picture,
    slip_facts,
)
from tests.documents.test_sticker import sticker

GRID = Grid.at(203)


def drawn(*ops: Op) -> Image.Image:
    return draw_ops(ops, (400, 300), GRID, Typesetter())


def black(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.invert(image).getbbox()


@pytest.mark.parametrize(
    ("op", "box", "dots"),
    [
        pytest.param(Fill(80, 160, 40, 24), (80, 160, 120, 184), 960, id="an area"),
        pytest.param(Frame(80, 160, 40, 24, 4), (80, 160, 120, 184), 448, id="a frame"),
        pytest.param(Rule(80, 160, 40, 3), (80, 160, 120, 163), 120, id="a line across"),
        pytest.param(
            Rule(80, 160, 40, 3, is_vertical=True), (80, 160, 83, 200), 120, id="a line down"
        ),
        pytest.param(
            Rule(80, 160, 45, 2, dash=(10, 5)), (80, 159, 120, 161), 60, id="three dashes of ten"
        ),
        pytest.param(
            Bars(80, 160, 50, 3, (2, 1, 1, 2, 2)), (80, 160, 104, 210), 750, id="5 black modules"
        ),
        pytest.param(
            Cells(80, 160, 4, (b"\x01\x00", b"\x00\x01")), (80, 160, 88, 168), 32, id="two cells"
        ),
    ],
)
def test_areas_and_codes_fill_exactly_their_dots(
    op: Op, box: tuple[int, int, int, int], dots: int
) -> None:
    image = drawn(op)
    assert black(image) == box
    assert image.histogram()[0] == dots


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_shape_looks_as_in_the_pdf(name: str) -> None:
    from tests.documents.test_pdf import drawn as in_pdf

    op = Shape(200, 100, 96, name)
    ours, pdf = drawn(op), picture(in_pdf(op)).crop((0, 0, 400, 300))
    difference = ImageChops.difference(ours, pdf).histogram()[255]
    assert difference <= 0.25 * pdf.histogram()[0]
    box, other = black(ours), black(pdf)
    assert box is not None
    assert other is not None
    assert all(abs(a - b) <= 2 for a, b in zip(box, other, strict=True))


@pytest.mark.parametrize(
    "op",
    [
        pytest.param(Text(30, 200, 20, "Ana Țăranu 7F3K"), id="from the left"),
        pytest.param(Text(380, 200, 20, "Łukasz Żak", "bold", "right"), id="from the right"),
        pytest.param(Text(200, 200, 20, "Ιωάννα", align="center"), id="in the middle"),
        pytest.param(Text(200, 200, 15, "RMA-7F3", align="center", gap=6), id="spread"),
        pytest.param(Text(380, 200, 12, "1,171.10", align="right", columns=True), id="a column"),
    ],
)
def test_text_stands_where_the_pdf_has_it(op: Text) -> None:
    from tests.documents.test_pdf import drawn as in_pdf

    ours, pdf = black(drawn(op)), black(picture(in_pdf(op)).crop((0, 0, 400, 300)))
    assert ours is not None
    assert pdf is not None
    assert all(abs(a - b) <= 2 for a, b in zip(ours, pdf, strict=True))


def test_white_text_shows_on_black() -> None:
    plain = drawn(Fill(20, 20, 300, 100))
    lettered = drawn(Fill(20, 20, 300, 100), Text(30, 100, 24, "RETURN", ink="white"))
    assert lettered.histogram()[0] < plain.histogram()[0] - 500


@pytest.mark.parametrize(("dpi", "size"), [(203, (812, 1219)), (300, (1200, 1800))])
def test_a_png_has_the_printers_dots_in_one_bit_and_its_codes_read(
    dpi: int, size: tuple[int, int]
) -> None:
    image = Image.open(BytesIO(print_labels([label_facts()], dpi=dpi, form="png").data))
    assert (image.mode, image.size) == ("1", size)
    assert image.info["dpi"] == pytest.approx((dpi, dpi), rel=0.01)
    assert image.info["Title"] == "Return label RMA-7F3K2QX"
    assert codes(image.convert("L")) == BOTH_CODES


def test_a_preview_differs_from_the_pdf_by_the_edges_of_letters_alone() -> None:
    ours = Image.open(BytesIO(print_labels([label_facts()], form="png").data)).convert("L")
    pdf = picture(print_labels([label_facts()]).data).crop((0, 0, *ours.size))
    difference = ImageChops.difference(ours, pdf).histogram()[255]
    assert difference < 0.02 * ours.width * ours.height


def test_pages_of_one_return_stand_below_each_other() -> None:
    two = print_stickers([sticker(), sticker(unit=2)], form="png")
    assert Image.open(BytesIO(two.data)).size == (456, 512)
    slip = print_slips([slip_facts(3)], form="png")
    assert Image.open(BytesIO(slip.data)).size == (2480, 3507 * slip.pages)


def test_the_same_facts_give_the_same_picture() -> None:
    first, second = (print_labels([label_facts()], form="png").data for _ in range(2))
    assert first == second
