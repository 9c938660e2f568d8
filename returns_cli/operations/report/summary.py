"""The summary of a period."""

from __future__ import annotations

from returns_cli.domain.reported import Scope
from returns_cli.insight.report import Period, Report
from returns_cli.insight.summary import SummaryFacts, summary_report
from returns_cli.store.connection import Store
from returns_cli.store.reports import sales


def summary(store: Store, scope: Scope, period: Period) -> Report:
    """What was sold, what came back, what was asked for and what was paid back."""
    facts = SummaryFacts(
        sales.sold(store, scope),
        sales.came_back(store, scope),
        sales.asked(store, scope),
        sales.paid_back(store, scope),
        sales.reason_units(store, scope),
    )
    return summary_report(scope, period, facts)
