"""Letters that join, stack or change places: the glyphs of a run, through HarfBuzz.

What comes out are signs of the font's own code, with their places: glyphs that stand for a
character keep it, so that text can be copied from the PDF where the script allows it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.documents.fonts import Face, glyph_sign

if TYPE_CHECKING:
    import uharfbuzz

Contour = tuple[tuple[float, float], ...]

_CURVE_STEPS = 8
_SLACK = 0.75  # thousandths of the size; PDF widths are rounded to one


class Piece(NamedTuple):
    """Signs that follow one another, from a point right of and above the run's origin.

    Lengths are thousandths of the size. The signs are of the face's own code, as
    :func:`returns_cli.documents.fonts.glyph_sign` names its glyphs.
    """

    x: float
    y: float
    signs: str


class Shaped(NamedTuple):
    """A run with all its glyphs, and its advance in thousandths of the size."""

    pieces: tuple[Piece, ...]
    width: float


@lru_cache(maxsize=1)
def can_shape() -> bool:
    """Whether the libraries of the extra ``[intl]`` are installed."""
    return all(find_spec(name) is not None for name in ("uharfbuzz", "bidi"))


def shape(face: Face, text: str, *, leftwards: bool) -> Shaped:
    """The glyphs of a run from left to right.

    Args:
        face: has every sign of the text.
        text: of one script and direction, in the order it is written.
        leftwards: written from right to left; brackets are mirrored.
    """
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftwards else "ltr"
    flags = uharfbuzz.BufferFlags
    buffer.flags = flags.DO_NOT_INSERT_DOTTED_CIRCLE | flags.REMOVE_DEFAULT_IGNORABLES
    font, scale = _font(face)
    uharfbuzz.shape(font, buffer)
    pieces: list[Piece] = []
    pen = drawn = 0.0  # where the next glyph belongs, and where the last piece ends by itself
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = info.codepoint
        sign, natural = glyph_sign(face, glyph, font.get_glyph_h_advance(glyph) * scale)
        x, y = pen + place.x_offset * scale, place.y_offset * scale
        if pieces and pieces[-1].y == y and abs(drawn - x) < _SLACK:
            pieces[-1] = pieces[-1]._replace(signs=pieces[-1].signs + sign)
            drawn += natural
        else:
            pieces.append(Piece(x, y, sign))
            drawn = x + natural
        pen += place.x_advance * scale
    return Shaped(tuple(pieces), pen)


@lru_cache(maxsize=32)
def _font(face: Face) -> tuple[uharfbuzz.Font, float]:
    """HarfBuzz's own view of a face, and thousandths of the size in one of its units."""
    import uharfbuzz

    opened = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)
    return uharfbuzz.Font(opened), 1000 / opened.upem


@lru_cache(maxsize=2048)
def outline(face: Face, glyph: int) -> tuple[Contour, ...]:
    """A glyph's contours as points, curves in short lines, in thousandths of the size."""
    import uharfbuzz

    contours: list[list[tuple[float, float]]] = []
    font, scale = _font(face)

    def move(x: float, y: float, _: None) -> None:
        contours.append([(x, y)])

    def line(x: float, y: float, _: None) -> None:
        contours[-1].append((x, y))

    def curve(cx: float, cy: float, x: float, y: float, _: None) -> None:
        x0, y0 = contours[-1][-1]
        for step in range(1, _CURVE_STEPS + 1):
            t = step / _CURVE_STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            contours[-1].append((a * x0 + b * cx + c * x, a * y0 + b * cy + c * y))

    draw = uharfbuzz.DrawFuncs()
    draw.set_move_to_func(move)
    draw.set_line_to_func(line)
    draw.set_quadratic_to_func(curve)
    draw.set_close_path_func(lambda _: None)
    font.draw_glyph(glyph, draw, None)
    return tuple(
        tuple((x * scale, y * scale) for x, y in contour)
        for contour in contours
        if len(contour) > 2
    )
