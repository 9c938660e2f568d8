from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.model import Window
from returns_cli.notation.scalars import MonthDay
from returns_cli.policy.effective import WindowTerms
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.window import count_window, judged_day

DAY = date.fromisoformat


def terms(**changes: object) -> WindowTerms:
    known: dict[str, object] = {
        "days": 30,
        "start": "delivered",
        "fallback": "shipped",
        "plus_days": 7,
        "is_inclusive": False,
        "rolls": False,
        "judged_on": "requested",
        "until": None,
        **changes,
    }
    return WindowTerms(**known)  # type: ignore[arg-type]  # a test names what it changes


def facts(**days: str) -> LineFacts:
    known = {name.replace("__", "."): date.fromisoformat(day) for name, day in days.items()}
    return LineFacts(known.get, 1)


@pytest.mark.parametrize(
    ("delivered", "days", "is_inclusive", "deadline"),
    [
        pytest.param(
            "2026-03-05", 30, False, "2026-04-04", id="30 days, exclusive: 5 March is day 0"
        ),
        pytest.param(
            "2026-03-05", 30, True, "2026-04-03", id="30 days, inclusive: 5 March is day 1"
        ),
        pytest.param("2026-03-05", 8, True, "2026-03-12", id="8 days as Japan counts"),
        pytest.param("2026-03-05", 14, False, "2026-03-19", id="14 days as the EU counts"),
        pytest.param("2026-03-05", 7, False, "2026-03-12", id="7 days from the day after"),
        pytest.param("2026-03-05", 0, False, "2026-03-05", id="0 days: the day itself"),
        pytest.param("2026-03-05", 1, True, "2026-03-05", id="1 day, inclusive: the day itself"),
        pytest.param("2028-02-15", 14, False, "2028-02-29", id="onto a leap day"),
        pytest.param("2027-02-15", 14, False, "2027-03-01", id="the same without a leap day"),
        pytest.param("2028-02-29", 365, False, "2029-02-28", id="a year from a leap day"),
        pytest.param("2026-01-31", 30, False, "2026-03-02", id="over a short month"),
        pytest.param("2025-12-31", 1, False, "2026-01-01", id="over the new year"),
        pytest.param("2026-02-20", 30, False, "2026-03-22", id="over the clock change in March"),
        pytest.param("2026-10-15", 30, False, "2026-11-14", id="over the clock change in autumn"),
        pytest.param("2026-03-05", 730, False, "2028-03-04", id="730 days, a leap day within"),
        pytest.param("9999-12-30", 30, False, "9999-12-31", id="not beyond the last day there is"),
    ],
)
def test_days_are_counted_from_the_anchor(
    delivered: str, days: int, is_inclusive: bool, deadline: str
) -> None:
    counted = count_window(
        terms(days=days, is_inclusive=is_inclusive), facts(order__delivered=delivered)
    )

    assert counted.deadline_on == DAY(deadline)
    assert counted.window == Window("delivered", DAY(delivered), days)


@pytest.mark.parametrize(
    ("start", "known", "anchor", "is_assumed"),
    [
        ("ordered", {"order__placed": "2026-03-01"}, "2026-03-01", False),
        ("shipped", {"order__shipped": "2026-03-02"}, "2026-03-02", False),
        ("last_parcel", {"order__last_parcel": "2026-03-09"}, "2026-03-09", False),
        ("delivered", {"order__shipped": "2026-03-02"}, "2026-03-09", True),
        (
            "last_parcel",
            {"order__delivered": "2026-03-05", "order__shipped": "2026-03-02"},
            "2026-03-09",
            True,
        ),
    ],
    ids=["the order", "the dispatch", "the last parcel", "dispatch plus 7", "a parcel is missing"],
)
def test_the_anchor_or_its_stand_in_begins_the_window(
    start: str, known: dict[str, str], anchor: str, is_assumed: bool
) -> None:
    counted = count_window(terms(start=start), facts(**known))

    assert counted.window == Window(start, DAY(anchor), 30, is_assumed)
    assert counted.deadline_on == DAY(anchor) + timedelta(days=30)
    assert counted.missing is None


@pytest.mark.parametrize("fallback", ["shipped", None])
def test_where_neither_day_is_known_nothing_is_counted(fallback: str | None) -> None:
    counted = count_window(terms(fallback=fallback), facts(order__placed="2026-03-01"))

    assert counted.deadline_on is None
    assert counted.missing == "delivered"
    assert counted.window == Window("delivered", None, 30)


