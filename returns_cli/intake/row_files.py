"""Reading files whose rows stand alone: requests, shipments, receipts, products and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from returns_cli.intake.dates import DateReader
from returns_cli.intake.detected import detected_as
from returns_cli.intake.formats import Format
from returns_cli.intake.grouping import ColumnKinds, Inspector, Note
from returns_cli.intake.header import Header
from returns_cli.intake.mapped.mapped_cells import MappedCells
from returns_cli.intake.opening import Given, OpenFile, open_files
from returns_cli.intake.problems import RowFault
from returns_cli.intake.reading import Reading
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells, RowKeys

RowT = TypeVar("RowT")

_IDS = frozenset(
    {"order_id", "sku", "exchange_sku", "request_id", "rma", "tracking", "customer_id", "gtin"}
)


class RowFormat(NamedTuple, Generic[RowT]):
    """How the rows of one format are read.

    Attributes:
        make_read: makes the row function, once per file: from cells, place and key to a record; it
            raises ``RowFault``.
        ids: folded names of columns that hold ids, beside those of our own files.
        date_styles: the format's own, as ``strptime`` writes them.
    """

    make_read: Callable[[ReadOptions], Callable[[RowCells, RowPlace, RowKey], RowT]]
    ids: frozenset[str] = frozenset()
    date_styles: tuple[str, ...] = ()


class RowBuilder(Generic[RowT]):
    """Reads the rows of one file with a format's function.

    Args:
        header: of the file.
        options: of the call.
        form: how its rows are read.

    Attributes:
        kinds: of its columns.
    """

    keys = None

    def __init__(self, header: Header, options: ReadOptions, form: RowFormat[RowT]) -> None:
        self.kinds = ColumnKinds(_IDS | form.ids)
        self._mapped = MappedCells(header, options.mapping) if options.mapping else None
        self._header = self._mapped.header if self._mapped else header
        self._dates = DateReader(options.zone, options.date_format, form.date_styles)
        self._row_keys = RowKeys()
        self._read = form.make_read(options)

    def record(self, cells: list[str], place: RowPlace) -> RowT:
        """The record of a row.

        Raises:
            RowFault: the row is refused.
        """
        if self._mapped is None:
            return self._record(cells, place)
        try:
            return self._record(self._mapped.widen(cells), place)
        except RowFault as fault:
            raise self._mapped.with_hint(fault) from None

    def _record(self, cells: list[str], place: RowPlace) -> RowT:
        row = RowCells(self._header, cells, self._dates)
        return self._read(row, place, self._row_keys.key_of(row))


class RowReading(Reading[RowT, RowBuilder[RowT]]):
    """Accepted rows of the files of one call."""

    def __init__(self, files: Sequence[OpenFile[RowBuilder[RowT]]], options: ReadOptions) -> None:
        super().__init__(files)
        self._options = options

    def detected(self) -> list[str]:
        """How each file is read, for the person who gave it."""
        return [detected_as(one, self._options) for one in self._files]

    def __enter__(self) -> RowReading[RowT]:
        return self

    def _records(self, file: OpenFile[RowBuilder[RowT]]) -> Iterator[RowT]:
        inspector = Inspector(file.header, file.builder.kinds, looks_closer=file.looks_closer)
        for line, cells in file.records():
            if not any(map(str.strip, cells)):
                continue
            self.rows += 1
            place = file.place(line)
            notes: list[Note] = []
            try:
                fault = inspector.examine(line, cells, notes)
                if fault is not None:
                    raise fault
                record = file.builder.record(cells, place)
            except RowFault as fault:
                self.log.reject(
                    place,
                    fault.code,
                    fault.message,
                    column=fault.column,
                    value=fault.value,
                    hint=fault.hint,
                )
                continue
            for note in notes:
                self.log.warn(place, note.code, column=note.column, value=note.value)
            yield record


def read_rows(
    given: Sequence[Given],
    options: ReadOptions,
    form: Format,
    make_read: Callable[[ReadOptions], Callable[[RowCells, RowPlace, RowKey], RowT]],
    *,
    has_one_format: bool = True,
) -> RowReading[RowT]:
    """Open files of one of our own row shapes; all are judged before this returns.

    Args:
        given: paths, or binary streams such as standard input.
        options: of the call.
        form: the shape; its command is the one that reads.
        make_read: makes the row function, once per file.
        has_one_format: a missing column is said of this shape, not of the nearest known one.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole; nothing was read of any.
    """
    formats = {form.name: RowFormat(make_read)}
    return read_formats(given, options, form.command, formats, has_one_format=has_one_format)


def read_formats(
    given: Sequence[Given],
    options: ReadOptions,
    command: str,
    formats: Mapping[str, RowFormat[RowT]],
    *,
    has_one_format: bool = False,
) -> RowReading[RowT]:
    """Open files of a command that reads several formats; arguments and errors as ``read_rows``.

    Args:
        command: ``shipments import`` …
        formats: by name, each of ``data/formats.toml`` for the command. A mapped file is read as
            ``generic``, our own.
    """

    def make_builder(header: Header, name: str) -> RowBuilder[RowT]:  # noqa: ARG001 - as orders do
        form = formats["generic" if options.mapping else header.format.name]
        return RowBuilder(header, options, form)

    files = open_files(given, command, options, make_builder, has_one_format=has_one_format)
    return RowReading(files, options)
