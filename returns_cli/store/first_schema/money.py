"""Refunds, their components and states, and the caps that no program can break (I3, I5, I6, I8).

A refund's parts go in first and its row last. It counts from its event ``submitted`` on, whose
trigger holds the caps; ``failed`` and ``reversed`` release what it took.
"""

# ruff: noqa: S608 - triggers are put together from the constants of this package

from __future__ import annotations

from returns_cli.store.first_schema.imports import SEAL

TABLES = (
    f"""CREATE TABLE order_tender (
  order_pk INTEGER NOT NULL REFERENCES orders,
  tender TEXT NOT NULL CHECK (tender <> ''),
  captured_minor INTEGER NOT NULL CHECK (captured_minor >= 0),
  {SEAL},
  PRIMARY KEY (order_pk, tender)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE refund (
  refund_pk INTEGER PRIMARY KEY,
  refund_id TEXT NOT NULL UNIQUE CHECK (refund_id GLOB 'RF-*' AND length(refund_id) = 10),
  return_id INTEGER NOT NULL,
  order_pk INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  tender TEXT NOT NULL CHECK (tender <> ''),
  actor TEXT NOT NULL CHECK (actor <> ''),
  recorded_at TEXT NOT NULL,
  {SEAL},
  FOREIGN KEY (return_id, order_pk) REFERENCES returns (return_id, order_pk),
  FOREIGN KEY (decision_id, return_id) REFERENCES decision (decision_id, return_id)
) STRICT""",
    "CREATE INDEX refund_by_order ON refund (order_pk)",
    "CREATE INDEX refund_by_return ON refund (return_id)",
    f"""CREATE TABLE refund_component (
  refund_pk INTEGER NOT NULL REFERENCES refund DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL CHECK (n > 0),
  kind TEXT NOT NULL,
  line INTEGER,
  amount_minor INTEGER NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  rule TEXT,
  cited_at TEXT,
  {SEAL},
  PRIMARY KEY (refund_pk, n),
  CHECK (
    (kind IN ('items', 'tax', 'original_shipping', 'bonus_credit', 'goodwill')
      AND amount_minor >= 0)
    OR (kind IN ('restocking_fee', 'return_shipping', 'transfer_fee', 'condition_deduction',
      'promotion_clawback') AND amount_minor <= 0)),
  CHECK (kind NOT IN ('items', 'tax') OR line IS NOT NULL)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE refund_take (
  refund_pk INTEGER NOT NULL REFERENCES refund DEFERRABLE INITIALLY DEFERRED,
  line INTEGER NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  items_minor INTEGER NOT NULL CHECK (items_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  shipping_minor INTEGER NOT NULL CHECK (shipping_minor >= 0),
  {SEAL},
  PRIMARY KEY (refund_pk, line)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE refund_event (
  refund_event_id INTEGER PRIMARY KEY,
  refund_pk INTEGER NOT NULL REFERENCES refund,
  state TEXT NOT NULL CHECK (state IN
    ('planned', 'submitted', 'confirmed', 'failed', 'in_doubt', 'reversed')),
  journal_seq INTEGER UNIQUE REFERENCES journal,
  actor TEXT NOT NULL CHECK (actor <> ''),
  moved_at TEXT NOT NULL,
  why TEXT NOT NULL,
  {SEAL},
  CHECK ((journal_seq IS NULL) = (state IN ('planned', 'in_doubt')))
) STRICT""",
    "CREATE INDEX refund_event_by_refund ON refund_event (refund_pk, refund_event_id, state)",
    f"""CREATE TABLE refund_reference (
  tender TEXT NOT NULL,
  reference TEXT NOT NULL CHECK (reference <> ''),
  refund_pk INTEGER NOT NULL UNIQUE REFERENCES refund,
  {SEAL},
  PRIMARY KEY (tender, reference)
) STRICT, WITHOUT ROWID""",
    """CREATE VIEW refund_state AS
SELECT r.refund_pk, (SELECT e.state FROM refund_event e WHERE e.refund_pk = r.refund_pk
  ORDER BY e.refund_event_id DESC LIMIT 1) AS state
FROM refund r""",
    """CREATE VIEW live_refund AS
SELECT r.refund_pk, r.order_pk, r.return_id, r.amount_minor, r.tender
FROM refund r WHERE (SELECT e.state FROM refund_event e WHERE e.refund_pk = r.refund_pk
  ORDER BY e.refund_event_id DESC LIMIT 1) IN ('submitted', 'confirmed', 'in_doubt')""",
)


def _component_sum(order: str, kinds: str, line: str = "") -> str:
    return f"""(SELECT coalesce(sum(c.amount_minor), 0)
      FROM live_refund r JOIN refund_component c ON c.refund_pk = r.refund_pk
      WHERE r.order_pk = {order} AND c.kind IN ({kinds}){line})"""


