from __future__ import annotations

import re

import pytest

from returns_cli.documents.backends.pdf import PdfBackend
from returns_cli.documents.ops import (
    Bars,
    Cells,
    Fill,
    Frame,
    Op,
    Page,
    Rule,
    Shape,
    Text,
    moved,
)
from returns_cli.documents.shapes import GRID as SHAPE_GRID
from returns_cli.documents.shapes import SHAPES
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.text import Typesetter
from tests.documents.geometry import faults
from tests.documents.samples import picture

LABEL = find_sheet("4x6", "label")
GRID = Grid.at(203)


def drawn(*ops: Op, static: tuple[Op, ...] = ()) -> bytes:
    backend = PdfBackend(LABEL, GRID, Typesetter(), "en")
    backend.add(Page(static, ops))
    return backend.finish("a test")


def black(data: bytes) -> tuple[int, int, int, int] | None:
    """The dots between which there is ink: left, top, right, bottom."""
    inverted = picture(data).point(lambda grey: 255 - grey)
    return inverted.getbbox()


@pytest.mark.parametrize(
    ("op", "box"),
    [
        pytest.param(Fill(80, 160, 40, 24), (80, 160, 120, 184), id="an area"),
        pytest.param(Frame(80, 160, 40, 24, 4), (80, 160, 120, 184), id="a frame, its line inside"),
        pytest.param(Rule(80, 160, 40, 3), (80, 160, 120, 163), id="a line across"),
        pytest.param(Rule(80, 160, 40, 3, is_vertical=True), (80, 160, 83, 200), id="a line down"),
        pytest.param(
            Bars(80, 160, 50, 3, (2, 1, 1, 2, 2)), (80, 160, 104, 210), id="bars: 8 modules of 3"
        ),
        pytest.param(Cells(80, 160, 4, (b"\x01\x00", b"\x00\x01")), (80, 160, 88, 168), id="cells"),
    ],
)
def test_areas_and_codes_lie_on_exactly_their_dots(op: Op, box: tuple[int, int, int, int]) -> None:
    found = black(drawn(op))
    assert found is not None
    for got, wanted in zip(found, box, strict=True):
        assert abs(got - wanted) <= 1  # the page is 1,219.2 dots high, a picture has whole ones


def test_a_dashed_line_has_gaps() -> None:
    image = picture(drawn(Rule(80, 160, 400, 4, dash=(40, 20))))
    row = [image.getpixel((x, 160)) for x in range(80, 480)]
    assert row.count(0) > 200
    assert row.count(255) > 100


def test_text_stands_on_its_baseline_and_ends_where_it_is_aligned() -> None:
    for align, edge in (("left", 0), ("right", 2)):
        found = black(drawn(Text(400, 300, 20, "HH", align=align)))  # type: ignore[arg-type]  # a loop over literals
        assert found is not None
        assert abs(found[3] - 300) <= 1
        assert abs(found[edge] - 400) <= 6  # the side bearing of an H
    found = black(drawn(Text(400, 300, 20, "HH", align="center")))
    assert found is not None
    assert abs((found[0] + found[2]) / 2 - 400) <= 1


def test_white_text_shows_on_black() -> None:
    plain = picture(drawn(Fill(80, 160, 400, 100)))
    lettered = picture(drawn(Fill(80, 160, 400, 100), Text(100, 240, 24, "RETURN", ink="white")))
    assert lettered.histogram()[255] > plain.histogram()[255] + 500


def test_what_pages_share_is_drawn_once_and_referred_to() -> None:
    static: tuple[Op, ...] = (Fill(8, 8, 100, 100), Text(300, 300, 12, "SHARED"))
    backend = PdfBackend(LABEL, GRID, Typesetter(), "en")
    for number in range(3):
        backend.add(Page(static, (Text(300, 500, 12, str(number)),)))
    data = backend.finish("three")
    assert len(re.findall(rb"/Subtype /Form", data)) == 1
    assert black(data) is not None


def test_no_page_names_a_font_that_is_not_embedded() -> None:
    data = drawn(Text(100, 100, 10, "Text"))
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == 1


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_shape_is_drawn_inside_its_square(name: str) -> None:
    path = SHAPES[name].path
    pen = SHAPES[name].stroke / 2
    numbers = [float(word) for word in path.split() if word not in "mlch"]
    assert min(numbers) - pen >= 0
    assert max(numbers) + pen <= SHAPE_GRID
    assert black(drawn(Shape(200, 200, 96, name))) is not None


def test_a_moved_drawing_keeps_all_but_its_height() -> None:
    ops: tuple[Op, ...] = (Text(1, 2, 10, "a"), Fill(3, 4, 5, 6))
    assert moved(ops, 10) == (Text(1, 12, 10, "a"), Fill(3, 14, 5, 6))


@pytest.mark.parametrize(
    ("ops", "count"),
    [
        pytest.param((Text(100, 100, 10, "one"), Text(110, 101, 10, "two")), 1, id="two texts"),
        pytest.param((Bars(100, 100, 50, 3, (1,)), Text(112, 120, 10, "x")), 1, id="a quiet zone"),
        pytest.param((Fill(800, 100, 50, 50),), 1, id="off the page"),
        pytest.param((Text(100, 100, 10, "x"), Rule(90, 98, 50, 2)), 1, id="a line through text"),
        pytest.param((Fill(90, 80, 200, 40), Text(100, 100, 10, "x", ink="white")), 0, id="fine"),
    ],
)
def test_the_layout_check_itself_finds_what_is_wrong(ops: tuple[Op, ...], count: int) -> None:
    assert len(faults(Page((), ops), LABEL, GRID, Typesetter())) == count
