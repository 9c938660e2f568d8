"""Facts that are no longer there: numbers without a row, and rows that an action names.

The chain covers the journal alone, and a seal only a row that is still there. But numbers are given
without a gap, and each action names what it added; so a row that somebody took out shows, unless it
was the newest of its table and the last thing that was done.
"""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.domain.errors import Problem
from returns_cli.store.connection import Store
from returns_cli.store.facts import FACTS, NUMBERED

_ERASED = frozenset({"customer"})  # ``customers erase`` takes these out, numbers and all
_GAP = """
SELECT coalesce(min({number}), 0), max({number}) - count(*) FROM {table}
"""
_FIRST_MISSING = """
SELECT min({number}) + 1 FROM {table} a
WHERE NOT EXISTS (SELECT 1 FROM {table} b WHERE b.{number} = a.{number} + 1)
"""
_NAMED = """
WITH named AS (
  SELECT a.action_id, json_extract(f.value, '$[0]') AS place,
    json_extract(f.value, '$[1]') AS number
  FROM action a, json_each(a.facts) f)
SELECT min(action_id), number FROM named
WHERE place = ? AND number NOT IN (SELECT {number} FROM {table})
GROUP BY number ORDER BY number
"""


def omitted_facts(store: Store) -> Iterator[Problem]:
    """Rows of facts that were taken out, by the first number that is missing in each table."""
    for table in sorted(NUMBERED - _ERASED):
        names = {"table": table, "number": FACTS[table][0]}
        least, missing = store.connection.execute(_GAP.format(**names)).fetchone()
        if missing:
            first = 1
            if least == 1:
                (first,) = store.connection.execute(_FIRST_MISSING.format(**names)).fetchone()
            yield Problem(
                "E-CHECK-OMITTED",
                f"{table} {first} is not there: {missing} of its numbers have no row.",
            )
        for action, number in store.connection.execute(_NAMED.format(**names), (table,)):
            yield Problem(
                "E-CHECK-OMITTED",
                f"{table} {number} is not there, though action {action} added it.",
            )
