"""The money side of orders: what live refunds have taken, what was refunded elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.store.connection import Store
from returns_cli.store.lists import numbers

_TAKEN = """
SELECT r.order_pk, x.rma, t.line, sum(t.units), sum(t.items_minor), sum(t.tax_minor),
  sum(t.shipping_minor)
FROM live_refund r JOIN refund_take t ON t.refund_pk = r.refund_pk
JOIN returns x ON x.return_id = r.return_id
WHERE r.order_pk IN (SELECT value FROM json_each(?))
GROUP BY r.order_pk, x.rma, t.line
"""
_REFUNDED = """
SELECT r.order_pk, sum(r.amount_minor - (SELECT coalesce(sum(c.amount_minor), 0)
  FROM refund_component c WHERE c.refund_pk = r.refund_pk
  AND c.kind IN ('bonus_credit', 'goodwill')))
FROM live_refund r WHERE r.order_pk IN (SELECT value FROM json_each(?)) GROUP BY r.order_pk
"""
_EXTERNAL = """
SELECT order_pk, line, sum(amount_minor) FROM external_refund
WHERE order_pk IN (SELECT value FROM json_each(?)) GROUP BY order_pk, line
HAVING sum(amount_minor) <> 0
"""
_PAID_BACK = """
SELECT r.order_pk, x.rma, c.line, sum(c.amount_minor)
FROM live_refund r JOIN refund_component c ON c.refund_pk = r.refund_pk
JOIN returns x ON x.return_id = r.return_id
WHERE r.order_pk IN (SELECT value FROM json_each(?)) AND c.line IS NOT NULL
  AND c.kind IN ('items', 'tax', 'original_shipping')
GROUP BY r.order_pk, x.rma, c.line
"""
_GIVEN_BACK = """
SELECT r.order_pk, g.tender, sum(g.amount_minor)
FROM live_refund r JOIN refund_origin g ON g.refund_pk = r.refund_pk
WHERE r.order_pk IN (SELECT value FROM json_each(?)) GROUP BY r.order_pk, g.tender
"""
_CLAWED_BACK = """
SELECT r.order_pk, x.rma, -sum(c.amount_minor)
FROM live_refund r JOIN refund_component c ON c.refund_pk = r.refund_pk
JOIN returns x ON x.return_id = r.return_id
WHERE r.order_pk IN (SELECT value FROM json_each(?)) AND c.kind = 'promotion_clawback'
GROUP BY r.order_pk, x.rma
"""
_AUTHORIZED = """
SELECT order_pk, line, sum(quantity) FROM authorization
WHERE order_pk IN (SELECT value FROM json_each(?)) GROUP BY order_pk, line
"""
_CAME_BACK = """
SELECT x.order_pk, x.line, sum(x.quantity) FROM receipt x JOIN return_line l
  ON l.return_id = x.return_id AND l.line = x.line AND l.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = x.return_id)
WHERE x.order_pk IN (SELECT value FROM json_each(?))
  AND l.resolution IN ('refund', 'store_credit')
GROUP BY x.order_pk, x.line
"""
# SQLite takes a bare column from the row that holds the maximum (documented since 3.7.11).
_LAST_BACK = """
SELECT x.order_pk, r.rma, max(x.receipt_id) FROM receipt x
JOIN returns r ON r.return_id = x.return_id
JOIN return_line l ON l.return_id = x.return_id AND l.line = x.line AND l.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = x.return_id)
WHERE x.order_pk IN (SELECT value FROM json_each(?))
  AND l.resolution IN ('refund', 'store_credit')
GROUP BY x.order_pk
"""


def order_ledger(store: Store, order_pk: int) -> OrderLedger:
    """The ledger of one order; an order without refunds has an empty one."""
    return order_ledgers(store, [order_pk])[order_pk]


def order_ledgers(store: Store, pks: Iterable[int]) -> dict[int, OrderLedger]:
    """The ledgers of many orders, in a fixed number of queries."""
    asked = list(pks)
    wanted = (numbers(asked),)
    execute = store.connection.execute
    by_return: dict[int, dict[tuple[str, int], Consumption]] = {pk: {} for pk in asked}
    for pk, rma, line, *taken in execute(_TAKEN, wanted):
        by_return[pk][rma, line] = Consumption(*taken)
    refunded = dict(execute(_REFUNDED, wanted).fetchall())
    external: dict[int, dict[int | None, int]] = {pk: {} for pk in asked}
    for pk, line, minor in execute(_EXTERNAL, wanted):
        external[pk][line] = minor
    external_lines = {
        pk: {line: minor for line, minor in lines.items() if line is not None}
        for pk, lines in external.items()
    }
    paid_back = _paid_back(store, [pk for pk, lines in external_lines.items() if lines])
    authorized: dict[int, dict[int, int]] = {pk: {} for pk in asked}
    for pk, line, units in execute(_AUTHORIZED, wanted):
        authorized[pk][line] = units
    came_back: dict[int, dict[int, int]] = {pk: {} for pk in asked}
    for pk, line, units in execute(_CAME_BACK, wanted):
        came_back[pk][line] = units
    given_back: dict[int, dict[str, int]] = {pk: {} for pk in asked}
    for pk, tender, minor in execute(_GIVEN_BACK, wanted):
        given_back[pk][tender] = minor
    clawed_back: dict[int, dict[str, int]] = {pk: {} for pk in asked}
    for pk, rma, minor in execute(_CLAWED_BACK, wanted):
        clawed_back[pk][rma] = minor
    last_back = {pk: rma for pk, rma, _ in execute(_LAST_BACK, wanted)}
    return {
        pk: OrderLedger(
            consumed=_by_line(by_return[pk]),
            consumed_by_return=by_return[pk],
            refunded_minor=refunded.get(pk, 0),
            external_minor=sum(external[pk].values()),
            authorized_units=authorized[pk],
            came_back=came_back[pk],
            last_back=last_back.get(pk, ""),
            external_lines=external_lines[pk],
            paid_back=paid_back.get(pk, {}),
            given_back=given_back[pk],
            clawed_back=clawed_back[pk],
        )
        for pk in asked
    }


def _paid_back(store: Store, pks: list[int]) -> dict[int, dict[tuple[str, int], int]]:
    """Per order, what live refunds gave back of each line, by return."""
    found: dict[int, dict[tuple[str, int], int]] = {pk: {} for pk in pks}
    for pk, rma, line, minor in store.connection.execute(_PAID_BACK, (numbers(pks),)):
        found[pk][rma, line] = minor
    return found


def _by_line(by_return: dict[tuple[str, int], Consumption]) -> dict[int, Consumption]:
    lines: dict[int, Consumption] = {}
    for (_, line), taken in by_return.items():
        so_far = lines.get(line, Consumption())
        lines[line] = Consumption(
            so_far.units + taken.units,
            so_far.items_minor + taken.items_minor,
            so_far.tax_minor + taken.tax_minor,
            so_far.shipping_minor + taken.shipping_minor,
        )
    return lines
