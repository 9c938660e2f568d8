from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.days import (
    add_business_days,
    is_business_day,
    iso,
    local_day,
    parse_day,
    parse_instant,
    roll_to_business_day,
)

NEW_YORK = ZoneInfo("America/New_York")  # -05:00, from 8 March to 1 November 2026 -04:00
BUCHAREST = ZoneInfo("Europe/Bucharest")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")  # +14:00
NEPAL = ZoneInfo("Asia/Kathmandu")  # +05:45


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026-03-05", date(2026, 3, 5), id="a day"),
        pytest.param("2028-02-29", date(2028, 2, 29), id="a leap day"),
        pytest.param("9999-12-31", date(9999, 12, 31), id="a policy without an end"),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert parse_day(text) == day


NOT_DAYS = [
    pytest.param("2026-02-29", id="no leap year"),
    pytest.param("2026-13-01", id="a thirteenth month"),
    pytest.param("2026-00-10", id="month zero"),
    pytest.param("0000-01-01", id="year zero"),
    pytest.param("2026-3-5", id="no leading zeros"),
    pytest.param("20260305", id="the basic style, which fromisoformat takes"),
    pytest.param("2026-W10-4", id="a week date, which fromisoformat takes"),
    pytest.param("2026-064", id="a day of the year"),
    pytest.param("05/03/2026", id="slashes"),
    pytest.param(" 2026-03-05", id="a space before"),
    pytest.param("2026-03-05\n", id="a line end behind"),
    pytest.param("\u0662\u0660\u0662\u0666-03-05", id="Arabic digits"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("text", [*NOT_DAYS, pytest.param("2026-03-05T10:00", id="an instant")])
def test_nothing_else_is_a_day(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the standard library words some of them
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("2026-03-05T10:37:33-05:00", "2026-03-05T10:37:33-05:00", id="with offset"),
        pytest.param("2026-03-05 10:37:33 -0500", "2026-03-05T10:37:33-05:00", id="Shopify's"),
        pytest.param("2026-03-05T10:37:33 -0500", "2026-03-05T10:37:33-05:00", id="T and a space"),
        pytest.param("2026-03-05T10:37:33Z", "2026-03-05T10:37:33+00:00", id="Z"),
        pytest.param("2026-03-05 10:37 Z", "2026-03-05T10:37:00+00:00", id="spaces and Z"),
        pytest.param("2026-03-05T10:37+0545", "2026-03-05T10:37:00+05:45", id="no colon"),
        pytest.param("2026-03-05T10:37:33.5Z", "2026-03-05T10:37:33+00:00", id="a fraction"),
        pytest.param("2026-03-05T10:37", "2026-03-05T10:37:00-05:00", id="the shop's, winter"),
        pytest.param("2026-07-05T10:37:33", "2026-07-05T10:37:33-04:00", id="the shop's, summer"),
        pytest.param("2026-03-05", "2026-03-05T12:00:00-05:00", id="a bare day is noon"),
        pytest.param("2026-07-05", "2026-07-05T12:00:00-04:00", id="noon in summer"),
        pytest.param("2026-03-08", "2026-03-08T12:00:00-04:00", id="noon after the clocks changed"),
        pytest.param("2026-03-08T02:30", "2026-03-08T02:30:00-05:00", id="an hour that is missing"),
        pytest.param("2026-11-01T01:30", "2026-11-01T01:30:00-04:00", id="the hour that is twice"),
        pytest.param("1900-01-01T00:00Z", "1900-01-01T00:00:00+00:00", id="the earliest year"),
        pytest.param("2999-12-31T23:59:59Z", "2999-12-31T23:59:59+00:00", id="the latest year"),
    ],
)
def test_an_instant_is_read_and_shown(text: str, shown: str) -> None:
    assert iso(parse_instant(text, NEW_YORK)) == shown


@pytest.mark.parametrize(
    "text",
    [
        *NOT_DAYS,
        pytest.param("2026-03-05T24:00", id="hour 24, which newer Pythons take"),
        pytest.param("2026-03-05T99:00", id="hour 99"),
        pytest.param("2026-03-05T10:60", id="minute 60"),
        pytest.param("2026-03-05T23:59:60", id="a leap second"),
        pytest.param("2026-03-05T10", id="hours alone, which fromisoformat takes"),
        pytest.param("2026-03-05T1037", id="no colon, which fromisoformat takes"),
        pytest.param("2026-03-05T10:37+05:99", id="an offset of 99 minutes"),
        pytest.param("2026-03-05T10:37+24:00", id="an offset of a day"),
        pytest.param("2026-03-05T10:37+05", id="an offset of hours alone"),
        pytest.param("2026-03-05T10:37:33,5", id="a comma"),
        pytest.param("2026-03-05x10:37", id="another letter, which fromisoformat takes"),
        pytest.param("2026-03-05T10:37  Z", id="two spaces"),
        pytest.param("2026-03-05T10:37 America/New_York", id="a zone's name"),
        pytest.param("2026-02-30T10:37", id="no such day"),
        pytest.param("1899-12-30", id="a spreadsheet's day zero"),
        pytest.param("9999-12-31", id="a sentinel: no day can be counted from it"),
        pytest.param("0001-01-01T00:00+14:00", id="before the first day elsewhere"),
        pytest.param("now", id="a word"),
    ],
)
def test_nothing_else_is_an_instant(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the standard library words some of them
        parse_instant(text, NEW_YORK)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        pytest.param("2026-03-05", NEW_YORK, date(2026, 3, 5), id="a bare day is that day"),
        pytest.param("2026-03-05", KIRITIMATI, date(2026, 3, 5), id="in every zone"),
        pytest.param(
            "2026-03-05T23:30:00-05:00", NEW_YORK, date(2026, 3, 5), id="half an hour to midnight"
        ),
        pytest.param(
            "2026-03-06T04:30:00+00:00", NEW_YORK, date(2026, 3, 5), id="said in UTC, 23:30 here"
        ),
        pytest.param(
            "2026-03-06T05:00:00+00:00", NEW_YORK, date(2026, 3, 6), id="winter: midnight is 5 UTC"
        ),
        pytest.param(
            "2026-07-06T04:00:00+00:00", NEW_YORK, date(2026, 7, 6), id="summer: midnight is 4 UTC"
        ),
        pytest.param(
            "2026-03-05T10:30:00+00:00", KIRITIMATI, date(2026, 3, 6), id="tomorrow far east"
        ),
        pytest.param(
            "2026-03-05T18:15:00+00:00", NEPAL, date(2026, 3, 6), id="18:15 UTC is midnight there"
        ),
        pytest.param("2026-03-05T23:30:00", KIRITIMATI, date(2026, 3, 5), id="no offset: local"),
    ],
)
def test_the_day_of_an_instant_is_the_shop_s(at: str, zone: ZoneInfo, day: date) -> None:
    assert local_day(at, zone) == day


