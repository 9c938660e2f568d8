"""Where the operations of a page lie, and what must never be: overlaps, and ink off the page."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from returns_cli.documents.codes import QUIET_BARS, QUIET_CELLS
from returns_cli.documents.ops import (
    Bars,
    Cells,
    Emblem,
    Fill,
    Frame,
    Op,
    Page,
    Picture,
    Rule,
    Shape,
    Text,
    Tint,
    Turned,
)
from returns_cli.documents.sizes import Grid, Sheet
from returns_cli.documents.text import Typesetter

_BELOW = 0.22  # of the size: descenders
_CAPITAL = 0.69  # of the size, in the core font
_CONTAINER = 12.0  # mm; a frame larger than that goes around things


class Placed(NamedTuple):
    """An operation and its box; codes with their quiet zones."""

    left: float
    top: float
    right: float
    bottom: float
    op: Op

    def overlaps(self, other: Placed) -> bool:
        """Whether the two share more than a border."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Placed) -> bool:
        """Whether the other lies inside this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def placed(page: Page, grid: Grid, typesetter: Typesetter) -> list[Placed]:
    """Every operation of a page with its box, in dots."""
    return [Placed(*_box(op, grid, typesetter), op) for op in (*page.static, *page.ops)]


def _box(op: Op, grid: Grid, typesetter: Typesetter) -> tuple[float, float, float, float]:
    match op:
        case Text():
            width = _text_width(op, grid, typesetter)
            left = op.x - {"left": 0.0, "center": 0.5, "right": 1.0}[op.align] * width
            high = op.size * grid.point
            below = _BELOW * high if _descends(op.string) else 0
            return left, op.y - _CAPITAL * high, left + width, op.y + below
        case Bars():
            quiet = QUIET_BARS * op.unit
            right = op.x + sum(op.widths) * op.unit
            return op.x - quiet, op.y, right + quiet, op.y + op.height
        case Cells():
            quiet, side = QUIET_CELLS * op.unit, len(op.rows) * op.unit
            return op.x - quiet, op.y - quiet, op.x + side + quiet, op.y + side + quiet
        case Rule():
            across, down = (
                (op.thickness, op.length) if op.is_vertical else (op.length, op.thickness)
            )
            return op.x, op.y, op.x + across, op.y + down
        case Frame() | Fill() | Tint() | Emblem():
            return op.x, op.y, op.x + op.width, op.y + op.height
        case Shape():
            return op.x, op.y, op.x + op.size, op.y + op.size
        case Turned():
            return op.x, op.y, op.x + op.height, op.y + op.width
        case Picture():
            return op.x, op.y, op.x + op.width, op.y + op.height


def _descends(string: str) -> bool:
    """Whether ink may lie below the baseline; plain capitals and figures have none there."""
    return not (string.isascii() and string.isupper()) or any(sign in "QJ,;" for sign in string)


def _text_width(op: Text, grid: Grid, typesetter: Typesetter) -> float:
    if op.columns or op.gap:
        gap = grid.points(op.gap)
        return typesetter.cells(op.string, op.size, op.weight, gap)[1] * grid.point
    return typesetter.width(op.string, op.size, op.weight) * grid.point


def faults(page: Page, sheet: Sheet, grid: Grid, typesetter: Typesetter) -> list[str]:
    """Everything that lies where it must not, in words; empty for a good page."""
    boxes = placed(page, grid, typesetter)
    width, height = grid.mm(sheet.width), grid.mm(sheet.height)
    paper = Placed(0, 0, width, height, Fill(0, 0, width, height))
    found = [f"off the page: {box.op}" for box in boxes if not paper.contains(box)]
    for one, other in combinations(boxes, 2):
        if one.overlaps(other) and not _may(one, other, grid) and not _may(other, one, grid):
            found.append(f"{one.op} over {other.op}")
    return found


def _may(below: Placed, above: Placed, grid: Grid) -> bool:
    """Whether the second may lie on the first."""
    match below.op, above.op:
        case Turned(), Turned():  # what labels share, and what is each label's own
            return True
        case Fill(), Text(ink="white"):
            return below.contains(above)
        case Shape(name="disc"), Text(ink="white"):
            return below.contains(above)
        case Frame(width=wide), _ if wide > grid.mm(_CONTAINER):
            return below.contains(above)
        case Rule(), Rule() | Fill():
            return True
        case _:
            return False
