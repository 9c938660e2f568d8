"""Which date styles and decimal marks fit every cell of a column: what a look at a file may say."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product

from returns_cli.intake.dates import DateReader, strptime_style
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import UTC

ISO = "ISO 8601"

_DAYS = (
    "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD",
    "YYYY.MM.DD", "DD/MM/YY", "MM/DD/YY", "DD.MM.YY", "YYYYMMDD", "DD MMM YYYY", "MMM DD, YYYY",
    "MMM DD YYYY", "DD-MMM-YYYY", "DD-MMM-YY", "MMM-DD-YY", "YYYY年MM月DD日",
)  # fmt: skip
_TIMES = ("", " HH:MM", " HH:MM:SS", " HH:MM AM", " HH:MM:SS AM")
_STYLES = {
    day + join + time.strip(): strptime_style(day + join + time.strip())
    for day, time in product(_DAYS, _TIMES)
    for join in ((" ", ", ") if time else ("",))
}
_KEPT = 10_000
_NUMBER = re.compile(r"[0-9][0-9.,'’ \u00a0\u202f]*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")


class DateStyles:
    """Narrows the styles of one column, cell by cell.

    A few cells may be wrong: a style is dropped when it fails on more than a tenth of them.

    Attributes:
        count: different texts that were seen.
        sample: the first cell that is no ISO date, empty where all are.
    """

    def __init__(self) -> None:
        self.count = 0
        self.sample = ""
        self._misses = dict.fromkeys(_STYLES, 0)
        self._seen: set[str] = set()
        self._iso = DateReader(UTC)

    def see(self, text: str) -> None:
        """Look at a filled cell."""
        if text in self._seen:
            return
        if len(self._seen) < _KEPT:
            self._seen.add(text)
        self.count += 1
        try:
            self._iso[text]
        except RowFault:
            self.sample = self.sample or text
            self._narrow(text)

    def _narrow(self, text: str) -> None:
        limit = 2 + self.count // 10
        self._misses = {
            name: misses
            for name, before in self._misses.items()
            if (misses := before + (not _reads(text, _STYLES[name]))) <= limit
        }

    @property
    def unread(self) -> int:
        """Different texts that the styles that fit best do not read."""
        if not self.sample:
            return 0
        return min(self._misses.values(), default=self.count)

    @property
    def fits(self) -> tuple[str, ...]:
        """The styles that read all cells, or nearly all; ``ISO 8601`` where all are ISO dates."""
        if not self.count:
            return ()
        if not self.sample:
            return (ISO,)
        best = self.unread
        return tuple(name for name, misses in self._misses.items() if misses == best < self.count)


def _reads(text: str, directives: str) -> bool:
    try:
        datetime.strptime(text, directives)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return text.isascii() or "年" in directives


class DecimalMarks:
    """Gathers what amounts tell of their decimal mark.

    Attributes:
        unclear: the first amount that could be read both ways, empty where none is.
    """

    def __init__(self) -> None:
        self.unclear = ""
        self._marks: set[str] = set()

    def see(self, text: str) -> None:
        """Look at a filled cell."""
        found = _NUMBER.search(text)
        if found is None:
            return
        number = found[0].rstrip(".,'’ \u00a0\u202f")
        dots, commas = number.count("."), number.count(",")
        if not dots and not commas:
            return
        if dots and commas:
            self._marks.add(max(".,", key=number.rfind))
        elif dots + commas > 1:
            if _GROUPED.fullmatch(number):
                self._marks.add("," if dots else ".")
        elif len(number) - max(number.rfind("."), number.rfind(",")) - 1 != 3:
            self._marks.add("." if dots else ",")
        else:
            self.unclear = self.unclear or text

    @property
    def fits(self) -> tuple[str, ...]:
        """The marks that some amount proves: ``dot``, ``comma``, both or none."""
        return tuple(name for sign, name in ((".", "dot"), (",", "comma")) if sign in self._marks)
