from __future__ import annotations

import pytest

from returns_cli.documents.sizes import Grid, find_sheet, sheets
from returns_cli.domain.errors import Exit, UsageError


@pytest.mark.parametrize(
    ("name", "points", "at_203", "at_300"),
    [
        pytest.param("4x6", (288.0, 432.0), (813, 1219), (1200, 1800), id="4 × 6 in"),
        pytest.param("100x150", (283.5, 425.2), (800, 1200), (1181, 1772), id="100 × 150 mm"),
        pytest.param("a6", (297.6, 419.5), (840, 1184), (1240, 1748), id="A6"),
    ],
)
def test_a_label_in_points_and_dots(
    name: str, points: tuple[float, float], at_203: tuple[int, int], at_300: tuple[int, int]
) -> None:
    sheet = find_sheet(name, "label")
    assert sheet.points == pytest.approx(points, abs=0.05)
    for dpi, dots in ((203, at_203), (300, at_300)):
        grid = Grid.at(dpi)
        assert (grid.mm(sheet.width), grid.mm(sheet.height)) == dots


def test_the_zones_of_every_label_fill_it_and_no_more() -> None:
    for sheet in sheets().values():
        if sheet.zones:
            inside = sheet.height - 2 * sheet.margin
            assert inside - 0.5 <= sum(sheet.zones.values()) <= inside


def test_an_unknown_size_names_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        find_sheet("4x7", "label")
    assert caught.value.code == "E-SIZE-UNKNOWN"
    assert caught.value.exit == Exit.USAGE
    hint = caught.value.hint or ""
    assert hint.startswith("Did you mean 4x6?")
    assert "half-a4" not in hint


def test_a_slip_is_not_printed_on_a_label() -> None:
    with pytest.raises(UsageError, match="Slip paper does not come as '4x6'"):
        find_sheet("4x6", "slip")


def test_other_resolutions_are_refused() -> None:
    with pytest.raises(UsageError, match="not 72") as caught:
        Grid.at(72)
    assert caught.value.code == "E-DPI-UNKNOWN"
