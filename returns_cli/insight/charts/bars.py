"""Bars that lie, one below the other: name, length and figure are seen at once."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.insight.charts.fillings import fill_of, patterns
from returns_cli.insight.charts.frame import picture, room, shortened
from returns_cli.insight.charts.panels import Panel, Row
from returns_cli.insight.charts.scale import Scale
from returns_cli.insight.figures import rounded, signed
from returns_cli.insight.markup import Markup, element, percent

PITCH = 36
_TOP, _THICK = 14, 14


def bars(key: str, words: tuple[str, str], panel: Panel) -> Markup:
    """The picture.

    Args:
        key: begins the ids in it; one of a kind on the page.
        words: its name and its description.
    """
    scale = _scale(panel)
    height = PITCH * len(panel.rows)
    zero = percent(scale.at(0))
    rows = [piece for n, row in enumerate(panel.rows) for piece in _row(key, n, row, scale, panel)]
    ground = element("line", class_="zero", x1=zero, x2=zero, y1=4, y2=height)
    kind = f"rows bars {room(panel)}"
    return picture(kind, key, *words, height, patterns(key, len(panel.series)), *rows, ground)


def _scale(panel: Panel) -> Scale:
    """From the longest bar to the left of zero to the longest to the right, without roundness."""
    ends = [row.ends for row in panel.rows]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    return Scale(low, high if high > low else low + 1, 1)


def _row(key: str, n: int, row: Row, scale: Scale, panel: Panel) -> Iterator[Markup]:
    top = n * PITCH + _TOP
    yield name(row, top + _THICK / 2)
    low, high = 0.0, 0.0
    for series, mark in enumerate(row.marks):
        if mark is None or not mark.value:
            continue
        start = high if mark.value > 0 else low + mark.value
        yield element(
            "rect",
            element("title", _told(row, panel, series, mark.text)),
            x=percent(scale.at(start)),
            y=top,
            width=percent(scale.at(start + abs(mark.value)) - scale.at(start)),
            height=_THICK,
            **fill_of(key, series),
        )
        low, high = low + min(0.0, mark.value), high + max(0.0, mark.value)
    yield element(
        "text",
        _figure(row, panel),
        class_="value",
        x=percent(scale.at(high)),
        dx="6",
        y=top + _THICK / 2,
        dy="0.34em",
    )


def name(row: Row, y: float) -> Markup:
    """The name of a row: beside its bar where there is room, else above it."""
    text = shortened(row.label) + (" *" if row.partial else "")
    return element("text", text, class_="name", y=y, dy="0.34em")


def _told(row: Row, panel: Panel, series: int, text: str) -> str:
    return f"{row.label}, {panel.series[series]}: {text}"


def _figure(row: Row, panel: Panel) -> str:
    """The figure at the end of a bar; of several parts their sum, where they can be added."""
    marks = [mark for mark in row.marks if mark]
    if len(marks) == 1:
        return marks[0].text
    if panel.kind == "count":
        return signed(f"{sum(round(mark.value) for mark in marks):,}")
    return "" if panel.kind in ("share", "rate") else rounded(sum(mark.value for mark in marks))
