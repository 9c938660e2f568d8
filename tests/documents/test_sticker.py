from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from returns_cli.documents import CommandCard, StickerFacts, print_cards, print_stickers
from returns_cli.documents.cards import card_pages
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.ops import Bars, Text
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.sticker import StickerTemplate
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import InvalidError
from tests.documents.geometry import faults
from tests.documents.samples import codes, page_texts, picture

DOTS = {203: 203.2, 300: 300.0}
SIZES = ["sticker", "sticker-50x25"]


def sticker(**changes: Any) -> StickerFacts:
    facts: dict[str, Any] = {
        "rma": "RMA-7F3K2QX",
        "line": 2,
        "unit": 1,
        "sku": "TEE-NAVY-M",
        "word": "RESTOCK",
        "grade": "Opened, unused",
        "place": "B-04-2",
        "decided_on": date(2026, 3, 20),
        "actor": "ann",
    }
    return StickerFacts(**{**facts, **changes})


HARD: list[dict[str, Any]] = [
    {},
    {"word": "RETURN TO VENDOR", "line": 120, "unit": 99, "sku": "a very long SKU " * 6},
    {"word": "SCRAP", "place": "", "grade": "Ελαφρώς χρησιμοποιημένο", "actor": "x" * 60},
    {"word": "QUARANTINE UNTIL FURTHER NOTICE", "place": "shelf " * 20},
]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("changes", HARD)
def test_everything_on_a_sticker_has_its_place(
    changes: dict[str, Any], size: str, dpi: int
) -> None:
    grid, typesetter, sheet = Grid.at(dpi), Typesetter(), find_sheet(size, "sticker")
    (page,) = StickerTemplate(sheet, Fitter(grid, typesetter)).pages(sticker(**changes))
    assert faults(page, sheet, grid, typesetter) == []


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", SIZES)
def test_the_code_of_a_unit_reads_from_black_and_white_dots(size: str, dpi: int) -> None:
    data = print_stickers([sticker(line=120, unit=99)], size=size, dpi=dpi).data
    for offset in (0.0, 0.3, 0.6, 0.9):
        read = codes(picture(data, dpi=DOTS[dpi], offset=offset))
        assert read == {("QR Code", "RMA-7F3K2QX/120/99")}


def test_a_sticker_says_where_the_unit_goes_and_whose_it_is() -> None:
    (text,) = page_texts(print_stickers([sticker()]).data)
    for words in ("RESTOCK", "RMA-7F3 K2QX", "Line 2 unit 1 · TEE-NAVY-M", "Opened, unused",
                  "Bin B-04-2", "Mar 20, 2026 · ann"):  # fmt: skip
        assert words in text


def test_several_units_of_a_return_are_one_file_that_names_it_once() -> None:
    printed = print_stickers([sticker(), sticker(unit=2)])
    assert (printed.pages, printed.rmas) == (2, ("RMA-7F3K2QX",))


def test_a_word_that_cannot_be_large_is_refused() -> None:
    with pytest.raises(InvalidError, match="too long to be set large"):
        print_stickers([sticker(word="W" * 60)])


CARDS = [
    CommandCard(code, word)
    for code, word in [
        ("*DONE*", "DONE"), ("*UNDO*", "UNDO"), ("*EXTRA*", "EXTRA"), ("*GRADE-NEW*", "NEW"),
        ("*GRADE-OPENED*", "OPENED"), ("*GRADE-USED*", "USED"), ("*GRADE-DAMAGED*", "DAMAGED"),
        ("*GRADE-DEFECTIVE*", "DEFECTIVE"), ("*GRADE-WRONG-ITEM*", "WRONG ITEM"),
    ]
]  # fmt: skip


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_command_cards_read_and_stand_where_one_sweep_reads_one(size: str) -> None:
    printed = print_cards(CARDS, size=size)
    assert printed.pages == 2
    read = {one for page in range(2) for one in codes(picture(printed.data, page, dpi=300))}
    assert read == {("Code 128", card.code) for card in CARDS}
    grid, typesetter, sheet = Grid.at(300), Typesetter(), find_sheet(size, "cards")
    for page in card_pages(CARDS, sheet, Fitter(grid, typesetter)):
        assert faults(page, sheet, grid, typesetter) == []
        bars = [op for op in page.ops if isinstance(op, Bars)]
        in_a_column = sorted(bars, key=lambda op: op.y)
        for above, below in pairwise(in_a_column):
            assert below.y == above.y or below.y - above.y - above.height >= grid.mm(20)


def test_the_word_of_a_card_is_the_largest_thing_on_it() -> None:
    grid, typesetter, sheet = Grid.at(300), Typesetter(), find_sheet("a4", "cards")
    (page,) = card_pages(CARDS[:1], sheet, Fitter(grid, typesetter))
    sizes = {op.string: op.size for op in page.ops if isinstance(op, Text)}
    assert sizes == {"DONE": 30, "*DONE*": 9}


def test_a_card_without_room_for_its_code_or_word_is_refused() -> None:
    with pytest.raises(InvalidError, match="needs"):
        print_cards([CommandCard("*" + "A" * 60 + "*", "A")])
    with pytest.raises(InvalidError, match="too long for a card"):
        print_cards([CommandCard("*A*", "A" * 60)])
