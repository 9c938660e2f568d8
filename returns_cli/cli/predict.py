"""Forecasts for the merchant: what will come back, and whether to believe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import Context
    from returns_cli.cli.report_options import (
        ByOption,
        CsvOption,
        HtmlOption,
        OnlyCategoryOption,
        OnlyChannelOption,
        OnlyCountryOption,
        OnlyTierOption,
        ReportTableOption,
        TopOption,
    )


def products(
    context: Context,
    by: ByOption = "month",
    channel: OnlyChannelOption = "",
    country: OnlyCountryOption = "",
    category: OnlyCategoryOption = "",
    tier: OnlyTierOption = "",
    limit: TopOption = 20,
    table: ReportTableOption = None,
    csv: CsvOption = False,
    html: HtmlOption = None,
) -> None:
    """Show which products will come back above their category's rate, and what drives it.

    It looks at whole months (or weeks) until now and speaks of the one that runs.
    """
    from returns_cli.cli.report_shown import Form, show_report
    from returns_cli.operations.report.make_report import ReportRequest
    from returns_cli.operations.report.predict import predict

    call = invocation_of(context)
    request = ReportRequest("predict", None, None, by, channel, country, category, "", tier)
    show_report(call, predict(call.shop(), request, limit), Form(table, csv, html))


def evaluate(
    context: Context,
    by: ByOption = "month",
    channel: OnlyChannelOption = "",
    country: OnlyCountryOption = "",
    category: OnlyCategoryOption = "",
    tier: OnlyTierOption = "",
    table: ReportTableOption = None,
    csv: CsvOption = False,
    html: HtmlOption = None,
) -> None:
    """Say whether to believe the forecasts: made for past months, held against what came."""
    from returns_cli.cli.report_shown import Form, show_report
    from returns_cli.operations.report.make_report import ReportRequest
    from returns_cli.operations.report.predict import evaluate as evaluate_forecasts

    call = invocation_of(context)
    request = ReportRequest("predict", None, None, by, channel, country, category, "", tier)
    show_report(call, evaluate_forecasts(call.shop(), request), Form(table, csv, html))
