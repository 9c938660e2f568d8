"""Why customers asked to send goods back: by reason, by product, in their own words.

A request counts on the day it was asked for, with the units it asked for last, whatever became of
it. Parcels that went back to their sender are no request of a customer's.
"""

from __future__ import annotations

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_reasons import Comment, ProductReason, ReasonPeriod
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of
from returns_cli.store.reports.periods import PERIODS, Cut, days_of
from returns_cli.store.reports.subjects import ASKED

_NOTES = """(SELECT a.*, r.rma, n.text FROM return_note n
  CROSS JOIN returns r ON r.return_id = n.return_id
  CROSS JOIN asked a ON a.order_pk = r.order_pk AND a.return_id = n.return_id
    AND a.line = n.line AND a.revision = n.revision WHERE trim(n.text) <> '')"""


def reason_periods(store: Store, scope: Scope, by: Cut) -> list[ReasonPeriod]:
    """Requests by reason and by the period they were asked for in, ever; inside a read."""
    rows = rows_of(store, scope, ASKED, "asked_days", ever=True).ask(
        f"reason, {PERIODS[by].format(day='day')}, sum(rows), sum(iif(day >= :since, rows, 0))",
        "GROUP BY 1, 2 ORDER BY 1, 2",
        more="is_customers",
    )
    return [*map(ReasonPeriod._make, rows)]


def product_reasons(store: Store, scope: Scope, by: Cut, latest: int) -> list[ProductReason]:
    """Requests by product and reason; inside a read.

    Args:
        store: the store.
        scope: its first day bounds what is counted as now; earlier requests count as before.
        by: what a period is.
        latest: the number of the last whole period.
    """
    rows = rows_of(store, scope, ASKED, "asked_goods", ever=True)
    rows.values["begun"], rows.values["ended"] = days_of(latest, by)
    found = rows.ask(
        """sku, max(title), reason, sum(iif(day >= :since, rows, 0)),
  sum(iif(day >= :since, units, 0)), sum(iif(day BETWEEN :begun AND :ended, rows, 0)),
  sum(iif(day < :begun, rows, 0)), min(day)""",
        "GROUP BY sku, reason ORDER BY sku, reason",
        more="is_customers",
    )
    return [*map(ProductReason._make, found)]


def comments(store: Store, scope: Scope, most: int) -> list[Comment]:
    """A few comments for each reason; inside a read.

    Those of the lowest RMAs: a return's number is a digest, so they are a random sample, and the
    same one each time.
    """
    rows = rows_of(store, scope, ASKED)
    rows.values["most"] = most
    sampled = rows._replace(table=_NOTES).within(
        "reason, sku, text, row_number() OVER (PARTITION BY reason ORDER BY rma, line) AS place",
        "AND is_customers",
    )
    found = sampled.ask("reason, sku, text", "ORDER BY reason, place", more="place <= :most")
    return [*map(Comment._make, found)]
