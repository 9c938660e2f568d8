"""What was delivered, what of it came back, and what was asked for, counted by day."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Asked, CameBack, PaidBack, ReasonUnits, Scope, Sold
from returns_cli.store.connection import Store
from returns_cli.store.reports.delivered import LINE_VALUE, SENT_BACK, delivered_units
from returns_cli.store.reports.scope import (
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    both,
    day_of,
    parameters,
    where,
    with_line,
)

_RECEIVED = """(SELECT g.return_id, g.order_pk, g.line, sum(g.quantity) AS units
  FROM receipt g JOIN returns r ON r.return_id = g.return_id AND r.kind <> 'return_to_sender'
  GROUP BY g.order_pk, g.line)"""

OUTCOME = """CASE
  WHEN (SELECT sum(a.quantity) FROM authorization a WHERE a.return_id = r.return_id) > 0
    THEN 'approved'
  ELSE coalesce(
    (SELECT CASE u.kind WHEN 'deny' THEN 'denied' WHEN 'approve' THEN NULL ELSE 'ended' END
      FROM ruling u WHERE u.return_id = r.return_id ORDER BY u.ruling_id DESC LIMIT 1),
    (SELECT CASE d.verdict WHEN 'deny' THEN 'denied' ELSE 'waiting' END
      FROM decision d WHERE d.return_id = r.return_id ORDER BY d.decision_id DESC LIMIT 1),
    'waiting') END"""


def sold(store: Store, scope: Scope) -> list[Sold]:
    """Orders, units delivered and their value, by the day of the order; inside a read."""
    sent_back, units = delivered_units(store)
    day = day_of("o.placed_at", scope)
    value = LINE_VALUE.format(units=units)
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, day=day)
    query = f"""WITH {SENT_BACK} SELECT {day}, o.currency, count(DISTINCT o.order_pk),
  coalesce(sum({units}), 0), coalesce(sum(iif(l.quantity > 0, {value}, 0)), 0)
FROM orders o {"" if scope.category else "LEFT"} JOIN order_line l
  ON l.order_pk = o.order_pk AND NOT l.cancelled {sent_back}
{both(held, "o.cancelled_at IS NULL")} GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(Sold._make, store.connection.execute(query, parameters(scope)))]


def came_back(store: Store, scope: Scope) -> list[CameBack]:
    """Units that arrived back of what was delivered, by the day of their order; inside a read.

    A reason counts the units of lines that were asked for with it.
    """
    sent_back, delivered = delivered_units(store)
    day = day_of("o.placed_at", scope)
    asked = f"""JOIN return_line q ON q.return_id = c.return_id AND q.line = c.line
  AND {LATEST}"""
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)
    query = f"""WITH {SENT_BACK} SELECT {day}, o.currency, sum(c.units),
  sum({LINE_VALUE.format(units="c.units")})
FROM {_by_return() if scope.reason else _RECEIVED} c
JOIN orders o ON o.order_pk = c.order_pk
JOIN order_line l ON l.order_pk = c.order_pk AND l.line = c.line {sent_back}
{asked if scope.reason else ""}
{both(held, f"o.cancelled_at IS NULL AND NOT l.cancelled AND {delivered} > 0")}
GROUP BY 1, 2 HAVING sum(c.units) > 0 ORDER BY 1, 2"""
    return [*map(CameBack._make, store.connection.execute(query, parameters(scope)))]


def _by_return() -> str:
    return _RECEIVED.replace("GROUP BY g.order_pk", "GROUP BY g.return_id, g.order_pk")


