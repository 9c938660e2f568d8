"""Cells of dates: ISO 8601, or the style that was named; nothing ambiguous, nothing impossible."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.intake.dates import DateReader, strptime_style
from returns_cli.intake.problems import RowFault

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("2025-12-06 10:37:33 -0500", "2025-12-06T10:37:33-05:00", id="Shopify"),
        pytest.param("2026-04-12T08:10:00Z", "2026-04-12T08:10:00+00:00", id="Zulu"),
        pytest.param("2026-04-12T08:10+02:00", "2026-04-12T08:10:00+02:00", id="without seconds"),
        pytest.param("2026-04-12T08:10:05.123456Z", "2026-04-12T08:10:05+00:00", id="microseconds"),
        pytest.param("2026-02-28", "2026-02-28", id="a bare day stays one"),
        pytest.param("2026-01-05 09:00", "2026-01-05T09:00:00-05:00", id="shop's zone in winter"),
        pytest.param("2026-07-05 09:00", "2026-07-05T09:00:00-04:00", id="shop's zone in summer"),
        pytest.param("2028-02-29", "2028-02-29", id="leap day"),
    ],
)
def test_iso_dates_are_read(text: str, stored: str) -> None:
    assert DateReader(NEW_YORK)[text] == stored


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("03/04/2026", id="ambiguous"),
        pytest.param("20260228", id="basic ISO"),
        pytest.param("2026-W09-6", id="week date"),
        pytest.param("2026-02-30", id="no such day"),
        pytest.param("2027-02-29", id="no leap year"),
        pytest.param("2026-13-01", id="no such month"),
        pytest.param("2026-01-01 99:00", id="hour 99"),
        pytest.param("2026-01-01T24:00:01", id="past midnight"),
        pytest.param("2026-01-01 10:00 +25:00", id="no such offset"),
        pytest.param("２０２６-０１-０１", id="full-width digits"),
        pytest.param("yesterday", id="a word"),
        pytest.param("46023", id="a spreadsheet's day number"),
        pytest.param("0001-01-01", id="the year 1"),
        pytest.param("9999-12-31", id="the year 9999"),
        pytest.param("2026-01-01" + " " * 100, id="long"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(RowFault) as caught:
        DateReader(NEW_YORK)[text]
    assert caught.value.code == "E-DATE"


@pytest.mark.parametrize(
    ("style", "text", "stored"),
    [
        pytest.param("DD/MM/YYYY", "03/04/2026", "2026-04-03", id="day first"),
        pytest.param("%m/%d/%Y", "03/04/2026", "2026-03-04", id="month first"),
        pytest.param("DD.MM.YY HH:MM", "03.04.26 14:05", "2026-04-03T14:05:00-04:00", id="clock"),
        pytest.param("MMM-DD-YY", "oct-01-26", "2026-10-01", id="month name, any case"),
        pytest.param("%d %b %Y %H:%M %z", "1 Oct 2026 10:00 +0200", "2026-10-01T10:00:00+02:00",
                     id="offset"),
        pytest.param("DD/MM/YYYY", "2026-04-03", "2026-04-03", id="ISO is read beside it"),
        pytest.param("%Y年%m月%d日", "2026年04月03日", "2026-04-03", id="other scripts"),
        pytest.param("M/D/YYYY H:MM:SS", "3/4/2026 9:05:07", "2026-03-04T09:05:07-05:00",
                     id="single letters"),
        pytest.param("MM/DD/YYYY HH:MM AM", "03/04/2026 03:00 PM", "2026-03-04T15:00:00-05:00",
                     id="afternoon"),
        pytest.param("%m/%d/%Y %H:%M %p", "03/04/2026 12:10 AM", "2026-03-04T00:10:00-05:00",
                     id="midnight, and %H beside %p"),
    ],
)  # fmt: skip
def test_a_named_style_is_read(style: str, text: str, stored: str) -> None:
    assert DateReader(NEW_YORK, style)[text] == stored


@pytest.mark.parametrize("text", ["31/02/2026", "04-03-2026", "٠٣/٠٤/2026"])
def test_what_does_not_follow_the_named_style_is_refused(text: str) -> None:
    with pytest.raises(RowFault):
        DateReader(NEW_YORK, "DD/MM/YYYY")[text]


@pytest.mark.parametrize("style", ["", "DD/MM", "%d/%m/%Q", "%H:%M", "hello", "%Y-%d"])
def test_a_style_without_day_month_and_year_is_wrong_usage(style: str) -> None:
    with pytest.raises(UsageError) as caught:
        strptime_style(style)
    assert caught.value.where == "--date-format"


def test_the_cache_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns_cli.intake.dates._CACHE_SIZE", 2)
    reader = DateReader(NEW_YORK)
    days = [f"2026-01-0{day}" for day in range(1, 6)]
    assert [reader[day] for day in days] == days
    assert len(reader) <= 2


@pytest.mark.parametrize(
    ("style", "text", "stored"),
    [
        pytest.param("%m/%d/%y", "09/24/26", "2026-09-24", id="Etsy"),
        pytest.param("%b-%d-%y", "Oct-01-26", "2026-10-01", id="eBay"),
        pytest.param("%b-%d-%y", "oCT-01-26", "2026-10-01", id="month names fold case"),
        pytest.param(
            "%m/%d/%Y %I:%M:%S %p", "4/1/2026 4:42:06 AM", "2026-04-01T04:42:06-04:00",
            id="ShipStation",
        ),
        pytest.param(
            "%a, %d %b %Y %H:%M:%S %z", "Mon, 23 Sep 2024 14:21:24 +0000",
            "2024-09-23T14:21:24+00:00", id="BigCommerce",
        ),
        pytest.param("%m/%d/%y", "2026-09-24", "2026-09-24", id="ISO is read beside it"),
    ],
)  # fmt: skip
def test_a_format_has_styles_of_its_own(style: str, text: str, stored: str) -> None:
    assert DateReader(NEW_YORK, own_styles=(style,))[text] == stored


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("24/09/26", id="no month 24"),
        pytest.param("02/30/26", id="no such day"),
        pytest.param("09/24/2026", id="four digits for two"),
        pytest.param("09-24-26", id="other marks"),
        pytest.param("٠٩/24/26", id="other digits"),
    ],
)
def test_what_is_not_of_the_format_s_style_is_refused(text: str) -> None:
    with pytest.raises(RowFault) as caught:
        DateReader(NEW_YORK, own_styles=("%m/%d/%y",))[text]
    assert caught.value.code == "E-DATE"


def test_a_date_that_two_styles_read_differently_is_refused() -> None:
    reader = DateReader(NEW_YORK, own_styles=("%m/%d/%y", "%d/%m/%y"))
    assert reader["09/24/26"] == "2026-09-24"
    assert reader["09/09/26"] == "2026-09-09"
    with pytest.raises(RowFault):
        reader["03/04/26"]


def test_date_format_replaces_the_format_s_own_style() -> None:
    reader = DateReader(NEW_YORK, "DD/MM/YY", ("%m/%d/%y",))
    assert reader["03/04/26"] == "2026-04-03"
    with pytest.raises(RowFault):
        reader["04/24/26"]
