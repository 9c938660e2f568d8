"""Refunds as the store keeps them, read in a fixed number of queries."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from returns_cli.domain.model import Component, Refund
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.lists import numbers

_REFUNDS = """
SELECT f.refund_pk, f.refund_id, r.rma, o.channel, o.order_id, f.amount_minor, f.currency,
  f.tender, f.key, f.decision_id, f.recorded_at, x.reference,
  (SELECT e.state FROM refund_event e WHERE e.refund_pk = f.refund_pk
    ORDER BY e.refund_event_id DESC LIMIT 1),
  (SELECT e.journal_seq FROM refund_event e
    WHERE e.refund_pk = f.refund_pk AND e.state = 'submitted')
FROM refund f JOIN returns r ON r.return_id = f.return_id
JOIN orders o ON o.order_pk = f.order_pk
LEFT JOIN refund_reference x ON x.refund_pk = f.refund_pk
WHERE f.refund_pk IN (SELECT value FROM json_each(?)) ORDER BY f.refund_pk
"""
_COMPONENTS = """
SELECT refund_pk, kind, line, amount_minor, rule, cited_at, units FROM refund_component
WHERE refund_pk IN (SELECT value FROM json_each(?)) ORDER BY refund_pk, n
"""


def read_refunds(connection: sqlite3.Connection, pks: Iterable[int]) -> dict[int, Refund]:
    """Refunds by row number, oldest first; unknown numbers are left out."""
    wanted = (numbers(pks),)
    components: defaultdict[int, list[Component]] = defaultdict(list)
    for pk, *columns in connection.execute(_COMPONENTS, wanted):
        components[pk].append(Component(*columns))
    found = {}
    for row in connection.execute(_REFUNDS, wanted):
        pk, refund_id, rma, channel, order_id, amount, currency, tender, key, *rest = row
        decision_id, recorded_at, reference, state, journal_seq = rest
        found[pk] = Refund(
            refund_id=refund_id,
            rma=rma,
            channel=channel,
            order_id=order_id,
            state=RefundState(state or RefundState.PLANNED),
            amount_minor=amount,
            currency=currency,
            tender=tender,
            reference=reference,
            key=key,
            journal_seq=journal_seq or 0,
            decision_id=decision_id,
            components=tuple(components[pk]),
            recorded_at=recorded_at,
        )
    return found
