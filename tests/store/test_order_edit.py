from __future__ import annotations

import pytest

from returns_cli.domain.model import Order, OrderLine
from returns_cli.store.order_edit import Held, merge
from tests.store.desk import line, order

MUG, CUP, HAT = line(1), line(2, "CUP"), line(3, "HAT")


def numbers(result: Order) -> list[tuple[int, str, int]]:
    """Number, SKU and units of each line."""
    return [(one.line, one.sku, one.quantity) for one in result.lines]


def changed(old: Order, new: Order, held: Held | None = None) -> list[tuple[object, ...]]:
    """Every change as (line, field, old, new), with ``kept`` where it is kept."""
    return [
        (one.line, one.field, one.old, one.new, *(["kept"] if one.kept else []))
        for one in merge(old, new, held or Held()).changes
    ]


def test_an_order_nobody_touched_follows_its_source() -> None:
    old = order("#1", MUG, CUP)
    new = order("#1", CUP._replace(line=1), HAT._replace(line=2))._replace(tags=("late",))
    merged = merge(old, new, Held())
    assert merged.order == new
    assert changed(old, new) == [
        (None, "tags", '["spring"]', '["late"]'),
        (1, "line", "2", "1"),
        (2, "line", None, "2 x HAT"),
        (1, "line", "2 x MUG", None),
    ]


RENUMBERED = [
    pytest.param((HAT, MUG, CUP), [(1, "MUG"), (2, "CUP"), (3, "HAT")], id="one in front"),
    pytest.param((CUP, MUG), [(1, "MUG"), (2, "CUP")], id="the other way round"),
    pytest.param(
        (MUG, CUP, MUG), [(1, "MUG"), (2, "CUP"), (3, "MUG")], id="a second line of the same SKU"
    ),
    pytest.param((CUP,), [(1, "MUG"), (2, "CUP")], id="the line with the return is gone"),
    pytest.param((MUG,), [(1, "MUG")], id="another line is gone"),
]


@pytest.mark.parametrize(("lines", "expected"), RENUMBERED)
def test_a_line_with_a_return_never_changes_its_number(
    lines: tuple[OrderLine, ...], expected: list[tuple[int, str]]
) -> None:
    new = order("#1", *(one._replace(line=n) for n, one in enumerate(lines, 1)))
    merged = merge(order("#1", MUG, CUP), new, Held(lines=frozenset({1})))
    assert [(one.line, one.sku) for one in merged.order.lines] == expected


def test_two_lines_of_one_sku_are_told_apart_by_their_order() -> None:
    old = order("#1", MUG, line(2, "MUG", quantity=5))
    new = order("#1", MUG, line(2, "MUG", quantity=6), line(3, "MUG", quantity=1))
    merged = merge(old, new, Held(lines=frozenset({2})))
    assert numbers(merged.order) == [(1, "MUG", 2), (2, "MUG", 6), (3, "MUG", 1)]


def test_a_line_with_a_return_that_vanished_stays_and_is_said() -> None:
    new = order("#1", CUP)
    assert (1, "line", "2 x MUG", None, "kept") in changed(
        order("#1", MUG, CUP), new, Held(lines=frozenset({1}))
    )


def test_the_money_of_a_line_without_refunds_follows_its_source() -> None:
    cheaper = MUG._replace(items_minor=1500, order_discount_minor=500)
    held = Held(lines=frozenset({1}), authorized={1: 2})
    merged = merge(order("#1", MUG), order("#1", cheaper), held)
    assert merged.order.lines[0].items_minor == 1500


def test_a_line_shipped_below_what_may_come_back_keeps_its_figures() -> None:
    fewer = MUG._replace(quantity=1, shipped_quantity=1, items_minor=1000, title="Big mug")
    held = Held(lines=frozenset({1}), authorized={1: 2})
    merged = merge(order("#1", MUG), order("#1", fewer), held)
    assert merged.order.lines[0] == MUG._replace(title="Big mug")
    kept = [one.field for one in merged.changes if one.kept]
    assert kept == ["quantity", "shipped_quantity", "items_minor"]