def _take_sum(order: str, column: str) -> str:
    return f"""(SELECT coalesce(sum(t.{column}), 0)
      FROM live_refund r JOIN refund_take t ON t.refund_pk = r.refund_pk
      WHERE r.order_pk = {order} AND t.line = l.line)"""


def _external(order: str, line: str) -> str:
    return f"""(SELECT coalesce(sum(x.amount_minor), 0) FROM external_refund x
      WHERE x.order_pk = {order}{line})"""


_ON_LINE = " AND c.line = l.line"
_PAID_KINDS = "'items', 'tax', 'original_shipping'"


def _line_caps(order: str) -> str:
    """I3 per order line: no component, and no base share, above what was paid for it."""
    return f"""SELECT RAISE(ABORT,
    'E-OVER-REFUNDED more would be refunded for an order line than was paid for it')
  WHERE EXISTS (SELECT 1 FROM order_line l JOIN orders o ON o.order_pk = l.order_pk
    WHERE l.order_pk = {order} AND (
      {_component_sum(order, "'items'", _ON_LINE)} > l.items_minor
      OR {_component_sum(order, "'tax'", _ON_LINE)}
        > CASE o.tax_style WHEN 'on_top' THEN l.tax_minor ELSE 0 END
      OR {_component_sum(order, "'original_shipping'", _ON_LINE)} > l.shipping_minor
      OR {_component_sum(order, _PAID_KINDS, _ON_LINE)} > l.items_minor + l.shipping_minor
        + CASE o.tax_style WHEN 'on_top' THEN l.tax_minor ELSE 0 END
        - {_external(order, " AND x.line = l.line")}
      OR {_take_sum(order, "units")} > l.quantity
      OR {_take_sum(order, "items_minor")} > l.items_minor
      OR {_take_sum(order, "tax_minor")} > l.tax_minor
      OR {_take_sum(order, "shipping_minor")} > l.shipping_minor))"""


def _order_caps(order: str) -> str:
    """I3 per order and tender: bonus credit and goodwill are given on top, all else is capped."""
    return f"""SELECT RAISE(ABORT, 'E-OVER-REFUNDED more shipping would be refunded than was paid')
  WHERE {_component_sum(order, "'original_shipping'")}
    > (SELECT coalesce(sum(l.shipping_minor), 0) FROM order_line l WHERE l.order_pk = {order});
  SELECT RAISE(ABORT, 'E-OVER-REFUNDED more would be refunded than was paid for the order')
  WHERE (SELECT coalesce(sum(r.amount_minor), 0) FROM live_refund r WHERE r.order_pk = {order})
    - {_component_sum(order, "'bonus_credit', 'goodwill'")}
    > (SELECT min(o.total_minor, o.captured_minor) FROM orders o WHERE o.order_pk = {order})
    - {_external(order, "")};
  {tender_cap(order)}"""


def tender_cap(order: str) -> str:
    """I3 per means of payment, by what a refund was paid with; ``payment_schema`` replaces it."""
    return f"""SELECT RAISE(ABORT, '{OVER_TENDER}')
  WHERE EXISTS (SELECT 1 FROM order_tender t WHERE t.order_pk = {order}
    AND (SELECT coalesce(sum(r.amount_minor), 0) FROM live_refund r
      WHERE r.order_pk = {order} AND r.tender = t.tender) > t.captured_minor)"""


OVER_TENDER = "E-OVER-REFUNDED more would be refunded to a means of payment than it paid"
ORDER_OF_REFUND = "(SELECT f.order_pk FROM refund f WHERE f.refund_pk = NEW.refund_pk)"
_LAST_STATE = """(SELECT e.state FROM refund_event e WHERE e.refund_pk = NEW.refund_pk
    ORDER BY e.refund_event_id DESC LIMIT 1)"""
_HAS_LIVE = "EXISTS (SELECT 1 FROM live_refund r WHERE r.order_pk = NEW.order_pk)"


def _before_its_refund(table: str) -> str:
    return f"""CREATE TRIGGER {table}_before_its_refund BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM refund f WHERE f.refund_pk = NEW.refund_pk) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE nothing can join a refund that is already recorded');
END"""


