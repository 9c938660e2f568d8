"""Marks of orders: kept with the content they stand for, gone when it changes."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import Order
from returns_cli.domain.same_order import SameOrder
from returns_cli.store.check import check_store
from returns_cli.store.order_marks import OrderMarks, Spans
from returns_cli.store.orders import OrderCounts, save_orders
from tests.store.desk import Desk, line, order

FIRST, SECOND = b"\0\1" + b"a" * 16, b"\0\1" + b"b" * 16


def save(desk: Desk, marks: dict[str, bytes], *orders: Order) -> OrderCounts:
    kept = OrderMarks(desk.store, "default")
    for order_id, mark in marks.items():
        kept.keep(order_id, mark)
    file_id = desk.file()
    with desk.store.writing():
        return save_orders(desk.store, orders, file_id, kept)


def mark_of(desk: Desk, order_id: str = "#1") -> bytes | None:
    found = OrderMarks(desk.store, "default").find([order_id])
    return found[order_id][0] if found else None


TWO_LINES = order("#1", line(1), line(2, quantity=3))


def test_a_mark_is_found_with_the_figures_of_its_order(desk: Desk) -> None:
    assert not OrderMarks(desk.store, "default").are_known
    save(desk, {"#1": FIRST}, TWO_LINES, order("#2"))
    marks = OrderMarks(desk.store, "default")
    assert marks.are_known
    # 2 and 3 mugs of 10.00; 1.00 tax and 0.50 shipping for each line
    same = SameOrder(1, "#1", 2, 5, "USD", 5300, 0)
    assert marks.find(["#1", "#2", "#3"]) == {"#1": (FIRST, same)}
    assert OrderMarks(desk.store, "shop").find(["#1"]) == {}
    assert check_store(desk.store).ok


def test_other_bytes_of_the_same_order_replace_its_mark(desk: Desk) -> None:
    save(desk, {"#1": FIRST}, order("#1"))
    counts = save(desk, {"#1": SECOND}, order("#1"))
    assert (counts.changed, counts.same) == (0, 1)
    assert mark_of(desk) == SECOND


@pytest.mark.parametrize(
    ("marks", "left"), [({"#1": SECOND}, SECOND), ({}, None)], ids=["marked", "without a mark"]
)
def test_a_changed_order_has_the_mark_of_its_new_rows_or_none(
    desk: Desk, marks: dict[str, bytes], left: bytes | None
) -> None:
    save(desk, {"#1": FIRST}, order("#1"))
    counts = save(desk, marks, order("#1")._replace(country="CA"))
    assert counts.changed == 1
    assert mark_of(desk) == left


def test_an_order_that_was_not_followed_wholly_is_not_known_by_its_mark(desk: Desk) -> None:
    save(desk, {"#1": FIRST}, order("#1"))
    desk.store.connection.execute("UPDATE orders SET stored_hash = ?", (b"c" * 16,))
    assert mark_of(desk) is None


def test_what_was_met_counts_as_the_same_and_for_its_file(desk: Desk) -> None:
    save(desk, {"#1": FIRST, "#2": FIRST}, order("#1"), order("#2"), order("#3"))
    marks = OrderMarks(desk.store, "default")
    for same in sorted(marks.find(["#1", "#2"]).values()):
        marks.met(same[1])
    file_id = desk.file()
    with desk.store.writing():
        counts = save_orders(desk.store, [order("#3"), order("#4")], file_id, marks)
    assert (counts.new, counts.same, counts.spans) == (1, 3, ((1, 4),))


def test_runs_of_numbers_are_joined() -> None:
    spans = Spans()
    for number in (1, 2, 5):
        spans.add(number)
    spans.add(6, 9)
    assert spans.runs() == ((1, 2), (5, 9))
