"""Promises and policies against DuckDB, over what was played and the exported files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from returns_cli.cli.serial import csv_table
from returns_cli.domain.reported import Decided, Judged, KeptPromise, Owed, day_number
from returns_cli.insight.promises import is_in_time, percentile, sla_report
from returns_cli.insight.report import Money, Report, Share
from returns_cli.insight.verdicts import policies_report
from returns_cli.operations.export_data import Export, export_files
from returns_cli.operations.list_returns import ListFilter, list_returns
from returns_cli.operations.report.make_report import ReportRequest, make_report, read_period
from returns_cli.operations.rule_on_returns import rule_on_returns
from tests.operations.desk import opened, small_shop
from tests.operations.report.conftest import Ask
from tests.operations.report.market import Market

# What started the clock: the inspection; for goods that stay the day they were asked for.
PAID = """(SELECT a.name, o.category,
    coalesce((SELECT min(i.inspected_on) FROM inspected i WHERE i.name = a.name), a.asked_on)::DATE
      AS trigger_on,
    (SELECT min(r.recorded_on) FROM refunds r WHERE r.name = a.name AND r.state = 'confirmed')::DATE
      AS paid_on
  FROM asked a JOIN orders o ON o.order_id = a.order_id AND o.line_no = a.line)"""


def report(market: Market, name: str, **options: str) -> Report:
    return make_report(market.shop, ReportRequest(name, **options))


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        pytest.param({}, "true", id="everything"),
        pytest.param({"category": "Shoes"}, "category = 'Shoes'", id="a category"),
        pytest.param({"until": "2026-02-16"}, "trigger_on <= '2026-02-16'", id="until a day"),
    ],
)
def test_refund_time_against_the_promise_of_five_days(
    options: dict[str, str], condition: str, market: Market, ask: Ask
) -> None:
    counted = ask(
        f"""SELECT month, count(*), count(*) FILTER (took <= 5), quantile_disc(took, 0.5),
          quantile_disc(took, 0.9), max(took)
        FROM (SELECT DISTINCT name, strftime(trigger_on, '%Y-%m') AS month,
          paid_on - trigger_on AS took FROM {PAID} WHERE paid_on IS NOT NULL AND {condition})
        GROUP BY 1 ORDER BY 1"""
    )
    assert list(report(market, "sla", **options).table("refunds").rows) == [
        (month, returns, Share(in_time, returns), *times)
        for month, returns, in_time, *times in counted
    ]


def test_who_waits_is_what_the_list_calls_overdue(market: Market) -> None:
    rows = report(market, "sla").table("waiting").rows
    listed = list_returns(market.shop, ListFilter(overdue=True))
    assert sorted((row[0], row[3]) for row in rows) == sorted(
        (str(one["rma"]), str(one["refund_due"])) for one in listed
    )
    # H: recorded on its day of grading, never confirmed. C: graded 23 February, five days.
    assert [(row[1], row[3], row[4], row[6]) for row in rows] == [
        ("J1", "2026-02-14", 55, "on its way"),
        ("E2", "2026-02-28", 41, "not recorded"),
    ]
    assert rows[0][5] == Money("JPY", 3000)


def test_who_waits_is_narrowed_too(market: Market) -> None:
    rows = report(market, "sla", country="FR").table("waiting").rows
    assert [row[1] for row in rows] == ["E2"]
    assert not report(market, "sla", category="Home/Lamps").table("waiting").rows


@pytest.mark.parametrize(
    ("unit", "promised", "took", "met"),
    [
        pytest.param("days", 5, 5, True, id="day 5 of 5 is in time"),
        pytest.param("days", 5, 6, False, id="day 6 is late"),
        # Friday 2026-03-06; Monday the 9th is a holiday: two working days end on Wednesday.
        pytest.param("business_days", 2, 5, True, id="a weekend and a holiday do not count"),
        pytest.param("business_days", 2, 6, False, id="Thursday is late"),
        pytest.param("", 0, 99, None, id="nothing was promised"),
    ],
)
def test_in_time_is_counted_as_it_was_promised(
    unit: str, promised: int, took: int, met: bool | None
) -> None:
    friday = day_number(date(2026, 3, 6))
    kept = KeptPromise(friday, unit, promised, took, 1)
    assert is_in_time(kept, frozenset({date(2026, 3, 9)})) is met


def test_percentiles_are_times_that_occurred() -> None:
    assert [percentile({0: 50, 3: 40, 30: 10}, one) for one in (50, 51, 90, 91)] == [0, 3, 3, 30]
    assert percentile({}, 50) is None


def test_what_is_overdue_is_the_first_sentence(market: Market) -> None:
    scope, period = read_period(market.shop, ReportRequest("sla"))
    owed = [
        Owed("RMA-1", "1", date(2026, 4, 1), date(2026, 4, 9), "EUR", 500, pending=False),
        Owed("RMA-2", "2", date(2026, 4, 1), date(2026, 4, 8), "JPY", 70, pending=True),
        Owed("RMA-3", "3", date(2026, 4, 1), date(2026, 4, 10), "EUR", 900, pending=False),
        Owed("RMA-4", "4", None, None, "EUR", 900, pending=False),
    ]
    made = sla_report(scope, period, [], owed)
    (told,) = made.findings
    assert told.startswith("2 refunds are overdue, 5.00 EUR and 70 JPY; the oldest, RMA-2, was ")
    assert told.endswith("promised by 2026-04-08.")
    assert [row[4] for row in made.table("waiting").rows] == [2, 1, 0, None]


def test_policies_as_the_exported_returns_have_them(market: Market, tmp_path: Path) -> None:
    export_files(market.shop, Export("csv", place=tmp_path), csv_table)
    counted = duckdb.connect().execute(
        f"""SELECT policy_id, policy_version[:8], count(*), count(*) FILTER (verdict = 'approve'),
          count(*) FILTER (verdict = 'partial'), count(*) FILTER (verdict = 'deny'),
          count(*) FILTER (verdict = 'review'), 0
        FROM '{tmp_path}/returns.csv' GROUP BY 1, 2 ORDER BY 1"""
    )
    made = report(market, "policies")
    assert list(made.table("policies").rows) == counted.fetchall()
    assert made.table("rules").rows == (("keep-it", "eur", 1, 1, 0, 0),)
    assert made.table("codes").rows == (
        ("look", "eur", 1, 0, 0, 1),
        ("window_expired", "jpy", 1, 0, 1, 0),
    )


def test_what_people_said_otherwise(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    denied = opened(shop, "1006", "1=style")
    opened(shop, "1001", "1=itchy")
    rule_on_returns(shop, "approve", [denied], why="a good customer")
    made = make_report(shop, ReportRequest("policies"))
    assert made.table("people").rows == (("deny", "approve", 1),)
    assert [row[-1] for row in made.table("policies").rows] == [1]
    assert "1 return was decided against the policy." in made.findings


def test_what_denies_most_is_named(market: Market) -> None:
    scope, period = read_period(market.shop, ReportRequest("policies"))
    decided = [
        Decided("", "no_policy", False, 0, 2, 0),
        Decided("eur", "final_sale", False, 0, 5, 1),
        Decided("eur", "gold", True, 9, 9, 9),
    ]
    judged = [Judged(20500, "eur", "1", "review", "", 1), Judged(20500, "eur", "1", "deny", "", 7)]
    made = policies_report(scope, period, judged, decided)
    assert made.findings == (
        "7 of 8 returns (87.5%) needed no person to be judged.",
        'What denies most is "final sale": 5 lines under eur.',
    )


def test_who_waits_in_time_is_told_too(market: Market) -> None:
    scope, period = read_period(market.shop, ReportRequest("sla"))
    due = date(2026, 4, 20)
    owed = [Owed("RMA-1", "1", date(2026, 4, 9), due, "EUR", 500, pending=False)]
    assert sla_report(scope, period, [], owed).findings == (
        "1 refund due or on the way, none of them overdue.",
    )
    assert sla_report(scope, period, [], []).findings == (
        "Nothing was paid back in these days, and nobody waits for money.",
    )
