from __future__ import annotations

import errno
import json
import os
from io import StringIO
from pathlib import Path

import pytest

from returns_cli.cli.failure import (
    error_object,
    error_text,
    of_os,
    problem_line,
    problem_object,
    report,
    report_crash,
    report_stop,
)
from returns_cli.domain.errors import (
    ConflictError,
    DeclinedError,
    Exit,
    InvalidError,
    NotFoundError,
    OutputError,
    Problem,
    ReturnsError,
    StoreError,
    UsageError,
)
from tests.cli.conftest import make_invocation
from tests.cli.test_output import Broken

WRONG_CELL = Problem(
    "E-DATE", "This is not a date.", "orders.csv", 17, "placed_at", "31/31/26", "Write 2026-03-05."
)
WARNING = Problem("W-ID-EXCEL", "A power of ten.", "orders.csv", 18, "sku", "1E+5")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ReturnsError, 1),
        (UsageError, 2),
        (NotFoundError, 5),
        (ConflictError, 6),
        (InvalidError, 7),
        (StoreError, 8),
        (OutputError, 9),
        (DeclinedError, 11),
    ],
)
def test_each_kind_of_error_has_its_exit_code(kind: type[ReturnsError], code: int) -> None:
    err = StringIO()
    invocation = make_invocation(stderr=err)
    assert report(invocation, kind("E-X", "What happened.", where="place", hint="Do this.")) == code
    assert err.getvalue() == "error E-X: What happened.\nwhere: place\nnext:  Do this.\n"


def test_parts_that_are_not_known_are_left_out_of_the_words_and_null_in_json() -> None:
    error = StoreError("E-X", "It is \x1bbad.")
    assert error_text(error) == "error E-X: It is \\x1bbad.\n"
    assert error_object(error) == {
        "code": "E-X",
        "message": "It is \x1bbad.",
        "where": None,
        "hint": None,
        "exit": 8,
    }


def test_with_json_the_error_is_one_object_on_stderr() -> None:
    out, err = StringIO(), StringIO()
    invocation = make_invocation(stdout=out, stderr=err)
    invocation.output.take({"--format": "json"})
    error = InvalidError("E-DATE", "This is not a date.", problems=(WRONG_CELL,))
    assert report(invocation, error) == 7
    assert out.getvalue() == ""
    assert json.loads(err.getvalue()) == {
        "error": {
            "code": "E-DATE",
            "message": "This is not a date.",
            "where": "orders.csv:17 column placed_at",
            "hint": None,
            "exit": 7,
        }
    }


def test_several_problems_are_listed_a_line_each() -> None:
    error = InvalidError("E-DATE", "2 problems.", problems=(WRONG_CELL, WARNING))
    assert error_text(error, error.problems) == (
        'orders.csv:17:placed_at E-DATE "31/31/26" This is not a date. Write 2026-03-05.\n'
        'orders.csv:18:sku W-ID-EXCEL "1E+5" A power of ten.\n'
        "error E-DATE: 2 problems.\n"
        "where: orders.csv:17 column placed_at\n"
    )
    assert error_object(error, error.problems)["problems"] == [
        problem_object(WRONG_CELL),
        problem_object(WARNING),
    ]


def test_an_error_with_an_answer_shows_it_on_stdout() -> None:
    out, err = StringIO(), StringIO()
    invocation = make_invocation(stdout=out, stderr=err)
    answer = {"rows": 1, "problems": [problem_object(WRONG_CELL)]}
    invocation.output.take({"--format": "json"})
    error = InvalidError(
        "E-NOTHING-LEFT", "Every row was refused.", result=answer, problems=(WRONG_CELL, WARNING)
    )
    assert report(invocation, error) == 7
    assert json.loads(out.getvalue()) == answer
    assert set(json.loads(err.getvalue())["error"]) == {"code", "message", "where", "hint", "exit"}


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        pytest.param(errno.EPIPE, 141, "E-X", id="a closed pipe"),
        pytest.param(errno.ENOSPC, 9, "E-OUTPUT", id="a full disk"),
    ],
)
def test_an_answer_that_cannot_be_written_beside_an_error(
    number: int, code: int, said: str
) -> None:
    err = StringIO()
    invocation = make_invocation(stdout=Broken(number), stderr=err)
    assert report(invocation, StoreError("E-X", "Damaged.", result={"ok": False})) == code
    assert said in err.getvalue()


@pytest.mark.parametrize(("stopped", "code"), [(Exit.INTERRUPTED, 130), (Exit.TERMINATED, 143)])
def test_a_signal_ends_with_its_code_and_a_word(stopped: Exit, code: int) -> None:
    err = StringIO()
    invocation = make_invocation(stderr=err)
    assert report_stop(invocation, stopped) == code
    assert "nothing is half done" in err.getvalue()
    invocation.output.take({"--format": "json"})
    err.truncate(0)
    err.seek(0)
    report_stop(invocation, stopped)
    error = json.loads(err.getvalue())["error"]
    assert (error["code"], error["exit"]) == ("E-INTERRUPTED", code)


def test_a_full_disk_that_nobody_named_is_an_output_error() -> None:
    known = of_os(OSError(errno.ENOSPC, "No space left on device", "out.pdf"))
    assert known is not None
    assert (known.exit, known.where) == (Exit.OUTPUT, "out.pdf")
    assert of_os(OSError(errno.ENOSPC, "No space left on device")) is not None
    assert of_os(OSError(errno.ENOENT, "gone")) is None
    err = StringIO()
    assert report_crash(make_invocation(stderr=err), OSError(errno.EROFS, "read-only")) == 9


def test_a_crash_without_a_place_for_its_file_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path / "gone"))
    err = StringIO()
    invocation = make_invocation(tmp_path, stderr=err)
    invocation.words = ["nonsense"]
    assert report_crash(invocation, ValueError("secret")) == 1
    assert "No crash file could be written" in err.getvalue()
    assert "secret" not in err.getvalue()


def test_a_problem_without_a_place_is_its_code_and_message() -> None:
    assert problem_line({"code": "E-X", "message": "Bad."}) == "E-X Bad."


def test_a_problem_of_a_cell_shows_its_value() -> None:
    cell = {"file": "o.csv", "line": 6, "column": "price", "value": "1,234"}
    said = problem_line({**cell, "code": "E-X", "message": "Bad.", "hint": "Mend it."})
    assert said == 'o.csv:6:price E-X "1,234" Bad. Mend it.'


def test_a_crash_outside_any_shop_goes_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path))
    monkeypatch.chdir(tmp_path)
    err = StringIO()
    assert report_crash(make_invocation(tmp_path, stderr=err), ValueError("secret")) == 1
    (file,) = tmp_path.glob("returns-crash-*.txt")
    assert str(file) in err.getvalue()
    assert "(not a known command)" in file.read_text()
