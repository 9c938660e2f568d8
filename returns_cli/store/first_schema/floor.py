"""What happens to goods: parcel events, receipts, inspections, disposals, stock (I1, I10).

A fact that turns out wrong is taken back by an opposite one that names it in ``corrects``.
"""

# ruff: noqa: S608 - triggers are put together from the constants of this package

from __future__ import annotations

from returns_cli.store.first_schema.imports import SEAL

_LINKS = """FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk),
  FOREIGN KEY (order_pk, line) REFERENCES order_line"""


def _custody_table(name: str, columns: str) -> str:
    return f"""CREATE TABLE {name} (
  {name}_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL,
  order_pk INTEGER NOT NULL,
  line INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  {columns},
  actor TEXT NOT NULL CHECK (actor <> ''),
  corrects INTEGER REFERENCES {name},
  {SEAL},
  {_LINKS},
  CHECK ((quantity < 0) = (corrects IS NOT NULL))
) STRICT"""


TABLES = (
    f"""CREATE TABLE parcel_event (
  parcel_event_id INTEGER PRIMARY KEY,
  return_id INTEGER REFERENCES returns,
  order_pk INTEGER REFERENCES orders,
  line INTEGER,
  event TEXT NOT NULL CHECK (event <> ''),
  event_at TEXT NOT NULL,
  tracking TEXT NOT NULL,
  carrier TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL},
  CHECK (return_id IS NOT NULL OR order_pk IS NOT NULL)
) STRICT""",
    "CREATE INDEX parcel_event_by_return ON parcel_event (return_id)",
    "CREATE INDEX parcel_event_by_order ON parcel_event (order_pk)",
    "CREATE INDEX parcel_event_by_tracking ON parcel_event (tracking) WHERE tracking <> ''",
    _custody_table("receipt", "received_at TEXT NOT NULL,\n  station TEXT,\n  tracking TEXT"),
    "CREATE INDEX receipt_by_return ON receipt (return_id, line)",
    "CREATE INDEX receipt_by_order_line ON receipt (order_pk, line)",
    "CREATE INDEX receipt_by_tracking ON receipt (tracking) WHERE tracking IS NOT NULL",
    _custody_table(
        "inspection",
        "grade TEXT NOT NULL CHECK (grade <> ''),\n  disposition TEXT NOT NULL,\n"
        "  note TEXT NOT NULL,\n  inspected_at TEXT NOT NULL",
    ),
    "CREATE INDEX inspection_by_return ON inspection (return_id, line)",
    _custody_table(
        "disposal",
        "disposition TEXT NOT NULL CHECK (disposition <> ''),\n  location TEXT NOT NULL,\n"
        "  disposed_at TEXT NOT NULL",
    ),
    "CREATE INDEX disposal_by_return ON disposal (return_id, line)",
    f"""CREATE TABLE stock_move (
  stock_move_id INTEGER PRIMARY KEY,
  disposal_id INTEGER NOT NULL UNIQUE REFERENCES disposal,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  disposition TEXT NOT NULL,
  location TEXT NOT NULL,
  moved_at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL}
) STRICT""",
    f"""CREATE TABLE unexpected (
  unexpected_id INTEGER PRIMARY KEY,
  return_id INTEGER REFERENCES returns,
  order_pk INTEGER REFERENCES orders,
  line INTEGER,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  why TEXT NOT NULL CHECK (why <> ''),
  code TEXT NOT NULL,
  station TEXT,
  tracking TEXT,
  found_at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL}
) STRICT""",
    "CREATE INDEX unexpected_by_return ON unexpected (return_id)",
    f"""CREATE TABLE unexpected_match (
  unexpected_id INTEGER PRIMARY KEY REFERENCES unexpected,
  return_id INTEGER NOT NULL REFERENCES returns,
  actor TEXT NOT NULL CHECK (actor <> ''),
  matched_at TEXT NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE INDEX unexpected_match_by_return ON unexpected_match (return_id)",
)


def _units(table: str) -> str:
    return f"""(SELECT coalesce(sum(s.quantity), 0) FROM {table} s
    WHERE s.return_id = NEW.return_id AND s.line = NEW.line)"""


def _custody_rule(table: str, before: str, after: str | None, over: str, held: str) -> str:
    """Units of a step never exceed those of the step before, nor fall below the step after."""
    floor = _units(after) if after else "0"
    return f"""CREATE TRIGGER {table}_caps AFTER INSERT ON {table} BEGIN
  SELECT RAISE(ABORT, '{over}') WHERE {_units(table)} > {_units(before)};
  SELECT RAISE(ABORT, '{held}') WHERE {_units(table)} < {floor};
  SELECT RAISE(ABORT, 'E-UNITS-HELD more units would be taken back than were recorded there')
  WHERE NEW.corrects IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {table} c WHERE c.{table}_id = NEW.corrects AND c.quantity > 0
      AND c.return_id = NEW.return_id AND c.line = NEW.line
      AND c.quantity >= -(SELECT sum(o.quantity) FROM {table} o WHERE o.corrects = NEW.corrects));
END"""


RULES = (
    _custody_rule(
        "receipt",
        "authorization",
        "inspection",
        "E-OVER-RECEIVED more units would be received than are authorized to come back",
        "E-UNITS-HELD units that were inspected cannot be taken back",
    ),
    _custody_rule(
        "inspection",
        "receipt",
        "disposal",
        "E-OVER-INSPECTED more units would be inspected than were received",
        "E-UNITS-HELD units that were put away cannot be taken back",
    ),
    _custody_rule(
        "disposal",
        "inspection",
        None,
        "E-OVER-DISPOSED more units would be put away than were inspected",
        "E-UNITS-HELD units that were not put away cannot be taken back",
    ),
    """CREATE TRIGGER stock_move_as_disposed BEFORE INSERT ON stock_move
WHEN NOT EXISTS (SELECT 1 FROM disposal d WHERE d.disposal_id = NEW.disposal_id
  AND d.quantity = NEW.quantity AND d.disposition = NEW.disposition) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a stock move repeats the units of its disposal');
END""",
)

APPEND_ONLY = (
    ("parcel_event", (("parcel_event_id",),)),
    ("receipt", (("receipt_id",),)),
    ("inspection", (("inspection_id",),)),
    ("disposal", (("disposal_id",),)),
    ("stock_move", (("stock_move_id",), ("disposal_id",))),
    ("unexpected", (("unexpected_id",),)),
    ("unexpected_match", (("unexpected_id",),)),
)
