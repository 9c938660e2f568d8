"""What can be put on paper: one list of operations, in whole printer dots from the top left.

Templates make them, backends draw them, and layout tests compare their numbers; so a PDF, a ZPL
file and a picture of one label cannot differ. Type sizes are points, since they are the same at
every resolution.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

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


class Picture(NamedTuple):
    """A picture in black and white, one bit a dot, each row filled up to whole bytes; 1 is black.

    Attributes:
        width, height: in dots of the page.
        bits: the rows, from the top.
    """

    x: int
    y: int
    width: int
    height: int
    bits: bytes


class Turned(NamedTuple):
    """A drawing of its own, turned a quarter clockwise and moved by whole dots.

    Attributes:
        x, y: the top left corner of the turned drawing on the page.
        width, height: of the drawing before it is turned.
        ops: from its own top left corner.
    """

    x: int
    y: int
    width: int
    height: int
    ops: tuple[Any, ...]  # of Op; a type cannot name itself here


class Tint(NamedTuple):
    """A box in a colour, ``#1a2b3c``; printers of one ink show dark ones black, others not."""

    x: int
    y: int
    width: int
    height: int
    color: str

    @property
    def parts(self) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255."""
        red, green, blue = bytes.fromhex(self.color.removeprefix("#"))
        return red, green, blue

    @property
    def is_dark(self) -> bool:
        """Whether it is nearer to black than to white (ITU-R BT.601 luma)."""
        red, green, blue = self.parts
        return 299 * red + 587 * green + 114 * blue < 128_000


class Emblem(NamedTuple):
    """A picture in colour, stretched to a box: ``png`` without transparency."""

    x: int
    y: int
    width: int
    height: int
    png: bytes


Area = Bars | Cells | Rule | Frame | Fill | Shape | Tint
Op = Text | Area | Picture | Emblem | Turned


class Page(NamedTuple):
    """One page: ``static`` is the same on many pages of a file and drawn once, then referred to.

    Attributes:
        region: whose shapes of Han signs it is drawn with; empty for any.
    """

    static: tuple[Op, ...]
    ops: tuple[Op, ...]
    region: str = ""


def moved(ops: tuple[Op, ...], down: int, right: int = 0) -> tuple[Op, ...]:
    """The same drawing, so many dots further down and to the right."""
    return tuple(op._replace(x=op.x + right, y=op.y + down) for op in ops)
