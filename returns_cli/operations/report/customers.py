"""Who sends back, how often, and who did not come again."""

from __future__ import annotations

from returns_cli.domain.reported import Scope, day_number
from returns_cli.insight.customer_words import CustomerFacts
from returns_cli.insight.customers import customers_report
from returns_cli.insight.loyalty import (
    came_again,
    lost,
    patrons,
    quiet_days,
    serial_returners,
)
from returns_cli.insight.report import Period, Report
from returns_cli.store.connection import Store
from returns_cli.store.reports.customers import (
    count_nameless,
    person_orders,
    person_returns,
    shown_person,
    worth_of,
)


def customers(store: Store, scope: Scope, period: Period) -> Report:
    """How customers send back by tier, who does so beyond chance, and who was lost over it."""
    orders = person_orders(store, scope)
    people = patrons(orders, person_returns(store, scope))
    quiet, gaps = quiet_days(orders)
    until = day_number(scope.until)
    expected, serial = serial_returners(people)
    quiet_ones = lost(people, quiet, until)
    named = {one.patron.person for one in serial} | {patron.person for patron, _ in quiet_ones}
    facts = CustomerFacts(
        people,
        expected,
        serial,
        quiet,
        gaps,
        came_again(people, quiet, until),
        quiet_ones,
        worth_of(store, scope, named),
        count_nameless(store, scope),
        until,
        lambda person: shown_person(store, person),
    )
    return customers_report(scope, period, facts)
