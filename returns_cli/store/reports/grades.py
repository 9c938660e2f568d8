"""Goods that were inspected: their grade, where they went, and what was paid for them."""

from __future__ import annotations

from returns_cli.domain.reported import Graded, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import CATEGORY, rows_of
from returns_cli.store.reports.money_subjects import GRADED


def graded(store: Store, scope: Scope) -> list[Graded]:
    """Inspected units by day, category, grade and disposition; inside a read.

    An inspection that was taken back counts against the day it was taken back on.
    """
    rows = rows_of(store, scope, GRADED, "graded_days").ask(
        f"b.day, b.currency, {CATEGORY}, b.grade, b.put, sum(b.units), sum(b.value)",
        "GROUP BY 1, 2, 3, 4, 5 HAVING sum(b.units) <> 0 ORDER BY 1, 2, 3, 4, 5",
    )
    return [*map(Graded._make, rows)]