RULES = (
    _before_its_refund("refund_component"),
    _before_its_refund("refund_take"),
    """CREATE TRIGGER refund_complete BEFORE INSERT ON refund BEGIN
  SELECT RAISE(ABORT, 'E-REFUND-SUM the components of the refund do not sum to its amount')
  WHERE NEW.amount_minor <> (SELECT coalesce(sum(c.amount_minor), 0) FROM refund_component c
    WHERE c.refund_pk = NEW.refund_pk);
  SELECT RAISE(ABORT, 'E-REFUND-SUM the refund is not in the currency of its order')
  WHERE NEW.currency <> (SELECT o.currency FROM orders o WHERE o.order_pk = NEW.order_pk);
  SELECT RAISE(ABORT, 'E-REFUND-DECISION no decision of this return allows the refund')
  WHERE NOT EXISTS (SELECT 1 FROM decision d
    WHERE d.decision_id = NEW.decision_id AND d.return_id = NEW.return_id);
  SELECT RAISE(ABORT, 'E-REFUND-DECISION the refund covers a line that may not come back')
  WHERE EXISTS (
    SELECT c.line FROM refund_component c WHERE c.refund_pk = NEW.refund_pk
      AND c.line IS NOT NULL AND c.kind <> 'original_shipping'
    UNION SELECT t.line FROM refund_take t WHERE t.refund_pk = NEW.refund_pk
      AND (t.units > 0 OR t.items_minor > 0 OR t.tax_minor > 0)
    EXCEPT SELECT a.line FROM authorization a WHERE a.return_id = NEW.return_id
      GROUP BY a.line HAVING sum(a.quantity) > 0);
END""",
    f"""CREATE TRIGGER refund_event_allowed BEFORE INSERT ON refund_event
WHEN (coalesce({_LAST_STATE}, ''), NEW.state) NOT IN (VALUES
    ('', 'planned'), ('', 'submitted'), ('planned', 'submitted'), ('submitted', 'confirmed'),
    ('submitted', 'failed'), ('submitted', 'in_doubt'), ('submitted', 'reversed'),
    ('in_doubt', 'confirmed'), ('in_doubt', 'failed'), ('confirmed', 'reversed')) BEGIN
  SELECT RAISE(ABORT, 'E-STATE the refund cannot go to that state from the one it is in');
END""",
    f"""CREATE TRIGGER refund_event_caps AFTER INSERT ON refund_event
WHEN NEW.state = 'submitted' BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE the journal entry of a refund carries its amount')
  WHERE NOT EXISTS (SELECT 1 FROM refund f JOIN posting p ON p.seq = NEW.journal_seq
    AND p.account = 'payable:' || f.tender AND p.minor = -f.amount_minor
    WHERE f.refund_pk = NEW.refund_pk);
  SELECT RAISE(ABORT, 'E-OVER-REFUNDED more units would be refunded than may come back')
  WHERE EXISTS (SELECT 1 FROM refund f JOIN live_refund r ON r.return_id = f.return_id
    JOIN refund_take t ON t.refund_pk = r.refund_pk
    WHERE f.refund_pk = NEW.refund_pk GROUP BY t.line
    HAVING sum(t.units) > (SELECT coalesce(sum(a.quantity), 0) FROM authorization a
      WHERE a.return_id = f.return_id AND a.line = t.line));
  {_line_caps(ORDER_OF_REFUND)};
  {_order_caps(ORDER_OF_REFUND)};
END""",
    f"""CREATE TRIGGER orders_keep_refunds AFTER UPDATE ON orders WHEN {_HAS_LIVE} BEGIN
  SELECT RAISE(ABORT, 'E-OVER-REFUNDED an order with refunds keeps its currency')
  WHERE NEW.currency <> OLD.currency;
  {_line_caps("NEW.order_pk")};
  {_order_caps("NEW.order_pk")};
END""",
    f"""CREATE TRIGGER order_line_keeps_refunds AFTER UPDATE ON order_line WHEN {_HAS_LIVE} BEGIN
  {_line_caps("NEW.order_pk")};
  {_order_caps("NEW.order_pk")};
END""",
    f"""CREATE TRIGGER order_line_delete_keeps_refunds AFTER DELETE ON order_line
WHEN EXISTS (SELECT 1 FROM live_refund r WHERE r.order_pk = OLD.order_pk) BEGIN
  {_order_caps("OLD.order_pk")};
END""",
    """CREATE TRIGGER refund_reference_tender BEFORE INSERT ON refund_reference
WHEN NEW.tender <> (SELECT f.tender FROM refund f WHERE f.refund_pk = NEW.refund_pk) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a payment reference belongs to the means of its refund');
END""",
    """CREATE TRIGGER refund_reference_once BEFORE INSERT ON refund_reference
WHEN EXISTS (SELECT 1 FROM refund_reference x
  WHERE x.tender = NEW.tender AND x.reference = NEW.reference) BEGIN
  SELECT RAISE(ABORT, 'E-REFERENCE-USED the payment reference belongs to another refund');
END""",
)

APPEND_ONLY = (
    ("order_tender", (("order_pk", "tender"),)),
    ("refund", (("refund_pk",), ("refund_id",), ("key",))),
    ("refund_component", (("refund_pk", "n"),)),
    ("refund_take", (("refund_pk", "line"),)),
    ("refund_event", (("refund_event_id",), ("journal_seq",))),
    ("refund_reference", (("refund_pk",),)),
)
