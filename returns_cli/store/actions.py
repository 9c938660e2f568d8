"""Actions: what one transaction wrote for somebody, in the order in which they were committed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from returns_cli.store.connection import Store

_LAST = """
SELECT action_id, actor, undoes, facts, return_ids FROM action
WHERE actor = ? ORDER BY action_id DESC LIMIT 1
"""
_ONE = "SELECT action_id, actor, undoes, facts, return_ids FROM action WHERE action_id = ?"
_LATER = """
SELECT a.actor FROM action a
WHERE a.action_id > ? AND a.undoes IS NULL
  AND NOT EXISTS (SELECT 1 FROM action u WHERE u.undoes = a.action_id)
  AND EXISTS (
  SELECT 1 FROM json_each(a.return_ids) j
  WHERE j.value IN (SELECT k.value FROM json_each(?) k))
ORDER BY a.action_id LIMIT 1
"""
_RECEIPTS = """
SELECT receipt_id, line, quantity, station, tracking FROM receipt
WHERE receipt_id IN (SELECT value FROM json_each(?)) ORDER BY receipt_id
"""
_INSPECTIONS = """
SELECT inspection_id, line, quantity, grade, disposition FROM inspection
WHERE inspection_id IN (SELECT value FROM json_each(?)) ORDER BY inspection_id
"""
_DISPOSALS = """
SELECT d.disposal_id, d.line, d.quantity, d.disposition, d.location, m.stock_move_id,
  EXISTS (SELECT 1 FROM stock_export_line x WHERE x.stock_move_id = m.stock_move_id)
FROM disposal d LEFT JOIN stock_move m ON m.disposal_id = d.disposal_id
WHERE d.disposal_id IN (SELECT value FROM json_each(?)) ORDER BY d.disposal_id
"""
_RULING = "SELECT kind FROM ruling WHERE ruling_id = ?"
_REFUNDS = """
SELECT refund_id FROM refund WHERE refund_pk IN (SELECT value FROM json_each(?)) ORDER BY refund_pk
"""


class Action(NamedTuple):
    """One action.

    Attributes:
        undoes: the action that this one took back.
        facts: table and number of each fact, none where they are many.
        return_ids: of the returns that it touched.
    """

    action_id: int
    actor: str
    undoes: int | None
    facts: tuple[tuple[str, int], ...]
    return_ids: tuple[int, ...]

    def of(self, table: str) -> list[int]:
        """The numbers of its facts in a table."""
        return [number for name, number in self.facts if name == table]

    @property
    def tables(self) -> frozenset[str]:
        """Where its facts lie."""
        return frozenset(name for name, _ in self.facts)


class GoneAway(NamedTuple):
    """Goods that were put away; ``is_exported``: the shop system was told of them."""

    disposal_id: int
    line: int
    quantity: int
    disposition: str
    location: str
    stock_move_id: int | None
    is_exported: bool


def last_action(store: Store, actor: str) -> Action | None:
    """The last action of somebody; None before the first that was kept."""
    return _action(store.connection.execute(_LAST, (actor,)).fetchone())


def find_action(store: Store, action_id: int) -> Action | None:
    """An action by its number."""
    return _action(store.connection.execute(_ONE, (action_id,)).fetchone())


def touched_after(store: Store, action: Action) -> str | None:
    """Who touched a return of an action after it, the first one; what was undone does not count."""
    place = (action.action_id, json.dumps(action.return_ids))
    row = store.connection.execute(_LATER, place).fetchone()
    return None if row is None else str(row[0])


def receipts_of(store: Store, numbers: Sequence[int]) -> list[tuple[int, int, int, str, str]]:
    """Number, line, units, station and tracking of receipts."""
    return _rows(store, _RECEIPTS, numbers)


def inspections_of(store: Store, numbers: Sequence[int]) -> list[tuple[int, int, int, str, str]]:
    """Number, line, units, grade and disposition of inspections."""
    return _rows(store, _INSPECTIONS, numbers)


def disposals_of(store: Store, numbers: Sequence[int]) -> list[GoneAway]:
    """Disposals by their numbers."""
    return [GoneAway(*row) for row in _rows(store, _DISPOSALS, numbers)]


def ruling_kind(store: Store, number: int) -> str:
    """Which ruling it is: ``approve``, ``deny``, ``cancel`` or ``expire``."""
    return str(store.connection.execute(_RULING, (number,)).fetchone()[0])


def refunds_of(store: Store, numbers: Sequence[int]) -> list[str]:
    """The ids of refunds by their numbers."""
    return [refund_id for (refund_id,) in _rows(store, _REFUNDS, numbers)]


def _rows(store: Store, statement: str, numbers: Iterable[int]) -> list[tuple[Any, ...]]:
    return store.connection.execute(statement, (json.dumps(list(numbers)),)).fetchall()


def _action(row: tuple[int, str, int | None, str, str] | None) -> Action | None:
    if row is None:
        return None
    number, actor, undoes, facts, returns = row
    told = tuple((str(table), int(fact)) for table, fact in json.loads(facts))
    return Action(number, actor, undoes, told, tuple(json.loads(returns)))
