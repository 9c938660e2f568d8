from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from returns_cli.domain.errors import StoreError
from returns_cli.store.failures import _CONFLICT_HINTS, explain
from returns_cli.store.migrate import STEPS


def _error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(sqlite3.SQLITE_FULL, "E-STORE-FULL", id="disk full"),
        pytest.param(sqlite3.SQLITE_READONLY_DIRECTORY, "E-STORE-READ-ONLY", id="folder"),
        pytest.param(sqlite3.SQLITE_READONLY, "E-STORE-READ-ONLY", id="read-only"),
        pytest.param(sqlite3.SQLITE_CANTOPEN_ISDIR, "E-STORE-OPEN", id="a folder"),
        pytest.param(sqlite3.SQLITE_CORRUPT_VTAB, "E-STORE-DAMAGED", id="damaged"),
        pytest.param(sqlite3.SQLITE_NOTADB, "E-STORE-FOREIGN", id="no database"),
        pytest.param(sqlite3.SQLITE_IOERR_WRITE, "E-STORE-IO", id="disk error"),
        pytest.param(sqlite3.SQLITE_BUSY_SNAPSHOT, "E-STORE-LOCKED", id="busy"),
        pytest.param(sqlite3.SQLITE_LOCKED, "E-STORE-LOCKED", id="locked"),
        pytest.param(sqlite3.SQLITE_CONSTRAINT_CHECK, "E-STORE-FAILED", id="anything else"),
    ],
)
def test_what_sqlite_reports_is_a_store_error_of_exit_8(number: int, code: str) -> None:
    error = explain(_error(number), Path("returns.db"))
    assert isinstance(error, StoreError)
    assert (error.code, error.exit) == (code, 8)
    assert error.hint


def test_a_broken_rule_of_the_store_is_no_conflict() -> None:
    error = explain(sqlite3.IntegrityError("E-STORE-RULE a row stays"), Path("returns.db"))
    assert (error.code, error.message, error.exit) == ("E-STORE-RULE", "A row stays.", 8)


def test_where_nobody_tells_who_holds_a_lock_nothing_is_guessed(tmp_path: Path) -> None:
    error = explain(_error(sqlite3.SQLITE_BUSY), tmp_path / "gone.db")
    assert "process" not in error.message


def test_every_code_that_a_trigger_raises_is_known() -> None:
    raised = {
        part.split("'")[1].split()[0]
        for _, statements in STEPS
        for statement in statements
        for part in statement.split("RAISE(ABORT,")[1:]
    }
    assert raised - {"E-STORE-RULE"} == set(_CONFLICT_HINTS)
