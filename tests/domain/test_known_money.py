"""An order that comes without amounts keeps those that are known of it."""

from __future__ import annotations

from returns_cli.domain.known_money import with_known_money
from returns_cli.domain.model import Order, OrderLine, UnpricedOrder
from returns_cli.domain.vocabulary import TaxStyle


def line(number: int, sku: str, units: int, paid: int, *, shipped: int | None = None) -> OrderLine:
    return OrderLine(
        number, sku, sku.title(), units, units if shipped is None else shipped,
        paid // max(units, 1), 0, 0, paid, 0, 0,
    )  # fmt: skip


def order(*lines: OrderLine, total: int = 0, currency: str = "USD") -> Order:
    return Order(
        "default", "1", "2026-03-01", currency, TaxStyle.NONE, 0, 0, 0, total, total, 0, lines,
    )  # fmt: skip


def unpriced(*lines: OrderLine) -> UnpricedOrder:
    return UnpricedOrder(*order(*lines))


def test_figures_stay_and_the_other_facts_follow() -> None:
    old = order(line(1, "CUP", 2, 2000), line(2, "JAR", 1, 500), total=2500, currency="CAD")
    new = unpriced(line(1, "JAR", 1, 0, shipped=0), line(2, "CUP", 3, 0, shipped=3))
    merged = with_known_money(old, new._replace(customer_name="Ann"))
    assert (merged.total_minor, merged.captured_minor, merged.currency) == (2500, 2500, "CAD")
    assert merged.customer_name == "Ann"
    found = [
        (one.line, one.sku, one.quantity, one.shipped_quantity, one.items_minor)
        for one in merged.lines
    ]
    assert found == [(1, "CUP", 2, 2, 2000), (2, "JAR", 1, 0, 500)]


def test_the_same_sku_twice_is_told_apart_by_its_place() -> None:
    old = order(line(1, "CUP", 1, 1000), line(2, "CUP", 1, 900), total=1900)
    new = unpriced(line(1, "CUP", 1, 0), line(2, "CUP", 1, 0))
    assert [one.items_minor for one in with_known_money(old, new).lines] == [1000, 900]


def test_a_line_that_is_left_out_stays_and_a_new_one_gets_a_free_number() -> None:
    old = order(line(1, "CUP", 1, 1000), line(4, "JAR", 1, 500), total=1500)
    merged = with_known_money(old, unpriced(line(1, "JUG", 1, 0), line(2, "JAR", 1, 0)))
    assert [(one.line, one.sku, one.items_minor) for one in merged.lines] == [
        (1, "CUP", 1000), (4, "JAR", 500), (5, "JUG", 0),
    ]  # fmt: skip


def test_where_no_amount_was_known_the_new_file_holds() -> None:
    new = unpriced(line(1, "CUP", 3, 0))
    assert with_known_money(order(line(1, "CUP", 2, 0)), new) is new
