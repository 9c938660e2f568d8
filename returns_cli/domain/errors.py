"""What can go wrong, as values: exit codes, errors that stop a command, problems found in data.

An error says what happened (``message``), where (``where``) and what to do next (``hint``). One
place, ``returns_cli.__main__``, turns it into words and an exit status.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, NamedTuple


class Exit(IntEnum):
    """Exit statuses that scripts rely on. Frozen: a number never changes its meaning."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    PARTLY = 3
    NOT_APPROVED = 4
    NOT_FOUND = 5
    CONFLICT = 6
    INVALID = 7
    STORE = 8
    OUTPUT = 9
    CHECK_FAILED = 10
    DECLINED = 11
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    TERMINATED = 143


class Problem(NamedTuple):
    """One thing found in a file or a policy, collected and reported with all the others.

    Args:
        code: stable code, ``E-…`` (refused) or ``W-…`` (accepted, flagged).
        message: what happened, one plain sentence.
        file: base name of the file, or None.
        line: physical line, from 1, on which the record or node starts.
        column: the column's name (CSV) or its number (YAML), as text.
        value: the cell as read, cut to 80 characters.
        hint: what to do next.
        count: number of problems left out; only on the entry that closes a capped list.
    """

    code: str
    message: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str | None = None
    count: int | None = None  # type: ignore[assignment]  # hides tuple.count: a word of the JSON

    @property
    def is_error(self) -> bool:
        """True when the row, file or policy was refused because of it."""
        return self.code.startswith("E-")


class ReturnsError(Exception):
    """An error that stops the command. Subclasses fix the exit status.

    Args:
        code: stable ``E-…`` code, explained by ``returns help CODE``.
        message: what happened, in the words of a shop.
        where: ``orders.csv:17 column sku``, an RMA, a path; None where there is no place.
        hint: what to do next.
        result: an answer to print on stdout beside the error (``policy check``, ``check``,
            ``journal verify``, imports whose every row was refused); None leaves stdout empty.
    """

    exit: ClassVar[Exit] = Exit.UNEXPECTED

    def __init__(
        self,
        code: str,
        message: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        result: object | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint
        self.result = result


class UsageError(ReturnsError):
    """Wrong usage, also a file named on the command line that cannot be read."""

    exit = Exit.USAGE


class NotFoundError(ReturnsError):
    """No such order, return or refund."""

    exit = Exit.NOT_FOUND


class ConflictError(ReturnsError):
    """Wrong state, over a limit, or the same key with other content."""

    exit = Exit.CONFLICT


class InvalidError(ReturnsError):
    """Invalid input, policy or configuration; nothing was written."""

    exit = Exit.INVALID

    def __init__(
        self,
        code: str,
        message: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        result: object | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code, message, where=where, hint=hint, result=result)
        self.problems = problems


class StoreError(ReturnsError):
    """The store cannot be used: missing, locked, damaged, of another version, disk full."""

    exit = Exit.STORE


class OutputError(ReturnsError):
    """An output could not be delivered; what was recorded stands."""

    exit = Exit.OUTPUT


class DeclinedError(ReturnsError):
    """Declined, or a question that cannot be asked without a terminal."""

    exit = Exit.DECLINED
