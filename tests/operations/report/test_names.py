"""The names that scripts read: of every report's tables and columns. They never change."""

from __future__ import annotations

from pathlib import Path

from returns_cli.operations.report.make_report import ReportRequest, make_all_reports
from returns_cli.operations.report.predict import evaluate, predict
from tests.operations.report.market import Market

_NAMES = Path(__file__).with_name("names.txt")


def test_tables_and_columns_keep_their_names(market: Market) -> None:
    asked = ReportRequest("all")
    reports = [
        *make_all_reports(market.shop, asked),
        predict(market.shop, asked, 20),
        evaluate(market.shop, asked),
    ]
    told = [
        f"{report.name} {table.name}: {' '.join(column.name for column in table.columns)}\n"
        for report in reports
        for table in report.tables
    ]
    assert "".join(told) == _NAMES.read_text(encoding="utf-8")
    for report in reports:
        for table in report.tables:
            names = [column.name for column in table.columns]
            assert len(names) == len(set(names)), table.name
