"""What the example requests must end in follows from the export and the two policies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.examples.example_files import (
    Row,
    cents,
    expected,
    half_away,
    orders,
    rows,
    shares,
    shown,
)

EXPORT = orders("orders_export.csv", "Name")
REQUESTS = orders("requests.csv", "request_id")
PROMISED = expected()["requests"]
NEW_YORK = ZoneInfo("America/New_York")
EU = set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
RESTOCKING = {"standard": 10, "apparel-eu": 0}
RETURN_SHIPPING = {"standard": 695, "apparel-eu": 0}


def order_of(number: str) -> list[Row]:
    return EXPORT[f"#{number}"]


def frozen(order: list[Row]) -> list[tuple[int, int, int]]:
    """(items, tax, shipping) per line in cents, shared as an import must share them."""
    first = order[0]
    values = [
        int(row["Lineitem quantity"]) * cents(row["Lineitem price"])
        - cents(row["Lineitem discount"])
        for row in order
    ]
    on_lines = sum(cents(row["Lineitem discount"]) for row in order)
    off = shares(cents(first["Discount Amount"]) - on_lines, values)
    items = [value - share for value, share in zip(values, off, strict=True)]
    taxed = [
        item if row["Lineitem taxable"] == "true" else 0
        for item, row in zip(items, order, strict=True)
    ]
    tax = shares(cents(first["Taxes"]), taxed)
    shipping = shares(cents(first["Shipping"]), values)
    return list(zip(items, tax, shipping, strict=True))


def percent(amount: int, of: int) -> int:
    return half_away(Fraction(amount * of, 100))


def total(quote: dict[str, Any]) -> int:
    return sum(cents(part["amount"]) for part in quote["components"])


def of_kind(quote: dict[str, Any], kind: str) -> int:
    return sum(cents(part["amount"]) for part in quote["components"] if part["kind"] == kind)


def test_twelve_requests_end_in_every_verdict() -> None:
    assert list(REQUESTS) == list(PROMISED)
    assert len(REQUESTS) == expected()["requests.csv"]["new"] == 12
    assert len(rows("requests.csv")) == expected()["requests.csv"]["rows"]
    assert {one["verdict"] for one in PROMISED.values()} == {"approve", "deny", "review", "partial"}


@pytest.mark.parametrize("request_id", PROMISED)
def test_a_request_asks_for_lines_that_the_order_has(request_id: str) -> None:
    promised = PROMISED[request_id]
    order = order_of(promised["order"])
    for asked, line in zip(REQUESTS[request_id], promised["lines"], strict=True):
        assert asked["order_id"] == promised["order"]
        row = order[line["line"] - 1]
        assert row["Lineitem sku"] == line["sku"]
        assert asked["line_no"] in ("", str(line["line"]))
        assert asked["sku"] in ("", line["sku"])
        assert int(asked["quantity"]) == line["quantity"] <= int(row["Lineitem quantity"])
        assert row["Lineitem fulfillment status"] == "fulfilled"


@pytest.mark.parametrize("request_id", PROMISED)
def test_a_request_was_made_before_the_demo_looks_at_it(request_id: str) -> None:
    clock = datetime.fromisoformat(expected()["clock"])
    order = order_of(PROMISED[request_id]["order"])
    placed = datetime.strptime(order[0]["Created at"], "%Y-%m-%d %H:%M:%S %z")
    for asked in REQUESTS[request_id]:
        assert placed < datetime.fromisoformat(asked["requested_at"]) < clock


@pytest.mark.parametrize("request_id", PROMISED)
def test_the_policy_is_the_one_for_the_orders_currency_and_country(request_id: str) -> None:
    first = order_of(PROMISED[request_id]["order"])[0]
    in_europe = first["Shipping Country"] in EU and first["Currency"] == "EUR"
    assert PROMISED[request_id]["policy"] == ("apparel-eu" if in_europe else "standard")


@pytest.mark.parametrize("request_id", PROMISED)
def test_a_deadline_is_seven_days_after_shipping_and_then_the_window(request_id: str) -> None:
    promised = PROMISED[request_id]
    shipped = order_of(promised["order"])[0]["Fulfilled at"]
    for asked, line in zip(REQUESTS[request_id], promised["lines"], strict=True):
        if not shipped:
            assert line["anchor"] is None
            assert line["deadline"] is None
            assert line["codes"] == ["missing_fact:delivered"]
            continue
        anchor = date.fromisoformat(shipped[:10]) + timedelta(days=7)
        deadline = anchor + timedelta(days=line["days"])
        assert line["anchor"] == anchor.isoformat()
        assert line["deadline"] == deadline.isoformat()
        asked_on = datetime.fromisoformat(asked["requested_at"]).astimezone(NEW_YORK).date()
        assert (asked_on > deadline) == ("window_expired" in line["codes"])


def test_two_requests_come_on_the_last_day_and_one_two_days_late() -> None:
    left = {}
    for request_id, (asked, *_) in REQUESTS.items():
        deadline = PROMISED[request_id]["lines"][0]["deadline"]
        if deadline:
            on = datetime.fromisoformat(asked["requested_at"]).astimezone(NEW_YORK).date()
            left[request_id] = (date.fromisoformat(deadline) - on).days
    assert left["rq-11"] == left["rq-12"] == 0
    assert left["rq-02"] == -2
    assert REQUESTS["rq-12"][0]["requested_at"].startswith("2026-03-19T02:30")  # UTC: next day


@pytest.mark.parametrize("request_id", [key for key, one in PROMISED.items() if one["quote"]])
def test_a_quote_before_inspection_follows_from_what_was_paid(request_id: str) -> None:
    promised = PROMISED[request_id]
    quote, policy = promised["quote"], promised["policy"]
    assert total(quote) == cents(quote["total"])
    if REQUESTS[request_id][0]["want"] == "exchange":
        assert quote["components"] == []
        return
    order = order_of(promised["order"])
    on_top = order[0]["Currency"] == "USD"
    line = next(one for one in promised["lines"] if one["verdict"] != "deny")
    assert line["quantity"] == int(order[line["line"] - 1]["Lineitem quantity"])
    items, tax, _ = frozen(order)[line["line"] - 1]
    value = items + tax if on_top else items
    waived = line["fault"] in ("merchant", "carrier")
    shipped = [row["Lineitem fulfillment status"] == "fulfilled" for row in order]
    everything = shipped.count(True) == 1  # the line asked for is the only one that was shipped
    assert of_kind(quote, "items") == items
    assert of_kind(quote, "tax") == (tax if on_top else 0)
    assert cents(quote["tax_included"]) == (0 if on_top else tax)
    assert of_kind(quote, "original_shipping") == (cents(order[0]["Shipping"]) if everything else 0)
    assert of_kind(quote, "restocking_fee") == -(
        0 if waived else percent(value, RESTOCKING[policy])
    )
    is_gold = request_id == "rq-08"
    fee = 0 if waived or is_gold else RETURN_SHIPPING[policy]
    assert of_kind(quote, "return_shipping") == -fee
    before_bonus = total(quote) - of_kind(quote, "bonus_credit")
    is_credit = REQUESTS[request_id][0]["want"] == "store_credit"
    bonus = min(percent(before_bonus, 10), 2500) if is_credit else 0
    assert of_kind(quote, "bonus_credit") == bonus


@pytest.mark.parametrize(
    ("request_id", "units", "paid_share", "restocking"),
    [
        pytest.param("rq-01", 1, 50, 10, id="declared new, found used: half, and the usual fee"),
        pytest.param("rq-07", 1, 100, 15, id="opened: all, and the grade's own fee"),
        pytest.param("rq-08", 1, 100, 10, id="one of two came: one is paid"),
        pytest.param("rq-09", 1, 100, 0, id="defective by our fault: all"),
        pytest.param("rq-11", 1, 100, 10, id="new: as quoted"),
    ],
)
def test_a_quote_after_inspection_follows_the_grade(
    request_id: str, units: int, paid_share: int, restocking: int
) -> None:
    promised = PROMISED[request_id]
    quote = promised["after_inspection"]
    order = order_of(promised["order"])
    line = promised["lines"][0]
    items, tax, _ = frozen(order)[line["line"] - 1]
    items, tax = (half_away(Fraction(part * units, line["quantity"])) for part in (items, tax))
    value = items + (tax if order[0]["Currency"] == "USD" else 0)
    assert total(quote) == cents(quote["total"])
    assert of_kind(quote, "items") == items
    assert of_kind(quote, "condition_deduction") == percent(value, paid_share) - value
    assert of_kind(quote, "restocking_fee") == -percent(value, restocking)
    assert of_kind(quote, "return_shipping") == of_kind(promised["quote"], "return_shipping")


def test_large_returns_and_only_those_are_above_the_limit() -> None:
    above = [
        key
        for key, one in PROMISED.items()
        if one["quote"] and cents(one["quote"]["total"]) > 50000
    ]
    assert above == ["rq-06"]


def test_only_an_item_below_ten_by_our_or_the_carriers_fault_is_kept() -> None:
    kept = [key for key, one in PROMISED.items() if one["label"] == "none"]
    assert kept == ["rq-10"]
    assert 0 < cents(PROMISED["rq-10"]["quote"]["total"]) < 1000


def test_parcels_and_grades_are_for_approved_requests() -> None:
    arrived = {(row["request_id"], row["line_no"], row["quantity"]) for row in rows("receipts.csv")}
    graded = {
        (row["request_id"], row["line_no"], row["quantity"]) for row in rows("inspections.csv")
    }
    assert arrived == graded
    for request_id, line_no, quantity in arrived:
        line = PROMISED[request_id]["lines"][int(line_no) - 1]
        assert line["verdict"] == "approve"
        assert int(quantity) <= line["quantity"]
        assert PROMISED[request_id]["after_inspection"]
    short = [key for key, _, count in arrived if int(count) < int(REQUESTS[key][0]["quantity"])]
    assert short == ["rq-08"]
    worse = {row["request_id"]: row["grade"] for row in rows("inspections.csv")}
    assert (REQUESTS["rq-01"][0]["condition"], worse["rq-01"]) == ("new", "used")


def test_order_1042_suits_the_main_flow() -> None:
    promised = expected()["order_1042"]
    order = order_of("1042")
    assert cents(order[0]["Total"]) == cents(promised["total"])
    for row, line, (items, tax, shipping) in zip(
        order, promised["lines"], frozen(order), strict=True
    ):
        assert (row["Lineitem sku"], row["Lineitem quantity"]) == (
            line["sku"],
            str(line["quantity"]),
        )
        assert (line["items"], line["tax"], line["shipping"]) == (
            shown(items),
            shown(tax),
            shown(shipping),
        )
    items, tax, _ = frozen(order)[1]
    for name, units, restocking in (
        ("both_units_of_line_2", 2, 10),
        ("one_unit_of_line_2", 1, 10),
        ("one_unit_of_line_2_opened", 1, 15),
    ):
        quote = promised[name]
        paid = half_away(Fraction(items * units, 2)), half_away(Fraction(tax * units, 2))
        assert (of_kind(quote, "items"), of_kind(quote, "tax")) == paid
        assert of_kind(quote, "restocking_fee") == -percent(sum(paid), restocking)
        assert total(quote) == cents(quote["total"])
