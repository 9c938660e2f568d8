"""How long customers waited for their money, counted from the day the policy's promise began."""

from __future__ import annotations

from returns_cli.domain.reported import KeptPromise, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of
from returns_cli.store.reports.money_subjects import KEPT, WAITING


def kept_promises(store: Store, scope: Scope) -> list[KeptPromise]:
    """Returns whose first money came, by promise, day of the trigger and days taken.

    Inside a read. Where the trigger was never reached (money given early) the payment stands for
    it.
    """
    rows = rows_of(store, scope, KEPT, "kept_days").ask(
        "day, unit, promised, took, sum(rows)", "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    return [*map(KeptPromise._make, rows)]


def may_be_owed(store: Store, scope: Scope) -> list[int]:
    """Row numbers of returns that may still be paid something; inside a read.

    Those with units that may be paid and were not, or with a refund that is on its way.
    """
    rows = rows_of(store, scope, WAITING, dated=False).ask("return_id", "ORDER BY 1")
    return [pk for (pk,) in rows]
