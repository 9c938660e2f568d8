"""Orders of known people and what they sent back, for the report on customers.

Who was erased is no known person: their orders lost the row that named them. What is read here of
a person is a key, which the report shows as a customer id or as a number that names nobody.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

import json
from collections.abc import Iterable

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_customers import PersonOrder, PersonReturn, PersonWorth
from returns_cli.store.connection import Store
from returns_cli.store.datasets import pseudonym
from returns_cli.store.reports.counting import rows_of, tier_of
from returns_cli.store.reports.delivered import LINE_VALUE, SENT_BACK, delivered_units
from returns_cli.store.reports.scope import (
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)
from returns_cli.store.reports.subjects import GOODS, OUTCOME, SOLD

_ID, _MAIL = "id:", "mail:"  # what the key of a person begins with
_ARRIVED = """coalesce((SELECT sum(g.quantity) FROM receipt g
  WHERE g.return_id = q.return_id AND g.line = q.line), 0)"""
_FAULT = """(SELECT d.fault FROM decision_line d WHERE d.line = q.line AND d.decision_id =
  (SELECT max(e.decision_id) FROM decision e WHERE e.return_id = q.return_id))"""
_BY_PEOPLE = """(SELECT p.person_key, s.order_pk AS pk, s.* FROM order_person p
  CROSS JOIN sold s ON s.order_pk = p.order_pk WHERE p.person_key <> '')"""


def person_orders(store: Store, scope: Scope) -> list[PersonOrder]:
    """All orders of known people up to the last day, each person's in turn; inside a read.

    Orders that were cancelled count for nothing; one of which nothing was delivered only tells
    that its customer came again.
    """
    meant = rows_of(store, scope._replace(category="", reason=""), SOLD)
    units = "units"
    if scope.category:
        only = Scope(None, scope.until, scope.zone, category=scope.category)
        lines = rows_of(store, only, GOODS, dated=False)
        units = f"""(SELECT coalesce(sum(b.units), 0) FROM goods b
  WHERE b.order_pk = pk AND {lines.held})"""
    rows = rows_of(store, Scope(None, scope.until, scope.zone), SOLD, ever=True)
    found = rows._replace(table=_BY_PEOPLE, values=parameters(scope)).ask(
        f"person_key, pk, day, {tier_of(rows.connection)}, ({meant.held}) AND {units} > 0, {units}",
        "ORDER BY person_key, day, (SELECT o.placed_at FROM orders o WHERE o.order_pk = pk), pk",
    )
    return [*map(PersonOrder._make, found)]


def person_returns(store: Store, scope: Scope) -> list[PersonReturn]:
    """What known people asked to send back, by line, the earliest first; inside a read."""
    day = day_of("r.requested_at", scope)
    wanted = _and("p.person_key <> '' AND r.kind <> 'return_to_sender'", scope, _LINES_ASKED)
    query = f"""SELECT r.order_pk, r.rma, {day} AS day, q.reason, {OUTCOME} = 'denied',
  coalesce({_FAULT}, '') IN ('merchant', 'carrier'), {_ARRIVED}
FROM returns r JOIN order_person p ON p.order_pk = r.order_pk
JOIN orders o ON o.order_pk = r.order_pk
JOIN return_line q ON q.return_id = r.return_id AND {LATEST}
JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
{wanted} ORDER BY day, r.return_id, q.line"""
    rows = store.connection.execute(query, parameters(scope))
    return [*map(PersonReturn._make, rows)]


_LINES_ASKED = {**LINE_FILTERS, **REQUEST_FILTERS}


def worth_of(store: Store, scope: Scope, people: Iterable[str]) -> list[PersonWorth]:
    """What these people's orders of the scope were worth, by currency; inside a read."""
    sent_back, delivered = delivered_units(store)
    day = day_of("o.placed_at", scope)
    back = """coalesce((SELECT sum(g.quantity) FROM receipt g JOIN returns r
  ON r.return_id = g.return_id AND r.kind <> 'return_to_sender'
  WHERE g.order_pk = l.order_pk AND g.line = l.line), 0)"""
    wanted = where(scope, ORDER_FILTERS, LINE_FILTERS, day=day)
    query = f"""WITH {SENT_BACK} SELECT p.person_key, o.currency,
  sum({LINE_VALUE.format(units=delivered)}), sum({LINE_VALUE.format(units=back)})
FROM json_each(:people) j JOIN order_person p ON p.person_key = j.value
JOIN orders o ON o.order_pk = p.order_pk AND o.cancelled_at IS NULL
JOIN order_line l ON l.order_pk = o.order_pk AND NOT l.cancelled {sent_back}
{wanted} AND {delivered} > 0 GROUP BY 1, 2 ORDER BY 1, 2"""
    values = {**parameters(scope), "people": json.dumps(sorted(people))}
    return [*map(PersonWorth._make, store.connection.execute(query, values))]


def count_nameless(store: Store, scope: Scope) -> int:
    """Delivered orders of the scope that name nobody, or whose person was erased; inside a read."""
    sent_back, delivered = delivered_units(store)
    day = day_of("o.placed_at", scope)
    narrowed = where(scope, ORDER_FILTERS, LINE_FILTERS, day=day)
    query = f"""WITH {SENT_BACK} SELECT count(DISTINCT o.order_pk) FROM orders o
JOIN order_line l ON l.order_pk = o.order_pk {sent_back} {narrowed}
AND o.cancelled_at IS NULL AND NOT l.cancelled AND {delivered} > 0
AND NOT EXISTS (SELECT 1 FROM order_person p
  WHERE p.order_pk = o.order_pk AND p.person_key <> '')"""
    found: tuple[int] = store.connection.execute(query, parameters(scope)).fetchone()
    return found[0]


def shown_person(store: Store, person: str) -> str:
    """A person as a report shows them: the shop's own id, else the number that exports give.

    An id that is a mail address is shown as its number, too.
    """
    if person.startswith(_ID) and "@" not in person:
        return person.removeprefix(_ID)
    return pseudonym(store.salt, person.removeprefix(_ID).removeprefix(_MAIL))


def _and(first: str, scope: Scope, filters: dict[str, str]) -> str:
    asked = dict(scope.filters)
    return " AND ".join(
        [f"WHERE {first}", *(text for name, text in filters.items() if name in asked)]
    )
