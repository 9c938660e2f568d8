"""The reports on money and on what becomes of goods."""

from __future__ import annotations

from returns_cli.domain.errors import UsageError
from returns_cli.domain.money import parse_amount
from returns_cli.domain.reported import Scope
from returns_cli.insight.dispositions import dispositions_report, ship_costs
from returns_cli.insight.refunds import RefundFacts, refunds_report
from returns_cli.insight.report import Period, Report
from returns_cli.store.connection import Store
from returns_cli.store.reports import grades
from returns_cli.store.reports import refunds as paid


def refunds(store: Store, scope: Scope, period: Period) -> Report:
    """What was paid back, what stayed, what was written off, what a return cost.

    Raises:
        UsageError: ``--ship-cost`` is no amount of the shop's currency.
    """
    facts = RefundFacts(
        paid.refunds(store, scope),
        paid.refund_parts(store, scope),
        paid.exchanged(store, scope),
        grades.graded(store, scope, period.by),
        paid.handled(store, scope),
        _told(scope),
    )
    return refunds_report(scope, period, facts)


def dispositions(store: Store, scope: Scope, period: Period) -> Report:
    """Where goods went, what can be sold again, and from which value on a parcel back pays.

    Raises:
        UsageError: ``--ship-cost`` is no amount of the shop's currency.
    """
    costs = ship_costs(_told(scope), paid.return_fees(store, scope))
    return dispositions_report(scope, period, grades.graded(store, scope, period.by), costs)


def _told(scope: Scope) -> dict[str, int]:
    if not scope.ship_cost or scope.shop is None:
        return {}
    currency = scope.shop.currency
    try:
        minor = parse_amount(scope.ship_cost, currency)
    except ValueError:
        minor = -1
    if minor < 0:
        raise UsageError(
            "E-USAGE-AMOUNT",
            f"`{scope.ship_cost[:80]}` is no amount in {currency}.",
            where="--ship-cost",
            hint="Write it with a dot and the currency's decimals, such as 6.50 for USD.",
        )
    return {currency: minor}
