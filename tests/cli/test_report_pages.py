"""Reports on a terminal: bars, what is left out for room, and signs that steer nothing."""

from __future__ import annotations

import pytest

from returns_cli.cli.pages.report import report_page, table_page
from returns_cli.cli.painting import display_width, painted
from returns_cli.insight.report import (
    Cell,
    Chart,
    Column,
    Interval,
    Money,
    Period,
    Report,
    Share,
    Table,
)

_PERIOD = Period("2026-01-01", "2026-02-10", "month", "2026-02-10T12:00:00+00:00")


def report(table: Table, *charts: Chart, **more: tuple[str, ...]) -> Report:
    filters = (("country", "DE"),)
    return Report("made", "Made up", _PERIOD, filters, (table,), charts, **more)


def table(*rows: tuple[Cell, ...], **more: object) -> Table:
    columns = (
        Column("period", "Period", "period"),
        Column("units", "Units", "count"),
        Column("more", "More", "count"),
    )
    return Table("t", "A table", columns, rows, **more)  # type: ignore[arg-type]  # note and partial alone


def lines(page: Report, **options: object) -> list[str]:
    return painted(report_page(page, **options)).splitlines()  # type: ignore[arg-type]  # width and blocks


def test_bars_are_as_long_as_their_figures() -> None:
    chart = Chart("columns", "t", "Units", "period", ("units",))
    shown = report(table(("2026-01", 30, 1), ("2026-02", 10, 1), ("2026-03", 0, 1)), chart)

    bars = [line.split()[3:] for line in lines(shown) if line.startswith("2026-0")]
    assert bars == [["#" * 30], ["#" * 10], []]
    blocks = [line.split()[3:] for line in lines(shown, blocks=True) if line.startswith("2026-0")]
    assert blocks == [["█" * 30], ["█" * 10], []]


def test_a_sliver_is_still_seen() -> None:
    chart = Chart("columns", "t", "Units", "period", ("units",))
    shown = report(table(("2026-01", 10_000, 1), ("2026-02", 1, 1)), chart)
    assert lines(shown)[-1].endswith("  #")
    assert lines(shown, blocks=True)[-1].endswith("  ▏")


def test_stacked_bars_have_a_legend() -> None:
    chart = Chart("columns", "t", "Units", "period", ("units", "more"))
    shown = lines(report(table(("2026-01", 20, 10), ("2026-02", 0, 15)), chart))
    bars = [line.split()[-1] for line in shown if line.startswith("2026-0")]
    assert bars == ["#" * 20 + "=" * 10, "=" * 15]
    assert shown[-1] == "Bars: # Units, = More."


def test_two_currencies_are_never_drawn_on_one_scale() -> None:
    columns = (Column("period", "Period", "period"), Column("paid", "Paid", "money"))
    rows = (("2026-01", Money("EUR", 100)), ("2026-01", Money("JPY", 100)))
    chart = Chart("columns", "t", "Paid", "period", ("paid",))
    both = lines(report(Table("t", "Paid", columns, rows), chart))
    one = lines(report(Table("t", "Paid", columns, rows[:1]), chart))
    assert both[-2:] == ["2026-01  1.00 EUR", "2026-01   100 JPY"]
    assert one[-1] == f"2026-01  1.00 EUR  {'#' * 30}"


def test_lesser_columns_go_where_there_is_no_room_the_last_one_first() -> None:
    columns = (
        Column("sku", "SKU", "text"),
        Column("brand", "Brand", "text", lesser=True),
        Column("units", "Units", "count"),
        Column("share", "Share", "interval", lesser=True),
    )
    row = ("SHOE-42", "Tansy & Oak", 12, Interval(0.051, 0.123))
    made = report(Table("t", "Goods", columns, (row,)))

    assert lines(made)[-1] == "SHOE-42  Tansy & Oak     12  5.1%–12.3%"
    assert lines(made, width=40)[-1] == "SHOE-42  Tansy & Oak     12  5.1%–12.3%"
    assert lines(made, width=30)[-4:] == [
        "SHOE-42  Tansy & Oak     12",
        "",
        "No room for: Share. --csv and",
        "  --json have them.",
    ]
    assert "SKU      Units" in lines(made, width=14)


def test_what_is_not_over_is_marked_and_nothing_has_a_dash() -> None:
    made = table(("2026-01", None, 1), ("2026-02", 2, 1), partial=frozenset({"2026-02"}))
    shown = lines(report(made, notes=("Counted by hand.",)))
    assert shown[-5:] == [
        "2026-02 *      2     1",
        "",
        "* not complete, since more may still come or not all of its days are meant.",
        "",
        "Counted by hand.",
    ]
    assert "2026-01        –     1" in shown


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (Share(1, 8), "share", "12.5%"),
        (Share(0, 0), "share", "–"),
        (0.25, "rate", "25.0%"),
        (1.25, "number", "1.25"),
        (Money("BHD", 1), "money", "0.001 BHD"),
        ("", "text", "–"),
        ("返" * 20, "text", "返" * 15 + "…"),
        ("\x1b[31mred", "text", "\\x1b[31mred"),
    ],
)
def test_cells_read_as_their_kind_says(cell: Cell, kind: str, text: str) -> None:
    columns = (Column("x", "X", kind), Column("n", "N", "count"))  # type: ignore[arg-type]  # a word of ColumnKind
    shown = painted(table_page(report(Table("t", "T", columns, ((cell, 1),))))).splitlines()
    assert shown[-1].strip() == f"{text}  1"


def test_the_last_text_is_left_to_be_wrapped_and_others_make_room() -> None:
    columns = tuple(Column(name, name, "text") for name in ("sku", "title", "comment"))
    made = report(Table("t", "T", columns, (("SKU-1", "A long title " * 3, "Too tight " * 9),)))
    shown = painted(report_page(made, width=60), width=60).splitlines()
    assert max(map(display_width, shown)) <= 60
    assert shown[-3].startswith("SKU-1  A long title A lon…  Too tight")
    assert "".join(shown).count("Too tight") == 9


def test_signs_that_steer_take_the_room_of_their_escapes() -> None:
    columns = (Column("a", "A", "text"), Column("b", "B", "text"), Column("n", "N", "count"))
    made = report(Table("t", "T", columns, (("\x1b" * 20, "\u202e" * 20, 1),)))
    assert max(map(display_width, painted(report_page(made, width=40)).splitlines())) <= 40


def test_an_empty_table_says_so_and_sentences_are_wrapped() -> None:
    told = "A sentence that is longer than a terminal of forty columns can hold on a line."
    shown = lines(report(table(), findings=(told,)), width=40)
    assert "Nothing." in shown
    assert max(map(display_width, shown)) <= 40
    assert shown[:3] == ["Made up", "  Days     2026-01-01 to 2026-02-10", "  Country  DE"]
