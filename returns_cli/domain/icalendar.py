"""Due dates as an iCalendar text (RFC 5545): all-day events that calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_LONGEST = 75  # octets of a content line, without its end (RFC 5545 section 3.1)


class DueEvent(NamedTuple):
    """One day on which something is due.

    Attributes:
        uid: the same for the same promise in every export, so that a calendar moves the event.
    """

    uid: str
    due_on: date
    summary: str
    description: str
    category: str


def icalendar_text(name: str, made_at: datetime, events: Iterable[DueEvent]) -> str:
    """The whole calendar; the same arguments give the same text.

    Args:
        name: of the calendar, as programs show it.
        made_at: aware; when these events were written (DTSTAMP).
    """
    return "".join(f"{folded(line)}\r\n" for line in _lines(name, made_at, events))


def _lines(name: str, made_at: datetime, events: Iterable[DueEvent]) -> Iterator[str]:
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//returns//returns calendar export//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{escaped(name)}"
    yield f"X-WR-CALNAME:{escaped(name)}"
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{escaped(event.uid)}"
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{event.due_on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.due_on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(event.summary)}"
        yield f"DESCRIPTION:{escaped(event.description)}"
        yield f"CATEGORIES:{escaped(event.category)}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    r"""A TEXT value (section 3.3.11); control characters, which it cannot hold, are left out.

    >>> escaped("a,b;c\\d\ne")
    'a\\,b\\;c\\\\d\\ne'
    """
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(marked.splitlines())
    return "".join(sign for sign in lines if sign == "\t" or (sign >= " " and sign != "\x7f"))


def folded(line: str) -> str:
    r"""A content line in pieces of at most 75 octets, no character cut in two (section 3.1).

    >>> folded("x" * 76).split("\r\n ") == ["x" * 75, "x"]
    True
    """
    pieces, piece, octets = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > _LONGEST:
            pieces.append(piece)
            piece, octets = "", 1  # the space that begins the next piece
        piece += sign
        octets += size
    return "\r\n ".join([*pieces, piece])
