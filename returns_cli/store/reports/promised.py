"""When a policy's promise of money begins, and what it is, as SQL of a return ``r``.

As ``domain.lifecycle.refund_promise``; the first trigger of a return is meant, not each line's own.
"""

from __future__ import annotations


def promised(name: str) -> str:
    """SQL for the text of a setting in the body of decision ``d``, of its first line with one."""
    return f"setting_in(d.body, '{name}')"


_AFTER = f"coalesce({promised('refund.after')}, 'inspected')"
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
TRIGGER = f"""CASE
  WHEN {_AFTER} LIKE 'requested%' OR {_KEEPS} THEN {_ALLOWED}
  WHEN {_AFTER} LIKE 'first_sca%' THEN coalesce({_SCANNED}, {_RECEIVED})
  WHEN {_AFTER} LIKE 'inspected%' THEN {_INSPECTED}
  ELSE {_RECEIVED} END"""
"""The instant the promise counts from, of the return ``r`` by its decision ``d``; NULL before."""
