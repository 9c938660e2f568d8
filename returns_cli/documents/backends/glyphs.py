"""Glyphs of shaped runs as dots: no cmap has joined forms, so their outlines are filled here."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.documents.fonts import Face, sign_glyph
from returns_cli.documents.shaping import Contour, outline

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from returns_cli.documents.text import Run

_FINE = 4  # drawn so much larger, then made smaller
_HALF = 128


class Stamp(NamedTuple):
    """A glyph's dots, and how far its corner lies right of and below its origin."""

    dots: Image
    right: int
    down: int


def stamp_run(pen: ImageDraw, run: Run, at: tuple[float, float], size: float, ink: int) -> None:
    """Draw a shaped run from a point on the baseline.

    Args:
        pen: of a picture in grey.
        at: in dots; ``size`` as well.
        ink: the grey to draw with.
    """
    for piece in run.pieces:
        x, y = at[0] + piece.x * size / 1000, at[1] - piece.y * size / 1000
        for sign in piece.signs:
            glyph, advance = sign_glyph(run.face, sign)
            stamp = _stamp(run.face, glyph, size)
            if stamp is not None:
                corner = round(x) + stamp.right, round(y) + stamp.down
                pen.bitmap(corner, stamp.dots, fill=ink)
            x += advance * size / 1000


@lru_cache(maxsize=2048)
def _stamp(face: Face, glyph: int, size: float) -> Stamp | None:
    """None for a glyph without ink.

    Contours are filled from the largest to the smallest; each turns ink on or off by the way it
    runs round, which is the non-zero rule for outlines that do not cross.
    """
    from PIL import Image, ImageDraw

    contours = outline(face, glyph)
    if not contours:
        return None
    scale = size / 1000
    xs = [x * scale for contour in contours for x, _ in contour]
    ys = [-y * scale for contour in contours for _, y in contour]
    left, top = int(min(xs)) - 1, int(min(ys)) - 1
    width, height = int(max(xs)) + 2 - left, int(max(ys)) + 2 - top
    image = Image.new("L", (width * _FINE, height * _FINE), 0)
    pen = ImageDraw.Draw(image)
    for contour in sorted(contours, key=lambda one: abs(_area(one)), reverse=True):
        points = [((x * scale - left) * _FINE, (-y * scale - top) * _FINE) for x, y in contour]
        pen.polygon(points, fill=255 if _area(contour) < 0 else 0)
    small = image.resize((width, height), Image.Resampling.BOX)
    return Stamp(small.point(lambda grey: 255 if grey >= _HALF else 0), left, top)


def _area(contour: Contour) -> float:
    """Twice the area, negative where it runs clockwise, as TrueType's outer contours do."""
    turned = zip(contour, (*contour[1:], contour[0]), strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)