def asked(store: Store, scope: Scope) -> list[Asked]:
    """Returns that customers asked for, by day and by what became of it; inside a read."""
    day = day_of("r.requested_at", scope)
    query = f"""SELECT day, outcome, count(*), sum(units) FROM (
  SELECT {day} AS day, {OUTCOME} AS outcome, sum(q.quantity) AS units
  FROM returns r JOIN return_line q ON q.return_id = r.return_id AND {LATEST}
  JOIN orders o ON o.order_pk = r.order_pk {_LINES_ASKED if scope.category else ""}
  {_by_customers(scope, day)}
  GROUP BY r.return_id
) GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(Asked._make, store.connection.execute(query, parameters(scope)))]


def _by_customers(scope: Scope, day: str) -> str:
    """Requests of the scope; what went back to its sender is no request of a customer's."""
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)
    return both(held, "r.kind <> 'return_to_sender'")


_LINES_ASKED = "JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line"


def reason_units(store: Store, scope: Scope) -> list[ReasonUnits]:
    """Units asked to come back by reason, the most frequent first; inside a read."""
    day = day_of("r.requested_at", scope)
    query = f"""SELECT q.reason, sum(q.quantity) AS units
FROM returns r JOIN return_line q ON q.return_id = r.return_id AND {LATEST}
JOIN orders o ON o.order_pk = r.order_pk {_LINES_ASKED if scope.category else ""}
{_by_customers(scope, day)}
GROUP BY 1 ORDER BY 2 DESC, 1"""
    return [*map(ReasonUnits._make, store.connection.execute(query, parameters(scope)))]


def paid_back(store: Store, scope: Scope) -> list[PaidBack]:
    """Money that went back, by day, currency and source; inside a read.

    Confirmed refunds stand on the day they were confirmed, others on the day they were recorded.
    What an order's source told stands on the day it names, else on the day of the order. Reason
    and category hold refunds to returns that have such a line, whole; refunds that only a source
    tells have no reason.
    """
    confirmed = """(SELECT e.moved_at FROM refund_event e WHERE e.refund_pk = f.refund_pk
      AND e.state = 'confirmed' ORDER BY e.refund_event_id DESC LIMIT 1)"""
    day = day_of("f.moved_at", scope)
    held = where(scope, ORDER_FILTERS, day=day)
    query = f"""SELECT {day} AS day, f.currency, f.source, count(*), sum(f.amount_minor) FROM (
  SELECT f.order_pk, f.currency, f.amount_minor, f.return_id,
    iif(s.state = 'confirmed', 'confirmed', 'pending') AS source,
    iif(s.state = 'confirmed', {confirmed}, f.recorded_at) AS moved_at
  FROM refund f JOIN refund_state s ON s.refund_pk = f.refund_pk
  {both("WHERE s.state IN ('confirmed', 'submitted', 'in_doubt')", with_line(scope, "f.return_id"))}
) f JOIN orders o ON o.order_pk = f.order_pk {held} GROUP BY 1, 2, 3
"""
    found = [*map(PaidBack._make, store.connection.execute(query, parameters(scope)))]
    if not scope.reason and not scope.category:
        found += _elsewhere(store, scope)
    return sorted(found)


def _elsewhere(store: Store, scope: Scope) -> list[PaidBack]:
    """What sources told of each order and is not among our refunds, on the last day they name."""
    day = day_of("x.moved_at", scope)
    query = f"""SELECT {day} AS day, o.currency, 'elsewhere', count(*), sum(x.amount_minor) FROM (
  SELECT e.order_pk, sum(e.amount_minor) AS amount_minor, coalesce(
    (SELECT s.refunded_at FROM source_refund s WHERE s.order_pk = e.order_pk
      ORDER BY s.revision DESC, s.refunded_at DESC LIMIT 1), w.placed_at) AS moved_at
  FROM external_refund e JOIN orders w ON w.order_pk = e.order_pk
  GROUP BY e.order_pk HAVING sum(e.amount_minor) <> 0
) x JOIN orders o ON o.order_pk = x.order_pk {where(scope, ORDER_FILTERS, day=day)}
GROUP BY 1, 2"""
    return [*map(PaidBack._make, store.connection.execute(query, parameters(scope)))]
