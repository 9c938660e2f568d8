"""A chart's declaration to its figures: pictures with caption, legend and words for the blind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from returns_cli.insight.charts.bars import bars
from returns_cli.insight.charts.columns import columns
from returns_cli.insight.charts.fillings import swatch
from returns_cli.insight.charts.intervals import intervals
from returns_cli.insight.charts.lines import lines
from returns_cli.insight.charts.panels import Panel, Row, panels_of
from returns_cli.insight.markup import Markup, element
from returns_cli.insight.report import INCOMPLETE, Chart, Table

_DRAWN: Mapping[str, Callable[[str, tuple[str, str], Panel], Markup]] = {
    "bars": bars,
    "columns": columns,
    "intervals": intervals,
    "lines": lines,
}


def figures(chart: Chart, table: Table, key: str, locale: str) -> Iterator[Markup]:
    """The pictures of a chart: several where units differ, none where there is nothing to draw.

    Args:
        chart: over the table.
        key: begins the ids; one of a kind on the page.
        locale: of amounts and dates.

    Raises:
        KeyError: the chart names a column that the table lacks.
    """
    found = panels_of(chart, table, locale)
    for n, panel in enumerate(found, 1):
        yield _figure(chart, panel, f"{key}-{n}", alone=len(found) == 1)


def _figure(chart: Chart, panel: Panel, key: str, *, alone: bool) -> Markup:
    title = _title(chart, panel, alone=alone)
    picture = _DRAWN[chart.kind](key, (title, described(chart, panel)), panel)
    return element(
        "figure",
        element("figcaption", title, class_="title"),
        _legend(chart, panel, key),
        picture,
        *_remarks(panel),
        class_="standing" if chart.kind in ("columns", "lines") else "lying",
    )


def _title(chart: Chart, panel: Panel, *, alone: bool) -> str:
    if panel.currency:
        return f"{chart.title}, {panel.currency}"
    return chart.title if alone else f"{chart.title}: {', '.join(panel.series)}"


def _legend(chart: Chart, panel: Panel, key: str) -> Markup | None:
    if len(panel.series) == 1:
        return None
    line = chart.kind in ("lines", "intervals")
    entries = (
        element("li", swatch(key, n, line=line), name) for n, name in enumerate(panel.series)
    )
    return element("ul", *entries, class_="legend")


def _remarks(panel: Panel) -> Iterator[Markup]:
    partial = [row.label for row in panel.rows if row.partial]
    if partial:
        which = partial[0] if len(partial) == 1 else f"{partial[0]} to {partial[-1]}"
        yield element("p", f"* {which}: {INCOMPLETE}", class_="remark")
    if panel.left_out:
        yield element(
            "p",
            f"The first {len(panel.rows):,} of {len(panel.rows) + panel.left_out:,} are drawn.",
            class_="remark",
        )


def described(chart: Chart, panel: Panel) -> str:
    """What a picture shows, for those who do not see it; the table after it has every figure."""
    said = [f"{_KINDS[chart.kind]}, {len(panel.rows):,} in all."]
    for n, series in enumerate(panel.series):
        known = [(row, mark) for row in panel.rows if (mark := row.marks[n])]
        if known:
            least, most = (pick(known, key=lambda one: one[1].value) for pick in (min, max))
            said.append(
                f"{series}: first {known[0][1].text} ({_named(known[0][0])}), last "
                f"{known[-1][1].text} ({_named(known[-1][0])}), least {least[1].text} "
                f"({_named(least[0])}), most {most[1].text} ({_named(most[0])})."
            )
    return " ".join([*said, "The table has every figure."])


def _named(row: Row) -> str:
    return f"{row.label}, not complete" if row.partial else row.label


_KINDS = {
    "bars": "Bars",
    "columns": "Columns",
    "intervals": "Rates with their intervals",
    "lines": "Lines",
}
