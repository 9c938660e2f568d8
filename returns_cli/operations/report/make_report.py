"""Make a report over a period: what ``returns report`` and ``returns run`` call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from returns_cli.domain.days import parse_day
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.reported import Scope
from returns_cli.insight.report import Period, Report, Table
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

    Maker = Callable[[Store, Scope, Period], Report]

_Named = TypeVar("_Named")


class ReportRequest(NamedTuple):
    """What is asked for, as typed.

    Attributes:
        name: of the report.
        since, until: first and last day; None for all that is known, and for today.
        by: ``month`` or ``week``.
        channel, country, category, reason, tier: only these; empty for all.
        ship_cost: what it costs to bring one unit back, in the shop's currency; empty for unknown.
    """

    name: str
    since: str | None = None
    until: str | None = None
    by: str = "month"
    channel: str = ""
    country: str = ""
    category: str = ""
    reason: str = ""
    tier: str = ""
    ship_cost: str = ""


def _summary() -> Maker:
    from returns_cli.operations.report.summary import summary

    return summary


def _products() -> Maker:
    from returns_cli.operations.report.goods import products

    return products


def _categories() -> Maker:
    from returns_cli.operations.report.goods import categories

    return categories


def _reasons() -> Maker:
    from returns_cli.operations.report.reasons import reasons

    return reasons


def _customers() -> Maker:
    from returns_cli.operations.report.customers import customers

    return customers


def _refunds() -> Maker:
    from returns_cli.operations.report.money import refunds

    return refunds


def _dispositions() -> Maker:
    from returns_cli.operations.report.money import dispositions

    return dispositions


def _sla() -> Maker:
    from returns_cli.operations.report.promises import sla

    return sla


def _policies() -> Maker:
    from returns_cli.operations.report.policies import policies

    return policies


# A report's name and what makes it; a newcomer adds one function and one line. All together are
# read in this order.
REPORTS: Mapping[str, Callable[[], Maker]] = {
    "summary": _summary,
    "reasons": _reasons,
    "products": _products,
    "categories": _categories,
    "customers": _customers,
    "refunds": _refunds,
    "dispositions": _dispositions,
    "sla": _sla,
    "policies": _policies,
}


def make_report(shop: Shop, request: ReportRequest) -> Report:
    """Make a report. Nothing is written.

    Raises:
        UsageError: an unknown report, a day that is none, the last day before the first
            (``E-USAGE-PERIOD``), or neither months nor weeks.
    """
    from returns_cli.store.rare import rare_collections

    make = _named(REPORTS, request.name, "E-USAGE", "report")()
    scope, period = read_period(shop, request)
    with rare_collections(), shop.open_store(read_only=True) as store, store.reading():
        return with_unknown(store, scope, make(store, scope, period))


def make_all_reports(shop: Shop, request: ReportRequest) -> list[Report]:
    """Every report over the same days and of the same moment. Nothing is written.

    Args:
        request: its name counts for nothing.

    Raises:
        UsageError: as for :func:`make_report`.
    """
    from returns_cli.store.rare import rare_collections

    makers = [find() for find in REPORTS.values()]
    scope, period = read_period(shop, request)
    with rare_collections(), shop.open_store(read_only=True) as store, store.reading():
        reports = [make(store, scope, period) for make in makers]
        return [with_unknown(store, scope, reports[0]), *reports[1:]]


def with_unknown(store: Store, scope: Scope, report: Report) -> Report:
    """The report; where it was narrowed to what nobody has, that is its first sentence."""
    from returns_cli.insight.words import nothing_fits
    from returns_cli.store.reports.known import unknown_filters

    if not scope.filters:
        return report
    told = (nothing_fits(*one) for one in unknown_filters(store, scope))
    return report._replace(findings=(*told, *report.findings))


def read_period(shop: Shop, request: ReportRequest) -> tuple[Scope, Period]:
    """The days and filters of a request, in the shop's zone.

    Raises:
        UsageError: as for :func:`make_report`.
    """
    until = _day(request.until, "--until") or shop.today
    since = _day(request.since, "--since")
    if since is not None and since > until:
        raise UsageError(
            "E-USAGE-PERIOD",
            f"The report would begin on {since} and end on {until}.",
            where="--since",
            hint="Give a first day that is not after the last; without --until that is today.",
        )
    by = _cut(request.by)
    country = request.country.strip().upper()
    narrowed = request.channel, country, request.category, request.reason, request.tier
    scope = Scope(since, until, shop.zone, *narrowed, shop.config, request.ship_cost)
    return scope, Period(since.isoformat() if since else "", until.isoformat(), by, shop.now)


def table_of(report: Report, name: str | None) -> Table:
    """The table of a report that was asked for; without a name the first.

    Raises:
        UsageError: it has none of that name.
    """
    tables = {one.name: one for one in report.tables}
    return report.tables[0] if name is None else _named(tables, name, "E-USAGE-TABLE", "table")


def _named(found: Mapping[str, _Named], name: str, code: str, what: str) -> _Named:
    if name not in found:
        hint = nearest_or_all(name, found)
        raise UsageError(code, f"There is no {what} {name[:80]}.", where=name[:80], hint=hint)
    return found[name]


def _cut(by: str) -> Literal["month", "week"]:
    if by == "month":
        return "month"
    if by == "week":
        return "week"
    raise UsageError(
        "E-USAGE-PERIOD",
        f"A report cannot be cut by {by[:80]}.",
        where="--by",
        hint="Use --by month or --by week.",
    )


def _day(text: str | None, option: str) -> date | None:
    try:
        return parse_day(text) if text is not None else None
    except ValueError as error:
        raise UsageError(
            "E-USAGE-DATE", f"{option}: {error}.", where=option, hint="Write it as 2026-03-20."
        ) from error
