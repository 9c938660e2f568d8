"""Orders written in the layouts that spread over files, and read again: nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.model import Order
from returns_cli.domain.source_refunds import sum_of
from returns_cli.intake import ReadOptions
from tests.intake.exports.test_bigcommerce import packed
from tests.intake.exports.test_etsy import items as etsy_items
from tests.intake.exports.test_etsy import orders as etsy_orders
from tests.intake.exports.test_magento import grid
from tests.intake.exports.test_shopify_transactions import transactions
from tests.intake.exports.test_square import square
from tests.intake.files import generic, read, shopify

SKUS = (
    st.text("ABC019-'=é日", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda sku: bool(sku) and sku[0] not in "='")
)
DAYS = st.dates().map(lambda day: day.replace(year=2020 + day.year % 10)).map(str)


@dataclass(frozen=True)
class Sold:
    """One line: units at a price, less its discount."""

    sku: str
    quantity: int
    price: int
    discount: int
    tax: int

    @property
    def gross(self) -> int:
        return self.quantity * self.price

    @property
    def paid(self) -> int:
        return self.gross - self.discount + self.tax


@dataclass(frozen=True)
class Made:
    """An order as a shop has it, amounts in cents."""

    day: str
    lines: tuple[Sold, ...]
    discount: int
    shipping: int
    tax: int
    refunds: tuple[tuple[str, int], ...]

    @property
    def goods(self) -> int:
        return sum(one.gross for one in self.lines)

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.shipping + self.tax


@st.composite
def sold(draw: st.DrawFn) -> Sold:
    quantity, price = draw(st.integers(1, 30)), draw(st.integers(1, 200_000))
    discount = draw(st.integers(0, quantity * price))
    return Sold(draw(SKUS), quantity, price, discount, draw(st.integers(0, 5000)))


@st.composite
def made(draw: st.DrawFn) -> Made:
    lines = tuple(draw(st.lists(sold(), min_size=1, max_size=4)))
    goods = sum(one.gross for one in lines)
    order = Made(
        draw(DAYS), lines, draw(st.integers(0, goods)), draw(st.integers(0, 3000)),
        draw(st.integers(0, 9000)), (),
    )  # fmt: skip
    left, refunds = order.total, []
    for _ in range(draw(st.integers(0, 3))):
        amount = draw(st.integers(0, left))
        left -= amount
        if amount:
            refunds.append((draw(DAYS), amount))
    return Made(order.day, lines, order.discount, order.shipping, order.tax, tuple(refunds))


ORDERS = st.lists(made(), min_size=1, max_size=5)


def plain(minor: int) -> str:
    """12.34"""
    return f"{minor // 100}.{minor % 100:02}"


def comma(minor: int) -> str:
    """1.234,56"""
    return f"{minor // 100:,}".replace(",", ".") + f",{minor % 100:02}"


def dollars(minor: int) -> str:
    """$1,234.56, negative with its sign in front."""
    return f"{'-' if minor < 0 else ''}${abs(minor) // 100:,}.{abs(minor) % 100:02}"


def american(day: str) -> str:
    """09/24/26"""
    return f"{day[5:7]}/{day[8:]}/{day[2:4]}"


def in_lines(order: Order) -> list[tuple[str, int, int]]:
    """SKU, units and price of one."""
    return [(one.sku, one.quantity, one.unit_price_minor) for one in order.lines]


def paid_for(order: Order) -> int:
    """What the lines come to: goods, tax on top, shipping."""
    return sum(one.items_minor + one.tax_minor + one.shipping_minor for one in order.lines)


@settings(max_examples=40)
@given(ORDERS, st.booleans())
def test_etsy_s_two_files_read_back_as_one(orders: list[Made], turned: bool) -> None:
    rows = [
        {
            "Sale Date": american(order.day), "Item Name": "Thing", "Quantity": str(one.quantity),
            "Price": comma(one.price), "Item Total": comma(one.gross), "Currency": "USD",
            "Order ID": str(number), "SKU": one.sku,
        }
        for number, order in enumerate(orders, 3001)
        for one in order.lines
    ]  # fmt: skip
    sums = [
        {
            "Sale Date": american(order.day), "Order ID": f"#{number}", "Currency": "USD",
            "Order Value": dollars(order.goods), "Discount Amount": dollars(order.discount),
            "Shipping": dollars(order.shipping), "Sales Tax": dollars(order.tax),
            "Order Total": dollars(order.total), "Status": "Shipped",
        }
        for number, order in enumerate(orders, 3001)
    ]  # fmt: skip
    files = [etsy_items(*rows), etsy_orders(*sums)]
    found = read(*(reversed(files) if turned else files))
    assert found.codes == []
    for number, (order, got) in enumerate(zip(orders, found.orders, strict=True), 3001):
        assert (got.order_id, got.placed_at, got.total_minor) == (
            str(number), order.day, order.total,
        )  # fmt: skip
        assert in_lines(got) == [(one.sku, one.quantity, one.price) for one in order.lines]
        if order.goods > order.discount or not order.tax:
            assert paid_for(got) == order.total
    assert sum(found.figures.totals.values()) == sum(order.total for order in orders)


@settings(max_examples=40)
@given(ORDERS)
def test_shopify_s_transactions_read_back_as_refunds(orders: list[Made]) -> None:
    rows, events = [], []
    for number, order in enumerate(orders, 1001):
        given_back = sum(amount for _, amount in order.refunds)
        sums = {
            "Subtotal": plain(order.goods - order.discount), "Shipping": plain(order.shipping),
            "Taxes": plain(order.tax), "Total": plain(order.total),
            "Discount Amount": plain(order.discount), "Refunded Amount": plain(given_back),
            "Currency": "USD",
        }  # fmt: skip
        for at, one in enumerate(order.lines):
            row = {
                "Name": f"#{number}", "Created at": f"{order.day} 10:00:00 +0000",
                "Lineitem quantity": str(one.quantity), "Lineitem name": "Thing",
                "Lineitem price": plain(one.price), "Lineitem sku": one.sku,
            }  # fmt: skip
            rows.append(row | (sums if at == 0 else {}))
        events += [
            {
                "Name": f"#{number}", "Kind": "refund", "Status": "success", "Currency": "USD",
                "Created At": f"{day} 12:00:00 +0000", "Amount": plain(amount),
            }
            for day, amount in order.refunds
        ]  # fmt: skip
    found = read(transactions(*events), shopify(*rows))
    assert found.codes == []
    for order, got in zip(orders, found.orders, strict=True):
        assert sorted((one.refunded_at, one.amount_minor) for one in got.refunds) == sorted(
            (f"{day}T12:00:00+00:00", amount) for day, amount in order.refunds
        )
        assert got.refunded_minor == sum_of(got.refunds)
        assert got.total_minor == order.total


@settings(max_examples=40)
@given(ORDERS, st.randoms(use_true_random=False), st.booleans())
def test_square_s_rows_read_back_in_any_order(
    orders: list[Made], random: Random, whole: bool
) -> None:
    rows, wanted = [], {}
    for number, order in enumerate(orders, 1):
        for at, one in enumerate(order.lines):
            row = {
                "Date": order.day, "Time": "10:00:00", "Time Zone": "UTC", "Item": f"Thing {at}",
                "Qty": str(one.quantity), "SKU": one.sku,
                "Net Sales": dollars(one.gross - one.discount),
                "Discounts": dollars(-one.discount), "Tax": dollars(one.tax),
                "Transaction ID": f"T{number}", "Payment ID": "P1", "Event Type": "Payment",
            }  # fmt: skip
            rows.append(row)
            if whole and one.paid:
                back = row | {
                    "Qty": f"-{one.quantity}", "Net Sales": dollars(one.discount - one.gross),
                    "Discounts": dollars(one.discount), "Tax": dollars(-one.tax),
                    "Payment ID": f"R{at}", "Event Type": "Refund",
                }  # fmt: skip
                rows.append(back)
        wanted[f"T{number}"] = order
    random.shuffle(rows)
    found = read(square(*rows))
    assert found.codes == []
    assert {one.order_id for one in found.orders} == set(wanted)
    for got in found.orders:
        lines = wanted[got.order_id].lines
        paid = sum(one.paid for one in lines)
        assert sorted(one.sku for one in got.lines) == sorted(one.sku for one in lines)
        assert (got.total_minor, paid_for(got)) == (paid, paid)
        assert got.refunded_minor == (paid if whole else 0)
        for refund in got.refunds:
            assert refund.line is not None


@settings(max_examples=30)
@given(ORDERS)
def test_magento_s_grid_and_bigcommerce_s_cell_read_back(orders: list[Made]) -> None:
    known = generic(
        *(
            {"order_id": str(number), "sku": "A", "unit_price": plain(order.total)}
            for number, order in enumerate(orders, 1)
        )
    )
    rows = [
        {
            "ID": str(number), "Grand Total (Base)": dollars(order.total), "Status": "Closed",
            "Total Refunded": dollars(sum(amount for _, amount in order.refunds)),
        }
        for number, order in enumerate(orders, 1)
    ]  # fmt: skip
    found = read(known, grid(*rows))
    summary = read(
        packed(
            *(
                {
                    "Order ID": str(number), "Order Date": order.day,
                    "Order Total": plain(order.total),
                    "Cart Base Amount": plain(order.goods - order.discount),
                    "Tax Total": plain(order.tax), "Shipping Total": plain(order.shipping),
                    "Refund Amount": plain(sum(amount for _, amount in order.refunds)),
                    "Product Details": "packed", "Order Currency Code": "USD",
                }
                for number, order in enumerate(orders, 1)
            )
        ),
        options=ReadOptions(),
    )  # fmt: skip
    assert [one.code for one in summary.figures.problems] == ["W-LINES-SUMMARY"]
    for each in (found, summary):
        for order, got in zip(orders, each.orders, strict=True):
            assert (got.total_minor, got.refunded_minor) == (
                order.total, sum(amount for _, amount in order.refunds),
            )  # fmt: skip
            if order.goods > order.discount or not order.tax:
                assert paid_for(got) == order.total


def test_amounts_and_days_are_written_as_the_shops_write_them() -> None:
    assert (plain(5), comma(126_500), dollars(-123_456), american("2026-09-24")) == (
        "0.05", "1.265,00", "-$1,234.56", "09/24/26",
    )  # fmt: skip
