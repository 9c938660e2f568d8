"""Reports for the merchant: what comes back, why, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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
        OnlyReasonOption,
        OnlyTierOption,
        ReportTableOption,
        ShipCostOption,
        SinceDayOption,
        UntilDayOption,
    )


def _show(context: Context, name: str, asked: tuple[Any, ...], form: tuple[Any, ...]) -> None:
    """Make a report and print it.

    Args:
        asked: the fields of ``ReportRequest`` behind its name.
        form: those of ``Form``.
    """
    from returns_cli.cli.report_shown import Form, show_report
    from returns_cli.operations.report.make_report import ReportRequest, make_report

    call = invocation_of(context)
    show_report(call, make_report(call.shop(), ReportRequest(name, *asked)), Form(*form))


def _report(name: str, says: str) -> Callable[..., None]:
    """The command that shows the report of that name."""

    def show(
        context: Context,
        since: SinceDayOption = None,
        until: UntilDayOption = None,
        by: ByOption = "month",
        channel: OnlyChannelOption = "",
        country: OnlyCountryOption = "",
        category: OnlyCategoryOption = "",
        reason: OnlyReasonOption = "",
        tier: OnlyTierOption = "",
        table: ReportTableOption = None,
        csv: CsvOption = False,
        html: HtmlOption = None,
    ) -> None:
        asked = since, until, by, channel, country, category, reason, tier
        _show(context, name, asked, (table, csv, html))

    show.__name__ = name
    show.__doc__ = says
    return show


def _costed_report(name: str, says: str) -> Callable[..., None]:
    """The same, of a report that reckons with what bringing goods back costs."""

    def show(
        context: Context,
        since: SinceDayOption = None,
        until: UntilDayOption = None,
        by: ByOption = "month",
        channel: OnlyChannelOption = "",
        country: OnlyCountryOption = "",
        category: OnlyCategoryOption = "",
        reason: OnlyReasonOption = "",
        tier: OnlyTierOption = "",
        ship_cost: ShipCostOption = "",
        table: ReportTableOption = None,
        csv: CsvOption = False,
        html: HtmlOption = None,
    ) -> None:
        asked = since, until, by, channel, country, category, reason, tier, ship_cost
        _show(context, name, asked, (table, csv, html))

    show.__name__ = name
    show.__doc__ = says
    return show


def all_reports(
    context: Context,
    since: SinceDayOption = None,
    until: UntilDayOption = None,
    by: ByOption = "month",
    channel: OnlyChannelOption = "",
    country: OnlyCountryOption = "",
    category: OnlyCategoryOption = "",
    reason: OnlyReasonOption = "",
    tier: OnlyTierOption = "",
    ship_cost: ShipCostOption = "",
    html: HtmlOption = None,
) -> None:
    """Show all reports over the same days; with --html the monthly report as one page."""
    from returns_cli.cli.report_shown import show_all
    from returns_cli.operations.report.make_report import ReportRequest, make_all_reports

    call = invocation_of(context)
    asked = since, until, by, channel, country, category, reason, tier, ship_cost
    reports = make_all_reports(call.shop(), ReportRequest("all", *asked))
    show_all(call, reports, html)


summary = _report("summary", "Show what was sold, what came back, why, and what was paid back.")
reasons = _report("reasons", "Show why goods come back, what is new in it, and what rises.")
products = _report("products", "Show which products come back, of what was delivered of them.")
customers = _report("customers", "Show who sends back, how often, and who was lost over it.")
categories = _report("categories", "Show which categories come back, of what was delivered.")
refunds = _costed_report(
    "refunds", "Show what was paid back and as what, what stayed, and what a return cost."
)
dispositions = _costed_report(
    "dispositions", "Show where goods went, and from what value on a parcel back pays."
)
sla = _report("sla", "Show how long refunds took against the promise, and who waits now.")
policies = _report("policies", "Show what policies and rules decided, and who said otherwise.")
