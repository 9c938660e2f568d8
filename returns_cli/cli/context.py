"""One invocation: the streams, the global options, and the shop that it works on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from returns_cli.cli.hoist import asks_for_json, hoist
from returns_cli.cli.output import Output
from returns_cli.cli.sanitise import visible
from returns_cli.cli.signals import Signals
from returns_cli.domain.errors import DeclinedError, Exit, StoreError, UsageError

if TYPE_CHECKING:
    import typer

    from returns_cli.cli.log import Log
    from returns_cli.cli.page import Page
    from returns_cli.operations.shop import Shop

_LONGEST_ACTOR = 64
_LONGEST_SHOP_FILE = 262_144  # bytes, as notation reads
_OTHERS = frozenset({"RETURNS_SHOP", "RETURNS_ACTOR", "RETURNS_SALT"})


class Invocation:
    """What one command line said beside its own options.

    Attributes:
        words: the words of the command line, for the name of the command in a crash file.
        options: the global options by name.
        output: the printer.
        environ: environment variables.
        folder: the caller's folder; paths on the command line are relative to it.
        origins: who says the options that nobody typed, by their names.
        exit: the exit status of a command that ended without an error.
        log: of ``--log``, open while the command works.
        signals: what a long batch lets wait until what it writes stands.
    """

    def __init__(
        self, stdin: TextIO | None, output: Output, environ: Mapping[str, str], folder: Path
    ) -> None:
        self.stdin = stdin
        self.output = output
        self.environ = environ
        self.folder = folder
        self.words: Sequence[str] = ()
        self.options: Mapping[str, str] = {}
        self.origins: Mapping[str, str] = {}
        self.log: Log | None = None
        self._read: Sequence[str] = ()
        self.exit = Exit.DONE
        self.signals = Signals()
        self._shop: Shop | None = None

    @classmethod
    def of_process(cls) -> Invocation:
        """The invocation of this process."""
        return cls(
            stdin=sys.stdin,
            output=Output(sys.stdout, sys.stderr, os.environ),
            environ=os.environ,
            folder=Path(),
        )

    def take(self, words: Sequence[str]) -> list[str]:
        """Read the global options out of ``words`` and give back the others.

        Raises:
            UsageError: a word that is not UTF-8, or a global option used wrongly.
        """
        self.words = words
        if asks_for_json(words):
            self.output.format = "json"
        for word in words:
            if any("\ud800" <= sign <= "\udfff" for sign in word):
                raise UsageError(
                    "E-ARGUMENT-ENCODING",
                    "An argument is not UTF-8.",
                    where=visible(word),
                    hint="Set the terminal to UTF-8, or rename the file.",
                )
        self.options, rest = hoist(words)
        self.output.take(self.options)
        if self._is_told_more():
            from returns_cli.cli.defaults import complete

            rest = complete(self, rest)
            self.output.take(self.options)
        if self.output.shows_on_terminal:
            from returns_cli.cli.pager import is_for_reading

            self.output.is_for_reading = is_for_reading(rest)
        return rest

    def _is_told_more(self) -> bool:
        """Whether variables, or the shop's own file, may say options that nobody typed."""
        variables = any(name[:8] == "RETURNS_" and name not in _OTHERS for name in self.environ)
        return variables or b"defaults" in self.shop_file()[1]

    def shop_file(self) -> tuple[Path, bytes]:
        """The shop.yaml that belongs to this call and its bytes; none where it cannot be read."""
        named = self.shop_folder
        folder = self.folder.absolute() if named is None else named
        for place in [folder] if named is not None else [folder, *folder.parents]:
            path = place / "shop.yaml"
            try:
                with path.open("rb") as file:
                    return path, file.read(_LONGEST_SHOP_FILE)
            except OSError:  # the command that needs it says why
                continue
        return folder / "shop.yaml", b""

    def open_log(self, rest: Sequence[str]) -> None:
        """Open the file of ``--log``, if one was named.

        Args:
            rest: the words without the global options, as the command reads them.

        Raises:
            OutputError: it cannot be written; nothing was done.
        """
        if path := self.options.get("--log"):
            from returns_cli.cli.log import Log

            self.log = Log(path)
            self._read = [*rest, *self.options]

    def write_log(self, code: int, seconds: float) -> None:
        """Add the line of this call to its log.

        Raises:
            OutputError: it cannot be written.
        """
        from datetime import UTC, datetime

        if self.log is not None:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            self.log.write(now, self._read, code, seconds)

    @property
    def wants_version(self) -> bool:
        """``--version`` stood somewhere among the words."""
        return "--version" in self.options

    @property
    def as_of(self) -> str | None:
        """The clock that ``--as-of`` sets, as typed; the shop's zone completes it."""
        return self.options.get("--as-of")

    @property
    def language(self) -> str | None:
        """The language of what customers read, None for the shop's own."""
        return self.options.get("--lang")

    @property
    def actor(self) -> str:
        """Who does it: ``--actor``, else ``RETURNS_ACTOR``, else the login.

        Raises:
            UsageError: an empty name, one over 64 characters, or one with control characters.
        """
        name = self.options.get("--actor") or self.environ.get("RETURNS_ACTOR") or self._login()
        if not name.strip() or len(name) > _LONGEST_ACTOR or not name.isprintable():
            raise UsageError(
                "E-ACTOR",
                f"The actor's name {name[:_LONGEST_ACTOR]!r} cannot be recorded.",
                where="--actor or RETURNS_ACTOR",
                hint="Use --actor with a short staff name, such as ann.",
            )
        return name.strip()

    @property
    def shop_folder(self) -> Path | None:
        """The folder that ``--shop`` or ``RETURNS_SHOP`` names, None to look upwards for one."""
        named = self.options.get("--shop") or self.environ.get("RETURNS_SHOP")
        return Path(named) if named else None

    @property
    def may_ask(self) -> bool:
        """A person sits at a terminal and ``--no-input`` was not given."""
        return (
            "--no-input" not in self.options
            and self.stdin is not None
            and self.stdin.isatty()
            and self.output.talks_to_terminal
        )

    def shop(self, *, dry_run: bool = False) -> Shop:
        """The shop that this command works on.

        Raises:
            StoreError: no shop here (E-SHOP-MISSING).
            InvalidError: ``shop.yaml`` cannot be read.
        """
        from returns_cli.operations.shop import find_shop

        self._shop = find_shop(
            self.shop_folder,
            actor=self.actor,
            as_of=self.as_of,
            dry_run=dry_run,
            start=self.folder,
        )
        self._shop.hold = self.signals.held
        if self.output.bar_terminal is not None:
            from returns_cli.cli.progress import ProgressBar

            self._shop.watch = ProgressBar(self.output.bar_terminal)
        return self._shop

    def shop_if_any(self) -> Shop | None:
        """The shop, or None for a command that does without one where none was named.

        Raises:
            StoreError: the named folder holds no shop.
        """
        try:
            return self.shop()
        except StoreError:
            if self.shop_folder is not None:
                raise
            return None

    @property
    def standing(self) -> str | None:
        """How much of a batch that has not ended is done: ``2,000 of 5,000 rows``."""
        return self._shop.standing if self._shop else None

    def renders(self, page: Callable[[Any], Page]) -> None:
        """Choose how a person sees the answer; before the work, for errors that carry one."""
        self.output.page = page

    def show(self, answer: object, *, dry_run: bool = False) -> None:
        """Print the command's answer, and what the person should hear beside it."""
        if self.log is not None:
            self.log.count(answer)
        self.output.show(answer)
        self.say_more(dry_run=dry_run)

    def show_each(self, answers: Iterable[object]) -> None:
        """Print a long list as it comes, then what the person should hear beside it."""
        self.output.show_each(answers if self.log is None else self.log.counting(answers))
        self.say_more()

    def say_more(self, *, dry_run: bool = False) -> None:
        """Say what the operation noted, and that a rehearsal wrote nothing."""
        self.say_notes()
        if dry_run or (self._shop is not None and self._shop.dry_run):
            self.output.say("A dry run: nothing was written.")

    def say_notes(self) -> None:
        """Say on stderr what the operation noted; a note is said once."""
        notes = self._shop.notes if self._shop else []
        while notes:
            self.output.say(notes.pop(0))

    def source(self, path: Path) -> Path | BinaryIO:
        """A file to read: the path, or for ``-`` the bytes of stdin.

        Raises:
            UsageError: ``-`` without a stdin.
        """
        if str(path) != "-":
            return path
        stream = getattr(self.stdin, "buffer", None)
        if stream is None:
            raise UsageError(
                "E-FILE-UNREADABLE", "There is no stdin.", where="-", hint="Name a file."
            )
        found: BinaryIO = stream
        return found

    def sources(self, paths: Sequence[Path]) -> list[Path | BinaryIO]:
        """Each of several files to read, as ``source``."""
        return [self.source(path) for path in paths]

    def confirm(self, question: str, *, hint: str = "Say --yes to go ahead.") -> None:
        """Ask before something that cannot be taken back.

        Raises:
            DeclinedError: the answer is not yes, or nobody can be asked.
        """
        if "--yes" in self.options:
            return
        if not self.may_ask or self.stdin is None:
            raise DeclinedError(
                "E-CANNOT-ASK", f"Cannot ask: {question.removesuffix('?')}?", hint=hint
            )
        self.output.ask(f"{question} [y/N] ")
        if self.stdin.readline().strip().lower() not in ("y", "yes"):
            raise DeclinedError("E-DECLINED", "Declined, nothing was done.", hint=hint)

    def ask_for(self, what: str, usual: str) -> str | None:
        """Ask for a word; None where the usual one will do or nobody can be asked."""
        if not self.may_ask or self.stdin is None or "--yes" in self.options:
            return None
        self.output.ask(f"{what} [{usual}]: ")
        return self.stdin.readline().strip() or None

    def _login(self) -> str:
        for name in ("LOGNAME", "USER", "USERNAME"):
            if self.environ.get(name):
                return self.environ[name]
        try:
            import pwd

            return pwd.getpwuid(os.getuid()).pw_name
        except (ImportError, KeyError):
            return "unknown"


def invocation_of(context: typer.Context) -> Invocation:
    """The invocation that a command belongs to."""
    found = context.obj
    if not isinstance(found, Invocation):
        raise TypeError("the command was started without an invocation")
    return found
