"""Bytes to rows: physical lines, quotes by the letter, no swallowed row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.rows import (
    MAX_CELL,
    Dialect,
    OverlongRow,
    read_records,
    scan_record,
)
from returns_cli.intake.survey import KeyColumns, Survey, survey_file

COMMA = Dialect(",")


def opening(text: str) -> Callable[[], Iterator[str]]:
    return lambda: iter(io.StringIO(text, newline=""))


def records(text: str, dialect: Dialect = COMMA) -> list[tuple[int, list[str]]]:
    return list(read_records(opening(text), dialect))


def survey(text: str, dialect: Dialect = COMMA, keys: KeyColumns | None = None) -> Survey:
    return survey_file(opening(text), dialect, 1, keys)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_line_end_counts_as_one_line(end: str) -> None:
    text = end.join(["a,b", "1,2", '3,"4', '5"', "6,7", ""])
    assert records(text) == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
        (3, ["3", f"4{end}5"]),
        (5, ["6", "7"]),
    ]


def test_mixed_line_ends_are_read() -> None:
    assert [line for line, _ in records("a\r\nb\rc\nd")] == [1, 2, 3, 4]


def test_separators_that_only_splitlines_knows_are_text() -> None:
    assert records("a\u2028b,c\x0cd\x85e\n") == [(1, ["a\u2028b", "c\x0cd\x85e"])]


def test_blank_lines_keep_the_count() -> None:
    assert records("a\n\n\nb\n") == [(1, ["a"]), (2, []), (3, []), (4, ["b"])]


def test_a_bare_quote_in_an_unquoted_cell_is_text() -> None:
    assert records('1,36" chest,x"y"\n') == [(1, ["1", '36" chest', 'x"y"'])]


def test_doubled_quotes_stand_for_one() -> None:
    assert records('"a ""b"" c",""\n') == [(1, ['a "b" c', ""])]


def test_without_quoting_a_quotation_mark_is_text() -> None:
    assert records('a\t"b\nc\td\n', Dialect("\t", quoted=False)) == [
        (1, ["a", '"b']),
        (2, ["c", "d"]),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('a,b\n1,"2\n3,4\n', 2, id="never closed"),
        pytest.param('a,b\n1,"2\n3,"4"\n5,6\n', 2, id="closed by a later opening"),
        pytest.param('a,b\n1,2\n"x"y,3\n', 3, id="text behind the closing quote"),
        pytest.param('a,b\n"x" ,3\n', 2, id="a space behind the closing quote"),
        pytest.param('a,b\n"1\n2","3\n', 2, id="the record's first line is named"),
        pytest.param("a,b\n1," + '"' + "x\n" * 40_000, 2, id="longer than a cell may be"),
        pytest.param('a,b\n1,2\n\n3,"', 4, id="at the very end"),
    ],
)
@pytest.mark.parametrize("pass_", ["first pass", "second pass"])
def test_an_unclosed_quote_refuses_the_file_and_names_the_line(
    text: str, line: int, pass_: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        survey(text) if pass_ == "first pass" else records(text)
    problem = caught.value.problem
    assert (problem.code, problem.line) == ("E-CSV-UNCLOSED-QUOTE", line)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("x" * 140_000, id="140 KB"),
        pytest.param('"' + "x" * 140_000 + '"', id="quoted"),
        pytest.param('"' + "x\n" * 40_000 + '"', id="over many lines"),
        pytest.param('"' + "x\n" * 20_000 + 'y","' + "z\r\n" * 20_000 + '"', id="twice"),
    ],
)
def test_an_over_long_cell_costs_only_its_row(cell: str) -> None:
    text = f"a,b\n1,{cell}\n3,4\n"
    lines = text.count("\n")
    _, long_row, last = records(text)
    assert isinstance(long_row[1], OverlongRow)
    assert long_row[0] == 2
    assert last == (lines, ["3", "4"])
    assert survey(text).has_overlong


def test_the_longest_cell_allowed_is_read() -> None:
    cell = "x" * MAX_CELL
    assert records(f"{cell},1\n") == [(1, [cell, "1"])]


def test_several_over_long_rows_are_all_found() -> None:
    long = '"' + "x\n" * 33_000 + '"'
    text = f"a\n{long}\nb\n{long}\n{long}\nc\n"
    found = [(line, isinstance(cells, OverlongRow)) for line, cells in records(text)]
    assert [kind for _, kind in found] == [False, True, False, True, True, False]
    assert found[2][0] == 33_003
    assert found[-1][0] == 3 * 33_000 + 6


def test_a_huge_cell_is_cut_in_memory() -> None:
    (_, cells), _ = records('"' + "x\n" * 3_000_000 + '",b\nc,d\n')
    assert len(cells[0]) < 1_100_000
    assert cells[1] == "b"


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
tables = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6)


@settings(deadline=None)
@given(tables, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back(rows: list[list[str]], end: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(
        out, csv.excel, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL
    ).writerows(rows)
    dialect = Dialect(delimiter)
    assert [row for _, row in records(out.getvalue(), dialect)] == rows
    assert survey(out.getvalue(), dialect).torn == {}


def code_of(act: Callable[[], object]) -> tuple[str, int | None] | None:
    """Code and line of a refusal, None where nothing is refused."""
    try:
        act()
    except FileRefused as refusal:
        return refusal.problem.code, refusal.problem.line
    return None


@settings(deadline=None)
@given(st.text(st.sampled_from('ab",\n\r;'), max_size=40))
def test_both_passes_and_the_plain_scanner_agree_on_any_text(text: str) -> None:
    refused = code_of(lambda: records(text))
    assert code_of(lambda: survey(text)) == refused
    if refused:
        return
    read = [row for _, row in records(text) if row not in ([], [""])]
    lines, at, scanned = list(io.StringIO(text, newline="")), 0, []
    while at < len(lines):
        record = scan_record(iter(lines[at:]), COMMA)
        scanned.append(record.cells)
        at += record.lines
    assert [row for row in scanned if row != [""]] == read


@pytest.mark.parametrize(
    ("ids", "torn"),
    [
        pytest.param("aabbc", {}, id="adjacent"),
        pytest.param("aba", {"a": 2}, id="torn once"),
        pytest.param("abab", {"a": 2, "b": 2}, id="interleaved"),
        pytest.param("aXaba", {"a": 2}, id="a row without a number does not tear"),
    ],
)
def test_the_survey_finds_torn_orders(ids: str, torn: dict[str, int]) -> None:
    rows = "".join(f"{'' if one == 'X' else one},1\n" for one in ids)
    found = survey(f"id,n\n{rows}", keys=KeyColumns(0)).torn
    assert found == {hash(key): count for key, count in torn.items()}


def test_rows_that_end_before_the_order_number_do_not_tear() -> None:
    text = "n,id\n1,a\n2\n3,a\n4,b\n5,a\n"
    assert survey(text, keys=KeyColumns(1)).torn == {hash("a"): 2}


def test_the_header_is_not_an_order() -> None:
    assert survey("a,n\na,1\n", keys=KeyColumns(0)).torn == {}
