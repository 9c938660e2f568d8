"""Import what became of parcels: when orders left and arrived, what carriers say of returns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.parcels import Meaning, earliest, latest
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_batch import ROW_ERRORS
from returns_cli.operations.row_files import (
    Tally,
    finish,
    read_options,
    read_zone,
    refused_by_strict,
)
from returns_cli.operations.shipment_targets import OrderTarget, ReturnTarget, Targets
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.intake.own.carrier_codes import CodeTable
    from returns_cli.intake.own.shipments import ShipmentRow
    from returns_cli.store.connection import Store
    from returns_cli.store.parcels import ParcelKey

_COMMAND = "shipments import"
_IMPORTER = "1"
_SCOPE = "shipment"
_FIELDS = {
    Meaning.SHIPPED: "shipped_at",
    Meaning.FIRST_SCAN: "scanned_at",
    Meaning.DELIVERED: "delivered_at",
    Meaning.RETURNED: "returned_at",
}
_CHUNK = 500
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class ShipmentOptions:
    """Options of ``shipments import`` as typed; None leaves it to the file and ``shop.yaml``."""

    source_format: str | None = None
    map_file: Path | None = None
    encoding: str | None = None
    date_format: str | None = None
    timezone: str | None = None
    channel: str | None = None
    codes: tuple[Path | BinaryIO, ...] = ()
    strict: bool = False
    force: bool = False


def import_shipments(
    shop: Shop, sources: Sequence[Path | BinaryIO], options: ShipmentOptions = ShipmentOptions()
) -> Json:
    """Keep what files say of parcels, all files in one transaction.

    Parcels of orders set shipped and delivered dates, each change recorded; events of returns are
    appended. Decisions that were made stay: which open returns would be judged otherwise now is
    said, ``evaluate`` judges them. A row that was taken before changes nothing (``same``).
    Lists of ``codes`` are read first and kept for later calls; they may come alone.
    """
    from returns_cli.operations.learn_codes import learn_codes

    if not (sources or options.codes):
        raise UsageError(
            "E-USAGE",
            "No file was named.",
            where="shipments import",
            hint="Name a file, or - for stdin; or a carrier's list with --codes FILE.",
        )
    with shop.open_store() as store:
        if not sources:
            with store.writing(rehearse=shop.dry_run):
                return learn_codes(shop, store, options.codes, encoding=options.encoding)
        with store.writing(rehearse=shop.dry_run):
            if options.codes:
                learn_codes(shop, store, options.codes, encoding=options.encoding)
            return _import(shop, store, sources, options)


def _import(
    shop: Shop, store: Store, sources: Sequence[Path | BinaryIO], options: ShipmentOptions
) -> Json:
    from returns_cli.intake.own.carrier_codes import CarrierCode, CodeTable
    from returns_cli.intake.own.shipments import read_shipments
    from returns_cli.store.carrier_codes import load_codes

    read_with = read_options(
        shop,
        command=_COMMAND,
        map_file=options.map_file,
        source_format=options.source_format,
        encoding=options.encoding,
        date_format=options.date_format,
        zone=read_zone(options.timezone) if options.timezone else None,
        channel=options.channel,
    )
    learned = load_codes(store)
    known = KnownRows(shop, _COMMAND, _IMPORTER, read_with, json.dumps(learned))
    if not options.force:
        answer = known.answer(store, sources)
        if answer is not None:
            return answer
    with read_shipments(sources, read_with) as reading:
        shop.notes += reading.detected()
        file_id = known.add_file(store, reading)
        codes = CodeTable(CarrierCode(*one) for one in learned)
        desk = _Desk(shop, store, reading, codes, Targets(store, options.channel), file_id)
        for row in shop.watch(reading, "rows"):
            desk.take(row)
        if options.strict and reading.log.rejected:
            raise refused_by_strict(reading.problems)
        answer = finish(shop, reading, desk.tally)
        desk.redate()
        known.finish(store, file_id, answer)
        return answer


class _Desk:
    """One call: what it has seen so far, and how a row is taken. Inside a transaction."""

    def __init__(
        self,
        shop: Shop,
        store: Store,
        reading: RowReading[ShipmentRow],
        codes: CodeTable,
        targets: Targets,
        file_id: int,
    ) -> None:
        self._shop = shop
        self._store = store
        self._log = reading.log
        self._codes = codes
        self._targets = targets
        self._file_id = file_id
        self._said: dict[tuple[ParcelKey, str], str] = {}
        self._has_new: set[tuple[ParcelKey, str]] = set()
        self._changed: dict[int, None] = {}
        self._seen: set[str] = set()
        self.tally = Tally()

    def take(self, row: ShipmentRow) -> None:
        """Take one row, or refuse it for what the store knows; nothing is written before that."""
        try:
            target = self._targets.of(row)
            meaning = self._meaning(row)
            _check_serials(row, target)
            if isinstance(target, ReturnTarget):
                is_new = self._append(row, meaning, target.line, return_id=target.return_id)
                self.tally.rmas[target.rma] = None
            else:
                is_new = self._take_order(row, meaning, target)
                is_new = self._keep_serials(row, target) or is_new
        except ROW_ERRORS as error:
            self._log.reject(
                row.place,
                error.code,
                error.message,
                hint=error.hint,
                conflict=isinstance(error, ConflictError),
            )
            return
        if is_new:
            self.tally.new += 1
        else:
            self.tally.same += 1
        self._flag(row, meaning)

    def _meaning(self, row: ShipmentRow) -> Meaning:
        return self._codes.meaning(row.event, row.carrier) if row.event else Meaning.INFORMATION

    def _flag(self, row: ShipmentRow, meaning: Meaning) -> None:
        if meaning is Meaning.UNKNOWN:
            self._log.warn(
                row.place,
                "W-STATUS-UNKNOWN",
                "No table says what this event means; it was kept and moves no date.",
                column="event",
                value=row.event,
                hint="Name the carrier in the row, or read the carrier's list of codes with "
                "--codes; then import the file again.",
            )
        if row.key.key in self._seen:
            self._log.warn(row.place, "W-ROW-DUPLICATE")
        self._seen.add(row.key.key)

    def _append(
        self,
        row: ShipmentRow,
        meaning: Meaning,
        line: int | None,
        *,
        return_id: int | None = None,
        order_pk: int | None = None,
    ) -> bool:
        """Keep an event once, and what it means now; whether either is new.

        Raises:
            ConflictError: the row's ``request_id`` was used with other content.
        """
        from returns_cli.store import keys
        from returns_cli.store.floor import ParcelEvent, add_parcel_event
        from returns_cli.store.parcels import add_reading

        found = keys.recall(self._store, _SCOPE, row.key.key, row.key.content_hash)
        if found is not None:
            place = (self._file_id, row.place.line)
            return bool(found) and add_reading(self._store, int(found), meaning, *place)
        event_id: int | None = None
        if row.at is not None:
            event = ParcelEvent(
                event=row.event,
                at=row.at,
                actor=self._shop.actor,
                return_id=return_id,
                order_pk=order_pk,
                line=line,
                tracking=row.tracking,
                carrier=row.carrier,
            )
            event_id = add_parcel_event(self._store, event)
            add_reading(self._store, event_id, meaning, self._file_id, row.place.line)
        said = "" if event_id is None else str(event_id)
        keys.remember(self._store, _SCOPE, row.key.key, row.key.content_hash, said)
        return True

    def _take_order(self, row: ShipmentRow, meaning: Meaning, target: OrderTarget) -> bool:
        """A parcel on its way out: its dates follow what this call says of it last.

        Of several rows of the call the latest day holds (the earliest for the first scan), also
        of rows that were taken before, as soon as one of them is new.
        """
        from returns_cli.store.parcels import ParcelKey, ParcelReport, save_parcel

        if not row.tracking and row.at is None:  # an item that has not left: nothing to keep
            return False
        is_new = self._append(row, meaning, target.line, order_pk=target.order_pk)
        place = 0 if row.tracking else target.line or 0
        key = ParcelKey(target.order_pk, row.tracking, place)
        dates: dict[str, str] = {}
        field = _FIELDS.get(meaning)
        if field is not None and row.at is not None:
            of_field = (key, field)
            best = earliest if meaning is Meaning.FIRST_SCAN else latest
            said = best([self._said.get(of_field), row.at]) or row.at
            self._said[of_field] = said
            if is_new:
                self._has_new.add(of_field)
            if of_field in self._has_new:
                dates[field] = said
        if not is_new and not dates:
            return False
        lines = ((target.line, row.units),) if target.line is not None and is_new else ()
        where = (self._file_id, row.place.line)
        if save_parcel(self._store, ParcelReport(key, row.carrier, dates, lines, *where)):
            self._changed[target.order_pk] = None
        return is_new

    def _keep_serials(self, row: ShipmentRow, target: OrderTarget) -> bool:
        """Keep which units were sent; whether one is new."""
        from returns_cli.store.serials import add_sold_serial

        place = (self._file_id, row.place.line)
        line = target.line or 0
        new = [
            add_sold_serial(self._store, target.order_pk, line, one, *place) for one in row.serials
        ]
        return any(new)

    def redate(self) -> None:
        """Give the orders the dates of their parcels, and say whose judgement rests on others."""
        from returns_cli.store.parcels import redate_orders

        moved: list[int] = []
        pks = list(self._changed)
        for start in range(0, len(pks), _CHUNK):
            part = pks[start : start + _CHUNK]
            moved += redate_orders(self._store, part, self._file_id, self._shop.now)
        waiting = _decided_and_open(self._shop, self._store, moved)
        if moved:
            orders = "1 order has" if len(moved) == 1 else f"{len(moved)} orders have"
            self._shop.notes.append(f"{orders} other dates now.")
        if waiting:
            named = " ".join(waiting[:_MOST_NAMED])
            more = f" and {len(waiting) - _MOST_NAMED} more" if len(waiting) > _MOST_NAMED else ""
            self._shop.notes.append(
                f"Open returns that were judged on the dates before: {named}{more}. They stay as "
                f"decided until: returns evaluate {'--all' if more else named}"
            )


def _check_serials(row: ShipmentRow, target: OrderTarget | ReturnTarget) -> None:
    """Refuse serial numbers of which nobody knows whose they are.

    Raises:
        ConflictError: ``E-VALUE``, the row names no line of an order.
    """
    if row.serials and (isinstance(target, ReturnTarget) or target.line is None):
        raise ConflictError(
            "E-VALUE",
            "Serial numbers are of one line of an order, and the row names none.",
            where=row.order_id or row.rma or row.tracking,
            hint="Fill order_id, and line_no or sku.",
        )


def _decided_and_open(shop: Shop, store: Store, pks: Sequence[int]) -> list[str]:
    """RMAs of the open returns of some orders that were judged before."""
    from returns_cli.operations.evaluate_returns import is_open
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.parcels import returns_of
    from returns_cli.store.returns import load_returns

    records = load_returns(store, returns_of(store, pks))
    ledgers = order_ledgers(store, [one.order_pk for one in records])
    return [one.rma for one in records if one.decision is not None and is_open(shop, one, ledgers)]
