"""The report on policies: what they decided, and where people said otherwise."""

from __future__ import annotations

from returns_cli.domain.reported import Scope
from returns_cli.insight.report import Period, Report
from returns_cli.insight.verdicts import policies_report
from returns_cli.store.connection import Store
from returns_cli.store.reports import verdicts


def policies(store: Store, scope: Scope, period: Period) -> Report:
    """What policies decided, which rules did it, and where people said otherwise."""
    judged, decided = verdicts.judged(store, scope), verdicts.decided(store, scope)
    return policies_report(scope, period, judged, decided)
