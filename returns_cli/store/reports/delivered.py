"""What counts as delivered, and what was paid for units of a line; one meaning for every report.

Delivered is what was shipped, of orders and lines that were not cancelled, less what went back to
the sender.
"""

from __future__ import annotations

from returns_cli.store.connection import Store

# What was paid for some units of a line, its own discounts and those of its order taken off.
LINE_VALUE = "((2 * l.items_minor * ({units}) + l.quantity) / (2 * l.quantity))"

SENT_BACK = """sent_back AS MATERIALIZED (
  SELECT f.order_pk, f.line, sum(f.quantity) AS units
  FROM returns r JOIN receipt f ON f.return_id = r.return_id
  WHERE r.kind = 'return_to_sender' GROUP BY f.order_pk, f.line)"""
"""The units of each order line that went back to their sender, for a WITH clause."""

_ANY_SENT_BACK = "SELECT EXISTS (SELECT 1 FROM returns WHERE kind = 'return_to_sender')"


def delivered_units(store: Store) -> tuple[str, str]:
    """The join to what went back to its sender, none where nothing did; and the units delivered.

    Both are SQL for an order line ``l``; the join wants :data:`SENT_BACK`.
    """
    (any_sent_back,) = store.connection.execute(_ANY_SENT_BACK).fetchone()
    if not any_sent_back:
        return "", "l.shipped_quantity"
    join = "LEFT JOIN sent_back b ON b.order_pk = l.order_pk AND b.line = l.line"
    return join, "(l.shipped_quantity - coalesce(b.units, 0))"
