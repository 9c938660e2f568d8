"""Whose parcel a row of a shipments file speaks of: an order's, or a return's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from returns_cli.domain.model import Order
    from returns_cli.domain.record import ReturnRecord
    from returns_cli.intake.own.shipments import ShipmentRow
    from returns_cli.store.connection import Store

_REMEMBERED = 2_000


class OrderTarget(NamedTuple):
    """An order whose parcel it is, and the one line that the row names."""

    order_pk: int
    line: int | None


class ReturnTarget(NamedTuple):
    """A return whose parcel it is, and the one line that the row names."""

    return_id: int
    rma: str
    line: int | None


class Targets:
    """Finds orders and returns, each once: rows of one parcel stand together as a rule.

    Args:
        store: in a transaction.
        channel: ``--channel``, for rows that name none.
    """

    def __init__(self, store: Store, channel: str | None) -> None:
        self._store = store
        self._channel = channel
        self._orders: dict[tuple[str, str | None], tuple[int, Order]] = {}
        self._returns: dict[str, ReturnRecord] = {}

    def of(self, row: ShipmentRow) -> OrderTarget | ReturnTarget:
        """The order or return of a row.

        Raises:
            NotFoundError: it is not known, or has no such line.
        """
        if row.rma:
            return self._return(row)
        if row.order_id:
            return self._order(row)
        return self._by_number(row)

    def _return(self, row: ShipmentRow) -> ReturnTarget:
        from returns_cli.store.orders import order_pks

        record = self._record(row.rma)
        if row.order_id:
            channel = row.channel or self._channel
            if record.order_pk not in order_pks(self._store, [row.order_id], channel)[row.order_id]:
                raise NotFoundError(
                    "E-RMA-UNKNOWN",
                    f"{record.rma} is no return of order {row.order_id}.",
                    where=record.rma,
                    hint="Leave one of the two cells empty, or mend it.",
                )
        asked = [one.line for one in record.lines]
        return ReturnTarget(record.return_id, record.rma, self._line(record.order, row, asked))

    def _order(self, row: ShipmentRow) -> OrderTarget:
        channel = row.channel or self._channel
        wanted = (row.order_id, channel or row.store)
        if wanted not in self._orders:
            if len(self._orders) >= _REMEMBERED:
                self._orders.clear()
            self._orders[wanted] = self._find(row, channel)
        pk, order = self._orders[wanted]
        return OrderTarget(pk, self._line(order, row, [one.line for one in order.lines]))

    def _find(self, row: ShipmentRow, channel: str | None) -> tuple[int, Order]:
        from returns_cli.store.orders import find_order, order_pks

        sold_in = row.store if channel is None else ""
        if sold_in and order_pks(self._store, [row.order_id], sold_in)[row.order_id]:
            channel = sold_in
        try:
            return find_order(self._store, row.order_id, channel)
        except UsageError as error:  # ambiguous: in a file that is bad data, not bad usage
            raise NotFoundError(
                error.code, error.message, where=error.where, hint="Add a channel column."
            ) from error

    def _by_number(self, row: ShipmentRow) -> OrderTarget | ReturnTarget:
        """The order or return that has the parcel already."""
        from returns_cli.store.orders import load_orders
        from returns_cli.store.parcels import targets_of
        from returns_cli.store.returns import load_returns

        found = targets_of(self._store, row.tracking)
        if len(found) != 1:
            what = "Several orders or returns have" if found else "No order and no return has"
            raise NotFoundError(
                "E-ORDER-UNKNOWN",
                f"{what} a parcel with this number.",
                where=row.tracking,
                hint="Fill order_id or rma.",
            )
        ((kind, number),) = found
        if kind == "order":
            order = load_orders(self._store, [number])[number]
            return OrderTarget(number, self._line(order, row, [one.line for one in order.lines]))
        (record,) = load_returns(self._store, [number])
        asked = [one.line for one in record.lines]
        return ReturnTarget(record.return_id, record.rma, self._line(record.order, row, asked))

    def _record(self, rma: str) -> ReturnRecord:
        from returns_cli.store.returns import find_return

        if rma not in self._returns:
            if len(self._returns) >= _REMEMBERED:
                self._returns.clear()
            self._returns[rma] = find_return(self._store, rma)
        return self._returns[rma]

    @staticmethod
    def _line(order: Order, row: ShipmentRow, among: list[int]) -> int | None:
        """The one line that a row names; None where it names none, or a SKU of several lines.

        Raises:
            NotFoundError: ``E-LINE-UNKNOWN``.
        """
        if row.line is not None:
            found = [row.line] if row.line in among else []
        elif row.sku:
            found = [one.line for one in order.lines if one.sku == row.sku and one.line in among]
        else:
            return None
        if not found:
            what = f"line {row.line}" if row.line is not None else f"SKU {row.sku}"
            raise NotFoundError(
                "E-LINE-UNKNOWN",
                f"There is no {what} in it.",
                where=row.order_id or row.rma or row.tracking,
                hint=f"See its lines: returns orders show {order.order_id.removeprefix('#')}",
            )
        return found[0] if len(found) == 1 else None
