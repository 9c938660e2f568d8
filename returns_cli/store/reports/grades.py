"""Goods that were inspected: their grade, where they went, and what was paid for them."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.domain.reported import Graded, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.delivered import LINE_VALUE
from returns_cli.store.reports.scope import (
    CATEGORY,
    LATEST,
    LINE_FILTERS,
    ORDER_FILTERS,
    REQUEST_FILTERS,
    day_of,
    parameters,
    where,
)

# Where all units of a line were put away to one place, that place is meant.
_PUT = """coalesce((SELECT iif(min(d.disposition) = max(d.disposition), min(d.disposition), NULL)
    FROM disposal d WHERE d.return_id = i.return_id AND d.line = i.line AND d.quantity > 0
      AND NOT EXISTS (SELECT 1 FROM disposal x WHERE x.return_id = d.return_id
        AND x.line = d.line AND x.corrects = d.disposal_id)
    HAVING count(*) > 0), i.disposition)"""


def graded(store: Store, scope: Scope) -> list[Graded]:
    """Inspected units by day, category, grade and disposition; inside a read.

    An inspection that was taken back counts against the day it was taken back on.
    """
    day = day_of("i.inspected_at", scope)
    value = LINE_VALUE.format(units="abs(i.quantity)")
    asked = f"""JOIN return_line q ON q.return_id = i.return_id AND q.line = i.line
  AND {LATEST}"""
    query = f"""SELECT {day}, o.currency, {CATEGORY}, i.grade, {_PUT}, sum(i.quantity),
  sum(iif(i.quantity < 0, -1, 1) * {value})
FROM inspection i JOIN orders o ON o.order_pk = i.order_pk
JOIN order_line l ON l.order_pk = i.order_pk AND l.line = i.line
{asked if scope.reason else ""}
{where(scope, ORDER_FILTERS, LINE_FILTERS, REQUEST_FILTERS, day=day)}
GROUP BY 1, 2, 3, 4, 5 HAVING sum(i.quantity) <> 0 ORDER BY 1, 2, 3, 4, 5"""
    return [*map(Graded._make, store.connection.execute(query, parameters(scope)))]
