"""Codes into boxes: module widths and origins on whole dots, quiet zones inside the box."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from returns_cli.documents.codes import (
    QUIET_BARS,
    QUIET_CELLS,
    code128,
    fit_bars,
    fit_cells,
    qr_rows,
)
from returns_cli.documents.fitting import DoesNotFitError
from returns_cli.documents.ops import Bars, Cells
from returns_cli.documents.sizes import Grid

_PREFIX_AND_HALF = 7  # RMA-7F3 K2QX
_RMA_LENGTH = 11
_GS1_MODULE = 0.495  # mm, the narrowest on a logistic label (GS1 General Specifications, 5.12)

T = TypeVar("T")


class Box(NamedTuple):
    """A place on the page, in dots."""

    x: int
    y: int
    width: int
    height: int


def place_bars(text: str, field: str, grid: Grid, box: Box, *, centered: bool = True) -> Bars:
    """A Code 128 as high as its box, with its quiet zones inside it.

    Raises:
        DoesNotFitError: the text has no Code 128, or the box is too narrow for it.
    """
    code = _or_error(field, lambda: code128(text))
    unit = _or_error(field, lambda: fit_bars(code.modules, grid, box.width))
    spare = box.width - (code.modules + 2 * QUIET_BARS) * unit
    x = box.x + (spare // 2 if centered else 0) + QUIET_BARS * unit
    return Bars(x, box.y, box.height, unit, code.widths)


def place_sscc(sscc: str, field: str, grid: Grid, box: Box) -> Bars:
    """An SSCC-18 as GS1-128 with its application identifier, as high as its box, in its middle.

    Raises:
        DoesNotFitError: the box is too narrow for the 0.495 mm a module that GS1 asks for.
    """
    code = code128(f"00{sscc}", gs1=True)
    unit = _or_error(field, lambda: fit_bars(code.modules, grid, box.width, _GS1_MODULE))
    spare = box.width - (code.modules + 2 * QUIET_BARS) * unit
    return Bars(box.x + spare // 2 + QUIET_BARS * unit, box.y, box.height, unit, code.widths)


def place_cells(text: str, field: str, grid: Grid, box: Box) -> Cells:
    """A QR code as large as fits into a square box, border included, in its middle.

    Raises:
        DoesNotFitError: the text has no QR code of ours, or its modules would be too fine.
    """
    rows = _or_error(field, lambda: qr_rows(text))
    unit = _or_error(field, lambda: fit_cells(len(rows), grid, box.width))
    inset = (box.width - (len(rows) + 2 * QUIET_CELLS) * unit) // 2 + QUIET_CELLS * unit
    return Cells(box.x + inset, box.y + inset, unit, rows)


def _or_error(field: str, made: Callable[[], T]) -> T:
    try:
        return made()
    except ValueError as error:
        raise DoesNotFitError(
            field, f"its code {error}" if "fit" in str(error) else str(error)
        ) from error


def spoken(rma: str) -> str:
    """A return's number in two groups, as a person reads and types it.

    >>> spoken("RMA-7F3K2QX"), spoken("R-1")
    ('RMA-7F3 K2QX', 'R-1')
    """
    if len(rma) != _RMA_LENGTH:
        return rma
    return f"{rma[:_PREFIX_AND_HALF]} {rma[_PREFIX_AND_HALF:]}"
