"""Rates and reasons of the played shop, beside what DuckDB counts in the facts written down."""

from __future__ import annotations

from typing import Any

import pytest

from returns_cli.domain.money import exponent
from returns_cli.insight.report import Interval, Money, Report, Share
from returns_cli.operations.report.make_report import ReportRequest, make_report
from returns_cli.operations.report.predict import evaluate, predict
from returns_cli.operations.shop import Shop
from tests.operations.report.conftest import Ask
from tests.operations.report.market import Market

# Every line that was delivered, with what came back of it. What went back to the sender was not.
_LINES = """
WITH lines AS (
  SELECT order_id, line_no::INT AS line, sku, title, coalesce(category, '') AS category, currency,
    coalesce(channel, 'default') AS channel, placed_at, quantity::INT AS quantity,
    quantity::INT * unit_price::DECIMAL(18, 2) - coalesce(line_discount, '0')::DECIMAL(18, 2)
      AS paid
  FROM orders
  UNION ALL
  SELECT replace("Name", '#', ''), 1, "Lineitem sku", "Lineitem name", '', "Currency", 'default',
    replace("Created at", ' +0100', '+01'), "Lineitem quantity"::INT, "Subtotal"::DECIMAL(18, 2)
  FROM told),
moved AS (
  SELECT r.order_id, r.line::INT AS line, r.units::INT AS units, r.received_on, a.kind, a.reason
  FROM received r JOIN asked a ON a.name = r.name AND a.line = r.line),
delivered AS (
  SELECT l.*, l.quantity - coalesce((SELECT sum(m.units) FROM moved m WHERE m.order_id = l.order_id
    AND m.line = l.line AND m.kind = 'return_to_sender'), 0) AS units,
  coalesce((SELECT sum(m.units) FROM moved m WHERE m.order_id = l.order_id
    AND m.line = l.line AND m.kind <> 'return_to_sender'), 0) AS back,
  strftime((CASE WHEN length(placed_at) = 10 THEN placed_at || 'T12:00:00+01:00' ELSE placed_at END
    )::TIMESTAMPTZ AT TIME ZONE 'Europe/Berlin', '%Y-%m') AS month
  FROM lines l)
"""


def _report(market: Market, name: str, **wanted: str) -> Report:
    return make_report(market.shop, ReportRequest(name, **wanted))


def _column(report: Report, table: str, *names: str) -> list[tuple[Any, ...]]:
    found = report.table(table)
    at = [[column.name for column in found.columns].index(name) for name in names]
    return sorted(tuple(row[place] for place in at) for row in found.rows)


def test_units_delivered_and_back_are_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES} SELECT sku, max(title), sum(units)::INT, sum(back)::INT
      FROM delivered WHERE units > 0 GROUP BY sku ORDER BY sku""")
    report = _report(market, "products")
    assert _column(report, "products", "sku", "title", "delivered", "returned") == counted
    shares = _column(report, "products", "sku", "rate")
    assert shares == [(sku, Share(back, units)) for sku, _, units, back in counted]


def test_the_interval_is_wilsons_over_effective_samples(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES}, counts AS (
        SELECT sku, sum(back) / sum(units) AS p, sum(units)^2 / sum(units^2) AS n, 1.959963985 AS z
        FROM delivered WHERE units > 0 GROUP BY sku)
      SELECT sku, (p + z^2 / (2 * n) - z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n),
        (p + z^2 / (2 * n) + z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n)
      FROM counts ORDER BY sku""")
    found = _column(_report(market, "products"), "products", "sku", "interval")
    for (sku, interval), (name, low, high) in zip(found, counted, strict=True):
        assert sku == name
        assert interval == pytest.approx(Interval(low, high), abs=1e-8)


