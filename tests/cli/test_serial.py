from __future__ import annotations

import csv
import io

from returns_cli.cli.painting import painted
from returns_cli.cli.serial import csv_text, generic_page, json_text, rows_of


def test_json_keeps_keys_nulls_and_letters() -> None:
    assert json_text({"b": None, "a": "Ł"}) == '{"b": null, "a": "Ł"}'
    assert json_text([1], pretty=True) == "[\n  1\n]"


def test_rows_are_the_items_of_a_list_or_the_answer_itself() -> None:
    assert rows_of([1, 2]) == [1, 2]
    assert rows_of({"a": 1}) == [{"a": 1}]


def test_csv_has_one_line_for_each_row_and_columns_in_order_of_appearance() -> None:
    text = csv_text([{"rma": "R1", "n": 2, "ok": True}, {"rma": "R2", "why": None, "l": [1]}])
    assert list(csv.reader(io.StringIO(text))) == [
        ["rma", "n", "ok", "why", "l"],
        ["R1", "2", "true", "", ""],
        ["R2", "", "", "", "[1]"],
    ]


def test_csv_cells_cannot_hurt() -> None:
    text = csv_text([{"name": "=cmd()", "amount": "-5.00", "note": "a\nb\x1b"}])
    assert text == "name,amount,note\n'=cmd(),-5.00,a\\nb\\x1b\n"


def test_csv_of_nothing_is_nothing_and_of_plain_values_one_column() -> None:
    assert csv_text([]) == ""
    assert csv_text(["a", 1]) == "value\na\n1\n"


def test_an_object_without_a_page_is_shown_as_fields_and_tables() -> None:
    page = generic_page({"ok": True, "n": 3, "empty": [], "rows": [{"a": "x", "b": None}]})
    assert painted(page) == "ok     yes\nn      3\nempty  []\n\nrows\na  b\nx\n"
    assert painted(generic_page({"rows": [{"a": 1}]})) == "rows\na\n1\n"


def test_a_list_without_a_page_is_a_table() -> None:
    assert painted(generic_page([{"a": 1}, {"a": 2}])) == "a\n1\n2\n"
    assert painted(generic_page([1, 2])) == "value\n1\n2\n"
    assert painted(generic_page([])) == "Nothing to show.\n"
