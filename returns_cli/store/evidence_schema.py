"""Which units were sold and came back, by serial number; notes and photos of a return.

A photo is a path and the SHA-256 of what lay there; the file itself stays where it is.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("sold_serial", (("order_pk", "line", "serial"),)),
    ("receipt_serial", (("receipt_id",),)),
    ("inspection_serial", (("inspection_id",),)),
    ("evidence", (("evidence_id",), ("corrects",))),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE sold_serial (
  order_pk INTEGER NOT NULL REFERENCES orders,
  line INTEGER NOT NULL,
  serial TEXT NOT NULL CHECK (serial <> ''),
  file_id INTEGER REFERENCES source_file,
  source_line INTEGER NOT NULL,
  {SEAL},
  PRIMARY KEY (order_pk, line, serial)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sold_serial_by_serial ON sold_serial (serial)",
    *(
        f"""CREATE TABLE {table}_serial (
  {table}_id INTEGER PRIMARY KEY REFERENCES {table},
  serial TEXT NOT NULL CHECK (serial <> ''),
  {SEAL}
) STRICT"""
        for table in ("receipt", "inspection")
    ),
    "CREATE INDEX inspection_by_corrected ON inspection (corrects) WHERE corrects IS NOT NULL",
    "CREATE INDEX receipt_by_corrected ON receipt (corrects) WHERE corrects IS NOT NULL",
    f"""CREATE TABLE evidence (
  evidence_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL REFERENCES returns,
  line INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('note', 'photo')),
  text TEXT NOT NULL,
  sha256 TEXT CHECK (length(sha256) = 64),
  actor TEXT NOT NULL CHECK (actor <> ''),
  added_at TEXT NOT NULL,
  corrects INTEGER UNIQUE REFERENCES evidence,
  {SEAL},
  CHECK ((kind = 'photo') = (sha256 IS NOT NULL))
) STRICT""",
    "CREATE INDEX evidence_by_return ON evidence (return_id)",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
