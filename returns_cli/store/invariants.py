"""I1 to I10 as plain SQL, each giving one sentence for every record that breaks it.

Written apart from the triggers on purpose: the two must not share a mistake. ``state`` is a
refund's latest event, ``live`` those that count.
"""

# ruff: noqa: S608 - put together from the constants of this module

from __future__ import annotations

_LIVE = """
state AS (
  SELECT e.refund_pk, e.state, row_number() OVER (
    PARTITION BY e.refund_pk ORDER BY e.refund_event_id DESC) AS place
  FROM refund_event e),
live AS MATERIALIZED (
  SELECT f.* FROM refund f JOIN state s ON s.refund_pk = f.refund_pk AND s.place = 1
  WHERE s.state NOT IN ('planned', 'failed', 'reversed'))
"""
_UNITS = """
units AS (
  SELECT return_id, line, sum(authorized) AS authorized, sum(received) AS received,
    sum(inspected) AS inspected, sum(disposed) AS disposed
  FROM (
    SELECT return_id, line, quantity AS authorized, 0 AS received, 0 AS inspected, 0 AS disposed
    FROM authorization
    UNION ALL SELECT return_id, line, 0, quantity, 0, 0 FROM receipt
    UNION ALL SELECT return_id, line, 0, 0, quantity, 0 FROM inspection
    UNION ALL SELECT return_id, line, 0, 0, 0, quantity FROM disposal)
  GROUP BY return_id, line),
request AS (
  SELECT l.return_id, l.line, l.quantity FROM return_line l
  JOIN (SELECT return_id, max(revision) AS revision FROM return_revision GROUP BY return_id) v
    ON v.return_id = l.return_id AND v.revision = l.revision)
"""

