"""What must always hold of days and instants."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.days import (
    add_business_days,
    is_business_day,
    iso,
    local_day,
    parse_instant,
    roll_to_business_day,
)

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Europe/Bucharest")
    ]
)
EARLY, LATE = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
HOLIDAYS = st.lists(DAYS, max_size=5).map(frozenset) | st.builds(
    lambda day: frozenset(day + timedelta(days=n) for n in range(7)), DAYS
)


@given(st.text(max_size=30) | st.text("0123456789-T: +Z.", max_size=30), ZONES)
def test_any_text_is_an_instant_or_is_refused(text: str, zone: ZoneInfo) -> None:
    try:
        moment = parse_instant(text, zone)
    except ValueError:
        return
    assert moment.tzinfo is not None
    assert parse_instant(iso(moment), zone) == moment.replace(microsecond=0)


@given(st.datetimes(EARLY, LATE, timezones=ZONES), ZONES)
def test_an_instant_is_one_day_in_the_shop_however_it_is_written(
    moment: datetime, zone: ZoneInfo
) -> None:
    at = iso(moment)
    here = iso(parse_instant(at, zone).astimezone(zone))

    assert local_day(at, zone) == local_day(here, zone) == date.fromisoformat(here[:10])


@given(DAYS, HOLIDAYS)
def test_a_rolled_day_is_the_first_working_day_not_before(
    day: date, holidays: frozenset[date]
) -> None:
    rolled = roll_to_business_day(day, holidays)

    assert is_business_day(rolled, holidays)
    assert not any(
        is_business_day(day + timedelta(days=n), holidays) for n in range((rolled - day).days)
    )


@given(DAYS, st.integers(0, 30), HOLIDAYS)
def test_working_days_are_as_many_as_were_asked_for(
    day: date, days: int, holidays: frozenset[date]
) -> None:
    due = add_business_days(day, days, holidays)
    passed = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]

    assert sum(is_business_day(one, holidays) for one in passed) == days
    assert days == 0 or is_business_day(due, holidays)
