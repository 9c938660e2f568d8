"""What all pictures share: the element with its name and description, texts, an axis of periods.

A picture has no width of its own. Across, everything stands at a percentage of the page's width;
down, and in texts, a pixel is a pixel: letters are as large on a phone as on a desk. Names and
figures of an axis stand in the padding around the drawing, whose width the page's style decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from returns_cli.insight.charts.panels import Panel, Row
from returns_cli.insight.charts.scale import Scale
from returns_cli.insight.figures import tick
from returns_cli.insight.markup import Markup, element, percent

PLOT = 210  # height of a standing drawing
_ABOVE = 12  # of figures on the tallest column; the style's padding
_BELOW = 42  # of the names of its periods
_ON_DESK, _ON_PHONE = 13, 5  # so many names of periods fit side by side
_LONGEST = 32
_ROOMS = (("short", 12), ("medium", 20))  # letters; 13 pixels high they are about 8 wide at most


def picture(
    kind: str, key: str, title: str, description: str, height: float, *content: Markup | None
) -> Markup:
    """A picture that says its name and what it shows to those who cannot see it."""
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *content,
        class_=f"chart {kind}",
        height=height,
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )


def shortened(text: str, longest: int = _LONGEST) -> str:
    """A text of no more letters than have room; those of East Asia take the room of two.

    >>> shortened("Mug"), shortened("M" * 40, 5)
    ('Mug', 'MMMM…')
    """
    if _width(text) <= longest:
        return text
    kept = text[:longest]
    while _width(kept) >= longest:
        kept = kept[:-1]
    return kept + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def room(panel: Panel) -> str:
    """How much room the names of rows need beside them, as a class of the style."""
    longest = max(_width(shortened(row.label)) for row in panel.rows)
    return next((name for name, most in _ROOMS if longest <= most), "")


def standing(kind: str, key: str, words: tuple[str, str], panel: Panel, *drawn: Markup) -> Markup:
    """A picture over periods, with the names of its periods below."""
    return picture(kind, key, *words, _ABOVE + PLOT + _BELOW, *drawn, *_names(panel))


def levels(scale: Scale, panel: Panel) -> Iterator[Markup]:
    """Lines across at the round figures of an axis that stands, each with its figure."""
    for value in scale.ticks():
        y = PLOT * (1 - scale.at(value))
        kind = "zero" if abs(value) < scale.step / 2 else "level"
        yield element("line", class_=kind, x1="0", x2="100%", y1=y, y2=y)
        figure = tick(round(value / scale.step) * scale.step, panel.kind)
        yield element("text", figure, class_="figure", x="-8", y=y, dy="0.32em", text_anchor="end")


def middle(at: int, count: int) -> float:
    """Where the middle of a row stands across: of 4, the first at an eighth."""
    return (at + 0.5) / count


def _names(panel: Panel) -> Iterator[Markup]:
    for screen, most in (("desk", _ON_DESK), ("phone", _ON_PHONE)):
        every = -(-len(panel.rows) // most)
        shown = [(at, row) for at, row in enumerate(panel.rows) if at % every == 0]
        yield element(
            "g", *_named(shown, len(panel.rows), most, panel), class_=f"names on-{screen}"
        )


def _named(
    shown: Sequence[tuple[int, Row]], count: int, most: int, panel: Panel
) -> Iterator[Markup]:
    said = ""
    for at, row in shown:
        first, second = _two_lines(row, panel, 90 // most)
        x = percent(middle(at, count))
        mark = "*" if row.partial else ""
        yield element("text", first + mark, x=x, y=PLOT + 18, text_anchor="middle")
        if second != said:
            yield element("text", second, class_="year", x=x, y=PLOT + 35, text_anchor="middle")
        said = second


def _two_lines(row: Row, panel: Panel, longest: int) -> tuple[str, str]:
    """Month or week, and its year, which is said only where it is another."""
    if panel.label_kind == "period":
        name, _, year = row.label.rpartition(" ")
        return name or year, year if name else ""
    return shortened(row.label, longest), ""
