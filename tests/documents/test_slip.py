from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from returns_cli.documents import Promise, SlipAmount, SlipFacts, print_slips
from returns_cli.documents.facts import PaperAddress
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.ops import Frame, Page, Rule, Shape, Text
from returns_cli.documents.sizes import Grid, find_sheet
from returns_cli.documents.slip import SlipTemplate
from returns_cli.documents.text import Typesetter
from returns_cli.domain.shop import Grade
from tests.documents.geometry import faults
from tests.documents.samples import (
    BOTH_CODES,
    LONG,
    LONG_TITLE,
    RMA,
    codes,
    page_texts,
    picture,
    slip_facts,
    slip_line,
)

SIZES = ["a4", "letter"]
GRID = Grid.at(300)


def pages(facts: SlipFacts, size: str = "a4") -> tuple[list[Page], Typesetter]:
    typesetter = Typesetter()
    return SlipTemplate(find_sheet(size, "slip"), Fitter(GRID, typesetter)).pages(facts), typesetter


def words(facts: SlipFacts, size: str = "a4") -> str:
    """All text of a slip on one line: what wraps on paper is in one piece here."""
    return " ".join(" ".join(page_texts(print_slips([facts], size=size).data)).split())


def strings(page: Page) -> list[str]:
    return [op.string for op in page.ops if isinstance(op, Text)]


