"""Paper sizes, from ``data/sheets.toml``, and the printer dots that everything stands on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from returns_cli.data import shipped
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72.0

Use = Literal["label", "slip", "insert", "sticker", "cards", "calibration"]

_ROLL = 108.0  # mm, the widest label of a four-inch printer

# A printer that is sold as 203 dpi has exactly 8 dots per millimetre.
_DOTS_PER_MM = {203: 8.0, 300: 300 / MM_PER_INCH}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label lies on office paper: its size by name, and its corner, in millimetres."""

    label: str
    x: float
    y: float
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class CellGrid:
    """The cells of a sheet of labels, in millimetres; a pitch runs from one cell to the next."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    pitch_x: float
    pitch_y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One size of paper, in millimetres.

    Attributes:
        uses: what is printed on it.
        zones: heights from the top of a label.
        gs1_zones: the same for a label with an SSCC, whose bars are the lowest thing on it.
        media: how printers call it; empty for a size without a name.
        place: the label that lies on it, where it is not one itself.
        cut: where it is folded or cut, from the top.
        cells: of a sheet of small labels.
    """

    name: str
    uses: tuple[Use, ...]
    width: float
    height: float
    margin: float
    zones: Mapping[str, float]
    gs1_zones: Mapping[str, float]
    media: str = ""
    place: Place | None = None
    cut: float | None = None
    cells: CellGrid | None = None

    @property
    def is_for_label_printers(self) -> bool:
        """Whether a printer for rolls of labels, four inches wide, takes it."""
        return self.width <= _ROLL

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points (1/72 in), as PDF counts."""
        scale = POINTS_PER_INCH / MM_PER_INCH
        return round(self.width * scale, 4), round(self.height * scale, 4)


@dataclass(frozen=True, slots=True)
class Grid:
    """A printer's dots. Codes stand on whole dots, or a scanner loses them (PAPER: 0.25 mm floor).

    >>> Grid.at(203).mm(3), Grid.at(300).mm(25.4)
    (24, 300)
    """

    dpi: int
    dots_per_mm: float

    @classmethod
    def at(cls, dpi: int) -> Grid:
        """The grid of a printer.

        Raises:
            UsageError: ``E-DPI-UNKNOWN``, neither 203 nor 300.
        """
        if dpi not in _DOTS_PER_MM:
            raise UsageError(
                "E-DPI-UNKNOWN",
                f"Labels are drawn for printers of 203 or 300 dpi, not {dpi}.",
                where="--dpi",
                hint="Use --dpi 203 (most label printers) or --dpi 300.",
            )
        return cls(dpi, _DOTS_PER_MM[dpi])

    def mm(self, length: float) -> int:
        """Millimetres in whole dots."""
        return round(length * self.dots_per_mm)

    def size(self, sheet: Sheet) -> tuple[int, int]:
        """Width and height of a sheet in whole dots that lie on it.

        >>> Grid.at(203).size(sheets()["4x6"])
        (812, 1219)
        """
        return int(sheet.width * self.dots_per_mm), int(sheet.height * self.dots_per_mm)

    def to_mm(self, dots: float) -> float:
        """Dots in millimetres."""
        return dots / self.dots_per_mm

    @property
    def point(self) -> float:
        """Dots in one point."""
        return self.dots_per_mm * MM_PER_INCH / POINTS_PER_INCH

    def points(self, dots: float) -> float:
        """Dots in points."""
        return dots / self.point


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, Sheet]:
    """All sizes that are shipped, by name."""
    rows = tomllib.loads(shipped("sheets.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: Sheet(
                name=name,
                uses=tuple(row["uses"]),
                width=row["width"],
                height=row["height"],
                margin=row["margin"],
                zones=MappingProxyType(row.get("zones", {})),
                gs1_zones=MappingProxyType(row.get("gs1_zones", {})),
                media=row.get("media", ""),
                place=Place(**row["place"]) if "place" in row else None,
                cut=row.get("cut"),
                cells=CellGrid(**row["cells"]) if "cells" in row else None,
            )
            for name, row in rows.items()
        }
    )


def cells_of(name: str, start_at: int) -> CellGrid | None:
    """The cells of a size, None for one label a page.

    Raises:
        UsageError: ``E-START-AT``, a cell that the sheet does not have.
    """
    sheet = sheets().get(name)
    cells = sheet.cells if sheet else None
    most = cells.columns * cells.rows if cells else 1
    if not 1 <= start_at <= most:
        what = f"{name} has {most} cells" if cells else f"{name} has no cells"
        raise UsageError(
            "E-START-AT",
            f"{what}, so printing cannot start at {start_at}.",
            where="--start-at",
            hint=f"Use 1 to {most}." if cells else "Name a sheet with --size sheet-3x8.",
        )
    return cells


def find_sheet(name: str, use: Use) -> Sheet:
    """The sheet that ``--size`` names.

    Raises:
        UsageError: ``E-SIZE-UNKNOWN``, no such size for this kind of paper.
    """
    fitting = [sheet.name for sheet in sheets().values() if use in sheet.uses]
    if name in fitting:
        return sheets()[name]
    raise UsageError(
        "E-SIZE-UNKNOWN",
        f"{use.capitalize()} paper does not come as {name!r}.",
        where="--size",
        hint=nearest_or_all(name, fitting),
    )
