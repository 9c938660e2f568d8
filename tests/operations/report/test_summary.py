"""The summary against DuckDB, which counts what was played, not what was stored."""

from __future__ import annotations

from decimal import Decimal

import pytest

from returns_cli.domain.money import exponent
from returns_cli.insight.report import Money, Report, Share
from returns_cli.operations.report.make_report import ReportRequest, make_report
from tests.operations.report.conftest import Ask
from tests.operations.report.market import Market

# Orders as they were written, a line each, with the day in Berlin; and the one that a source told.
LINES = """(
  SELECT order_id, strftime(placed_at::TIMESTAMPTZ AT TIME ZONE 'Europe/Berlin', '%Y-%m') AS period,
    currency, line_no::INT AS line, quantity::INT AS units, channel, country, tier, category,
    quantity::INT * unit_price::DECIMAL(12, 2) - coalesce(line_discount, '0')::DECIMAL(12, 2)
      AS paid
  FROM (SELECT * REPLACE (if(length(placed_at) = 10, placed_at || ' 12:00:00+00', placed_at)
    AS placed_at, if(order_id = 'E8', 0, quantity::INT) AS quantity) FROM orders)
  UNION ALL SELECT '9001', '2026-02', 'EUR', 1, 2, 'default', 'DE', NULL, NULL, 60)"""
BACK = """(SELECT r.order_id, r.line::INT AS line, sum(r.units::INT) AS units
  FROM received r JOIN (SELECT DISTINCT name, kind FROM asked) a USING (name)
  WHERE a.kind <> 'return_to_sender' GROUP BY ALL)"""


def minor(amount: Decimal | None, currency: str) -> int:
    return int((amount or 0) * 10 ** exponent(currency))


def summary(market: Market, **options: str) -> Report:
    return make_report(market.shop, ReportRequest("summary", **options))


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        pytest.param({}, "true", id="everything"),
        pytest.param({"channel": "web"}, "channel = 'web'", id="a channel"),
        pytest.param({"country": "de"}, "country = 'DE'", id="a country"),
        pytest.param({"tier": "gold"}, "tier = 'gold'", id="a tier"),
        pytest.param({"category": "home"}, "category LIKE 'Home%'", id="a category and below"),
        pytest.param({"category": "Home/Lamps"}, "category = 'Home > Lamps'", id="a lower one"),
        pytest.param(
            {"since": "2026-02-01", "until": "2026-02-28"}, "period = '2026-02'", id="february"
        ),
    ],
)
def test_orders_and_what_came_back_of_them(
    options: dict[str, str], condition: str, market: Market, ask: Ask
) -> None:
    counted = ask(
        f"""SELECT period, count(DISTINCT order_id), sum(l.units), coalesce(sum(b.units), 0)
        FROM {LINES} l LEFT JOIN {BACK} b USING (order_id, line) WHERE {condition}
        GROUP BY 1 ORDER BY 1"""
    )
    table = summary(market, **options).table("orders")

    shown = [row for row in table.rows if row[1]]
    assert [row[:4] for row in shown] == counted
    assert [row[4] for row in shown] == [Share(back, units) for _, _, units, back in counted]
    worth = ask(
        f"""SELECT period, currency, sum(paid), sum(paid * b.units / l.units)
        FROM {LINES} l LEFT JOIN {BACK} b USING (order_id, line) WHERE {condition}
        GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    assert [row[:3] for row in summary(market, **options).table("value").rows] == [
        (period, Money(currency, minor(paid, currency)), Money(currency, minor(back, currency)))
        for period, currency, paid, back in worth
    ]


def test_an_order_late_in_the_evening_is_of_the_shops_day(market: Market) -> None:
    report = summary(market, country="FR", until="2026-02-28")
    assert [row[:2] for row in report.table("orders").rows] == [("2026-02", 1)]


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        pytest.param({}, "true", id="everything"),
        pytest.param({"reason": "too_small"}, "reason = 'too_small'", id="a reason"),
        pytest.param({"since": "2026-02-10"}, "asked_on >= '2026-02-10'", id="since a day"),
    ],
)
def test_what_was_asked_for(
    options: dict[str, str], condition: str, market: Market, ask: Ask
) -> None:
    outcomes = {"I": "denied", "J": "waiting"}
    counted = ask(
        f"""SELECT asked_on[:7], name, sum(units::INT) FROM asked
        WHERE kind <> 'return_to_sender' AND {condition}
        GROUP BY ALL ORDER BY ALL"""
    )
    table = summary(market, **options).table("desk")

    at = {column.name: place for place, column in enumerate(table.columns)}
    for row in table.rows:
        mine = [
            (outcomes.get(name, "approved"), n) for month, name, n in counted if month == row[0]
        ]
        assert row[at["returns"]] == len(mine)
        assert row[at["units"]] == sum(units for _, units in mine)
        for outcome in ("approved", "denied", "waiting", "ended"):
            assert row[at[outcome]] == [word for word, _ in mine].count(outcome)
    reasons = ask(
        f"""SELECT reason, sum(units::INT) FROM asked
        WHERE kind <> 'return_to_sender' AND {condition}
        GROUP BY 1 ORDER BY 2 DESC, 1"""
    )
    assert [row[:2] for row in summary(market, **options).table("reasons").rows] == reasons


def test_money_paid_back_stands_on_its_day_and_in_its_currency(market: Market, ask: Ask) -> None:
    counted = ask(
        """SELECT month, currency, count(*) FILTER (state <> 'told'),
          sum(amount) FILTER (state = 'confirmed'), sum(amount) FILTER (state = 'submitted'),
          sum(amount) FILTER (state = 'told')
        FROM (SELECT recorded_on[:7] AS month, currency, state, amount::DECIMAL(12, 2) AS amount
          FROM refunds UNION ALL SELECT '2026-02', 'EUR', 'told', "Refunded Amount"::DECIMAL(12, 2)
          FROM told) GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    assert list(summary(market).table("money").rows) == [
        (month, refunds, *(Money(currency, minor(one, currency)) for one in amounts))
        for month, currency, refunds, *amounts in counted
    ]


def test_the_sentences_say_the_figures_of_the_tables(market: Market, ask: Ask) -> None:
    ((units,),) = ask(f"SELECT sum(units) FROM {LINES}")
    ((back,),) = ask(f"SELECT sum(units) FROM {BACK}")
    ((paid,),) = ask("SELECT sum(amount::DECIMAL(12, 2)) FROM refunds WHERE state = 'confirmed'")
    first, *others = summary(market).findings
    assert first.startswith(f"{back} of {units} delivered units ({100 * back / units:.1f}%) came ")
    assert first.endswith("; by value 64.2% of EUR (362.50 EUR), 28.6% of JPY (3,000 JPY).")
    assert f"{paid} EUR went back to customers." in others
    assert "1 return waits for a judgement or a person." in others


def test_weeks_are_named_as_iso_8601_does(market: Market, ask: Ask) -> None:
    counted = ask(
        """SELECT strftime(asked_on::DATE, '%G-W%V'), count(DISTINCT name) FROM asked
        WHERE kind <> 'return_to_sender' GROUP BY 1 ORDER BY 1"""
    )
    table = summary(market, by="week").table("desk")
    assert [row[:2] for row in table.rows if row[1]] == counted
    assert table.partial == {"2026-W15"}


def test_periods_of_which_not_all_days_are_meant_are_marked(market: Market) -> None:
    report = summary(market, since="2026-01-10", until="2026-02-28")
    assert report.table("orders").partial == {"2026-01"}
