"""Why goods come back."""

from __future__ import annotations

from returns_cli.domain.reported import Scope
from returns_cli.insight.periods import last_day, named, number, period_of
from returns_cli.insight.reasons import ReasonFacts, reasons_report
from returns_cli.insight.report import Period, Report
from returns_cli.store.connection import Store
from returns_cli.store.reports.reasons import comments, product_reasons, reason_periods

_COMMENTS = 3  # of each reason


def reasons(store: Store, scope: Scope, period: Period) -> Report:
    """Why goods come back: by reason, product, size and time."""
    latest = _latest(scope, period)
    facts = ReasonFacts(
        reason_periods(store, scope, period.by),
        product_reasons(store, scope, period.by, latest),
        comments(store, scope, _COMMENTS),
        latest,
    )
    return reasons_report(scope, period, facts)


def _latest(scope: Scope, period: Period) -> int:
    """The last period of the scope's days that is over, by the clock and by these days."""
    running = number(period_of(scope.until, period.by))
    ends = last_day(named(running, period.by)).isoformat()
    return running if ends <= period.until and ends < period.as_of[:10] else running - 1
