"""Any order written in a layout reads back equal; no bytes make a reader fail unforeseen."""

from __future__ import annotations

import io
from datetime import datetime
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.freeze import Frozen, Stated, freeze_listed, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.money import format_amount
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions, read_customers, read_orders, read_requests
from tests.intake.files import GENERIC_COLUMNS, SHOPIFY_COLUMNS, read, table

# Text as shops hold it: any script, line ends and quotes inside, no outer spaces to lose.
inner = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"])
    | st.sampled_from(" \n\",;'"),
    max_size=12,
).map(str.strip)
text = inner.filter(lambda one: one[:1] != "=")
code = st.text(st.sampled_from("ABCxyz019-._#/"), min_size=1, max_size=8)
tag = st.text(st.sampled_from("abc xyz-é茶"), max_size=6).map(str.strip).filter(bool)
small = st.integers(0, 2_000_000)


class MadeLine(NamedTuple):
    sku: str
    title: str
    brand: str
    quantity: int
    price: int
    discount: int
    tax: int
    taxable: bool | None

    @property
    def gross(self) -> int:
        return self.quantity * self.price


class MadeOrder(NamedTuple):
    currency: str
    lines: list[MadeLine]
    percent: int
    shipping: int
    tax: int
    style: TaxStyle
    name: str
    city: str
    tags: list[str]
    placed: datetime

    @property
    def placed_at(self) -> str:
        return self.placed.strftime("%Y-%m-%dT%H:%M:%S-05:00")

    @property
    def shared(self) -> int:
        """The order discount beyond the lines' own."""
        return sum(line.gross - line.discount for line in self.lines) * self.percent // 100

    def shown(self, amount_minor: int) -> str:
        return format_amount(amount_minor, self.currency)


@st.composite
def lines(draw: st.DrawFn) -> MadeLine:
    quantity, price = draw(st.integers(1, 9)), draw(small)
    discount = draw(st.integers(0, quantity * price)) if draw(st.booleans()) else 0
    marks: list[bool | None] = [True, False, None]
    return MadeLine(
        draw(code), draw(text), draw(text), quantity, price, discount, draw(small),
        draw(st.sampled_from(marks)),
    )  # fmt: skip


orders = st.builds(
    MadeOrder,
    st.sampled_from(["USD", "JPY", "KWD", "EUR"]),
    st.lists(lines(), min_size=1, max_size=5),
    st.integers(0, 100),
    small,
    small,
    st.sampled_from(list(TaxStyle)),
    text,
    text,
    st.lists(tag, max_size=3),
    st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1)),  # noqa: DTZ001 - the offset follows
)


def generic_rows(number: int, order: MadeOrder, taxes: list[int]) -> list[dict[str, str]]:
    return [
        {
            "order_id": f"N{number}",
            "placed_at": order.placed_at,
            "currency": order.currency,
            "line_no": str(at),
            "sku": line.sku,
            "quantity": str(line.quantity),
            "unit_price": order.shown(line.price),
            "title": line.title,
            "brand": line.brand,
            "line_discount": order.shown(line.discount),
            "line_tax": order.shown(tax),
            "tax_included": "yes" if order.style is TaxStyle.INCLUDED else "no",
            "order_discount": order.shown(order.shared),
            "order_shipping": order.shown(order.shipping),
            "customer_name": order.name,
            "ship_city": order.city,
            "order_tags": "|".join(order.tags),
        }
        for at, (line, tax) in enumerate(zip(order.lines, taxes, strict=True), 1)
    ]


def shopify_rows(
    number: int, order: MadeOrder, stated: Stated, *, repeats_name: bool
) -> list[dict[str, str]]:
    rows = [
        {
            "Name": f"#{number}" if repeats_name or not at else "",
            "Created at": order.placed_at.replace("T", " ").replace("-05:00", " -0500"),
            "Lineitem quantity": str(line.quantity),
            "Lineitem name": line.title,
            "Lineitem price": order.shown(line.price),
            "Lineitem sku": line.sku,
            "Lineitem taxable": {True: "true", False: "false", None: ""}[line.taxable],
            "Lineitem fulfillment status": "fulfilled",
            "Vendor": line.brand,
            "Lineitem discount": order.shown(line.discount),
        }
        for at, line in enumerate(order.lines)
    ]
    rows[0] |= {
        "Financial Status": "paid",
        "Currency": order.currency,
        "Subtotal": order.shown(stated.subtotal or 0),
        "Shipping": order.shown(order.shipping),
        "Taxes": order.shown(stated.tax),
        "Total": order.shown(stated.total or 0),
        "Discount Amount": order.shown(stated.discount),
        "Shipping Name": order.name,
        "Shipping City": order.city,
        "Tags": ", ".join(order.tags),
    }
    return rows


