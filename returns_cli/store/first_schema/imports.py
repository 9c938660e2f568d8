"""What files bring in: orders and their people, customers, products, policy texts, keys.

Orders, customers, products and kept settings follow their source, so these may change; every change
of an order is a row of ``order_change``. Personal data lies in ``order_person``, ``customer``,
``return_note`` and ``return_search`` alone, which no trigger guards: a person can be erased.
"""

from __future__ import annotations

SEAL = "seal BLOB NOT NULL CHECK (length(seal) = 16)"

TABLES = (
    f"""CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL,
  {SEAL}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE kept_settings (
  name TEXT PRIMARY KEY,
  source BLOB NOT NULL,
  program TEXT NOT NULL,
  body TEXT NOT NULL,
  {SEAL}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE source_file (
  file_id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  options_hash TEXT NOT NULL,
  importer TEXT NOT NULL,
  command TEXT NOT NULL CHECK (command <> ''),
  name TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  read_at TEXT NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE INDEX source_file_by_bytes ON source_file (sha256, command)",
    f"""CREATE TABLE source_file_result (
  file_id INTEGER PRIMARY KEY REFERENCES source_file,
  result TEXT NOT NULL,
  spans TEXT NOT NULL CHECK (spans <> ''),
  {SEAL}
) STRICT""",
    """CREATE TABLE orders (
  order_pk INTEGER PRIMARY KEY,
  channel TEXT NOT NULL CHECK (channel <> ''),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  placed_at TEXT NOT NULL CHECK (placed_at <> ''),
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  tax_style TEXT NOT NULL CHECK (tax_style IN ('included', 'on_top', 'none')),
  order_discount_minor INTEGER NOT NULL CHECK (order_discount_minor >= 0),
  shipping_minor INTEGER NOT NULL CHECK (shipping_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
  captured_minor INTEGER NOT NULL CHECK (captured_minor >= 0),
  refunded_minor INTEGER NOT NULL CHECK (refunded_minor >= 0),
  shipped_at TEXT,
  delivered_at TEXT,
  cancelled_at TEXT,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  payment_method TEXT NOT NULL,
  discount_codes TEXT NOT NULL,
  tags TEXT NOT NULL,
  is_gift INTEGER NOT NULL CHECK (is_gift IN (0, 1)),
  is_business INTEGER NOT NULL CHECK (is_business IN (0, 1)),
  customer_tier TEXT NOT NULL,
  source_line INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES source_file,
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 16),
  stored_hash BLOB CHECK (length(stored_hash) = 16)
) STRICT""",
    "CREATE UNIQUE INDEX orders_by_id ON orders (order_id, channel)",
    """CREATE TABLE order_line (
  order_pk INTEGER NOT NULL REFERENCES orders,
  line INTEGER NOT NULL CHECK (line > 0),
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  shipped_quantity INTEGER NOT NULL CHECK (shipped_quantity BETWEEN 0 AND quantity),
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
  order_discount_minor INTEGER NOT NULL CHECK (order_discount_minor >= 0),
  items_minor INTEGER NOT NULL CHECK (items_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  shipping_minor INTEGER NOT NULL CHECK (shipping_minor >= 0),
  category TEXT NOT NULL,
  brand TEXT NOT NULL,
  tags TEXT NOT NULL,
  weight_g INTEGER,
  taxable INTEGER CHECK (taxable IN (0, 1)),
  cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
  shipped_at TEXT,
  delivered_at TEXT,
  source_line INTEGER NOT NULL,
  PRIMARY KEY (order_pk, line)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE order_person (
  order_pk INTEGER PRIMARY KEY REFERENCES orders,
  person_key TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  ship_name TEXT NOT NULL,
  ship_company TEXT NOT NULL,
  ship_address1 TEXT NOT NULL,
  ship_address2 TEXT NOT NULL,
  ship_city TEXT NOT NULL,
  ship_region TEXT NOT NULL,
  ship_postcode TEXT NOT NULL,
  ship_country TEXT NOT NULL,
  ship_phone TEXT NOT NULL
) STRICT""",
    "CREATE INDEX order_person_by_key ON order_person (person_key)",
    f"""CREATE TABLE external_refund (
  external_refund_id INTEGER PRIMARY KEY,
  order_pk INTEGER NOT NULL REFERENCES orders,
  line INTEGER,
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
  source TEXT NOT NULL CHECK (source <> ''),
  file_id INTEGER REFERENCES source_file,
  recorded_at TEXT NOT NULL,
  {SEAL},
  FOREIGN KEY (order_pk, line) REFERENCES order_line
) STRICT""",
    "CREATE INDEX external_refund_by_order ON external_refund (order_pk, line)",
    f"""CREATE TABLE order_change (
  order_change_id INTEGER PRIMARY KEY,
  order_pk INTEGER NOT NULL REFERENCES orders,
  line INTEGER,
  field TEXT NOT NULL CHECK (field <> ''),
  old_value TEXT,
  new_value TEXT,
  kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
  file_id INTEGER NOT NULL REFERENCES source_file,
  changed_at TEXT NOT NULL,
  {SEAL}
) STRICT""",
    "CREATE INDEX order_change_by_order ON order_change (order_pk)",
    "CREATE INDEX order_change_by_file ON order_change (file_id, order_pk)",
    f"""CREATE TABLE customer (
  customer_pk INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT NOT NULL,
  tier TEXT NOT NULL,
  tags TEXT NOT NULL,
  language TEXT NOT NULL,
  {SEAL},
  CHECK (customer_id <> '' OR email_key <> '')
) STRICT""",
    "CREATE UNIQUE INDEX customer_by_id ON customer (customer_id) WHERE customer_id <> ''",
    "CREATE UNIQUE INDEX customer_by_own_mail ON customer (email_key) WHERE customer_id = ''",
    "CREATE INDEX customer_by_mail ON customer (email_key)",
    f"""CREATE TABLE product (
  sku TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  category TEXT NOT NULL,
  brand TEXT NOT NULL,
  tags TEXT NOT NULL,
  price TEXT NOT NULL,
  weight_g INTEGER,
  gtin TEXT NOT NULL,
  personalised INTEGER NOT NULL CHECK (personalised IN (0, 1)),
  perishable INTEGER NOT NULL CHECK (perishable IN (0, 1)),
  sealed_hygiene INTEGER NOT NULL CHECK (sealed_hygiene IN (0, 1)),
  digital INTEGER NOT NULL CHECK (digital IN (0, 1)),
  hazmat INTEGER NOT NULL CHECK (hazmat IN (0, 1)),
  serial_required INTEGER NOT NULL CHECK (serial_required IN (0, 1)),
  {SEAL}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE policy_text (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  policy_id TEXT NOT NULL CHECK (policy_id <> ''),
  shown_as TEXT NOT NULL,
  text BLOB NOT NULL,
  {SEAL}
) STRICT""",
    f"""CREATE TABLE idempotency_key (
  scope TEXT NOT NULL CHECK (scope <> ''),
  key TEXT NOT NULL CHECK (key <> ''),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  result TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID""",
)

RULES: tuple[str, ...] = ()

APPEND_ONLY = (
    ("meta", (("name",),)),
    ("source_file", (("file_id",),)),
    ("source_file_result", (("file_id",),)),
    ("external_refund", (("external_refund_id",),)),
    ("order_change", (("order_change_id",),)),
    ("policy_text", (("sha256",),)),
    ("idempotency_key", (("scope", "key"),)),
)
