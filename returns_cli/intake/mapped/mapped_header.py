"""The header of a file that a mapping describes: found by the columns that the mapping names."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from returns_cli.domain.nearest import nearest
from returns_cli.intake.formats import Format, fold
from returns_cli.intake.header import DELIMITERS, SEARCHED_LINES, Header
from returns_cli.intake.mapped.mapping import FileMapping
from returns_cli.intake.records import REJECT_COLUMNS
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.rows import Dialect, csv_reader

_REJECTS = ",".join(REJECT_COLUMNS).encode()


class _Line(NamedTuple):
    """A line that may be the header, parted one way."""

    number: int
    dialect: Dialect
    columns: tuple[str, ...]
    folded: tuple[str, ...]


def is_reject_file(head: bytes) -> bool:
    """Whether a file is one of our own reject files: UTF-8 with commas, whatever its source was."""
    return head.lstrip(b"\xef\xbb\xbf").startswith(_REJECTS)


def find_mapped_header(lines: Iterable[str], mapping: FileMapping, command: str) -> Header:
    """The header that has every column the mapping names, under our names for them.

    It is looked for behind the preamble that the mapping states, then in the first 20 lines: a
    reject file of ours has no preamble.

    Args:
        lines: physical lines of the file.
        mapping: what to look for.
        command: that reads.

    Raises:
        FileRefused: ``E-FILE-EMPTY``, ``E-CSV-HEADER``, ``E-CSV-DUP-HEADER``.
    """
    head = list(islice(lines, mapping.preamble + SEARCHED_LINES))
    found = list(_parted(head, mapping))
    if not found:
        raise FileRefused("E-FILE-EMPTY", line=1)
    wanted = {fold(name): name for name in mapping.named()}
    best = max(found, key=lambda line: len(wanted.keys() & set(line.folded)))  # the first of equals
    missing = [name for folded, name in wanted.items() if folded not in best.folded]
    if missing:
        raise _lacking(best, missing, mapping)
    return _header(best, wanted, mapping, command)


def _parted(head: Sequence[str], mapping: FileMapping) -> Iterator[_Line]:
    """Every line under every delimiter; the line behind the preamble and our own sign first."""
    behind = range(mapping.preamble, len(head))
    own = [mapping.delimiter] if mapping.delimiter else []
    for at in dict.fromkeys([*behind, *range(min(len(head), SEARCHED_LINES))]):
        if not head[at].strip("\ufeff\u200b \t\r\n"):
            continue
        is_rejects = is_reject_file(head[at].encode())
        for delimiter in dict.fromkeys([*own, *DELIMITERS]):
            dialect = Dialect(delimiter, mapping.quotes or is_rejects)
            cells = _record(head[at:], dialect)
            columns = tuple(" ".join(cell.strip("\ufeff\u200b").split()) for cell in cells)
            yield _Line(at + 1, dialect, columns, tuple(map(fold, cells)))


def _record(lines: Sequence[str], dialect: Dialect) -> list[str]:
    try:
        return next(csv_reader(lines, dialect), [])
    except csv.Error:
        return []


def _lacking(line: _Line, missing: Sequence[str], mapping: FileMapping) -> FileRefused:
    named = mapping.named()
    free = [one for one in line.folded if one not in set(map(fold, named))]
    said = ", ".join(f"{name} ({mapping.file}:{named[name]})" for name in missing)
    near = [
        f"{line.columns[line.folded.index(found)]} stands there in place of {name}"
        for name in missing
        for found in nearest(fold(name), free)
    ]
    what = "The columns {} are not in the file" if len(missing) > 1 else "The column {} is missing"
    return FileRefused(
        "E-CSV-HEADER",
        what.format(said) + (f"; {', '.join(near)}." if near else "."),
        line=line.number,
        column=missing[0],
        hint="Write the names in the mapping as the file's header does.",
    )


def _header(line: _Line, wanted: Mapping[str, str], mapping: FileMapping, command: str) -> Header:
    counts = Counter(name for name in line.folded if name)
    twice = [name for name, count in counts.items() if count > 1]
    for name in twice:
        if name in wanted:
            shown = line.columns[line.folded.index(name)]
            raise FileRefused("E-CSV-DUP-HEADER", line=line.number, column=shown)
    places = dict(_places(line, mapping))
    form = Format(
        mapping.format_name,
        command,
        f"a file that {mapping.file} maps",
        (),
        columns=frozenset(places),
        quoted=line.dialect.quoted,
    )
    shown_twice = tuple(line.columns[line.folded.index(name)] for name in twice)
    return Header(form, line.dialect, line.number, line.columns, places, shown_twice)


def _places(line: _Line, mapping: FileMapping) -> Iterator[tuple[str, int]]:
    """Our names and where they stand; what is joined or of an item has a number behind it."""
    for number, columns in enumerate((mapping.columns, *mapping.items)):
        for ours, theirs in columns.items():
            for turn, name in enumerate(theirs):
                is_plain = not number and not turn
                yield (
                    ours if is_plain else f"{ours}#{number}.{turn}",
                    line.folded.index(fold(name)),
                )
    for number, name in enumerate(mapping.payments.values()):
        yield f"payments#{number}", line.folded.index(fold(name))
