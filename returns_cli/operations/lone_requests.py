"""Rows of a marketplace's returns report: each is one return, asked for or come back already.

Such a row names an order and a SKU, never a line. It is known by its own key: what it led to is
remembered with it, so that it may come again in every later report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.domain.model import Order, RequestedLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.open_return import StoredRequest, find_or_add
from returns_cli.operations.shop import Shop
from returns_cli.operations.sku_units import Units, arrived_units, asked_units

if TYPE_CHECKING:
    from collections.abc import Callable

    from returns_cli.intake.records import Arrival, RequestRow
    from returns_cli.store.connection import Store

    FileOf = Callable[[Store], int]

_SCOPE = "marketplace return"
_PARCEL = "announced parcel"


def store_lone_request(
    shop: Shop, store: Store, row: RequestRow, file_of: FileOf | None = None
) -> tuple[ReturnRecord | None, bool]:
    """Keep what a row tells, once; the return, and whether the row was taken before.

    A request is stored. Goods that came are stored as a return that was authorized, received and,
    where the finding is understood, inspected; units beyond what was sold are unexpected goods,
    and a row of nothing else makes no return. A parcel that is announced is kept with its number,
    also where only a later file has it. Nothing is judged. Inside a transaction.

    Args:
        file_of: gives the number of the file that is being read; None leaves parcels out.

    Raises:
        NotFoundError: an order or SKU that is not known.
        ConflictError: the row's key was used with other content; more came than the order says
            was shipped; the policy lists none of the grades.
    """
    from returns_cli.store import keys
    from returns_cli.store.returns import find_return

    key, content = row.key
    known = keys.recall(store, _SCOPE, key, content)
    record: ReturnRecord | None
    if known is not None:
        record = find_return(store, known) if known else None
    else:
        order_pk, order = find_order_of(store, row)
        if row.arrival is None:
            units = asked_units(store, order_pk, order, row.sku, row.quantity or 1)
            record = _add(shop, store, order_pk, order, row, units)
        else:
            record = _add_arrived(shop, store, order_pk, order, row, row.arrival)
        keys.remember(store, _SCOPE, key, content, record.rma if record else "")
    if record is not None and row.tracking and file_of is not None:
        _announce_parcel(shop, store, record, row, file_of)
    return record, known is not None


def find_order_of(store: Store, row: RequestRow) -> tuple[int, Order]:
    """The order that a row of a file names, and its row number.

    Raises:
        NotFoundError: no such order, or several channels have it.
    """
    from returns_cli.store.orders import find_order

    try:
        return find_order(store, row.order_id, row.channel)
    except UsageError as error:  # ambiguous: in a file that is bad data, not bad usage
        hint = "Say which with --channel." if row.is_lone else "Add a channel column."
        raise NotFoundError(error.code, error.message, where=error.where, hint=hint) from error


def _add(
    shop: Shop, store: Store, order_pk: int, order: Order, row: RequestRow, units: Units
) -> ReturnRecord:
    lines = tuple(
        RequestedLine(
            line=line,
            quantity=count,
            reason=row.reason,
            resolution=row.want,
            answers=dict(row.answers),
        )
        for line, count in units.items()
    )
    wanted = StoredRequest(
        order_pk=order_pk,
        order=order,
        kind=row.kind,
        lines=lines,
        requested_at=row.requested_at or shop.now,
        key=row.key.key,
        entered_by=row.entered_by,
        note=row.note,
    )
    return find_or_add(shop, store, wanted, row.key.content_hash)[0]


def _add_arrived(
    shop: Shop, store: Store, order_pk: int, order: Order, row: RequestRow, arrival: Arrival
) -> ReturnRecord | None:
    from returns_cli.operations.arrived_goods import keep_surplus, take_in

    quantity = row.quantity or 1
    units = arrived_units(store, order_pk, order, row.sku, quantity)
    record = None
    if units:
        record = _add(shop, store, order_pk, order, row, units)
        record = take_in(shop, store, record, units, arrival)
    surplus = quantity - sum(units.values())
    if surplus:
        keep_surplus(shop, store, order_pk, row, arrival, surplus, record)
    return record


def _announce_parcel(
    shop: Shop, store: Store, record: ReturnRecord, row: RequestRow, file_of: FileOf
) -> None:
    """Keep the number of a parcel that will come, once; it is no scan of it."""
    from returns_cli.domain.parcels import Meaning
    from returns_cli.store import keys
    from returns_cli.store.canonical import digest_of
    from returns_cli.store.floor import ParcelEvent, add_parcel_event
    from returns_cli.store.parcels import add_reading

    key = f"{record.rma}/{row.tracking}"
    body = digest_of([key])
    if keys.recall(store, _PARCEL, key, body) is not None:
        return
    event = ParcelEvent(
        event=Meaning.ANNOUNCED.value,
        at=row.requested_at or shop.now,
        actor=shop.actor,
        return_id=record.return_id,
        tracking=row.tracking,
        carrier=row.carrier,
    )
    event_id = add_parcel_event(store, event)
    add_reading(store, event_id, Meaning.ANNOUNCED, file_of(store), row.place.line)
    keys.remember(store, _PARCEL, key, body, str(event_id))