MANY_GRADES = tuple(Grade(f"grade_{n}", f"A grade with a long name, number {n}") for n in range(9))
HARD: list[tuple[str, dict[str, Any]]] = [
    ("one line", {}),
    ("two units of one line", {"lines": (slip_line(1, quantity=2),)}),
    ("a long title and reason", {"lines": (slip_line(1, title=LONG_TITLE, reason=LONG_TITLE),)}),
    ("an unbroken SKU of 120 letters", {"lines": (slip_line(1, sku="SKU" * 40),)}),
    ("an exchange for a long SKU", {
        "lines": (slip_line(1, resolution="exchange", exchange_sku="X" * 60),)}),
    ("the longest address", {"return_to": LONG, "customer_name": "Maximiliane " * 8}),
    ("a UUID as the order", {"order_id": "3f2504e0-4f89-11d3-9a0c-0305e82c3301"}),
    ("photos and answers due", {
        "photos_due": 2, "answers_due": ("Which part is broken?", "Was it ever used?")}),
    ("nine grades with long names", {"grades": MANY_GRADES}),
    ("no grades", {"grades": ()}),
    ("a gift", {"is_gift": True}),
    ("nothing to send", {"travels": "none"}),
    ("no last day", {"post_by_on": None, "ordered_on": None}),
    ("no quote", {"amounts": (), "total_minor": None}),
    ("every component", {
        "amounts": tuple(SlipAmount(kind, -123456) for kind in (
            "items", "tax", "original_shipping", "restocking_fee", "return_shipping",
            "transfer_fee", "condition_deduction", "promotion_clawback", "bonus_credit",
            "goodwill")),
        "tax_included_minor": 999}),
    ("a long shop and policy", {"shop_name": "Northern Lights " * 9, "policy_id": "p" * 150}),
    ("nothing in the foot", {"policy_id": "", "policy_version": "", "printed_on": None}),
    ("no lines at all", {"lines": ()}),
    ("Greek and Cyrillic", {"customer_name": "Ελένη Παπαδοπούλου", "shop_name": "Київ Маркет"}),
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("changes", [case[1] for case in HARD], ids=[case[0] for case in HARD])
def test_nothing_overlaps_leaves_the_page_or_enters_a_quiet_zone(
    changes: dict[str, Any], size: str
) -> None:
    drawn, typesetter = pages(slip_facts(**changes), size)
    for page in drawn:
        assert faults(page, find_sheet(size, "slip"), GRID, typesetter) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lines", [2, 3, 5, 8, 12, 60])
def test_slips_of_any_length_stay_on_their_pages(lines: int, size: str) -> None:
    facts = slip_facts(
        lines=tuple(
            slip_line(n, title=LONG_TITLE if n % 2 else "Socks", quantity=n)
            for n in range(1, lines + 1)
        )
    )
    drawn, typesetter = pages(facts, size)
    for page in drawn:
        assert faults(page, find_sheet(size, "slip"), GRID, typesetter) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_plain_slip_is_one_page_whose_codes_decode(size: str) -> None:
    printed = print_slips([slip_facts(2)], size=size)
    assert printed.pages == 1
    for dpi in (203.2, 300):
        assert codes(picture(printed.data, dpi=dpi)) == BOTH_CODES


def test_sixty_rows_go_on_pages_that_each_say_what_they_are() -> None:
    printed = print_slips([slip_facts(60)])
    texts = page_texts(printed.data)
    assert printed.pages == len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert f"{number} of {printed.pages}" in text
        assert RMA in text
        assert "Return packing slip" in text
        assert codes(picture(printed.data, page=number - 1, dpi=300)) == BOTH_CODES
    every = "\n".join(texts)
    for line in range(1, 61):
        assert len(re.findall(rf"TEE-NAVY-{line}\b", every)) == 2  # in the table, at the bench
    assert every.count("Initials") == 1


def test_the_tables_head_comes_again_and_the_cut_line_is_on_the_first_page_only() -> None:
    drawn, _ = pages(slip_facts(60))
    tables = [page for page in drawn if "TEE-NAVY-40" in strings(page)]
    assert all("SKU" in strings(page) or "For the warehouse" in strings(page) for page in tables)
    cut = [
        [op for op in page.ops if op == op and isinstance(op, Rule) and op.dash] for page in drawn
    ]
    assert [len(rules) for rules in cut] == [1] + [0] * (len(drawn) - 1)
    assert cut[0][0].dash == (17, 12)  # 4 on, 3 off, in points of 300/72 dots


def test_the_text_of_a_slip_comes_back_from_the_file() -> None:
    text = words(slip_facts(2))
    for part in (
        "Return packing slip", "Put this page inside the parcel", RMA, "#1042", "Jun 20, 2026",
        "Ana Țăranu-Ionescu", "TEE-NAVY-1", "Organic cotton T-shirt, navy", "Too small", "Refund",
        "What you get back", "Items", "$59.90", "Restocking fee", "-$5.99", "Return shipping",
        "-$6.95", "Total", "$51.16", "You will get $51.16 back within 5 days after inspection.",
        "Friday, July 24, 2026", "Posted later, the return may be refused.",
        "Portland, ME 04101", "UNITED STATES", "Pack all items and this page.",
        "Stick the labels outside. Cover old barcodes.",
        "Hand it in by Jul 24, 2026. Keep the receipt.", "Money back within 5 days after",
        "For the warehouse", "2 units expected", "Opened, unused", "Quantity found", "Initials",
        "Cut here and keep this part", "Policy standard 2026-01", "1 of 1",
    ):  # fmt: skip
        assert part in text, part


def test_amounts_of_one_kind_are_one_row() -> None:
    amounts = (SlipAmount("items", 1000), SlipAmount("items", 234))
    text = words(slip_facts(amounts=amounts, total_minor=1234))
    assert text.count("Items") == 1
    assert "Items $12.34" in text


@pytest.mark.parametrize(
    ("currency", "minor", "text"),
    [("JPY", 6010, "¥6,010"), ("KWD", 16963, "KWD 16.963"), ("EUR", 2490, "€24.90")],
)
def test_amounts_have_their_currencys_decimals(currency: str, minor: int, text: str) -> None:
    facts = slip_facts(currency=currency, amounts=(SlipAmount("items", minor),), total_minor=minor)
    assert f"You will get {text} back" in words(facts)


def test_a_gift_shows_no_amount_whatever_the_facts_hold() -> None:
    facts = slip_facts(2, is_gift=True, tax_included_minor=420)
    text = words(facts)
    for amount in ("59.90", "5.99", "4.20", "6.95", "51.16", "$", "USD"):
        assert amount not in text
    for word in ("Money", "Refund", "Restocking", "payment"):
        assert word not in text
    assert "As agreed" in text
    assert "Credit, or as agreed, within 5 days after inspection." in text


@pytest.mark.parametrize(
    ("promise", "when"),
    [
        pytest.param(Promise("inspected", 5), "within 5 days after inspection", id="days"),
        pytest.param(Promise("received", 1), "within 1 day after the parcel arrives", id="one day"),
        pytest.param(
            Promise("first_scan", 3, is_business=True),
            "within 3 business days after the carrier's first scan",
            id="business days",
        ),
        pytest.param(Promise("requested"), "after your request", id="no number promised"),
    ],
)
def test_the_promise_is_the_policys(promise: Promise, when: str) -> None:
    assert f"You will get $51.16 back {when}." in words(slip_facts(promise=promise))


@pytest.mark.parametrize(
    ("changes", "present", "absent"),
    [
        pytest.param(
            {"travels": "customer"},
            ["next to the postage you buy"],
            ["Nothing to send back"],
            id="the customer pays",
        ),
        pytest.param(
            {"travels": "in_box"},
            ["Stick the label from your parcel outside"],
            [],
            id="the label is in the parcel",
        ),
        pytest.param(
            {"travels": "pickup", "post_by_on": None},
            ["Have it ready for the courier. Keep the receipt.", "No last day"],
            ["Hand it in", "Posted later"],
            id="a courier, no last day",
        ),
        pytest.param(
            {"post_by_on": None}, ["Hand it in. Keep the receipt."], ["Post by –"], id="no last day"
        ),
        pytest.param(
            {"travels": "none"},
            ["Nothing to send back", "Keep the goods. Do not send them back.", "Money back"],
            ["inside the parcel", "Post by", "For the warehouse", "Cut here", "Hand it in"],
            id="keep the item",
        ),
        pytest.param(
            {"photos_due": 1, "answers_due": ("Which part?",)},
            ["Send us 1 photo first", "Answer us first: Which part?"],
            [],
            id="evidence due",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="store_credit"),)},
            ["You will get $51.16 as store credit within", "Store credit within 5 days"],
            ["Money back"],
            id="store credit",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="exchange", exchange_sku="TEE-NAVY-L"),)},
            ["Exchange for TEE-NAVY-L", "We send your goods within", "New goods on their way"],
            ["Money back"],
            id="an exchange",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="exchange", exchange_sku="CAP"),), "amounts": (),
             "total_minor": 0, "owed_minor": 432},
            ["We send your goods within", "You owe $4.32 for the exchange."],
            ["difference", "Money back"],
            id="an exchange for something dearer",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="exchange", exchange_sku="CAP"),),
             "amounts": (SlipAmount("items", 778),), "total_minor": 778},
            ["You get the difference of $7.78 back."],
            ["You owe"],
            id="an exchange for something cheaper",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="exchange", exchange_sku="CAP"),), "amounts": (),
             "total_minor": None, "owed_minor": 432, "is_gift": True},
            ["This return is a gift."],
            ["You owe", "4.32"],
            id="of a gift no paper shows an amount",
        ),
        pytest.param(
            {"lines": (slip_line(resolution="mystery"),)},
            ["mystery"],
            [],
            id="a resolution without a text is printed as it is",
        ),
        pytest.param(
            {"amounts": (SlipAmount("items", 500), SlipAmount("shipping_gift", -500)),
             "total_minor": 0},
            ["Nothing is paid back for this return.", "shipping_gift"],
            ["Money back", "The amount holds"],
            id="fees eat it all, one of an unknown kind",
        ),
        pytest.param(
            {"amounts": (), "total_minor": None},
            ["Money back within 5 days after inspection."],
            ["Total", "$"],
            id="nothing quoted yet",
        ),
        pytest.param(
            {"tax_included_minor": 817}, ["Tax included in it: $8.17"], [], id="tax included"
        ),
    ],
)  # fmt: skip
def test_the_words_follow_the_return(
    changes: dict[str, Any], present: list[str], absent: list[str]
) -> None:
    text = words(slip_facts(**changes))
    for part in present:
        assert part in text
    for part in absent:
        assert part not in text


