"""The shop's days, from zone −11 to +14 and over clock changes, worked out by hand.

Fourteen days from the day of delivery, which is day 0; each row names the last second in time and
the first second too late, as UTC.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from returns_cli.policy.evaluate import judge
from returns_cli.policy.language import Policy
from returns_cli.policy.tables import default_tables
from tests.policy.made import ORDER, at_noon, policy_of, request_with

WINDOW = "  window: {days: 14, from: delivered, if_unknown: {from: shipped, plus_days: 7}}\n"
FORTNIGHT = policy_of(window=WINDOW)
INCLUSIVE = policy_of(window=WINDOW.replace("}}", "}, count: inclusive}"))

DAYS = [
    pytest.param(
        "Pacific/Pago_Pago",
        "2026-03-06T10:59:59Z",
        "2026-03-19",
        "2026-03-20T10:59:59Z",
        "2026-03-20T11:00:00Z",
        id="−11: delivered a second before midnight",
    ),
    pytest.param(
        "Pacific/Pago_Pago",
        "2026-03-06T11:00:00Z",
        "2026-03-20",
        "2026-03-21T10:59:59Z",
        "2026-03-21T11:00:00Z",
        id="−11: delivered at midnight, a day later",
    ),
    pytest.param(
        "Pacific/Kiritimati",
        "2026-03-04T10:00:00Z",
        "2026-03-19",
        "2026-03-19T09:59:59Z",
        "2026-03-19T10:00:00Z",
        id="+14: the 4th in London is the 5th there",
    ),
    pytest.param(
        "Pacific/Apia",
        "2026-03-05T11:00:00Z",
        "2026-03-20",
        "2026-03-20T10:59:59Z",
        "2026-03-20T11:00:00Z",
        id="+13, beyond the date line",
    ),
    pytest.param(
        "Asia/Kolkata",
        "2026-03-04T18:30:00Z",
        "2026-03-19",
        "2026-03-19T18:29:59Z",
        "2026-03-19T18:30:00Z",
        id="+5:30: half an hour counts",
    ),
    pytest.param(
        "America/St_Johns",
        "2026-03-05T12:00:00Z",
        "2026-03-19",
        "2026-03-20T02:29:59Z",
        "2026-03-20T02:30:00Z",
        id="−3:30, and −2:30 from 8 March on",
    ),
    pytest.param(
        "Europe/Berlin",
        "2026-03-15T22:59:59Z",
        "2026-03-29",
        "2026-03-29T21:59:59Z",
        "2026-03-29T22:00:00Z",
        id="the last day has 23 hours",
    ),
    pytest.param(
        "America/New_York",
        "2026-10-18T12:00:00Z",
        "2026-11-01",
        "2026-11-02T04:59:59Z",
        "2026-11-02T05:00:00Z",
        id="the last day has 25 hours",
    ),
    pytest.param(
        "Australia/Lord_Howe",
        "2026-03-22T02:00:00Z",
        "2026-04-05",
        "2026-04-05T13:29:59Z",
        "2026-04-05T13:30:00Z",
        id="the last day has half an hour more",
    ),
    pytest.param(
        "Asia/Tokyo",
        "2028-02-14T15:00:00Z",
        "2028-02-29",
        "2028-02-29T14:59:59Z",
        "2028-02-29T15:00:00Z",
        id="the 15th in Tokyo, to the leap day",
    ),
    pytest.param(
        "UTC",
        "2026-12-31T23:59:59+00:00",
        "2027-01-14",
        "2027-01-14T23:59:59Z",
        "2027-01-15T00:00:00Z",
        id="over the new year",
    ),
    pytest.param(
        "Pacific/Kiritimati",
        "2026-03-05",
        "2026-03-19",
        "2026-03-19",
        "2026-03-20",
        id="+14: a day without a time is that day",
    ),
    pytest.param(
        "Pacific/Pago_Pago",
        "2026-03-05",
        "2026-03-19",
        "2026-03-19",
        "2026-03-20",
        id="−11: a day without a time is that day",
    ),
]


def judged_at(
    policy: Policy, zone: str, delivered_at: str, asked_at: str
) -> tuple[str, date | None]:
    request = request_with(
        order=ORDER._replace(placed_at="2026-02-01", delivered_at=delivered_at),
        requested_at=asked_at,
        zone=ZoneInfo(zone),
    )
    decision = judge(policy, request, default_tables(), at_noon("2030-01-01", ZoneInfo(zone)))
    return decision.verdict.value, decision.lines[0].deadline_on


@pytest.mark.parametrize(("zone", "delivered_at", "last_day", "in_time", "too_late"), DAYS)
def test_a_day_is_the_shops_day(
    zone: str, delivered_at: str, last_day: str, in_time: str, too_late: str
) -> None:
    deadline = date.fromisoformat(last_day)

    assert judged_at(FORTNIGHT, zone, delivered_at, in_time) == ("approve", deadline)
    assert judged_at(FORTNIGHT, zone, delivered_at, too_late) == ("deny", deadline)


@pytest.mark.parametrize(("zone", "delivered_at", "last_day", "in_time", "too_late"), DAYS)
def test_counted_inclusively_it_ends_a_day_earlier(
    zone: str, delivered_at: str, last_day: str, in_time: str, too_late: str
) -> None:
    day_before = date.fromordinal(date.fromisoformat(last_day).toordinal() - 1)

    assert judged_at(INCLUSIVE, zone, delivered_at, in_time) == ("deny", day_before)


@pytest.mark.parametrize(
    ("placed_at", "zone", "last_day"),
    [
        pytest.param(
            "2025-10-31T23:59:59-04:00",
            "America/New_York",
            "2025-11-14",
            id="a second before the season",
        ),
        pytest.param(
            "2025-11-01T00:00:00-04:00", "America/New_York", "2026-01-31", id="its first second"
        ),
        pytest.param(
            "2025-12-25T04:59:59Z", "America/New_York", "2026-01-31", id="its last second"
        ),
        pytest.param(
            "2025-12-25T05:00:00Z", "America/New_York", "2026-01-08", id="a second after it"
        ),
        pytest.param(
            "2025-10-31T10:00:00Z", "Pacific/Kiritimati", "2026-01-31", id="+14: the 1st there"
        ),
    ],
)
def test_a_season_begins_and_ends_with_the_shops_day(
    placed_at: str, zone: str, last_day: str
) -> None:
    rules = (
        "  - id: season\n    why: Because.\n    when: {order.placed: {from: 11-01, to: 12-24}}\n"
        "    set: {window: {until: 01-31}}\n"
    )
    policy = policy_of(rules, window="  window: {days: 14, from: ordered}\n")
    request = request_with(
        order=ORDER._replace(placed_at=placed_at, delivered_at=None),
        requested_at="2026-01-05",
        zone=ZoneInfo(zone),
    )
    decision = judge(policy, request, default_tables(), at_noon("2026-02-01", ZoneInfo(zone)))

    assert decision.lines[0].deadline_on == date.fromisoformat(last_day)
