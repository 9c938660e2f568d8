"""Orders typed by hand: their money, repeats, changes, and what makes no sense."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, DeclinedError, ReturnsError, UsageError
from returns_cli.domain.model import Address
from returns_cli.operations.add_order import TypedOrder, add_order
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.list_orders import list_orders, show_order
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import (
    inspected,
    items,
    on,
    opened,
    received,
    rehearsed,
    small_shop,
    written,
)

FULL = TypedOrder(
    order_id="M-17",
    items=("MUG:2@12.50=Blue mug", "@5=Gift wrap"),
    placed="2026-03-01",
    shipping="4.95",
    discount="3",
    tax="on_top",
    tax_amount="2.00",
    channel="market",
    shipped="2026-03-02",
    delivered="2026-03-05T14:00",
    payment="cash",
    discount_codes=("SPRING",),
    tags=("stall", "gift"),
    customer_id="c9",
    customer="Ann Buyer",
    email="ann@example.com",
    ship_to=Address("Ann Buyer", "", "1 Elm St", "", "Austin", "TX", "78704", "US"),
)
PLAIN = TypedOrder("M-18", ("MUG:2@12.50",))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def added(shop: Shop, typed: TypedOrder) -> Any:
    return add_order(shop, typed)


def test_an_order_is_kept_as_an_imported_one(shop: Shop) -> None:
    answer = added(shop, FULL)
    assert answer.pop("replayed") is False
    assert answer == show_order(shop, "market/M-17")
    # 30.00 less 3.00, shared 2.50 and 0.50; tax 2.00 over 22.50 and 4.50; shipping over 25 and 5
    figures = ("items", "tax", "shipping", "order_discount", "paid")
    assert [[one[name] for name in figures] for one in answer["lines"]] == [
        ["22.50", "1.67", "4.13", "2.50", "28.30"],
        ["4.50", "0.33", "0.82", "0.50", "5.65"],
    ]
    assert (answer["total"], answer["captured"], answer["tax_style"]) == (
        "33.95",
        "33.95",
        "on_top",
    )
    assert (answer["placed_at"], answer["shipped_at"]) == ("2026-03-01", "2026-03-02")
    assert answer["delivered_at"] == "2026-03-05T14:00:00+00:00"
    assert (answer["source"], answer["is_gift"], answer["tags"]) == (
        "typed",
        True,
        ["stall", "gift"],
    )
    assert (answer["payment_method"], answer["discount_codes"]) == ("cash", ["SPRING"])
    assert [one["shipped"] for one in answer["lines"]] == [2, 1]
    assert check_shop(shop)["ok"]


def test_little_is_needed(shop: Shop) -> None:
    answer = added(shop, PLAIN)
    assert (answer["channel"], answer["currency"], answer["total"]) == ("default", "USD", "25.00")
    assert (answer["placed_at"], answer["tax_style"]) == ("2026-03-20T10:00:00+00:00", "none")
    assert (answer["shipped_at"], answer["delivered_at"]) == (None, None)


@pytest.mark.parametrize(
    ("tax", "total", "paid"),
    [
        pytest.param(None, "25.00", "25.00", id="as the shop's prices are: tax included"),
        pytest.param("included", "25.00", "25.00", id="included"),
        pytest.param("on_top", "27.00", "27.00", id="on top"),
    ],
)
def test_tax_is_on_top_or_included(shop: Shop, tax: str | None, total: str, paid: str) -> None:
    answer = added(shop, replace(PLAIN, tax=tax, tax_amount="2.00"))
    assert (answer["total"], answer["tax"], answer["lines"][0]["paid"]) == (total, "2.00", paid)


@pytest.mark.parametrize(
    ("currency", "item", "total"), [("JPY", "CUP:3@900", "2700"), ("KWD", "CUP:3@1.250", "3.750")]
)
def test_other_currencies_have_their_own_decimals(
    shop: Shop, currency: str, item: str, total: str
) -> None:
    answer = added(shop, TypedOrder("M-1", (item,), currency=currency))
    assert (answer["total"], answer["currency"]) == (total, currency)


def test_the_same_order_again_changes_nothing(shop: Shop) -> None:
    for typed in (FULL, PLAIN):
        first = added(shop, typed)
        later = added(on(shop, "2026-03-27"), typed)
        assert (first.pop("replayed"), later.pop("replayed")) == (False, True)
        assert first == later
    assert added(shop, replace(PLAIN, order_id="#M-18"))["replayed"] is True


def test_another_content_is_refused(shop: Shop) -> None:
    added(shop, PLAIN)
    for other in (
        replace(PLAIN, items=("MUG:1@12.50",)),
        replace(PLAIN, placed="2026-03-01"),
        replace(PLAIN, email="bo@example.com"),
    ):
        with pytest.raises(ConflictError) as caught:
            added(shop, other)
        assert (caught.value.code, caught.value.where) == ("E-ORDER-EXISTS", "default/M-18")
    assert show_order(shop, "M-18")["total"] == "25.00"


def test_another_content_may_replace_it_field_by_field(shop: Shop) -> None:
    added(shop, PLAIN)
    answer = added(shop, replace(PLAIN, items=("MUG:3@12.50",), replace=True))
    assert (answer["replayed"], answer["total"]) == (False, "37.50")
    changes = {(one["line"], one["field"]): (one["old"], one["new"]) for one in answer["changes"]}
    assert changes[None, "total_minor"] == ("2500", "3750")
    assert changes[1, "quantity"] == ("2", "3")
    assert added(shop, replace(PLAIN, items=("MUG:3@12.50",), replace=True))["replayed"] is True
    assert check_shop(shop)["ok"]


def test_what_was_refunded_keeps_its_figures(shop: Shop) -> None:
    typed = replace(PLAIN, delivered="2026-03-05")
    added(shop, typed)
    rma = opened(shop, "M-18", "1:1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1:1=new")
    record_refund(shop, RefundRequest(rma, paid="cash-1"))
    answer = added(shop, replace(typed, items=("MUG:2@1",), replace=True))
    assert (answer["total"], answer["lines"][0]["items"]) == ("25.00", "25.00")
    assert check_shop(shop)["ok"]


def test_an_imported_order_is_not_overwritten_by_accident(shop: Shop) -> None:
    with pytest.raises(ConflictError, match="1001 is there already"):
        added(shop, TypedOrder("1001", ("MUG@1",)))
    assert added(shop, TypedOrder("1001", ("MUG@1",), channel="phone"))["channel"] == "phone"


def test_a_typed_order_follows_a_later_import(shop: Shop) -> None:
    added(shop, PLAIN)
    text = (
        "order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
        "M-18,2026-03-20,USD,1,MUG,2,13.00\n"
    )
    answer: Any = import_orders(shop, [written(shop, "late.csv", text)])
    assert (answer["changed"], show_order(shop, "M-18")["source"]) == (1, "late.csv:2")


def test_a_return_of_a_typed_order_is_judged(shop: Shop) -> None:
    added(shop, replace(PLAIN, delivered="2026-03-05"))
    found: Any = open_return(shop, OpenRequest("M-18", items("sku:MUG:1=itchy")))
    assert (found["verdict"], found["lines"][0]["deadline"]) == ("approve", "2026-04-04")


def test_a_rehearsal_keeps_nothing(shop: Shop) -> None:
    before = len(list_orders(shop))
    assert added(rehearsed(shop), PLAIN)["total"] == "25.00"
    assert len(list_orders(shop)) == before


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        pytest.param({"order_id": " "}, "E-USAGE", "ORDER", id="no number"),
        pytest.param({"order_id": "a\x1b[31m"}, "E-USAGE", "ORDER", id="a number that steers"),
        pytest.param({"items": ("MUG",)}, "E-USAGE-ITEM", "--item", id="no price"),
        pytest.param({"currency": "EURO"}, "E-USAGE-CURRENCY", "--currency", id="no currency"),
        pytest.param({"tax": "some"}, "E-USAGE-TAX", "--tax", id="no tax style"),
        pytest.param({"shipping": "-1"}, "E-USAGE-AMOUNT", "--shipping", id="below zero"),
        pytest.param({"shipping": "4,95"}, "E-USAGE-AMOUNT", "--shipping", id="a comma"),
        pytest.param({"tax_amount": "x"}, "E-USAGE-AMOUNT", "--tax-amount", id="no amount"),
        pytest.param({"discount": "25.01"}, "E-USAGE-AMOUNT", "--discount", id="too much off"),
        pytest.param({"placed": "soon"}, "E-USAGE-DATE", "--placed", id="no date"),
        pytest.param({"shipped": "2026-02-30"}, "E-USAGE-DATE", "--shipped", id="no real day"),
        pytest.param({"ship_to": Address(country="GERMANY")}, "E-USAGE", "--country", id="country"),
        pytest.param(
            {"items": ("MUG:999999999@9999999999.00",)}, "E-MONEY", None, id="beyond any order"
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    shop: Shop, changes: dict[str, Any], code: str, where: str | None
) -> None:
    before = len(list_orders(shop))
    with pytest.raises(ReturnsError) as caught:
        added(shop, replace(PLAIN, **changes))
    assert (type(caught.value), caught.value.code, caught.value.where) == (UsageError, code, where)
    assert len(list_orders(shop)) == before


def test_what_looks_doubtful_is_said(shop: Shop) -> None:
    shop.notes.clear()
    ship_to = Address("Ann", postcode="1733", country="US")
    added(shop, replace(PLAIN, items=("MUG:20000@1",), ship_to=ship_to))
    assert sorted(shop.notes) == [
        "1733: The postcode is too short for its country.",
        "20000: The line has more than 10,000 units.",
    ]


@pytest.mark.parametrize(("units", "asked"), [(1000, 0), (80_995, 1)])
def test_units_far_beyond_the_usual_are_asked_for_once_more(
    shop: Shop, units: int, asked: int
) -> None:
    typed = TypedOrder("9001", (f"MUG:{units}@1.00=Mug",))
    questions: list[str] = []
    add_order(shop, typed, questions.append)
    assert questions == ["Keep 80995 units of MUG"] * asked
    assert add_order(shop, typed, questions.append)["replayed"] is True
    assert len(questions) == asked  # what is there already is no slip


def test_without_a_yes_the_order_is_not_kept(shop: Shop) -> None:
    def declined(question: str) -> None:
        raise DeclinedError("E-CANNOT-ASK", question)

    with pytest.raises(DeclinedError):
        add_order(shop, TypedOrder("9001", ("MUG:80995@1.00=Mug",)), declined)
    assert "9001" not in [one["order"] for one in list_orders(shop)]
