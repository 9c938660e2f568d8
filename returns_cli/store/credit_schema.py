"""Store credits and what happened to them; the caps that no program can break.

Each move stands beside its journal entry on the account ``credit:held``, where the credit is known
by ``ref``, an HMAC of its code: the journal and what is exported of it never hold a code.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("credit", (("credit_id",), ("code",), ("ref",), ("refund_pk",))),
    ("credit_move", (("credit_move_id",), ("journal_seq",))),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE credit (
  credit_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code GLOB 'CR-?????-?????-?????'),
  ref TEXT NOT NULL UNIQUE CHECK (length(ref) = 32),
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  expires_on TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  refund_pk INTEGER UNIQUE REFERENCES refund,
  approved_by TEXT NOT NULL,
  {SEAL}
) STRICT""",
    f"""CREATE TABLE credit_move (
  credit_move_id INTEGER PRIMARY KEY,
  credit_id INTEGER NOT NULL REFERENCES credit,
  kind TEXT NOT NULL CHECK (kind IN ('issued', 'redeemed', 'expired', 'reversed')),
  amount_minor INTEGER NOT NULL
    CHECK ((amount_minor > 0) = (kind = 'issued') AND amount_minor <> 0),
  reference TEXT NOT NULL,
  journal_seq INTEGER NOT NULL UNIQUE REFERENCES journal,
  actor TEXT NOT NULL CHECK (actor <> ''),
  moved_at TEXT NOT NULL,
  why TEXT NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE INDEX credit_move_by_credit ON credit_move (credit_id, amount_minor)",
    """CREATE TRIGGER credit_of_refund BEFORE INSERT ON credit WHEN NEW.refund_pk IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a credit pays a confirmed refund to store credit')
  WHERE NOT EXISTS (SELECT 1 FROM refund f JOIN refund_state s ON s.refund_pk = f.refund_pk
    WHERE f.refund_pk = NEW.refund_pk AND f.tender = 'store_credit' AND s.state = 'confirmed'
      AND f.currency = NEW.currency);
END""",
    """CREATE TRIGGER credit_move_allowed BEFORE INSERT ON credit_move BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a credit is issued once, before all else')
  WHERE (NEW.kind = 'issued') = EXISTS
    (SELECT 1 FROM credit_move m WHERE m.credit_id = NEW.credit_id);
  SELECT RAISE(ABORT, 'E-CREDIT-SPENT more would be taken than the credit holds')
  WHERE NEW.amount_minor + (SELECT coalesce(sum(m.amount_minor), 0) FROM credit_move m
    WHERE m.credit_id = NEW.credit_id) < 0;
  SELECT RAISE(ABORT, 'E-CREDIT-EXPIRED the last day of the credit is over')
  WHERE NEW.kind = 'redeemed' AND substr(NEW.moved_at, 1, 10) >
    (SELECT c.expires_on FROM credit c WHERE c.credit_id = NEW.credit_id);
  SELECT RAISE(ABORT, 'E-STORE-RULE a credit is worth what its refund pays')
  WHERE NEW.kind = 'issued' AND NEW.amount_minor <> (SELECT f.amount_minor FROM credit c
    JOIN refund f ON f.refund_pk = c.refund_pk WHERE c.credit_id = NEW.credit_id);
  SELECT RAISE(ABORT, 'E-STORE-RULE the journal entry of a credit carries its amount')
  WHERE NOT EXISTS (SELECT 1 FROM credit c JOIN posting p ON p.seq = NEW.journal_seq
    AND p.account = 'credit:held' AND p.order_ref = c.ref AND p.currency = c.currency
    AND p.minor = -NEW.amount_minor WHERE c.credit_id = NEW.credit_id);
END""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