def test_every_line_has_a_tick_box_for_each_grade() -> None:
    drawn, _ = pages(slip_facts(3))
    side = GRID.mm(4.5)
    ticks = [op for page in drawn for op in page.ops if isinstance(op, Frame) and op.width == side]
    assert len(ticks) == 3 * 6


def test_titles_end_in_an_ellipsis_and_skus_and_quantities_never_do() -> None:
    line = slip_line(1, title=LONG_TITLE, sku="SKU-" + "9" * 60, quantity=123456)
    (page, *_), _ = pages(slip_facts(lines=(line,)))
    found = strings(page)
    assert any(string.startswith("buttons") or string.endswith("…") for string in found)
    assert not any("…" in string for string in found if "999" in string)
    assert (
        "".join(string for string in found if re.fullmatch(r"(SKU-)?9+", string)).count("9") == 120
    )
    assert "123456" in found


def test_steps_are_numbered_drawings() -> None:
    (page,), _ = pages(slip_facts())
    shapes = [op.name for op in page.ops if isinstance(op, Shape)]
    assert shapes.count("disc") == 4
    assert {"parcel", "label", "counter", "coin", "scissors", "page_in"} <= set(shapes)


def test_a_name_too_long_for_the_head_shrinks_to_two_lines_and_then_fails() -> None:
    two_lines = slip_facts(customer_name="Maximiliane von Hohenstein " * 4)
    assert "Maximiliane" in words(two_lines)
    printed = print_slips([replace(two_lines, customer_name="Maximiliane" * 17)], keep_going=True)
    assert (printed.pages, [problem.code for problem in printed.problems]) == (0, ["E-PAPER-FIT"])


def test_dates_are_those_of_the_facts_and_not_of_the_clock() -> None:
    text = words(slip_facts(printed_on=date(2001, 2, 3), ordered_on=None))
    assert "Printed Feb 3, 2001" in text
    assert "ORDERED –" in text


def test_a_return_address_without_a_name_begins_with_its_street() -> None:
    address = PaperAddress("", ("1 Mill Lane",), "Leeds", "", "LS1 4AP", "GB")
    assert "Send to 1 Mill Lane Leeds LS1 4AP UNITED KINGDOM" in words(
        slip_facts(return_to=address)
    )
