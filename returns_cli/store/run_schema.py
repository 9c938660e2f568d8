"""What unattended runs did, and which paper they made.

A run is recorded when it begins; a run without an end was stopped. A problem keeps its code and
place and never the cell: personal data is not copied here. ``run_paper`` says which decision a
label or slip was made for, so that the next run makes it only for a new decision.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("run", (("run_id",),)),
    ("run_step", (("run_id", "n"),)),
    ("run_problem", (("run_id", "n"),)),
    ("run_paper", (("return_id", "kind", "decision_id"),)),
    ("run_end", (("run_id",),)),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE run (
  run_id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL CHECK (started_at <> ''),
  actor TEXT NOT NULL CHECK (actor <> ''),
  steps TEXT NOT NULL CHECK (steps <> ''),
  {SEAL}
) STRICT""",
    f"""CREATE TABLE run_step (
  run_id INTEGER NOT NULL REFERENCES run,
  n INTEGER NOT NULL CHECK (n > 0),
  step TEXT NOT NULL CHECK (step <> ''),
  done INTEGER NOT NULL CHECK (done >= 0),
  failed INTEGER NOT NULL CHECK (failed >= 0),
  files TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE run_problem (
  run_id INTEGER NOT NULL REFERENCES run,
  n INTEGER NOT NULL CHECK (n > 0),
  step TEXT NOT NULL CHECK (step <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  file TEXT,
  line INTEGER,
  {SEAL},
  PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE run_paper (
  return_id INTEGER NOT NULL REFERENCES returns,
  kind TEXT NOT NULL CHECK (kind = 'label' OR kind = 'slip'),
  decision_id INTEGER NOT NULL REFERENCES decision,
  run_id INTEGER NOT NULL REFERENCES run,
  {SEAL},
  PRIMARY KEY (return_id, kind, decision_id)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE run_end (
  run_id INTEGER PRIMARY KEY REFERENCES run,
  ended_at TEXT NOT NULL CHECK (ended_at <> ''),
  entries INTEGER NOT NULL CHECK (entries >= 0),
  head TEXT NOT NULL,
  exit INTEGER NOT NULL CHECK (exit >= 0),
  {SEAL}
) STRICT""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
