"""What came before a request: the customer's orders and returns, the order's other returns.

A person is an order's ``customer_id``, where that is empty its mail address. Counted are orders
that were not cancelled and were placed up to the day of the request. A return counts as earlier by
when it was *requested*, whenever it was recorded or decided, so that a batch gives what its
requests one by one give. Its units are those asked for and not turned down: a line that waits for
a decision counts with the units asked for, a decided one with its live authorized units.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.record import CustomerHistory
from returns_cli.store.connection import Store

_ASKED = """
asked AS MATERIALIZED (
  SELECT j.key AS i, o.order_pk, o.currency, julianday(o.placed_at) AS placed_day,
    substr(json_extract(j.value, '$[1]'), 1, 10) AS requested_on,
    date(substr(json_extract(j.value, '$[1]'), 1, 10), '-180 days') AS since,
    julianday(json_extract(j.value, '$[1]')) AS day,
    coalesce(json_extract(j.value, '$[2]'), 9223372036854775807) AS return_id
  FROM json_each(?) j CROSS JOIN orders o ON o.order_pk = json_extract(j.value, '$[0]'))
"""
_SEEN = """
a.i, a.day, a.return_id, o.order_pk, substr(o.placed_at, 1, 10) >= a.since AS is_recent,
(julianday(o.placed_at), o.order_pk) < (a.placed_day, a.order_pk) AS is_before,
CASE WHEN o.currency = a.currency THEN o.total_minor ELSE 0 END AS value_minor
"""
# CROSS JOIN keeps the order of the tables: from what is asked to what belongs to it, so that the
# work grows with the requests and not with the store.
_THEIRS = f"""
theirs AS MATERIALIZED (
  SELECT {_SEEN} FROM asked a CROSS JOIN orders o ON o.order_pk = a.order_pk
  UNION ALL
  SELECT {_SEEN} FROM asked a
    CROSS JOIN order_person p ON p.order_pk = a.order_pk AND p.person_key <> ''
    CROSS JOIN order_person q ON q.person_key = p.person_key AND q.order_pk <> a.order_pk
    CROSS JOIN orders o ON o.order_pk = q.order_pk AND o.cancelled_at IS NULL
      AND substr(o.placed_at, 1, 10) <= a.requested_on)
"""  # noqa: S608 - put together from the constants above
_UNITS = """
CASE WHEN EXISTS (SELECT 1 FROM ruling u WHERE u.return_id = l.return_id)
    OR coalesce((SELECT v.verdict FROM decision_line v WHERE v.line = l.line AND v.decision_id =
      (SELECT max(d.decision_id) FROM decision d WHERE d.return_id = l.return_id)), 'review')
      <> 'review'
  THEN (SELECT coalesce(sum(x.quantity), 0) FROM authorization x
    WHERE x.return_id = l.return_id AND x.line = l.line)
  ELSE l.quantity END
"""
_IS_EARLIER = """
r.return_id <> a.return_id AND (julianday(r.requested_at) < a.day
  OR (julianday(r.requested_at) = a.day AND r.return_id < a.return_id))
"""
_LATEST = """l.return_id = r.return_id AND l.revision =
  (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = r.return_id)"""
_HISTORY = f"""
WITH {_ASKED}, {_THEIRS}
SELECT 'orders', a.i, count(*), sum(a.is_before), sum(a.value_minor),
  coalesce(sum(CASE WHEN a.is_recent THEN (SELECT sum(l.quantity) FROM order_line l
    WHERE l.order_pk = a.order_pk AND NOT l.cancelled) END), 0)
FROM theirs a GROUP BY a.i
UNION ALL
SELECT 'return', a.i, sum({_UNITS}),
  EXISTS (SELECT 1 FROM decision_line k WHERE k.keep_item AND k.verdict = 'approve'
    AND k.decision_id = (SELECT max(d.decision_id) FROM decision d
      WHERE d.return_id = r.return_id)),
  EXISTS (SELECT 1 FROM inspection n WHERE n.return_id = r.return_id AND n.grade = 'wrong_item'
    GROUP BY n.line HAVING sum(n.quantity) > 0), NULL
