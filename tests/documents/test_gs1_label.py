"""Labels of a shop with a GS1 prefix: the SSCC as bars, the lowest thing on the label."""

from __future__ import annotations

from typing import Any

import pytest
import zxingcpp

from returns_cli.documents import print_labels
from returns_cli.documents.fitting import DoesNotFitError, Fitter
from returns_cli.documents.label import LabelTemplate
from returns_cli.documents.ops import Bars, Text
from returns_cli.documents.placing import Box, place_sscc
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.text import Typesetter
from tests.documents.geometry import faults
from tests.documents.samples import QR_TEXT, SHOP, label_facts, page_texts, picture
from tests.documents.test_label import HARD, SIZES
from tests.documents.zpl_reader import labels_of

SSCC = "006141410000000425"
READ = {f"(00){SSCC}", QR_TEXT}
PLACED = ["a4", "letter", "a4-fold", "letter-fold"]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("changes", [case[1] for case in HARD], ids=[case[0] for case in HARD])
def test_nothing_overlaps_leaves_the_page_or_enters_a_quiet_zone(
    changes: dict[str, Any], size: str, dpi: int
) -> None:
    grid, typesetter, sheet = Grid.at(dpi), Typesetter(), find_sheet(size, "label")
    facts = label_facts(**{"sscc": SSCC, **changes})
    (page,) = LabelTemplate(sheet, Fitter(grid, typesetter)).pages(facts)
    assert faults(page, sheet, grid, typesetter) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_it_is_as_gs1_asks(size: str, dpi: int) -> None:
    """General Specifications, 5.12 and 6.6: X of 0.495 mm or more, 32 mm high, digits of 3 mm."""
    grid, sheet = Grid.at(dpi), find_sheet(size, "label")
    fitter = Fitter(grid, Typesetter())
    (page,) = LabelTemplate(sheet, fitter).pages(label_facts(sscc=SSCC))
    (bars,) = [op for op in page.ops if isinstance(op, Bars)]
    assert 0.495 <= grid.to_mm(bars.unit) <= 0.94
    assert grid.to_mm(bars.height) >= 31.9
    assert grid.to_mm(sum(bars.widths) * bars.unit) <= 165
    (digits,) = [op for op in page.ops if isinstance(op, Text) and SSCC in op.string]
    assert grid.to_mm(fitter.cap(digits.size)) >= 3
    assert all(op.y < bars.y for op in (*page.static, *page.ops) if isinstance(op, Text))


@pytest.mark.parametrize("size", [*SIZES, *PLACED])
@pytest.mark.parametrize("dpi", [203, 300])
def test_both_codes_read_at_any_offset(size: str, dpi: int) -> None:
    data = print_labels([label_facts(sscc=SSCC)], size=size, dpi=dpi).data
    for offset in (0.0, 0.35, 0.7):
        image = picture(data, dpi={203: 203.2, 300: 300.0}[dpi], offset=offset)
        assert {one.text for one in zxingcpp.read_barcodes(image)} == READ


def test_a_label_printer_spells_the_function_sign() -> None:
    zpl = print_labels([label_facts(sscc=SSCC, sender=SHOP)], form="zpl").data.decode("ascii")
    assert f">;>800{SSCC}" in zpl
    (label,) = labels_of(zpl)
    assert {one.text for one in zxingcpp.read_barcodes(label.image)} == READ


def test_the_return_is_still_said_in_letters() -> None:
    (text,) = page_texts(print_labels([label_facts(sscc=SSCC)]).data)
    assert f"(00) {SSCC}" in text
    assert "RMA-7F3K2QX" in text.replace(" ", "")


def test_a_place_that_is_too_narrow_is_refused() -> None:
    with pytest.raises(DoesNotFitError, match="does not fit"):
        place_sscc(SSCC, "sscc", Grid.at(203), Box(0, 0, 600, 300))
