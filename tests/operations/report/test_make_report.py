"""Which days and rows a report speaks of, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.insight.report import Money
from returns_cli.operations.report.make_report import (
    REPORTS,
    ReportRequest,
    make_all_reports,
    make_report,
    table_of,
)
from returns_cli.operations.shop import Shop
from tests.operations.desk import inspected, opened, received, small_shop
from tests.operations.report.market import Market


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


@pytest.mark.parametrize(
    ("narrowed", "said"),
    [
        pytest.param(
            {"reason": "to_small"}, "reason to_small; did you mean too_small?", id="a reason"
        ),
        pytest.param(
            {"country": "Germany"}, "country GERMANY; known: AT, DE, FR, JP, PL.", id="a country"
        ),
        pytest.param({"category": "hoem"}, "category hoem; did you mean Home?", id="a category"),
        pytest.param({"tier": "vip"}, "tier vip; known: gold.", id="a tier"),
        pytest.param({"channel": "Web "}, "channel Web ; did you mean web?", id="a channel"),
    ],
)
def test_what_nothing_fits_is_the_first_sentence(
    narrowed: dict[str, str], said: str, market: Market
) -> None:
    report = make_report(market.shop, ReportRequest("policies", **narrowed))
    assert report.findings[0] == f"Nothing here has the {said}"


def test_a_filter_that_something_fits_says_nothing(market: Market) -> None:
    fits = {"channel": "web", "country": "de", "category": "home", "reason": "style"}
    reports = make_all_reports(market.shop, ReportRequest("all", tier="gold", **fits))
    assert not [one for report in reports for one in report.findings if "Nothing here" in one]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("by", ["month", "week"])
def test_every_report_is_cut_by_time_and_marks_what_is_not_whole(
    name: str, by: str, market: Market
) -> None:
    days = {"since": "2026-01-10", "until": "2026-03-31"}
    report = make_report(market.shop, ReportRequest(name, by=by, **days))
    over_time = [one for one in report.tables if one.columns[0].kind == "period"]
    assert over_time
    first, last = ("2026-01", "2026-03") if by == "month" else ("2026-W02", "2026-W14")
    for table in over_time:
        names = [str(row[0]) for row in table.rows]
        assert names == sorted(names)
        assert names[0] >= first
        assert names[-1] <= last
        # The 10th is a Saturday, the 31st a Tuesday; March is over and asked for whole.
        cut = {first} if by == "month" else {first, last}
        assert cut & {*names} <= table.partial, table.name


def test_the_cost_of_a_return_has_its_way_back_where_that_is_told(market: Market) -> None:
    # In euros A, B, C, E and F came, with 1 + 2 + 1 + 1 + 2 units; D was paid for goods that stay.
    plain, told = (
        {
            row[0]: row[1:]
            for row in make_report(market.shop, ReportRequest("refunds", ship_cost=cost))
            .table("outcome")
            .rows
            if isinstance(row[1], Money) and row[1].currency == "EUR"
        }
        for cost in ("", "4.00")
    )
    assert "goods brought back" not in plain
    assert told["goods brought back"] == (Money("EUR", 2800), Money("EUR", round(2800 / 6)))
    (before, _), (after, each) = plain["cost of returns"], told["cost of returns"]
    assert isinstance(before, Money)
    assert after == Money("EUR", before.amount_minor + 2800)
    assert each == Money("EUR", round((before.amount_minor + 2800) / 6))
