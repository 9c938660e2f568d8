"""Third migration: parcels of orders, what events mean, carriers' codes, where rows were read.

``parcel_event`` keeps what a carrier says, word for word. What it was taken to mean is a fact
beside it: a table that is learned later adds a reading, the latest one holds. ``order_parcel``
follows its source as orders do; every date of an order that it changes is in ``order_change``.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (("parcel_reading", (("parcel_event_id", "n"),)),)

_MEANINGS = (
    "'announced', 'shipped', 'first_scan', 'in_transit', 'delivered', 'returned', 'information', "
    "'unknown'"
)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE parcel_reading (
  parcel_event_id INTEGER NOT NULL REFERENCES parcel_event,
  n INTEGER NOT NULL CHECK (n > 0),
  meaning TEXT NOT NULL CHECK (meaning IN ({_MEANINGS})),
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL,
  {SEAL},
  PRIMARY KEY (parcel_event_id, n)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE order_parcel (
  parcel_id INTEGER PRIMARY KEY,
  order_pk INTEGER NOT NULL REFERENCES orders,
  tracking TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0 AND (place = 0 OR tracking = '')),
  carrier TEXT NOT NULL,
  shipped_at TEXT,
  scanned_at TEXT,
  delivered_at TEXT,
  returned_at TEXT,
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE UNIQUE INDEX order_parcel_by_order ON order_parcel (order_pk, tracking, place)",
    "CREATE INDEX order_parcel_by_tracking ON order_parcel (tracking) WHERE tracking <> ''",
    f"""CREATE TABLE order_parcel_line (
  parcel_id INTEGER NOT NULL REFERENCES order_parcel,
  line INTEGER NOT NULL CHECK (line > 0),
  units INTEGER CHECK (units > 0),
  {SEAL},
  PRIMARY KEY (parcel_id, line)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE carrier_code (
  carrier TEXT NOT NULL CHECK (carrier <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  meaning TEXT NOT NULL CHECK (meaning IN ({_MEANINGS})),
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL,
  {SEAL},
  PRIMARY KEY (carrier, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE product_source (
  sku TEXT PRIMARY KEY REFERENCES product ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE customer_source (
  customer_pk INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES source_file,
  source_line INTEGER NOT NULL
) STRICT""",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
