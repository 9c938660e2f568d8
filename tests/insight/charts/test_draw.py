"""Pictures read back as XML: what stands where is worked out by hand."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, fromstring

import pytest

from returns_cli.insight.charts.draw import figures
from returns_cli.insight.periods import from_to
from returns_cli.insight.report import Cell, Chart, Column, Interval, Money, Share, Table

_COLUMNS = (
    Column("period", "Month", "period"),
    Column("small", "Too small", "count"),
    Column("large", "Too large", "count"),
    Column("rate", "Rate", "share"),
    Column("interval", "Interval", "interval"),
    Column("paid", "Paid", "money"),
)
_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2025-12", 4, 1, Share(1, 10), Interval(0.05, 0.2), Money("EUR", 400)),
    ("2026-01", 8, 2, Share(2, 10), Interval(0.1, 0.4), Money("EUR", -100)),
    ("2026-02", 2, None, None, None, None),
    ("2026-03", 0, 0, Share(1, 20), Interval(0.0, 0.2), Money("EUR", 0)),
)
_TABLE = Table("months", "Months", _COLUMNS, _ROWS, partial=frozenset(("2026-03",)))


def _figures(chart: Chart, table: Table = _TABLE) -> list[Element]:
    return [fromstring(one) for one in figures(chart, table, "k", "en_001")]


def _figure(kind: str, values: Sequence[str], **more: str) -> Element:
    chart = Chart(kind, "months", "Why", "period", tuple(values), **more)  # type: ignore[arg-type]
    (found,) = _figures(chart)
    return found


def _all(tree: Element, tag: str, kind: str = "") -> list[Element]:
    return [one for one in tree.iter(tag) if kind in one.get("class", "").split() or not kind]


def _bars(tree: Element) -> list[Element]:
    return [one for one in _all(tree, "rect") if one.find("title") is not None]


def _texts(tree: Element, kind: str) -> list[str]:
    return ["".join(one.itertext()) for one in _all(tree, "text", kind)]


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    figure = _figure("bars", ["small"])
    assert [(one.get("x"), one.get("width")) for one in _all(figure, "rect")] == [
        ("0%", "50%"),
        ("0%", "100%"),
        ("0%", "25%"),
    ]
    assert _texts(figure, "value") == ["4", "8", "2", "0"]
    assert _texts(figure, "name") == ["Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026 *"]


def test_parts_of_a_bar_follow_each_other_and_their_sum_is_said() -> None:
    figure = _figure("bars", ["small", "large"])
    first_two = [(one.get("x"), one.get("width")) for one in _bars(figure)][:2]
    assert first_two == [("0%", "40%"), ("40%", "10%")]
    assert _texts(figure, "value") == ["5", "10", "2", "0"]


def test_amounts_below_zero_lie_left_of_it() -> None:
    figure = _figure("bars", ["paid"])
    assert [(one.get("x"), one.get("width")) for one in _all(figure, "rect")] == [
        ("20%", "80%"),
        ("0%", "20%"),
    ]
    assert _texts(figure, "value") == ["€4.00", "−€1.00", "€0.00"]
    assert "".join(_all(figure, "figcaption")[0].itertext()) == "Why, EUR"


def test_columns_stand_on_each_other_from_the_ground_up() -> None:
    figure = _figure("columns", ["small", "large"])
    # The axis ends at 10; the drawing is 210 high; January's 8 and 2 fill it.
    heights = {(one.get("y"), one.get("height")) for one in _all(figure, "rect", "f")}
    assert ("42", "168") in heights
    assert ("0", "42") in heights


def test_a_period_that_has_not_ended_is_marked_and_explained() -> None:
    table = _TABLE._replace(partial=frozenset(("2026-01", "2026-02")))
    chart = Chart("columns", "months", "Why", "period", ("small",))
    (figure,) = _figures(chart, table)
    assert len(_all(figure, "rect", "partial")) == 2
    assert "Jan*" in _texts(figure, "")
    (remark,) = _all(figure, "p", "remark")
    assert (remark.text or "").startswith("* Jan 2026 to Feb 2026: not complete, ")


def test_a_year_is_said_where_it_begins() -> None:
    figure = _figure("columns", ["small"])
    desk, phone = (_all(figure, "g", f"on-{screen}")[0] for screen in ("desk", "phone"))
    assert _texts(desk, "year") == ["2025", "2026"]
    assert _texts(phone, "year") == ["2025", "2026"]


def test_names_of_many_periods_are_thinned_out() -> None:
    rows = tuple((f"2026-W{n:02}", n, 0, None, None, None) for n in range(1, 53))
    table = Table("months", "Months", _COLUMNS, rows)
    (figure,) = _figures(Chart("lines", "months", "Why", "period", ("small",)), table)
    desk, phone = (_all(figure, "g", f"on-{screen}")[0] for screen in ("desk", "phone"))
    assert (len(_all(desk, "text")), len(_all(phone, "text"))) == (14, 6)


def test_a_line_has_a_gap_where_nothing_is_known() -> None:
    figure = _figure("lines", ["rate"])
    # Months stand at 125, 375 and 875 of 1,000; rates of 10, 20, 5 % on an axis up to 20 %.
    path = _all(figure, "path", "line")[0].get("d")
    assert path == "M125 105L375 0M875 157.5"
    assert [one.get("cx") for one in _all(figure, "circle", "point")] == ["12.5%", "37.5%", "87.5%"]
    assert len(_all(figure, "circle", "hollow")) == 1


def test_a_line_of_many_periods_has_no_points() -> None:
    names = from_to("2021-01", "2026-01")
    rows = tuple((name, n, 0, None, None, None) for n, name in enumerate(names))
    table = Table("months", "Months", _COLUMNS, rows)
    (figure,) = _figures(Chart("lines", "months", "Why", "period", ("small",)), table)
    assert len(_all(figure, "path", "line")) == 1
    assert not _all(figure, "circle")


def test_series_differ_by_more_than_colour() -> None:
    columns = (_COLUMNS[0], *(Column(f"c{n}", f"C{n}", "count") for n in range(7)))
    table = Table("months", "Months", columns, (("2026-01", *range(1, 8)),))
    names = tuple(f"c{n}" for n in range(7))
    (stacked,) = _figures(Chart("columns", "months", "Why", "period", names), table)
    bars = _bars(stacked)
    assert [one.get("class") for one in bars[:6]] == [f"f f{n}" for n in range(1, 7)]
    assert [one.get("fill") for one in bars] == [
        None, None, "url(#k-1-p3)", "url(#k-1-p4)", "url(#k-1-p5)", None, None,
    ]  # fmt: skip
    assert {one.get("id") for one in _all(stacked, "pattern")} == {"k-1-p3", "k-1-p4", "k-1-p5"}
    (side_by_side,) = _figures(Chart("lines", "months", "Why", "period", names[:3]), table)
    points = [one for one in side_by_side.iter() if "point" in one.get("class", "").split()]
    assert {one.tag for one in points} == {"circle", "path"}
    assert [one.text or one[0].tail for one in _all(side_by_side, "li")] == ["C0", "C1", "C2"]


def test_whiskers_reach_from_bound_to_bound() -> None:
    figure = _figure("intervals", ["rate"], whiskers="interval")
    # On an axis up to 40 %.
    first = _all(figure, "line", "whisker")[0]
    assert (first.get("x1"), first.get("x2")) == ("12.5%", "50%")
    assert _all(figure, "circle", "point")[0].get("cx") == "25%"
    assert _texts(figure, "end") == ["10.0%", "20.0%", "5.0%"]


def test_a_rate_without_an_interval_is_still_a_point() -> None:
    rows = (("2026-01", 1, 1, Share(1, 10), None, None),)
    chart = Chart("intervals", "months", "Why", "period", ("rate",), "interval")
    (figure,) = _figures(chart, _TABLE._replace(rows=rows))
    assert not _all(figure, "line", "whisker")
    assert len(_all(figure, "circle", "point")) == 1


@pytest.mark.parametrize("kind", ["bars", "columns", "lines", "intervals"])
def test_a_picture_with_an_unknown_series_still_says_the_others(kind: str) -> None:
    chart = Chart(kind, "months", "Why", "period", ("rate", "estimate"))  # type: ignore[arg-type]
    columns = (*_COLUMNS, Column("estimate", "Estimate", "rate"))
    rows = (("2026-01", 1, 1, Share(1, 10), None, None, None),)
    (figure,) = _figures(chart, Table("months", "Months", columns, rows))
    (said,) = _all(figure, "desc")
    assert "Rate: first" in (said.text or "")
    assert "Estimate" not in (said.text or "")


@pytest.mark.parametrize("kind", ["bars", "columns", "lines", "intervals"])
def test_every_picture_says_what_it_shows_to_those_who_do_not_see_it(kind: str) -> None:
    figure = _figure(kind, ["rate"], whiskers="interval")
    svg = _all(figure, "svg", "chart")[0]
    said = {one.get("id"): one.text for one in svg if one.tag in ("title", "desc")}
    assert svg.get("role") == "img"
    assert said[svg.get("aria-labelledby")] == "Why"
    assert (said[svg.get("aria-describedby")] or "").endswith(
        "Rate: first 10.0% (Dec 2025), last 5.0% (Mar 2026, not complete), "
        "least 5.0% (Mar 2026, not complete), most 20.0% (Jan 2026). "
        "The table has every figure."
    )


def test_bars_that_are_left_out_are_counted() -> None:
    chart = Chart("bars", "months", "Why", "period", ("small",), most=3)
    (figure,) = _figures(chart)
    assert [one.text for one in _all(figure, "p", "remark")] == ["The first 3 of 4 are drawn."]


def test_units_that_differ_make_pictures_that_say_so() -> None:
    found = _figures(Chart("bars", "months", "Why", "period", ("small", "rate")))
    captions = ["".join(_all(one, "figcaption")[0].itertext()) for one in found]
    assert captions == ["Why: Too small", "Why: Rate"]
    assert len({one.get("id") for figure in found for one in figure.iter("title")} - {None}) == 2


def test_rates_side_by_side_in_a_bar_are_not_summed() -> None:
    columns = (*_COLUMNS[:4], Column("other", "Other", "share"))
    rows = (("2026-01", 1, 1, Share(1, 10), Share(2, 10)),)
    table = Table("months", "Months", columns, rows)
    (figure,) = _figures(Chart("bars", "months", "Why", "period", ("rate", "other")), table)
    assert _texts(figure, "value") == [""]


def test_amounts_in_a_bar_are_summed_in_round_figures() -> None:
    columns = (_COLUMNS[0], Column("a", "A", "money"), Column("b", "B", "money"))
    rows = (("2026-01", Money("EUR", 100000), Money("EUR", 50000)),)
    (figure,) = _figures(
        Chart("bars", "t", "T", "period", ("a", "b")), Table("t", "T", columns, rows)
    )
    assert _texts(figure, "value") == ["1.5k"]


def test_long_names_are_cut_and_names_are_no_markup() -> None:
    columns = (Column("title", "Title", "text"), _COLUMNS[1])
    rows = (("<script>" + "x" * 60, 1), ("漢" * 40, 2), ("Mug", 3))
    table = Table("months", "Months", columns, rows)
    (figure,) = _figures(Chart("bars", "months", "Why", "title", ("small",)), table)
    names = _texts(figure, "name")
    assert names == ["<script>" + "x" * 23 + "…", "漢" * 15 + "…", "Mug"]
    (columns_figure,) = _figures(Chart("columns", "months", "Why", "title", ("small",)), table)
    assert "<scri…" in _texts(columns_figure, "")
