"""Refunds and dispositions against DuckDB, over the exported files and what was played."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from returns_cli.cli.serial import csv_table
from returns_cli.domain.errors import UsageError
from returns_cli.domain.money import exponent
from returns_cli.domain.reported import Graded, Handled, ReturnFees
from returns_cli.insight.dispositions import ShipCost, dispositions_report, ship_costs
from returns_cli.insight.refunds import RefundFacts, refunds_report
from returns_cli.insight.report import Cell, Money, Report, Share
from returns_cli.operations.export_data import Export, export_files
from returns_cli.operations.report.make_report import ReportRequest, make_report, read_period
from tests.operations.report.conftest import Ask
from tests.operations.report.market import Market

# Refunds as the exported CSV has them: amounts are decimals, a column for each part.
PARTS = (
    "items tax original_shipping restocking_fee return_shipping transfer_fee condition_deduction"
    " promotion_clawback bonus_credit goodwill"
).split()
CONFIRMED = "(SELECT * FROM exported WHERE state = 'confirmed')"
# What was paid for a unit of what was inspected, from the orders as they were written.
INSPECTED = """(SELECT i.grade, o.currency, i.inspected_on, i.units::INT AS units, o.category,
    (o.quantity::INT * o.unit_price::DECIMAL(12, 2)
      - coalesce(o.line_discount, '0')::DECIMAL(12, 2)) / o.quantity::INT * i.units::INT AS worth
  FROM inspected i JOIN orders o ON o.order_id = i.order_id AND o.line_no = i.line)"""


@pytest.fixture(scope="module")
def exported(market: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export_files(market.shop, Export("csv", place=folder), csv_table)
    return folder / "refunds.csv"


def over(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = duckdb.connect()
    decimals = ", ".join(f"'{name}': 'DECIMAL(12, 2)'" for name in ("amount", *PARTS))
    connection.execute(
        f"CREATE VIEW exported AS SELECT * FROM read_csv('{path}', types = {{{decimals}}})"
    )
    return connection.execute(query).fetchall()


def report(market: Market, name: str, **options: str) -> Report:
    return make_report(market.shop, ReportRequest(name, **options))


def amount(value: object, currency: object) -> Money:
    places = exponent(str(currency))
    return Money(str(currency), round(Decimal(str(value or 0)) * 10**places))


def test_what_was_paid_out_and_what_stayed_as_credit(market: Market, exported: Path) -> None:
    counted = over(
        exported,
        f"""SELECT strftime(confirmed_at, '%Y-%m'), currency, count(*),
          sum(amount) FILTER (tender <> 'store_credit'),
          sum(amount) FILTER (tender = 'store_credit'),
          -sum(restocking_fee + return_shipping + transfer_fee + condition_deduction
            + promotion_clawback)
        FROM {CONFIRMED} GROUP BY 1, 2 ORDER BY 1, 2""",
    )
    rows = [row[:5] for row in report(market, "refunds").table("refunds").rows if row[1]]
    assert rows == [
        (month, refunds, *(amount(one, currency) for one in amounts))
        for month, currency, refunds, *amounts in counted
    ]


def test_the_parts_of_refunds_add_up_to_them(market: Market, exported: Path) -> None:
    made = report(market, "refunds")
    counted: dict[Cell, tuple[Cell, ...]] = {}
    for kind in PARTS:
        for currency, refunds, total in over(
            exported,
            f"""SELECT currency, count(*), sum({kind}) FROM {CONFIRMED} WHERE {kind} <> 0
            GROUP BY 1""",
        ):
            counted[kind] = (kind, int(str(refunds)), amount(total, currency))
    parts = made.table("parts").rows
    assert {row[0]: row for row in parts} == counted
    total = sum(row[2].amount_minor for row in parts if isinstance(row[2], Money))
    ((paid,),) = over(exported, f"SELECT sum(amount) FROM {CONFIRMED}")
    assert total == int(Decimal(str(paid)) * 100)


def test_what_became_of_the_money(market: Market, exported: Path, ask: Ask) -> None:
    ((lost,),) = ask(
        f"SELECT sum(worth) FROM {INSPECTED} WHERE grade = 'damaged' AND currency = 'EUR'"
    )
    ((swapped,),) = ask(
        """SELECT sum(o.unit_price::DECIMAL(12, 2) * a.units::INT) FROM asked a JOIN received r
        ON r.name = a.name JOIN orders o ON o.order_id = a.order_id AND o.line_no = a.line
        WHERE a.want = 'exchange'"""
    )
    sums = over(
        exported,
        f"""SELECT -sum(restocking_fee + return_shipping + transfer_fee),
          -sum(condition_deduction + promotion_clawback), sum(original_shipping),
          sum(bonus_credit + goodwill), count(*) FROM {CONFIRMED}""",
    )
    fees, deducted, shipping, given = (Decimal(str(one)) for one in sums[0][:4])
    cost = shipping + given + Decimal(str(lost)) - fees - deducted
    rows = {
        row[0]: row[1]
        for row in report(market, "refunds").table("outcome").rows
        if isinstance(row[1], Money) and row[1].currency == "EUR"
    }
    assert rows["kept through exchange"] == amount(swapped, "EUR")
    assert rows["goods written off"] == amount(lost, "EUR")
    assert rows["fees kept"] == amount(fees, "EUR")
    assert rows["cost of returns"] == amount(cost, "EUR")


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        pytest.param({}, "true", id="everything"),
        pytest.param({"category": "Shoes"}, "category = 'Shoes'", id="a category"),
        pytest.param({"since": "2026-02-18"}, "inspected_on >= '2026-02-18'", id="since a day"),
    ],
)
def test_what_each_grade_recovers(
    options: dict[str, str], condition: str, market: Market, ask: Ask
) -> None:
    counted = ask(
        f"""SELECT grade, currency, sum(units), sum(units) FILTER (grade <> 'damaged'),
          sum(worth), sum(worth) FILTER (grade <> 'damaged')
        FROM {INSPECTED} WHERE {condition} GROUP BY 1, 2 ORDER BY 2, 1"""
    )
    made = report(market, "dispositions", **options)
    assert sorted(made.table("grades_by_value").rows, key=str) == sorted(
        (
            (grade, amount(worth, currency), amount(again, currency), share(again, worth, currency))
            for grade, currency, _, _, worth, again in counted
        ),
        key=str,
    )
    units: dict[Cell, list[int]] = {}
    for grade, _, seen, again, *_ in counted:
        both = units.setdefault(str(grade), [0, 0])
        both[0] += int(str(again or 0))
        both[1] += int(str(seen))
    assert sorted(made.table("grades").rows) == sorted(
        (grade, of, Share(again, of)) for grade, (again, of) in units.items()
    )


def share(part: object, whole: object, currency: object) -> Share:
    return Share(amount(part, currency).amount_minor, amount(whole, currency).amount_minor)


def test_where_goods_went(market: Market) -> None:
    # A, C and E: one shoe each, F: two mugs, as new; B: a shoe opened, a mug damaged; H: a cup.
    made = report(market, "dispositions")
    assert made.table("dispositions").rows == (
        ("restock", "yes", 5, Share(5, 8)),
        ("open_box", "yes", 2, Share(2, 8)),
        ("scrap", "no", 1, Share(1, 8)),
    )
    assert made.table("dispositions_by_value").rows == (
        ("open_box", Money("EUR", 8000), Money("EUR", 8000), Share(8000, 8000)),
        ("restock", Money("EUR", 27000), Money("EUR", 27000), Share(27000, 27000)),
        ("scrap", Money("EUR", 1250), Money("EUR", 0), Share(0, 1250)),
        ("open_box", Money("JPY", 3000), Money("JPY", 3000), Share(3000, 3000)),
    )


def test_a_parcel_pays_from_its_cost_over_what_the_goods_recover(market: Market) -> None:
    # 9.00 to bring a mug back; of 32.50 inspected 20.00 is sold again: 9.00 × 32.50 / 20.00.
    rows = report(market, "dispositions", ship_cost="9.00").table("keep_or_ship").rows
    mugs = next(row for row in rows if row[0] == "Home/Kitchen" and row[1] == 3)
    assert mugs[2:] == (Money("EUR", 1083), Share(2000, 3250), Money("EUR", 1463), None)
    # Without --ship-cost: A, B and F were charged 4.95 each, A's in two refunds.
    rows = report(market, "dispositions").table("keep_or_ship").rows
    shoes = next(row for row in rows if row[0] == "Shoes")
    assert shoes[4] == Money("EUR", 495)


@pytest.mark.parametrize("typed", ["9,00", "-1", "much", "1.001"])
def test_a_cost_that_is_no_amount_is_refused(typed: str, market: Market) -> None:
    with pytest.raises(UsageError) as raised:
        report(market, "dispositions", ship_cost=typed)
    assert raised.value.code == "E-USAGE-AMOUNT"


def test_advice_needs_ten_units_and_is_a_sentence(market: Market) -> None:
    scope, period = read_period(market.shop, ReportRequest("dispositions"))
    goods = [
        Graded(20500, "EUR", "Candles", "new", "restock", 5, 5000),
        Graded(20500, "EUR", "Candles", "damaged", "scrap", 15, 15000),
        Graded(20500, "EUR", "Lamps", "new", "restock", 10, 40000),
        Graded(20500, "EUR", "Glass", "damaged", "scrap", 12, 1200),
        Graded(20500, "EUR", "Few", "damaged", "restock", 9, 9),
    ]
    made = dispositions_report(scope, period, goods, {"EUR": ShipCost(600, "told")})
    # Candles: a quarter is sold again, so 6.00 pays from 24.00; a candle is worth 10.00.
    assert [row[-2:] for row in made.table("keep_or_ship").rows] == [
        (Money("EUR", 2400), "keep"),
        (Money("EUR", 600), None),
        (None, "keep"),
        (Money("EUR", 600), "ship"),
    ]
    assert [one for one in made.findings if one.startswith("Advice")] == [
        (
            "Advice: what is worth less than 24.00 EUR in Candles costs more to bring back than it "
            "recovers (25.0% of its value in 20 units); a rule with keep_item would let customers "
            "keep it."
        ),
        (
            "Advice: nothing of 12 units in Glass could be sold again; a rule with keep_item would "
            "let customers keep it."
        ),
    ]


def test_what_was_told_goes_before_what_was_charged() -> None:
    fees = [ReturnFees("EUR", 2, 991), ReturnFees("JPY", 1, 500)]
    assert ship_costs({"EUR": 700}, fees) == {
        "EUR": ShipCost(700, "told"),
        "JPY": ShipCost(500, "fees"),
    }
    assert ship_costs({}, fees)["EUR"] == ShipCost(496, "fees")


def test_what_is_said_where_nothing_was_paid_but_goods_were_lost(market: Market) -> None:
    scope, period = read_period(market.shop, ReportRequest("refunds"))
    lost = [Graded(20500, "EUR", "Glass", "damaged", "scrap", 2, 123456)]
    made = refunds_report(scope, period, RefundFacts([], [], [], lost, [Handled("EUR", 2, 2)], {}))
    assert made.findings == (
        "Nothing was paid back in these days.",
        "Each of 2 returns cost 617.28 EUR on average, beside the price of the goods.",
        "1,234.56 EUR of goods was written off.",
    )