FROM theirs a CROSS JOIN returns r ON r.order_pk = a.order_pk AND {_IS_EARLIER}
CROSS JOIN return_line l ON {_LATEST}
WHERE a.is_recent GROUP BY a.i, r.return_id
"""  # noqa: S608 - put together from the constants above
_OF_ORDER = f"""
WITH {_ASKED}
SELECT a.i, count(DISTINCT CASE WHEN {_UNITS} > 0 THEN r.return_id END)
FROM asked a CROSS JOIN returns r ON r.order_pk = a.order_pk AND {_IS_EARLIER}
CROSS JOIN return_line l ON {_LATEST} GROUP BY a.i
"""  # noqa: S608 - put together from the constants above
_OTHERS_UNITS = f"""
WITH {_ASKED}
SELECT a.i, x.line, sum(x.quantity) FROM asked a
CROSS JOIN authorization x ON x.order_pk = a.order_pk AND x.return_id <> a.return_id
GROUP BY a.i, x.line HAVING sum(x.quantity) > 0
"""  # noqa: S608 - put together from the constants above
_ASKED_OF_ORDER = f"""
SELECT l.line, sum({_UNITS}) FROM returns r JOIN return_line l ON {_LATEST}
WHERE r.order_pk = ? GROUP BY l.line
"""  # noqa: S608 - put together from the constants above


class Asked(NamedTuple):
    """A request whose past is asked for.

    Attributes:
        requested_at: instant or bare day.
        return_id: of the request itself, which is not counted; None before it is recorded.
    """

    order_pk: int
    requested_at: str
    return_id: int | None = None


class EarlierReturns(NamedTuple):
    """Other returns of an order.

    Attributes:
        units: live authorized units per order line, of all other returns.
        returns: number of returns requested earlier and not turned down.
    """

    units: Mapping[int, int]
    returns: int


def customer_history(
    store: Store, order_pk: int, requested_at: str, return_id: int | None = None
) -> CustomerHistory:
    """The history of one request's customer; see :func:`customer_histories`."""
    return customer_histories(store, [Asked(order_pk, requested_at, return_id)])[0]


def customer_histories(store: Store, asked: Sequence[Asked]) -> list[CustomerHistory]:
    """What is known of each request's customer before it, in the order asked; one query.

    ``lifetime_value_minor`` adds the totals of orders in the currency of the request's order.
    ``returns_180d``, ``keeps_180d`` and ``mismatches_180d`` count returns: not turned down, with a
    line the customer may keep, with a unit that was found to be another product.
    """
    orders: dict[int, tuple[int, int, int, int]] = {}
    returns: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for what, i, *told, units_ordered in store.connection.execute(_HISTORY, (_as_json(asked),)):
        first, second, third = told
        if what == "orders":
            orders[i] = (first, second, third, units_ordered)
        elif first > 0:
            returns[i].append((first, second, third))
    return [_history(orders.get(i), returns[i]) for i in range(len(asked))]


def _history(
    orders: tuple[int, int, int, int] | None, returns: Sequence[tuple[int, int, int]]
) -> CustomerHistory:
    if orders is None:
        return CustomerHistory()
    count, before, value, units = orders
    return CustomerHistory(
        orders=count,
        is_first_order=before == 0,
        lifetime_value_minor=value,
        units_ordered_180d=units,
        units_returned_180d=sum(one[0] for one in returns),
        returns_180d=len(returns),
        keeps_180d=sum(one[1] for one in returns),
        mismatches_180d=sum(one[2] for one in returns),
    )


def earlier_returns(store: Store, asked: Sequence[Asked]) -> list[EarlierReturns]:
    """The other returns of each request's order, in the order asked; two queries."""
    parameter = (_as_json(asked),)
    counts = dict(store.connection.execute(_OF_ORDER, parameter).fetchall())
    units: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for i, line, live in store.connection.execute(_OTHERS_UNITS, parameter):
        units[i][line] = live
    return [EarlierReturns(units[i], counts.get(i, 0)) for i in range(len(asked))]


def units_asked(store: Store, order_pk: int) -> dict[int, int]:
    """Units per order line that all returns of an order ask for and that were not turned down."""
    return dict(store.connection.execute(_ASKED_OF_ORDER, (order_pk,)).fetchall())


def _as_json(asked: Sequence[Asked]) -> str:
    return json.dumps([[one.order_pk, one.requested_at, one.return_id] for one in asked])
