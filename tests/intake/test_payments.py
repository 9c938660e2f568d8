"""Several means of payment in one cell, or in columns of their own through a mapping."""

from __future__ import annotations

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.model import Payment
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.mapped.mapping_file import parse_mapping
from returns_cli.intake.payments import read_payments
from returns_cli.intake.problems import RowFault
from tests.intake.files import generic, read
from tests.intake.mapped_files import read_mapped

HEAD = {
    "order_id": "7", "placed_at": "2026-03-05", "currency": "USD", "line_no": "1", "sku": "MUG",
    "quantity": "1", "unit_price": "12.00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "method", "paid"),
    [
        ("", "", []),
        ("Visa", "Visa", []),
        ("Visa|PayPal", "Visa|PayPal", []),
        ("Card (auth=7X)", "Card (auth=7X)", []),
        ("Visa=12.00", "Visa", [("original_payment", 1200)]),
        (" Gift card = 2.00 | Visa = 10.00 |", "Gift card, Visa",
         [("gift_card", 200), ("original_payment", 1000)]),
        ("Gift card=2|Visa=0.00", "Gift card", [("gift_card", 200)]),
    ],
)  # fmt: skip
def test_a_cell_names_what_each_paid(text: str, method: str, paid: list[tuple[str, int]]) -> None:
    found, payments = read_payments(text, AmountReader("USD"), "payment_method")
    assert (found, [(one.tender, one.captured_minor) for one in payments]) == (method, paid)


@pytest.mark.parametrize("text", ["Gift card=2.00|Visa", "A=1.00|B=x", "A=1.00|B=1.005"])
def test_one_of_several_without_an_amount_refuses_the_row(text: str) -> None:
    with pytest.raises(RowFault, match=r"E-MONEY") as caught:
        read_payments(text, AmountReader("USD"), "payment_method")
    assert caught.value.column == "payment_method"
    assert read(generic(HEAD | {"payment_method": text})).codes == [
        (caught.value.code, 2, "payment_method")
    ]


def test_what_was_paid_in_is_what_they_paid_together() -> None:
    order = read(generic(HEAD | {"payment_method": "Gift card=2.00|Visa=9.00"})).order
    assert (order.total_minor, order.captured_minor) == (1200, 1100)
    assert order.payments == (
        Payment("gift_card", "Gift card", 200),
        Payment("original_payment", "Visa", 900),
    )


MAPPING = """
decimal: comma
columns: {order_id: No, placed_at: Day, sku: Item, quantity: Pieces, unit_price: Price}
constants: {currency: EUR}
payments: {Gutschein: Gutscheinwert, Visa: Karte}
"""
FILE = """\
No;Day;Item;Pieces;Price;Gutscheinwert;Karte
1;2026-03-05;MUG;1;12,00;2,50;9,50
2;2026-03-05;MUG;1;12,00;;12,00
"""


def test_a_mapping_finds_what_each_paid_in_columns_of_its_own() -> None:
    found = read_mapped(MAPPING, FILE)
    assert [(one.payment_method, [pay[::2] for pay in one.payments]) for one in found.orders] == [
        ("Gutschein, Visa", [("gift_card", 250), ("original_payment", 950)]),
        ("Visa", [("original_payment", 1200)]),
    ]


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("payments: {'A|B': X}", "no name of a means of payment"),
        ("payments: {A: X}\nconstants: {payment_method: Visa}", "both given"),
    ],
)
def test_a_mapping_tells_what_paid_in_one_way(extra: str, message: str) -> None:
    plain = "columns: {order_id: N, placed_at: D, sku: I, quantity: P, unit_price: U}\n"
    with pytest.raises(InvalidError) as caught:
        parse_mapping((plain + extra).encode(), "m.yaml", "orders import")
    assert any(message in one.message for one in caught.value.problems)
