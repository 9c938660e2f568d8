"""Everything the store knows of many returns, in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from returns_cli.domain.decision_json import decision_from_json
from returns_cli.domain.model import (
    Authorization,
    Decision,
    Disposal,
    Inspection,
    Receipt,
    Refund,
    RequestedLine,
)
from returns_cli.domain.record import ReturnRecord, Ruling
from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.store.connection import Store
from returns_cli.store.evidence import evidence_of
from returns_cli.store.exchange_rows import owed_moves_of, prices_of, replacements_of
from returns_cli.store.lists import numbers
from returns_cli.store.order_rows import read_orders
from returns_cli.store.refund_rows import read_refunds

_IDS = "IN (SELECT value FROM json_each(?))"
_RETURNS = f"""
SELECT r.return_id, r.rma, r.key, r.kind, r.opened_at, r.requested_at, r.entered_by, r.order_pk,
  (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = r.return_id),
  (SELECT n.text FROM return_note n
    WHERE n.return_id = r.return_id AND n.revision = 1 AND n.line = 0),
  (SELECT e.event_at FROM parcel_event e WHERE e.return_id = r.return_id AND coalesce((
      SELECT x.meaning FROM parcel_reading x WHERE x.parcel_event_id = e.parcel_event_id
      ORDER BY x.n DESC LIMIT 1), 'in_transit')
    IN ('shipped', 'first_scan', 'in_transit', 'delivered', 'returned')
    ORDER BY julianday(e.event_at), e.event_at LIMIT 1)
FROM returns r WHERE r.return_id {_IDS}
"""  # noqa: S608 - a constant
_LINES = f"""
SELECT l.return_id, l.line, l.quantity, l.reason, l.resolution, l.condition, l.photos, l.answers,
  l.exchange_sku, coalesce(n.text, '')
FROM return_line l LEFT JOIN return_note n
  ON n.return_id = l.return_id AND n.revision = l.revision AND n.line = l.line
WHERE l.return_id {_IDS} AND l.revision =
  (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = l.return_id)
ORDER BY l.return_id, l.n
"""  # noqa: S608 - a constant
_DECISIONS = f"""
SELECT d.return_id, d.decision_id, d.body FROM decision d
WHERE d.decision_id IN
  (SELECT max(x.decision_id) FROM decision x WHERE x.return_id {_IDS} GROUP BY x.return_id)
"""  # noqa: S608 - a constant
_AUTHORIZATIONS = f"""
SELECT return_id, line, quantity, cause, authorized_at, actor, why FROM authorization
WHERE return_id {_IDS} ORDER BY authorization_id
"""  # noqa: S608 - a constant
_RULINGS = f"""
SELECT u.return_id, u.kind, u.ruled_at, u.actor, u.why, (SELECT json_group_array(s.line)
  FROM ruling_line s WHERE s.ruling_id = u.ruling_id), u.decision_id, u.codes FROM ruling u
WHERE return_id {_IDS} ORDER BY u.ruling_id
"""  # noqa: S608 - a constant
_RECEIPTS = f"""
SELECT return_id, line, quantity, received_at, actor, station, tracking FROM receipt
WHERE return_id {_IDS} ORDER BY receipt_id
"""  # noqa: S608 - a constant
_INSPECTIONS = f"""
SELECT i.return_id, i.line, i.quantity, i.grade, i.disposition, i.inspected_at, i.actor, i.note,
  coalesce((SELECT s.serial FROM inspection_serial s WHERE s.inspection_id = i.inspection_id
    AND NOT EXISTS (SELECT 1 FROM inspection c WHERE c.corrects = i.inspection_id)), '')
