"""Finding the header: its line, its delimiter, its format, and each column by its name."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from returns_cli.domain.nearest import nearest
from returns_cli.intake.formats import FORMATS, Format, fold
from returns_cli.intake.records import REJECT_COLUMNS
from returns_cli.intake.refusals import FileRefused
from returns_cli.intake.rows import Dialect, csv_reader, scan_record

SEARCHED_LINES = 20
DELIMITERS = (",", ";", "\t", "|")
_NOT_FOUND = frozenset({"E-FILE-EMPTY", "E-FORMAT-UNKNOWN", "E-CSV-HEADER"})


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a file.

    Attributes:
        format: what the file is.
        dialect: how its cells are parted.
        line: physical line on which it starts, from 1; ``lines``: how many it takes.
        columns: names as the file writes them, trimmed.
        places: folded name -> position; the first where a name stands twice.
        twice: names (as written) that stand twice and are not read.
    """

    format: Format
    dialect: Dialect
    line: int
    columns: tuple[str, ...]
    places: dict[str, int]
    twice: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns; also the position of the empty cell that readers put behind a row."""
        return len(self.columns)

    @property
    def fewest_cells(self) -> int:
        """How many cells a row must have; fewer than ``width`` where the format lacks the last."""
        if not self.format.may_be_short:
            return self.width
        return 1 + max(self.place(*name.split("|")) for name in self.format.signature)

    def place(self, *names: str) -> int:
        """Position of the first of these folded names that is there, else ``width``."""
        return next((self.places[name] for name in names if name in self.places), self.width)

    def has(self, *names: str) -> bool:
        """Whether one of these folded names is there."""
        return any(name in self.places for name in names)

    def shown(self, place: int) -> str | None:
        """The name of a position as the file writes it, None beyond the columns."""
        return self.columns[place] if place < self.width else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be the header, under one delimiter.

    ``own_names``: what the format calls its columns, where the file names them otherwise.
    """

    line: int
    delimiter: str
    cells: tuple[str, ...]
    names: frozenset[str]
    own_names: tuple[str, ...] = ()


def find_header(
    lines: Iterable[str],
    command: str,
    wanted: str | None,
    *,
    has_one_format: bool = False,
) -> Header:
    """The header within the first 20 lines.

    Args:
        lines: physical lines of the file.
        command: ``orders import``, ``receive --file`` …
        wanted: ``--from``, a format of the command; None detects.
        has_one_format: the command reads a single shape, so that a missing column is said of it.

    Raises:
        FileRefused: ``E-FILE-EMPTY``, ``E-FORMAT-*``, ``E-CSV-HEADER``, ``E-CSV-DUP-HEADER``;
            ``E-CSV-UNCLOSED-QUOTE`` where the header is not found for that.
    """
    lines = iter(lines)
    head = list(islice(lines, SEARCHED_LINES))
    try:
        return _find(head, command, wanted, has_one_format=has_one_format)
    except FileRefused as refusal:
        if refusal.problem.code in _NOT_FOUND:
            _check_quotes(head, lines)
        raise


def command_of(lines: Sequence[str]) -> str | None:
    """The command that reads a file which begins so; None where no format, or several, fit."""
    candidates = _candidates(lines[:SEARCHED_LINES])
    if not _any_fits(candidates, ""):
        return None
    try:
        _, form = _detected(candidates, "")
    except FileRefused:
        return None
    return form.command


def _check_quotes(head: Sequence[str], rest: Iterator[str]) -> None:
    """Refuse a file whose header is not found for a quote that is not closed as it must be.

    Behind a sound line of several cells nothing is looked for: that is another format's header.
    """
    delimiter = max(DELIMITERS, key="".join(head).count)
    if delimiter == "\t":
        return  # without quotes, as Amazon writes it
    lines, line = chain(head, rest), 1
    while line <= len(head):
        try:
            record = scan_record(lines, Dialect(delimiter))
        except ValueError:
            raise FileRefused("E-CSV-UNCLOSED-QUOTE", line=line) from None
        if sum(map(bool, map(str.strip, record.cells))) > 1:
            return
        line += record.lines


def _find(head: Sequence[str], command: str, wanted: str | None, *, has_one_format: bool) -> Header:
    candidates = _candidates(head)
    if not candidates:
        filled = next((line for line, text in enumerate(head, 1) if text.strip("\ufeff \t\r\n")), 0)
        raise FileRefused("E-FORMAT-UNKNOWN" if filled else "E-FILE-EMPTY", line=filled or 1)
    own = [one for one in FORMATS if one.command == command and (not wanted or one.name == wanted)]
    if wanted is not None or (has_one_format and not _any_fits(candidates, command)):
        candidate, form = _nearest(candidates, own)
        if not form.fits(candidate.names):
            translated = _translated(candidates, own) if wanted else None
            if translated is None:
                raise _missing(candidate, form)
            candidate, form = translated
    else:
        candidate, form = _detected(candidates, command)
    _check_command(form, command, candidate.line)
    return _header(candidate, form)


def _translated(
    candidates: Sequence[_Candidate], forms: Sequence[Format]
) -> tuple[_Candidate, Format] | None:
    """A header in another language, its names put in their fixed order; None where there is none.

    Only for a layout that was named with ``--from``, whose columns always stand in the same order,
    and only where none but one of its own names is there: a date is a date in several languages.
    """
    for candidate in candidates:
        for form in forms:
            names = tuple(map(fold, candidate.cells))
            rejects = REJECT_COLUMNS if names[: len(REJECT_COLUMNS)] == REJECT_COLUMNS else ()
            width, known = len(names) - len(rejects), len(form.in_order)
            is_foreign = len(form.missing_in(candidate.names)) >= len(form.signature) - 1
            if known and is_foreign and known - 1 <= width <= known and all(names):
                return replace(candidate, own_names=rejects + form.in_order[:width]), form
    return None


