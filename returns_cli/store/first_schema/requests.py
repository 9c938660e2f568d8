"""Returns, their lines by revision, decisions, authorized units, rulings (I1, I2, I8, I9).

Where a head has parts (a revision its lines, a decision its lines) the parts go in first, behind
a deferred foreign key, and the head last: its trigger sees the finished set, and parts never join
a head that stands.
"""

# ruff: noqa: S608 - triggers are put together from the constants of this package

from __future__ import annotations

from returns_cli.store.first_schema.imports import SEAL

TABLES = (
    f"""CREATE TABLE returns (
  return_id INTEGER PRIMARY KEY,
  rma TEXT NOT NULL UNIQUE CHECK (rma GLOB 'RMA-*' AND length(rma) = 11),
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('return', 'claim', 'withdrawal', 'return_to_sender')),
  opened_at TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  order_pk INTEGER NOT NULL REFERENCES orders,
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL},
  UNIQUE (return_id, order_pk)
) STRICT""",
    "CREATE INDEX returns_by_order ON returns (order_pk)",
    "CREATE INDEX returns_by_opened ON returns (opened_at, return_id)",
    f"""CREATE TABLE return_revision (
  return_id INTEGER NOT NULL REFERENCES returns,
  revision INTEGER NOT NULL CHECK (revision > 0),
  actor TEXT NOT NULL CHECK (actor <> ''),
  revised_at TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (return_id, revision)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE return_line (
  return_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  line INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  order_pk INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  reason TEXT NOT NULL,
  resolution TEXT NOT NULL
    CHECK (resolution IN ('refund', 'store_credit', 'exchange', 'repair', 'replacement')),
  condition TEXT,
  photos INTEGER NOT NULL CHECK (photos >= 0),
  answers TEXT NOT NULL CHECK (answers <> ''),
  exchange_sku TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (return_id, revision, line),
  UNIQUE (return_id, revision, n),
  FOREIGN KEY (return_id, revision) REFERENCES return_revision DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk),
  FOREIGN KEY (order_pk, line) REFERENCES order_line
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX return_line_by_order_line ON return_line (order_pk, line)",
    f"""CREATE TABLE return_note (
  return_id INTEGER NOT NULL REFERENCES returns,
  revision INTEGER NOT NULL,
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (return_id, revision, line)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE return_search (
  return_id INTEGER PRIMARY KEY REFERENCES returns,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  postcode TEXT NOT NULL
) STRICT""",
    f"""CREATE TABLE decision (
  decision_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  policy_id TEXT,
  policy_version TEXT,
  policy_sha256 TEXT REFERENCES policy_text,
  as_of TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'deny', 'review', 'partial')),
  label_kind TEXT NOT NULL,
  label_valid_days INTEGER,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  body TEXT NOT NULL CHECK (body <> ''),
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL},
  UNIQUE (decision_id, return_id),
  CHECK ((policy_id IS NULL) = (policy_sha256 IS NULL)),
  FOREIGN KEY (return_id, revision) REFERENCES return_revision
) STRICT""",
    "CREATE INDEX decision_by_return ON decision (return_id, decision_id)",
    f"""CREATE TABLE decision_line (
  decision_id INTEGER NOT NULL REFERENCES decision DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL CHECK (n > 0),
  line INTEGER NOT NULL,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  reason TEXT NOT NULL,
  fault TEXT NOT NULL CHECK (fault IN ('customer', 'merchant', 'carrier', 'unknown')),
  resolution TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'deny', 'review')),
  codes TEXT NOT NULL CHECK (codes <> ''),
  deadline_on TEXT,
  keep_item INTEGER NOT NULL CHECK (keep_item IN (0, 1)),
  {SEAL},
  PRIMARY KEY (decision_id, n)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE authorization (
  authorization_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL,
  order_pk INTEGER NOT NULL,
  line INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  cause TEXT NOT NULL
    CHECK (cause IN ('decision', 'approval', 'denial', 'cancel', 'expiry', 'amendment')),
  decision_id INTEGER,
  authorized_at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  why TEXT NOT NULL,
  {SEAL},
  FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk),
  FOREIGN KEY (order_pk, line) REFERENCES order_line,
  FOREIGN KEY (decision_id, return_id) REFERENCES decision (decision_id, return_id),
  CHECK (cause <> 'decision' OR decision_id IS NOT NULL)
) STRICT""",
    "CREATE INDEX authorization_by_return ON authorization (return_id, line)",
    "CREATE INDEX authorization_by_order_line ON authorization (order_pk, line)",
    f"""CREATE TABLE ruling (
  ruling_id INTEGER PRIMARY KEY,
  return_id INTEGER NOT NULL REFERENCES returns,
  decision_id INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('approve', 'deny', 'cancel', 'expire')),
  ruled_at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  why TEXT NOT NULL,
  codes TEXT NOT NULL CHECK (codes <> ''),
  {SEAL},
  FOREIGN KEY (decision_id, return_id) REFERENCES decision (decision_id, return_id)
) STRICT""",
    f"""CREATE TABLE ruling_line (
  ruling_id INTEGER NOT NULL REFERENCES ruling DEFERRABLE INITIALLY DEFERRED,
  line INTEGER NOT NULL,
  {SEAL},
  PRIMARY KEY (ruling_id, line)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ruling_by_return ON ruling (return_id)",
)

