from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.documents import PaperAddress, print_labels
from returns_cli.documents.checking import checked
from returns_cli.documents.fitting import DoesNotFitError, Fitter
from returns_cli.documents.label import LabelTemplate
from returns_cli.documents.ops import Bars, Cells, Text
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.text import Typesetter
from tests.documents.geometry import faults
from tests.documents.samples import (
    BOTH_CODES,
    LONG,
    QR_TEXT,
    RMA,
    SHOP,
    codes,
    label_facts,
    page_texts,
    picture,
)

SIZES = ["4x6", "100x150", "a6"]
HARD: list[tuple[str, dict[str, Any]]] = [
    ("a plain label", {}),
    ("the longest addresses", {"sender": LONG, "destination": LONG}),
    ("a UUID as the order", {"order_id": "3f2504e0-4f89-11d3-9a0c-0305e82c3301"}),
    ("a long reason", {"reason": "It is not as described: the sleeves are longer than shown"}),
    ("no lane, no last day", {"lane": "", "post_by_on": None, "travels": "pickup"}),
    ("a wide lane", {"lane": "QUARANTINE-12", "units": 10_000}),
    ("a long shop name", {"lane": "", "shop_name": "The Extraordinary Northern Lights " * 3}),
    ("the RMA alone in the QR", {"qr_text": RMA, "travels": "in_box"}),
    ("a long policy name", {"policy_id": "a-very-long-policy-name-" * 4, "labels_total": 12}),
    ("nothing but the number", {
        "sender": PaperAddress(""), "destination": PaperAddress("", ("1 Mill Lane",)),
        "policy_id": "", "policy_version": "", "printed_on": None, "order_id": "", "reason": ""}),
    ("Greek and Cyrillic", {"reason": "Δεν μου κάνει", "lane": "Щ9"}),
]  # fmt: skip


def template(size: str, dpi: int) -> tuple[LabelTemplate, Typesetter, Grid]:
    grid, typesetter = Grid.at(dpi), Typesetter()
    return LabelTemplate(find_sheet(size, "label"), Fitter(grid, typesetter)), typesetter, grid


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("changes", [case[1] for case in HARD], ids=[case[0] for case in HARD])
def test_nothing_overlaps_leaves_the_page_or_enters_a_quiet_zone(
    changes: dict[str, Any], size: str, dpi: int
) -> None:
    drawn, typesetter, grid = template(size, dpi)
    (page,) = drawn.pages(label_facts(**changes))
    assert faults(page, find_sheet(size, "label"), grid, typesetter) == []


NAMES = st.text(st.sampled_from("aeiou MWșțŁ-.,'()/<>&áΩЖ"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(name=NAMES, street=NAMES, order=NAMES, reason=NAMES, lane=NAMES, size=st.sampled_from(SIZES))
def test_any_text_has_its_place_or_is_refused(
    name: str, street: str, order: str, reason: str, lane: str, size: str
) -> None:
    drawn, typesetter, grid = template(size, 203)
    sender = PaperAddress(name, (street, street), name, street, order, "GR")
    facts, problems = checked(
        label_facts(sender=sender, order_id=order, reason=reason, lane=lane, destination=sender),
        typesetter,
        "fail",
    )
    assert problems == []
    try:
        (page,) = drawn.pages(facts)
    except DoesNotFitError as refused:
        field = refused.field
    else:
        field = ""
        assert faults(page, find_sheet(size, "label"), grid, typesetter) == []
    assert field in {"", "sender", "destination", "lane"}


@pytest.mark.parametrize(
    ("dpi", "dots"), [pytest.param(203, 203.2, id="203"), pytest.param(300, 300.0, id="300")]
)
@pytest.mark.parametrize("size", SIZES)
def test_both_codes_decode_from_black_and_white_dots(size: str, dpi: int, dots: float) -> None:
    data = print_labels([label_facts()], size=size, dpi=dpi).data
    for offset in (0.0, 0.25, 0.5, 0.75):
        assert codes(picture(data, dpi=dots, offset=offset)) == BOTH_CODES


def test_a_203_dpi_label_also_reads_from_a_300_dpi_printer() -> None:
    data = print_labels([label_facts()], dpi=203).data
    assert codes(picture(data, dpi=300)) == BOTH_CODES


def test_bars_stand_on_whole_dots_29_mm_high_with_three_dots_a_module() -> None:
    drawn, _, _ = template("4x6", 203)
    (page,) = drawn.pages(label_facts())
    (bars,) = [op for op in page.ops if isinstance(op, Bars)]
    assert bars.unit == 3
    assert sum(bars.widths) == 156
    assert bars.height >= 29 * 8
    (cells,) = [op for op in page.ops if isinstance(op, Cells)]
    assert cells.unit >= 4


def test_three_sizes_carry_the_page_and_nothing_is_under_6_points() -> None:
    drawn, _, _ = template("4x6", 203)
    shop = replace(SHOP, street=("18 Harbour Road",))
    (page,) = drawn.pages(label_facts(destination=shop))
    texts = [op for op in (*page.static, *page.ops) if isinstance(op, Text)]
    sizes = {op.string: op.size for op in texts}
    assert sizes["B4"] == 27
    assert sizes["Northwind Outfitters"] == 15
    assert sizes["RMA-7F3 K2QX"] == 15
    assert min(sizes.values()) >= 6


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            {},
            "Return ID, not postage. Put the carrier's label next to this one.",
            id="prepaid is no postage either",
        ),
        pytest.param(
            {"travels": "customer"},
            "Return ID, not postage. Put the carrier's label next to this one.",
            id="the sender pays",
        ),
        pytest.param(
            {"travels": "in_box"},
            "Return ID, not postage. Use the label from your parcel.",
            id="label in the parcel",
        ),
    ],
)
def test_a_label_without_a_carriers_label_says_that_it_is_not_postage(
    changes: dict[str, Any], line: str
) -> None:
    (text,) = page_texts(print_labels([label_facts(**changes)]).data)
    assert line in text


def test_a_label_beside_a_carriers_label_does_not_say_it() -> None:
    (text,) = page_texts(print_labels([label_facts(postage=True)]).data)
    assert "postage." not in text


def test_the_text_of_a_label_comes_back_from_the_file() -> None:
    (text,) = page_texts(print_labels([label_facts()]).data)
    for part in (
        "RETURN", "The shop pays the postage", "B4", "Ana Țăranu-Ionescu",
        "Strada Mihai Eminescu 14, ap. 3", "400033 Cluj Cluj-Napoca", "ROMANIA", RMA,
        "Portland, ME 04101", "UNITED STATES", "#1042", "Too small", "Jul 24, 2026",
        "Policy standard 2026-01", "Label 1 of 1", "Printed Jul 3, 2026",
    ):  # fmt: skip
        assert part in text


def test_dates_take_the_form_of_the_language() -> None:
    (text,) = page_texts(print_labels([label_facts(language="en-GB")]).data)
    assert "24 Jul 2026" in text


def test_no_number_is_minted_and_no_personal_data_enters_the_code() -> None:
    assert re.fullmatch(r"HTTPS://[A-Z0-9./]+", QR_TEXT)
    data = print_labels([label_facts()]).data
    for personal in (b"Ana", b"Eminescu", b"Cluj"):
        assert personal not in data  # the title and all else that is not compressed
