"""Code 128 and QR as plain integers: modules, never millimetres.

Code 128: ISO/IEC 15417, sets B and C with FNC1, shortest by dynamic programming. QR: ISO/IEC 18004
model 2, level M, by segno with a fixed mask, since choosing the best one costs ten times as much
and reads no better.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from returns_cli.documents.sizes import Grid

QUIET_BARS = 10  # modules of white on each side of a Code 128
QUIET_CELLS = 4  # modules of white around a QR code
MAX_QR_TEXT = 300  # characters; longer than any URL we make, and still readable at 38 mm

_MAX_BARS_TEXT = 80  # characters; GS1 allows 48, and wider than any paper of ours

_FLOOR_MM = 0.25  # narrowest module that decoded at every sub-dot offset
_CELL_FLOOR_MM = 0.5  # 4 dots at 203 dpi
_DEFAULT_DOTS = {203: 3, 300: 4}
_QR_MASK = 3

_START_B, _START_C, _STOP = 104, 105, 106
_TO_C, _TO_B, _FNC1 = 99, 100, 102
_GROUP_SEPARATOR = "\x1d"  # ASCII 29: how FNC1 between two GS1 elements is written

# Bar, space, bar, space, bar, space of each symbol, in modules; the stop has a seventh.
_PATTERNS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112"
).split()


class CodeTooWideError(ValueError):
    """A code needs more room than its box has; the message gives both, in millimetres."""


class Bars128(NamedTuple):
    """A Code 128: widths of bar, space, bar … in modules, without quiet zones."""

    widths: tuple[int, ...]

    @property
    def modules(self) -> int:
        """Modules from the first bar to the last."""
        return sum(self.widths)


@lru_cache(maxsize=4096)
def code128(text: str, *, gs1: bool = False) -> Bars128:
    """The shortest Code 128 of a text.

    Args:
        text: ASCII 32–126; with ``gs1`` also ASCII 29 where FNC1 parts two elements.
        gs1: begin with FNC1, which scanners report as ``]C1``.

    Raises:
        ValueError: an empty text, more than 80 characters, a control, or anything else outside
            ASCII 32–126.

    >>> code128("RMA-7F3K2QX").modules, code128("00000000000").modules
    (156, 112)
    """
    if not 1 <= len(text) <= _MAX_BARS_TEXT:
        raise ValueError(f"a Code 128 holds 1 to {_MAX_BARS_TEXT} characters, not {len(text)}")
    for sign in text:
        if not (" " <= sign <= "~" or (gs1 and sign == _GROUP_SEPARATOR)):
            raise ValueError(f"U+{ord(sign):04X} cannot stand in a Code 128")
    symbols = _shortest((_GROUP_SEPARATOR if gs1 else "") + text)
    check = (symbols[0] + sum(i * value for i, value in enumerate(symbols[1:], 1))) % 103
    return Bars128(tuple(int(w) for value in (*symbols, check, _STOP) for w in _PATTERNS[value]))


def _shortest(text: str) -> tuple[int, ...]:
    """Symbol values from the start symbol on, the fewest there are; ties stay in set B."""
    # in_b[i], in_c[i]: the best symbols for text[i:] when that set is active before it.
    in_b: list[tuple[int, ...]] = [()] * (len(text) + 1)
    in_c = list(in_b)
    for i in range(len(text) - 1, -1, -1):
        pair = text[i : i + 2]
        stay_c: tuple[int, ...] | None = None
        if text[i] == _GROUP_SEPARATOR:
            stay_b, stay_c = (_FNC1, *in_b[i + 1]), (_FNC1, *in_c[i + 1])
        else:
            stay_b = (ord(text[i]) - 32, *in_b[i + 1])
            if len(pair) == 2 and pair.isdigit():
                stay_c = (int(pair), *in_c[i + 2])
        in_b[i] = stay_b if stay_c is None else min(stay_b, (_TO_C, *stay_c), key=len)
        in_c[i] = (_TO_B, *stay_b) if stay_c is None else min(stay_c, (_TO_B, *stay_b), key=len)
    return min((_START_B, *in_b[0]), (_START_C, *in_c[0]), key=len)


def symbols_of(widths: tuple[int, ...]) -> tuple[int, ...]:
    """The symbol values of bars, from the start symbol to the check symbol and the stop.

    >>> symbols_of(code128("A").widths)
    (104, 33, 34, 106)
    """
    values = _values_by_pattern()
    body = [widths[i : i + 6] for i in range(0, len(widths) - 7, 6)]
    return tuple(values[symbol] for symbol in (*body, widths[-7:]))


@lru_cache(maxsize=1)
def _values_by_pattern() -> dict[tuple[int, ...], int]:
    return {tuple(map(int, pattern)): value for value, pattern in enumerate(_PATTERNS)}


def qr_rows(text: str) -> tuple[bytes, ...]:
    """The rows of a QR code without its border, one byte (0 or 1) a module.

    Args:
        text: ASCII 32–126, at most ``MAX_QR_TEXT`` characters; capitals, digits and ``$%*+-./:``
            alone make it smaller.

    Raises:
        ValueError: empty, too long, or anything else outside ASCII 32–126.
    """
    import segno

    if not text or len(text) > MAX_QR_TEXT:
        raise ValueError(f"a QR code holds 1 to {MAX_QR_TEXT} characters, not {len(text)}")
    if not (text.isascii() and text.isprintable()):
        raise ValueError("a QR code of ours holds printable ASCII only")
    code = segno.make_qr(text, error="m", boost_error=False, mask=_QR_MASK)
    return tuple(bytes(row) for row in code.matrix)


def fit_bars(modules: int, grid: Grid, room: int, floor_mm: float = _FLOOR_MM) -> int:
    """Whole dots per module: the printer's default where it fits, less down to the floor.

    Args:
        modules: modules of the bars; the quiet zones are added here.
        grid: the printer.
        room: dots there are, quiet zones included.
        floor_mm: the narrowest module; GS1 asks for more than our own codes need.

    Raises:
        CodeTooWideError: not even at 0.25 mm a module.

    >>> fit_bars(156, Grid.at(203), 764), fit_bars(156, Grid.at(203), 400)
    (3, 2)
    """
    total = modules + 2 * QUIET_BARS
    floor = _floor_dots(grid, floor_mm)
    for dots in range(max(_DEFAULT_DOTS[grid.dpi], floor), floor - 1, -1):
        if total * dots <= room:
            return dots
    raise _does_not_fit(grid, total * floor, room)


def fit_cells(modules: int, grid: Grid, room: int) -> int:
    """Whole dots per module of a QR code: as many as fit into a square of ``room`` dots.

    Raises:
        CodeTooWideError: a module would be under 0.5 mm, too fine for a thermal print.

    >>> fit_cells(29, Grid.at(203), 304)
    8
    """
    total = modules + 2 * QUIET_CELLS
    floor = _floor_dots(grid, _CELL_FLOOR_MM)
    dots = room // total
    if dots < floor:
        raise _does_not_fit(grid, total * floor, room)
    return dots


def _floor_dots(grid: Grid, millimetres: float) -> int:
    dots = int(millimetres * grid.dots_per_mm)
    return dots if dots >= millimetres * grid.dots_per_mm else dots + 1


def _does_not_fit(grid: Grid, needed: int, room: int) -> CodeTooWideError:
    return CodeTooWideError(
        f"does not fit: needs {grid.to_mm(needed):.1f} mm, has {grid.to_mm(room):.1f}"
    )
