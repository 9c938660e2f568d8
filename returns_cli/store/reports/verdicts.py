"""What policies decided, what their rules did, and what people said otherwise."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Decided, Judged, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.scope import (
    ORDER_FILTERS,
    both,
    day_of,
    parameters,
    where,
    with_line,
)

_LAST = """d.decision_id = (SELECT max(x.decision_id) FROM decision x
    WHERE x.return_id = d.return_id)"""
_RULING = """coalesce((SELECT u.kind FROM ruling u WHERE u.return_id = d.return_id
    ORDER BY u.ruling_id DESC LIMIT 1), '')"""


def judged(store: Store, scope: Scope) -> list[Judged]:
    """Returns by the day they were asked for, policy, verdict and a person's word; in a read."""
    query = f"""SELECT {_day(scope)}, coalesce(d.policy_id, ''),
  substr(coalesce(d.policy_version, ''), 1, 8), d.verdict, {_RULING}, count(*)
{_decisions(scope)} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"""
    return [*map(Judged._make, store.connection.execute(query, parameters(scope)))]


def decided(store: Store, scope: Scope) -> list[Decided]:
    """Lines that a rule set something for, and lines with a code; inside a read."""
    counts = """count(*) FILTER (WHERE v.verdict = 'approve'),
  count(*) FILTER (WHERE v.verdict = 'deny'), count(*) FILTER (WHERE v.verdict = 'review')"""
    queries = (
        f"""SELECT v.policy, v.word, 1, {counts} FROM (
  SELECT DISTINCT d.decision_id, l.key, coalesce(d.policy_id, '') AS policy,
    s.value ->> 2 AS word, l.value ->> 'verdict' AS verdict
  {_decisions(scope, ", json_each(d.body, '$.lines') l, json_each(l.value, '$.settings') s")}
  AND s.value ->> 2 IS NOT NULL
) v GROUP BY 1, 2""",
        f"""SELECT coalesce(d.policy_id, ''), c.value, 0, {counts}
{_decisions(scope, " JOIN decision_line v ON v.decision_id = d.decision_id, json_each(v.codes) c")}
GROUP BY 1, 2""",
    )
    found = []
    for query in queries:
        for policy, word, is_rule, *lines in store.connection.execute(query, parameters(scope)):
            found.append(Decided(policy, word, bool(is_rule), *lines))
    return found


def _day(scope: Scope) -> str:
    return day_of("r.requested_at", scope)


def _decisions(scope: Scope, more: str = "") -> str:
    held = both(where(scope, ORDER_FILTERS, day=_day(scope)), with_line(scope, "d.return_id"))
    return f"""FROM returns r JOIN orders o ON o.order_pk = r.order_pk
JOIN decision d ON d.return_id = r.return_id AND {_LAST}{more}
{held}"""
