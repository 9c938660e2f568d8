"""What was done together, by whom: one row for each transaction that wrote a person's facts.

It says which action is somebody's last, and which returns were touched after another: the facts
themselves carry instants, and clocks go back. ``facts`` names them, empty where they are many.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (("action", (("action_id",),)),)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE action (
  action_id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL CHECK (actor <> ''),
  undoes INTEGER REFERENCES action,
  facts TEXT NOT NULL,
  return_ids TEXT NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE INDEX action_by_actor ON action (actor, action_id)",
    "CREATE INDEX action_by_undone ON action (undoes) WHERE undoes IS NOT NULL",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
