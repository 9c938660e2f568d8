"""Amazon's order reports: money per row, no total column, orders without money, cancelled items."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from returns_cli.domain.model import Address, Order, UnpricedOrder
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.amazon import (
    ALL_ORDERS,
    ALL_ORDERS_21,
    ITEM,
    NEW_ORDERS,
    UNSHIPPED,
    all_orders,
    new_orders,
    report,
    unshipped,
)
from tests.intake.files import USD, Read, read, refusal

EUR = ReadOptions(currency="EUR", tax=TaxStyle.INCLUDED)
PENDING = {
    "order-status": "Pending",
    "item-status": "Unshipped",
    **dict.fromkeys(
        "currency item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax "
        "item-promotion-discount ship-promotion-discount".split(),
        "",
    ),
}
CANCELLED = {"sku": "JAR-1", "item-status": "Cancelled"}


def test_the_layouts_have_their_columns() -> None:
    widths = [len(one) for one in (ALL_ORDERS, ALL_ORDERS_21, NEW_ORDERS, UNSHIPPED)]
    assert widths == [32, 21, 25, 27]


def test_an_order_of_the_all_orders_report() -> None:
    found = read(all_orders({}))
    order = found.order
    assert found.figures.format == "amazon-all-orders"
    assert found.codes == []
    assert (order.channel, order.order_id) == ("default", "111-1111111-1111111")
    assert order.placed_at == "2026-03-01T10:15:00+00:00"
    # 20.00 + 3.00 wrap - 2.00, shipping 5.00 - 5.00, taxes 1.60 + 0.40 + 0.24 on top
    assert (order.tax_style, order.total_minor) == (TaxStyle.ON_TOP, 2324)
    assert (order.captured_minor, order.refunded_minor) == (2324, 0)
    assert (order.shipping_minor, order.tax_minor) == (0, 224)
    (line,) = order.lines
    assert (line.sku, line.title) == ("CUP-1", 'Cup, 3" wide')
    assert (line.quantity, line.shipped_quantity) == (2, 2)
    assert (line.unit_price_minor, line.discount_minor) == (1150, 200)
    assert (line.items_minor, line.tax_minor, line.shipping_minor) == (2100, 224, 0)
    assert order.discount_codes == ("SAVE10", "FREE-SHIP")
    assert order.ship_to == Address(city="Springfield", region="IL", postcode="62701", country="US")
    assert (order.country, order.is_business, order.cancelled_at) == ("US", False, None)


def test_an_order_of_the_new_orders_report() -> None:
    order = read(new_orders({})).order
    # 30.00 + 4.00 + 2.40 + 0.32; the report names no marketplace, so the shop's way counts
    assert (order.order_id, order.total_minor) == ("222-2222222-2222222", 3672)
    assert (order.customer_name, order.customer_email) == ("Ann Buyer", "ann@example.com")
    assert order.ship_to == Address(
        name="Rita Reader", address1="5 Elm Row", address2="Flat 2, Back yard", city="Austin",
        region="TX", postcode="78704", country="US", phone="+1 555 0199",
    )  # fmt: skip
    (line,) = order.lines
    assert (line.items_minor, line.tax_minor, line.shipping_minor) == (3000, 272, 400)
    assert line.shipped_quantity == 1


class Case(NamedTuple):
    """What a file must come to; counts are rows, orders, lines, units, refused rows."""

    content: bytes
    counts: tuple[int, int, int, int, int]
    totals: dict[str, int]
    problems: list[tuple[str, int | None, str | None]] = []  # noqa: RUF012 - never changed
    options: ReadOptions = USD


def _case(name: str, *given: Any, **more: Any) -> Any:
    return pytest.param(Case(*given, **more), id=name)


OTHER = {"amazon-order-id": "333-3333333-3333333"}
DE = {"sales-channel": "Amazon.de", "currency": "EUR"}
NO_MONEY = ("W-ORDER-NO-MONEY", 2, "item-price")

CASES = [
    _case(
        "money is per row, whatever the quantity", all_orders({}), (1, 1, 1, 2, 0), {"USD": 2324}
    ),
    _case(
        "the old layout of 21 columns",
        # 20.00 - 2.00 + 5.00 - 5.00 + 1.60 + 0.40
        report(ALL_ORDERS_21, ITEM),
        (1, 1, 1, 2, 0),
        {"USD": 2000},
    ),
    _case(
        "two items of one order, torn apart by another order",
        all_orders({}, OTHER, {"sku": "JAR-1", "quantity": "1"}),
        (3, 2, 3, 5, 0),
        {"USD": 6972},
    ),
    _case(
        "the same SKU twice is two lines",
        all_orders({}, {}),
        (2, 1, 2, 4, 0),
        {"USD": 4648},
    ),
    _case(
        "a cancelled item with a price stands outside the total",
        all_orders({}, CANCELLED),
        (2, 1, 2, 4, 0),
        {"USD": 2324},
    ),
    _case(
        "a cancelled item without price, currency and units",
        all_orders(CANCELLED | {"quantity": "0", "currency": "", "item-price": ""}, {}),
        (2, 1, 2, 2, 0),
        {"USD": 2324},
    ),
    _case(
        "a cancelled order comes to nothing, and is not said to lack money",
        all_orders(PENDING | {"order-status": "Cancelled", "item-status": "", "quantity": "0"}),
        (1, 1, 1, 0, 0),
        {"USD": 0},
    ),
    _case(
        "a pending order is in, and in no total",
        all_orders(PENDING),
        (1, 1, 1, 2, 0),
        {},
        [NO_MONEY],
    ),
    _case(
        "one item without a price leaves the order without money",
        all_orders({}, {"sku": "JAR-1", "item-price": ""}),
        (2, 1, 2, 4, 0),
        {},
        [NO_MONEY],
    ),
    _case(
        "an order that costs nothing has money",
        all_orders(dict.fromkeys(PENDING, "") | {"currency": "USD", "item-price": "0.00"}),
        (1, 1, 1, 2, 0),
        {"USD": 0},
    ),
    _case(
        "a marketplace whose prices hold their tax",
        all_orders(DE),  # 20.00 + 3.00 - 2.00; the tax of 2.24 is in it
        (1, 1, 1, 2, 0),
        {"EUR": 2100},
        options=EUR,
    ),
    _case(
        "elsewhere the shop's own way",
        all_orders(DE),
        (1, 1, 1, 2, 0),
        {"EUR": 2324},
        options=ReadOptions(currency="EUR", tax=TaxStyle.ON_TOP),
    ),
    _case(
        "on Amazon.ca tax is on top",
        all_orders({"sales-channel": "amazon.ca", "currency": "CAD"}),
        (1, 1, 1, 2, 0),
        {"CAD": 2324},
        options=EUR,
    ),
    _case(
        "Amazon.com.mx is not Amazon.com",
        all_orders({"sales-channel": "Amazon.com.mx", "currency": "MXN"}),
        (1, 1, 1, 2, 0),
        {"MXN": 2100},
        options=EUR,
    ),
    _case(
        "a currency without decimals",
        all_orders(
            dict.fromkeys(PENDING, "")
            | {"currency": "JPY", "item-price": "1200.00", "item-tax": "120"}
        ),
        (1, 1, 1, 2, 0),
        {"JPY": 1320},
    ),
    _case(
        "discounts that are written as negative amounts",
        all_orders({"item-promotion-discount": "-2.00", "ship-promotion-discount": "-5.00"}),
        (1, 1, 1, 2, 0),
        {"USD": 2324},
    ),
    _case(
        "a discount on shipping beyond the shipping",
        # 20.00 + 3.00 - 2.00 + 5.00 - 6.00 + 2.24
        all_orders({"ship-promotion-discount": "6.00"}),
        (1, 1, 1, 2, 0),
        {"USD": 2224},
    ),
    _case(
        "a dot with three digits behind it is a decimal mark",
        all_orders({"item-price": "20.000"}),
        (1, 1, 1, 2, 0),
        {"USD": 2324},
    ),
    _case(
        "statuses that nobody knows",
        all_orders({"order-status": "Teleported", "item-status": "Beamed"}),
        (1, 1, 1, 2, 0),
        {"USD": 2324},
        [("W-STATUS-UNKNOWN", 2, "order-status"), ("W-STATUS-UNKNOWN", 2, "item-status")],
    ),
    _case(
        "a postcode that a spreadsheet has shortened, a large quantity",
        all_orders({"ship-postal-code": "2134", "quantity": "10001"}),
        (1, 1, 1, 10001, 0),
        {"USD": 2324},
        [("W-ZIP-LOST-ZERO", 2, "ship-postal-code"), ("W-QTY-LARGE", 2, "quantity")],
    ),
    _case(
        "a lone quotation mark is text and swallows nothing",
        all_orders({"product-name": '"Cup'}, OTHER),
        (2, 2, 2, 4, 0),
        {"USD": 4648},
    ),
    _case(
        "one bad row refuses its order",
        all_orders({"quantity": "0"}, {"sku": "JAR-1"}, OTHER),
        (3, 1, 1, 2, 2),
        {"USD": 2324},
        [("E-QTY", 2, "quantity"), ("E-ORDER-PART", 3, "amazon-order-id")],
    ),
    _case(
        "two currencies in one order",
        all_orders({}, {"currency": "CAD"}),
        (2, 0, 0, 0, 2),
        {},
        [("E-ORDER-PART", 2, "amazon-order-id"), ("E-CURRENCY-MIXED", 3, "currency")],
    ),
    _case(
        "a currency that does not exist, a date that is none, a discount above the price",
        all_orders(
            {"currency": "USX"},
            OTHER | {"purchase-date": "2026-02-30"},
            {"amazon-order-id": "4", "item-promotion-discount": "23.01"},
        ),
        (3, 0, 0, 0, 3),
        {},
        [
            ("E-CURRENCY-UNKNOWN", 2, "currency"),
            ("E-DATE", 3, "purchase-date"),
            ("E-MONEY", 4, "item-promotion-discount"),
        ],
    ),
    _case(
        "no date, no order number, another date on a later row, money that is none",
        all_orders(
            {"purchase-date": ""},
            {"amazon-order-id": ""},
            OTHER,
            OTHER | {"purchase-date": "2026-03-02"},
            {"amazon-order-id": "4", "gift-wrap-price": "free"},
            {"amazon-order-id": "5", "item-price": "20.001"},
            {"amazon-order-id": "6", "is-business-order": "perhaps"},
        ),
        (7, 0, 0, 0, 7),
        {},
        [
            ("E-DATE", 2, "purchase-date"),
            ("E-ORDER-ID-MISSING", 3, "amazon-order-id"),
            ("E-ORDER-PART", 4, "amazon-order-id"),
            ("E-ORDER-CONFLICT", 5, "purchase-date"),
            ("E-MONEY", 6, "gift-wrap-price"),
            ("E-MONEY-PRECISION", 7, "item-price"),
            ("E-VALUE", 8, "is-business-order"),
        ],
    ),
    _case("new orders", new_orders({}), (1, 1, 1, 1, 0), {"USD": 3672}),
    _case(
        "unshipped orders state no money",
        unshipped({}, {"order-item-id": "2", "sku": "CUP-1", "quantity-purchased": "3"}),
        (2, 1, 2, 4, 0),
        {},
        [("W-ORDER-NO-MONEY", 2, None)],
    ),
    _case(
        "unshipped units that are none",
        unshipped({"quantity-shipped": "some"}),
        (1, 0, 0, 0, 1),
        {},
        [("E-QTY", 2, "quantity-shipped")],
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_report_comes_to_these_figures(case: Case) -> None:
    found = read(case.content, options=case.options)
    figures = found.figures
    counts = (figures.rows, figures.orders, figures.lines, figures.units, figures.rejected)
    assert (counts, figures.totals, figures.refunded) == (case.counts, case.totals, {})
    assert found.codes == case.problems


def shipped(found: Read) -> list[int]:
    return [line.shipped_quantity for line in found.order.lines]


@pytest.mark.parametrize(
    ("content", "units"),
    [
        pytest.param(all_orders({"item-status": "Unshipped"}), [0], id="an item not shipped yet"),
        pytest.param(
            all_orders({"order-status": "Unshipped", "item-status": ""}), [0], id="nor its order"
        ),
        pytest.param(
            all_orders({"order-status": "PartiallyShipped", "item-status": ""}),
            [2],
            id="which item of a part is gone, nobody says",
        ),
        pytest.param(
            all_orders({"order-status": "shipped - delivered to BUYER", "item-status": ""}),
            [2],
            id="delivered",
        ),
        pytest.param(all_orders({"item-status": "Beamed"}), [2], id="unknown, so as its order"),
        pytest.param(all_orders({}, CANCELLED), [2, 0], id="a cancelled item never left"),
        pytest.param(unshipped({"quantity-purchased": "3"}), [0], id="the column says none"),
        pytest.param(
            unshipped({"quantity-purchased": "3", "quantity-shipped": "2"}), [2], id="or two"
        ),
        pytest.param(unshipped({"quantity-shipped": "9"}), [1], id="never more than were sold"),
    ],
)
def test_units_count_as_shipped_unless_the_report_says_otherwise(
    content: bytes, units: list[int]
) -> None:
    assert shipped(read(content)) == units


def test_a_cancelled_line_keeps_its_price_for_the_record() -> None:
    good, gone = read(all_orders({}, CANCELLED)).order.lines
    assert (good.cancelled, gone.cancelled) == (False, True)
    assert (gone.unit_price_minor, gone.items_minor, gone.tax_minor) == (1150, 0, 0)


def test_a_cancelled_order_cannot_come_back() -> None:
    order = read(all_orders({"order-status": "Cancelled", "item-status": "Shipped"})).order
    assert order.cancelled_at == "2026-03-01T10:15:00+00:00"
    assert [(line.cancelled, line.shipped_quantity) for line in order.lines] == [(True, 0)]


def test_an_order_without_money_has_none_in_any_line() -> None:
    order = read(all_orders({}, {"sku": "JAR-1", "item-price": ""})).order
    assert (order.total_minor, order.captured_minor, order.currency) == (0, 0, "USD")
    assert {(one.items_minor, one.tax_minor, one.shipping_minor) for one in order.lines} == {
        (0, 0, 0)
    }


def test_the_marketplace_does_not_name_the_channel() -> None:
    # The new orders report does not state it, and an order must be the same in both.
    named = ReadOptions(currency="USD", channel="amazon")
    assert read(all_orders({}), options=named).order.channel == "amazon"


def test_a_japanese_report_needs_its_encoding() -> None:
    content = all_orders(
        PENDING | {"currency": "JPY", "item-price": "980", "product-name": "茶わん"}
    )
    shift_jis = content.decode().encode("cp932")
    assert refusal(shift_jis).code == "E-ENC-INVALID"
    order = read(shift_jis, options=ReadOptions(currency="JPY", encoding="cp932")).order
    assert (order.lines[0].title, order.total_minor) == ("茶わん", 980)


def test_a_date_in_a_style_of_its_own_needs_to_be_named() -> None:
    content = all_orders({"purchase-date": "2026/03/01 10:15:00"})
    assert read(content).codes == [("E-DATE", 2, "purchase-date")]
    named = ReadOptions(currency="USD", date_format="YYYY/MM/DD HH:MM:SS")
    assert read(content, options=named).order.placed_at == "2026-03-01T10:15:00+00:00"


def test_a_report_without_currency_needs_the_shops() -> None:
    assert refusal(unshipped({}), options=ReadOptions()).code == "E-CURRENCY-MISSING"
    assert read(all_orders(PENDING), options=ReadOptions()).codes == [
        ("E-CURRENCY-UNKNOWN", 2, "currency")
    ]


def test_only_an_order_without_money_says_so_of_itself() -> None:
    pending, priced = read(all_orders(PENDING, OTHER)).orders
    assert (type(pending), type(priced)) == (UnpricedOrder, Order)
