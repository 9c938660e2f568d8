"""The Shopify export is in the real layout, adds up to the cent, and holds what the demo needs."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from tests.examples.example_files import EXAMPLES, Row, cents, expected, orders, rows, shown

FILE = "orders_export.csv"
CONTINUED = {"Name", "Email", "Created at", "Vendor"}
EXPORT = orders(FILE, "Name")


class Sums(NamedTuple):
    """What one order's rows come to, in cents."""

    goods: int
    line_discount: int
    discount: int
    subtotal: int
    shipping: int
    taxes: int
    duties: int
    total: int


def sums_of(order: list[Row]) -> Sums:
    """An order's sums: G and L over its rows, the rest as its first row states it."""
    first = order[0]
    return Sums(
        sum(int(row["Lineitem quantity"]) * cents(row["Lineitem price"]) for row in order),
        sum(cents(row["Lineitem discount"]) for row in order),
        cents(first["Discount Amount"]),
        cents(first["Subtotal"]),
        cents(first["Shipping"]),
        cents(first["Taxes"]),
        cents(first["Duties"]),
        cents(first["Total"]),
    )


def moment(text: str) -> datetime:
    """A Shopify time stamp."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")


def test_the_header_is_shopifys_79_columns_in_plain_utf8() -> None:
    raw = (EXAMPLES / FILE).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    header = raw.split(b"\n", 1)[0].decode().split(",")
    assert len(header) == 79
    assert header[:3] == ["Name", "Email", "Financial Status"]
    assert header[15:24] == [
        "Created at",
        *(
            f"Lineitem {name}"
            for name in (
                "quantity",
                "name",
                "price",
                "compare at price",
                "sku",
                "requires shipping",
                "taxable",
                "fulfillment status",
            )
        ),
    ]
    assert header[-3:] == ["Payment Terms Name", "Next Payment Due At", "Payment References"]


def test_every_row_has_79_cells_and_rows_of_an_order_are_adjacent() -> None:
    names = [row["Name"] for row in rows(FILE)]
    assert all(None not in row and None not in row.values() for row in rows(FILE))
    seen = [name for i, name in enumerate(names) if i == 0 or names[i - 1] != name]
    assert seen == [f"#{number}" for number in range(1060, 1000, -1)]


def test_continuation_rows_hold_only_what_shopify_repeats() -> None:
    for order in EXPORT.values():
        for row in order[1:]:
            filled = {name for name, cell in row.items() if cell}
            assert all(name in CONTINUED or name.startswith("Lineitem ") for name in filled)
            assert row["Created at"] == order[0]["Created at"]
            assert row["Email"] == order[0]["Email"]


@pytest.mark.parametrize("order", EXPORT.values(), ids=EXPORT)
def test_an_order_adds_up_to_the_cent(order: list[Row]) -> None:
    sums = sums_of(order)
    assert sums.subtotal == sums.goods - sums.discount
    assert sums.line_discount <= sums.discount <= sums.goods
    on_top = sums.subtotal + sums.shipping + sums.taxes + sums.duties
    included = sums.subtotal + sums.shipping + sums.duties
    is_on_top = order[0]["Currency"] == "USD"
    assert sums.total == (on_top if is_on_top else included)
    named = [cents(order[0][f"Tax {n} Value"]) for n in range(1, 6)]
    assert sum(named) == sums.taxes
    assert cents(order[0]["Refunded Amount"]) <= sums.total


@pytest.mark.parametrize("order", EXPORT.values(), ids=EXPORT)
def test_the_times_of_an_order_are_new_york_times_in_sequence(order: list[Row]) -> None:
    first = order[0]
    for name in ("Created at", "Paid at", "Fulfilled at", "Cancelled at"):
        if first[name]:
            stamp = moment(first[name])
            summer = stamp >= datetime(2026, 3, 8, 7, tzinfo=UTC)
            assert stamp.utcoffset() == timedelta(hours=-4 if summer else -5)
            assert stamp >= moment(first["Created at"])
            assert stamp <= datetime.fromisoformat(expected()["clock"])


def test_newer_orders_come_first() -> None:
    placed = [moment(order[0]["Created at"]) for order in EXPORT.values()]
    assert placed == sorted(placed, reverse=True)


def test_the_import_figures_are_those_promised() -> None:
    figures = expected()[FILE]
    assert figures["rows"] == figures["lines"] == len(rows(FILE))
    assert figures["orders"] == len(EXPORT)
    assert figures["units"] == sum(int(row["Lineitem quantity"]) for row in rows(FILE))
    for name, column in (("totals", "Total"), ("refunded", "Refunded Amount")):
        found: dict[str, int] = {}
        for first, *_ in EXPORT.values():
            currency = first["Currency"]
            found[currency] = found.get(currency, 0) + cents(first[column])
        assert {currency: shown(minor) for currency, minor in found.items()} == figures[name]


def test_mail_is_at_example_com_and_guests_have_none() -> None:
    mails = {order[0]["Email"] for order in EXPORT.values()}
    assert "" in mails
    assert all(mail.endswith("@example.com") for mail in mails if mail)


@pytest.mark.parametrize(
    "script",
    "LATIN GREEK CYRILLIC CJK KATAKANA HANGUL ARABIC HEBREW THAI DEVANAGARI".split(),
)
def test_names_and_addresses_are_written_in_many_scripts(script: str) -> None:
    text = "".join(
        order[0][f"Shipping {name}"]
        for order in EXPORT.values()
        for name in ("Name", "Street", "City")
    )
    assert any(unicodedata.name(sign, "").startswith(script) for sign in text)


@pytest.mark.parametrize("sign", list("șțłễŷřþűíßñα"))
def test_letters_that_fonts_often_lack_are_there(sign: str) -> None:
    text = (EXAMPLES / FILE).read_text(encoding="utf-8")
    assert sign in text.lower()


def _first(name: str, cell: str) -> list[str]:
    return [number for number, order in EXPORT.items() if order[0][name] == cell]


def test_every_state_that_a_merchant_meets_is_in_the_file() -> None:
    assert {order[0]["Financial Status"] for order in EXPORT.values()} == {
        "paid",
        "pending",
        "authorized",
        "partially_refunded",
        "refunded",
        "voided",
    }
    fulfilment = {order[0]["Fulfillment Status"] for order in EXPORT.values()}
    assert fulfilment == {"fulfilled", "unfulfilled", "partial"}
    cancelled = [number for number, order in EXPORT.items() if order[0]["Cancelled at"]]
    assert cancelled == ["#1028", "#1003"]
    assert _first("Source", "pos") == ["#1034"]
    assert _first("Email", "") == ["#1034", "#1016"]
    assert _first("Fulfillment Status", "partial") == ["#1050"]
    assert _first("Total", "0.00") == ["#1040"]
    assert [number for number, order in EXPORT.items() if order[0]["Duties"]] == ["#1022"]


def test_gifts_are_tagged_and_go_to_somebody_else() -> None:
    gifts = [order[0] for order in EXPORT.values() if "gift" in order[0]["Tags"].split(", ")]
    assert [gift["Name"] for gift in gifts] == ["#1036", "#1033", "#1008"]
    elsewhere = [gift for gift in gifts if gift["Billing Name"] != gift["Shipping Name"]]
    assert [gift["Name"] for gift in elsewhere] == ["#1033", "#1008"]


def test_discounts_come_on_the_order_on_the_line_and_on_both() -> None:
    discounted = {number: sums_of(order) for number, order in EXPORT.items()}
    lines_only = [n for n, s in discounted.items() if 0 < s.line_discount == s.discount]
    order_only = [n for n, s in discounted.items() if s.discount and not s.line_discount]
    both = [n for n, s in discounted.items() if 0 < s.line_discount < s.discount]
    assert lines_only == ["#1026", "#1012"]
    assert order_only == ["#1042", "#1041", "#1040", "#1030", "#1017", "#1015"]
    assert both == ["#1019"]


def test_one_order_holds_the_same_sku_twice() -> None:
    twice = [
        number
        for number, order in EXPORT.items()
        if len({row["Lineitem sku"] for row in order}) < len(order)
    ]
    assert twice == ["#1012"]


def test_notes_hold_line_ends_and_emoji() -> None:
    notes = [order[0]["Notes"] for order in EXPORT.values()]
    assert any("\n" in note and "🎁" in note for note in notes)