def test_units_shipped_since_count_even_where_the_figures_are_kept() -> None:
    waiting = MUG._replace(shipped_quantity=1)
    held = Held(lines=frozenset({1}), authorized={1: 1}, has_refunds=True, refunded_minor=1000)
    merged = merge(order("#1", waiting), order("#1", MUG._replace(items_minor=1)), held)
    assert merged.order.lines[0] == MUG


PAID = Held(lines=frozenset({1}), authorized={1: 1}, refunded_minor=1000, has_refunds=True)


def test_an_order_with_refunds_keeps_the_money_of_its_lines() -> None:
    old = order("#1", MUG, CUP)
    new = order("#1", MUG._replace(items_minor=100), HAT._replace(line=2))._replace(
        currency="EUR", shipping_minor=7, region="NV"
    )
    merged = merge(old, new, PAID)
    assert numbers(merged.order) == [(1, "MUG", 2), (2, "CUP", 2), (3, "HAT", 2)]
    assert merged.order.lines[0].items_minor == 2000
    assert (merged.order.currency, merged.order.shipping_minor) == ("USD", 100)
    assert merged.order.region == "NV"
    kept = [(one.line, one.field) for one in merged.changes if one.kept]
    assert kept == [
        (None, "currency"),
        (None, "shipping_minor"),
        (1, "items_minor"),
        (2, "line"),
    ]


@pytest.mark.parametrize(
    ("total", "captured", "stored"),
    [
        pytest.param(1000, 1000, (1000, 1000), id="it still covers the refunds"),
        pytest.param(999, 2150, (2150, 2150), id="the total does not"),
        pytest.param(2150, 0, (2150, 2150), id="the captured amount does not"),
        pytest.param(5000, 5000, (5000, 5000), id="more was paid"),
    ],
)
def test_total_and_captured_follow_as_long_as_they_cover_the_refunds(
    total: int, captured: int, stored: tuple[int, int]
) -> None:
    new = order("#1", MUG)._replace(total_minor=total, captured_minor=captured)
    merged = merge(order("#1", MUG), new, PAID).order
    assert (merged.total_minor, merged.captured_minor) == stored


# Refunded before adoption, refunded by the shop itself, refunded as the source says now.
OUTSIDE = [
    pytest.param(0, 0, 0, 0, id="nothing"),
    pytest.param(500, 0, 500, 500, id="the same as before"),
    pytest.param(0, 0, 500, 500, id="refunded elsewhere"),
    pytest.param(0, 1000, 1000, 0, id="our own refund shows up there"),
    pytest.param(0, 1000, 400, 0, id="part of our own refund"),
    pytest.param(500, 1000, 1500, 500, id="both"),
    pytest.param(500, 1000, 1700, 700, id="both and 2.00 elsewhere"),
    pytest.param(500, 1000, 300, 300, id="the source takes some back"),
    pytest.param(0, 2000, 2150, 150, id="as much as is left"),
    pytest.param(0, 2000, 9999, 150, id="never above what is left"),
]


@pytest.mark.parametrize(("before", "own", "now", "expected"), OUTSIDE)
def test_refunds_made_elsewhere_are_told_from_the_shop_s_own(
    before: int, own: int, now: int, expected: int
) -> None:
    old = order("#1", MUG)._replace(refunded_minor=before)
    held = Held(refunded_minor=own, has_refunds=own > 0, external_minor=before)
    merged = merge(old, old._replace(refunded_minor=now), held)
    assert merged.external_minor == expected
    assert merged.order.refunded_minor == now


def test_personal_data_is_never_copied_into_the_changes() -> None:
    old = order()
    new = old._replace(
        customer_name="Eve", customer_email="eve@example.com", customer_id="C9", ship_to=old.ship_to
    )
    assert changed(old, new) == [
        (None, "customer_id", None, None),
        (None, "customer_name", None, None),
        (None, "customer_email", None, None),
    ]
