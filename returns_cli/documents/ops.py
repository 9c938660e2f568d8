"""What can be put on paper: one list of operations, in whole printer dots from the top left.

Templates make them, backends draw them, and layout tests compare their numbers; so a PDF, a ZPL
file and a picture of one label cannot differ. Type sizes are points, since they are the same at
every resolution.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from returns_cli.documents.fonts import Weight

Align = Literal["left", "center", "right"]
Ink = Literal["black", "white"]


class Text(NamedTuple):
    """A line of text.

    Attributes:
        x, y: the point on the baseline that ``align`` means, in dots.
        size: points.
        string: cleaned, with a font for every sign.
        gap: dots added after each sign; with a gap, digits stand in cells of the widest one.
        columns: whether digits stand in cells of the widest one, as in columns of money.
    """

    x: int
    y: int
    size: float
    string: str
    weight: Weight = "regular"
    align: Align = "left"
    ink: Ink = "black"
    columns: bool = False
    gap: int = 0


class Bars(NamedTuple):
    """A barcode: ``widths`` of bar, space, bar … in modules of ``unit`` dots from ``x``."""

    x: int
    y: int
    height: int
    unit: int
    widths: tuple[int, ...]


class Cells(NamedTuple):
    """A matrix code: ``rows`` of bytes, 1 for black, in squares of ``unit`` dots, no border."""

    x: int
    y: int
    unit: int
    rows: tuple[bytes, ...]


class Rule(NamedTuple):
    """A horizontal or vertical line from ``x``, ``y``; ``dash`` is (on, off) in dots."""

    x: int
    y: int
    length: int
    thickness: int
    is_vertical: bool = False
    dash: tuple[int, int] | None = None


class Frame(NamedTuple):
    """The outline of a box; ``thickness`` lies inside it."""

    x: int
    y: int
    width: int
    height: int
    thickness: int


class Fill(NamedTuple):
    """A black box."""

    x: int
    y: int
    width: int
    height: int


class Shape(NamedTuple):
    """A drawing of ``shapes.SHAPES`` in a square of ``size`` dots."""

    x: int
    y: int
    size: int
    name: str


Op = Text | Bars | Cells | Rule | Frame | Fill | Shape


class Page(NamedTuple):
    """One page: ``static`` is the same on many pages of a file and drawn once, then referred to."""

    static: tuple[Op, ...]
    ops: tuple[Op, ...]


def moved(ops: tuple[Op, ...], down: int) -> tuple[Op, ...]:
    """The same drawing, so many dots further down."""
    return tuple(op._replace(y=op.y + down) for op in ops)
