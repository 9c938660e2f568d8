"""The report on customers against DuckDB, which counts in the CSVs that the shop exports."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from math import comb
from pathlib import Path
from typing import Any

import duckdb
import pytest

from returns_cli.cli.serial import csv_table
from returns_cli.insight.report import Money, Report, Share
from returns_cli.operations.erase_customer import erase_customer
from returns_cli.operations.export_data import Export, export_text
from returns_cli.operations.report.make_report import ReportRequest, make_report
from returns_cli.operations.shop import Shop
from tests.operations.report.patrons import CLOCK, patron_shop

Ask = Callable[[str], list[tuple[Any, ...]]]

_TABLES = ("orders", "order_lines", "returns", "return_lines", "floor")
# A person is an id, else a mail address. The orders of the shop have no instants, only days.
_ORDERS = """CREATE TABLE placed AS
WITH known AS (
  SELECT order_id, placed_at::DATE AS day, coalesce(customer_tier, '') AS tier, currency,
    coalesce(nullif(customer_id, ''), lower(trim(customer_email))) AS person,
    units_shipped::INT AS units
  FROM orders WHERE coalesce(nullif(customer_id, ''), nullif(customer_email, '')) IS NOT NULL),
arrived AS (
  SELECT r.order_id, sum(f.quantity::INT) AS back,
    sum(f.quantity::INT) FILTER (l.fault IN ('merchant', 'carrier')) AS fault
  FROM floor f JOIN returns r USING (rma) JOIN return_lines l USING (rma, line)
  WHERE f.fact = 'received' GROUP BY 1),
bad AS (
  SELECT r.order_id, min(r.requested_at::DATE) AS bad_on
  FROM returns r JOIN return_lines l USING (rma)
  WHERE l.fault IN ('merchant', 'carrier') OR r.verdict = 'deny' GROUP BY 1)
SELECT k.*, coalesce(a.back, 0) AS back, coalesce(a.fault, 0) AS fault, b.bad_on,
  r.order_id IS NOT NULL AS asked,
  lead(k.day) OVER mine AS next_day, row_number() OVER mine = 1 AS is_first
