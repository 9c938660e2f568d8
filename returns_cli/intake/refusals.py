"""A file that is refused as a whole: nothing of any file of the call is written."""

from __future__ import annotations

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.intake.wording import wording


class FileRefused(Exception):  # noqa: N818 - collected over all files, then one InvalidError
    """Why one file is refused, raised inside the readers.

    Args:
        code: ``E-…``, explained in docs/ERRORS.md.
        message, hint: said instead of the standard words of the code.
        line: physical line, from 1.
        column: the column's name.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        line: int | None = None,
        column: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(code)
        words = wording(code, message, hint)
        self.problem = Problem(
            code, words.message, line=line, column=column, hint=words.hint or None
        )

    def with_hint(self, hint: str) -> FileRefused:
        """The same refusal with another hint."""
        self.problem = self.problem._replace(hint=hint)
        return self

    def in_file(self, name: str) -> Problem:
        """The problem, with the file's base name."""
        return self.problem._replace(file=name)


def refuse_call(problems: tuple[Problem, ...]) -> InvalidError:
    """The error that stops the command: one refused file refuses the whole call."""
    first = problems[0]
    where = f"{first.file}:{first.line}" if first.line else first.file
    if first.column:
        where = f"{where} column {first.column}"
    message = first.message
    if len(problems) > 1:
        message += f" {len(problems) - 1} more of the files cannot be read either."
    return InvalidError(first.code, message, where=where, hint=first.hint, problems=problems)
