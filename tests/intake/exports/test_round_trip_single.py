"""Any order written in a layout of one file reads back equal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Order
from returns_cli.domain.money import allocate, format_amount
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.exports import (
    test_ebay,
    test_gumroad,
    test_shipstation,
    test_shopee_tw,
    test_taobao,
    test_woo_algolplus,
    test_woo_analytics,
    test_woo_skyverge,
    test_woo_webtoffee,
)
from tests.intake.files import read, table
from tests.intake.test_round_trip import code, small, text

Row = dict[str, str]


class MadeLine(NamedTuple):
    """A line; ``price`` and ``discount`` in minor units, the discount for the line."""

    sku: str
    title: str
    quantity: int
    price: int
    discount: int

    @property
    def gross(self) -> int:
        return self.quantity * self.price

    @property
    def net(self) -> int:
        return self.gross - self.discount


class Made(NamedTuple):
    """An order; its tax is on top, inside the prices, or none."""

    lines: list[MadeLine]
    shipping: int
    tax: int
    style: TaxStyle
    placed: datetime

    @property
    def stated_tax(self) -> int:
        return 0 if self.style is TaxStyle.NONE else self.tax + 1

    @property
    def discount(self) -> int:
        return sum(line.discount for line in self.lines)

    @property
    def total(self) -> int:
        on_top = self.stated_tax if self.style is TaxStyle.ON_TOP else 0
        return sum(line.net for line in self.lines) + self.shipping + on_top

    def frozen(self) -> Frozen:
        """What the layouts' rules make of it, by the arithmetic of ``domain.freeze``."""
        stated = Stated(None, self.discount, self.shipping, self.stated_tax, 0, self.total)
        return freeze_stated(
            [line.gross for line in self.lines],
            [line.discount for line in self.lines],
            [None] * len(self.lines),
            stated,
        )


@st.composite
def made_lines(draw: st.DrawFn) -> MadeLine:
    quantity, price = draw(st.integers(1, 9)), draw(small)
    discount = draw(st.integers(0, quantity * price)) if draw(st.booleans()) else 0
    title = draw(text.filter(bool))
    return MadeLine(draw(code), title, quantity, price, discount)


made_orders = st.builds(
    Made,
    st.lists(made_lines(), min_size=1, max_size=3),
    small,
    small,
    st.sampled_from(list(TaxStyle)),
    st.datetimes(datetime(2000, 1, 1), datetime(2068, 1, 1)).map(  # noqa: DTZ001 - UTC follows
        lambda moment: moment.replace(microsecond=0)
    ),
)


def usd(amount_minor: int) -> str:
    return format_amount(amount_minor, "USD")


def without_discounts(order: Made) -> Made:
    return order._replace(lines=[line._replace(discount=0) for line in order.lines])


def ebay(order: Made) -> tuple[bytes, Made]:
    order = without_discounts(order)
    is_by_row = order.tax % 2 == 1
    has_summary = len(order.lines) > 1 and order.shipping % 2 == 1
    if is_by_row:  # unless the price for a unit bears the sums out as well
        other = sum(line.quantity * line.gross for line in order.lines) + order.shipping
        assume(order.total - other not in {0, order.stated_tax} or order.total == other)
        assume(all(line.quantity == 1 or line.gross for line in order.lines))
        assume(other != order.total or all(line.quantity == 1 for line in order.lines))
    sums = {
        "Order Number": "1", "Shipping And Handling": f"${usd(order.shipping)}",
        "eBay Collected Tax": f"${usd(order.stated_tax)}", "Total Price": f"${usd(order.total)}",
        "Sale Date": order.placed.strftime("%b-%d-%y"),
    }  # fmt: skip
    rows = [
        ({"Order Number": "1", "Sale Date": sums["Sale Date"]} if has_summary else sums)
        | {
            "Item Number": str(at), "Item Title": line.title, "Custom Label (SKU)": line.sku,
            "Quantity": str(line.quantity),
            "Sold For": f"${usd(line.gross if is_by_row else line.price)}",
        }
        for at, line in enumerate(order.lines, 1)
    ]  # fmt: skip
    return table(test_ebay.COLUMNS, *([sums] if has_summary else []), *rows), order


