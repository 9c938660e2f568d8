"""The journal as rows for any bookkeeping program."""

from __future__ import annotations

import csv
from io import StringIO

from returns_cli.domain.bookkeeping.rows import FIELDS, Layout, csv_lines
from tests.domain.bookkeeping.books import ENTRIES

OWN = Layout()


def rows(layout: Layout = OWN) -> list[list[str]]:
    text = "".join(csv_lines(ENTRIES, {}, layout))
    return list(csv.reader(StringIO(text, newline=""), delimiter=layout.delimiter))


def test_each_posting_is_a_row_with_its_debit_or_credit() -> None:
    header, *found = rows()

    assert tuple(header) == FIELDS
    assert [(row[0], row[8], *row[10:14]) for row in found] == [
        ("1", "returns:items", "USD", "21.60", "21.60", ""),
        ("1", "returns:restocking_fee", "USD", "-3.58", "", "3.58"),
        ("1", "payable:original_payment", "USD", "-18.02", "", "18.02"),
        ("2", "payable:original_payment", "JPY", "1802", "1802", ""),
        ("2", "paid:original_payment", "JPY", "-1802", "", "1802"),
        ("3", "credit", "KWD", "1.234", "1.234", ""),
        ("3", "payable:store_credit", "KWD", "-1.234", "", "1.234"),
    ]


def test_a_cell_that_would_run_is_quoted_and_a_negative_amount_stays_a_number() -> None:
    found = rows()

    assert found[-1][5] == "'=cmd()"
    assert found[2][11] == "-3.58"


def test_a_layout_has_its_own_columns_marks_and_days() -> None:
    layout = Layout(
        (("Datum", "date"), ("Betrag", "amount"), ("Text; neu", "text"), ("Art", "=-R")),
        decimal=",",
        delimiter=";",
        day_format="DD.MM.YYYY",
    )

    assert rows(layout)[:2] == [
        ["Datum", "Betrag", "Text; neu", "Art"],
        ["24.03.2026", "21,60", "Refund submitted", "'-R"],
    ]


def test_titles_can_be_left_out() -> None:
    assert rows(Layout(has_header=False))[0][0] == "1"
