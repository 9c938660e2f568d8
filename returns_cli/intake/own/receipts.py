"""The receipts CSV: which units of which returns arrived."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.intake.formats import RECEIPTS
from returns_cli.intake.opening import Given
from returns_cli.intake.records import ReadOptions, ReceiptRow, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowReading, read_rows


def read_receipts(given: Sequence[Given], options: ReadOptions) -> RowReading[ReceiptRow]:
    """Open files of receipts, for ``receive --file``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_rows(given, options, RECEIPTS, lambda _: _receipt)


def _receipt(cells: RowCells, place: RowPlace, key: RowKey) -> ReceiptRow:
    rma = cells.required("rma")
    line, sku = cells.line_and_sku()
    return ReceiptRow(
        place=place,
        key=key,
        rma=rma,
        line=line,
        sku=sku,
        quantity=cells.units(),
        received_at=cells.date("received_at"),
        station=cells.text("station"),
        tracking=cells.id("tracking"),
    )