_REVISION_STANDS = "EXISTS (SELECT 1 FROM return_revision r WHERE r.return_id = NEW.return_id"
_AUTHORIZED = """(SELECT coalesce(sum(a.quantity), 0) FROM authorization a
    WHERE a.return_id = NEW.return_id AND a.line = NEW.line)"""

RULES = (
    f"""CREATE TRIGGER return_line_before_its_revision BEFORE INSERT ON return_line
WHEN {_REVISION_STANDS} AND r.revision = NEW.revision) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a line cannot join a request that is already recorded');
END""",
    """CREATE TRIGGER return_revision_complete BEFORE INSERT ON return_revision BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE the revisions of a return are numbered without gaps')
  WHERE NEW.revision <> 1 + (SELECT coalesce(max(r.revision), 0) FROM return_revision r
    WHERE r.return_id = NEW.return_id);
  SELECT RAISE(ABORT, 'E-STORE-RULE a request has at least one line')
  WHERE NOT EXISTS (SELECT 1 FROM return_line l
    WHERE l.return_id = NEW.return_id AND l.revision = NEW.revision);
  SELECT RAISE(ABORT, 'E-OVER-AUTHORIZED more units are authorized than the return asks for')
  WHERE EXISTS (SELECT 1 FROM authorization a WHERE a.return_id = NEW.return_id
    GROUP BY a.line HAVING sum(a.quantity) > coalesce((SELECT l.quantity FROM return_line l
      WHERE l.return_id = NEW.return_id AND l.revision = NEW.revision AND l.line = a.line), 0));
END""",
    """CREATE TRIGGER decision_line_before_its_decision BEFORE INSERT ON decision_line
WHEN EXISTS (SELECT 1 FROM decision d WHERE d.decision_id = NEW.decision_id) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a line cannot join a decision that is already recorded');
END""",
    """CREATE TRIGGER decision_complete BEFORE INSERT ON decision BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a decision judges the latest revision of a request')
  WHERE NEW.revision <> (SELECT max(r.revision) FROM return_revision r
    WHERE r.return_id = NEW.return_id);
  SELECT RAISE(ABORT, 'E-STORE-RULE a decision has at least one line')
  WHERE NOT EXISTS (SELECT 1 FROM decision_line l WHERE l.decision_id = NEW.decision_id);
END""",
    f"""CREATE TRIGGER authorization_caps AFTER INSERT ON authorization BEGIN
  SELECT RAISE(ABORT, 'E-UNITS-HELD more units would be released than were authorized')
  WHERE {_AUTHORIZED} < 0;
  SELECT RAISE(ABORT, 'E-OVER-AUTHORIZED more units would be authorized than the return asks for')
  WHERE {_AUTHORIZED} > coalesce((SELECT l.quantity FROM return_line l
    WHERE l.return_id = NEW.return_id AND l.line = NEW.line AND l.revision =
      (SELECT max(r.revision) FROM return_revision r WHERE r.return_id = NEW.return_id)), 0);
  SELECT RAISE(ABORT, 'E-UNITS-HELD units that have arrived cannot be released')
  WHERE {_AUTHORIZED} < (SELECT coalesce(sum(r.quantity), 0) FROM receipt r
    WHERE r.return_id = NEW.return_id AND r.line = NEW.line);
  SELECT RAISE(ABORT, 'E-UNITS-HELD units that were refunded cannot be released')
  WHERE {_AUTHORIZED} < (SELECT coalesce(sum(t.units), 0)
    FROM live_refund r JOIN refund_take t ON t.refund_pk = r.refund_pk
    WHERE r.return_id = NEW.return_id AND t.line = NEW.line);
  SELECT RAISE(ABORT,
    'E-OVER-SHIPPED more units of the order line would come back than were shipped')
  WHERE NEW.quantity > 0
    AND (SELECT sum(a.quantity) FROM authorization a
      WHERE a.order_pk = NEW.order_pk AND a.line = NEW.line)
    > (SELECT l.shipped_quantity FROM order_line l
      WHERE l.order_pk = NEW.order_pk AND l.line = NEW.line);
END""",
    """CREATE TRIGGER order_line_keeps_authorized AFTER UPDATE ON order_line
WHEN NEW.shipped_quantity < (SELECT coalesce(sum(a.quantity), 0) FROM authorization a
  WHERE a.order_pk = NEW.order_pk AND a.line = NEW.line) BEGIN
  SELECT RAISE(ABORT, 'E-OVER-SHIPPED more units are authorized to come back than were shipped');
END""",
    """CREATE TRIGGER ruling_line_before_its_ruling BEFORE INSERT ON ruling_line
WHEN EXISTS (SELECT 1 FROM ruling u WHERE u.ruling_id = NEW.ruling_id) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a line cannot join a ruling that is already recorded');
END""",
    """CREATE TRIGGER ruling_names_why BEFORE INSERT ON ruling
WHEN NEW.why = '' AND EXISTS (SELECT 1 FROM decision_line v
  JOIN decision d ON d.decision_id = v.decision_id
  WHERE d.decision_id = (SELECT max(x.decision_id) FROM decision x
      WHERE x.return_id = NEW.return_id)
    AND (v.line IN (SELECT s.line FROM ruling_line s WHERE s.ruling_id = NEW.ruling_id)
      OR NOT EXISTS (SELECT 1 FROM ruling_line s WHERE s.ruling_id = NEW.ruling_id))
    AND ((NEW.kind = 'approve' AND v.verdict = 'deny')
      OR (NEW.kind = 'deny' AND v.verdict = 'approve' AND d.verdict <> 'review'))) BEGIN
  SELECT RAISE(ABORT, 'E-WHY-MISSING overriding what the policy decided needs a reason');
END""",
)

APPEND_ONLY = (
    ("returns", (("return_id",), ("rma",), ("key",))),
    ("return_revision", (("return_id", "revision"),)),
    ("return_line", (("return_id", "revision", "line"), ("return_id", "revision", "n"))),
    ("decision", (("decision_id",),)),
    ("decision_line", (("decision_id", "n"),)),
    ("authorization", (("authorization_id",),)),
    ("ruling", (("ruling_id",),)),
    ("ruling_line", (("ruling_id", "line"),)),
)
