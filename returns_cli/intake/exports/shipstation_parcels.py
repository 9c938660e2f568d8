"""ShipStation's export, read for its parcels: which numbers an order's parcels have.

A row with an item says that the item is in the parcel; a row without one is a further parcel. A row
says when the parcel left where the export has ``Date - Shipped Date``; the sample that is known has
not, and then only the parcel itself is kept. Orders come from the same file: ``orders import``.
"""

from __future__ import annotations

from returns_cli.intake.own.shipments import ShipmentRow, keyed
from returns_cli.intake.records import RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowFormat


def _row(cells: RowCells, place: RowPlace, key: RowKey) -> ShipmentRow:
    order_id = cells.required("order - number", "E-ORDER-ID-MISSING")
    at = cells.date("date - shipped date")
    row = ShipmentRow(
        place=place,
        key=key,
        channel=None,
        order_id=order_id,
        rma="",
        line=None,
        sku=cells.id("item - sku"),
        event="shipped" if at else "",
        at=at,
        tracking=cells.id("tracking number"),
        carrier=cells.text("carrier - name") or cells.text("carrier"),
        store=cells.text("market - store name"),
    )
    return keyed(row)


FORMATS = {
    "shipstation": RowFormat(
        lambda _: _row,
        ids=frozenset({"order - number", "item - sku", "tracking number"}),
        date_styles=("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y"),
    )
}
"""Read by ``shipments.read_shipments``."""
