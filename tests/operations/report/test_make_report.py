"""Which days and rows a report speaks of, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.operations.report.make_report import (
    REPORTS,
    ReportRequest,
    make_report,
    table_of,
)
from returns_cli.operations.shop import Shop
from tests.operations.desk import inspected, opened, received, small_shop


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        pytest.param(ReportRequest("sumary"), "E-USAGE", id="no such report"),
        pytest.param(ReportRequest("summary", since="1.3.2026"), "E-USAGE-DATE", id="no day"),
        pytest.param(
            ReportRequest("summary", until="2026-02-30"), "E-USAGE-DATE", id="no real day"
        ),
        pytest.param(ReportRequest("summary", by="year"), "E-USAGE-PERIOD", id="by year"),
        pytest.param(
            ReportRequest("summary", "2026-03-02", "2026-03-01"), "E-USAGE-PERIOD", id="backwards"
        ),
        pytest.param(
            ReportRequest("summary", since="2026-03-21"), "E-USAGE-PERIOD", id="not begun yet"
        ),
    ],
)
def test_what_makes_no_period_is_refused(
    request_: ReportRequest, code: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as raised:
        make_report(small_shop(tmp_path), request_)
    assert raised.value.code == code


def test_the_nearest_report_and_table_are_named(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    with pytest.raises(UsageError) as raised:
        make_report(shop, ReportRequest("sumary"))
    assert raised.value.hint == "Did you mean summary?"
    with pytest.raises(UsageError) as raised:
        table_of(make_report(shop, ReportRequest("summary")), "moeny")
    assert (raised.value.code, raised.value.hint) == ("E-USAGE-TABLE", "Did you mean money?")


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_shop_has_every_report(name: str, tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    empty = Shop(shop.folder, "ann", "2026-02-28")
    report = make_report(empty, ReportRequest(name, until="2026-02-28"))
    assert report.name == name
    assert report.tables
    assert all(0 not in (len(one.columns), len(one.title)) for one in report.tables)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("by", ["month", "week"])
def test_a_report_of_one_day_and_one_return(name: str, by: str, tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rma = opened(shop, "1001", "2:1=itchy")
    received(shop, rma)
    inspected(shop, rma, "2:1=damaged")
    day = {"since": "2026-03-20", "until": "2026-03-20"}
    report = make_report(shop, ReportRequest(name, by=by, **day))
    assert (report.period.since, report.period.until) == ("2026-03-20", "2026-03-20")
    for table in report.tables:
        assert all(len(row) == len(table.columns) for row in table.rows), table.name
    for chart in report.charts:
        columns = {column.name for column in report.table(chart.table).columns}
        assert columns >= {chart.label, *chart.values}, chart.title