def test_values_are_told_by_currency_and_never_added(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES} SELECT sku, currency, sum(paid * units / quantity),
        sum(paid * back / quantity)
      FROM delivered WHERE units > 0 GROUP BY ALL HAVING sum(back) > 0 ORDER BY sku""")
    expected = [
        (sku, _money(currency, sold), _money(currency, back))
        for sku, currency, sold, back in counted
    ]
    found = _column(_report(market, "products"), "products_by_value", "sku", "sold", "returned")
    assert found == expected
    assert {money.currency for _, money, _ in found} == {"EUR", "JPY"}


def _money(currency: str, amount: float) -> Money:
    return Money(currency, round(amount * 10 ** exponent(currency)))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"country": "FR"}, "order_id IN (SELECT order_id FROM orders WHERE country = 'FR')"),
        ({"channel": "market"}, "channel = 'market'"),
        ({"category": "Shoes"}, "category = 'Shoes'"),
        ({"since": "2026-02-01"}, "month >= '2026-02'"),
        ({"until": "2026-01-31"}, "month <= '2026-01'"),
    ],
)
def test_filters_narrow_what_is_counted(
    filters: dict[str, str], words: str, market: Market, ask: Ask
) -> None:
    counted = ask(f"""{_LINES} SELECT sku, sum(units)::INT, sum(back)::INT
      FROM delivered WHERE units > 0 AND {words} GROUP BY sku ORDER BY sku""")
    report = _report(market, "products", **filters)
    assert _column(report, "products", "sku", "delivered", "returned") == counted
    assert counted


def test_a_reason_narrows_what_came_back(market: Market) -> None:
    report = _report(market, "products", reason="too_small")
    back = {sku: units for sku, units in _column(report, "products", "sku", "returned") if units}
    assert back == {"SHOE-42": 2, "SHOE-43": 1}


def test_orders_are_counted_in_their_month_of_the_shops_zone(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES} SELECT month, sum(units)::INT, sum(back)::INT
      FROM delivered WHERE units > 0 GROUP BY month ORDER BY month""")
    report = _report(market, "products")
    assert _column(report, "cohorts", "period", "delivered", "returned") == counted
    # 23:30 UTC on January 31 is February in Berlin.
    assert [month for month, *_ in counted] == ["2026-01", "2026-02", "2026-03"]


def test_a_month_without_orders_stands_among_the_others(market: Market) -> None:
    report = _report(market, "products", by="week", country="JP")
    weeks = _column(report, "cohorts", "period", "delivered")
    assert weeks[0] == ("2026-W04", 2)
    assert weeks[1] == ("2026-W05", 0)
    assert weeks[-1] == ("2026-W09", 1)


def test_categories_are_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES} SELECT category, sum(units)::INT, sum(back)::INT
      FROM delivered WHERE units > 0 GROUP BY category ORDER BY category""")
    report = _report(market, "categories")
    assert _column(report, "categories", "category", "delivered", "returned") == counted


def test_reasons_are_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask("""SELECT reason, sum(units::INT)::INT AS units, min(asked_on) FROM asked
      WHERE kind <> 'return_to_sender' AND asked_on >= '2026-02-01'
      GROUP BY reason ORDER BY reason""")
    first: dict[str, str] = dict(ask("SELECT reason, min(asked_on) FROM asked GROUP BY reason"))
    report = _report(market, "reasons", since="2026-02-01")
    total = sum(units for _, units, _ in counted)
    assert _column(report, "reasons", "reason", "units", "share", "first_on") == [
        (reason, units, Share(units, total), first[reason]) for reason, units, _ in counted
    ]


def test_reasons_over_time_are_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask("""WITH lines AS (SELECT substr(asked_on, 1, 7) AS month, reason FROM asked
        WHERE kind <> 'return_to_sender')
      SELECT month, reason, count(*), (SELECT count(*) FROM lines a WHERE a.month = l.month)
      FROM lines l GROUP BY month, reason ORDER BY month, reason""")
    report = _report(market, "reasons")
    assert _column(report, "periods", "period", "reason", "lines", "share") == [
        (month, reason, lines, Share(lines, of)) for month, reason, lines, of in counted
    ]
    assert report.table("periods").partial == {"2026-04"}


def test_reasons_by_product_and_size_are_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask("""SELECT o.sku, a.reason, sum(a.units::INT)::INT FROM asked a
      JOIN orders o ON o.order_id = a.order_id AND o.line_no = a.line
      WHERE a.kind <> 'return_to_sender' GROUP BY o.sku, a.reason ORDER BY o.sku, a.reason""")
    report = _report(market, "reasons")
    assert _column(report, "products", "sku", "reason", "units") == counted
    sizes = {
        name: pair for name, *pair in _column(report, "sizes", "name", "too_small", "too_large")
    }
    assert sizes["SHOE-42"] == [2, 1]


def test_the_history_of_forecasts_is_what_duckdb_counts(market: Market, ask: Ask) -> None:
    counted = ask(f"""{_LINES} SELECT count(*)::INT, sum((back > 0)::INT)::INT
      FROM delivered WHERE units > 0""")
    report = predict(market.shop, ReportRequest("predict"), 20)
    back = counted[0][1]
    assert report.findings == (
        f"There is too little to forecast from: {back} lines came back, and it takes 20.",
    )
    judged = evaluate(market.shop, ReportRequest("predict", country="DE", by="week"))
    assert judged.filters == (("country", "DE"),)
    assert judged.findings[0].startswith("Nobody can say yet")


def test_reports_are_made_of_what_is_known_on_their_day(market: Market) -> None:
    early = Shop(market.shop.folder, "ann", "2026-01-15")
    report = make_report(early, ReportRequest("products"))
    assert {row[0] for row in report.table("products").rows} == {"SHOE-42", "MUG"}
