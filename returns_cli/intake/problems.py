"""Problems of files, collected: which rows were refused and what was flagged."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from returns_cli.domain.errors import Problem
from returns_cli.intake.cells import show_value
from returns_cli.intake.records import RowPlace
from returns_cli.intake.wording import Words, wording

CAP = 1_000
WHOLE_FILE = 0
"""The line of a note that is about the file: said once for each code, at line 1."""


Said = Sequence[Any]
"""One refusal or flag: which of the two, and its arguments; it may travel as JSON."""


class RowFault(Exception):  # noqa: N818 - a row's refusal is a value that travels, not an error
    """Why a row is refused, raised inside a reader and turned into a problem by it.

    Args:
        code: ``E-…``, explained in docs/ERRORS.md.
        column: the column's name as the file writes it.
        value: the cell as read, uncut.
        message, hint: said instead of the standard words of the code.
    """

    def __init__(
        self,
        code: str,
        column: str | None = None,
        value: str | None = None,
        message: str = "",
        hint: str | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.value = value
        self.message = message
        self.hint = hint


class _Shelf:
    """The problems of one code in one file: the first ones by line, the lines of the others."""

    __slots__ = ("kept", "left_out")

    def __init__(self) -> None:
        self.kept: list[tuple[int, int, Problem]] = []
        self.left_out = array("q")

    def add(self, line: int, turn: int, problem: Problem) -> None:
        self.kept.append((line, turn, problem))
        if len(self.kept) >= 2 * CAP:
            self.trim()

    def trim(self) -> None:
        self.kept.sort(key=lambda entry: entry[:2])
        self.left_out.extend(line for line, _, _ in self.kept[CAP:])
        del self.kept[CAP:]


class ProblemLog:
    """Collects what is refused and flagged; the reader writes to it, then the operation too.

    A refused row keeps its first code and loses its warnings, whenever they were said.
    """

    def __init__(self) -> None:
        self._shelves: dict[tuple[int, str], _Shelf] = {}
        self._refused: dict[int, dict[int, Words]] = {}
        self._codes: dict[tuple[str, str], Words] = {}
        self._turn = 0
        self._serious = False
        self._overheard: list[Said] | None = None

    @property
    def rejected(self) -> int:
        """Number of refused rows."""
        return sum(len(lines) for lines in self._refused.values())

    @property
    def only_conflicts(self) -> bool:
        """Whether rows were refused, and every one because it conflicts with what is stored."""
        return bool(self._refused) and not self._serious

    def is_rejected(self, place: RowPlace) -> bool:
        """Whether the row was refused before."""
        return place.line in self._refused.get(place.file_index, {})

    def refused_lines(self, file_index: int) -> Mapping[int, Words]:
        """The refused rows of a file: line -> its code (as ``message``'s neighbour) and message.

        ``Words.message`` is the message, ``Words.hint`` the code: what a reject file prints.
        """
        return MappingProxyType(self._refused.get(file_index, {}))

    def reject(
        self,
        place: RowPlace,
        code: str,
        message: str = "",
        *,
        column: str | None = None,
        value: str | None = None,
        hint: str | None = None,
        conflict: bool = False,
    ) -> None:
        """Refuse a row; a row that was refused before keeps its first code.

        Args:
            place: the row.
            code: ``E-…``.
            message: one sentence without the cell's value; empty for the code's standard words.
            column: the column's name.
            value: the cell as read; cut and made visible here.
            hint: what to do next; None for the code's standard hint.
            conflict: refused only because the store knows it otherwise (exit 3, never 7).
        """
        self._note("reject", place, code, message, column, value, hint, conflict)
        words = wording(code, message, hint)
        refused = self._refused.setdefault(place.file_index, {})
        if place.line in refused:
            return
        refused[place.line] = self._codes.setdefault(
            (code, words.message), Words(words.message, code)
        )
        self._serious = self._serious or not conflict
        self._add(place, code, words, column, value)

    def warn(
        self,
        place: RowPlace,
        code: str,
        message: str = "",
        *,
        column: str | None = None,
        value: str | None = None,
        hint: str | None = None,
    ) -> None:
        """Flag an accepted row or cell (``W-…``); arguments as in ``reject``."""
        self._note("warn", place, code, message, column, value, hint)
        self._add(place, code, wording(code, message, hint), column, value)

    @contextmanager
    def overheard(self) -> Iterator[list[Said]]:
        """What is refused and flagged meanwhile, as :meth:`say_again` takes it."""
        said: list[Said] = []
        self._overheard = said
        try:
            yield said
        finally:
            self._overheard = None

    def say_again(self, said: Iterable[Said]) -> None:
        """Refuse and flag what an earlier reading of the same files refused and flagged."""
        for kind, place, code, message, column, value, hint, *conflict in said:
            here = RowPlace(*place)
            if kind == "reject":
                self.reject(
                    here,
                    code,
                    message,
                    column=column,
                    value=value,
                    hint=hint,
                    conflict=conflict[0],
                )
            else:
                self.warn(here, code, message, column=column, value=value, hint=hint)

    def _note(self, *said: Any) -> None:
        if self._overheard is not None:
            self._overheard.append(said)

    def _add(
        self, place: RowPlace, code: str, words: Words, column: str | None, value: str | None
    ) -> None:
        self._turn += 1
        shelf = self._shelves.get((place.file_index, code))
        if shelf is None:
            shelf = self._shelves[place.file_index, code] = _Shelf()
        problem = Problem(
            code,
            words.message,
            file=place.file,
            line=place.line,
            column=column,
            value=None if value is None else show_value(value),
            hint=words.hint or None,
        )
        shelf.add(place.line, self._turn, problem)

    def problems(self) -> tuple[Problem, ...]:
        """All problems by file and line; per code and file 1,000, then one entry that counts."""
        entries: list[tuple[int, int, int, Problem]] = []
        for (file_index, code), shelf in sorted(self._shelves.items()):
            shelf.trim()
            gone = self._refused.get(file_index, {}) if code.startswith("W-") else {}
            kept = [entry for entry in shelf.kept if entry[0] not in gone]
            entries += [(file_index, line, turn, problem) for line, turn, problem in kept]
            count = sum(1 for line in shelf.left_out if line not in gone)
            if count and shelf.kept:
                entries.append((file_index, _AFTER_ALL, self._turn, _closing(kept, count, code)))
        entries.sort(key=lambda entry: entry[:3])
        return tuple(entry[3] for entry in entries)


_AFTER_ALL = 2**62


def _closing(kept: list[tuple[int, int, Problem]], count: int, code: str) -> Problem:
    return Problem(
        code,
        f"{count:,} more of the same kind are not listed.",
        file=kept[0][2].file,
        count=count,
    )
