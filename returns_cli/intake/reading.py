"""A read under way: the records that come out of it, its figures and its problems."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Generic, TypeVar

from returns_cli.domain.errors import Exit, Problem
from returns_cli.intake.opening import BuilderT, OpenFile
from returns_cli.intake.problems import ProblemLog
from returns_cli.intake.records import SourceFile
from returns_cli.intake.rejects import RejectFile, reject_file

RecordT = TypeVar("RecordT", covariant=True)


class Reading(ABC, Generic[RecordT, BuilderT]):
    """Records of the files of one call, given once and lazily; a context manager that closes them.

    Attributes:
        log: refusals and warnings; the operation adds its own.
        rows: data records read so far, refused ones in.
        on_progress: called now and then while records are taken, even where none comes out.
    """

    def __init__(self, files: Sequence[OpenFile[BuilderT]]) -> None:
        self._files = files
        self.log = ProblemLog()
        self.rows = 0
        self.on_progress: Callable[[], None] = _unheard
        self._described: tuple[SourceFile, ...] | None = None
        self._passed = 0
        self._current: OpenFile[BuilderT] | None = None
        for file in files:
            for name in file.header.twice:
                self.log.warn(file.place(file.header.line), "W-CSV-DUP-HEADER", column=name)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files of the call, in the order given."""
        if self._described is None:
            self._described = tuple(file.described() for file in self._files)
        return self._described

    @property
    def format(self) -> str:
        """The files' format; several are joined by a comma."""
        return ",".join(dict.fromkeys(file.header.format.name for file in self._files))

    def __iter__(self) -> Iterator[RecordT]:
        """The accepted records, file by file.

        Raises:
            InvalidError: ``E-FILE-CHANGED``, another program wrote to a file meanwhile.
        """
        self._passed = 0
        for file in self._files:
            self._current = file
            yield from self._records(file)
            file.source.check_unchanged()
            self._passed += file.source.size
        self._current = None

    def position(self) -> tuple[int, int, int]:
        """Bytes passed, bytes of all files, and rows so far."""
        at = self._passed + (self._current.source.at if self._current else 0)
        return at, sum(file.source.size for file in self._files), self.rows

    @abstractmethod
    def _records(self, file: OpenFile[BuilderT]) -> Iterator[RecordT]: ...

    @property
    def rejected(self) -> int:
        """Refused rows so far."""
        return self.log.rejected

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, by file and line, capped."""
        return self.log.problems()

    @property
    def exit(self) -> Exit:
        """How an import that read these rows ends: done, partly, or invalid."""
        return exit_of(self.rows, self.rejected, only_conflicts=self.log.only_conflicts)

    def reject_files(self) -> Iterator[RejectFile]:
        """For each file with refused rows, a CSV of them that can be mended and read again."""
        for file in self._files:
            refused = self.log.refused_lines(file.index)
            if refused:
                yield reject_file(file, refused)

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.source.close()

    def __enter__(self) -> Reading[RecordT, BuilderT]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _unheard() -> None:
    pass


def exit_of(rows: int, rejected: int, *, only_conflicts: bool = False) -> Exit:
    """The exit status of an import: 0 nothing refused, 3 some rows, 7 all of them.

    Rows that were all refused only because they conflict with what is stored end with 3.
    """
    if not rejected:
        return Exit.DONE
    if rejected < rows or only_conflicts:
        return Exit.PARTLY
    return Exit.INVALID
