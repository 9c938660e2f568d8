from typing import Literal

import pytest

from returns_cli.insight.charts.panels import Mark, Row, panels_of
from returns_cli.insight.report import Cell, Chart, Column, Interval, Money, Share, Table

_COLUMNS = (
    Column("period", "Month", "period"),
    Column("back", "Back", "count"),
    Column("rate", "Rate", "share"),
    Column("estimate", "Estimate", "rate"),
    Column("interval", "Interval", "interval"),
    Column("paid", "Paid", "money"),
)


def _table(*rows: tuple[Cell, ...]) -> Table:
    return Table("months", "Months", _COLUMNS, rows, partial=frozenset(("2026-03",)))


_TABLE = _table(
    ("2026-02", 3, Share(3, 40), 0.07, Interval(0.02, 0.2), Money("JPY", 900)),
    ("2026-03", None, Share(0, 0), None, None, Money("EUR", 1250)),
)


def test_counts_are_drawn_as_they_are_and_what_is_not_known_is_no_row() -> None:
    (panel,) = panels_of(Chart("bars", "months", "Back", "period", ("back",)), _TABLE, "en")
    assert panel.rows == (Row("Feb 2026", (Mark(3, "3"),)),)
    assert (panel.kind, panel.series, panel.label_kind) == ("count", ("Back",), "period")


def test_a_period_of_which_nothing_is_known_is_a_gap() -> None:
    (panel,) = panels_of(Chart("columns", "months", "Back", "period", ("back",)), _TABLE, "en")
    assert panel.rows == (
        Row("Feb 2026", (Mark(3, "3"),)),
        Row("Mar 2026", (None,), partial=True),
    )


def test_a_period_with_a_row_for_each_currency_stands_once_in_each_picture() -> None:
    table = _table(
        ("2026-01", 1, None, None, None, Money("EUR", 100)),
        ("2026-01", 1, None, None, None, Money("USD", 200)),
        ("2026-02", 1, None, None, None, Money("USD", 300)),
    )
    found = panels_of(Chart("columns", "months", "Paid", "period", ("paid",)), table, "en")
    assert [[(row.label, *row.marks) for row in one.rows] for one in found] == [
        [("Jan 2026", Mark(1, "€1.00")), ("Feb 2026", None)],
        [("Jan 2026", Mark(2, "$2.00")), ("Feb 2026", Mark(3, "$3.00"))],
    ]


def test_currencies_never_share_a_picture() -> None:
    found = panels_of(Chart("bars", "months", "Paid", "period", ("paid",)), _TABLE, "en")
    assert [(one.currency, one.values) for one in found] == [("EUR", [12.5]), ("JPY", [900.0])]
    assert [row.partial for one in found for row in one.rows] == [True, False]


def test_a_currency_shows_only_the_columns_that_have_it() -> None:
    columns = (_COLUMNS[0], Column("eur", "In EUR", "money"), Column("usd", "In USD", "money"))
    table = Table("t", "T", columns, (("2026-02", Money("EUR", 100), Money("USD", 200)),))
    found = panels_of(Chart("bars", "t", "T", "period", ("eur", "usd")), table, "en")
    assert [(one.currency, one.series) for one in found] == [
        ("EUR", ("In EUR",)),
        ("USD", ("In USD",)),
    ]


def test_rates_never_stand_beside_counts() -> None:
    chart = Chart("lines", "months", "All", "period", ("back", "rate", "estimate"))
    found = panels_of(chart, _TABLE, "en")
    assert [one.series for one in found] == [("Back",), ("Rate", "Estimate")]
    assert found[1].rows[0].marks == (Mark(0.075, "7.5%"), Mark(0.07, "7.0%"))


def test_an_interval_goes_with_its_row() -> None:
    chart = Chart("intervals", "months", "Rates", "period", ("rate",), "interval")
    (panel,) = panels_of(chart, _TABLE, "en")
    assert [row.whiskers for row in panel.rows] == [Interval(0.02, 0.2)]


def test_only_the_first_bars_are_drawn_but_every_period() -> None:
    table = _table(*(("2026-02", n, None, None, None, None) for n in range(30)))
    bars, columns = (
        panels_of(Chart(kind, "months", "Back", "period", ("back",), most=4), table, "en")[0]
        for kind in ("bars", "columns")
    )
    assert (bars.values, bars.left_out) == ([0, 1, 2, 3], 26)
    assert (len(columns.values), columns.left_out) == (30, 0)


def test_a_table_without_rows_has_no_picture() -> None:
    chart = Chart("bars", "months", "Paid", "period", ("paid", "back"))
    assert panels_of(chart, _table(), "en") == ()


@pytest.mark.parametrize("kind", ["columns", "lines"])
def test_a_period_that_the_table_passes_over_is_a_gap(kind: Literal["columns", "lines"]) -> None:
    columns = Column("period", "Period", "period"), Column("back", "Back", "count")
    rows = ("2025-11", 3), ("2026-02", 5)
    table = Table("t", "Back", columns, rows)
    (panel,) = panels_of(Chart(kind, "t", "Back", "period", ("back",)), table, "en")
    assert [row.label for row in panel.rows] == ["Nov 2025", "Dec 2025", "Jan 2026", "Feb 2026"]
    assert [mark and mark.value for row in panel.rows for mark in row.marks] == [3, None, None, 5]
