"""The order line that an item names."""

from __future__ import annotations

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Order, OrderLine


def find_line(order: Order, item: ItemSpec) -> OrderLine:
    """The order line that an item names by number or by SKU.

    Raises:
        NotFoundError: no such line (5). UsageError: the SKU stands on several lines (2).
    """
    if item.line is not None:
        found = [one for one in order.lines if one.line == item.line]
    else:
        found = [one for one in order.lines if one.sku == item.sku]
    if not found:
        known = ", ".join(f"{one.line} ({one.sku or one.title})" for one in order.lines)
        raise NotFoundError(
            "E-LINE-UNKNOWN",
            f"Order {order.order_id} has no line {item.line or item.sku}.",
            where=f"--item {item.text}",
            hint=f"Its lines are {known}.",
        )
    if len(found) > 1:
        numbers = ", ".join(str(one.line) for one in found)
        raise UsageError(
            "E-USAGE-ITEM",
            f"SKU {item.sku} stands on lines {numbers} of order {order.order_id}.",
            where=f"--item {item.text}",
            hint="Name the line by its number.",
        )
    return found[0]
