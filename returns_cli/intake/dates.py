"""Cells of dates to the stored form: an instant with its offset, or a bare day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from returns_cli.domain.days import iso, parse_day, parse_instant
from returns_cli.domain.errors import UsageError
from returns_cli.intake.problems import RowFault

_CACHE_SIZE = 1_000
_MAX_LENGTH = 64
_YEARS = range(1970, 2200)
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_USUAL = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])(:[0-5][0-9]) ?"
    r"([+-](?:0[0-9]|1[0-4])):?([0-5][0-9])"
)
_DAY, _MINUTE = 10, 16  # where a day and a minute end in a text that ``_USUAL`` takes
_TOKENS = {
    "YYYY": "%Y", "YY": "%y", "MMM": "%b", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d",
    "HH": "%H", "H": "%H", "mm": "%M", "SS": "%S", "ss": "%S", "AM": "%p", "PM": "%p",
}  # fmt: skip
_CLOCK = re.compile(r"HH?:MM(?::SS)?", re.IGNORECASE)
_TOKEN = re.compile("YYYY|YY|AM|PM|MMM|MM|M|DD|D|HH|H|mm|SS|ss")


class DateReader(dict[str, str]):
    """Stored dates by their text: a cache that reads on a miss.

    ``reader["2025-12-06 10:37:33 -0500"]`` gives ``2025-12-06T10:37:33-05:00``, a bare day stays
    itself. The cell is trimmed before.

    Args:
        zone: of date-times without an offset.
        style: ``--date-format``, read where the text is not ISO 8601; it replaces ``own_styles``.
        own_styles: the format's own, as ``strptime`` writes them. Month and day names fold case.
            A text that two of them read as different dates is refused.

    Raises:
        RowFault: ``E-DATE`` (without a column: the caller knows it).
    """

    def __init__(
        self, zone: ZoneInfo, style: str | None = None, own_styles: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._zone = zone
        self._days: dict[str, str] = {}
        self._clocks: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        self._styles = tuple(own_styles) if style is None else (strptime_style(style),)

    def __missing__(self, text: str) -> str:
        try:  # what nearly all exports write: each part was checked when it was first met
            return (
                self._days[text[:_DAY]]
                + self._clocks[text[_DAY:_MINUTE]]
                + self._tails[text[_MINUTE:]]
            )
        except KeyError:
            stored = self._read(text)
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[text] = _checked(stored)
        return stored

    def _read(self, text: str) -> str:
        if len(text) > _MAX_LENGTH or _FOREIGN_DIGIT.search(text):
            raise RowFault("E-DATE")
        usual = _USUAL.fullmatch(text)
        try:
            if usual is not None:
                day, clock, seconds, hours, minutes = usual.groups()
                if len(self._tails) >= _CACHE_SIZE:
                    self._tails.clear()
                self._clocks[text[_DAY:_MINUTE]] = f"T{clock}"
                self._tails[text[_MINUTE:]] = f"{seconds}{hours}:{minutes}"
                return f"{self._day(day)}T{clock}{seconds}{hours}:{minutes}"
            if len(text) == _DAY:
                return self._day(text)
            return iso(parse_instant(text, self._zone))
        except ValueError:
            return self._read_style(text)

    def _day(self, text: str) -> str:
        stored = self._days.get(text)
        if stored is None:
            stored = _checked(parse_day(text).isoformat())
            self._days[text] = stored
        return stored

    def _read_style(self, text: str) -> str:
        readings = {one for style in self._styles if (one := self._styled(text, style))}
        if len(readings) > 1:
            raise RowFault("E-DATE", message="The date can be read in two ways.")
        if not readings:
            raise RowFault("E-DATE")
        return readings.pop()

    def _styled(self, text: str, style: str) -> str | None:
        try:
            moment = datetime.strptime(text, style)  # noqa: DTZ007 - the zone follows below
        except ValueError:
            return None
        if not _has_clock(style):
            return moment.date().isoformat()
        return iso(moment if moment.tzinfo else moment.replace(tzinfo=self._zone))


def _checked(stored: str) -> str:
    if int(stored[:4]) not in _YEARS:
        raise RowFault("E-DATE", message="The year cannot be right.")
    return stored


def _has_clock(style: str) -> bool:
    return any(directive in style for directive in ("%H", "%I", "%c", "%X", "%s"))


def strptime_style(style: str) -> str:
    """The ``strptime`` form of ``--date-format``, written so or as ``DD/MM/YYYY HH:MM``.

    Raises:
        UsageError: it names no day, month and year, or a directive that does not exist.

    >>> strptime_style("DD.MM.YYYY HH:MM"), strptime_style("M/D/YY H:MM AM")
    ('%d.%m.%Y %H:%M', '%m/%d/%y %I:%M %p')
    """
    directives = style
    if "%" not in style:
        clocked = _CLOCK.sub(lambda found: found[0].upper().replace(":MM", ":mm"), style)
        directives = _TOKEN.sub(lambda found: _TOKENS[found[0]], clocked)
    if "%p" in directives:  # beside %H it would be read and not counted: 3 PM as 03:00
        directives = directives.replace("%H", "%I")
    has_day = all(any(f"%{one}" in directives for one in part) for part in ("Yy", "mbB", "d"))
    try:
        sample = datetime(2026, 3, 5, 10, 37, tzinfo=UTC).strftime(directives)
        datetime.strptime(sample, directives)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        has_day = False
    if not has_day:
        raise UsageError(
            "E-USAGE",
            "The date format does not say where day, month and year stand.",
            where="--date-format",
            hint="Write it as DD/MM/YYYY or %d/%m/%Y.",
        )
    return directives