def shipstation(order: Made) -> tuple[bytes, Made]:
    order = without_discounts(order)
    sums = {
        "Order - Number": "1", "Amount - Order Total": usd(order.total),
        "Amount - Order Shipping": usd(order.shipping),
        "Amount - Order Tax": usd(order.stated_tax),
        "Date - Order Date": order.placed.strftime("%m/%d/%Y %I:%M:%S %p"),
    }  # fmt: skip
    rows = [
        sums
        | {
            "Item - Name": line.title, "Item - SKU": line.sku, "Item - Qty": str(line.quantity),
            "Item - Price": usd(line.price),
        }
        for line in order.lines
    ]  # fmt: skip
    columns = [*test_shipstation.COLUMNS, "Amount - Order Tax"]
    return table(columns, *rows, sums | {"Tracking Number": "2"}), order


def algolplus(order: Made) -> tuple[bytes, Made]:
    sums = {
        "Order Number": "1", "Order Date": order.placed.strftime("%Y-%m-%d %H:%M:%S"),
        "Cart Discount Amount": usd(order.discount), "Order Shipping Amount": usd(order.shipping),
        "Order Total Tax Amount": usd(order.stated_tax), "Order Total Amount": usd(order.total),
    }  # fmt: skip
    rows = [
        sums
        | {
            "SKU": line.sku, "Name": line.title, "Quantity": str(line.quantity),
            "Item Cost": usd(line.price), "Order Line (w/o tax)": usd(line.net),
            "Discount Amount": usd(line.discount), "Order Line Total": usd(line.net),
        }
        for line in order.lines
    ]  # fmt: skip
    return table(test_woo_algolplus.COLUMNS, *rows), order


def plugin_sums(order: Made) -> Row:
    return {
        "order_id": "1", "shipping_total": usd(order.shipping),
        "tax_total": usd(order.stated_tax), "order_total": usd(order.total),
        "discount_total": usd(order.discount),
    }  # fmt: skip


def webtoffee(order: Made) -> tuple[bytes, Made]:
    row = plugin_sums(order) | {
        "order_currency": "USD", "order_date": order.placed.strftime("%m/%d/%Y %H:%M:%S"),
    }  # fmt: skip
    for at, line in enumerate(order.lines, 1):
        item = {
            "Name": line.title, "SKU": line.sku, "Quantity": str(line.quantity),
            "Total": usd(line.net), "Subtotal": usd(line.gross),
        }  # fmt: skip
        row |= {f"Product Item {at} {name}": cell for name, cell in item.items()}
    return table(test_woo_webtoffee.COLUMNS, row), order


def skyverge_rows(order: Made) -> tuple[bytes, Made]:
    sums = plugin_sums(order) | {"date": order.placed.strftime("%Y-%m-%d %H:%M:%S")}
    rows = [
        sums
        | {
            "item_sku": line.sku, "item_name": line.title, "item_quantity": str(line.quantity),
            "item_subtotal": usd(line.gross), "item_total": usd(line.net),
        }
        for line in order.lines
    ]  # fmt: skip
    return table(test_woo_skyverge.ROW_COLUMNS, *rows), order


def skyverge_packed(order: Made) -> tuple[bytes, Made]:
    order = without_discounts(order)
    row = plugin_sums(order) | {"date": order.placed.strftime("%Y-%m-%d %H:%M:%S")}
    lines = [one._replace(title=one.title.replace("|", "/")) for one in order.lines]  # it parts
    for at, line in enumerate(lines, 1):
        row[f"order_item_{at}"] = f"{line.sku}|{line.quantity}|{usd(line.gross)}|{line.title}"
    return table(test_woo_skyverge.PACKED_COLUMNS, row), order._replace(lines=lines)


def one_line(order: Made) -> Made:
    """The order of its first line, which has no SKU."""
    first = order.lines[0]._replace(sku="", discount=0)
    return order._replace(lines=[first])


def gumroad(order: Made) -> tuple[bytes, Made]:
    order = one_line(order)
    (line,) = order.lines
    row = {
        "Purchase ID": "1", "Item Name": line.title, "Quantity": str(line.quantity),
        "Purchase Date": order.placed.strftime("%Y-%m-%d"),
        "Purchase Time (UTC timezone)": order.placed.strftime("%H:%M:%S"),
        "Subtotal ($)": usd(line.gross), "Taxes ($)": usd(order.stated_tax),
        "Shipping ($)": usd(order.shipping), "Sale Price ($)": usd(order.total),
    }  # fmt: skip
    return table(test_gumroad.COLUMNS, row), order


def taobao(order: Made) -> tuple[bytes, Made]:
    order = one_line(order)._replace(style=TaxStyle.NONE)
    (line,) = order.lines
    row = {
        "订单编号": '="1"', "买家应付货款": usd(line.gross), "买家应付邮费": usd(order.shipping),
        "总金额": usd(order.total), "宝贝标题": line.title, "宝贝总数量": str(line.quantity),
        "订单创建时间": order.placed.strftime("%Y-%m-%d %H:%M:%S"),
    }  # fmt: skip
    return table(test_taobao.COLUMNS, row), order


