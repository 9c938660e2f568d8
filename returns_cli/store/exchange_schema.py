"""Twelfth migration: replacements that were sent, and what customers owe for exchanges.

What is owed is recorded, never charged. Each change stands beside its journal entry on the account
``owed:exchange``, under the reference of the order.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("replacement", (("replacement_id",),)),
    ("exchange_move", (("exchange_move_id",), ("journal_seq",))),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE replacement (
  replacement_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL,
  order_pk INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  tracking TEXT NOT NULL,
  back_by TEXT CHECK (back_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  price_minor INTEGER CHECK (price_minor >= 0),
  actor TEXT NOT NULL CHECK (actor <> ''),
  sent_at TEXT NOT NULL,
  {SEAL},
  FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk)
) STRICT""",
    "CREATE INDEX replacement_by_return ON replacement (return_id)",
    f"""CREATE TABLE exchange_move (
  exchange_move_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL,
  order_pk INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('owed', 'released', 'paid', 'waived')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND (amount_minor > 0) = (kind = 'owed')),
  reference TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal,
  actor TEXT NOT NULL CHECK (actor <> ''),
  moved_at TEXT NOT NULL,
  why TEXT NOT NULL,
  {SEAL},
  CHECK (kind <> 'waived' OR why <> ''),
  FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk),
  FOREIGN KEY (decision_id, return_id) REFERENCES decision (decision_id, return_id)
) STRICT""",
    "CREATE INDEX exchange_move_by_return ON exchange_move (return_id, amount_minor)",
    """CREATE TRIGGER replacement_allowed BEFORE INSERT ON replacement BEGIN
  SELECT RAISE(ABORT, 'E-EXCHANGE-SENT more would be sent instead than may come back')
  WHERE NEW.quantity + (SELECT coalesce(sum(x.quantity), 0) FROM replacement x
      WHERE x.return_id = NEW.return_id AND x.line = NEW.line)
    > (SELECT coalesce(sum(a.quantity), 0) FROM authorization a
      WHERE a.return_id = NEW.return_id AND a.line = NEW.line);
END""",
    """CREATE TRIGGER authorization_keeps_replacement BEFORE INSERT ON authorization
WHEN NEW.quantity < 0 AND EXISTS (SELECT 1 FROM replacement x
    WHERE x.return_id = NEW.return_id AND x.line = NEW.line) BEGIN
  SELECT RAISE(ABORT, 'E-UNITS-HELD units for which others were sent cannot be released')
  WHERE (SELECT sum(x.quantity) FROM replacement x
      WHERE x.return_id = NEW.return_id AND x.line = NEW.line)
    > NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM authorization a
      WHERE a.return_id = NEW.return_id AND a.line = NEW.line);
END""",
    """CREATE TRIGGER exchange_move_allowed BEFORE INSERT ON exchange_move BEGIN
  SELECT RAISE(ABORT, 'E-EXCHANGE-OWED more would be settled than the customer owes')
  WHERE NEW.amount_minor + (SELECT coalesce(sum(m.amount_minor), 0) FROM exchange_move m
    WHERE m.return_id = NEW.return_id) < 0;
  SELECT RAISE(ABORT, 'E-STORE-RULE the journal entry of an exchange carries its amount')
  WHERE NOT EXISTS (SELECT 1 FROM orders o JOIN posting p ON p.seq = NEW.journal_seq
    AND p.account = 'owed:exchange' AND p.currency = o.currency AND p.minor = NEW.amount_minor
    WHERE o.order_pk = NEW.order_pk);
END""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
