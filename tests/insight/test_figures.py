import pytest

from returns_cli.insight.figures import cell_text, day, interval, period, rounded, tick
from returns_cli.insight.report import Cell, Column, ColumnKind, Interval, Money, Share


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        pytest.param(None, "count", "–", id="nothing to say"),
        pytest.param("", "text", "–", id="an empty name"),
        pytest.param(0, "count", "0", id="none is a figure"),
        pytest.param(1234567, "count", "1,234,567", id="thousands are set apart"),
        pytest.param(-3, "count", "−3", id="a real minus sign"),
        pytest.param(Money("EUR", 120450), "money", "€1,204.50", id="two decimals"),
        pytest.param(Money("JPY", 6010), "money", "JP¥6,010", id="yen have none"),
        pytest.param(Money("KWD", -1500), "money", "−KWD\u00a01.500", id="dinars have three"),
        pytest.param(Share(3, 40), "share", "7.5%", id="a share"),
        pytest.param(Share(0, 0), "share", "–", id="a share of nothing"),
        pytest.param(Share(1, 9000), "share", "<0.1%", id="little is not nothing"),
        pytest.param(Share(8999, 9000), "share", ">99.9%", id="nearly all is not all"),
        pytest.param(Share(40, 40), "share", "100.0%", id="all of it"),
        pytest.param(Interval(0.0255, 0.112), "interval", "2.5–11.2%", id="bounds"),
        pytest.param(0.061, "rate", "6.1%", id="an estimate"),
        pytest.param(float("nan"), "rate", "–", id="no number"),
        pytest.param(float("inf"), "number", "–", id="no end"),
        pytest.param(-1.256, "number", "−1.256", id="a score"),
        pytest.param(12, "days", "12", id="whole days"),
        pytest.param(12.34, "days", "12.3", id="days and hours"),
        pytest.param("2026-02-14", "day", "14 Feb 2026", id="a day"),
        pytest.param("too_small", "word", "Too small", id="a word of ours"),
        pytest.param("too_small", "text", "too_small", id="a word of theirs"),
        pytest.param("2026-03", "period", "Mar 2026", id="a month"),
    ],
)
def test_a_cell_reads_as_people_write_it(cell: Cell, kind: ColumnKind, text: str) -> None:
    assert cell_text(cell, Column("x", "X", kind), "en_001") == text


def test_what_is_no_day_or_period_stands_as_it_is() -> None:
    assert day("soon", "en") == "soon"
    assert (period("2026-W09"), period("2026-13"), period("")) == ("W09 2026", "2026-13", "")


def test_bounds_of_nothing_and_all() -> None:
    assert interval(Interval(0.0, 1.0)) == "0.0–100.0%"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.0, "count", "0"),
        (-2500.0, "money", "−2.5k"),
        (3e9, "count", "3bn"),
        (0.025, "share", "2.5%"),
        (1.1, "rate", "110%"),
    ],
)
def test_an_axis_has_short_figures(value: float, kind: ColumnKind, text: str) -> None:
    assert tick(value, kind) == text


def test_a_figure_above_a_column_has_three_digits() -> None:
    assert [rounded(one) for one in (130790, 988.9, 0.0, -0.0)] == ["131k", "989", "0", "0"]