def shopee_tw(order: Made) -> tuple[bytes, Made]:
    order = one_line(order)._replace(style=TaxStyle.NONE)
    line = order.lines[0]._replace(quantity=1)
    order = order._replace(lines=[line])
    row = {
        "訂單編號": "1", "訂單小計 (TWD)": usd(line.gross), "買家支付的運費": usd(order.shipping),
        "訂單總金額": usd(order.total), "商品資訊": line.title,
        "訂單成立時間": order.placed.strftime("%Y-%m-%d %H:%M:%S"),
    }  # fmt: skip
    return table(test_shopee_tw.COLUMNS, row), order


WRITERS = {
    "ebay": ebay,
    "shipstation": shipstation,
    "woo-algolplus": algolplus,
    "woo-webtoffee": webtoffee,
    "woo-skyverge": skyverge_rows,
    "woo-skyverge packed": skyverge_packed,
    "gumroad": gumroad,
    "taobao": taobao,
    "shopee-tw": shopee_tw,
}
BARE_DAYS = {"ebay"}
OFFSETS = {"taobao": "+08:00", "shopee-tw": "+08:00"}
CURRENCIES = {"taobao": "CNY", "shopee-tw": "TWD"}


@pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=list(WRITERS))
@given(made=made_orders)
@settings(max_examples=25, deadline=None)
def test_an_order_written_in_a_layout_reads_back_equal(
    name: str, write: Callable[[Made], tuple[bytes, Made]], made: Made
) -> None:
    content, order = write(made)
    found = read(content, options=ReadOptions(currency="USD"))
    assert [one.code for one in found.figures.problems if one.code != "W-LINES-SUMMARY"] == []
    moment = order.placed.strftime("%Y-%m-%dT%H:%M:%S") + OFFSETS.get(name, "+00:00")
    expected = (
        "1",
        order.placed.strftime("%Y-%m-%d") if name in BARE_DAYS else moment,
        CURRENCIES.get(name, "USD"),
        money_of(order.frozen()),
        [(line.sku, line.title, line.quantity) for line in order.lines],
    )
    assert told_of(found.order) == expected
    assert sum(found.figures.totals.values()) == order.total


def money_of(frozen: Frozen) -> tuple[object, ...]:
    return (
        frozen.tax_style, frozen.total_minor, frozen.shipping_minor, frozen.tax_minor,
        frozen.discounts, frozen.items, frozen.taxes, frozen.shippings,
    )  # fmt: skip


def told_of(order: Order) -> tuple[object, ...]:
    lines = order.lines
    money = (
        order.tax_style, order.total_minor, order.shipping_minor, order.tax_minor,
        tuple(line.discount_minor for line in lines), tuple(line.items_minor for line in lines),
        tuple(line.tax_minor for line in lines), tuple(line.shipping_minor for line in lines),
    )  # fmt: skip
    return (
        order.order_id,
        order.placed_at,
        order.currency,
        money,
        [(line.sku, line.title, line.quantity) for line in lines],
    )


@given(made_orders, st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_an_order_written_as_woo_analytics_reads_back_equal(made: Made, percent: int) -> None:
    # the layout has no prices: net sales are shared by units; the rest of the revenue is shipping
    goods = sum(line.net for line in made.lines)
    back = (goods + made.shipping) * percent // 100
    row = {
        "Date": made.placed.strftime("%Y-%m-%d %H:%M:%S"), "Order #": "1",
        "N. Revenue (formatted)": f"${usd(goods + made.shipping)}", "Net Sales": usd(goods),
        "Product(s)": ", ".join(f"{line.quantity}\u00d7 {line.title}" for line in made.lines),
        "Items sold": str(sum(line.quantity for line in made.lines)),
    }  # fmt: skip
    refund = row | {"Net Sales": f"-{usd(back)}", "Items sold": "0", "Product(s)": ""}
    rows = [row, refund] if back else [row]
    order = read(table(test_woo_analytics.COLUMNS, *rows)).order
    shares = allocate(goods, [line.quantity for line in made.lines])
    assert [(line.title, line.quantity, line.items_minor) for line in order.lines] == [
        (line.title, line.quantity, share) for line, share in zip(made.lines, shares, strict=True)
    ]
    assert (order.total_minor, order.shipping_minor, order.refunded_minor) == (
        goods + made.shipping, made.shipping, back,
    )  # fmt: skip
