from xml.etree.ElementTree import Element, fromstring

import pytest

from returns_cli.insight.page.tables import table_html
from returns_cli.insight.report import Cell, Column, Money, Table

_COLUMNS = (
    Column("period", "Month", "period"),
    Column("title", "Product", "text"),
    Column("state", "State", "word"),
    Column("paid", "Paid", "money"),
)


def _read(*rows: tuple[Cell, ...], note: str = "", partial: tuple[str, ...] = ()) -> Element:
    table = Table("t", "What came", _COLUMNS, rows, note, frozenset(partial))
    return fromstring(table_html(table, "k", "en_001"))


def _cells(tree: Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def test_names_stand_left_and_figures_right() -> None:
    tree = _read(("2026-03", "Mug", "in_review", Money("EUR", 2490)))
    assert _cells(tree) == [
        ["Month", "Product", "State", "Paid"],
        ["Mar 2026", "Mug", "In review", "€24.90"],
    ]
    assert [one.get("class") for one in tree.iter("td")] == ["whole", "w", "n"]
    assert [one.get("scope") for one in tree.iter("th")] == ["col"] * 4 + ["row"]


def test_a_name_in_any_script_keeps_to_itself() -> None:
    tree = _read(("2026-03", "ספל <b>כחול</b>\u202e", None, None))
    (isolated,) = tree.iter("bdi")
    assert isolated.text == "ספל <b>כחול</b>\ufffd"
    assert _cells(tree)[1][2:] == ["–", "–"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("TEE-SAG-M", "whole", id="a code is read in one"),
        pytest.param("Enamel mug", None, id="words may wrap"),
        pytest.param("A-" * 10, None, id="a long code may wrap at its hyphens"),
        pytest.param("Big " + "M" * 23, "broken", id="a word too long for any column is broken"),
        pytest.param("", "whole", id="nothing"),
    ],
)
def test_how_a_name_may_wrap(name: str, kind: str | None) -> None:
    (cell, *_) = _read(("2026-03", name, None, None)).iter("td")
    assert cell.get("class") == kind


def test_a_table_has_its_title_for_its_name_and_can_be_scrolled_by_keyboard() -> None:
    tree = _read(("2026-03", "Mug", None, None), note="Of 30 days.")
    (title,) = tree.iter("h4")
    (frame,) = (one for one in tree.iter("div") if one.get("class") == "scroll")
    assert (title.get("id"), title.text) == ("k", "What came")
    assert (frame.get("role"), frame.get("tabindex"), frame.get("aria-labelledby")) == (
        "region",
        "0",
        "k",
    )
    assert [one.text for one in tree.iter("p")] == ["Of 30 days."]


def test_a_period_that_has_not_ended_is_marked_and_explained() -> None:
    tree = _read(
        ("2026-02", "Mug", None, None), ("2026-03", "Mug", None, None), partial=("2026-03",)
    )
    assert [row[0] for row in _cells(tree)[1:]] == ["Feb 2026", "Mar 2026 *"]
    assert [one.text for one in tree.iter("p")] == [
        "* not complete, since more may still come or not all of its days are meant."
    ]


def test_nothing_is_said_in_words() -> None:
    tree = _read()
    assert [one.text for one in tree.iter("p")] == ["Nothing to list."]
    assert not list(tree.iter("table"))


def test_long_tables_are_folded_and_very_long_ones_cut_with_a_word() -> None:
    rows = [(f"2026-{n:04}", "Mug", None, None) for n in range(1003)]
    few, folded, cut = (_read(*rows[:count]) for count in (24, 25, 1003))
    assert not list(few.iter("details"))
    assert [one.text for one in folded.iter("summary")] == ["5 earlier rows"]
    assert [len(_cells(one)) for one in folded.iter("table")] == [1 + 5, 1 + 20]
    assert [one.text for one in cut.iter("summary")] == ["980 earlier rows"]
    assert [one.text for one in cut.iter("p")] == [
        "980 earlier rows are not printed.",
        "The last 1,000 of 1,003 rows. The option --csv of the report writes all.",
    ]


def test_where_another_currency_begins_there_is_a_line() -> None:
    columns = Column("what", "What", "word"), Column("paid", "Paid", "money")
    rows = [("a", Money("EUR", 1)), ("b", Money("EUR", 2)), ("c", None), ("a", Money("JPY", 1))]
    tree = fromstring(table_html(Table("t", "T", columns, tuple(rows)), "k", "en_001"))
    assert [one.get("class") for one in tree.iter("tr")] == [None, None, None, None, "next"]
    over_time = _read(("2026-03", "", "", Money("EUR", 1)), ("2026-03", "", "", Money("JPY", 1)))
    assert not [one for one in over_time.iter("tr") if one.get("class")]
