"""The slip with the label below its fold, on one sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import zxingcpp

from returns_cli.documents import SlipFacts, print_labels, print_slips
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.ops import Page, Rule, Turned
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.slip import SlipTemplate
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import InvalidError
from tests.documents.geometry import faults
from tests.documents.samples import (
    LONG,
    RMA,
    label_facts,
    page_texts,
    picture,
    slip_facts,
)
from tests.documents.test_slip import HARD

SIZES = ["a4-fold", "letter-fold"]
GRID = Grid.at(300)


def folded(count: int = 1, /, **changes: Any) -> SlipFacts:
    return replace(slip_facts(count, **changes), label=label_facts())


def pages(facts: SlipFacts, size: str) -> tuple[list[Page], Typesetter]:
    typesetter = Typesetter()
    return SlipTemplate(find_sheet(size, "slip"), Fitter(GRID, typesetter)).pages(facts), typesetter


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("changes", [case[1] for case in HARD], ids=[case[0] for case in HARD])
def test_nothing_overlaps_or_crosses_the_fold(changes: dict[str, Any], size: str) -> None:
    sheet = find_sheet(size, "slip")
    drawn, typesetter = pages(folded(**changes), size)
    for page in drawn:
        assert faults(page, sheet, GRID, typesetter) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("lines", "sheets"), [(1, 1), (2, 2), (5, 2), (60, 12)])
def test_one_line_is_one_sheet_and_more_take_what_they_need(
    lines: int, sheets: int, size: str
) -> None:
    drawn, typesetter = pages(folded(lines), size)
    assert len(drawn) <= sheets
    assert (len(drawn) == 1) == (sheets == 1)
    for page in drawn:
        assert faults(page, find_sheet(size, "slip"), GRID, typesetter) == []


def test_the_label_is_the_one_of_the_label_command() -> None:
    slip, label = (
        print_slips([folded()], size="a4-fold", dpi=300).data,
        print_labels([label_facts()], size="a4-fold", dpi=300).data,
    )
    below = [
        picture(data, dpi=300).crop((0, GRID.mm(150), GRID.mm(210), GRID.mm(297)))
        for data in (slip, label)
    ]
    assert below[0].tobytes() == below[1].tobytes()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dpi", [203.2, 300.0])
def test_every_code_reads_on_both_halves(size: str, dpi: float) -> None:
    data = print_slips([folded()], size=size, dpi=300).data
    for offset in (0.0, 0.35, 0.7):
        image = picture(data, dpi=dpi, offset=offset)
        middle = image.height // 2
        for half in ((0, 0, image.width, middle), (0, middle, image.width, image.height)):
            found = {str(one.format): one.text for one in zxingcpp.read_barcodes(image.crop(half))}
            assert set(found.values()) == {RMA, label_facts().qr_text}, (half, found)


def test_what_is_due_from_the_customer_is_said_on_a_sheet_to_keep() -> None:
    (first, second) = page_texts(print_slips([folded(photos_due=2)], size="a4-fold").data)
    assert "For the warehouse" in first
    assert "How to send it back" in second


def test_a_label_that_cannot_be_printed_is_named_as_its_fields_are() -> None:
    facts = replace(folded(), label=label_facts(sender=replace(LONG, name="\ue000")))
    with pytest.raises(InvalidError) as raised:
        print_slips([facts], size="a4-fold")
    assert [one.column for one in raised.value.problems] == ["ship_name"]


@pytest.mark.parametrize("facts", [slip_facts(), replace(folded(), travels="none")])
def test_without_a_label_the_sheet_is_a_plain_slip(facts: SlipFacts) -> None:
    drawn, _ = pages(facts, "a4-fold")
    assert not [op for page in drawn for op in (*page.static, *page.ops) if isinstance(op, Turned)]


def test_on_other_paper_a_label_is_not_drawn() -> None:
    assert pages(folded(), "a4")[0] == pages(replace(folded(), label=None), "a4")[0]


def test_the_fold_is_in_the_middle() -> None:
    (page,), _ = pages(folded(), "letter-fold")
    dashed = [op for op in page.static if isinstance(op, Rule) and op.dash]
    assert [op.y for op in dashed] == [GRID.mm(139.7)]
