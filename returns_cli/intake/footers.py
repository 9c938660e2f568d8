"""Lines of a file that are no rows: footers, and the titles and headers between joined files.

Marketplaces close an export with its count and the seller's name; sellers join such exports, so
that the same lines stand in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from returns_cli.intake.formats import fold
from returns_cli.intake.header import Header

_FOOTER = re.compile(r"(?:[0-9.,]+,? ?)?record\(s\) downloaded\b.*|seller id ?:.*", re.DOTALL)


def is_footer(cells: list[str]) -> bool:
    """Whether a line is the footer of an export.

    >>> is_footer(["45", "record(s) downloaded", "from Oct-01-26 to Oct-31-26"])
    True
    """
    filled = [name for name in map(fold, cells[:3]) if name]
    return bool(filled) and _FOOTER.fullmatch(" ".join(filled)) is not None


def without_footers(
    records: Iterator[tuple[int, list[str]]], header: Header
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file that may be several, one behind the other.

    Left out are footers, the header where it stands again, and behind a footer lines of one cell
    (titles, ``sep=,``).
    """
    names = [fold(column) for column in header.columns]
    is_between = False
    for line, cells in records:
        if is_footer(cells):
            is_between = True
        elif is_between and sum(map(bool, map(str.strip, cells))) == 1:
            continue
        elif fold(cells[0] if cells else "") == names[0] and list(map(fold, cells)) == names:
            is_between = False
        else:
            is_between = is_between and not any(map(str.strip, cells))
            yield line, cells
