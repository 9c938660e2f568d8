"""How a command that failed says so: three parts on stderr, or one JSON object."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.cli.output import ClosedPipe
from returns_cli.cli.sanitise import visible
from returns_cli.domain.errors import (
    Exit,
    InvalidError,
    OutputError,
    Problem,
    ReturnsError,
)
from returns_cli.domain.nearest import did_you_mean

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO})

_OF_A_PATH = frozenset({"E-FILE-UNREADABLE", "E-FONT-UNUSABLE", "E-SHOP-MISSING"})
"""Errors whose ``where`` may be a mistyped path."""


def report(invocation: Invocation, error: ReturnsError) -> int:
    """Print an error, and its result where it has one; give the exit status."""
    output = invocation.output
    if error.code in _OF_A_PATH and error.where:
        from returns_cli.cli.nearest_file import nearest_file

        if near := nearest_file(Path(error.where), invocation.folder):
            error.hint = did_you_mean([near])
    if origin := invocation.origins.get(error.where or ""):
        error.hint = f"{error.hint or ''} Set by {origin}.".strip()
    problems = error.problems if isinstance(error, InvalidError) else ()
    code = int(error.exit)
    if error.result is not None:
        try:
            output.show(error.result)
            output.finish()
        except ClosedPipe:
            code = int(Exit.BROKEN_PIPE)
        except OutputError as worse:
            error, problems, code = worse, (), int(worse.exit)
    if output.format in ("json", "jsonl"):
        output.write_error_object({"error": error_object(error, problems)})
    else:
        invocation.say_notes()
        # an answer on stdout has listed its problems already
        listed = problems if error.result is None else ()
        output.write_error(error_text(error, listed))
    return code


def error_object(error: ReturnsError, problems: tuple[Problem, ...] = ()) -> dict[str, object]:
    """The object that ``--json`` prints; ``problems`` only where there are several."""
    said: dict[str, object] = {
        "code": error.code,
        "message": error.message,
        "where": _where(error, problems),
        "hint": error.hint,
        "exit": int(error.exit),
    }
    if len(problems) > 1 and error.result is None:
        said["problems"] = [problem_object(one) for one in problems]
    return said


def problem_object(problem: Problem) -> dict[str, object]:
    """A problem with the keys of an import's answer."""
    return {
        "code": problem.code,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "hint": problem.hint,
        "count": problem.count,
    }


def error_text(error: ReturnsError, problems: tuple[Problem, ...] = ()) -> str:
    """What happened, where, what next: a line each, and each problem on a line of its own."""
    lines = [problem_line(problem_object(one)) for one in problems]
    lines.append(f"error {error.code}: {error.message}")
    if place := _where(error, problems):
        lines.append(f"where: {place}")
    if error.hint:
        lines.append(f"next:  {error.hint}")
    return "".join(visible(line) + "\n" for line in lines)


def problem_line(problem: Mapping[str, object]) -> str:
    """One problem as ``file:line:column code "value" message hint``, without what is not known."""
    place = ":".join(
        str(problem[key]) for key in ("file", "line", "column") if problem.get(key) is not None
    )
    value = f'"{problem["value"]}"' if problem.get("value") else None
    parts = [place, problem.get("code"), value, problem.get("message"), problem.get("hint")]
    return " ".join(str(part) for part in parts if part)


def of_os(error: OSError) -> OutputError | None:
    """A full disk or a read-only place where nobody else has named it; None for anything else."""
    if error.errno not in _NO_ROOM:
        return None
    return OutputError(
        "E-OUTPUT",
        f"A file could not be written: {error.strerror}.",
        where=str(error.filename) if error.filename else None,
        hint="What was recorded stands. Make room, then run it again.",
    )


def report_stop(invocation: Invocation, exit_code: Exit) -> int:
    """Say that a signal ended the command, how much of it is done, and how to go on."""
    done = invocation.standing
    stands = "what was recorded stands" if done is None else f"{done} are done and recorded"
    error = ReturnsError(
        "E-INTERRUPTED",
        f"Stopped before the end; {stands}, nothing is half done.",
        hint=f"To go on: {command_line(invocation.words)}",
    )
    if invocation.output.format in ("json", "jsonl"):
        said = {**error_object(error), "exit": int(exit_code)}
        invocation.output.write_error_object({"error": said})
    else:
        invocation.output.write_error(error_text(error))
    return int(exit_code)


def command_line(words: Sequence[str]) -> str:
    """The words of a command line as a shell would take them again."""
    import shlex

    again = " (with the same input)" if "-" in words else ""
    return shlex.join(["returns", *words]) + again


def report_crash(invocation: Invocation, error: Exception) -> int:
    """Say that the program itself is at fault, and where the redacted report of it lies."""
    if isinstance(error, OSError) and (known := of_os(error)) is not None:
        return report(invocation, known)
    from returns_cli.cli.crash import write_crash_file

    place = write_crash_file(invocation, error)
    said = ReturnsError(
        "E-UNEXPECTED",
        f"The program failed ({type(error).__name__}); what was recorded stands.",
        where=str(place) if place else None,
        hint="Run returns check. The crash file holds no personal data: send it with a report."
        if place
        else "Run returns check. No crash file could be written.",
    )
    return report(invocation, said)


def _where(error: ReturnsError, problems: tuple[Problem, ...]) -> str | None:
    if error.where is not None or not problems:
        return error.where
    first = problems[0]
    place = ":".join(str(part) for part in (first.file, first.line) if part is not None)
    return f"{place} column {first.column}" if place and first.column else place or None
