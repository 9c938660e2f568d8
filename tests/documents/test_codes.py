from __future__ import annotations

import string
from functools import cache

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from returns_cli.documents.codes import (
    CodeTooWideError,
    code128,
    fit_bars,
    fit_cells,
    qr_rows,
)
from returns_cli.documents.sizes import Grid

PRINTABLE = "".join(map(chr, range(32, 127)))


def drawn(widths: tuple[int, ...], unit: int = 3) -> Image.Image:
    """A Code 128 as black and white dots, with ten modules of white around it."""
    image = Image.new("L", ((sum(widths) + 20) * unit, 60), 255)
    draw = ImageDraw.Draw(image)
    x = 10 * unit
    for i, width in enumerate(widths):
        if i % 2 == 0:
            draw.rectangle((x, 5, x + width * unit - 1, 55), fill=0)
        x += width * unit
    return image


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from(PRINTABLE) | st.sampled_from(string.digits), min_size=1, max_size=40)
)
def test_a_scanner_reads_back_what_was_encoded(text: str) -> None:
    (code,) = zxingcpp.read_barcodes(drawn(code128(text).widths))
    assert str(code.format) == "Code 128"
    assert code.text == text


@cache
def fewest_symbols(text: str, active: str) -> int:
    """Every way of encoding tried: a sign in B, a pair of digits in C, or a switch."""
    if not text:
        return 0
    ways = []
    if active == "B":
        ways.append(1 + fewest_symbols(text[1:], "B"))
        if text[:2].isdigit() and len(text) >= 2:
            ways.append(2 + fewest_symbols(text[2:], "C"))
    else:
        if text[:2].isdigit() and len(text) >= 2:
            ways.append(1 + fewest_symbols(text[2:], "C"))
        ways.append(2 + fewest_symbols(text[1:], "B"))
    return min(ways)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("01234567ab"), min_size=1, max_size=14))
def test_no_encoding_is_shorter(text: str) -> None:
    best = min(fewest_symbols(text, "B"), fewest_symbols(text, "C"))
    assert code128(text).modules == 11 * (best + 2) + 13  # start, data, check; the stop has 13


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param("RMA-7F3K2QX", 156, id="a return's number: start, 11 signs, check, stop"),
        pytest.param("RMA-1234567", 134, id="digits in pairs: RMA-1, switch, 3 pairs"),
        pytest.param("12", 46, id="one pair"),
        pytest.param("1", 46, id="one digit"),
        pytest.param("0" * 20, 145, id="ten pairs"),
    ],
)
def test_widths_counted_by_hand(text: str, modules: int) -> None:
    assert code128(text).modules == modules


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "holds 1 to 80", id="empty"),
        pytest.param("A" * 81, "holds 1 to 80", id="longer than any paper"),
        pytest.param("A\x00", r"U\+0000", id="NUL"),
        pytest.param("A\n", r"U\+000A", id="line end"),
        pytest.param("A\x7f", r"U\+007F", id="delete"),
        pytest.param("ș", r"U\+0219", id="outside ASCII"),
        pytest.param("A\x1d", r"U\+001D", id="a separator outside GS1"),
    ],
)
def test_what_a_code_128_cannot_hold_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        code128(text)


def test_a_gs1_code_announces_itself_and_parts_its_elements() -> None:
    sscc = code128("00340123450000000000", gs1=True)
    assert sscc.modules == 156  # start C, FNC1, ten pairs, check, stop
    (code,) = zxingcpp.read_barcodes(drawn(sscc.widths))
    assert code.symbology_identifier == "]C1"
    (parted,) = zxingcpp.read_barcodes(drawn(code128("10AB12\x1d21XY", gs1=True).widths))
    assert parted.bytes == b"10AB12\x1d21XY"


@pytest.mark.parametrize(
    ("dpi", "room_mm", "dots"),
    [
        pytest.param(203, 95.6, 3, id="203 dpi, a label: the default"),
        pytest.param(203, 66.0, 3, id="203 dpi, exactly the default"),
        pytest.param(203, 65.9, 2, id="203 dpi, a little less: the floor of 0.25 mm"),
        pytest.param(203, 44.0, 2, id="203 dpi, exactly the floor"),
        pytest.param(300, 95.6, 4, id="300 dpi, the default"),
        pytest.param(300, 59.5, 3, id="300 dpi, less"),
    ],
)
def test_modules_are_whole_dots(dpi: int, room_mm: float, dots: int) -> None:
    grid = Grid.at(dpi)
    assert fit_bars(156, grid, grid.mm(room_mm)) == dots


def test_a_code_that_does_not_fit_says_what_it_needs() -> None:
    grid = Grid.at(203)
    with pytest.raises(CodeTooWideError, match=r"does not fit: needs 44\.0 mm, has 38\.0"):
        fit_bars(156, grid, grid.mm(38))
    with pytest.raises(CodeTooWideError, match=r"needs 18\.5 mm, has 18\.0"):
        fit_cells(29, grid, grid.mm(18))


def test_qr_modules_are_never_under_half_a_millimetre() -> None:
    assert fit_cells(29, Grid.at(203), 37 * 4) == 4  # 4 dots at 203 dpi are 0.5 mm
    assert fit_cells(29, Grid.at(300), 37 * 6) == 6  # 6 dots at 300 dpi are 0.508 mm
    with pytest.raises(CodeTooWideError):
        fit_cells(29, Grid.at(300), 37 * 6 - 1)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("RMA-7F3K2QX", 21, id="the number alone: version 1"),
        pytest.param("HTTPS://R.EXAMPLE.COM/7F3K2QX", 25, id="a short address: version 2"),
        pytest.param(
            "HTTPS://RETURNS.EXAMPLE.COM/7F3K2QX/K2M9XW4T", 29, id="with token: version 3"
        ),
    ],
)
def test_a_qr_code_is_as_small_as_its_text_allows(text: str, side: int) -> None:
    rows = qr_rows(text)
    assert len(rows) == side
    assert {len(row) for row in rows} == {side}
    assert set(b"".join(rows)) == {0, 1}


@pytest.mark.parametrize("text", ["", "A" * 301, "ș", "a\nb"], ids=["empty", "long", "ș", "LF"])
def test_a_text_that_is_no_qr_code_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a QR code"):
        qr_rows(text)