@pytest.mark.parametrize(
    ("until", "placed", "delivered", "deadline"),
    [
        pytest.param(
            MonthDay(1, 31), "2025-12-10", "2025-12-15", "2026-01-31", id="the next 31 January"
        ),
        pytest.param(
            MonthDay(1, 31),
            "2026-01-31",
            "2026-02-03",
            "2026-03-05",
            id="placed on the day, 30 days are later",
        ),
        pytest.param(
            MonthDay(1, 31), "2026-02-01", "2026-02-03", "2027-01-31", id="placed a day after it"
        ),
        pytest.param(
            MonthDay(1, 31), "2025-12-24", "2026-01-10", "2026-02-09", id="it never shortens"
        ),
        pytest.param(
            date(2026, 1, 10),
            "2025-12-10",
            "2025-12-15",
            "2026-01-14",
            id="a full date that is earlier",
        ),
        pytest.param(
            date(2026, 2, 10),
            "2025-12-10",
            "2025-12-15",
            "2026-02-10",
            id="a full date that is later",
        ),
        pytest.param(
            MonthDay(2, 29),
            "2026-12-10",
            "2026-12-15",
            "2027-02-28",
            id="29 February of a usual year",
        ),
    ],
)
def test_until_holds_where_it_is_later(
    until: object, placed: str, delivered: str, deadline: str
) -> None:
    counted = count_window(
        terms(until=until), facts(order__placed=placed, order__delivered=delivered)
    )

    assert counted.deadline_on == DAY(deadline)


def test_until_a_day_of_the_year_wants_the_day_of_the_order() -> None:
    counted = count_window(terms(until=MonthDay(1, 31)), facts(order__delivered="2025-12-15"))

    assert counted.deadline_on == DAY("2026-01-14")
    assert counted.missing == "ordered"


@pytest.mark.parametrize(
    ("delivered", "deadline"),
    [
        pytest.param("2026-03-05", "2026-03-19", id="a Thursday stays"),
        pytest.param("2026-03-07", "2026-03-23", id="a Saturday moves to Monday"),
        pytest.param("2026-03-08", "2026-03-23", id="a Sunday moves to Monday"),
        pytest.param("2026-03-20", "2026-04-07", id="Good Friday moves over Easter Monday"),
        pytest.param("2026-04-17", "2026-05-04", id="a holiday on Friday moves to Monday"),
    ],
)
def test_a_deadline_rolls_to_a_working_day(delivered: str, deadline: str) -> None:
    holidays = frozenset(map(DAY, ["2026-04-03", "2026-04-06", "2026-05-01"]))
    counted = count_window(terms(days=14, rolls=True), facts(order__delivered=delivered), holidays)

    assert counted.deadline_on == DAY(deadline)


@pytest.mark.parametrize(
    ("judged_on", "known", "day", "is_stand_in"),
    [
        ("requested", {"requested_on": "2026-03-20"}, "2026-03-20", False),
        (
            "first_scan",
            {"requested_on": "2026-03-20", "first_scan_on": "2026-03-25"},
            "2026-03-25",
            False,
        ),
        ("first_scan", {"requested_on": "2026-03-20"}, "2026-03-20", True),
        (
            "received",
            {"requested_on": "2026-03-20", "line__received_on": "2026-04-09"},
            "2026-04-09",
            False,
        ),
        ("received", {"requested_on": "2026-03-20"}, "2026-03-20", True),
    ],
)
def test_the_request_stands_in_until_the_event_is_known(
    judged_on: str, known: dict[str, str], day: str, is_stand_in: bool
) -> None:
    assert judged_day(terms(judged_on=judged_on), facts(**known)) == (DAY(day), is_stand_in)


DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), st.integers(0, 400), st.booleans(), st.booleans())
def test_a_later_delivery_never_shortens_a_deadline(
    delivered: date, later: int, days: int, is_inclusive: bool, rolls: bool
) -> None:
    held = terms(days=days, is_inclusive=is_inclusive, rolls=rolls)

    def deadline(day: date) -> date:
        counted = count_window(held, facts(order__delivered=day.isoformat()))
        assert counted.deadline_on is not None
        return counted.deadline_on

    assert deadline(delivered) <= deadline(delivered + timedelta(days=later))


@settings(deadline=None)
@given(DAYS, DAYS, st.integers(1, 12), st.integers(1, 28))
def test_until_never_shortens_a_window(delivered: date, placed: date, month: int, day: int) -> None:
    known = facts(order__delivered=delivered.isoformat(), order__placed=placed.isoformat())
    plain, longer = (
        count_window(terms(until=until), known).deadline_on
        for until in (None, MonthDay(month, day))
    )

    assert plain is not None
    assert longer is not None
    assert plain <= longer
