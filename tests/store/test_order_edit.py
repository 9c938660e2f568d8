from __future__ import annotations

import pytest

from returns_cli.domain.model import Order, OrderLine, SourceRefund
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


# A mug line of 21.50 and a cup line of 21.50: goods 20.00, tax 1.00, shipping 0.50 each.
def outside(*refunds: tuple[int, int | None], at: str | None = "2026-03-05") -> Order:
    """Mugs and cups with refunds of the source, each (amount, line)."""
    named = tuple(SourceRefund(amount, line, at) for amount, line in refunds)
    sold = order("#1", MUG, CUP)
    return sold._replace(refunded_minor=sum(one[0] for one in refunds), refunds=named)


BY_LINE = [
    pytest.param(outside(), outside((500, 1)), Held(), (500, {1: 500}), id="of a line"),
    pytest.param(outside(), outside((500, None)), Held(), (500, {}), id="of no line"),
    pytest.param(
        outside(), outside((2200, 1)), Held(), (2200, {1: 2150}), id="more than the line came to"
    ),
    pytest.param(
        outside((500, None), at=None),
        outside((500, 1)),
        Held(external_minor=500),
        (500, {1: 500}),
        id="the line of a known sum is told later",
    ),
    pytest.param(
        outside(),
        outside((1000, 1)),
        Held(refunded_minor=1000, has_refunds=True, refunded_lines={1: 1000},
             paid_back_lines={1: 1000}),
        (0, {}),
        id="our own refund shows up on its line",
    ),
    pytest.param(
        outside(),
        outside((1000, 1), (300, 2)),
        Held(refunded_minor=1000, has_refunds=True, refunded_lines={1: 1000},
             paid_back_lines={1: 1000}),
        (300, {2: 300}),
        id="and another one beside it",
    ),
    pytest.param(
        outside(),
        outside((900, 1)),
        Held(refunded_minor=900, has_refunds=True, refunded_lines={1: 900},
             paid_back_lines={1: 1000}),
        (0, {}),
        id="our own refund less a fee",
    ),
    pytest.param(
        outside((400, 1)),
        outside((400, 1), (2000, 1)),
        Held(refunded_minor=500, has_refunds=True, external_minor=400, external_lines={1: 400},
             refunded_lines={1: 500}, paid_back_lines={1: 500}),
        (1900, {1: 1650}),
        id="never more on a line than it came to with our own refunds",
    ),
    pytest.param(
        outside((400, 1)),
        outside((400, 1))._replace(tags=("late",)),
        Held(refunded_minor=500, has_refunds=True, external_minor=400, external_lines={1: 400},
             refunded_lines={1: 500}, paid_back_lines={1: 500}),
        (400, {1: 400}),
        id="the same refund again",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "held", "expected"), BY_LINE)
def test_refunds_made_elsewhere_count_on_their_lines(
    old: Order, new: Order, held: Held, expected: tuple[int, dict[int, int]]
) -> None:
    merged = merge(old, new, held)
    assert (merged.external_minor, merged.external_lines) == expected


ASKED = Held(
    refunded_minor=1000,
    has_refunds=True,
    refunded_lines={1: 1000},
    paid_back_lines={1: 1000},
    first_asked_at="2026-03-10T09:00:00+00:00",
)
EARLIER = [
    pytest.param("2026-03-09", 600, id="the day before somebody asked: not ours"),
    pytest.param("2026-03-10", 0, id="on that day it may be ours"),
    pytest.param("2026-03-10T09:59:00+01:00", 600, id="a minute before, elsewhere on earth"),
    pytest.param("2026-03-10T10:00:00+01:00", 0, id="at that minute"),
    pytest.param(None, 0, id="no day"),
]


@pytest.mark.parametrize(("at", "expected"), EARLIER)
def test_what_was_given_back_before_anybody_asked_is_not_the_shop_s_own(
    at: str | None, expected: int
) -> None:
    merged = merge(outside(), outside((600, 1), at=at), ASKED)
    assert (merged.external_minor, sum(merged.external_lines.values())) == (expected, expected)


def test_a_refund_names_its_line_by_the_number_that_the_store_has() -> None:
    swapped = order("#1", CUP._replace(line=1), MUG._replace(line=2))
    new = swapped._replace(refunded_minor=300, refunds=(SourceRefund(300, 2, "2026-03-05"),))
    merged = merge(order("#1", MUG, CUP), new, Held(lines=frozenset({1})))
    assert merged.order.refunds == (SourceRefund(300, 1, "2026-03-05"),)
    assert merged.external_lines == {1: 300}


def test_a_source_that_names_no_refunds_takes_none_back() -> None:
    old = outside((500, 1))
    silent = order("#1", MUG, CUP)._replace(tags=("late",))
    merged = merge(old, silent, Held(external_minor=500, external_lines={1: 500}))
    assert (merged.order.refunded_minor, merged.order.refunds) == (500, old.refunds)
    assert (merged.external_minor, merged.external_lines) == (500, {1: 500})
    assert [one.field for one in merged.changes] == ["tags"]


def test_the_list_of_refunds_is_a_change_in_words() -> None:
    new = outside((500, 1), (250, None))._replace(
        refunds=(SourceRefund(500, 1, "2026-03-05", "P-1"), SourceRefund(250))
    )
    assert changed(outside(), new) == [
        (None, "refunded_minor", "0", "750"),
        (None, "refunds", "[]", '["5.00 on 2026-03-05, line 1, P-1","2.50"]'),
    ]
