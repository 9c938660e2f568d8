"""Sums of what reports count, held to a report's scope: from the sums by day where these do.

What narrows a report (a channel, a category …) stands in the rows; without it the sums that
``derived`` keeps by day answer, which are a hundred times fewer.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.derived import derived
from returns_cli.store.reports.scope import CATEGORY as LINE_CATEGORY
from returns_cli.store.reports.scope import LINE_FILTERS, TIER, parameters
from returns_cli.store.reports.subjects import ASKED, Subject

_ORDER = {"channel": "b.channel = :channel", "country": "b.country = :country"}
_LISTED_TIER = TIER.replace("o.", "b.")
_ANY_LISTED = "SELECT EXISTS (SELECT 1 FROM customer WHERE tier <> '')"
CATEGORY = LINE_CATEGORY.replace("l.", "b.")
"""The category of a row ``b``: its own, else that of its product."""
_CATEGORY = LINE_FILTERS["category"].replace("l.", "b.")
_REASON = "b.reason = :reason"
_OF_RETURN = "a.order_pk = b.order_pk AND a.return_id = b.return_id"
_DAYS = "b.day BETWEEN :since AND :until"


class Rows(NamedTuple):
    """Where to read from.

    Attributes:
        connection: to read by; ``values``: of the statement's parameters.
        table: and alias ``b`` of the rows, or of their sums.
        held: conditions without WHERE, never empty.
    """

    connection: sqlite3.Connection
    values: dict[str, str | int]
    table: str
    held: str

    def within(self, select: str, rest: str) -> Rows:
        """What is selected from these rows, as rows."""
        query = f"SELECT {select} FROM {self.table} b WHERE {self.held} {rest}"
        return self._replace(table=f"({query})", held="true")

    def ask(self, select: str, rest: str = "", more: str = "") -> sqlite3.Cursor:
        """Select from these rows.

        Args:
            select: what stands behind SELECT.
            rest: behind WHERE: GROUP BY, ORDER BY.
            more: another condition.
        """
        held = f"{self.held} AND {more}" if more else self.held
        query = f"SELECT {select} FROM {self.table} b WHERE {held} {rest}"
        return self.connection.execute(query, self.values)


def rows_of(
    store: Store,
    scope: Scope,
    subject: Subject,
    roll: str = "",
    *,
    ever: bool = False,
    dated: bool = True,
) -> Rows:
    """The rows of a subject that a scope means, or their sums; inside a read.

    A subject whose rows are lines is held to the scope's category and reason. One whose rows are
    whole returns is held to returns that have such a line; orders have no reason.

    Args:
        store: the store.
        scope: what is asked for.
        subject: what to read.
        roll: of its sums, which do where nothing narrows them; empty for the rows.
        ever: whatever the first day is.
        dated: hold it to the scope's days at all.
    """
    columns = subject.names
    asked = dict(scope.filters)
    of_returns = "reason" not in columns and "return_id" in columns
    subjects = [subject]
    words = [_DAYS if not ever else "b.day <= :until"] if dated else ["true"]
    words += [text for name, text in _ORDER.items() if name in asked]
    lines = []
    if "category" in asked:
        lines.append(_CATEGORY)
    if "reason" in asked and (of_returns or "reason" in columns):
        lines.append(_REASON)
    if lines and of_returns:
        subjects.append(ASKED)
        told = " AND ".join(lines).replace("b.", "a.")
        lines = [f"EXISTS (SELECT 1 FROM asked a WHERE {_OF_RETURN} AND {told})"]
    connection = derived(store, scope, *subjects)
    if "tier" in asked:
        words.append(f"{tier_of(connection)} = :tier")
    is_narrowed = len(words) > 1 or bool(lines)
    table = subject.name if is_narrowed or not roll else roll
    return Rows(connection, parameters(scope), table, " AND ".join([*words, *lines]))


def tier_of(connection: sqlite3.Connection) -> str:
    """SQL for the tier of the customer of a row ``b``: the order's, where no list has tiers."""
    (any_listed,) = connection.execute(_ANY_LISTED).fetchone()
    return _LISTED_TIER if any_listed else "b.customer_tier"


def value_back(scope: Scope) -> str:
    """Of ``CAME``, the value that is rounded once for what a scope counts together."""
    return "asked_value" if scope.reason else "line_value"
