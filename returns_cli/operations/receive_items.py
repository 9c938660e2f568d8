"""Record goods that arrived for a return."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain import lifecycle, terms
from returns_cli.domain.days import iso
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import OrderLine, Receipt
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.floor_facts import record_once
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake.records import ReceiptRow
    from returns_cli.store.connection import Store


class ReceiveRequest(NamedTuple):
    """What was typed or scanned; no items means all that is still awaited."""

    rma: str
    items: tuple[ItemSpec, ...] = ()
    key: str | None = None
    station: str | None = None
    tracking: str | None = None
    received_at: str | None = None


def receive_items(shop: Shop, request: ReceiveRequest) -> Json:
    """Record a receipt, a new fact each time unless a key says it is the same one.

    Refused (6): a return that is not approved, and units beyond what is authorized.
    """

    def write(store: Store, record: ReturnRecord) -> None:
        at = shop.now
        if request.received_at is not None:
            at = iso(shop.moment(request.received_at, "--received-at"))
        units = _units(record, request.items)
        add_receipts(shop, store, record, units, at, request.station, request.tracking)

    content = [request.station, request.tracking, request.received_at]
    return record_once(shop, request.rma, "receive", request.key, request.items, content, write)


def add_receipts(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    units: dict[int, int],
    at: str,
    station: str | None,
    tracking: str | None,
) -> list[int]:
    """Write receipts of a return and judge it again where its window waits for the parcel.

    Returns:
        The receipts' numbers.
    """
    from returns_cli.store.floor import add_receipt
    from returns_cli.store.returns import load_returns

    check_can_arrive(shop, record)
    numbers: list[int] = []
    for line, quantity in units.items():
        awaited = record.authorized(line) - record.received(line)
        if quantity > awaited:
            raise ConflictError(
                "E-OVER-RECEIVED",
                f"Line {line} of {record.rma} awaits {awaited} of its "
                f"{record.authorized(line)} authorized, not {quantity}.",
                where=f"{record.rma} line {line}",
                hint="Count again. A file of receipts (`receive --file`) takes what was announced"
                " and notes the rest as unexpected.",
            )
        receipt = Receipt(line, quantity, at, shop.actor, station, tracking)
        numbers.append(add_receipt(store, record.return_id, receipt))
    if _window_waits_for_parcel(record):
        from returns_cli.operations.judging import judge_records

        judge_records(shop, store, load_returns(store, [record.return_id]))
    return numbers


def check_can_arrive(shop: Shop, record: ReturnRecord) -> None:
    """Refuse goods of a return that nobody approved.

    Raises:
        ConflictError: no unit is authorized, or the approval has run out.
    """
    if lifecycle.has_expired(record, shop.today, shop.zone):
        raise ConflictError(
            "E-STATE",
            f"{record.rma} ran out on {lifecycle.valid_until(record, shop.zone)}.",
            where=record.rma,
            hint=f'Take it all the same: returns approve {record.rma} --why "came late".',
        )
    if not any(record.authorized(one.line) > 0 for one in record.lines):
        raise ConflictError(
            "E-STATE",
            f"No unit of {record.rma} is approved.",
            where=record.rma,
            hint=f"Look why with `returns show {record.rma}`; a person may approve it.",
        )


def _units(record: ReturnRecord, items: tuple[ItemSpec, ...]) -> dict[int, int]:
    """Units per line: those typed, an item without a number for all of the line still awaited."""
    awaited = {
        one.line: record.authorized(one.line) - record.received(one.line) for one in record.lines
    }
    if not items:
        units = {line: left for line, left in awaited.items() if left > 0}
        if not units and record.receipts:
            last = record.receipts[-1]
            raise ConflictError(
                "E-OVER-RECEIVED",
                f"Everything of {record.rma} has arrived: {last.actor}, {last.received_at}.",
                where=record.rma,
                hint=f"Who and when: `returns history {record.rma}`.",
            )
        return units
    units = {}
    for item in items:
        line = find_line(record.order, item).line
        units[line] = units.get(line, 0) + (item.quantity or max(1, awaited.get(line, 0)))
    return units


def receive_file(shop: Shop, path: Path | BinaryIO, *, strict: bool = False) -> Json:
    """Record every row of a receipts file; what was not announced goes to *unexpected*.

    A row that was taken before changes nothing (``same``). Rows of unknown returns are refused.
    """
    from returns_cli.intake import read_receipts
    from returns_cli.operations.floor_files import line_of_row, record_file

    def write(store: Store, record: ReturnRecord, row: ReceiptRow) -> None:
        _add_row(shop, store, record, row, line_of_row(record, row.line, row.sku))

    return record_file(shop, path, "receive", read_receipts, write, strict=strict)


def _add_row(
    shop: Shop, store: Store, record: ReturnRecord, row: ReceiptRow, line: OrderLine
) -> None:
    from returns_cli.store.floor import NewUnexpected, add_unexpected

    awaited = record.authorized(line.line) - record.received(line.line)
    quantity = row.quantity if row.quantity is not None else max(1, awaited)
    at = row.received_at or shop.now
    expected = min(quantity, max(0, awaited))
    if expected:
        tracking = row.tracking or None
        units = {line.line: expected}
        add_receipts(shop, store, record, units, at, row.station or None, tracking)
    if quantity > expected:
        surplus = NewUnexpected(
            sku=line.sku,
            quantity=quantity - expected,
            why="surplus",
            found_at=at,
            actor=shop.actor,
            order_pk=record.order_pk,
            return_id=record.return_id,
            line=line.line,
            station=row.station or None,
            tracking=row.tracking or None,
        )
        add_unexpected(store, surplus)
        extra = "1 unit" if surplus.quantity == 1 else f"{surplus.quantity} units"
        shop.notes.append(
            f"{record.rma} line {line.line}: {extra} more came than awaited, kept as unexpected."
        )


def _window_waits_for_parcel(record: ReturnRecord) -> bool:
    return record.decision is not None and any(
        terms.word(terms.by_name(one.settings), "window.judged_on") in ("first_scan", "received")
        for one in record.decision.lines
    )