def frozen_order(
    order_id: str, order: MadeOrder, frozen: Frozen, address: Address, *, knows_taxable: bool
) -> Order:
    return Order(
        "default", order_id, order.placed_at, order.currency, frozen.tax_style,
        frozen.order_discount_minor, order.shipping, frozen.tax_minor, frozen.total_minor,
        frozen.total_minor, 0,
        tuple(
            OrderLine(
                at + 1, line.sku, line.title, line.quantity, line.quantity, line.price,
                frozen.discounts[at], frozen.order_discounts[at], frozen.items[at],
                frozen.taxes[at], frozen.shippings[at], brand=line.brand,
                taxable=line.taxable if knows_taxable else None,
            )
            for at, line in enumerate(order.lines)
        ),
        tags=tuple(order.tags),
        customer_name=order.name,
        ship_to=address,
    )  # fmt: skip


@given(st.lists(orders, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_orders_written_as_generic_csv_read_back_equal(made: list[MadeOrder]) -> None:
    expected, rows = [], []
    for number, order in enumerate(made, 1):
        taxes = [0 if order.style is TaxStyle.NONE else line.tax for line in order.lines]
        frozen = freeze_listed(
            [line.gross for line in order.lines],
            [line.discount for line in order.lines],
            taxes,
            order.shared,
            order.shipping,
            order.style,
        )
        rows += generic_rows(number, order, taxes)
        address = Address(city=order.city)
        expected.append(frozen_order(f"N{number}", order, frozen, address, knows_taxable=False))
    found = read(table(GENERIC_COLUMNS, *rows))
    assert [plain(order) for order in found.orders] == expected
    assert (found.figures.rejected, found.figures.rows) == (0, len(rows))
    assert sum(found.figures.totals.values()) == sum(order.total_minor for order in expected)


@given(st.lists(orders, min_size=1, max_size=3), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_orders_written_as_a_shopify_export_read_back_equal(
    made: list[MadeOrder], repeats_name: bool, discount_holds_own: bool
) -> None:
    expected = []
    rows: list[dict[str, str]] = []
    for number, order in enumerate(made, 1):
        own = [line.discount for line in order.lines]
        tax = 0 if order.style is TaxStyle.NONE else order.tax + 1
        goods = sum(line.gross for line in order.lines) - sum(own) - order.shared
        total = goods + order.shipping + (tax if order.style is TaxStyle.ON_TOP else 0)
        discount = order.shared + (sum(own) if discount_holds_own else 0)
        stated = Stated(goods, discount, order.shipping, tax, 0, total)
        frozen = freeze_stated(
            [line.gross for line in order.lines],
            own,
            [line.taxable for line in order.lines],
            stated,
        )
        rows += shopify_rows(number, order, stated, repeats_name=repeats_name)
        address = Address(name=order.name, city=order.city)
        expected.append(frozen_order(f"#{number}", order, frozen, address, knows_taxable=True))
    found = read(table(SHOPIFY_COLUMNS, *rows))
    assert [plain(order) for order in found.orders] == expected
    assert [one.code for one in found.figures.problems if one.is_error] == []


def plain(order: Order) -> Order:
    """Without the traces of its file."""
    bare = tuple(line._replace(source_line=0) for line in order.lines)
    return order._replace(lines=bare, source_file="", source_line=0, is_gift=False)


pieces = st.sampled_from(
    [
        b"order_id,placed_at,currency,line_no,sku,quantity,unit_price\n", b"request_id,reason,",
        b"Name,Created at,Lineitem quantity,Lineitem name,Lineitem price\n", b"email,tier\n",
        b"1,2026-01-02,USD,1,A,1,10.00\n", b"#1,2026-01-02,1,Mug,10\n", b'"', b'""', b",", b"\n",
        b"\r", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff", b"\x1b[2J", "é茶\u202e".encode(), b"=1+1",
        b"~", b"-0", b"1e400", b";", b"\t", b"2,2026-01-02,USD,1,A,1,",
    ]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map(b"".join) | st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_fail_in_a_way_of_their_own(drawn: bytes) -> None:
    content = drawn.replace(b"~", b"x" * 40_000)
    for reader in (read_orders, read_requests, read_customers):
        try:
            reading = reader([io.BytesIO(content)], ReadOptions(currency="USD"))
        except InvalidError:
            continue
        with reading:
            for _ in reading:
                pass
            lines = sum(len("".join(one.lines)) > 0 for one in reading.reject_files())
            assert (lines > 0) == (reading.rejected > 0)
            assert reading.rejected <= reading.rows
            assert all(one.code[:2] in ("E-", "W-") for one in reading.problems)
