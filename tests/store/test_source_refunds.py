"""Refunds that a source names: kept, read back, counted once, whatever comes again."""

from __future__ import annotations

import hashlib
import marshal

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Order, SourceRefund
from returns_cli.store.check import check_store
from returns_cli.store.ledger import order_ledger
from returns_cli.store.order_import import OrderCounts
from returns_cli.store.order_rows import content_hash
from returns_cli.store.order_update import OrderUpdates
from returns_cli.store.orders import changes_of_file, load_orders, order_changes
from tests.store.desk import Desk, line, order, refund_of

NAMED = SourceRefund(500, 1, "2026-03-05", "P-77")
REST = SourceRefund(250)
BOTH = (NAMED, REST)


def refunded(*refunds: SourceRefund) -> Order:
    """Order #1042 (two mugs for 21.50 in all) with these refunds."""
    total = sum(one.amount_minor for one in refunds)
    return order()._replace(refunded_minor=total, refunds=refunds)


def again(counts: OrderCounts) -> tuple[int, int, int]:
    """New, changed, same."""
    return counts.new, counts.changed, counts.same


def outside(desk: Desk) -> tuple[int, dict[int, int]]:
    """What counts as refunded outside, of the order and of its lines."""
    ledger = order_ledger(desk.store, 1)
    return ledger.external_minor, dict(ledger.external_lines)


def supplement(desk: Desk, new: Order, name: str = "side.csv") -> tuple[int, int]:
    """Added to the stored order; how many changed, how many are the same."""
    file_id = desk.file(name)
    with desk.store.writing():
        updates = OrderUpdates(desk.store.connection, file_id)
        updates.supplement(1, load_orders(desk.store, [1])[1], new)
    return updates.changed, updates.same


def test_they_are_read_back_as_they_were_written(desk: Desk) -> None:
    desk.orders(refunded(*BOTH), order("#7"))
    stored = load_orders(desk.store, [1, 2])
    assert (stored[1].refunds, stored[1].refunded_minor) == (BOTH, 750)
    assert stored[2].refunds == ()
    assert outside(desk) == (750, {1: 500})
    assert check_store(desk.store).ok


def test_the_same_order_again_writes_nothing(desk: Desk) -> None:
    desk.orders(refunded(*BOTH))
    assert again(desk.orders(refunded(*BOTH))) == (0, 0, 1)
    rows = desk.store.connection.execute("SELECT count(*) FROM source_refund").fetchone()
    assert rows == (2,)


def test_another_list_is_a_new_revision_and_the_old_one_stays(desk: Desk) -> None:
    desk.orders(refunded(*BOTH))
    later = SourceRefund(300, 1, "2026-03-09", "P-80")
    assert again(desk.orders(refunded(NAMED, later))) == (0, 1, 0)
    stored = load_orders(desk.store, [1])[1]
    # 2.50 had no name; the 3.00 that are named now explain it.
    assert (stored.refunds, stored.refunded_minor) == ((NAMED, later), 800)
    assert outside(desk) == (800, {1: 800})
    revisions = desk.store.connection.execute("SELECT revision, n FROM source_refund").fetchall()
    assert revisions == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert check_store(desk.store).ok


def test_the_digest_of_an_order_without_refunds_is_the_one_of_before() -> None:
    # The digest of version 1, over the facts that an order had then.
    bought = order()
    facts = (
        bought[:4],
        bought.tax_style.value,
        bought[5:11],
        bought[12:26],
        tuple(bought.ship_to),
        [one[:-1] for one in bought.lines],
    )
    assert content_hash(bought) == hashlib.sha256(marshal.dumps(facts, 2)).digest()[:16]
    assert content_hash(refunded(NAMED)) != content_hash(refunded(NAMED._replace(line=None)))


def test_a_line_with_money_given_back_outside_keeps_its_number(desk: Desk) -> None:
    desk.orders(refunded(NAMED)._replace(lines=(line(), line(2, "CUP"))))
    turned = (line(1, "CUP"), line(2))
    desk.orders(refunded(NAMED._replace(line=2))._replace(lines=turned))
    stored = load_orders(desk.store, [1])[1]
    assert [(one.line, one.sku) for one in stored.lines] == [(1, "MUG"), (2, "CUP")]
    assert stored.refunds == (NAMED,)
    assert outside(desk) == (500, {1: 500})
    assert check_store(desk.store).ok


