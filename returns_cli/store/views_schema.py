"""Views for people's own tools: what Datasette, DuckDB or a spreadsheet should see of the store.

One row is one thing that a shop speaks of. Amounts are minor units of ``currency``. A return's
state hangs on the day and on its quote, so that no view can hold it: ``returns list`` has it.
``returns export`` writes these views; ``store/datasets.py`` lists them.
"""

from __future__ import annotations

_KINDS = (
    "items tax original_shipping restocking_fee return_shipping transfer_fee condition_deduction"
    " promotion_clawback bonus_credit goodwill"
).split()


def _units(table: str, of: str) -> str:
    """How many units the facts of a table add up to, for the row of the outer query."""
    return f"(SELECT coalesce(sum(f.quantity), 0) FROM {table} f WHERE {of})"  # noqa: S608 - our words


_OF_ORDER_LINE = "f.order_pk = l.order_pk AND f.line = l.line"
_OF_RETURN = "f.return_id = r.return_id"
_OF_RETURN_LINE = "f.return_id = l.return_id AND f.line = l.line"
_PAID_BACK = """(SELECT coalesce(sum(f.amount_minor), 0) FROM refund f
    WHERE f.{key} = {row}.{key} AND (SELECT e.state FROM refund_event e
      WHERE e.refund_pk = f.refund_pk ORDER BY e.refund_event_id DESC LIMIT 1) {state})"""
_CATEGORY = """coalesce(nullif({row}.category, ''),
    (SELECT k.category FROM product k WHERE k.sku = {row}.sku), '')"""
_CODES = "(SELECT group_concat(c.value, '|') FROM json_each(d.codes) c)"
# A setting stands in a decision as [name, value, rule, place]. In a view of a store that it does
# not trust SQLite allows json_each and no other function of JSON.
_RULES = """(SELECT group_concat(rule, '|') FROM (SELECT DISTINCT r.value AS rule
    FROM decision e, json_each(e.body, '$.lines') b, json_each(b.value, '$.line') n,
      json_each(b.value, '$.settings') s, json_each(s.value, '$[2]') r
    WHERE e.decision_id = d.decision_id AND n.value = l.line
      AND instr(s.value, ',null,"') = 0 AND r.value IS NOT NULL ORDER BY 1))"""


def _setting(name: str) -> str:
    """The text of a setting of decision ``d``, of the first line that has it."""
    mark = f'["{name}","'
    begins = f"substr(d.body, nullif(instr(d.body, '{mark}'), 0) + {len(mark)})"
    return f"(SELECT substr(x.rest, 1, instr(x.rest, '\"') - 1) FROM (SELECT {begins} AS rest) x)"  # noqa: S608 - our words


_CONFIRMED = "= 'confirmed'"
_PENDING = "IN ('submitted', 'in_doubt')"

_V_ORDERS = f"""CREATE VIEW v_orders AS
SELECT o.channel, o.order_id, o.placed_at, o.shipped_at, o.delivered_at, o.cancelled_at,
  o.currency, o.total_minor,
  {_PAID_BACK.format(key="order_pk", row="o", state=_CONFIRMED)} AS refunded_minor,
  (SELECT coalesce(sum(x.amount_minor), 0) FROM external_refund x
    WHERE x.order_pk = o.order_pk) AS refunded_elsewhere_minor,
  (SELECT coalesce(sum(l.quantity), 0) FROM order_line l
    WHERE l.order_pk = o.order_pk) AS units_ordered,
  (SELECT coalesce(sum(l.shipped_quantity), 0) FROM order_line l
    WHERE l.order_pk = o.order_pk) AS units_shipped,
  {_units("receipt", "f.order_pk = o.order_pk")} AS units_received,
  o.country, o.region, o.payment_method, o.customer_tier, o.is_gift, o.is_business,
  p.customer_id, p.name AS customer_name, p.email AS customer_email
FROM orders o LEFT JOIN order_person p ON p.order_pk = o.order_pk"""  # noqa: S608 - our words

