"""Columns that stand side by side, one for each period; several values stand on each other."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.insight.charts.fillings import fill_of, patterns
from returns_cli.insight.charts.frame import PLOT, levels, middle, standing
from returns_cli.insight.charts.panels import Panel, Row
from returns_cli.insight.charts.scale import Scale, scale_of
from returns_cli.insight.figures import rounded
from returns_cli.insight.markup import Markup, element, joined, percent

_WIDEST = 0.09  # of the whole: two months are no two walls
_MOST_FIGURES = 13
_FILLED = 0.64  # of the room that each has


def columns(key: str, words: tuple[str, str], panel: Panel) -> Markup:
    """The picture.

    Args:
        key: begins the ids in it; one of a kind on the page.
        words: its name and its description.
    """
    ends = [end for row in panel.rows for end in row.ends]
    scale = scale_of(ends, 5, whole=panel.kind == "count")
    drawn = [
        piece for at, row in enumerate(panel.rows) for piece in _column(key, at, row, scale, panel)
    ]
    return standing(
        "periods columns",
        key,
        words,
        panel,
        patterns(key, len(panel.series)) or Markup(),
        joined(levels(scale, panel)),
        *drawn,
    )


def _column(key: str, at: int, row: Row, scale: Scale, panel: Panel) -> Iterator[Markup]:
    width = min(_WIDEST, _FILLED / len(panel.rows))
    left = middle(at, len(panel.rows)) - width / 2
    low, high = 0.0, 0.0
    for series, mark in enumerate(row.marks):
        if mark is None or not mark.value:
            continue
        end = high + mark.value if mark.value > 0 else low
        filled = fill_of(key, series)
        if row.partial:
            filled["class_"] += " partial"
        so_far = " (not complete)" if row.partial else ""
        yield element(
            "rect",
            element("title", f"{row.label}{so_far}, {panel.series[series]}: {mark.text}"),
            x=percent(left),
            y=PLOT * (1 - scale.at(end)),
            width=percent(width),
            height=PLOT * abs(mark.value) / (scale.high - scale.low),
            **filled,
        )
        low, high = low + min(0.0, mark.value), high + max(0.0, mark.value)
    if len(panel.series) == 1 and len(panel.rows) <= _MOST_FIGURES:
        yield element(
            "text",
            rounded(high + low, panel.kind),
            class_="figure on-desk",
            x=percent(middle(at, len(panel.rows))),
            y=PLOT * (1 - scale.at(high)) - 6,
            text_anchor="middle",
        )
