from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from returns_cli.documents import InsertFacts, print_inserts
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.insert import InsertTemplate
from returns_cli.documents.logo import Logo
from returns_cli.documents.ops import Cells, Emblem, Tint
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.text import Typesetter
from returns_cli.domain.errors import InvalidError
from tests.documents.geometry import faults
from tests.documents.samples import codes, page_texts, picture
from tests.documents.world import HAN_FONT

PAGE = "https://r.example.com/returns"
OFFER = {
    "offer": "10 % off your next order with the code THANKS10",
    "offer_until": date(2026, 12, 31),
    "offer_terms": "One use for each customer; not with other offers, not for gift cards.",
}


def logo() -> Logo:
    out = BytesIO()
    Image.new("RGB", (60, 20), "#00aa66").save(out, "PNG")
    return Logo(out.getvalue(), 60, 20)


def insert_facts(**changes: Any) -> InsertFacts:
    facts: dict[str, Any] = {
        "order_id": "#1042",
        "customer_name": "Ana Țăranu-Ionescu",
        "window_days": 30,
        "travels": "prepaid",
        "shop_name": "Northwind Outfitters",
        "qr_text": PAGE,
        "contacts": ("r.example.com/returns", "help@example.com"),
        "color": "#1a6644",
    }
    return InsertFacts(**{**facts, **changes})


@pytest.mark.parametrize("language", ["en", "ro", "ja", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("travels", ["prepaid", "customer", "in_box", "pickup", "none"])
@pytest.mark.parametrize(
    "more", [{}, OFFER, {"logo": logo(), **OFFER}, {"qr_text": "", "window_days": None}]
)
def test_nothing_lies_over_anything_else(language: str, travels: str, more: dict[str, Any]) -> None:
    if language not in {"en", "ro"} and not HAN_FONT.is_file():
        pytest.skip(f"{HAN_FONT} is missing")
    grid, typesetter = Grid.at(300), Typesetter()
    facts = insert_facts(language=language, travels=travels, **more)
    for size in ("insert", "insert-4x6"):
        sheet = find_sheet(size, "insert")
        (page,) = InsertTemplate(sheet, Fitter(grid, typesetter)).pages(facts)
        assert faults(page, sheet, grid, typesetter) == []


def test_it_thanks_by_name_and_says_window_steps_and_page() -> None:
    printed = print_inserts([insert_facts(**OFFER)])
    (text,) = page_texts(printed.data)
    for words in (
        "Thank you, Ana Țăranu-Ionescu!", "You have 30 days to change your mind", "Order #1042",
        "Stick our paid label on the parcel.", "Start a return",
        "THANKS10", "Valid until Dec 31, 2026", "Northwind Outfitters",
    ):  # fmt: skip
        assert words in text.replace("\r\n", " ")
    assert codes(picture(printed.data)) == {("QR Code", PAGE)}
    assert b"Ana" not in printed.data


def test_the_code_is_at_least_25_mm_wide() -> None:
    sheet, grid = find_sheet("insert", "insert"), Grid.at(300)
    for page_address in (
        PAGE,
        "HTTPS://R.EX.CO",
        "https://shop.example.com/pages/returns?from=card",
    ):
        facts = insert_facts(qr_text=page_address)
        (page,) = InsertTemplate(sheet, Fitter(grid, Typesetter())).pages(facts)
        (cells,) = [op for op in page.ops if isinstance(op, Cells)]
        assert grid.to_mm(len(cells.rows) * cells.unit) >= 25.0


def test_without_an_offer_there_is_no_box_and_without_a_page_no_code() -> None:
    (text,) = page_texts(print_inserts([insert_facts(qr_text="")]).data)
    assert "Valid until" not in text
    assert "Start a return" not in text
    assert "with your order number" in text.replace("\r\n", " ")


def test_one_ink_shows_dark_colours_black_and_leaves_light_ones_out() -> None:
    assert Tint(0, 0, 1, 1, "#1a2b3c").is_dark
    assert not Tint(0, 0, 1, 1, "#ffee88").is_dark
    for form in ("png", "pdf"):
        assert print_inserts([insert_facts(logo=logo())], form=form).data


def test_a_logo_keeps_its_proportions() -> None:
    sheet, grid = find_sheet("insert", "insert"), Grid.at(300)
    (page,) = InsertTemplate(sheet, Fitter(grid, Typesetter())).pages(insert_facts(logo=logo()))
    (emblem,) = [op for op in page.ops if isinstance(op, Emblem)]
    assert emblem.width == pytest.approx(3 * emblem.height, abs=3)


def test_the_same_card_has_the_same_bytes() -> None:
    facts = [insert_facts(logo=logo(), **OFFER)]
    assert print_inserts(facts).data == print_inserts(facts).data


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"customer_name": "x" * 150}, "E-PAPER-FIT", id="a name without a space"),
        pytest.param({"customer_name": "x" * 5000}, "E-TEXT-TOO-LONG", id="5,000 letters"),
        pytest.param({"customer_name": "\ud800"}, "E-TEXT-INVALID", id="half a character"),
        pytest.param({"customer_name": "\ue000"}, "E-GLYPH-MISSING", id="a sign without a font"),
    ],
)
def test_what_cannot_be_printed_is_an_error(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        print_inserts([insert_facts(**changes)])
    assert caught.value.code == code


def test_markup_is_text() -> None:
    (text,) = page_texts(
        print_inserts([insert_facts(customer_name="<img src='x'> & \x00 {n}")]).data
    )
    assert "Thank you, <img src='x'> & {n}!" in text
