from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from returns_cli.domain.icalendar import DueEvent, escaped, folded, icalendar_text

EVENT = DueEvent("RMA-1-refund_by@returns", date(2026, 12, 31), "Pay", "Now", "refund_by")


def test_a_calendar_reads_as_rfc_5545_writes_it() -> None:
    east = datetime(2026, 12, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert icalendar_text("Lamp, Shade; Co", east, [EVENT]).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//returns//returns calendar export//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        r"NAME:Lamp\, Shade\; Co",
        r"X-WR-CALNAME:Lamp\, Shade\; Co",
        "BEGIN:VEVENT",
        "UID:RMA-1-refund_by@returns",
        "DTSTAMP:20261130T233000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Pay",
        "DESCRIPTION:Now",
        "CATEGORIES:refund_by",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("text", ["x" * 400, "é" * 90, "返品の期限" * 30, "a" + "🎁" * 50])
def test_long_lines_are_folded_by_octets_and_join_again(text: str) -> None:
    lines = folded(f"SUMMARY:{text}").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == f"SUMMARY:{text}"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("a\r\nBEGIN:VEVENT", r"a\nBEGIN:VEVENT", id="a line break starts no line"),
        pytest.param("a\u2028b\x0bc", r"a\nb\nc", id="nor does any other break"),
        pytest.param("\x1b[31m\x00\x7f", "[31m", id="control characters are left out"),
    ],
)
def test_a_name_cannot_add_lines(name: str, written: str) -> None:
    assert escaped(name) == written
    text = icalendar_text(name, datetime(2026, 1, 1, tzinfo=UTC), [])
    assert "BEGIN:VEVENT" not in text.splitlines()
