"""The entry: fast answers first, then the app; the one place where errors become exit codes.

``--version`` and ``--help`` are answered from constants before Typer is imported. Everything else
runs the app, and whatever it raises ends here as words on stderr and an exit status of CLI.md.
"""

import os
import sys

TYPE_CHECKING = False  # importing it from typing would cost more than the fast answers may take
if TYPE_CHECKING:
    from collections.abc import Sequence

    from returns_cli.cli.context import Invocation
    from returns_cli.domain.errors import Exit


_RARELY = 250_000
"""New objects between two looks for garbage: imports make many, and none of it is garbage."""


def main(words: list[str] | None = None) -> int:
    """Run one command line and give its exit status.

    Args:
        words: the words after the program's name; those of this process by default.
    """
    given = sys.argv[1:] if words is None else words
    try:
        text = _answer_at_once(given)
        if text is not None:
            return _write(text)
        return _run(given) if words is not None else _run_whole_process(given)
    except KeyboardInterrupt:  # while the app was still being imported
        return 130


def _run_whole_process(words: list[str]) -> int:
    """Run the command as the only thing that this process does."""
    import gc

    gc.set_threshold(_RARELY)
    code = _run(words)
    gc.freeze()  # nothing is left to collect: the interpreter ends without looking for garbage
    return code


def _answer_at_once(words: list[str]) -> str | None:
    if words[:1] == ["__complete"]:
        from returns_cli.cli.completing import answer

        return answer(words[1:])
    if words in (["--version"], ["-V"]):
        return _version()
    if words in (["--help"], ["-h"], ["help"]):
        from returns_cli.cli.plain_help import overview

        return overview()
    if len(words) == 2 and words[1] in ("--help", "-h"):
        from returns_cli.cli.plain_help import group_page

        return group_page(words[0])
    return None


def _version() -> str:
    from returns_cli import __version__

    return f"returns {__version__}\n"


def _write(text: str) -> int:
    if sys.stdout is None:
        return 9
    try:
        if not (sys.stdout.isatty() and _is_read(text)):
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return 141
    except (OSError, UnicodeEncodeError) as error:
        sys.stderr.write(f"error: the output could not be written: {error}\n")
        _forget_stdout()
        return 9
    return 0


def _is_read(text: str) -> bool:
    """Whether a pager has shown the text to a person."""
    from returns_cli.cli.pager import read_by_pager

    return text.count("\n") > 1 and read_by_pager(text, sys.stdout, os.environ)


def _forget_stdout() -> None:
    """Point the descriptor at nothing, so that Python's own flush at exit cannot fail again."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return  # a stream without a descriptor has nothing left to flush at exit


def _run(words: list[str]) -> int:
    from returns_cli.cli.context import Invocation
    from returns_cli.domain.errors import Exit

    invocation = Invocation.of_process()
    with invocation.signals.caught():
        code = run(invocation, words)
    if code in (int(Exit.BROKEN_PIPE), int(Exit.OUTPUT)):
        _forget_stdout()
    return code


def run(invocation: "Invocation", words: "Sequence[str]") -> int:
    """Run one command line in an invocation of the caller's making; give its exit status."""
    from time import monotonic

    from returns_cli.domain.errors import Exit, OutputError

    started = monotonic()
    code = _ended(invocation, words)
    if invocation.log is not None:
        try:
            invocation.write_log(code, monotonic() - started)
        except OutputError as error:
            return _told(invocation, error) if code == int(Exit.DONE) else code
    return code


def _ended(invocation: "Invocation", words: "Sequence[str]") -> int:
    """Run one command line up to its exit status."""
    from returns_cli.cli.direct import run_directly
    from returns_cli.cli.output import ClosedPipe
    from returns_cli.cli.signals import Terminated
    from returns_cli.domain.errors import Exit, ReturnsError

    try:
        rest = invocation.take(words)
        invocation.open_log(rest)
        if invocation.wants_version:
            invocation.output.write(_version())
        elif not run_directly(invocation, rest):
            from returns_cli.cli.app import run_by_typer

            run_by_typer(invocation, rest)
        invocation.output.finish()
        return int(invocation.exit)
    except ClosedPipe:
        return int(Exit.BROKEN_PIPE)
    except ReturnsError as error:
        return _told(invocation, error)
    except KeyboardInterrupt:
        return _stopped(invocation, Exit.INTERRUPTED)
    except Terminated:
        return _stopped(invocation, Exit.TERMINATED)
    except Exception as error:  # noqa: BLE001 - the edge: anything else becomes a crash file
        return _told(invocation, error)


def _told(invocation: "Invocation", error: Exception) -> int:
    """Say in words why the command ended; give the exit status."""
    from returns_cli.cli import failure
    from returns_cli.domain.errors import ReturnsError

    if isinstance(error, ReturnsError):
        return failure.report(invocation, error)
    return failure.report_crash(invocation, error)


def _stopped(invocation: "Invocation", code: "Exit") -> int:
    """Say that a signal ended the command; give the exit status."""
    from returns_cli.cli import failure

    return failure.report_stop(invocation, code)


if __name__ == "__main__":
    sys.exit(main())