FROM inspection i WHERE i.return_id {_IDS} ORDER BY i.inspection_id
"""  # noqa: S608 - a constant
_DISPOSALS = f"""
SELECT return_id, line, quantity, disposition, disposed_at, actor, location FROM disposal
WHERE return_id {_IDS} ORDER BY disposal_id
"""  # noqa: S608 - a constant
_REFUNDS = f"SELECT refund_pk, return_id FROM refund WHERE return_id {_IDS} ORDER BY refund_pk"  # noqa: S608 - a constant

_KINDS = {one.value: one for one in Kind}
_RESOLUTIONS = {one.value: one for one in Resolution}
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})

T = TypeVar("T")


def read_returns(store: Store, return_ids: Iterable[int]) -> dict[int, ReturnRecord]:
    """Returns by row number with all their facts; unknown numbers are left out."""
    wanted = numbers(return_ids)
    heads = store.connection.execute(_RETURNS, (wanted,)).fetchall()
    orders = read_orders(store.connection, {head[7] for head in heads})
    decisions = {
        return_id: (decision_id, decision_from_json(body))
        for return_id, decision_id, body in store.connection.execute(_DECISIONS, (wanted,))
    }
    lines = _grouped(store, _LINES, wanted, _line_of)
    authorizations = _grouped(store, _AUTHORIZATIONS, wanted, Authorization)
    rulings = _grouped(store, _RULINGS, wanted, _ruling_of)
    receipts = _grouped(store, _RECEIPTS, wanted, Receipt)
    inspections = _grouped(store, _INSPECTIONS, wanted, Inspection)
    disposals = _grouped(store, _DISPOSALS, wanted, Disposal)
    refunds = _refunds(store, wanted)
    evidence = evidence_of(store, wanted)
    sent = replacements_of(store.connection, wanted)
    owed = owed_moves_of(store.connection, wanted)
    skus = {line.exchange_sku for group in lines.values() for line in group}
    prices = prices_of(store.connection, skus)
    nothing: tuple[int | None, Decision | None] = (None, None)
    found = {}
    for return_id, rma, key, kind, opened, requested, by, order_pk, revision, note, scan in heads:
        decision_id, decision = decisions.get(return_id, nothing)
        found[return_id] = ReturnRecord(
            return_id=return_id,
            rma=rma,
            key=key,
            kind=_KINDS[kind],
            opened_at=opened,
            requested_at=requested,
            entered_by=by,
            order_pk=order_pk,
            order=orders[order_pk],
            revision=revision,
            lines=tuple(lines.get(return_id, ())),
            decision=decision,
            decision_id=decision_id,
            authorizations=tuple(authorizations.get(return_id, ())),
            rulings=tuple(rulings.get(return_id, ())),
            receipts=tuple(receipts.get(return_id, ())),
            inspections=tuple(inspections.get(return_id, ())),
            disposals=tuple(disposals.get(return_id, ())),
            refunds=tuple(refunds.get(return_id, ())),
            first_scan_at=scan,
            note=note or "",
            exchange_prices=prices,
            replacements=tuple(sent.get(return_id, ())),
            owed_moves=tuple(owed.get(return_id, ())),
            evidence=tuple(evidence.get(return_id, ())),
        )
    return found


def _grouped(store: Store, sql: str, wanted: str, make: Callable[..., T]) -> dict[int, list[T]]:
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for return_id, *columns in store.connection.execute(sql, (wanted,)):
        groups[return_id].append(make(*columns))
    return groups


def _line_of(
    line: int,
    quantity: int,
    reason: str,
    resolution: str,
    condition: str | None,
    photos: int,
    answers: str,
    exchange_sku: str,
    note: str,
) -> RequestedLine:
    return RequestedLine(
        line,
        quantity,
        reason,
        _RESOLUTIONS[resolution],
        condition,
        photos,
        json.loads(answers) if answers != "{}" else _NO_ANSWERS,
        exchange_sku,
        note,
    )


def _ruling_of(
    kind: str,
    ruled_at: str,
    actor: str,
    why: str,
    lines: str,
    decision_id: int | None,
    codes: str,
) -> Ruling:
    spoken = tuple(json.loads(lines))
    return Ruling(kind, ruled_at, actor, why, spoken, decision_id, tuple(json.loads(codes)))


def _refunds(store: Store, wanted: str) -> dict[int, list[Refund]]:
    owners = dict(store.connection.execute(_REFUNDS, (wanted,)).fetchall())
    groups: defaultdict[int, list[Refund]] = defaultdict(list)
    if owners:
        for pk, refund in read_refunds(store.connection, owners).items():
            groups[owners[pk]].append(refund)
    return groups
