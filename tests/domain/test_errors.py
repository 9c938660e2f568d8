from __future__ import annotations

import pytest

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


def test_exit_statuses_are_frozen() -> None:
    assert {one.name: int(one) for one in Exit} == {
        "DONE": 0,
        "UNEXPECTED": 1,
        "USAGE": 2,
        "PARTLY": 3,
        "NOT_APPROVED": 4,
        "NOT_FOUND": 5,
        "CONFLICT": 6,
        "INVALID": 7,
        "STORE": 8,
        "OUTPUT": 9,
        "CHECK_FAILED": 10,
        "DECLINED": 11,
        "INTERRUPTED": 130,
        "BROKEN_PIPE": 141,
        "TERMINATED": 143,
    }


@pytest.mark.parametrize(
    ("error", "status"),
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
def test_an_error_carries_its_exit_status_and_its_three_parts(
    error: type[ReturnsError], status: int
) -> None:
    raised = error("E-X", "What happened.", where="orders.csv:17", hint="What next.", result=[1])

    assert raised.exit == status
    assert (raised.code, raised.message, raised.where) == ("E-X", "What happened.", "orders.csv:17")
    assert (raised.hint, raised.result, str(raised)) == ("What next.", [1], "What happened.")


def test_every_error_has_a_status_of_its_own() -> None:
    statuses = [one.exit for one in ReturnsError.__subclasses__()]

    assert len(statuses) == len(set(statuses))


def test_an_invalid_input_brings_all_its_problems() -> None:
    problems = (Problem("E-QTY", "No number."), Problem("W-ID-EXCEL", "Looks like 1.2E+9."))

    assert InvalidError("E-FILE", "Refused.", problems=problems).problems == problems
    assert InvalidError("E-FILE", "Refused.").problems == ()


@pytest.mark.parametrize(
    ("code", "refused"),
    [pytest.param("E-QTY", True, id="an error"), pytest.param("W-ID-EXCEL", False, id="a warning")],
)
def test_only_an_error_refuses(code: str, refused: bool) -> None:
    assert Problem(code, "Something.").is_error is refused
