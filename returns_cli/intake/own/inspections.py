"""The inspections and dispositions CSVs: how units were graded, and where they were put."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.intake.formats import DISPOSITIONS, INSPECTIONS
from returns_cli.intake.opening import Given
from returns_cli.intake.records import (
    DispositionRow,
    InspectionRow,
    ReadOptions,
    RowKey,
    RowPlace,
)
from returns_cli.intake.row_cells import RowCells, word
from returns_cli.intake.row_files import RowReading, read_rows


def read_inspections(given: Sequence[Given], options: ReadOptions) -> RowReading[InspectionRow]:
    """Open files of inspections, for ``inspect --file``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_rows(given, options, INSPECTIONS, lambda _: _inspection)


def read_dispositions(given: Sequence[Given], options: ReadOptions) -> RowReading[DispositionRow]:
    """Open files of dispositions, for ``dispose --file``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_rows(given, options, DISPOSITIONS, lambda _: _disposition)


def _inspection(cells: RowCells, place: RowPlace, key: RowKey) -> InspectionRow:
    rma = cells.required("rma")
    line, sku = cells.line_and_sku()
    return InspectionRow(
        place=place,
        key=key,
        rma=rma,
        line=line,
        sku=sku,
        quantity=cells.units(),
        grade=word(cells.required("grade")),
        disposition=word(cells.text("disposition")),
        note=cells.text("note"),
    )


def _disposition(cells: RowCells, place: RowPlace, key: RowKey) -> DispositionRow:
    rma = cells.required("rma")
    line, sku = cells.line_and_sku()
    return DispositionRow(
        place=place,
        key=key,
        rma=rma,
        line=line,
        sku=sku,
        quantity=cells.units(),
        disposition=word(cells.required("disposition")),
        location=cells.text("location"),
    )