def _candidates(head: Sequence[str]) -> list[_Candidate]:
    found = []
    for at, text in enumerate(head):
        if not text.strip("\ufeff\u200b \t\r\n"):
            continue
        for delimiter in DELIMITERS:
            cells = _first_record(head[at:], delimiter)
            if cells:
                names = frozenset(map(fold, cells)) - {""}
                found.append(_Candidate(at + 1, delimiter, tuple(cells), names))
    return found


def _first_record(lines: Sequence[str], delimiter: str) -> list[str]:
    try:
        return next(csv_reader(lines, Dialect(delimiter)), [])
    except csv.Error:
        return []


def _fitting(candidate: _Candidate, command: str) -> list[Format]:
    return [
        one
        for one in FORMATS
        if one.fits(candidate.names)
        and (one.command == command or not one.is_closed or candidate.names <= one.columns)
    ]


def _any_fits(candidates: Sequence[_Candidate], command: str) -> bool:
    return any(_fitting(candidate, command) for candidate in candidates)


def _detected(candidates: Sequence[_Candidate], command: str) -> tuple[_Candidate, Format]:
    """The first line that fits a format; there the longest signature, the command's own first."""
    found = [(one, form) for one in candidates for form in _fitting(one, command)]
    if not found:
        raise _unknown(candidates, command)
    line = found[0][0].line
    on_line = [(one, form) for one, form in found if one.line == line]
    longest = max(len(form.signature) for _, form in on_line)
    best = [(one, form) for one, form in on_line if len(form.signature) == longest]
    best = [(one, form) for one, form in best if form.command == command] or best
    if len({(form.name, form.signature) for _, form in best}) > 1:
        names = " and ".join(sorted({f"{form.name} ({form.command})" for _, form in best}))
        raise FileRefused("E-FORMAT-AMBIGUOUS", f"The columns fit {names}.", line=line)
    return best[0]


def _nearest(
    candidates: Sequence[_Candidate], forms: Sequence[Format]
) -> tuple[_Candidate, Format]:
    def closeness(pair: tuple[_Candidate, Format]) -> tuple[float, int]:
        candidate, form = pair
        missing = len(form.missing_in(candidate.names))
        known = len(candidate.names & form.columns) if form.columns else 0
        return (1 - missing / len(form.signature), known)

    return max(((one, form) for one in candidates for form in forms), key=closeness)


def _unknown(candidates: Sequence[_Candidate], command: str) -> FileRefused:
    forms = [one for one in FORMATS if one.command == command]
    candidate, form = _nearest(candidates, forms)
    for incomplete in candidates:
        for like in forms:
            if like.is_like(incomplete.names):
                return _missing(incomplete, like)
    missing = form.missing_in(candidate.names)
    if len(missing) == len(form.signature):
        return FileRefused("E-FORMAT-UNKNOWN", line=candidate.line)
    return FileRefused(
        "E-FORMAT-UNKNOWN",
        f"No known format has these columns; the nearest is {form.name}, "
        f"which also needs {_listed(missing)}.",
        line=candidate.line,
    )


def _missing(candidate: _Candidate, form: Format) -> FileRefused:
    missing = form.missing_in(candidate.names)
    near = [
        f"{found} stands there in place of {name}"
        for wanted in missing
        for name in wanted.split("|")[:1]
        for found in nearest(name, sorted(candidate.names))
    ]
    what = "The columns {} are missing" if len(missing) > 1 else "The column {} is missing"
    message = what.format(_listed(missing)) + (f"; {', '.join(near)}." if near else ".")
    return FileRefused(
        "E-CSV-HEADER", message, line=candidate.line, column=missing[0].replace("|", " or ")
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("|", " or ") for name in names)


def _check_command(form: Format, command: str, line: int) -> None:
    if form.command != command:
        raise FileRefused(
            "E-FORMAT-COMMAND",
            f"This is {form.what}; {command.removesuffix(' --file')} does not read it.",
            hint=f"Use: returns {form.command}",
            line=line,
        )


def _header(candidate: _Candidate, form: Format) -> Header:
    columns = tuple(" ".join(cell.strip("\ufeff\u200b").split()) for cell in candidate.cells)
    folded = list(candidate.own_names or map(fold, candidate.cells))
    counts = Counter(name for name in folded if name)
    twice = [name for name, count in counts.items() if count > 1]
    for name in twice:
        if name in form.columns:
            shown = columns[folded.index(name)]
            raise FileRefused("E-CSV-DUP-HEADER", line=candidate.line, column=shown)
    places: dict[str, int] = {}
    for place, name in enumerate(folded):
        if name:
            places.setdefault(name, place)
    return Header(
        form,
        # Without quotes are the formats whose cells tabs part; between commas there are some.
        Dialect(candidate.delimiter, form.quoted or candidate.delimiter != "\t"),
        candidate.line,
        columns,
        places,
        tuple(columns[folded.index(name)] for name in twice),
    )


def codec_hint(head: bytes) -> str | None:
    """The codec under which the first lines of a file fit a known format, for a refusal's hint.

    Nothing is decoded by it: it is only named.
    """
    lines = b"\n".join(head.splitlines()[:SEARCHED_LINES])
    for codec in ("ascii", "gbk", "big5", "shift_jis", "euc_kr", "cp1252"):
        text = lines.decode(codec, errors="ignore")
        candidates = _candidates([line + "\n" for line in text.split("\n")])
        if any(
            one.fits(found.names) for found in candidates for one in FORMATS if not one.is_closed
        ):
            return "cp1252" if codec == "ascii" else codec
    return None
