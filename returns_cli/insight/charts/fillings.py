"""What tells the series of a chart apart in print, in grey and to the colour-blind: patterns.

Every filling is of the one colour of the shop; the second differs by how light it is, the others
by what is drawn on them. Lines differ by their dashes and by the shape of their points.
"""

from __future__ import annotations

from returns_cli.insight.charts.panels import MOST_SERIES
from returns_cli.insight.markup import Markup, element, joined

_SIZE = 6
_PATTERNED = range(2, MOST_SERIES - 1)


def fill_of(key: str, series: int) -> dict[str, str]:
    """The attributes of a filled shape.

    Args:
        key: of the picture, which holds the patterns.
        series: from 0 on.
    """
    at = series % MOST_SERIES
    if at in _PATTERNED:
        return {"class_": f"f f{at + 1}", "fill": f"url(#{key}-p{at + 1})"}
    return {"class_": f"f f{at + 1}"}


def patterns(key: str, count: int) -> Markup | None:
    """The patterns that so many series need; none where plain fillings do."""
    used = [at for at in _PATTERNED if at < count]
    if not used:
        return None
    return element("defs", *(_pattern(f"{key}-p{at + 1}", _DRAWN[at]) for at in used))


def _pattern(name: str, drawn: Markup) -> Markup:
    ground = element("rect", class_="ground", width=_SIZE, height=_SIZE)
    return element(
        "pattern",
        ground,
        drawn,
        id=name,
        width=_SIZE,
        height=_SIZE,
        patternUnits="userSpaceOnUse",
    )


_DRAWN = {
    2: element("path", class_="hatch", d="M-1.5 1.5L1.5-1.5M0 6L6 0M4.5 7.5L7.5 4.5"),
    3: element("circle", class_="dot", cx=3, cy=3, r=1.4),
    4: element("path", class_="hatch", d="M0 1.5H6M0 4.5H6"),
}


def point(x: str, y: float, series: int, *, hollow: bool = False) -> Markup:
    """The point of a series: a disc, a square, a triangle, a diamond, in turn.

    Args:
        x: a coordinate, which may be a percentage.
        hollow: for a period that had not ended.
    """
    marked = f"point l{series % MOST_SERIES + 1}" + (" hollow" if hollow else "")
    shape = series % 3
    if shape == 0:
        return element("circle", class_=marked, cx=x, cy=y, r=3.5)
    path = "M-3.5-3.5H3.5V3.5H-3.5Z" if shape == 1 else "M0-4.5L4.5 3.5H-4.5Z"
    # A path knows no percentages; a nested picture without a size of its own carries it there.
    return element(
        "svg", element("path", class_=marked, d=path), x=x, y=y, class_="at", overflow="visible"
    )


def swatch(key: str, series: int, *, line: bool) -> Markup:
    """The sign of a series in a legend; it says nothing to a screen reader."""
    if line:
        drawn = joined(
            [
                element("path", class_=f"line l{series % MOST_SERIES + 1}", d="M0 6H26"),
                point("13", 6, series),
            ]
        )
    else:
        drawn = element("rect", x=6, y=0.5, width=14, height=11, **fill_of(key, series))
    return element("svg", drawn, class_="swatch", width=26, height=12, aria_hidden="true")
