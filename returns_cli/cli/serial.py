"""Answers as JSON and CSV text, and a plain page for answers without a page of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from returns_cli.cli.page import Block, Fields, Page, Piece, Table
from returns_cli.cli.sanitise import spreadsheet_cell
from returns_cli.domain.remembered import Remembered

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def json_text(answer: object, *, pretty: bool = False) -> str:
    """One JSON value; keys keep their order, characters stay as they are.

    Args:
        pretty: indented by two, for a person.
    """
    if not pretty:
        return _encoded(answer)
    return json.dumps(answer, ensure_ascii=False, indent=2)


def row_text(answer: object) -> str:
    """One JSON value of a long list: the same text as :func:`json_text`.

    Most of a judged return are the settings of its lines, and returns judged by the same rules
    show the very same list: its text is written once.
    """
    lines = answer.get("lines") if isinstance(answer, dict) else None
    if not isinstance(lines, list) or not all("settings" in one for one in lines):
        return json_text(answer)
    told = ", ".join(map(_line_text, lines))
    return _with({**answer, "lines": None}, "lines", f"[{told}]")  # type: ignore[dict-item]  # it is one


def _line_text(line: dict[str, object]) -> str:
    return _with({**line, "settings": None}, "settings", _shared_text(line["settings"]))


def _with(answer: dict[str, object], key: str, text: str) -> str:
    """An object's text with one member's text put in: inside of a text no quote stands bare."""
    return json_text(answer).replace(f'"{key}": null', f'"{key}": {text}', 1)


_shared_text: Remembered[object, str] = Remembered(json_text)


def rows_of(answer: object) -> Sequence[object]:
    """The rows of an answer: a list's items, or the answer itself."""
    return answer if isinstance(answer, list) else [answer]


def csv_text(answer: object, columns_of_none: Sequence[str] = ()) -> str:
    """CSV with a header line, safe for spreadsheets: no cell runs as a formula.

    Columns are the keys of the rows in order of appearance. Nested values are JSON in their cell.

    Args:
        columns_of_none: the header where there is no row.
    """
    rows = [row if isinstance(row, Mapping) else {"value": row} for row in rows_of(answer)]
    columns = list(dict.fromkeys(str(key) for row in rows for key in row))
    return "".join(_csv_lines(columns or columns_of_none, rows))


def csv_rows(answers: Iterable[object]) -> Iterator[str]:
    """The same line by line, of objects that all have the keys of the first."""
    rows = (row if isinstance(row, Mapping) else {"value": row} for row in answers)
    for first in rows:
        yield from _csv_lines(list(map(str, first)), chain([first], rows))


def csv_table(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, raw: bool = False
) -> Iterator[str]:
    """The lines of a table whose columns are known: the header stands there without a row, too.

    Args:
        raw: cells as they are, though a spreadsheet may run them.
    """
    return _csv_lines(columns, rows, _csv_cell if raw else _safe_cell)


def _safe_cell(value: object) -> str:
    return spreadsheet_cell(_csv_cell(value))


def _csv_lines(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    cell: Callable[[object], str] = _safe_cell,
) -> Iterator[str]:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def generic_page(answer: object) -> Page:
    """A page for any answer: fields for an object, a table for a list."""
    rows = rows_of(answer)
    if isinstance(answer, Mapping):
        return _object_page(answer)
    columns = list(
        dict.fromkeys(str(key) for row in rows if isinstance(row, Mapping) for key in row)
    )
    if not columns:
        return [Table(["value"], [[_flat(row)] for row in rows], empty="Nothing to show.")]
    body: list[list[Piece]] = [
        [_flat(row.get(column)) for column in columns] for row in rows if isinstance(row, Mapping)
    ]
    return [Table(columns, body)]


def _object_page(answer: Mapping[str, object]) -> Page:
    plain: list[tuple[str, Piece]] = []
    tables: list[Block] = []
    for key, value in answer.items():
        if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            tables += [
                Table(block.columns, block.rows, title=key)
                for block in generic_page(value)
                if isinstance(block, Table)
            ]
        else:
            plain.append((key, _flat(value)))
    return [Fields(plain), *tables] if plain else tables


def _csv_cell(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else _flat(value)


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