@pytest.mark.parametrize("at", ["2026-W10-4", "2026/03/05"])
def test_a_stored_day_of_another_style_is_refused(at: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        local_day(at, NEW_YORK)


def test_a_day_of_23_and_one_of_25_hours_are_days() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)  # Bucharest: 3:00 to 4:00, 4:00 to 3:00
    for day in (spring, autumn):
        first = datetime(day.year, day.month, day.day, tzinfo=BUCHAREST)
        last = first.replace(hour=23, minute=59)
        assert local_day(iso(first.astimezone(UTC)), BUCHAREST) == day
        assert local_day(iso(last.astimezone(UTC)), BUCHAREST) == day
        before = first.astimezone(UTC) - timedelta(minutes=1)
        assert local_day(iso(before), BUCHAREST) == day - timedelta(days=1)


EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})  # Good Friday and Easter Monday


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        pytest.param(date(2026, 4, 2), date(2026, 4, 2), id="a Thursday stays"),
        pytest.param(date(2026, 4, 3), date(2026, 4, 7), id="Good Friday goes to Tuesday"),
        pytest.param(date(2026, 4, 4), date(2026, 4, 7), id="the Saturday too"),
        pytest.param(date(2026, 4, 5), date(2026, 4, 7), id="the Sunday too"),
        pytest.param(date(2026, 4, 6), date(2026, 4, 7), id="the Monday too"),
        pytest.param(date(2026, 4, 11), date(2026, 4, 13), id="an ordinary Saturday to Monday"),
    ],
)
def test_a_deadline_rolls_to_the_next_working_day(day: date, rolled: date) -> None:
    assert roll_to_business_day(day, EASTER) == rolled
    assert is_business_day(day, EASTER) == (day == rolled)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        pytest.param(0, date(2026, 4, 2), id="no day is the day itself"),
        pytest.param(1, date(2026, 4, 7), id="over Good Friday, the weekend and Monday"),
        pytest.param(4, date(2026, 4, 10), id="Tuesday to Friday"),
        pytest.param(5, date(2026, 4, 13), id="over the next weekend"),
    ],
)
def test_working_days_are_counted_from_the_day_after(days: int, due: date) -> None:
    assert add_business_days(date(2026, 4, 2), days, EASTER) == due


def test_no_working_days_from_a_sunday_is_that_sunday() -> None:
    assert add_business_days(date(2026, 4, 5), 0, ()) == date(2026, 4, 5)
    assert add_business_days(date(2026, 4, 5), 1, ()) == date(2026, 4, 6)