INVARIANTS: tuple[tuple[str, str], ...] = (
    (
        "E-CHECK-I1",
        f"""WITH {_UNITS}
SELECT printf('line %d of %s: %d asked for, %d authorized, %d received, %d inspected, %d put away',
  u.line, r.rma, coalesce(q.quantity, 0), u.authorized, u.received, u.inspected, u.disposed)
FROM units u JOIN returns r ON r.return_id = u.return_id
LEFT JOIN request q ON q.return_id = u.return_id AND q.line = u.line
WHERE NOT (coalesce(q.quantity, 0) >= u.authorized AND u.authorized >= u.received
  AND u.received >= u.inspected AND u.inspected >= u.disposed AND u.disposed >= 0)
ORDER BY u.return_id, u.line""",
    ),
    (
        "E-CHECK-I2",
        """
SELECT printf('line %d of order %s/%s: %d authorized to come back, %d shipped',
  a.line, o.channel, o.order_id, sum(a.quantity), l.shipped_quantity)
FROM authorization a JOIN orders o ON o.order_pk = a.order_pk
JOIN order_line l ON l.order_pk = a.order_pk AND l.line = a.line
GROUP BY a.order_pk, a.line HAVING sum(a.quantity) > l.shipped_quantity
ORDER BY a.order_pk, a.line""",
    ),
    (
        "E-CHECK-I3",
        f"""WITH {_LIVE}, given AS (
  SELECT r.order_pk, c.line,
    sum(c.amount_minor) FILTER (WHERE c.kind = 'items') AS items,
    sum(c.amount_minor) FILTER (WHERE c.kind = 'tax') AS tax,
    sum(c.amount_minor) FILTER (WHERE c.kind = 'original_shipping') AS shipping
  FROM live r JOIN refund_component c ON c.refund_pk = r.refund_pk
  WHERE c.line IS NOT NULL GROUP BY r.order_pk, c.line)
SELECT printf('line %d of order %s/%s: more refunded than was paid for it',
  g.line, o.channel, o.order_id)
FROM given g JOIN orders o ON o.order_pk = g.order_pk
LEFT JOIN order_line l ON l.order_pk = g.order_pk AND l.line = g.line
WHERE l.line IS NULL OR coalesce(g.items, 0) > l.items_minor
  OR coalesce(g.tax, 0) > iif(o.tax_style = 'on_top', l.tax_minor, 0)
  OR coalesce(g.shipping, 0) > l.shipping_minor
  OR coalesce(g.items, 0) + coalesce(g.tax, 0) + coalesce(g.shipping, 0)
    + coalesce((SELECT sum(x.amount_minor) FROM external_refund x
      WHERE x.order_pk = g.order_pk AND x.line = g.line), 0)
    > l.items_minor + l.shipping_minor + iif(o.tax_style = 'on_top', l.tax_minor, 0)
ORDER BY g.order_pk, g.line""",
    ),
    (
        "E-CHECK-I3",
        f"""WITH {_LIVE}, taken AS (
  SELECT r.order_pk, t.line, sum(t.units) AS units, sum(t.items_minor) AS items,
    sum(t.tax_minor) AS tax, sum(t.shipping_minor) AS shipping
  FROM live r JOIN refund_take t ON t.refund_pk = r.refund_pk GROUP BY r.order_pk, t.line)
SELECT printf('line %d of order %s/%s: refunds took more than its share', t.line, o.channel,
  o.order_id)
FROM taken t JOIN orders o ON o.order_pk = t.order_pk
LEFT JOIN order_line l ON l.order_pk = t.order_pk AND l.line = t.line
WHERE l.line IS NULL OR t.units > l.quantity OR t.items > l.items_minor OR t.tax > l.tax_minor
  OR t.shipping > l.shipping_minor
ORDER BY t.order_pk, t.line""",
    ),
    (
        "E-CHECK-I3",
        f"""WITH {_LIVE}, given AS (
  SELECT r.order_pk, sum(c.amount_minor) AS minor
  FROM live r JOIN refund_component c ON c.refund_pk = r.refund_pk
  WHERE c.kind NOT IN ('bonus_credit', 'goodwill') GROUP BY r.order_pk)
SELECT printf('order %s/%s: %d minor units refunded, its cap is %d', o.channel, o.order_id,
  g.minor, min(o.total_minor, o.captured_minor) - coalesce(x.minor, 0))
FROM given g JOIN orders o ON o.order_pk = g.order_pk
LEFT JOIN (SELECT order_pk, sum(amount_minor) AS minor FROM external_refund GROUP BY order_pk) x
  ON x.order_pk = g.order_pk
WHERE g.minor > min(o.total_minor, o.captured_minor) - coalesce(x.minor, 0)
ORDER BY g.order_pk""",
    ),
    (
        "E-CHECK-I3",
        f"""WITH {_LIVE}, latest AS (
  SELECT order_pk, max(revision) AS revision FROM order_payment GROUP BY order_pk),
paid AS (
  SELECT p.order_pk, p.tender, p.captured_minor FROM order_payment p
  JOIN latest v ON v.order_pk = p.order_pk AND v.revision = p.revision),
back AS (
  SELECT r.order_pk, g.tender, sum(g.amount_minor) AS minor
  FROM live r JOIN refund_origin g ON g.refund_pk = r.refund_pk GROUP BY r.order_pk, g.tender
  UNION ALL
  SELECT r.order_pk, r.tender, sum(c.amount_minor)
  FROM live r JOIN refund_component c ON c.refund_pk = r.refund_pk
  WHERE c.kind NOT IN ('bonus_credit', 'goodwill')
    AND r.tender NOT IN ('store_credit', 'gift_card', 'bank_transfer')
  GROUP BY r.order_pk, r.tender)
SELECT DISTINCT printf('order %s/%s: more refunded to %s than it paid', o.channel, o.order_id,
  p.tender)
FROM paid p JOIN orders o ON o.order_pk = p.order_pk
JOIN back b ON b.order_pk = p.order_pk AND b.tender = p.tender
WHERE b.minor > p.captured_minor ORDER BY p.order_pk, p.tender""",
    ),
    (
        "E-CHECK-I3",
        f"""WITH {_LIVE}, {_UNITS}, taken AS (
  SELECT r.return_id, t.line, sum(t.units) AS units
  FROM live r JOIN refund_take t ON t.refund_pk = r.refund_pk GROUP BY r.return_id, t.line)
SELECT printf('line %d of %s: %d units refunded, %d authorized', t.line, r.rma, t.units,
  coalesce(u.authorized, 0))
FROM taken t JOIN returns r ON r.return_id = t.return_id
LEFT JOIN units u ON u.return_id = t.return_id AND u.line = t.line
WHERE t.units > coalesce(u.authorized, 0) ORDER BY t.return_id, t.line""",
    ),
    (
        "E-CHECK-I5",
        """
SELECT printf('refund %s: its components sum to %d, its amount is %d', f.refund_id,
  coalesce(sum(c.amount_minor), 0), f.amount_minor)
FROM refund f LEFT JOIN refund_component c ON c.refund_pk = f.refund_pk
GROUP BY f.refund_pk
HAVING coalesce(sum(c.amount_minor), 0) <> f.amount_minor OR f.amount_minor <= 0
ORDER BY f.refund_pk""",
    ),
    (
        "E-CHECK-I6",
        """
SELECT printf('key %s was used for %d effects', key, count(*)) FROM (
  SELECT 'refund ' || key AS key FROM refund NOT INDEXED
  UNION ALL SELECT 'return ' || key FROM returns NOT INDEXED
  UNION ALL SELECT 'journal ' || key FROM journal NOT INDEXED
  UNION ALL SELECT 'reference ' || tender || '/' || reference FROM refund_reference NOT INDEXED)
GROUP BY key HAVING count(*) > 1 ORDER BY key""",
    ),
    (
        "E-CHECK-I8",
        """
SELECT printf('refund %s cites no decision of its return', f.refund_id)
FROM refund f LEFT JOIN decision d ON d.decision_id = f.decision_id AND d.return_id = f.return_id
WHERE d.decision_id IS NULL ORDER BY f.refund_pk""",
    ),
    (
        "E-CHECK-I8",
        """
SELECT printf('ruling %d of %s overrides the policy and does not say why', u.ruling_id, r.rma)
FROM ruling u JOIN returns r ON r.return_id = u.return_id
WHERE u.actor = '' OR (u.why = '' AND EXISTS (SELECT 1 FROM decision_line v
  JOIN decision d ON d.decision_id = v.decision_id WHERE d.decision_id = u.decision_id
  AND (v.line IN (SELECT s.line FROM ruling_line s WHERE s.ruling_id = u.ruling_id)
    OR NOT EXISTS (SELECT 1 FROM ruling_line s WHERE s.ruling_id = u.ruling_id))
  AND (u.kind || '/' || v.verdict = 'approve/deny'
    OR (u.kind || '/' || v.verdict = 'deny/approve' AND d.verdict <> 'review'))))
ORDER BY u.ruling_id""",
    ),
    (
        "E-CHECK-I9",
        """
SELECT printf('decision %d of %s: its policy text is missing', d.decision_id, r.rma)
FROM decision d JOIN returns r ON r.return_id = d.return_id
LEFT JOIN policy_text p ON p.sha256 = d.policy_sha256
WHERE d.policy_sha256 IS NOT NULL AND p.sha256 IS NULL ORDER BY d.decision_id""",
    ),
    (
        "E-CHECK-I1",
        """
SELECT printf('unexpected goods %d: %d moved on of %d', u.unexpected_id, sum(m.quantity),
  u.quantity)
FROM unexpected_move m NOT INDEXED JOIN unexpected u ON u.unexpected_id = m.unexpected_id
GROUP BY u.unexpected_id HAVING sum(m.quantity) > u.quantity ORDER BY u.unexpected_id""",
    ),
    (
        "E-CHECK-I10",
        """
SELECT printf('stock is in %d exports: move %d', count(*),
  coalesce(l.stock_move_id, l.unexpected_move_id))
FROM stock_export_line l NOT INDEXED WHERE l.stock_export_id
  NOT IN (SELECT x.replaces FROM stock_export x NOT INDEXED WHERE x.replaces IS NOT NULL)
GROUP BY l.stock_move_id, l.unexpected_move_id HAVING count(*) > 1""",
    ),
    (
        "E-CHECK-I10",
        """
SELECT printf('stock move %d does not repeat its disposal', m.stock_move_id)
FROM stock_move m LEFT JOIN disposal d ON d.disposal_id = m.disposal_id
WHERE d.disposal_id IS NULL OR d.quantity <> m.quantity
  OR (SELECT count(*) FROM stock_move o NOT INDEXED WHERE o.disposal_id = m.disposal_id) > 1
ORDER BY m.stock_move_id""",
    ),
)
