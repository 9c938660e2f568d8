"""The generic orders CSV: our own columns, order-level values once, totals computed by us."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import USD, generic, read, refusal


def test_an_order_with_every_column() -> None:
    head = {
        "order_id": "A-7", "placed_at": "2026-01-02T10:00:00+01:00", "currency": "KWD",
        "shipped_at": "2026-01-03", "delivered_at": "2026-01-05", "channel": "web",
        "country": "kw", "region": "Hawalli", "payment_method": "card",
        "discount_codes": "TEN|VIP", "order_discount": "1.000", "order_shipping": "0.500",
        "order_tags": "press|vip", "is_gift": "yes", "customer_id": "'007",
        "customer_name": "Noor Example", "customer_email": "noor@example.com", "tier": "gold",
        "tax_included": "false", "ship_name": "Noor", "ship_address1": "Block 1",
        "ship_address2": "Street 2", "ship_city": "Salmiya", "ship_region": "",
        "ship_postcode": "22000", "ship_country": "", "ship_phone": "+965 5555 0100",
    }  # fmt: skip
    lines = [
        {"line_no": "2", "sku": "B", "quantity": "3", "unit_price": "2.000", "title": "Bowl",
         "category": "Home/Table", "brand": "Acme", "tags": "final-sale|blue",
         "line_discount": "1.000", "line_tax": "0.250", "weight_g": "450"},
        {"line_no": "1", "sku": "'-A", "quantity": "1", "unit_price": "5.000"},
    ]  # fmt: skip
    found = read(generic(head | lines[0], head | lines[1]))
    order = found.order
    # values 5.000 (line 1) and 6.000 - 1.000 (line 2); discount 1.000 and shipping 0.500 by halves
    assert (order.channel, order.order_id, order.currency) == ("web", "A-7", "KWD")
    assert (order.country, order.region) == ("KW", "Hawalli")
    assert (order.total_minor, order.captured_minor) == (9750, 9750)
    assert order.tax_style is TaxStyle.ON_TOP
    assert [line.line for line in order.lines] == [1, 2]
    assert [line.sku for line in order.lines] == ["-A", "B"]
    assert [line.items_minor for line in order.lines] == [4500, 4500]
    assert [line.shipping_minor for line in order.lines] == [250, 250]
    assert [line.tax_minor for line in order.lines] == [0, 250]
    bowl = order.lines[1]
    assert (bowl.title, bowl.category, bowl.brand) == ("Bowl", "Home/Table", "Acme")
    assert (bowl.tags, bowl.weight_g, bowl.discount_minor) == (("final-sale", "blue"), 450, 1000)
    assert (bowl.source_line, order.source_line) == (2, 2)
    assert (order.shipped_at, order.delivered_at) == ("2026-01-03", "2026-01-05")
    assert bowl.delivered_at is None
    assert (order.discount_codes, order.tags) == (("TEN", "VIP"), ("press", "vip"))
    assert (order.is_gift, order.customer_tier, order.customer_id) == (True, "gold", "007")
    assert order.ship_to == Address(
        name="Noor", address1="Block 1", address2="Street 2", city="Salmiya", region="Hawalli",
        postcode="22000", country="KW", phone="+965 5555 0100",
    )  # fmt: skip
    assert found.codes == []


@pytest.mark.parametrize(
    ("included", "shop", "style", "total"),
    [
        pytest.param("true", TaxStyle.ON_TOP, TaxStyle.INCLUDED, 1000, id="the file says so"),
        pytest.param("FALSE", TaxStyle.INCLUDED, TaxStyle.ON_TOP, 1190, id="the file says not"),
        pytest.param("", TaxStyle.INCLUDED, TaxStyle.INCLUDED, 1000, id="the shop's way"),
        pytest.param("", TaxStyle.ON_TOP, TaxStyle.ON_TOP, 1190, id="the shop's other way"),
    ],
)
def test_tax_is_included_where_the_file_or_else_the_shop_says(
    included: str, shop: TaxStyle, style: TaxStyle, total: int
) -> None:
    row = {"line_tax": "1.90", "tax_included": included}
    order = read(generic(row), options=ReadOptions(tax=shop)).order
    assert (order.tax_style, order.total_minor) == (style, total)


def test_order_level_values_count_once_on_the_first_or_on_every_row() -> None:
    sums = {"order_discount": "2.00", "order_shipping": "5.00"}
    once = read(generic(sums, {"line_no": "2"})).figures
    always = read(generic(sums, sums | {"line_no": "2"})).figures
    assert once.totals == always.totals == {"USD": 2300}


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"order_discount": "3.00"}, "E-ORDER-CONFLICT", "order_discount"),
        ({"order_shipping": "x"}, "E-MONEY", "order_shipping"),
        ({"placed_at": "2026-01-03"}, "E-ORDER-CONFLICT", "placed_at"),
        ({"currency": "EUR"}, "E-CURRENCY-MIXED", "currency"),
        ({"currency": "EURO"}, "E-CURRENCY-UNKNOWN", "currency"),
        ({"tax_included": "maybe"}, "E-VALUE", "tax_included"),
        ({"tax_included": "true"}, "E-ORDER-CONFLICT", "tax_included"),
        ({"line_no": "1"}, "E-LINE-DUP", "line_no"),
        ({"line_no": "0"}, "E-LINE-DUP", "line_no"),
        ({"line_no": "first"}, "E-LINE-DUP", "line_no"),
        ({"quantity": "0"}, "E-QTY", "quantity"),
        ({"quantity": "-1"}, "E-QTY", "quantity"),
        ({"unit_price": ""}, "E-MONEY", "unit_price"),
        ({"line_discount": "10.01"}, "E-MONEY", "line_discount"),
        ({"line_tax": "-1"}, "E-MONEY", "line_tax"),
        ({"delivered_at": "03/04/2026"}, "E-DATE", "delivered_at"),
        ({"weight_g": "heavy"}, "E-VALUE", "weight_g"),
    ],
)
def test_a_row_at_fault_refuses_its_whole_order(
    changes: dict[str, str], code: str, column: str
) -> None:
    first = {"order_discount": "2.00", "tax_included": "false"}
    found = read(generic(first, {"line_no": "2"} | changes, {"order_id": "2"}))
    assert found.codes == [("E-ORDER-PART", 2, "order_id"), (code, 3, column)]
    assert [order.order_id for order in found.orders] == ["2"]
    assert (found.figures.rows, found.figures.rejected, found.figures.orders) == (3, 2, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"placed_at": ""}, "E-DATE"),
        ({"placed_at": "soon"}, "E-DATE"),
        ({"currency": "", "is_gift": "yes"}, None),
        ({"is_gift": "perhaps"}, "E-VALUE"),
        ({"order_discount": "10.01"}, "E-MONEY"),
        ({"order_shipping": "999999999999999"}, "E-MONEY"),
        ({"order_shipping": "9999999999999", "unit_price": "9999999999999"}, "E-MONEY"),
    ],
)
def test_the_only_row_of_an_order(changes: dict[str, str], code: str | None) -> None:
    found = read(generic(changes))
    assert [one for one, _, _ in found.codes] == ([code] if code else [])


def test_an_empty_currency_cell_takes_the_calls_currency_and_needs_one() -> None:
    row = generic({"currency": ""})
    assert read(row, options=ReadOptions(currency="EUR")).order.currency == "EUR"
    assert read(row, options=ReadOptions()).codes == [("E-CURRENCY-UNKNOWN", 2, "currency")]


@pytest.mark.parametrize(
    ("dates", "order_level", "line_level"),
    [
        pytest.param(("2026-01-05", "2026-01-05"), "2026-01-05", (None, None), id="all the same"),
        pytest.param(("2026-01-05", ""), "2026-01-05", (None, None), id="on the first row only"),
        pytest.param(
            ("2026-01-05", "2026-01-09"), None, ("2026-01-05", "2026-01-09"), id="two parcels"
        ),
        pytest.param(("", ""), None, (None, None), id="not delivered"),
    ],
)
def test_delivery_dates_may_differ_by_line(
    dates: tuple[str, str], order_level: str | None, line_level: tuple[str | None, str | None]
) -> None:
    rows = [{"line_no": str(at), "delivered_at": day} for at, day in enumerate(dates, 1)]
    order = read(generic(*rows)).order
    assert order.delivered_at == order_level
    assert tuple(line.delivered_at for line in order.lines) == line_level


def test_the_same_number_in_two_channels_is_two_orders() -> None:
    found = read(generic({"channel": "web"}, {"channel": "pos"}, {"channel": "", "line_no": "2"}))
    assert [(order.channel, len(order.lines)) for order in found.orders] == [("web", 1), ("pos", 2)]


def test_an_empty_channel_takes_the_calls_then_default() -> None:
    row = generic({"channel": ""})
    assert read(row).order.channel == "default"
    assert read(row, options=ReadOptions(channel="shop")).order.channel == "shop"


@pytest.mark.parametrize(
    ("tags", "gift_tags", "is_gift"),
    [("a|GIFT", ("gift",), True), ("present", ("gift",), False), ("present", ("Present",), True)],
)
def test_an_order_tag_can_mark_a_gift(tags: str, gift_tags: tuple[str, ...], is_gift: bool) -> None:
    options = ReadOptions(currency="USD", gift_tags=gift_tags)
    assert read(generic({"order_tags": tags}), options=options).order.is_gift is is_gift


def test_an_empty_order_number_is_refused_even_below_an_order() -> None:
    found = read(generic({}, {"order_id": "", "line_no": "2"}))
    assert found.codes == [("E-ORDER-ID-MISSING", 3, "order_id")]
    assert len(found.orders) == 1


def test_a_lost_zero_and_a_slipped_finger_are_flagged() -> None:
    found = read(generic({"ship_postcode": "2134", "ship_country": "US", "quantity": "80995"}))
    assert found.codes == [
        ("W-ZIP-LOST-ZERO", 2, "ship_postcode"),
        ("W-QTY-LARGE", 2, "quantity"),
    ]


def test_a_named_format_reports_the_missing_column_and_the_nearest() -> None:
    text = generic().replace(b"quantity", b"quantitiy")
    error = refusal(text, options=ReadOptions(source_format="generic"))
    assert (error.code, error.where) == ("E-CSV-HEADER", "-:1 column quantity")
    assert "quantitiy" in error.message


def test_an_unnamed_format_reports_what_the_nearest_one_lacks() -> None:
    error = refusal(generic().replace(b"quantity", b"pieces"), options=USD)
    assert error.code == "E-FORMAT-UNKNOWN"
    assert "generic, which also needs quantity" in error.message
