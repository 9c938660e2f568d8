"""Icons and marks, drawn: no font of ours has scissors, boxes or numbered discs.

Each is a path on a square of 24 × 24, y downwards, in the operators that PDF uses and any other
backend can read: ``m`` move, ``l`` line, ``c`` Bézier curve, ``h`` close.
"""

from __future__ import annotations

from typing import NamedTuple

GRID = 24
_KAPPA = 0.5523  # a quarter circle as one Bézier curve


class Drawing(NamedTuple):
    """A path, filled, or stroked with a pen of ``stroke`` units."""

    path: str
    stroke: float = 0.0


def _oval(x: float, y: float, rx: float, ry: float) -> str:
    kx, ky = rx * _KAPPA, ry * _KAPPA
    numbers = (
        f"{x + rx:g} {y:g} m",
        f"{x + rx:g} {y + ky:g} {x + kx:g} {y + ry:g} {x:g} {y + ry:g} c",
        f"{x - kx:g} {y + ry:g} {x - rx:g} {y + ky:g} {x - rx:g} {y:g} c",
        f"{x - rx:g} {y - ky:g} {x - kx:g} {y - ry:g} {x:g} {y - ry:g} c",
        f"{x + kx:g} {y - ry:g} {x + rx:g} {y - ky:g} {x + rx:g} {y:g} c h",
    )
    return " ".join(numbers)


def _line(*points: float) -> str:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    return " ".join(f"{x:g} {y:g} {'l' if i else 'm'}" for i, (x, y) in enumerate(pairs))


def _box(x: float, y: float, width: float, height: float) -> str:
    return _line(x, y, x + width, y, x + width, y + height, x, y + height) + " h"


def _drawn(*paths: str, stroke: float = 1.5) -> Drawing:
    return Drawing(" ".join(paths), stroke)


SHAPES = {
    "disc": Drawing(_oval(12, 12, 12, 12)),
    "parcel": _drawn(
        _line(12, 2.5, 21, 7, 21, 17, 12, 21.5, 3, 17, 3, 7) + " h",
        _line(3, 7, 12, 11.5, 21, 7),
        _line(12, 11.5, 12, 21.5),
        _line(7.5, 4.75, 16.5, 9.25, 16.5, 13),
    ),
    "label": _drawn(
        _box(3, 4, 18, 16),
        _line(6.5, 8, 13, 8),
        _line(6.5, 11, 10.5, 11),
        _line(7, 14, 7, 17.5),
        _line(9.5, 14, 9.5, 17.5),
        _line(11.5, 14, 11.5, 17.5),
        _line(14.5, 14, 14.5, 17.5),
        _line(17, 14, 17, 17.5),
    ),
    "counter": _drawn(
        _line(1.5, 15.5, 22.5, 15.5),
        _line(4, 15.5, 4, 22),
        _line(20, 15.5, 20, 22),
        _box(7.5, 8.5, 9, 7),
        _line(12, 8.5, 12, 10.8),
        _line(12, 1.5, 12, 5.8),
        _line(9.6, 3.6, 12, 6, 14.4, 3.6),
    ),
    "truck": _drawn(
        _line(1.5, 5.5, 14, 5.5, 14, 17, 9.2, 17),
        _line(4.4, 17, 1.5, 17, 1.5, 5.5),
        _line(14, 9.5, 18.5, 9.5, 22.5, 13.2, 22.5, 17, 20, 17),
        _line(15.2, 17, 14, 17),
        _oval(6.8, 17.5, 2.4, 2.4),
        _oval(17.6, 17.5, 2.4, 2.4),
    ),
    "coin": _drawn(
        _oval(12, 6.5, 8, 3.6),
        "4 6.5 m 4 11 l 4 13 7.6 14.6 12 14.6 c 16.4 14.6 20 13 20 11 c 20 6.5 l",
        "4 11 m 4 15.8 l 4 17.8 7.6 19.4 12 19.4 c 16.4 19.4 20 17.8 20 15.8 c 20 11 l",
    ),
    "card": _drawn(
        _box(2, 5, 20, 14), _line(2, 9, 22, 9), _line(5.5, 15, 11, 15), _line(15.5, 15, 18.5, 15)
    ),
    "swap": _drawn(
        _line(3, 8, 20, 8),
        _line(16, 4, 20, 8, 16, 12),
        _line(21, 16, 4, 16),
        _line(8, 12, 4, 16, 8, 20),
    ),
    "camera": _drawn(
        _line(2, 7, 7, 7, 9, 4, 15, 4, 17, 7, 22, 7, 22, 20, 2, 20) + " h",
        _oval(12, 13.2, 4.2, 4.2),
    ),
    "question": _drawn(
        _line(3, 3.5, 21, 3.5, 21, 16.5, 12, 16.5, 7.5, 21, 7.5, 16.5, 3, 16.5) + " h",
        _line(7, 8, 17, 8),
        _line(7, 12, 14, 12),
    ),
    "home": _drawn(
        _line(2, 12, 12, 3, 22, 12),
        _line(5, 9.5, 5, 21, 19, 21, 19, 9.5),
        _line(9.5, 21, 9.5, 14.5, 14.5, 14.5, 14.5, 21),
    ),
    "scissors": _drawn(
        _oval(5.5, 7, 2.9, 2.9), _oval(5.5, 17, 2.9, 2.9),
        _line(7.9, 8.8, 22, 17.2), _line(7.9, 15.2, 22, 6.8),
        stroke=1.6,
    ),
    "page_in": _drawn(
        _line(3, 12, 3, 21, 21, 21, 21, 12),
        _line(7.5, 12, 7.5, 2.5, 16.5, 2.5, 16.5, 12),
        _line(12, 6, 12, 16),
        _line(9, 13, 12, 16, 15, 13),
    ),
}  # fmt: skip
