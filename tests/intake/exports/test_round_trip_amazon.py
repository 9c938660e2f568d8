"""Any order written as one of Amazon's reports reads back equal."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.model import Address, Order
from returns_cli.domain.money import format_amount
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.amazon import ALL_ORDERS, NEW_ORDERS, UNSHIPPED, report
from tests.intake.files import read

# Any script, quotes and commas; no tab and no line end, which these reports cannot hold.
text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"])
    | st.sampled_from(" \",;'"),
    max_size=12,
).map(str.strip).filter(lambda one: one[:1] != "=")  # fmt: skip
code = st.text(st.sampled_from("ABCxyz019-._#/"), min_size=1, max_size=8)
small = st.integers(0, 500_000)


class MadeItem(NamedTuple):
    sku: str
    title: str
    quantity: int
    price: int
    wrap: int
    taxes: tuple[int, int, int]
    shipping: int
    off: int
    off_shipping: int
    is_cancelled: bool

    @property
    def paid(self) -> tuple[int, int, int]:
        """Goods with gift wrap, shipping, taxes."""
        if self.is_cancelled:
            return (0, 0, 0)
        goods = self.price + self.wrap - self.off
        return (goods, self.shipping - self.off_shipping, sum(self.taxes))


class MadeOrder(NamedTuple):
    currency: str
    marketplace: str
    items: list[MadeItem]
    name: str
    city: str

    def shown(self, amount_minor: int) -> str:
        return format_amount(amount_minor, self.currency)

    @property
    def is_on_top(self) -> bool:
        return self.marketplace == "Amazon.com"


@st.composite
def items(draw: st.DrawFn) -> MadeItem:
    price, wrap, shipping = draw(small), draw(st.just(0) | small), draw(st.just(0) | small)
    return MadeItem(
        draw(code), draw(text), draw(st.integers(1, 99)), price, wrap,
        (draw(small), draw(small), draw(small)), shipping, draw(st.integers(0, price + wrap)),
        draw(st.integers(0, shipping)), draw(st.booleans()),
    )  # fmt: skip


orders = st.builds(
    MadeOrder,
    st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
    st.sampled_from(["Amazon.com", "Amazon.de"]),
    st.lists(items(), min_size=1, max_size=4),
    text,
    text,
)


def row(number: int, order: MadeOrder, item: MadeItem) -> dict[str, str]:
    """One item under the names of all three layouts; each report takes its own columns."""
    of_item, of_shipping, of_wrap = map(order.shown, item.taxes)
    return {
        "amazon-order-id": f"A-{number}",
        "order-id": f"A-{number}",
        "order-item-id": item.sku,
        "purchase-date": "2026-03-01T10:15:00-05:00",
        "order-status": "Shipped",
        "item-status": "Cancelled" if item.is_cancelled else "Shipped",
        "sales-channel": order.marketplace,
        "currency": order.currency,
        "sku": item.sku,
        "product-name": item.title,
        "quantity": str(item.quantity),
        "quantity-purchased": str(item.quantity),
        "quantity-shipped": str(item.quantity),
        "item-price": order.shown(item.price),
        "gift-wrap-price": order.shown(item.wrap),
        "shipping-price": order.shown(item.shipping),
        "item-tax": of_item,
        "shipping-tax": of_shipping,
        "gift-wrap-tax": of_wrap,
        "item-promotion-discount": order.shown(item.off),
        "ship-promotion-discount": order.shown(item.off_shipping),
        "buyer-name": order.name,
        "recipient-name": order.name,
        "ship-city": order.city,
        "ship-country": "GB",
    }


def read_back(columns: list[str], made: list[MadeOrder]) -> list[Order]:
    rows = [row(n, order, item) for n, order in enumerate(made) for item in order.items]
    found = read(report(columns, *rows), options=ReadOptions(currency="USD", tax=TaxStyle.INCLUDED))
    assert [one for one in found.codes if one[0] != "W-ORDER-NO-MONEY"] == []
    assert [one.order_id for one in found.orders] == [f"A-{n}" for n in range(len(made))]
    return found.orders


@given(st.lists(orders, min_size=1, max_size=3))
def test_the_all_orders_report(made: list[MadeOrder]) -> None:
    for wanted, order in zip(made, read_back(ALL_ORDERS, made), strict=True):
        paid = [item.paid for item in wanted.items]
        lines = [(one.items_minor, one.shipping_minor, one.tax_minor) for one in order.lines]
        assert lines == paid
        on_top = 2 if wanted.is_on_top else 1
        assert order.total_minor == sum(sum(one[: on_top + 1]) for one in paid)
        assert order.currency == wanted.currency
        assert [(one.sku, one.title, one.quantity, one.cancelled) for one in order.lines] == [
            (item.sku, item.title, item.quantity, item.is_cancelled) for item in wanted.items
        ]
        assert order.ship_to == Address(city=wanted.city, country="GB")


@given(st.lists(orders, min_size=1, max_size=3))
def test_the_new_orders_report(made: list[MadeOrder]) -> None:
    # It has no gift wrap, no discounts and no status, and prices hold their tax in this shop.
    for wanted, order in zip(made, read_back(NEW_ORDERS, made), strict=True):
        lines = [(one.items_minor, one.shipping_minor, one.tax_minor) for one in order.lines]
        assert lines == [(one.price, one.shipping, sum(one.taxes[:2])) for one in wanted.items]
        assert order.total_minor == sum(one.price + one.shipping for one in wanted.items)
        assert (order.customer_name, order.ship_to.name) == (wanted.name, wanted.name)


@given(st.lists(orders, min_size=1, max_size=3))
def test_the_unshipped_orders_report(made: list[MadeOrder]) -> None:
    for wanted, order in zip(made, read_back(UNSHIPPED, made), strict=True):
        assert (order.total_minor, order.currency) == (0, "USD")
        assert [(one.sku, one.quantity, one.shipped_quantity) for one in order.lines] == [
            (one.sku, one.quantity, one.quantity) for one in wanted.items
        ]
