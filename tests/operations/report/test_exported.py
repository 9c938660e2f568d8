"""Every table of every report against DuckDB, which counts in what ``export csv`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from returns_cli.cli.serial import csv_table
from returns_cli.domain.money import parse_amount
from returns_cli.insight.report import Cell, Column, Interval, Money, Report, Share
from returns_cli.operations.export_data import Export, export_files
from returns_cli.operations.report.make_report import REPORTS, ReportRequest, make_all_reports
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return
from tests.operations.report.bazaar import CLOCK, bazaar
from tests.operations.report.exported import CHECKS, TABLES, connect

# Days, and a channel; the first is everything.
_SCOPES = {
    "everything": ("0001-01-01", CLOCK, ""),
    "some days of a channel": ("2026-01-20", "2026-04-20", "web"),
}
# What DuckDB counts elsewhere, and what is no figure.
_ELSEWHERE = {
    ("customers", table): "test_customers.py"
    for table in ("tiers", "periods", "serial", "serial_value", "first_orders", "again", "lost")
} | {("sla", "waiting"): "below"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return bazaar(tmp_path_factory.mktemp("bazaar") / "shop")


@pytest.fixture(scope="module")
def files(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export_files(shop, Export("csv", tuple(TABLES), place=folder), csv_table)
    return folder


@pytest.fixture(scope="module", params=_SCOPES)
def scope(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    return _SCOPES[request.param]


@pytest.fixture(scope="module")
def exported(files: Path, scope: tuple[str, str, str]) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(files, *scope) as connection:
        yield connection


@pytest.fixture(scope="module")
def reports(shop: Shop, scope: tuple[str, str, str]) -> Mapping[str, Report]:
    since, until, channel = scope
    wanted = ReportRequest(
        "all", since=None if since.startswith("0") else since, until=until, channel=channel,
        ship_cost="6.50",
    )  # fmt: skip
    return {one.name: one for one in make_all_reports(shop, wanted)}


@pytest.mark.parametrize(("report", "table"), CHECKS, ids=map("-".join, CHECKS))
def test_a_table_has_what_duckdb_counts(
    report: str,
    table: str,
    reports: Mapping[str, Report],
    exported: duckdb.DuckDBPyConnection,
) -> None:
    names, query = CHECKS[report, table]
    found = reports[report].table(table)
    columns = [column.name for column in found.columns]
    at = [columns.index(name) for name in names.split()]
    rows = [[value for n in at for value in _flat(row[n], found.columns[n])] for row in found.rows]
    counted = [list(row) for row in exported.execute(query).fetchall()]
    assert counted or reports[report].filters
    # A period in which nothing happened stands between others, and DuckDB has no row of it.
    shown = [row for row in rows if found.columns[0].kind != "period" or any(_figures(row))]
    counted = [row for row in counted if found.columns[0].kind != "period" or any(_figures(row))]
    assert sorted(map(repr, map(_rounded, shown))) == sorted(map(repr, map(_rounded, counted)))


def _flat(cell: Cell, column: Column) -> tuple[object, ...]:
    if isinstance(cell, Money | Share | Interval):
        return tuple(cell)
    return (cell, cell) if column.kind in ("money", "share", "interval") else (cell,)


def _figures(row: list[object]) -> Iterator[object]:
    return (one for one in row[1:] if not isinstance(one, str))


def _rounded(row: list[object]) -> list[object]:
    return [round(one, 6) + 0.0 if isinstance(one, float) else one for one in row]


def test_no_table_is_left_out(reports: Mapping[str, Report]) -> None:
    made = {(name, table.name) for name in REPORTS for table in reports[name].tables}
    assert made == {*CHECKS, *_ELSEWHERE}


def test_who_waits_is_owed_what_was_not_confirmed(
    shop: Shop, reports: Mapping[str, Report], exported: duckdb.DuckDBPyConnection
) -> None:
    on_its_way = exported.execute(
        f"""SELECT rma, order_id, DATE '{CLOCK}' - began, currency, minor(pending, currency)
        FROM promised WHERE pending::DECIMAL > 0"""
    ).fetchall()
    # The promise began, and nothing of the goods was paid or is on its way.
    not_recorded = exported.execute(
        f"""SELECT rma, p.order_id, DATE '{CLOCK}' - began, p.currency
        FROM promised p
        WHERE began IS NOT NULL AND p.pending::DECIMAL = 0 AND authorized > 0
          AND rma NOT IN (SELECT rma FROM confirmed WHERE items::DECIMAL > 0)
          AND rma NOT IN (SELECT rma FROM return_lines WHERE resolution = 'exchange')"""
    ).fetchall()
    waiting = reports["sla"].table("waiting").rows
    found = [(row[0], row[1], row[2], row[6], row[5]) for row in waiting]
    assert sorted((*who, *_money(owed)) for *who, word, owed in found if word == "on its way") == (
        sorted(on_its_way)
    )
    left = [(*who, _money(owed).currency) for *who, word, owed in found if word == "not recorded"]
    assert sorted(left) == sorted(not_recorded)
    for rma, *_, word, cell in found:
        if word == "not recorded":
            owed = _money(cell)
            (paid,) = exported.execute(
                """SELECT coalesce(sum(paid - minor(goodwill, currency)), 0)
                FROM confirmed WHERE rma = ?""",
                [rma],
            ).fetchall()
            total = quote_of_return(shop, str(rma))["total"]
            assert owed.amount_minor == parse_amount(str(total), owed.currency) - paid[0]


def _money(cell: Cell) -> Money:
    assert isinstance(cell, Money)
    return cell


def test_the_view_of_products_sums_up_the_lines(exported: duckdb.DuckDBPyConnection) -> None:
    columns = "sku, units_ordered::INT, units_shipped::INT, units_received::INT, returns::INT"
    counted = exported.execute(
        """SELECT sku, sum(quantity::INT), sum(units_shipped::INT), (SELECT sum(quantity::INT)
            FROM floor f WHERE f.sku = l.sku AND fact = 'received'),
          (SELECT count(DISTINCT rma) FROM floor f WHERE f.sku = l.sku AND fact = 'received')
        FROM order_lines l GROUP BY sku ORDER BY sku"""
    ).fetchall()
    assert exported.execute(f"SELECT {columns} FROM products ORDER BY sku").fetchall() == counted


def test_the_views_of_returns_and_refunds_agree(exported: duckdb.DuckDBPyConnection) -> None:
    paid, pending = (
        exported.execute(
            f"""SELECT rma, sum(amount::DECIMAL(12, 3)) FROM refunds WHERE state IN ({states})
            GROUP BY rma ORDER BY rma"""
        ).fetchall()
        for states in ("'confirmed'", "'submitted', 'in_doubt'")
    )
    for column, counted in (("refunded", paid), ("pending", pending)):
        told = exported.execute(
            f"""SELECT rma, {column}::DECIMAL(12, 3) FROM returns
            WHERE {column}::DECIMAL(12, 3) > 0 ORDER BY rma"""
        ).fetchall()
        assert told == counted
