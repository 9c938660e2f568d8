"""PDF through reportlab's canvas: codes as one string of numbers, text through the canvas.

Same pages, same bytes: no clock, no set order, no locale. What many pages share is drawn once as
a form and referred to. Untrusted text never becomes part of a string of operators.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from returns_cli import __version__
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
from returns_cli.documents.reading import counted
from returns_cli.documents.shapes import GRID, SHAPES
from returns_cli.documents.sizes import Grid, Sheet
from returns_cli.documents.text import Run, Typesetter

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of its width lies left of x


class PdfBackend:
    """Writes pages of one sheet into one PDF in memory.

    Args:
        sheet, grid: the paper and the printer's dots.
        typesetter: the fonts that the pages were laid out with.
        language: BCP 47 tag for readers of the file.
    """

    def __init__(self, sheet: Sheet, grid: Grid, typesetter: Typesetter, language: str) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # half the time and a fifth of the bytes went into ASCII85
        self._fonts = self._type = typesetter
        self._dot = grid.points(1)
        self._height = sheet.points[1]
        self._buffer = BytesIO()
        self._codes: list[int] = []
        self._forms: dict[Page, str] = {}
        self._canvas: Canvas = Canvas(
            self._buffer,
            pagesize=sheet.points,
            pageCompression=1,
            invariant=1,
            initialFontName=typesetter.base.name,  # type: ignore[arg-type]  # the stub says float
            lang=language,
        )
        self._canvas.setCreator(f"returns {__version__}")
        self._canvas.setAuthor("")
        self._canvas.setViewerPreference("PrintScaling", "None")

    def add(self, page: Page) -> None:
        """Draw one page."""
        self._codes.append(_count_codes((*page.static, *page.ops)))
        self._type = self._fonts.in_region(page.region)
        form = self._form(page)
        if form:
            self._canvas.doForm(form)
        self._draw(page.ops)
        self._canvas.showPage()

    def finish(self, title: str) -> bytes:
        """The whole file; nothing can be added afterwards.

        Args:
            title: what viewers show; it names returns, never a person.
        """
        self._canvas.setTitle(title)
        self._canvas.setKeywords(counted(self._codes))
        self._canvas.save()
        return self._buffer.getvalue()

    def _form(self, page: Page) -> str:
        if not page.static:
            return ""
        alike = page._replace(ops=())
        name = self._forms.get(alike)
        if name is None:
            name = self._forms[alike] = f"static{len(self._forms) + 1}"
            self._canvas.beginForm(name)
            self._draw(page.static)
            self._canvas.endForm()
        return name

    def _draw(self, ops: Iterable[Op]) -> None:
        """Areas and lines first, in dots from the top left; then the text over them."""
        texts: list[Text] = []
        lines: list[str] = []
        for op in ops:
            if isinstance(op, Text):
                texts.append(op)
            elif isinstance(op, Picture):
                self._picture(op)
            elif isinstance(op, Emblem):
                self._emblem(op)
            elif isinstance(op, Turned):
                self._turned(op)
            else:
                lines.append(_operators(op))
        if lines:
            dot = f"{self._dot:.7f}"
            turned = f"q {dot} 0 0 -{dot} 0 {self._height:.4f} cm "
            self._canvas.addLiteral(turned + " ".join(lines) + " Q")
        if texts:
            self._draw_texts(texts)

    def _turned(self, op: Turned) -> None:
        """What lies at (u, v) of the drawing comes to (x + height - v, y + u) of the page."""
        right = (op.x + op.height) * self._dot - self._height
        up = self._height - op.y * self._dot
        self._canvas.addLiteral(f"q 0 -1 1 0 {right:.4f} {up:.4f} cm")
        self._draw(op.ops)
        self._canvas.addLiteral("Q")

    def _picture(self, op: Picture) -> None:
        """As one mask of bits, which is painted black and leaves the rest as it is."""
        packed = zlib.compress(op.bits, 9).hex()
        width, height = op.width * self._dot, op.height * self._dot
        x, y = op.x * self._dot, self._height - op.y * self._dot - height
        self._canvas.addLiteral(
            f"q {width:.4f} 0 0 {height:.4f} {x:.4f} {y:.4f} cm BI /W {op.width} /H {op.height} "
            f"/IM true /D [1 0] /F [/AHx /Fl] ID {packed}> EI Q"
        )

    def _emblem(self, op: Emblem) -> None:
        from reportlab.lib.utils import ImageReader

        x, y = op.x * self._dot, self._height - (op.y + op.height) * self._dot
        size = op.width * self._dot, op.height * self._dot
        self._canvas.drawImage(ImageReader(BytesIO(op.png)), x, y, *size)

    def _draw_texts(self, texts: Sequence[Text]) -> None:
        pen = _Pen(self._canvas.beginText())
        for op in texts:
            if op.ink == "black":
                self._set(pen, op)
        white = [op for op in texts if op.ink == "white"]
        if white:
            pen.text.setFillGray(1)
            for op in white:
                self._set(pen, op)
            pen.text.setFillGray(0)
        self._canvas.drawText(pen.text)

    def _set(self, pen: _Pen, op: Text) -> None:
        x, y = op.x * self._dot, self._height - op.y * self._dot
        if op.columns or op.gap:
            placed, width = self._type.cells(op.string, op.size, op.weight, op.gap * self._dot)
        elif op.align == "left":
            placed, width = [(0.0, op.string)], 0.0
        else:
            placed, width = [(0.0, op.string)], self._type.width(op.string, op.size, op.weight)
        x -= width * _ALIGNED[op.align]
        for offset, string in placed:
            pen.write(self._type.runs(string, op.weight), op.size, x + offset, y)


class _Pen:
    """A text object that names a font only where it changes; each time costs bytes and time."""

    def __init__(self, text: PDFTextObject) -> None:
        self.text = text
        self._font = ("", 0.0)

    def write(self, runs: Sequence[Run], size: float, x: float, y: float) -> None:
        """Draw the runs of a line from a point on; glyphs that are set apart get their own."""
        self.text.setTextOrigin(x, y)
        scale = size / 1000
        for number, run in enumerate(runs):
            if not run.pieces:
                self._show(run.text, run.face.name, size)
            for piece in run.pieces:
                self.text.setTextOrigin(x + piece.x * scale, y + piece.y * scale)
                self._show(piece.signs, run.face.name, size)
            x += run.width * scale
            if run.pieces and number + 1 < len(runs):
                self.text.setTextOrigin(x, y)

    def _show(self, string: str, font: str, size: float) -> None:
        """Draw a string where the text object stands."""
        if (font, size) != self._font:
            self._font = (font, size)
            self.text.setFont(font, size)
        self.text.textOut(string)


def _count_codes(ops: Iterable[Op]) -> int:
    count = 0
    for op in ops:
        if isinstance(op, Turned):
            count += _count_codes(op.ops)
        elif isinstance(op, Bars | Cells):
            count += 1
    return count


def _operators(op: Area) -> str:
    """PDF operators for one area or line, made of numbers only."""
    match op:
        case Bars():
            return _bars(op)
        case Cells():
            return _cells(op)
        case Fill(x, y, width, height):
            return f"{x} {y} {width} {height} re f"
        case Frame(x, y, width, height, thickness):
            half = thickness / 2
            inner = f"{width - thickness} {height - thickness}"
            return f"{thickness} w {x + half:g} {y + half:g} {inner} re S"
        case Rule():
            return _rule(op)
        case Tint(x, y, width, height):
            tint = " ".join(f"{part / 255:.4g}" for part in op.parts)
            return f"q {tint} rg {x} {y} {width} {height} re f Q"
        case Shape(x, y, size, name):
            drawing = SHAPES[name]
            scale = f"{size / GRID:.5g}"
            ink = (
                f"1 J 1 j {drawing.stroke:g} w {drawing.path} S"
                if drawing.stroke
                else (f"{drawing.path} f")
            )
            return f"q {scale} 0 0 {scale} {x} {y} cm {ink} Q"


def _bars(op: Bars) -> str:
    x, boxes = op.x, []
    for i, width in enumerate(op.widths):
        if i % 2 == 0:
            boxes.append(f"{x} {op.y} {width * op.unit} {op.height} re")
        x += width * op.unit
    return " ".join(boxes) + " f"


def _cells(op: Cells) -> str:
    """One box for each run of black modules in a row, in modules."""
    boxes = []
    for y, row in enumerate(op.rows):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            boxes.append(f"{start} {y} {end - start} 1 re")
            start = row.find(1, end)
    return f"q {op.unit} 0 0 {op.unit} {op.x} {op.y} cm {' '.join(boxes)} f Q"


def _rule(op: Rule) -> str:
    if op.dash is None:
        size = (op.thickness, op.length) if op.is_vertical else (op.length, op.thickness)
        return f"{op.x} {op.y} {size[0]} {size[1]} re f"
    x, y = (op.x, op.y + op.length) if op.is_vertical else (op.x + op.length, op.y)
    on, off = op.dash
    return f"q {op.thickness} w [{on} {off}] 0 d {op.x} {op.y} m {x} {y} l S Q"
