"""How long customers waited for their money, counted from the day the policy's promise began."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import KeptPromise, Scope
from returns_cli.store.connection import Store
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


def _setting(name: str) -> str:
    """SQL for the text of a setting in a decision's canonical body, of its first line with one."""
    mark = f'["{name}","'
    return f"substr(d.body, nullif(instr(d.body, '{mark}'), 0) + {len(mark)}, 9)"


_AFTER = f"coalesce({_setting('refund.after')}, 'inspected')"
_SCANNED = """(SELECT p.event_at FROM parcel_event p WHERE p.return_id = r.return_id AND coalesce((
      SELECT m.meaning FROM parcel_reading m WHERE m.parcel_event_id = p.parcel_event_id
      ORDER BY m.n DESC LIMIT 1), 'in_transit')
    IN ('shipped', 'first_scan', 'in_transit', 'delivered', 'returned')
    ORDER BY julianday(p.event_at) LIMIT 1)"""
_RECEIVED = """(SELECT min(g.received_at) FROM receipt g
    WHERE g.return_id = r.return_id AND g.quantity > 0)"""
_INSPECTED = """(SELECT min(i.inspected_at) FROM inspection i
    WHERE i.return_id = r.return_id AND i.quantity > 0)"""
_ALLOWED = """max(r.requested_at, coalesce((SELECT max(a.authorized_at) FROM authorization a
    WHERE a.return_id = r.return_id AND a.quantity > 0), r.requested_at))"""
_KEEPS = """EXISTS (SELECT 1 FROM decision_line k WHERE k.decision_id = d.decision_id
    AND k.keep_item = 1)"""
# As domain.lifecycle.refund_promise; the first trigger of a return is meant, not each line's own.
_TRIGGER = f"""CASE
  WHEN {_AFTER} LIKE 'requested%' OR {_KEEPS} THEN {_ALLOWED}
  WHEN {_AFTER} LIKE 'first_sca%' THEN coalesce({_SCANNED}, {_RECEIVED})
  WHEN {_AFTER} LIKE 'inspected%' THEN {_INSPECTED}
  ELSE {_RECEIVED} END"""

_PAID = """(SELECT f.return_id, min(e.moved_at) AS paid_at
  FROM refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
  WHERE e.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM refund_event x
    WHERE x.refund_pk = e.refund_pk AND x.refund_event_id > e.refund_event_id)
  GROUP BY f.return_id)"""


def kept_promises(store: Store, scope: Scope) -> list[KeptPromise]:
    """Returns whose first money came, by promise, day of the trigger and days taken.

    Inside a read. Where the trigger was never reached (money given early) the payment stands for
    it.
    """
    day, paid = day_of("t.trigger_at", scope), day_of("t.paid_at", scope)
    days = f"CAST({_setting('refund.within_days')} AS INTEGER)"
    business = f"CAST({_setting('refund.within_business_days')} AS INTEGER)"
    query = f"""SELECT {day}, t.unit, t.promised, {paid} - {day}, count(*) FROM (
  SELECT p.paid_at, coalesce({_TRIGGER}, p.paid_at) AS trigger_at, r.order_pk,
    CASE WHEN {days} IS NOT NULL THEN 'days' WHEN {business} IS NOT NULL THEN 'business_days'
      ELSE '' END AS unit,
    coalesce({days}, {business}, 0) AS promised
  FROM {_PAID} p JOIN returns r ON r.return_id = p.return_id
  JOIN decision d ON d.decision_id =
    (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = p.return_id)
  {both("", with_line(scope, "r.return_id"))}
  LIMIT -1
) t JOIN orders o ON o.order_pk = t.order_pk {where(scope, ORDER_FILTERS, day=day)}
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""
    return [*map(KeptPromise._make, store.connection.execute(query, parameters(scope)))]


def may_be_owed(store: Store, scope: Scope) -> list[int]:
    """Row numbers of returns that may still be paid something; inside a read.

    Those with more units allowed back than were paid for, or with a refund that is on its way.
    """
    held = where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS) or "WHERE true"
    narrowed = f"""AND EXISTS (SELECT 1 FROM return_line q
  JOIN orders o ON o.order_pk = q.order_pk
  JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
  {held} AND q.return_id = u.return_id AND {LATEST})"""
    query = f"""SELECT u.return_id FROM (
  SELECT return_id, sum(quantity) AS units FROM authorization GROUP BY return_id
) u WHERE (u.units > coalesce((SELECT sum(t.units) FROM refund f JOIN refund_state s
      ON s.refund_pk = f.refund_pk AND s.state = 'confirmed'
      JOIN refund_take t ON t.refund_pk = f.refund_pk WHERE f.return_id = u.return_id), 0)
  OR EXISTS (SELECT 1 FROM live_refund f JOIN refund_state s ON s.refund_pk = f.refund_pk
    WHERE f.return_id = u.return_id AND s.state <> 'confirmed'))
  {narrowed if scope.filters else ""} ORDER BY u.return_id"""
    return [pk for (pk,) in store.connection.execute(query, parameters(scope))]