def test_a_line_with_money_given_back_outside_stays_when_it_vanishes(desk: Desk) -> None:
    desk.orders(refunded(NAMED)._replace(lines=(line(), line(2, "CUP"))))
    desk.orders(order()._replace(lines=(line(1, "CUP"),)))
    stored = load_orders(desk.store, [1])[1]
    assert [(one.line, one.sku) for one in stored.lines] == [(1, "MUG"), (2, "CUP")]
    assert check_store(desk.store).ok


def test_no_refund_takes_a_line_above_what_it_came_to(desk: Desk) -> None:
    # The mugs came to 21.50; 12.00 were given back outside, so 9.50 are left of the line.
    desk.orders(
        refunded(SourceRefund(1200, 1, "2026-03-05"))._replace(lines=(line(), line(2, "CUP")))
    )
    return_id = desk.approved(1)
    with pytest.raises(ConflictError, match="order line"):
        desk.refund(refund_of(return_id, 1000))
    desk.refund(refund_of(return_id, 950, key="pay-2"))
    assert check_store(desk.store).ok


def test_our_own_refund_in_the_export_is_not_counted_twice(desk: Desk) -> None:
    desk.orders(order())
    desk.refund(refund_of(desk.approved(1), 1000))
    desk.orders(refunded(SourceRefund(1000, 1, "2026-03-11", "P-78")))
    assert outside(desk) == (0, {})
    assert order_ledger(desk.store, 1).paid_back == {}
    desk.orders(refunded(NAMED, SourceRefund(1000, 1, "2026-03-11", "P-78")))
    assert outside(desk) == (500, {1: 500})
    assert set(order_ledger(desk.store, 1).paid_back.values()) == {1000}
    assert check_store(desk.store).ok


def test_a_lower_total_and_a_lower_sum_outside_come_together(desk: Desk) -> None:
    # 21.50 with 5.00 given back outside and 10.00 by us; now 13.00 with 3.00 outside.
    desk.orders(order()._replace(refunded_minor=500))
    desk.refund(refund_of(desk.approved(1), 1000))
    desk.orders(order()._replace(refunded_minor=300, total_minor=1300, captured_minor=1300))
    stored = load_orders(desk.store, [1])[1]
    assert (stored.total_minor, outside(desk)) == (1300, (300, {}))
    assert check_store(desk.store).ok


def test_a_supplement_leaves_what_the_order_was_read_from(desk: Desk) -> None:
    desk.orders(order())
    assert supplement(desk, refunded(NAMED)) == (1, 0)
    assert supplement(desk, refunded(NAMED), "again.csv") == (0, 1)
    assert outside(desk) == (500, {1: 500})
    assert again(desk.orders(order())) == (0, 0, 1), "the orders file says what it said"
    stored = load_orders(desk.store, [1])[1]
    assert (stored.refunds, stored.source_file) == ((NAMED,), "orders.csv")
    assert check_store(desk.store).ok


def test_an_orders_file_that_changes_keeps_the_refunds_that_were_added(desk: Desk) -> None:
    desk.orders(order())
    supplement(desk, refunded(NAMED))
    assert again(desk.orders(order()._replace(region="NV"))) == (0, 1, 0)
    assert load_orders(desk.store, [1])[1].refunds == (NAMED,)
    assert [one.field for one in order_changes(desk.store, 1)] == [
        "refunded_minor",
        "refunds",
        "region",
    ]
    assert outside(desk) == (500, {1: 500})


def test_what_a_supplement_said_in_vain_is_no_change_again(desk: Desk) -> None:
    desk.orders(order())
    desk.refund(refund_of(desk.approved(1), 1000))
    dearer = order()._replace(shipping_minor=900)
    assert supplement(desk, dearer) == (1, 0)
    assert supplement(desk, dearer, "again.csv") == (0, 1)
    changes = order_changes(desk.store, 1)
    assert [(one.field, one.new, one.kept) for one in changes] == [("shipping_minor", "900", True)]


def test_the_changes_of_a_file_are_found_by_order(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"), order("#3"))
    desk.orders(*(order(one)._replace(region="NV", tags=()) for one in ("#1", "#2", "#3")))
    changes = changes_of_file(desk.store, 2, most_orders=2)
    assert [(one.order_pk, one.field) for one in changes] == [
        (1, "region"),
        (1, "tags"),
        (2, "region"),
        (2, "tags"),
    ]
