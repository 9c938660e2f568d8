"""Money that was paid back, by day and component, and goods that were exchanged for others."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Exchanged, RefundPart, Refunds, ReturnFees, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.sales import LINE_VALUE
from returns_cli.store.reports.scope import (
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)

LATEST = """q.revision = (SELECT max(v.revision) FROM return_revision v
  WHERE v.return_id = q.return_id)"""

# A refund that stands is confirmed once; one that was reversed has a later event.
_CONFIRMED = """refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
  AND e.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM refund_event x
    WHERE x.refund_pk = e.refund_pk AND x.refund_event_id > e.refund_event_id)
JOIN orders o ON o.order_pk = f.order_pk"""


def refunds(store: Store, scope: Scope) -> list[Refunds]:
    """Refunds by the day they were confirmed and by what they were paid with; inside a read.

    Category and reason hold it to refunds of returns that have such a line, whole.
    """
    day = day_of("e.moved_at", scope)
    query = f"""SELECT {day}, f.currency, f.tender, count(*), sum(f.amount_minor)
FROM {_CONFIRMED} {_held(scope, day)} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
    return [*map(Refunds._make, store.connection.execute(query, parameters(scope)))]


def refund_parts(store: Store, scope: Scope) -> list[RefundPart]:
    """What these refunds were made of; inside a read."""
    day = day_of("e.moved_at", scope)
    query = f"""SELECT day, currency, kind, tender, count(*), sum(amount_minor) FROM (
  SELECT {day} AS day, f.currency, c.kind, f.tender, sum(c.amount_minor) AS amount_minor
  FROM {_CONFIRMED} JOIN refund_component c ON c.refund_pk = f.refund_pk {_held(scope, day)}
  GROUP BY f.refund_pk, c.kind
) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""
    return [*map(RefundPart._make, store.connection.execute(query, parameters(scope)))]


def return_fees(store: Store, scope: Scope) -> list[ReturnFees]:
    """What customers were charged for sending goods back; inside a read."""
    day = day_of("e.moved_at", scope)
    query = f"""SELECT f.currency, count(DISTINCT f.return_id), -sum(c.amount_minor)
FROM {_CONFIRMED} JOIN refund_component c
  ON c.refund_pk = f.refund_pk AND c.kind = 'return_shipping' AND c.amount_minor < 0
{_held(scope, day)} GROUP BY 1 ORDER BY 1"""
    return [*map(ReturnFees._make, store.connection.execute(query, parameters(scope)))]


def exchanged(store: Store, scope: Scope) -> list[Exchanged]:
    """Units of lines that customers want exchanged, by the day they arrived; inside a read."""
    day = day_of("g.received_at", scope)
    value = LINE_VALUE.format(units="g.quantity")
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)
    query = f"""SELECT {day}, o.currency, sum(g.quantity), sum({value})
FROM return_line q
JOIN receipt g ON g.return_id = q.return_id AND g.line = q.line AND {LATEST}
JOIN orders o ON o.order_pk = q.order_pk
JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
{_and(held, "q.resolution = 'exchange'")}
GROUP BY 1, 2 ORDER BY 1, 2"""
    return [*map(Exchanged._make, store.connection.execute(query, parameters(scope)))]


def _held(scope: Scope, day: str) -> str:
    held = where(scope, ORDER_FILTERS, day=day)
    line = where(scope, LINE_FILTERS, REQUEST_FILTERS)
    if not line:
        return held
    with_line = f"""EXISTS (SELECT 1 FROM return_line q
  JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
  {line} AND q.return_id = f.return_id AND {LATEST})"""
    return _and(held, with_line)


def _and(held: str, more: str) -> str:
    return f"{held} AND {more}" if held else f"WHERE {more}"
