"""Goods that were inspected: their grade, where they went, and what was paid for them."""

from __future__ import annotations

from returns_cli.domain.reported import Graded, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import CATEGORY, rows_of
from returns_cli.store.reports.money_subjects import GRADED
from returns_cli.store.reports.months import Months
from returns_cli.store.reports.periods import PERIODS, Cut, days_of


def graded(store: Store, scope: Scope, by: Cut) -> list[Graded]:
    """Inspected units by period, category, grade and disposition; inside a read.

    An inspection that was taken back counts against the period it was taken back in.

    Returns:
        Each with the first day of its period, or of the scope where that is later.
    """
    months = None
    if by == "month" and not scope.filters:
        months = Months.of(store, scope, GRADED, "graded_days")
    if months is None or months.edges:
        rows, period = rows_of(store, scope, GRADED, "graded_days"), PERIODS[by].format(day="b.day")
    else:
        rows, period = months.whole(store, scope, GRADED, "graded_months"), "b.month"
    found = rows.ask(
        f"{period}, b.currency, {CATEGORY}, b.grade, b.put, sum(b.units), sum(b.value)",
        "GROUP BY 1, 2, 3, 4, 5 HAVING sum(b.units) <> 0 ORDER BY 1, 2, 3, 4, 5",
    )
    since = rows.values["since"]
    return [Graded(max(days_of(number, by)[0], int(since)), *rest) for number, *rest in found]
