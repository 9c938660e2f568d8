"""Lines over periods, side by side; what is not known is a gap, what may still change is hollow."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.insight.charts.fillings import point
from returns_cli.insight.charts.frame import PLOT, levels, middle, standing
from returns_cli.insight.charts.panels import MOST_SERIES, Panel
from returns_cli.insight.charts.scale import Scale, scale_of
from returns_cli.insight.markup import Markup, element, joined, number, percent

_WIDE = 1000  # of the inner picture, which is stretched to the page; its lines stay as thick
_MOST_POINTS = 60


def lines(key: str, words: tuple[str, str], panel: Panel) -> Markup:
    """The picture.

    Args:
        key: begins the ids in it; one of a kind on the page.
        words: its name and its description.
    """
    scale = scale_of(panel.values, 5, whole=panel.kind == "count")
    paths = joined(_path(panel, n, scale) for n in range(len(panel.series)))
    stretched = element(
        "svg",
        paths,
        class_="stretched",
        width="100%",
        height=PLOT,
        viewBox=f"0 0 {_WIDE} {PLOT}",
        preserveAspectRatio="none",
        overflow="visible",
    )
    points = [one for n in range(len(panel.series)) for one in _points(panel, n, scale)]
    return standing(
        "periods lines", key, words, panel, joined(levels(scale, panel)), stretched, *points
    )


def _path(panel: Panel, series: int, scale: Scale) -> Markup:
    written, drawing = [], False
    for at, row in enumerate(panel.rows):
        mark = row.marks[series]
        if mark:
            x = _WIDE * middle(at, len(panel.rows))
            written.append(f"{'L' if drawing else 'M'}{number(x)} {number(_y(mark.value, scale))}")
        drawing = mark is not None
    return element("path", class_=f"line l{series % MOST_SERIES + 1}", d="".join(written))


def _points(panel: Panel, series: int, scale: Scale) -> Iterator[Markup]:
    if len(panel.rows) > _MOST_POINTS:
        return
    for at, row in enumerate(panel.rows):
        mark = row.marks[series]
        if mark:
            x = percent(middle(at, len(panel.rows)))
            so_far = " (not complete)" if row.partial else ""
            told = element("title", f"{row.label}{so_far}, {panel.series[series]}: {mark.text}")
            yield element("g", told, point(x, _y(mark.value, scale), series, hollow=row.partial))


def _y(value: float, scale: Scale) -> float:
    return PLOT * (1 - scale.at(value))
