"""The first schema, statement by statement, in the order in which it is made.

Nothing here may change once a release has carried it: a later wish is a later migration.
"""

from __future__ import annotations

from returns_cli.store.first_schema import floor, imports, journal, money, requests
from returns_cli.store.first_schema.guards import append_only

_PARTS = (imports, requests, floor, journal, money)

APPEND_ONLY = tuple(entry for part in _PARTS for entry in part.APPEND_ONLY)

STATEMENTS: tuple[str, ...] = (
    *(statement for part in _PARTS for statement in part.TABLES),
    *(statement for part in _PARTS for statement in part.RULES),
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
