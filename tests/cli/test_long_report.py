"""A report with a thousand products stays readable at a terminal."""

from __future__ import annotations

from returns_cli.cli.page import Lines, Page
from returns_cli.cli.page import Table as Grid
from returns_cli.cli.pages.report import report_page, table_page
from returns_cli.insight.report import Column, Period, Report, Table

_PERIOD = Period("", "2026-03-31", "month", "2026-04-02")


def _report(kind: str, rows: int, note: str = "") -> Report:
    first = Column("sku", "SKU", "text") if kind == "text" else Column("at", "At", "period")
    columns = (first, Column("loss", "Loss", "number"))
    table = Table("goods", "Goods", columns, tuple((f"P{n}", 0.07918) for n in range(rows)), note)
    return Report("goods", "Goods", _PERIOD, (), (table,))


def _rows(page: Page) -> int:
    return sum(len(piece.rows) for piece in page if isinstance(piece, Grid))


def _told(page: Page) -> str:
    return str([piece for piece in page if isinstance(piece, Lines)])


def test_a_long_table_among_others_shows_its_first_rows() -> None:
    page = report_page(_report("text", 1000, "All of March."))
    assert _rows(page) == 20
    assert "980 more: --table goods. All of March." in _told(page)
    assert "5 more: --table goods." in _told(report_page(_report("text", 25)))


def test_alone_it_is_shown_whole() -> None:
    assert _rows(table_page(_report("text", 1000))) == 1000


def test_of_a_table_over_time_the_newest_rows_are_shown() -> None:
    page = report_page(_report("period", 60))
    (grid,) = [piece for piece in page if isinstance(piece, Grid)]
    assert [row[0] for row in grid.rows] == [f"P{n}" for n in range(40, 60)]
    assert "40 earlier rows: --table goods." in _told(page)


def test_a_number_has_four_digits_that_count() -> None:
    (grid,) = [one for one in report_page(_report("text", 1)) if isinstance(one, Grid)]
    assert grid.rows[0][1] == "0.07918"
