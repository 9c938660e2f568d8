"""Pages as a printer's own dots, black or white: for previews, for ZPL, and for checking codes.

Areas and codes fill exactly the dots that their operation names. Each sign of a text stands where
the PDF puts it, by the font's own widths, so that both show the same line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from returns_cli.documents.backends.glyphs import stamp_run
from returns_cli.documents.fonts import Face
from returns_cli.documents.ops import (
    Area,
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
from returns_cli.documents.shapes import GRID, SHAPES
from returns_cli.documents.sizes import Grid, Sheet
from returns_cli.documents.text import Typesetter, graphemes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of its width lies left of x
_BLACK, _WHITE = 0, 255
_HALF = 128
_FINE = 4  # shapes are drawn so much larger, then made smaller: their curves come out smooth
_CURVE_STEPS = 8


class BitmapBackend:
    """Draws pages of one sheet as pictures; several pages of a file stand below each other.

    Args:
        sheet, grid: the paper and the printer's dots.
        typesetter: the fonts that the pages were laid out with.
    """

    def __init__(self, sheet: Sheet, grid: Grid, typesetter: Typesetter) -> None:
        self._size = grid.size(sheet)
        self._grid = grid
        self._type = typesetter
        self._pages: list[Image] = []

    def add(self, page: Page) -> None:
        """Draw one page."""
        fonts = self._type.in_region(page.region)
        self._pages.append(draw_ops((*page.static, *page.ops), self._size, self._grid, fonts))

    def finish(self, title: str) -> bytes:
        """A PNG of one bit a dot, at its true size.

        Args:
            title: what viewers show; it names returns, never a person.
        """
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo

        width, height = self._size
        whole = Image.new("L", (width, height * len(self._pages)), _WHITE)
        for n, page in enumerate(self._pages):
            whole.paste(page, (0, n * height))
        about = PngInfo()
        about.add_text("Title", title)
        out = BytesIO()
        per_inch = self._grid.mm(25.4)
        whole.convert("1").save(out, "PNG", dpi=(per_inch, per_inch), pnginfo=about, optimize=True)
        return out.getvalue()


def draw_ops(ops: Iterable[Op], size: tuple[int, int], grid: Grid, typesetter: Typesetter) -> Image:
    """Operations as a picture of black (0) and white (255) dots.

    Args:
        ops: areas and lines are drawn first, text over them, as in the PDF.
        size: width and height in dots.
        grid, typesetter: what the operations were laid out with.
    """
    from PIL import Image, ImageDraw, ImageOps

    image = Image.new("L", size, _WHITE)
    pen = ImageDraw.Draw(image)
    texts: list[Text] = []
    for op in ops:
        if isinstance(op, Text):
            texts.append(op)
        elif isinstance(op, Picture):
            _stamp(image, op.x, op.y, Image.frombytes("1", (op.width, op.height), op.bits))
        elif isinstance(op, Emblem):
            grey = Image.open(BytesIO(op.png)).convert("L")
            image.paste(grey.resize((op.width, op.height)), (op.x, op.y))
        elif isinstance(op, Turned):
            inner = draw_ops(op.ops, (op.width, op.height), grid, typesetter)
            turned = ImageOps.invert(inner).transpose(Image.Transpose.ROTATE_270)
            _stamp(image, op.x, op.y, turned)
        else:
            _area(image, pen, op)
    for op in texts:
        _text(pen, op, grid, typesetter)
    return image.point(lambda grey: _WHITE if grey >= _HALF else _BLACK)


def _stamp(image: Image, x: int, y: int, mask: Image) -> None:
    """Black wherever the mask is set."""
    image.paste(_BLACK, (x, y), mask)


def _area(image: Image, pen: ImageDraw, op: Area) -> None:
    if isinstance(op, Shape):
        _stamp(image, op.x, op.y, shape_mask(op.name, op.size))
        return
    for x, y, width, height in boxes(op):
        pen.rectangle((x, y, x + width - 1, y + height - 1), fill=_BLACK)


def boxes(op: Bars | Cells | Rule | Frame | Fill | Tint) -> Iterator[tuple[int, int, int, int]]:
    """The black boxes that an operation is made of: left, top, width, height in dots."""
    match op:
        case Bars():
            yield from _bar_boxes(op)
        case Cells(x, y, unit, rows):
            black = ((m, n) for n, row in enumerate(rows) for m, cell in enumerate(row) if cell)
            yield from ((x + m * unit, y + n * unit, unit, unit) for m, n in black)
        case Fill(x, y, width, height):
            yield x, y, width, height
        case Tint():
            yield from [op[:4]] if op.is_dark else []
        case Frame(x, y, width, height, thick):
            yield x, y, width, thick
            yield x, y + height - thick, width, thick
            yield x, y, thick, height
            yield x + width - thick, y, thick, height
        case Rule():
            yield from _rule_boxes(op)


def _bar_boxes(op: Bars) -> Iterator[tuple[int, int, int, int]]:
    x = op.x
    for n, width in enumerate(op.widths):
        if n % 2 == 0:
            yield x, op.y, width * op.unit, op.height
        x += width * op.unit


def _rule_boxes(op: Rule) -> Iterator[tuple[int, int, int, int]]:
    """A line, or the dashes of one; a dashed line has its thickness around it, as in the PDF."""
    on, off = op.dash or (op.length, 1)
    aside = op.thickness // 2 if op.dash else 0
    for start in range(0, op.length, on + off):
        length = min(on, op.length - start)
        if op.is_vertical:
            yield op.x - aside, op.y + start, op.thickness, length
        else:
            yield op.x + start, op.y - aside, length, op.thickness


def _text(pen: ImageDraw, op: Text, grid: Grid, typesetter: Typesetter) -> None:
    ink = _BLACK if op.ink == "black" else _WHITE
    for x, string in placed_text(op, grid, typesetter):
        for run in typesetter.runs(string, op.weight):
            if run.pieces:
                stamp_run(pen, run, (x, op.y), op.size * grid.point, ink)
                x += run.width * op.size * grid.point / 1000
                continue
            font = _font(run.face, op.size * grid.point)
            for sign in graphemes(run.text):
                pen.text((x, op.y), sign, fill=ink, font=font, anchor="ls")
                x += sum(run.face.widths[one] for one in sign) * op.size * grid.point / 1000


def placed_text(op: Text, grid: Grid, typesetter: Typesetter) -> list[tuple[float, str]]:
    """The pieces of a text with the dot that each begins at; one piece unless signs are spread."""
    if op.columns or op.gap:
        gap = grid.points(op.gap)
        cells, width = typesetter.cells(op.string, op.size, op.weight, gap)
    else:
        cells = [(0.0, op.string)]
        width = 0.0 if op.align == "left" else typesetter.width(op.string, op.size, op.weight)
    left = op.x - width * grid.point * _ALIGNED[op.align]
    return [(left + offset * grid.point, string) for offset, string in cells]


@lru_cache(maxsize=64)
def _font(face: Face, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(
        str(face.path), size, index=face.index, layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=64)
def shape_mask(name: str, size: int) -> Image:
    """A drawing of ``shapes.SHAPES`` as black (255) and clear (0) dots."""
    from PIL import Image, ImageDraw

    drawing = SHAPES[name]
    scale = size * _FINE / GRID
    image = Image.new("L", (size * _FINE, size * _FINE), 0)
    pen = ImageDraw.Draw(image)
    for path in _flattened(drawing.path):
        points = [(x * scale, y * scale) for x, y in path]
        if drawing.stroke:
            width = max(1, round(drawing.stroke * scale))
            pen.line(points, fill=255, width=width, joint="curve")
            for x, y in points:
                half = width / 2
                pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
        else:
            pen.polygon(points, fill=255)
    small = image.resize((size, size), Image.Resampling.BOX)
    return small.point(lambda grey: 255 if grey >= _HALF else 0)


def _flattened(path: str) -> list[list[tuple[float, float]]]:
    """A path of ``m l c h`` as lines through points."""
    lines: list[list[tuple[float, float]]] = []
    numbers: list[float] = []
    for word in path.split():
        if word not in "mlch":
            numbers.append(float(word))
            continue
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        numbers = []
        if word == "m":
            lines.append(points)
        elif word == "l":
            lines[-1] += points
        elif word == "c":
            lines[-1] += _curve(lines[-1][-1], *points)
        else:
            lines[-1].append(lines[-1][0])
    return lines


def _curve(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> list[tuple[float, float]]:
    """Points on a Bézier curve from ``a`` (left out) to ``d``."""
    points = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x = sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True))
        y = sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True))
        points.append((x, y))
    return points