_V_ORDER_LINES = f"""CREATE VIEW v_order_lines AS
SELECT o.channel, o.order_id, l.line, l.sku, l.title,
  {_CATEGORY.format(row="l")} AS category, l.brand, l.quantity,
  l.shipped_quantity AS units_shipped, {_units("receipt", _OF_ORDER_LINE)} AS units_received,
  o.currency, l.unit_price_minor, l.items_minor, l.tax_minor, l.shipping_minor,
  coalesce(l.delivered_at, o.delivered_at) AS delivered_at, l.cancelled AS is_cancelled
FROM order_line l JOIN orders o ON o.order_pk = l.order_pk"""  # noqa: S608 - our words

_V_RETURNS = f"""CREATE VIEW v_returns AS
SELECT r.rma, r.kind, o.channel, o.order_id, r.requested_at, r.opened_at,
  d.as_of AS decided_at, d.verdict,
  (SELECT u.kind FROM ruling u WHERE u.return_id = r.return_id
    ORDER BY u.ruling_id DESC LIMIT 1) AS ruling,
  d.policy_id, d.policy_version, {_setting("refund.after")} AS refund_after,
  CAST({_setting("refund.within_days")} AS INTEGER) AS refund_days,
  CAST({_setting("refund.within_business_days")} AS INTEGER) AS refund_business_days,
  (SELECT sum(l.quantity) FROM return_line l WHERE l.return_id = r.return_id AND l.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = r.return_id)
  ) AS units_requested,
  {_units("authorization", _OF_RETURN)} AS units_authorized,
  {_units("receipt", _OF_RETURN)} AS units_received,
  {_units("inspection", _OF_RETURN)} AS units_inspected,
  {_units("disposal", _OF_RETURN)} AS units_disposed,
  (SELECT min(f.received_at) FROM receipt f WHERE {_OF_RETURN} AND f.quantity > 0
  ) AS first_received_at,
  (SELECT max(f.inspected_at) FROM inspection f WHERE {_OF_RETURN} AND f.quantity > 0
  ) AS last_inspected_at,
  o.currency,
  {_PAID_BACK.format(key="return_id", row="r", state=_CONFIRMED)} AS refunded_minor,
  {_PAID_BACK.format(key="return_id", row="r", state=_PENDING)} AS pending_minor,
  o.country, o.customer_tier, p.customer_id, p.name AS customer_name,
  p.email AS customer_email
FROM returns r JOIN orders o ON o.order_pk = r.order_pk
LEFT JOIN order_person p ON p.order_pk = r.order_pk
LEFT JOIN decision d ON d.decision_id =
  (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = r.return_id)"""  # noqa: S608 - our words

_V_RETURN_LINES = f"""CREATE VIEW v_return_lines AS
SELECT r.rma, l.line, s.sku, s.title, {_CATEGORY.format(row="s")} AS category, l.quantity,
  l.reason, d.fault, l.resolution, l.exchange_sku, d.verdict, {_CODES} AS codes,
  {_RULES} AS rules, d.keep_item AS is_kept, d.deadline_on,
  {_units("authorization", _OF_RETURN_LINE)} AS units_authorized,
  {_units("receipt", _OF_RETURN_LINE)} AS units_received,
  {_units("inspection", _OF_RETURN_LINE)} AS units_inspected,
  {_units("disposal", _OF_RETURN_LINE)} AS units_disposed,
  n.text AS note
FROM returns r JOIN return_line l ON l.return_id = r.return_id AND l.revision =
  (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = r.return_id)
JOIN order_line s ON s.order_pk = l.order_pk AND s.line = l.line
LEFT JOIN decision_line d ON d.line = l.line AND d.decision_id =
  (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = r.return_id)
LEFT JOIN return_note n
  ON n.return_id = l.return_id AND n.revision = l.revision AND n.line = l.line"""  # noqa: S608 - our words

