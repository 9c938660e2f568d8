"""Opening the files of a call: all are read through and judged before the first row is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Generic, Protocol, TypeVar

from returns_cli.domain.errors import Problem, UsageError
from returns_cli.domain.nearest import nearest_or
from returns_cli.intake.dates import strptime_style
from returns_cli.intake.encoding import check_is_text, codec_of, locate_bad_byte, text_lines
from returns_cli.intake.footers import without_footers
from returns_cli.intake.formats import FORMATS
from returns_cli.intake.header import Header, codec_hint, find_header
from returns_cli.intake.mapped.mapped_header import find_mapped_header, is_reject_file
from returns_cli.intake.records import ReadOptions, RowPlace, SourceFile
from returns_cli.intake.refusals import FileRefused, refuse_call
from returns_cli.intake.rows import read_records
from returns_cli.intake.sources import Source, Suspicion
from returns_cli.intake.survey import KeyColumns, Survey, survey_file

Given = Path | BinaryIO


class Builder(Protocol):
    """What turns the rows of one file into records; made for each file."""

    @property
    def keys(self) -> KeyColumns | None:
        """Where the key of a group stands, None for rows that stand alone."""
        ...


BuilderT = TypeVar("BuilderT", bound=Builder)


@dataclass(slots=True)
class OpenFile(Generic[BuilderT]):
    """One file, ready to be read.

    Attributes:
        index: place in the call.
        is_judged: it was read through once: it is whole, and ``survey`` and ``looks_closer`` hold.
        looks_closer: some cell must be looked at: NULs, control characters, formulas, long cells.
        first_rows: how many records are read, None for all.
    """

    index: int
    source: Source
    codec: str
    header: Header
    builder: BuilderT
    first_rows: int | None = None
    is_judged: bool = False
    survey: Survey = field(default_factory=Survey)
    looks_closer: bool = False

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of every record behind the header."""
        header = self.header
        records = read_records(
            lambda: text_lines(self.source, self.codec), header.dialect, header.line
        )
        next(records)
        if header.format.has_footers:
            records = without_footers(records, header)
        return records if self.first_rows is None else islice(records, self.first_rows)

    def place(self, line: int) -> RowPlace:
        """The place of a row in the call."""
        return RowPlace(self.index, self.source.name, line)

    def described(self) -> SourceFile:
        """What the caller may know of it."""
        return SourceFile(
            self.source.name,
            self.source.sha256,
            self.header.format.name,
            self.codec,
            self.header.dialect.delimiter,
            self.header.line,
            self.header.columns,
        )


def open_files(
    given: Sequence[Given],
    command: str,
    options: ReadOptions,
    make_builder: Callable[[Header, str], BuilderT],
    *,
    has_one_format: bool = False,
    judged_later: Callable[[str, Header, BuilderT], bool] | None = None,
) -> list[OpenFile[BuilderT]]:
    """Open and judge every file of a call.

    Args:
        given: paths or binary streams.
        command: ``orders import``, ``receive --file`` …
        options: of the call.
        make_builder: from a header and the file's base name; may refuse the file.
        has_one_format: the command reads a single shape.
        judged_later: by codec, header and builder, whether the file is judged while its rows are
            taken (``same_rows``); none is where this is not given.

    Raises:
        UsageError: an option makes no sense, a path cannot be read.
        InvalidError: one or more files are refused; ``problems`` has one entry for each.
    """
    codec = codec_of(options.encoding)
    _check_options(command, options)
    sources: list[Source] = []
    try:
        sources.extend(map(Source, given))
        files: list[OpenFile[BuilderT]] = []
        refused: list[Problem] = []
        for index, source in enumerate(sources):
            try:
                opened = _opened(
                    index, source, codec, command, options, make_builder, has_one_format
                )
                if judged_later is None or not judged_later(
                    opened.codec, opened.header, opened.builder
                ):
                    _judge(opened)
                files.append(opened)
            except FileRefused as refusal:
                refused.append(refusal.in_file(source.name))
        if refused:
            raise refuse_call(tuple(refused))
    except BaseException:
        for source in sources:
            source.close()
        raise
    return files


def _check_options(command: str, options: ReadOptions) -> None:
    if options.date_format is not None:
        strptime_style(options.date_format)
    if options.source_format is None:
        return
    if options.mapping is not None:
        raise UsageError(
            "E-USAGE",
            "--from names a known format and --map describes another.",
            where="--from --map",
            hint="Give one of the two.",
        )
    own = sorted({one.name for one in FORMATS if one.command == command})
    if options.source_format in own:
        return
    reads = f"It reads: {', '.join(own)}."
    is_known = options.source_format in {one.name for one in FORMATS}
    raise UsageError(
        "E-USAGE",
        f"{command} does not read the format that --from names.",
        where=f"--from {options.source_format}",
        hint=reads if is_known else nearest_or(options.source_format, own, reads),
    )


def _opened(
    index: int,
    source: Source,
    codec: str,
    command: str,
    options: ReadOptions,
    make_builder: Callable[[Header, str], BuilderT],
    has_one_format: bool,  # noqa: FBT001 - passed through from a keyword
) -> OpenFile[BuilderT]:
    mapping = options.mapping
    if mapping and options.encoding == mapping.encoding and is_reject_file(source.head()):
        codec = "utf-8"
    check_is_text(source, codec)
    try:
        lines = text_lines(source, codec)
        if mapping is not None:
            header = find_mapped_header(lines, mapping, command)
        else:
            header = find_header(
                lines, command, options.source_format, has_one_format=has_one_format
            )
        builder = make_builder(header, source.name)
    except UnicodeError:
        raise not_text(source, codec) from None
    return OpenFile(index, source, codec, header, builder, options.first_rows)


def _judge(file: OpenFile[BuilderT]) -> None:
    suspicion = Suspicion()
    lines = _first_suspicious(file.source, file.codec, suspicion)
    try:
        file.survey = survey_file(lines, file.header.dialect, file.header.line, file.builder.keys)
    except UnicodeError:
        raise not_text(file.source, file.codec) from None
    file.looks_closer = suspicion.found or file.survey.has_overlong
    file.is_judged = True


def _first_suspicious(
    source: Source, codec: str, suspicion: Suspicion
) -> Callable[[], Iterator[str]]:
    """Opens the lines; the first time the bytes are looked at, afterwards that is known."""
    waiting: list[Suspicion | None] = [suspicion]
    return lambda: text_lines(source, codec, waiting.pop() if waiting else None)


def not_text(source: Source, codec: str) -> FileRefused:
    """The refusal of a file whose bytes are not text in the codec, with what would help."""
    refusal = locate_bad_byte(source, codec)
    guess = codec_hint(source.head()) if codec == "utf-8" else None
    if guess:
        return refusal.with_hint(
            f"Save it as UTF-8. Its header fits under --encoding {guess}; nothing was guessed."
        )
    return refusal.with_hint("Save it as UTF-8, or name its encoding with --encoding.")
