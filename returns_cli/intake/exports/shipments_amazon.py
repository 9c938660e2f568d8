"""Amazon's fulfilled shipments report: one row for each item of a parcel that left.

Tab-separated without quotes. It tells when parcels left, with which number, and never when they
arrived: ``estimated-arrival-date`` is a promise and is not read.
"""

from __future__ import annotations

from returns_cli.intake.own.shipments import ShipmentRow, keyed
from returns_cli.intake.records import RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowFormat


def _row(cells: RowCells, place: RowPlace, key: RowKey) -> ShipmentRow:
    order_id = cells.required("amazon-order-id", "E-ORDER-ID-MISSING")
    at = cells.date("shipment-date")
    if at is None:
        raise cells.fault("E-DATE", "shipment-date", "The row does not say when.")
    row = ShipmentRow(
        place=place,
        key=key,
        channel=None,
        order_id=order_id,
        rma="",
        line=None,
        sku=cells.id("sku"),
        event="shipped",
        at=at,
        tracking=cells.id("tracking-number"),
        carrier=cells.text("carrier"),
        units=cells.units("quantity-shipped"),
    )
    return keyed(row, cells.id("shipment-id"), cells.id("shipment-item-id"))


FORMATS = {
    "amazon-shipments": RowFormat(
        lambda _: _row,
        ids=frozenset(
            {"amazon-order-id", "shipment-id", "shipment-item-id", "sku", "tracking-number"}
        ),
    )
}
"""Read by ``shipments.read_shipments``."""
