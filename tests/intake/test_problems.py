"""The list of problems: sorted, capped, one code per refused row, no warnings on refused rows."""

from __future__ import annotations

import pytest

from returns_cli.intake.problems import CAP, ProblemLog
from returns_cli.intake.records import RowPlace


def place(line: int, file_index: int = 0) -> RowPlace:
    return RowPlace(file_index, f"{file_index}.csv", line)


def shown(log: ProblemLog) -> list[tuple[str | None, int | None, str]]:
    return [(one.file, one.line, one.code) for one in log.problems()]


def test_problems_are_in_file_and_line_order() -> None:
    log = ProblemLog()
    log.warn(place(3, 1), "W-STATUS-UNKNOWN")
    log.reject(place(9), "E-QTY")
    log.warn(place(2), "W-QTY-LARGE")
    log.warn(place(2), "W-CELL-FORMULA")
    assert shown(log) == [
        ("0.csv", 2, "W-QTY-LARGE"),
        ("0.csv", 2, "W-CELL-FORMULA"),
        ("0.csv", 9, "E-QTY"),
        ("1.csv", 3, "W-STATUS-UNKNOWN"),
    ]


def test_a_refused_row_keeps_its_first_code_and_no_warnings() -> None:
    log = ProblemLog()
    log.warn(place(2), "W-CELL-FORMULA")
    log.reject(place(2), "E-LINE-UNKNOWN", "The order has no such line.")
    log.reject(place(2), "E-QTY")
    log.warn(place(2), "W-QTY-LARGE")
    assert shown(log) == [("0.csv", 2, "E-LINE-UNKNOWN")]
    assert (log.rejected, log.is_rejected(place(2)), log.is_rejected(place(3))) == (1, True, False)


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_beyond_a_thousand_of_a_code_and_file_they_are_counted(order: str) -> None:
    log = ProblemLog()
    lines = range(2, 2 + 3 * CAP)
    for line in lines if order == "forwards" else reversed(lines):
        log.reject(place(line), "E-DATE")
    log.reject(place(5, 1), "E-DATE")
    log.warn(place(4000), "W-QTY-LARGE")
    problems = log.problems()
    assert len(problems) == CAP + 3
    assert [one.line for one in problems[:CAP]] == list(range(2, 2 + CAP))
    assert (problems[CAP].code, problems[CAP].line) == ("W-QTY-LARGE", 4000)
    closing = problems[CAP + 1]
    assert (closing.code, closing.count, closing.line) == ("E-DATE", 2 * CAP, None)
    assert closing.file == "0.csv"
    assert problems[-1].file == "1.csv"
    assert all(one.count is None for one in problems if one is not closing)
    assert log.rejected == 3 * CAP + 1
    assert log.problems() == problems


def test_exactly_a_thousand_need_no_closing_entry() -> None:
    log = ProblemLog()
    for line in range(CAP):
        log.warn(place(line + 1), "W-QTY-LARGE")
    assert len(log.problems()) == CAP


def test_warnings_left_out_are_not_counted_for_refused_rows() -> None:
    log = ProblemLog()
    for line in range(2 * CAP + 2):
        log.warn(place(line + 1), "W-QTY-LARGE")
    log.reject(place(2 * CAP), "E-LINE-UNKNOWN")
    (closing,) = [one for one in log.problems() if one.count]
    assert closing.count == CAP + 1


@pytest.mark.parametrize(
    ("conflicts", "alone"),
    [([], False), ([True], True), ([True, True], True), ([True, False], False)],
)
def test_conflicts_alone_are_told_from_errors(conflicts: list[bool], alone: bool) -> None:
    log = ProblemLog()
    for line, conflict in enumerate(conflicts, 2):
        log.reject(place(line), "E-KEY-CONFLICT", conflict=conflict)
    assert log.only_conflicts is alone


def test_values_are_cut_and_made_visible() -> None:
    log = ProblemLog()
    log.reject(place(2), "E-MONEY", column="price", value="\x1b" + "9" * 100, hint="")
    (problem,) = log.problems()
    assert problem.value == "\\x1b" + "9" * 76
    assert problem.hint is None
    assert problem.column == "price"


def test_an_unknown_code_keeps_the_message_it_came_with() -> None:
    log = ProblemLog()
    log.reject(place(2), "E-SOMETHING", "Something is wrong.", hint="Do this.")
    (problem,) = log.problems()
    assert (problem.message, problem.hint) == ("Something is wrong.", "Do this.")
    assert dict(log.refused_lines(0))[2].hint == "E-SOMETHING"
    assert dict(log.refused_lines(1)) == {}
