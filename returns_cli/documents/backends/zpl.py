"""ZPL II for label printers: native fields where all text is ASCII, else the page as a picture.

Every field is untrusted: ``^``, ``~`` and ``_`` go as hexadecimal under ``^FH``, and nothing but
printable ASCII ever stands in a field. Bars are spelt symbol by symbol, so that the printer cannot
choose others than the PDF has; QR codes are pictures, since printers choose masks of their own.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from returns_cli.documents.backends.bitmap import boxes, draw_ops, placed_text
from returns_cli.documents.codes import symbols_of
from returns_cli.documents.ops import (
    Area,
    Bars,
    Cells,
    Emblem,
    Frame,
    Op,
    Page,
    Picture,
    Shape,
    Text,
    Turned,
)
from returns_cli.documents.sizes import Grid, Sheet
from returns_cli.documents.text import Typesetter

if TYPE_CHECKING:
    from PIL.Image import Image

_HEX = str.maketrans({sign: f"_{ord(sign):02X}" for sign in "^~_"})
_START_B, _START_C = 104, 105
_TO_C, _TO_B, _FNC1 = 99, 100, 102
_INVOKED = {_START_B: ">:", _START_C: ">;", _FNC1: ">8"}  # ^BC, "Code 128 invocation characters"
_NARROW = {"regular": 0.92, "bold": 1.0}  # width of font 0 against its height, to match ours


class ZplBackend:
    """Writes pages as ``^XA … ^XZ``, one label each.

    Args:
        sheet, grid: the paper and the printer's dots.
        typesetter: the fonts that the pages were laid out with.
    """

    def __init__(self, sheet: Sheet, grid: Grid, typesetter: Typesetter) -> None:
        self._size = grid.size(sheet)
        self._grid = grid
        self._type = typesetter
        self._labels: list[str] = []

    def add(self, page: Page) -> None:
        """Add one label."""
        ops = (*page.static, *page.ops)
        width, height = self._size
        if all(_is_native(op) for op in ops):
            # Areas before texts: white letters turn the black below them.
            texts = [op for op in ops if isinstance(op, Text)]
            fields = [field for op in ops if not isinstance(op, Text) for field in self._area(op)]
            fields += [field for op in texts for field in self._text(op)]
        else:
            fonts = self._type.in_region(page.region)
            fields = [_graphic(0, 0, draw_ops(ops, self._size, self._grid, fonts))]
        lines = ["^XA", "^CI28", f"^PW{width}", f"^LL{height}", "^LH0,0", *fields, "^XZ"]
        self._labels.append("\n".join(lines))

    def finish(self, title: str) -> bytes:
        """All labels; the title is for formats that have one."""
        del title
        return ("\n".join(self._labels) + "\n").encode("ascii")

    def _area(self, op: Area | Picture | Emblem | Turned) -> Iterable[str]:
        match op:
            case (
                Picture(x, y, width, height)
                | Emblem(x, y, width, height)
                | Turned(x, y, height, width)
            ):
                return [_graphic(x, y, self._picture(op, width, height))]
            case Bars():
                return [_bars(op)]
            case Cells(x, y, unit, rows):
                side = len(rows) * unit
                return [_graphic(x, y, self._picture(op, side, side))]
            case Shape(x, y, size):
                return [_graphic(x, y, self._picture(op, size, size))]
            case Frame(x, y, width, height, thick):
                return [f"^FO{x},{y}^GB{width},{height},{thick}^FS"]
            case _:
                return [_box(*box) for box in boxes(op)]

    def _picture(self, op: Op, width: int, height: int) -> Image:
        alone = op._replace(x=0, y=0)
        return draw_ops([alone], (width, height), self._grid, self._type)

    def _text(self, op: Text) -> list[str]:
        """Fields on the baseline in the printer's scalable font; white ones turn what is below."""
        high = round(op.size * self._grid.point)
        font = f"^A0N,{high},{round(high * _NARROW[op.weight])}"
        turned = "^FR" if op.ink == "white" else ""
        if op.columns or op.gap or op.align == "left":
            return [
                f"^FT{max(0, round(x))},{op.y}{font}{turned}^FH^FD{escaped(string)}^FS"
                for x, string in placed_text(op, self._grid, self._type)
                if string != " "
            ]
        width = self._size[0]
        if op.align == "right":
            left, room, align = 0, op.x, "R"
        else:
            room = 2 * min(op.x, width - op.x)
            left, align = op.x - room // 2, "C"
        block = f"^FB{room},1,0,{align}"
        return [f"^FT{left},{op.y}{font}{turned}{block}^FH^FD{escaped(op.string)}^FS"]


def escaped(text: str) -> str:
    r"""A field's text under ``^FH``: no sign of it begins a command.

    >>> escaped("a^FS~_b")
    'a_5EFS_7E_5Fb'
    """
    return text.translate(_HEX)


def _is_native(op: Op) -> bool:
    """Whether the printer's font has a text; a backslash would break lines inside ``^FB``."""
    if not isinstance(op, Text):
        return True
    return op.string.isascii() and op.string.isprintable() and "\\" not in op.string


def _box(x: int, y: int, width: int, height: int) -> str:
    """A black box: a ``^GB`` as thick as its shorter side."""
    return f"^FO{x},{y}^GB{width},{height},{min(width, height)}^FS"


def _bars(op: Bars) -> str:
    """``^BC`` with every symbol spelt out; the printer adds the check symbol and the stop."""
    data, in_c = [], False
    for value in symbols_of(op.widths)[:-2]:
        if value in _INVOKED:
            in_c = value == _START_C if value != _FNC1 else in_c
            data.append(_INVOKED[value])
        elif in_c and value == _TO_B:
            in_c = False
            data.append(">6")
        elif in_c:
            data.append(f"{value:02d}")
        elif value == _TO_C:
            in_c = True
            data.append(">5")
        else:
            sign = chr(value + 32)
            data.append(">0" if sign == ">" else escaped(sign))
    field = "".join(data)
    return f"^FO{op.x},{op.y}^BY{op.unit}^BCN,{op.height},N,N,N,N^FH^FD{field}^FS"


def _graphic(x: int, y: int, image: Image) -> str:
    """A picture as ``^GFA``, packed: deflate, base 64, and the CRC that printers check."""
    from PIL import ImageOps

    bits = ImageOps.invert(image).convert("1").tobytes()  # in ZPL a set bit is black
    row = (image.width + 7) // 8
    packed = base64.b64encode(zlib.compress(bits, 9))
    crc = binascii.crc_hqx(packed, 0)
    size = len(bits)
    return f"^FO{x},{y}^GFA,{size},{size},{row},:Z64:{packed.decode('ascii')}:{crc:04X}^FS"