FROM known k LEFT JOIN arrived a USING (order_id) LEFT JOIN bad b USING (order_id)
LEFT JOIN (SELECT DISTINCT order_id FROM returns) r USING (order_id)
WINDOW mine AS (PARTITION BY k.person ORDER BY k.day, k.order_id::INT)"""
_QUIET = """(SELECT greatest(30, least(365, quantile_disc(next_day - day, 0.9)))
  FROM placed WHERE next_day IS NOT NULL)"""
_UNTIL = f"DATE '{CLOCK}'"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return patron_shop(tmp_path_factory.mktemp("patrons"))


@pytest.fixture(scope="module")
def ask(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("exported")
    connection = duckdb.connect()
    for name in _TABLES:
        path = folder / f"{name}.csv"
        text = export_text(shop, Export("csv", (name,)), csv_table)
        path.write_text("".join(text), encoding="utf-8")
        connection.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', all_varchar = true)"
        )
    connection.execute(_ORDERS)
    yield lambda query: connection.execute(query).fetchall()
    connection.close()


def _report(shop: Shop, **options: str) -> Report:
    return make_report(shop, ReportRequest("customers", **options))


def _shares(report: Report, table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = report.table(table)
    at = [[one.name for one in found.columns].index(name) for name in columns]
    return [tuple(row[n] for n in at) for row in found.rows]


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        pytest.param({}, "true", id="everything"),
        pytest.param({"since": "2025-10-01"}, "day >= '2025-10-01'", id="since a day"),
        pytest.param({"until": "2025-12-31"}, "day <= '2025-12-31'", id="until a day"),
        pytest.param({"tier": "gold"}, "tier = 'gold'", id="a tier"),
        pytest.param({"country": "fr"}, "false", id="a country without orders"),
    ],
)
def test_behaviour_by_tier(options: dict[str, str], condition: str, shop: Shop, ask: Ask) -> None:
    counted = ask(
        f"""SELECT nullif(tier, ''), count(DISTINCT person),
          count(DISTINCT person) FILTER (back > 0), count(*), count(*) FILTER (back > 0),
          sum(units), sum(back)
        FROM placed WHERE units > 0 AND {condition} GROUP BY tier ORDER BY 2 DESC, tier"""
    )
    assert _shares(
        _report(shop, **options),
        "tiers", "tier", "customers", "returners", "orders", "orders_back", "delivered", "returned",
    ) == [
        (tier, people, Share(returners, people), *others)
        for tier, people, returners, *others in counted
    ]  # fmt: skip


def test_behaviour_by_the_month_of_the_order(shop: Shop, ask: Ask) -> None:
    counted = ask(
        """SELECT strftime(day, '%Y-%m'), count(DISTINCT person), count(*) FILTER (is_first),
          count(*), count(*) FILTER (back > 0), sum(units), sum(back)
        FROM placed WHERE units > 0 AND day >= '2025-06-15' GROUP BY 1 ORDER BY 1"""
    )
    columns = ("period", "customers", "new", "orders", "orders_back", "delivered", "returned")
    report = _report(shop, since="2025-06-15")
    assert _shares(report, "periods", *columns) == counted
    assert report.table("periods").partial >= {"2025-06"}


def test_first_orders_are_the_first_of_all_and_not_of_these_days(shop: Shop, ask: Ask) -> None:
    counted = ask(
        """SELECT if(is_first, 'first', 'later'), count(*), count(*) FILTER (back > 0),
          sum(units), sum(back)
        FROM placed WHERE units > 0 AND day >= '2025-06-01' GROUP BY 1 ORDER BY 1"""
    )
    columns = ("order", "orders", "orders_back", "delivered", "returned")
    report = _report(shop, since="2025-06-01")
    assert _shares(report, "first_orders", *columns) == counted
    assert counted[0][1] < len({row[0] for row in ask("SELECT DISTINCT person FROM placed")})


def test_who_ordered_again_after_what(shop: Shop, ask: Ask) -> None:
    counted = ask(
        f"""SELECT CASE WHEN bad_on IS NOT NULL THEN 'bad_return' WHEN asked THEN 'return'
            ELSE 'no_return' END AS after, count(*),
          count(*) FILTER (next_day - day <= {_QUIET})
        FROM placed WHERE units > 0 AND day + CAST({_QUIET} AS INT) <= {_UNTIL} GROUP BY 1"""
    )
    found = _shares(_report(shop), "again", "after", "orders", "came", "again")
    assert sorted(found) == sorted((*row, Share(row[2], row[1])) for row in counted)
    assert len(found) == 3
    ((quiet,),) = ask(f"SELECT {_QUIET}")
    assert f"within {quiet} days" in _report(shop).table("again").title


def test_who_was_lost_after_a_bad_return(shop: Shop, ask: Ask) -> None:
    counted = ask(
        f"""WITH ends AS (SELECT person, bad_on FROM placed
            WHERE next_day IS NULL AND units > 0 AND bad_on + CAST({_QUIET} AS INT) < {_UNTIL})
        SELECT person, (SELECT count(*) FROM placed p WHERE p.person = ends.person AND units > 0),
          bad_on::VARCHAR, {_UNTIL} - bad_on
        FROM ends ORDER BY bad_on, person"""
    )
    found = _shares(_report(shop), "lost", "customer", "orders", "asked_on", "quiet")
    assert [row for row in found if row[0].startswith("c-")] == []
    assert found == counted
    assert len(found) > 3


def test_serial_returners_are_those_beyond_chance_with_their_evidence(shop: Shop, ask: Ask) -> None:
    people = ask(
        """SELECT person, count(*), count(*) FILTER (back > 0), sum(units), sum(back), sum(fault)
        FROM placed WHERE units > 0 GROUP BY 1"""
    )
    orders, returned = sum(one[1] for one in people), sum(one[2] for one in people)
    tested = sorted(
        (_tail(k, n, (returned - k) / (orders - n)), person)
        for person, n, k, *_ in people
        if n >= 3
    )
    # Benjamini and Hochberg: all up to the last whose chance is below its rank's part of 5 %.
    last = max(
        (rank for rank, (p, _) in enumerate(tested, 1) if p < 0.05 * rank / len(tested)), default=0
    )
    named = {person for _, person in tested[:last]}
    assert named == {"person5@example.com"}
    (expected,) = (one for one in people if one[0] in named)
    ((customer, *evidence),) = _shares(
        _report(shop),
        "serial",
        "customer",
        "orders",
        "orders_back",
        "delivered",
        "returned",
        "fault",
    )
    assert tuple(evidence) == expected[1:]
    assert customer.startswith("c-")
    ((_, sold, back, kept),) = _report(shop).table("serial_value").rows
    units = expected[3], expected[4], expected[3] - expected[4]
    assert (sold, back, kept) == tuple(Money("EUR", 2000 * one) for one in units)


def _tail(least: int, trials: int, chance: float) -> float:
    return sum(
        comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(least, trials + 1)
    )


def test_a_category_narrows_what_was_shipped_and_what_came_back(shop: Shop, ask: Ask) -> None:
    counted = ask(
        """SELECT count(DISTINCT l.order_id), sum(l.units_shipped::INT),
          sum(l.units_received::INT)
        FROM order_lines l JOIN placed p USING (order_id)
        WHERE l.category = 'Mugs' AND l.units_shipped::INT > 0"""
    )
    found = _shares(_report(shop, category="mugs"), "tiers", "orders", "delivered", "returned")
    assert [tuple(map(sum, zip(*found, strict=True)))] == counted


def test_no_mail_address_and_no_name_is_on_the_report(shop: Shop) -> None:
    report = repr(_report(shop)).casefold()
    assert "@example.com" not in report
    assert "person" not in report.replace("personal", "")


def test_who_was_erased_stays_erased(shop: Shop, tmp_path: Path) -> None:
    copy = tmp_path / "shop"
    shutil.copytree(shop.folder, copy)
    same = Shop(copy, "ann", CLOCK)
    before = _report(same)
    (lost, *_) = _shares(before, "lost", "customer", "orders")
    erase_customer(same, lost[0], even_if_open=True)
    after = _report(same)
    assert lost[0] not in [row[0] for row in after.table("lost").rows]
    counts = [
        sum(one for (one,) in _shares(report, "tiers", "orders")) for report in (before, after)
    ]
    assert counts[0] - counts[1] == lost[1]
    assert f"{_nameless(before) + lost[1]} orders left out" in after.notes[-1]


def _nameless(report: Report) -> int:
    told = report.notes[-1]
    return int(told.split()[0]) if "left out" in told else 0
