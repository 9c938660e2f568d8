"""Where unexpected goods went, and which stock was exported: facts of their own.

Unexpected goods are never edited. Units leave them by a move: into the receipt of a return, or to a
disposition. Stock is exported once: an export that was never used is replaced by a later one.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (
    ("unexpected_move", (("unexpected_move_id",), ("receipt_id",))),
    ("stock_export", (("stock_export_id",), ("replaces",))),
    ("stock_export_line", (("stock_export_id", "n"),)),
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE unexpected_move (
  unexpected_move_id INTEGER PRIMARY KEY,
  unexpected_id INTEGER NOT NULL REFERENCES unexpected,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  receipt_id INTEGER UNIQUE REFERENCES receipt,
  disposition TEXT NOT NULL,
  location TEXT NOT NULL,
  is_stock INTEGER NOT NULL CHECK (is_stock IN (0, 1)),
  note TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  moved_at TEXT NOT NULL,
  {SEAL},
  CHECK ((receipt_id IS NULL) = (disposition <> '')),
  CHECK (receipt_id IS NULL OR NOT is_stock)
) STRICT""",
    "CREATE INDEX unexpected_move_by_goods ON unexpected_move (unexpected_id)",
    f"""CREATE TABLE stock_export (
  stock_export_id INTEGER PRIMARY KEY,
  form TEXT NOT NULL CHECK (form <> ''),
  template_sha256 TEXT CHECK (length(template_sha256) = 64),
  replaces INTEGER UNIQUE REFERENCES stock_export,
  actor TEXT NOT NULL CHECK (actor <> ''),
  made_at TEXT NOT NULL,
  {SEAL}
) STRICT""",
    f"""CREATE TABLE stock_export_line (
  stock_export_id INTEGER NOT NULL REFERENCES stock_export,
  n INTEGER NOT NULL CHECK (n > 0),
  stock_move_id INTEGER REFERENCES stock_move,
  unexpected_move_id INTEGER REFERENCES unexpected_move,
  {SEAL},
  PRIMARY KEY (stock_export_id, n),
  CHECK ((stock_move_id IS NULL) <> (unexpected_move_id IS NULL))
) STRICT, WITHOUT ROWID""",
    """CREATE INDEX stock_export_line_by_move ON stock_export_line (stock_move_id)
WHERE stock_move_id IS NOT NULL""",
    """CREATE INDEX stock_export_line_by_unexpected ON stock_export_line (unexpected_move_id)
WHERE unexpected_move_id IS NOT NULL""",
    """CREATE TRIGGER unexpected_move_caps AFTER INSERT ON unexpected_move BEGIN
  SELECT RAISE(ABORT, 'E-UNEXPECTED-GONE more units would be taken than lie there')
  WHERE (SELECT sum(m.quantity) FROM unexpected_move m WHERE m.unexpected_id = NEW.unexpected_id)
    > (SELECT u.quantity FROM unexpected u WHERE u.unexpected_id = NEW.unexpected_id)
  OR EXISTS (SELECT 1 FROM unexpected_match m WHERE m.unexpected_id = NEW.unexpected_id);
  SELECT RAISE(ABORT, 'E-STORE-RULE a receipt holds the units that were moved into it')
  WHERE NEW.receipt_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt r
    WHERE r.receipt_id = NEW.receipt_id AND r.quantity = NEW.quantity);
END""",
    """CREATE TRIGGER stock_export_once BEFORE INSERT ON stock_export_line
WHEN EXISTS (SELECT 1 FROM stock_export_line l
  WHERE (l.stock_move_id = NEW.stock_move_id OR l.unexpected_move_id = NEW.unexpected_move_id)
  AND NOT EXISTS (SELECT 1 FROM stock_export x WHERE x.replaces = l.stock_export_id)) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE stock is exported once');
END""",
    """CREATE TRIGGER stock_export_of_stock BEFORE INSERT ON stock_export_line
WHEN NEW.unexpected_move_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unexpected_move m
  WHERE m.unexpected_move_id = NEW.unexpected_move_id AND m.is_stock) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE only stock is exported');
END""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
