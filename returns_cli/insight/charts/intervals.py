"""Rates with what is not known of them: a point, and a line from bound to bound."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.insight.charts.bars import PITCH, name
from returns_cli.insight.charts.fillings import point
from returns_cli.insight.charts.frame import picture, room
from returns_cli.insight.charts.panels import Panel, Row
from returns_cli.insight.charts.scale import Scale, scale_of
from returns_cli.insight.figures import tick
from returns_cli.insight.markup import Markup, element, percent

_MIDDLE, _WHISKER, _BELOW = 21, 5, 24


def intervals(key: str, words: tuple[str, str], panel: Panel) -> Markup:
    """The picture.

    Args:
        key: begins the ids in it; one of a kind on the page.
        words: its name and its description.
    """
    bounds = [bound for row in panel.rows if row.whiskers for bound in row.whiskers]
    scale = scale_of([*panel.values, *bounds], 5)
    height = PITCH * len(panel.rows)
    rows = [piece for n, row in enumerate(panel.rows) for piece in _row(n, row, scale)]
    return picture(
        f"rows intervals {room(panel)}",
        key,
        *words,
        height + _BELOW,
        *_levels(scale, panel, height),
        *rows,
    )


def _levels(scale: Scale, panel: Panel, height: float) -> Iterator[Markup]:
    for value in scale.ticks():
        x = percent(scale.at(value))
        kind = "zero" if abs(value) < scale.step / 2 else "level"
        yield element("line", class_=kind, x1=x, x2=x, y1=4, y2=height)
        figure = tick(round(value / scale.step) * scale.step, panel.kind)
        yield element("text", figure, class_="figure", x=x, y=height + 18, text_anchor="middle")


def _row(n: int, row: Row, scale: Scale) -> Iterator[Markup]:
    y = n * PITCH + _MIDDLE
    yield name(row, y)
    if row.whiskers:
        low, high = (percent(scale.at(bound)) for bound in row.whiskers)
        yield element("line", class_="whisker", x1=low, x2=high, y1=y, y2=y)
        for end in (low, high):
            yield element(
                "line", class_="whisker", x1=end, x2=end, y1=y - _WHISKER, y2=y + _WHISKER
            )
    for series, mark in enumerate(row.marks):
        if mark:
            yield point(percent(scale.at(mark.value)), y, series)
    first = next(mark for mark in row.marks if mark)
    yield element(
        "text", first.text, class_="value end", x="100%", y=y, dy="0.34em", text_anchor="start"
    )
