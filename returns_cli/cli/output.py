"""The only printer: data to stdout as a table, JSON, JSON lines or CSV; talk to stderr.

Everything passes the one sanitiser. A closed pipe becomes :class:`ClosedPipe`, any other failed
write an ``OutputError``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from returns_cli.cli.sanitise import in_ascii, json_safe, visible, visible_lines
from returns_cli.cli.signals import Terminated
from returns_cli.domain.errors import OutputError

if TYPE_CHECKING:
    from returns_cli.cli.page import Page

_STANDS = "What was recorded stands. Make room or choose another place, then run it again."


class ClosedPipe(Exception):  # noqa: N818 - nothing went wrong: the reader has had enough
    """Whoever reads our stdout has closed it."""


class Output:
    """Where a command's answer goes, and in which form.

    Attributes:
        format: ``table json jsonl csv``.
        quiet: no talk on stderr.
        is_for_reading: the command only answers; what is taller than the screen goes through a
            pager then.
        page: how the command's answer is shown to a person; set before the work begins, so that
            an error that carries an answer is shown alike.
        columns_of_none: the header of a CSV without a row.
    """

    def __init__(
        self, stdout: TextIO | None, stderr: TextIO | None, environ: Mapping[str, str]
    ) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._environ = environ
        self.format = "table"
        self.quiet = False
        self.is_for_reading = False
        self.page: Callable[[Any], Page] | None = None
        self.columns_of_none: Sequence[str] = ()
        self._wants_pager = True
        self._wants_colour = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        for stream in (stdout, stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def take(self, options: Mapping[str, str]) -> None:
        """Obey ``--format``, ``--quiet``, ``--no-color`` and ``--no-pager``."""
        self.format = options.get("--format", self.format)
        self.quiet = "--quiet" in options
        self._wants_colour = self._wants_colour and "--no-color" not in options
        self._wants_pager = "--no-pager" not in options

    @property
    def shows_on_terminal(self) -> bool:
        """Data goes to a terminal."""
        return self._stdout is not None and self._stdout.isatty()

    @property
    def talks_to_terminal(self) -> bool:
        """Talk goes to a terminal."""
        return self._stderr is not None and self._stderr.isatty()

    @property
    def bar_terminal(self) -> TextIO | None:
        """Where a progress bar may be drawn: a terminal that can move its cursor, unless quiet."""
        if self.quiet or not self.talks_to_terminal or self._environ.get("TERM") == "dumb":
            return None
        return self._stderr

    @property
    def width(self) -> int:
        """Columns that a page may take: the terminal's, or 80 where there is none."""
        return self._columns() if self.shows_on_terminal else 80

    @property
    def can_draw(self) -> bool:
        """Data goes to a terminal that knows more signs than ASCII."""
        return (
            self._stdout is not None
            and self.shows_on_terminal
            and not self._is_ascii(self._stdout)
            and self._environ.get("TERM") != "dumb"
        )

    def show(self, answer: object) -> None:
        """Print a command's answer in the form that was asked for.

        Args:
            answer: JSON-able data, as an operation returns it.

        Raises:
            ClosedPipe: the reader has gone.
            OutputError: stdout cannot be written.
        """
        from returns_cli.cli import serial

        if self.format == "json":
            self._put(self._json(serial.json_text(answer, pretty=self.shows_on_terminal)) + "\n")
        elif self.format == "jsonl":
            for one in serial.rows_of(answer):
                self._put(self._json(serial.json_text(one)) + "\n")
        elif self.format == "csv":
            self._data_is_utf8()
            self._put(serial.csv_text(answer, self.columns_of_none))
        else:
            self._paint(self.page(answer) if self.page else serial.generic_page(answer))

    def show_each(self, answers: Iterable[object]) -> None:
        """Print a list as it comes: the same text as :meth:`show`, without holding the answers.

        A person at a terminal sees it once it is whole. Where stdout fails the work that gives
        the answers goes on to its end first: what a batch does never hangs on who reads it.

        Args:
            answers: JSON-able data; for CSV with the same keys in each.

        Raises:
            ClosedPipe, OutputError: as ``show``.
        """
        if self.format == "table" and self.page is not None:
            self._paint(self.page(answers))
            return
        if self.shows_on_terminal or self.format == "table":
            self.show(list(answers))
            return
        left = iter(answers)
        try:
            for text in self._pieces(left):
                self._put(text)
        except (ClosedPipe, OutputError):
            for _ in left:
                pass
            raise

    def _pieces(self, answers: Iterator[object]) -> Iterator[str]:
        from returns_cli.cli import serial

        first = next(answers, None)  # an error before it leaves stdout empty
        if first is None:
            yield {"json": "[]\n", "jsonl": "", "csv": ""}[self.format]
        elif self.format == "csv":
            self._data_is_utf8()
            yield from serial.csv_rows(chain([first], answers))
        elif self.format == "jsonl":
            for one in chain([first], answers):
                yield self._json(serial.row_text(one)) + "\n"
        else:
            yield "[" + self._json(serial.row_text(first))
            try:
                for one in answers:
                    yield ", " + self._json(serial.row_text(one))
            except (Exception, KeyboardInterrupt, Terminated):
                yield "]\n"  # what was answered before it is whole
                raise
            yield "]\n"

    def write(self, text: str) -> None:
        """Put ready text on stdout, in ASCII where the host knows nothing else.

        Raises:
            ClosedPipe, OutputError: as ``show``.
        """
        self._put(in_ascii(text) if self._stdout and self._is_ascii(self._stdout) else text)

    def read_out(self, text: str) -> None:
        """Put ready text on stdout for a person: by the pager where it is taller than the screen.

        Raises:
            ClosedPipe, OutputError: as ``show``.
        """
        if self._wants_pager and self.shows_on_terminal and not self.quiet and self._stdout:
            from returns_cli.cli.pager import read_by_pager

            ready = in_ascii(text) if self._is_ascii(self._stdout) else text
            if read_by_pager(ready, self._stdout, self._environ):
                return
        self.write(text)

    def write_file(self, text: str) -> None:
        """Put a file's text on stdout: UTF-8 on every host, and not a byte more or less.

        At a terminal it is shown, not written: what would steer it is an escape.

        Raises:
            ClosedPipe, OutputError: as ``show``.
        """
        if self.shows_on_terminal:
            self.write(visible_lines(text))
            return
        self._data_is_utf8()
        self._put(text)

    def finish(self) -> None:
        """Hand over what is still buffered.

        Raises:
            ClosedPipe, OutputError: as ``show``.
        """
        if self._stdout is not None:
            self._guarded(lambda stream: stream.flush())

    def say(self, text: str) -> None:
        """Talk to the person: one line on stderr, unless ``--quiet``."""
        if not self.quiet:
            self.write_error(visible(text) + "\n")

    def suggest(self, commands: Sequence[str]) -> None:
        """Name what to do next, to a person at a terminal."""
        if commands and self.format == "table" and self.talks_to_terminal:
            for number, command in enumerate(commands):
                self.say(("next: " if number == 0 else "      ") + command)

    def ask(self, question: str) -> None:
        """Put a question on stderr and leave the cursor behind it."""
        self.write_error(visible(question))

    def write_error(self, text: str) -> None:
        """Put ready text on stderr; where that is closed too, nobody is left to tell."""
        if self._stderr is None:
            return
        try:
            self._stderr.write(in_ascii(text) if self._is_ascii(self._stderr) else text)
            self._stderr.flush()
        except (OSError, ValueError):
            return

    def write_error_object(self, error: Mapping[str, object]) -> None:
        """Put one JSON object on stderr."""
        from returns_cli.cli import serial

        self.write_error(json_safe(serial.json_text(error)) + "\n")

    def _put(self, text: str) -> None:
        self._guarded(lambda stream: stream.write(text))

    def _guarded(self, act: Callable[[TextIO], object]) -> None:
        if self._stdout is None:
            raise OutputError("E-OUTPUT", "There is no standard output.", hint=_STANDS)
        try:
            act(self._stdout)
        except BrokenPipeError as error:
            raise ClosedPipe from error
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "it is closed"
            raise OutputError(
                "E-OUTPUT",
                f"The answer could not be written: {said}.",
                where="standard output",
                hint=_STANDS,
            ) from error

    def _json(self, text: str) -> str:
        return json_safe(text, ascii_only=self._stdout is not None and self._is_ascii(self._stdout))

    def _data_is_utf8(self) -> None:
        if isinstance(self._stdout, TextIOWrapper):
            self._stdout.reconfigure(encoding="utf-8", newline="\n")

    def _is_ascii(self, stream: TextIO) -> bool:
        """The host's locale or the stream knows ASCII only.

        Python turns UTF-8 on by itself under ``LC_ALL=C``; the terminal or mail behind it does not.
        """
        if sys.flags.utf8_mode and "PYTHONUTF8" not in self._environ:
            return self._environ.get("LC_ALL") in ("C", "POSIX")
        name = (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
        return name in ("ascii", "us-ascii", "646", "ansi-x3.4-1968")

    def _paint(self, page: Page) -> None:
        from returns_cli.cli.painting import painted

        if not self.shows_on_terminal:
            self.write(painted(page))
            return
        text = painted(page, colours=self._wants_colour, width=self._columns())
        if self.is_for_reading:
            self.read_out(text)
        else:
            self.write(text)

    def _columns(self) -> int:
        """The terminal's width; ``shutil`` knows it too, and costs more than the whole page."""
        import os

        told = self._environ.get("COLUMNS", "")
        if told.isascii() and told.isdigit() and 0 < len(told) < 5 and int(told):
            return int(told)
        try:
            return os.get_terminal_size(self._stdout.fileno() if self._stdout else 1).columns or 80
        except (OSError, ValueError):
            return 80
