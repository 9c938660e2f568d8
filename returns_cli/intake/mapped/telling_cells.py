"""What the cells of all rows tell of how a file writes its dates and amounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from returns_cli.intake.mapped.styles import DateStyles, DecimalMarks

_SAMPLE = 200
_LONGEST = 40
_DATE_LIKE = re.compile(
    r"[0-9]{1,4}[-/.年 ]{1,2}(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/.月 ,]{1,2}[0-9]{1,4}.*"
    r"|[A-Za-z]{3,9}[- .][0-9]{1,2}[-, ]{1,2}[0-9]{2,4}.*"
)
_AMOUNT = re.compile(r"[^0-9]{0,5}[0-9][0-9.,'’ \u00a0\u202f]*[^0-9]{0,5}")


class Column(NamedTuple):
    """What the cells of a column of dates tell.

    Attributes:
        name: as the file writes it.
        fits: date styles that read every cell, or as many as any style does.
        unread: different cells that those do not read.
        sample: the first cell that is no ISO date; empty where all are.
    """

    name: str
    fits: tuple[str, ...]
    unread: int
    sample: str


class TellingCells:
    """Looks at the rows of a file.

    Args:
        columns: names of the header.
        money: positions where amounts may stand.

    Attributes:
        rows: records that were looked at.
        marks: what the amounts tell.
    """

    def __init__(self, columns: Sequence[str], money: Iterable[int]) -> None:
        self._columns = columns
        self._may_be_money = sorted(money)
        self._dates: dict[int, DateStyles] = {}
        self.rows = 0
        self.marks = DecimalMarks()

    def look(self, open_records: Callable[[], Iterator[list[str]]]) -> None:
        """Look at every row; a first reading of some rows finds the columns that tell something.

        Args:
            open_records: opens the filled records behind the header.
        """
        sample = list(islice(open_records(), _SAMPLE))
        columns = [
            [text for row in sample if at < len(row) and (text := row[at].strip())]
            for at in range(len(self._columns))
        ]
        self._dates = {at: DateStyles() for at, cells in enumerate(columns) if _are_dates(cells)}
        amounts = [
            at for at in self._may_be_money if at not in self._dates and _are_amounts(columns[at])
        ]
        for cells in open_records():
            self.rows += 1
            for at, styles in self._dates.items():
                if at < len(cells) and (text := cells[at].strip()):
                    styles.see(text)
            for at in amounts:
                if at < len(cells):
                    self.marks.see(cells[at])

    @property
    def dates(self) -> tuple[Column, ...]:
        """The columns of dates."""
        return tuple(
            Column(self._columns[at], one.fits, one.unread, one.sample)
            for at, one in self._dates.items()
            if one.fits
        )


def _are_dates(cells: Sequence[str]) -> bool:
    """Whether nearly all cells look like dates, and one style reads most of them."""
    like = [cell for cell in cells if len(cell) <= _LONGEST and _DATE_LIKE.fullmatch(cell)]
    if not cells or 10 * len(like) < 9 * len(cells):
        return False
    styles = DateStyles()
    for cell in like:
        styles.see(cell)
    return bool(styles.fits)


def _are_amounts(cells: Sequence[str]) -> bool:
    like = sum(1 for cell in cells if _AMOUNT.fullmatch(cell))
    return bool(cells) and 10 * like >= 9 * len(cells)
