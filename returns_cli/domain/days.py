"""Days and instants: ISO 8601 text in, the shop's calendar days out.

A stored ``…_at`` is either a full instant with its offset (``2026-03-05T10:37:33-05:00``) or, where
a source gives no time, a bare day (``2026-03-05``). A bare day is that day in the shop's zone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# Patterns stay text, which `re` compiles once it is needed: few commands are told a day.
_DAY = r"(?a)\d{4}-\d{2}-\d{2}"
_INSTANT = (
    r"(?a)(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)"
    r" ?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?"
)
_YEARS = range(1900, 3000)  # room to count days on both sides; sentinels such as 9999 are no dates
_SATURDAY = 5


def parse_day(text: str) -> date:
    """A calendar day written ``YYYY-MM-DD`` and nothing else.

    Raises:
        ValueError: any other style, or not a real day.
    """
    if not re.fullmatch(_DAY, text):
        raise ValueError(f"{text!r} is not a day written YYYY-MM-DD")
    return date.fromisoformat(text)


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """An aware instant from ISO 8601 text; without an offset it is in ``zone``.

    A bare day means 12:00 in ``zone`` (the contract of ``--as-of``).

    Raises:
        ValueError: another style, an hour 24 or 99, not a real day, or not of 1900 to 2999.
    """
    if re.fullmatch(_DAY, text):
        moment = datetime.combine(date.fromisoformat(text), time(12), zone)
    else:
        match = re.fullmatch(_INSTANT, text)
        if not match:
            raise ValueError(f"{text!r} is not an ISO 8601 date or date-time")
        day, clock, offset = match.groups()
        moment = datetime.fromisoformat(f"{day}T{clock}{offset or ''}")
        moment = moment if offset else moment.replace(tzinfo=zone)
    if moment.year not in _YEARS:
        raise ValueError(f"{text!r} is not of the years 1900 to 2999")
    return moment


@lru_cache(4096)
def local_day(at: str, zone: ZoneInfo) -> date:
    """The shop's calendar day of a stored ``…_at`` (an instant or a bare day).

    An instant without an offset is the shop's own time, never that of the machine.
    """
    if len(at) == 10:
        return parse_day(at)
    moment = datetime.fromisoformat(at)
    return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()


def iso(moment: datetime) -> str:
    """An aware instant as stored and shown: ISO 8601 to the second, with its offset."""
    return moment.isoformat(timespec="seconds")


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Neither Saturday, Sunday nor a holiday of the shop's calendar."""
    return day.weekday() < _SATURDAY and day not in holidays


def roll_to_business_day(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next working day where it is none (Regulation 1182/71 Art 3(4))."""
    while not is_business_day(day, holidays):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, days: int, holidays: Collection[date]) -> date:
    """The ``days``-th working day after ``day``; 0 gives ``day`` itself."""
    while days > 0:
        day += timedelta(days=1)
        if is_business_day(day, holidays):
            days -= 1
    return day
