"""Read the codes of a printed file back, as a scanner would."""

from __future__ import annotations

from pathlib import Path

from returns_cli.domain.errors import InvalidError, Problem, UsageError
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import view_problem

_MOST_BYTES = 200_000_000


def check_paper(path: Path) -> Json:
    """Read every code of a PDF at 203 and at 300 dpi; nothing is written.

    Returns:
        ``ok`` is false where a page has fewer codes that read than it holds.

    Raises:
        UsageError: the file cannot be read.
        InvalidError: it is no PDF, or the libraries for it are not installed.
    """
    from returns_cli.documents.reading import read_back

    try:
        reading = read_back(_bytes_of(path))
    except InvalidError as error:
        error.where = error.where or str(path)
        raise
    problems = [
        Problem(
            "E-CODE-UNREAD",
            f"Page {page}: {read} of {held} codes read at {dpi} dpi.",
            file=path.name,
            hint="Print it again at 100 %, on a larger --size or with the printer's --dpi.",
        )
        for page, dpi, read, held in reading.faults
    ]
    return {
        "ok": not problems,
        "pages": reading.pages,
        "codes": [code._asdict() for code in reading.codes],
        "problems": [view_problem(one) for one in problems],
    }


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            f"Cannot read {path.name}: {(error.strerror or 'the system refused').lower()}.",
            where=str(path),
            hint="Name a PDF that `returns label` or `returns slip` made.",
        ) from error
    if len(data) > _MOST_BYTES:
        raise InvalidError(
            "E-PDF-UNREADABLE", f"{path.name} is larger than 200 MB.", where=str(path)
        )
    return data
