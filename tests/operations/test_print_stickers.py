from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.print_paper import PaperRequest
from returns_cli.operations.print_stickers import print_command_cards, print_stickers
from returns_cli.operations.shop import Shop
from tests.documents.samples import codes, page_texts, picture
from tests.operations.desk import opened, received, small_shop
from tests.operations.test_print_paper import files


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop")


@pytest.fixture
def graded(shop: Shop) -> str:
    """Two tees: the first found new, the second damaged; the damaged one was put away."""
    rma = opened(shop, "1001", "2=too_small")
    received(shop, rma, "2:2")
    for grade in ("new", "damaged"):
        inspect_items(shop, InspectRequest(rma, (parse_item(f"2:1={grade}"),)))
    dispose_items(shop, DisposeRequest(rma, (parse_item("2:1=scrap"),), location="Bin 9"))
    return rma


def test_each_inspected_unit_gets_a_sticker_of_its_own(shop: Shop, graded: str) -> None:
    (file,) = files(print_stickers(shop, PaperRequest((graded,))))
    assert (file["kind"], file["size"], file["pages"]) == ("sticker", "sticker", 2)
    assert file["rmas"] == [graded]
    assert Path(file["path"]).name == f"{graded}-sticker.pdf"
    data = Path(file["path"]).read_bytes()
    first, second = page_texts(data)
    assert "RESTOCK" in first
    assert "Bin" not in first
    assert "SCRAP" in second
    assert "Bin Bin 9" in second
    read = [codes(picture(data, page)) for page in (0, 1)]
    assert read == [{("QR Code", f"{graded}/2/1")}, {("QR Code", f"{graded}/2/2")}]


def test_one_unit_can_be_named(shop: Shop, graded: str) -> None:
    (file,) = files(print_stickers(shop, PaperRequest((graded,), size="sticker-50x25"), [(2, 2)]))
    (text,) = page_texts(Path(file["path"]).read_bytes())
    assert "SCRAP" in text


def test_a_return_keeps_all_its_stickers_in_one_file_when_split(shop: Shop, graded: str) -> None:
    (file,) = files(print_stickers(shop, PaperRequest((graded,), split=True)))
    assert file["pages"] == 2


def test_what_was_not_inspected_has_no_sticker(shop: Shop, graded: str) -> None:
    other = opened(shop, "1001", "1=itchy")
    with pytest.raises(ConflictError, match="Nothing of") as caught:
        print_stickers(shop, PaperRequest((other,)))
    assert caught.value.code == "E-NOT-INSPECTED"
    with pytest.raises(ConflictError, match="Unit 3 of line 2"):
        print_stickers(shop, PaperRequest((graded,)), [(2, 3)])


@pytest.mark.parametrize(
    "changes", [{"ready": True}, {"carrier": Path("x.pdf")}, {"tracking": "1Z"}, {"start_at": 2}]
)
def test_what_stickers_cannot_do_is_said(shop: Shop, changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="named returns"):
        print_stickers(shop, PaperRequest(**changes))


def test_goods_put_elsewhere_than_their_grade_says_count_from_the_first_unit(
    shop: Shop, graded: str
) -> None:
    dispose_items(shop, DisposeRequest(graded, (parse_item("2:1=donate"),)))
    (file,) = files(print_stickers(shop, PaperRequest((graded,))))
    first, second = page_texts(Path(file["path"]).read_bytes())
    assert "DONATE" in first
    assert "SCRAP" in second


def test_command_cards_are_one_file_with_a_card_for_each_grade(shop: Shop) -> None:
    answer = print_command_cards(shop)
    (file,) = files(answer)
    assert Path(file["path"]) == shop.folder / "paper" / "cards.pdf"
    assert (file["kind"], file["size"], file["rmas"]) == ("cards", "a4", [])
    data = Path(file["path"]).read_bytes()
    read = {
        text for page in range(file["pages"]) for _, text in codes(picture(data, page, dpi=300))
    }
    commands = {"*DONE*", "*UNDO*", "*EXTRA*", "*NOTE*", "*PHOTO*"}
    assert {*commands, "*GRADE-NEW*", "*GRADE-DAMAGED*"} <= read
    assert len(read) == len(commands) + len(shop.config.tables.grades)
