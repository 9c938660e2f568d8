import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.page.colors import Rgb, contrast, palette, parse_color, readable

_CHANNEL = st.integers(0, 255)


def _known(text: str) -> Rgb:
    found = parse_color(text)
    assert found is not None
    return found


@given(st.tuples(_CHANNEL, _CHANNEL, _CHANNEL), st.booleans())
def test_whatever_colour_a_shop_chose_its_page_can_be_read(brand: Rgb, dark: bool) -> None:
    found = palette("#{:02x}{:02x}{:02x}".format(*brand), dark=dark)
    for ground in (found.paper, found.raised):
        for ink in (found.ink, found.dim, found.accent):
            assert contrast(_known(ink), _known(ground)) >= 4.5
    assert _known(found.band) == brand
    assert contrast(_known(found.on_band), brand) >= 4.5


@pytest.mark.parametrize(("dark", "ground"), [(False, "#fdfcf9"), (True, "#14161a")])
def test_a_colour_that_can_be_read_stays_as_it_is(dark: bool, ground: str) -> None:
    chosen = "#7a3b1d" if not dark else "#e0b040"
    assert palette(chosen, dark=dark).accent == chosen
    assert palette(chosen, dark=dark).paper == ground


@pytest.mark.parametrize("chosen", ["", "red", "#12", "#1234567", "#12345g", "url(x)", "#fff;}"])
def test_what_is_no_colour_never_reaches_the_style(chosen: str) -> None:
    assert palette(chosen, dark=False).band == "#155263"


def test_three_digits_are_six() -> None:
    assert palette("#FA0", dark=False).band == "#ffaa00"


def test_where_no_hue_is_readable_black_or_white_is() -> None:
    grey = (119, 119, 119)
    assert readable(grey, (grey,), 5) == (0, 0, 0)
    assert readable(grey, ((0, 0, 0),), 22) == (255, 255, 255)
