"""What policies decided, what their rules did, and what people said otherwise."""

from __future__ import annotations

from returns_cli.domain.reported import Decided, Judged, Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.counting import rows_of
from returns_cli.store.reports.subjects import DECIDED, JUDGED


def judged(store: Store, scope: Scope) -> list[Judged]:
    """Returns by the day they were asked for, policy, verdict and a person's word; in a read."""
    rows = rows_of(store, scope, JUDGED, "judged_days").ask(
        "day, policy, version, verdict, ruling, sum(rows)",
        "GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
        more="verdict <> ''",
    )
    return [*map(Judged._make, rows)]


def decided(store: Store, scope: Scope) -> list[Decided]:
    """Lines that a rule set something for, and lines with a code; inside a read."""
    rows = rows_of(store, scope, DECIDED, "decided_days").ask(
        "policy, word, is_rule, sum(approved), sum(denied), sum(review)",
        "GROUP BY 3, 1, 2 ORDER BY 3 DESC, 1, 2",
    )
    return [Decided(policy, word, bool(is_rule), *lines) for policy, word, is_rule, *lines in rows]
