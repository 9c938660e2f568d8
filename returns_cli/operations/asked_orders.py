"""The orders that rows of a file ask for, looked up many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from returns_cli.domain.model import Order
from returns_cli.operations.lone_requests import find_order_of

if TYPE_CHECKING:
    from returns_cli.intake.records import RequestRow
    from returns_cli.store.connection import Store


class AskedOrders:
    """Finds the order of a row: among those looked up before, else by a look-up of its own."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None], tuple[int, Order]] = {}

    def look_up(self, store: Store, groups: Iterable[list[RequestRow]]) -> None:
        """Look up the orders of many rows, in place of those of before.

        One that is not known or ambiguous is left to :meth:`find`, which says so.
        """
        from returns_cli.store.orders import load_orders, order_pks

        asked: dict[str | None, set[str]] = {}
        for rows in groups:
            asked.setdefault(rows[0].channel, set()).add(rows[0].order_id)
        found = {
            (text, channel): pks[0]
            for channel, texts in asked.items()
            for text, pks in order_pks(store, texts, channel).items()
            if len(pks) == 1
        }
        orders = load_orders(store, set(found.values()))
        self._known = {place: (pk, orders[pk]) for place, pk in found.items()}

    def find(self, store: Store, row: RequestRow) -> tuple[int, Order]:
        """The order that a row names, and its row number.

        Raises:
            NotFoundError: no such order, or several channels have it.
        """
        return self._known.get((row.order_id, row.channel)) or find_order_of(store, row)
