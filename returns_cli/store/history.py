"""Everything that happened to a return, oldest first: why was this refunded?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from returns_cli.store.connection import Store

# At equal instants the facts stand in this order. Each query gives: at, actor, what, line,
# quantity, detail as JSON.
_FACTS = (
    """
SELECT r.opened_at, r.actor, 'opened', NULL, NULL,
  json_object('kind', r.kind, 'requested_at', r.requested_at, 'entered_by', r.entered_by)
FROM returns r WHERE r.return_id = ?""",
    """
SELECT v.revised_at, v.actor, CASE v.revision WHEN 1 THEN 'requested' ELSE 'amended' END, l.line,
  l.quantity, json_object('reason', l.reason, 'resolution', l.resolution, 'revision', v.revision)
FROM return_revision v JOIN return_line l
  ON l.return_id = v.return_id AND l.revision = v.revision
WHERE v.return_id = ? ORDER BY v.revision, l.n""",
    """
SELECT d.as_of, d.actor, 'judged', NULL, NULL,
  json_object('verdict', d.verdict, 'policy', d.policy_id, 'version', d.policy_version,
    'decision', d.decision_id)
FROM decision d WHERE d.return_id = ? ORDER BY d.decision_id""",
    """
SELECT u.ruled_at, u.actor, CASE u.kind WHEN 'approve' THEN 'approved' WHEN 'deny' THEN 'denied'
  WHEN 'cancel' THEN 'cancelled' ELSE 'expired' END, NULL, NULL, json_object('why', u.why)
FROM ruling u WHERE u.return_id = ? ORDER BY u.ruling_id""",
    """
SELECT a.authorized_at, a.actor, CASE WHEN a.quantity > 0 THEN 'authorized' ELSE 'released' END,
  a.line, abs(a.quantity), json_object('cause', a.cause, 'why', a.why)
FROM authorization a WHERE a.return_id = ? ORDER BY a.authorization_id""",
    """
SELECT e.event_at, e.actor, 'parcel', e.line, NULL,
  json_object('event', e.event, 'meaning', (SELECT x.meaning FROM parcel_reading x
      WHERE x.parcel_event_id = e.parcel_event_id ORDER BY x.n DESC LIMIT 1),
    'tracking', e.tracking, 'carrier', e.carrier)
FROM parcel_event e WHERE e.return_id = ? ORDER BY e.parcel_event_id""",
    """
SELECT r.received_at, r.actor, CASE WHEN r.corrects IS NULL THEN 'received'
  ELSE 'receipt taken back' END, r.line, abs(r.quantity),
  json_object('station', r.station, 'tracking', r.tracking)
FROM receipt r WHERE r.return_id = ? ORDER BY r.receipt_id""",
    """
SELECT i.inspected_at, i.actor, CASE WHEN i.corrects IS NULL THEN 'inspected'
  ELSE 'inspection taken back' END, i.line, abs(i.quantity),
  json_object('grade', i.grade, 'disposition', i.disposition, 'note', i.note, 'serial',
    (SELECT s.serial FROM inspection_serial s WHERE s.inspection_id = i.inspection_id))
FROM inspection i WHERE i.return_id = ? ORDER BY i.inspection_id""",
    """
SELECT e.added_at, e.actor, CASE WHEN e.corrects IS NULL THEN e.kind
  ELSE e.kind || ' taken back' END, e.line, NULL,
  json_object('text', e.text, 'sha256', e.sha256)
FROM evidence e WHERE e.return_id = ? ORDER BY e.evidence_id""",
    """
SELECT d.disposed_at, d.actor, CASE WHEN d.corrects IS NULL THEN 'disposed'
  ELSE 'disposal taken back' END, d.line, abs(d.quantity),
  json_object('disposition', d.disposition, 'location', d.location)
FROM disposal d WHERE d.return_id = ? ORDER BY d.disposal_id""",
    """
SELECT x.found_at, x.actor, 'unexpected', x.line, x.quantity,
  json_object('sku', x.sku, 'why', x.why, 'code', x.code)
FROM unexpected x WHERE x.return_id = ? ORDER BY x.unexpected_id""",
    """
SELECT m.matched_at, m.actor, 'unexpected matched', x.line, x.quantity,
  json_object('sku', x.sku, 'why', x.why)
FROM unexpected_match m JOIN unexpected x ON x.unexpected_id = m.unexpected_id
WHERE m.return_id = ? ORDER BY m.unexpected_id""",
    """
SELECT m.moved_at, m.actor, 'unexpected matched', c.line, m.quantity,
  json_object('goods', m.unexpected_id, 'sku', x.sku, 'why', x.why, 'note', m.note)
FROM receipt c JOIN unexpected_move m ON m.receipt_id = c.receipt_id
JOIN unexpected x ON x.unexpected_id = m.unexpected_id
WHERE c.return_id = ? ORDER BY m.unexpected_move_id""",
    """
SELECT x.sent_at, x.actor, 'replacement sent', x.line, x.quantity,
  json_object('sku', x.sku, 'tracking', x.tracking, 'back_by', x.back_by)
FROM replacement x WHERE x.return_id = ? ORDER BY x.replacement_id""",
    """
SELECT m.moved_at, m.actor, 'exchange ' || m.kind, NULL, NULL,
  json_object('amount_minor', abs(m.amount_minor), 'currency', o.currency,
    'reference', m.reference, 'journal_seq', m.journal_seq, 'why', m.why)
FROM exchange_move m JOIN orders o ON o.order_pk = m.order_pk
WHERE m.return_id = ? ORDER BY m.exchange_move_id""",
    """
SELECT e.moved_at, e.actor, 'refund ' || e.state, NULL, NULL,
  json_object('refund', f.refund_id, 'amount_minor', f.amount_minor, 'currency', f.currency,
    'tender', f.tender, 'reference', CASE e.state WHEN 'confirmed' THEN x.reference END,
    'journal_seq', e.journal_seq, 'why', e.why)
FROM refund_event e JOIN refund f ON f.refund_pk = e.refund_pk
LEFT JOIN refund_reference x ON x.refund_pk = f.refund_pk
WHERE f.return_id = ? ORDER BY e.refund_event_id""",
)


class Event(NamedTuple):
    """One thing that happened.

    Attributes:
        what: ``opened requested amended judged approved denied cancelled expired authorized
            released parcel received inspected note photo disposed unexpected``, ``refund STATE``,
            and ``… taken back`` for a correction.
        line, quantity: the order line and the units, where it is about one.
        detail: what else was recorded, as text; amounts in minor units (``amount_minor``).
    """

    at: str
    actor: str
    what: str
    line: int | None = None
    quantity: int | None = None
    detail: Mapping[str, str] = MappingProxyType({})


def history_of(store: Store, return_id: int) -> list[Event]:
    """All events of a return, by the instant they happened."""
    events = []
    for sql in _FACTS:
        rows = store.connection.execute(sql, (return_id,))
        for at, actor, what, line, quantity, detail in rows:
            known = {name: str(value) for name, value in json.loads(detail).items() if value}
            events.append(Event(at, actor, what, line, quantity, known))
    return sorted(events, key=_instant)


def _instant(event: Event) -> datetime:
    """When it happened; a bare day counts from its midnight, UTC."""
    moment = datetime.fromisoformat(event.at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
