from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from returns_cli.documents import LabelFacts, print_calibration, print_labels
from returns_cli.documents.calibration import calibration_page
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.office import CellTemplate, label_pages
from returns_cli.documents.ops import Frame, Rule, Turned
from returns_cli.documents.sizes import Grid, find_sheet, sheets
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import InvalidError, UsageError
from tests.documents.geometry import faults
from tests.documents.samples import BOTH_CODES, LONG, codes, label_facts, page_texts, picture

FOLDED = ["a4-fold", "letter-fold"]
OFFICE = ["a4", "letter", *FOLDED]
SHEETS = ["sheet-3x8", "sheet-3x7", "sheet-2x7", "sheet-2x4", "sheet-2x5"]
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def many(count: int) -> list[LabelFacts]:
    return [
        label_facts(
            rma=f"RMA-0000{ALPHABET[n // 32]}{ALPHABET[n % 32]}X",
            qr_text=f"HTTPS://R.EXAMPLE.COM/0000{n:02d}X/K2M9XW4T",
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(
    "changes", [{}, {"sender": LONG, "destination": LONG, "reason": "x " * 80}]
)
@pytest.mark.parametrize("size", OFFICE)
def test_a_label_on_office_paper_has_its_place(size: str, changes: dict[str, Any]) -> None:
    grid, typesetter, sheet = Grid.at(300), Typesetter(), find_sheet(size, "label")
    (page,) = label_pages(sheet, Fitter(grid, typesetter))(label_facts(**changes))
    found = [one for one in faults(page, sheet, grid, typesetter) if "Frame" not in one]
    assert found == []


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", OFFICE)
def test_its_codes_stand_on_the_dots_of_the_page(size: str, dpi: int) -> None:
    data = print_labels([label_facts()], size=size, dpi=dpi).data
    for offset in (0.0, 0.35, 0.7):
        assert codes(picture(data, dpi={203: 203.2, 300: 300.0}[dpi], offset=offset)) == BOTH_CODES
    drawing = print_labels([label_facts()], size=size, dpi=dpi, form="png").data
    assert codes(Image.open(BytesIO(drawing)).convert("L")) == BOTH_CODES


@pytest.mark.parametrize("size", FOLDED)
def test_a_folded_page_shows_the_label_turned_below_the_fold(size: str) -> None:
    sheet = find_sheet(size, "label")
    grid, typesetter = Grid.at(300), Typesetter()
    (page,) = label_pages(sheet, Fitter(grid, typesetter))(label_facts())
    (fold,) = [op for op in page.static if isinstance(op, Rule) and op.dash]
    assert fold.y == grid.mm(sheet.height / 2)
    turned = [op for op in (*page.static, *page.ops) if isinstance(op, Turned)]
    assert len(turned) == 2
    for op in turned:
        assert op.y > fold.y
        assert op.y + op.width < grid.mm(sheet.height)
    (text,) = page_texts(print_labels([label_facts()], size=size, dpi=300).data)
    assert "Fold or cut here" in text
    assert "Return ID, not postage" in text


@pytest.mark.parametrize("size", OFFICE)
def test_pdf_and_picture_agree(size: str) -> None:
    data = print_labels([label_facts()], size=size, dpi=300).data
    pdf = picture(data, dpi=300)
    with Image.open(
        BytesIO(print_labels([label_facts()], size=size, dpi=300, form="png").data)
    ) as one:
        ours = one.convert("L")
    pdf = pdf.crop((0, 0, *ours.size))
    both = sum(a == b for a, b in zip(pdf.tobytes(), ours.tobytes(), strict=True))
    assert both > 0.985 * ours.width * ours.height


@pytest.mark.parametrize("size", SHEETS)
def test_every_cell_of_a_full_sheet_reads(size: str) -> None:
    cells = sheets()[size].cells
    assert cells is not None
    batch = many(cells.columns * cells.rows)
    printed = print_labels(batch, size=size, dpi=300)
    assert (printed.pages, printed.rmas) == (1, tuple(one.rma for one in batch))
    image = picture(printed.data, dpi=300)
    read = {code.text for code in zxingcpp.read_barcodes(image)}
    wanted = {one.rma for one in batch} | {one.qr_text for one in batch}
    high = image.height // cells.rows
    for row in range(cells.rows):  # as a clerk does, who scans one row after the other
        strip = image.crop((0, max(0, row * high - 60), image.width, (row + 1) * high + 60))
        read |= {code.text for code in zxingcpp.read_barcodes(strip)}
    assert read == wanted


@pytest.mark.parametrize("size", SHEETS)
def test_a_cell_keeps_everything_inside_it(size: str) -> None:
    from dataclasses import replace

    sheet = sheets()[size]
    assert sheet.cells is not None
    grid, typesetter = Grid.at(300), Typesetter()
    cell = replace(sheet, width=sheet.cells.width, height=sheet.cells.height)
    (page,) = CellTemplate(sheet.cells, Fitter(grid, typesetter)).pages(label_facts())
    assert faults(page, cell, grid, typesetter) == []


def test_a_used_sheet_begins_at_its_first_free_cell() -> None:
    printed = print_labels(many(3), size="sheet-3x8", dpi=300, start_at=23)
    assert printed.pages == 2
    first, second = ("".join(text.split()) for text in page_texts(printed.data))
    assert "RMA-000000X" in first
    assert "RMA-000001X" in first
    assert "RMA-000002X" in second
    top = picture(printed.data, dpi=100).crop((0, 0, 800, 900))
    assert top.histogram()[0] == 0


@pytest.mark.parametrize(
    ("size", "start_at", "words"),
    [
        pytest.param("sheet-3x8", 25, "has 24 cells", id="beyond the last"),
        pytest.param("sheet-3x8", 0, "has 24 cells", id="before the first"),
        pytest.param("4x6", 2, "has no cells", id="no sheet"),
    ],
)
def test_a_cell_that_is_not_there_is_refused(size: str, start_at: int, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        print_labels([label_facts()], size=size, start_at=start_at)


def test_what_a_cell_cannot_hold_is_an_error_and_never_cut() -> None:
    with pytest.raises(InvalidError) as caught:
        print_labels([label_facts(destination=LONG)], size="sheet-3x8", dpi=300)
    assert caught.value.code == "E-PAPER-FIT"
    with pytest.raises(InvalidError) as caught:
        print_labels([label_facts(travels="none")], size="sheet-3x8", dpi=300)
    assert caught.value.code == "E-LABEL-NONE"


@pytest.mark.parametrize("size", ["4x6", "100x150", "a6", *OFFICE, *SHEETS, "sticker"])
def test_a_calibration_page_has_rulers_of_whole_centimetres(size: str) -> None:
    grid, typesetter, sheet = Grid.at(300), Typesetter(), find_sheet(size, "calibration")
    page = calibration_page(sheet, Fitter(grid, typesetter), "en")
    longest = max(op.length for op in page.ops if isinstance(op, Rule))
    wanted = 100 if sheet.height > 120 else 40
    assert longest == grid.mm(wanted)
    frames = [op for op in page.ops if isinstance(op, Frame)]
    cells = sheet.cells
    assert len(frames) == (cells.columns * cells.rows if cells else 0)
    off = [one for one in faults(page, sheet, grid, typesetter) if one.startswith("off")]
    assert off == []
    assert print_calibration(size=size).pages == 1
