"""Shipments files: what became of parcels, for orders on their way out and returns on their way in.

Our own columns, Amazon's fulfilled shipments and ShipStation's export all come out as the same
rows. The meaning of a carrier's code is looked up later, where the shop's own tables are known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from returns_cli.intake.opening import Given
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowFormat, RowReading, read_formats

COMMAND = "shipments import"
_OTHERS = ("shipments_amazon", "shipstation_parcels")


class ShipmentRow(NamedTuple):
    """One row of a shipments file.

    Attributes:
        order_id, rma: one of them, or neither where the parcel's number must tell.
        line, sku: the order line that the parcel holds, where the row names one.
        event: one of our words or a carrier's code; empty where the row only names a parcel.
        at: instant or bare day; None where the row only names a parcel.
        units: of the line in the parcel, None for all.
        serials: serial numbers of the units of the line in the parcel.
        store: where it was sold, as the file names it; a channel where the order is known under it.
    """

    place: RowPlace
    key: RowKey
    channel: str | None
    order_id: str
    rma: str
    line: int | None
    sku: str
    event: str
    at: str | None
    tracking: str
    carrier: str
    units: int | None = None
    store: str = ""
    serials: tuple[str, ...] = ()


def read_shipments(given: Sequence[Given], options: ReadOptions) -> RowReading[ShipmentRow]:
    """Open files of shipments, for ``shipments import``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    formats = {"generic": RowFormat(lambda _: _own_row, ids=frozenset({"event"}))}
    for module in _OTHERS:
        formats.update(import_module(f"returns_cli.intake.exports.{module}").FORMATS)
    return read_formats(given, options, COMMAND, formats)


def _own_row(cells: RowCells, place: RowPlace, key: RowKey) -> ShipmentRow:
    order_id, rma, tracking = cells.id("order_id"), cells.id("rma"), cells.id("tracking")
    if not (order_id or rma or tracking):
        column = "order_id" if cells.has("order_id") else "rma"
        raise cells.fault("E-ORDER-ID-MISSING", column, "The row names no order and no return.")
    line = cells.number("line_no")
    if line == 0:
        raise cells.fault("E-VALUE", "line_no", "Lines are numbered from 1.")
    event = cells.required("event")
    at = cells.date("at")
    if at is None:
        raise cells.fault("E-DATE", "at", "The row does not say when.")
    row = ShipmentRow(
        place=place,
        key=key,
        channel=cells.text("channel") or None,
        order_id=order_id,
        rma=rma,
        line=line,
        sku=cells.id("sku"),
        event=event,
        at=at,
        tracking=tracking,
        carrier=cells.text("carrier"),
        serials=cells.tags("serials"),
    )
    return keyed(row)


def keyed(row: ShipmentRow, *more: str) -> ShipmentRow:
    """The row with the key of what it says: the same event said twice is one event.

    Args:
        row: with the key of its cells; a ``request_id`` stays its key.
        more: what tells it from another row that says the same (a shipment item's number).
    """
    said = list(row[2:])
    if not row.serials:  # rows from before there were any keep their key
        said.pop()
    facts = json.dumps([*said, *more], ensure_ascii=False, separators=(",", ":"))
    content = hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()
    key = row.key.key if row.key.key.startswith("id:") else f"fact:{content[:40]}"
    return row._replace(key=RowKey(key, content))
