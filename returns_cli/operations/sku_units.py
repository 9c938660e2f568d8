"""Units of a SKU over the lines of an order, for a source that names no line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from returns_cli.domain.errors import ConflictError, NotFoundError
from returns_cli.domain.model import Order, OrderLine

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

Units = dict[int, int]
"""Line number -> units."""


def spread(units: int, rooms: Mapping[int, int]) -> Units:
    """Units over lines in their order, as many in each as have room; what is over is left out.

    >>> spread(3, {1: 1, 2: 0, 4: 5})
    {1: 1, 4: 2}
    """
    placed: Units = {}
    for line, room in rooms.items():
        share = min(units, room)
        if share > 0:
            placed[line] = share
            units -= share
    return placed


def asked_units(store: Store, order_pk: int, order: Order, sku: str, quantity: int) -> Units:
    """The lines that a request asks for: first units that no other return asks for.

    Units beyond what was sold stay with the first line, for the judgement to see.

    Raises:
        NotFoundError: the order has no line with the SKU.
    """
    from returns_cli.store.past import units_asked

    lines = _lines_of(order, sku)
    if len(lines) == 1:
        return {lines[0].line: quantity}
    taken = units_asked(store, order_pk)
    units = spread(
        quantity,
        {one.line: 0 if one.cancelled else one.quantity - taken.get(one.line, 0) for one in lines},
    )
    rest = quantity - sum(units.values())
    return _sum(units, {lines[0].line: rest} if rest else {})


def arrived_units(store: Store, order_pk: int, order: Order, sku: str, quantity: int) -> Units:
    """The lines that goods came back from: first units that no other return asks for.

    Units beyond what was sold are left out.

    Raises:
        NotFoundError: the order has no line with the SKU.
        ConflictError: more came than the order says was shipped, though more was sold.
    """
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.past import units_asked

    lines = _lines_of(order, sku)
    sold = [one for one in lines if not one.cancelled]
    held = order_ledger(store, order_pk).authorized_units
    rooms = {one.line: one.shipped_quantity - held.get(one.line, 0) for one in sold}
    taken = units_asked(store, order_pk)
    free = {one.line: min(rooms[one.line], one.quantity - taken.get(one.line, 0)) for one in sold}
    units = spread(quantity, free)
    left = {line: room - units.get(line, 0) for line, room in rooms.items()}
    units = _sum(units, spread(quantity - sum(units.values()), left))
    is_awaited = any(one.shipped_quantity < one.quantity for one in sold)
    if sum(units.values()) < quantity and is_awaited:
        raise ConflictError(
            "E-OVER-SHIPPED",
            f"More units of {sku} came back than order {order.order_id} says were shipped.",
            where=order.order_id,
            hint="Import a newer orders file, then this file again.",
        )
    return units


def _lines_of(order: Order, sku: str) -> list[OrderLine]:
    """The lines with a SKU, those that were not cancelled first.

    Raises:
        NotFoundError: there is none.
    """
    lines = [line for line in order.lines if line.sku == sku]
    if not lines:
        known = ", ".join(f"{one.line} ({one.sku or one.title})" for one in order.lines)
        raise NotFoundError(
            "E-LINE-UNKNOWN",
            f"Order {order.order_id} has no line {sku}.",
            where=sku,
            hint=f"Its lines are {known}.",
        )
    return sorted(lines, key=lambda one: one.cancelled)


def _sum(one: Units, other: Units) -> Units:
    lines = sorted({*one, *other})
    return {line: one.get(line, 0) + other.get(line, 0) for line in lines}
