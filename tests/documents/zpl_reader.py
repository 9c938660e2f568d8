"""A reader of the ZPL that label printers get, for tests: it shares no code with what writes it.

It follows the ZPL II Programming Guide (P1099958): ``^FO ^FT ^FR ^GB ^GF ^BY ^BC ^A ^FB ^FH ^FD``.
Text is drawn with Pillow's built-in font, which is enough to see where it stands.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

# ISO/IEC 15417, written out once more: bars and spaces of each symbol, in modules.
_SYMBOLS = """
11011001100 11001101100 11001100110 10010011000 10010001100 10001001100 10011001000 10011000100
10001100100 11001001000 11001000100 11000100100 10110011100 10011011100 10011001110 10111001100
10011101100 10011100110 11001110010 11001011100 11001001110 11011100100 11001110100 11101101110
11101001100 11100101100 11100100110 11101100100 11100110100 11100110010 11011011000 11011000110
11000110110 10100011000 10001011000 10001000110 10110001000 10001101000 10001100010 11010001000
11000101000 11000100010 10110111000 10110001110 10001101110 10111011000 10111000110 10001110110
11101110110 11010001110 11000101110 11011101000 11011100010 11011101110 11101011000 11101000110
11100010110 11101101000 11101100010 11100011010 11101111010 11001000010 11110001010 10100110000
10100001100 10010110000 10010000110 10000101100 10000100110 10110010000 10110000100 10011010000
10011000010 10000110100 10000110010 11000010010 11001010000 11110111010 11000010100 10001111010
10100111100 10010111100 10010011110 10111100100 10011110100 10011110010 11110100100 11110010100
11110010010 11011011110 11011110110 11110110110 10101111000 10100011110 10001011110 10111101000
10111100010 11110101000 11110100010 10111011110 10111101110 11101011110 11110101110 11010000100
11010010000 11010011100 1100011101011
""".split()
_INVOKED = {":": 104, ";": 105, "5": 99, "6": 100, "8": 102, "0": ord(">") - 32}


@dataclass
class Label:
    """One ``^XA … ^XZ``: its picture and the texts of its fields as a printer takes them."""

    image: Image.Image
    texts: list[str] = field(default_factory=list)


@dataclass
class _State:
    x: int = 0
    y: int = 0
    height: int = 0
    module: int = 2
    code_height: int = 0
    is_hex: bool = False
    is_reverse: bool = False


def labels_of(zpl: str) -> list[Label]:
    """Every label of a file."""
    return [_label(body) for body in re.findall(r"\^XA(.*?)\^XZ", zpl, re.DOTALL)]


def _label(body: str) -> Label:
    width = int(re.search(r"\^PW(\d+)", body)[1])  # type: ignore[index]  # a label without it fails
    height = int(re.search(r"\^LL(\d+)", body)[1])  # type: ignore[index]  # as above
    label = Label(Image.new("L", (width, height), 255))
    state = _State()
    for word in re.findall(r"\^([A-Z][A-Z0-9])([^^~]*)", body):
        _command(label, state, word[0], word[1].rstrip("\n"))
    return label


def _command(label: Label, state: _State, name: str, rest: str) -> None:
    numbers = [int(one) for one in re.findall(r"\d+", rest)]
    match name:
        case "FO" | "FT":
            state.x, state.y = numbers
        case "A0":
            state.height = int(rest.split(",")[1])
        case "GB":
            _box(label, state, *numbers)
        case "GF":
            _graphic(label, state, rest)
        case "FD":
            _data(label, state, rest)
        case "FS":
            state.is_reverse = state.is_hex = False
            state.code_height = 0
        case _:
            _setting(state, name, numbers)


def _setting(state: _State, name: str, numbers: list[int]) -> None:
    match name:
        case "FR":
            state.is_reverse = True
        case "FH":
            state.is_hex = True
        case "BY":
            state.module = numbers[0]
        case "BC":
            state.code_height = numbers[0]
        case _:
            assert name in {"FB", "CI", "PW", "LL", "LH"}, f"^{name} is no command of ours"


def _box(label: Label, state: _State, width: int, height: int, thick: int) -> None:
    pen = ImageDraw.Draw(label.image)
    edges = (state.x, state.y, state.x + width - 1, state.y + height - 1)
    if thick >= min(width, height):
        pen.rectangle(edges, fill=0)
    else:
        pen.rectangle(edges, outline=0, width=thick)


def _graphic(label: Label, state: _State, rest: str) -> None:
    kind, size, _, row, data = rest.split(",", 4)
    _, form, packed, _ = data.split(":")
    assert (kind, form) == ("A", "Z64")
    bits = zlib.decompress(base64.b64decode(packed))
    assert len(bits) == int(size)
    high = len(bits) // int(row)
    picture = Image.frombytes("1", (int(row) * 8, high), bits).convert("L")
    label.image.paste(0, (state.x, state.y), picture)


def _data(label: Label, state: _State, rest: str) -> None:
    if state.is_hex:
        rest = re.sub(r"_([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), rest)
    if state.code_height:
        _bars(label, state, rest)
        return
    label.texts.append(rest)
    pen = ImageDraw.Draw(label.image)
    ink = 255 if state.is_reverse else 0
    pen.text((state.x, state.y), rest, fill=ink, font_size=state.height, anchor="ls")


def _bars(label: Label, state: _State, data: str) -> None:
    values: list[int] = []
    in_c = False
    while data:
        if data[0] == ">" and data[1] in _INVOKED:
            values.append(_INVOKED[data[1]])
            in_c = data[1] in ";5" or (in_c and data[1] == "8")
            data = data[2:]
        elif in_c:
            values.append(int(data[:2]))
            data = data[2:]
        else:
            values.append(ord(data[0]) - 32)
            data = data[1:]
    check = (values[0] + sum(n * value for n, value in enumerate(values[1:], 1))) % 103
    pen = ImageDraw.Draw(label.image)
    x = state.x
    for module in "".join(_SYMBOLS[value] for value in (*values, check, 106)):
        if module == "1":
            right = x + state.module - 1
            pen.rectangle((x, state.y, right, state.y + state.code_height - 1), fill=0)
        x += state.module
