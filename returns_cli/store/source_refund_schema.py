"""Second migration: the refunds that an order's sources name, with day, line and number.

``external_refund`` says what counts against the caps; this table says what the sources told. Each
time they tell otherwise, the whole list is written again as the next revision.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (("source_refund", (("order_pk", "revision", "n"),)),)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE source_refund (
  order_pk INTEGER NOT NULL REFERENCES orders,
  revision INTEGER NOT NULL CHECK (revision > 0),
  n INTEGER NOT NULL CHECK (n > 0),
  line INTEGER,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  refunded_at TEXT,
  reference TEXT NOT NULL,
  file_id INTEGER NOT NULL REFERENCES source_file,
  recorded_at TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (order_pk, revision, n)
) STRICT, WITHOUT ROWID""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