_V_FLOOR = """CREATE VIEW v_floor AS
SELECT r.rma, f.line, s.sku, f.fact, f.quantity, f.grade, f.disposition, f.location, f.happened_at,
  f.station, f.actor, f.note
FROM (
  SELECT return_id, order_pk, line, 'received' AS fact, quantity, '' AS grade, '' AS disposition,
    '' AS location, received_at AS happened_at, coalesce(station, '') AS station, actor, '' AS note
  FROM receipt
  UNION ALL
  SELECT return_id, order_pk, line, 'inspected', quantity, grade, disposition, '', inspected_at,
    '', actor, note
  FROM inspection
  UNION ALL
  SELECT return_id, order_pk, line, 'disposed', quantity, '', disposition, location, disposed_at,
    '', actor, ''
  FROM disposal
) f JOIN returns r ON r.return_id = f.return_id
JOIN order_line s ON s.order_pk = f.order_pk AND s.line = f.line"""

_PARTS = ",\n  ".join(
    f"(SELECT coalesce(sum(c.amount_minor), 0) FROM refund_component c"  # noqa: S608 - our words
    f" WHERE c.refund_pk = f.refund_pk AND c.kind = '{kind}') AS {kind}_minor"
    for kind in _KINDS
)
_V_REFUNDS = f"""CREATE VIEW v_refunds AS
SELECT f.refund_id AS refund, r.rma, o.channel, o.order_id,
  (SELECT e.state FROM refund_event e WHERE e.refund_pk = f.refund_pk
    ORDER BY e.refund_event_id DESC LIMIT 1) AS state,
  f.currency, f.amount_minor, f.tender, x.reference, f.recorded_at,
  (SELECT min(e.moved_at) FROM refund_event e
    WHERE e.refund_pk = f.refund_pk AND e.state = 'confirmed') AS confirmed_at,
  {_PARTS},
  f.actor
FROM refund f JOIN returns r ON r.return_id = f.return_id
JOIN orders o ON o.order_pk = f.order_pk
LEFT JOIN refund_reference x ON x.refund_pk = f.refund_pk"""  # noqa: S608 - our words

_V_PRODUCTS = """CREATE VIEW v_products AS
SELECT s.sku, coalesce(nullif(p.title, ''), s.title) AS title,
  coalesce(nullif(p.category, ''), s.category) AS category,
  coalesce(nullif(p.brand, ''), s.brand) AS brand, s.units_ordered, s.units_shipped,
  coalesce(b.units_received, 0) AS units_received, coalesce(b.returns, 0) AS returns
FROM (
  SELECT sku, max(title) AS title, max(category) AS category, max(brand) AS brand,
    sum(quantity) AS units_ordered, sum(shipped_quantity) AS units_shipped
  FROM (
    SELECT sku, title, category, brand, quantity, shipped_quantity FROM order_line
    UNION ALL
    SELECT sku, title, category, brand, 0, 0 FROM product
  ) GROUP BY sku
) s LEFT JOIN product p ON p.sku = s.sku
LEFT JOIN (
  SELECT l.sku, sum(f.quantity) AS units_received, count(DISTINCT f.return_id) AS returns
  FROM receipt f JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line GROUP BY l.sku
) b ON b.sku = s.sku"""

_V_CUSTOMERS = """CREATE VIEW v_customers AS
SELECT customer_id, name AS customer_name, email AS customer_email, tier AS customer_tier, tags,
  language
FROM customer"""

_V_JOURNAL = """CREATE VIEW v_journal AS
SELECT j.seq, p.n, j.kind, j.business_date AS booked_on, j.recorded_at, p.account, p.order_ref,
  p.currency, p.minor AS amount_minor, j.actor, j.hash
FROM journal j JOIN posting p ON p.seq = j.seq"""

_NAMES = (
    "v_orders v_order_lines v_returns v_return_lines v_floor v_refunds v_products v_customers"
    " v_journal"
).split()

STATEMENTS: tuple[str, ...] = (
    _V_ORDERS,
    _V_ORDER_LINES,
    _V_RETURNS,
    _V_RETURN_LINES,
    _V_FLOOR,
    _V_REFUNDS,
    _V_PRODUCTS,
    _V_CUSTOMERS,
    _V_JOURNAL,
)

AGAIN: tuple[str, ...] = (*(f"DROP VIEW {name}" for name in _NAMES), *STATEMENTS)
"""The views as they are now, in a store that has older ones; they hold nothing of their own."""
