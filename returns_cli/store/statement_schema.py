"""Thirteenth migration: what providers' statements say was paid back, and whose refund it was.

A row of a statement is kept once, by its content; whose refund it is may be found later, by a call
that knows more. Of one kind of statement a refund is matched once.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("statement_row", (("statement_row_id",), ("source", "key"))),
    ("statement_match", (("statement_row_id",), ("refund_pk", "source"))),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE statement_row (
  statement_row_id INTEGER PRIMARY KEY,
  source TEXT NOT NULL CHECK (source <> ''),
  key TEXT NOT NULL CHECK (key <> ''),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  paid_at TEXT NOT NULL CHECK (paid_at <> ''),
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL CHECK (source_line > 0),
  {SEAL},
  UNIQUE (source, key)
) STRICT""",
    f"""CREATE TABLE statement_match (
  statement_row_id INTEGER PRIMARY KEY REFERENCES statement_row,
  refund_pk INTEGER NOT NULL REFERENCES refund,
  source TEXT NOT NULL,
  found_by TEXT NOT NULL CHECK (found_by IN ('reference', 'number', 'order_and_amount')),
  actor TEXT NOT NULL CHECK (actor <> ''),
  matched_at TEXT NOT NULL CHECK (matched_at <> ''),
  {SEAL},
  UNIQUE (refund_pk, source)
) STRICT""",
    """CREATE TRIGGER statement_match_is_the_same_money BEFORE INSERT ON statement_match
WHEN NOT EXISTS (SELECT 1 FROM statement_row s JOIN refund f ON f.refund_pk = NEW.refund_pk
  WHERE s.statement_row_id = NEW.statement_row_id AND s.source = NEW.source
    AND s.amount_minor = f.amount_minor AND s.currency = f.currency) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a payment is matched with a refund of its amount alone');
END""",
    """CREATE TRIGGER statement_match_is_confirmed BEFORE INSERT ON statement_match
WHEN NOT EXISTS (SELECT 1 FROM refund_event e
  WHERE e.refund_pk = NEW.refund_pk AND e.state = 'confirmed') BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a refund that a statement has is confirmed');
END""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
