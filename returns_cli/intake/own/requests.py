"""Requests: what customers want to send back, one row per order line, or Amazon's reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake.exports.amazon_returns import (
    FBA,
    FBA_IDS,
    MFN,
    MFN_IDS,
    FbaReturns,
    MfnReturns,
)
from returns_cli.intake.formats import REQUESTS
from returns_cli.intake.opening import Given
from returns_cli.intake.records import ReadOptions, RequestRow, RowKey, RowPlace
from returns_cli.intake.row_cells import REQUEST_ID, RowCells, word
from returns_cli.intake.row_files import RowFormat, RowReading, read_formats


def read_requests(given: Sequence[Given], options: ReadOptions) -> RowReading[RequestRow]:
    """Open files of requests; ``requests import`` and ``evaluate --file`` read them.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_formats(given, options, REQUESTS.command, _FORMATS)


def _requests(options: ReadOptions) -> Callable[[RowCells, RowPlace, RowKey], RequestRow]:
    """Reads our own rows; the call's channel holds where a row names none."""

    def read(cells: RowCells, place: RowPlace, key: RowKey) -> RequestRow:
        row = _request(cells, place, key)
        return row if row.channel else row._replace(channel=options.channel)

    return read


def _request(cells: RowCells, place: RowPlace, key: RowKey) -> RequestRow:
    order_id = cells.required("order_id", "E-ORDER-ID-MISSING")
    line, sku = cells.line_and_sku()
    kind = cells.choice("kind", Kind.RETURN)
    reason = cells.text("reason")
    if not reason and kind is not Kind.WITHDRAWAL:
        raise cells.fault("E-VALUE", "reason", "The reason is missing.")
    return RequestRow(
        place=place,
        key=key,
        request_id=cells.id(REQUEST_ID),
        channel=cells.text("channel") or None,
        order_id=order_id,
        line=line,
        sku=sku,
        reason=reason,
        quantity=cells.units(),
        want=cells.choice("want", Resolution.REFUND),
        kind=kind,
        condition=word(cells.text("condition")) or None,
        photos=cells.number("photos") or 0,
        note=cells.text("note"),
        requested_at=cells.date("requested_at"),
        exchange_sku=cells.id("exchange_sku"),
        order_column=cells.shown("order_id"),
        line_column=cells.shown("sku" if line is None else "line_no"),
        reason_column=cells.shown("reason"),
    )


_FORMATS: dict[str, RowFormat[RequestRow]] = {
    REQUESTS.name: RowFormat(_requests),
    FBA: RowFormat(FbaReturns, FBA_IDS),
    MFN: RowFormat(MfnReturns, MFN_IDS),
}
