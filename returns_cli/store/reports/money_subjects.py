"""What reports count of money and of the bench, as rows; see ``subjects``."""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from returns_cli.store.reports.delivered import LINE_VALUE
from returns_cli.store.reports.promised import TRIGGER, promised
from returns_cli.store.reports.scope import LATEST
from returns_cli.store.reports.subjects import OF_ORDER, ORDER, Filling, Subject

# A refund's last event says how it stands. One that is confirmed counts on that day.
_LAST_EVENT = """e.refund_event_id = (SELECT max(x.refund_event_id) FROM refund_event x
    WHERE x.refund_pk = f.refund_pk)"""


def _graded(filling: Filling) -> str:
    value = LINE_VALUE.format(units="abs(i.quantity)")
    # Where all units of a line were put away to one place, that place is meant.
    put = """coalesce((SELECT iif(min(d.disposition) = max(d.disposition), min(d.disposition), NULL)
    FROM disposal d WHERE d.return_id = i.return_id AND d.line = i.line AND d.quantity > 0
      AND NOT EXISTS (SELECT 1 FROM disposal x WHERE x.return_id = d.return_id
        AND x.line = d.line AND x.corrects = d.disposal_id)
    HAVING count(*) > 0), i.disposition)"""
    return f"""SELECT o.order_pk, i.inspection_id, {filling.day("i.inspected_at")}, o.currency,
  iif(l.category = '', l.sku, ''), l.category, i.grade, {put}, coalesce(q.reason, ''), {OF_ORDER},
  i.quantity,
  iif(i.quantity < 0, -1, 1) * {value}, 1
FROM inspection i JOIN orders o ON o.order_pk = i.order_pk
JOIN order_line l ON l.order_pk = i.order_pk AND l.line = i.line
LEFT JOIN return_line q ON q.return_id = i.return_id AND q.line = i.line AND {LATEST}
WHERE true {filling.touched}"""


GRADED = Subject(
    "graded",
    "inspection_id INTEGER",
    "day INTEGER, currency TEXT, sku TEXT, category TEXT, grade TEXT, put TEXT, reason TEXT, "
    f"{ORDER}, units INTEGER, value INTEGER",
    ("units", "value"),
    (
        ("graded_days", ("day", "currency", "sku", "category", "grade", "put")),
        ("graded_months", ("month", "currency", "sku", "category", "grade", "put")),
    ),
    _graded,
)
"""Inspections, negative where they were taken back; the SKU where the line has no category."""


def _paid(filling: Filling) -> str:
    return f"""SELECT o.order_pk, f.refund_pk, f.return_id,
  iif(e.state = 'confirmed', {filling.day("e.moved_at")}, {filling.day("f.recorded_at")}),
  f.currency, iif(e.state = 'confirmed', 'confirmed', 'pending'), f.tender, {OF_ORDER},
  f.amount_minor, 1
FROM refund f JOIN orders o ON o.order_pk = f.order_pk
JOIN refund_event e ON e.refund_pk = f.refund_pk AND {_LAST_EVENT}
WHERE e.state IN ('confirmed', 'submitted', 'in_doubt') {filling.touched}"""


PAID = Subject(
    "paid",
    "refund_pk INTEGER",
    "return_id INTEGER, day INTEGER, currency TEXT, source TEXT, tender TEXT, "
    f"{ORDER}, amount INTEGER",
    ("amount",),
    (("paid_days", ("day", "currency", "source", "tender")),),
    _paid,
)
"""Refunds that stand, on the day they were confirmed, else on the day they were recorded."""


def _parts(filling: Filling) -> str:
    return f"""SELECT o.order_pk, f.refund_pk, c.kind, f.return_id, {filling.day("e.moved_at")},
  f.currency, f.tender, {OF_ORDER}, sum(c.amount_minor), sum(min(c.amount_minor, 0)), 1
FROM refund f JOIN orders o ON o.order_pk = f.order_pk
JOIN refund_event e ON e.refund_pk = f.refund_pk AND {_LAST_EVENT} AND e.state = 'confirmed'
JOIN refund_component c ON c.refund_pk = f.refund_pk
WHERE true {filling.touched} GROUP BY f.refund_pk, c.kind"""


PARTS = Subject(
    "parts",
    "refund_pk INTEGER, kind TEXT",
    f"return_id INTEGER, day INTEGER, currency TEXT, tender TEXT, {ORDER}, amount INTEGER, "
    "charged INTEGER",
    ("amount", "charged"),
    (("parts_days", ("day", "currency", "kind", "tender")),),
    _parts,
)
"""What confirmed refunds were made of, by kind; ``charged`` is what was kept of it."""


def _kept(filling: Filling) -> str:
    days = f"CAST({promised('refund.within_days')} AS INTEGER)"
    business = f"CAST({promised('refund.within_business_days')} AS INTEGER)"
    trigger, paid = filling.day("trigger_at"), filling.day("paid_at")
    return f"""SELECT order_pk, return_id, {trigger}, unit, coalesce(days, business, 0),
  {paid} - {trigger}, channel, country, customer_tier, 1
FROM (SELECT o.order_pk, r.return_id, p.paid_at, coalesce({TRIGGER}, p.paid_at) AS trigger_at,
    {days} AS days, {business} AS business,
    CASE WHEN {days} IS NOT NULL THEN 'days' WHEN {business} IS NOT NULL THEN 'business_days'
      ELSE '' END AS unit, {OF_ORDER}
  FROM (SELECT f.return_id, f.order_pk, min(e.moved_at) AS paid_at
    FROM refund f JOIN refund_event e ON e.refund_pk = f.refund_pk AND {_LAST_EVENT}
      AND e.state = 'confirmed'
    WHERE true {filling.touched.replace("o.order_pk", "f.order_pk")} GROUP BY f.return_id) p
  JOIN returns r ON r.return_id = p.return_id JOIN orders o ON o.order_pk = p.order_pk
  JOIN decision d ON d.decision_id =
    (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = p.return_id)
  LIMIT -1)"""


KEPT = Subject(
    "kept",
    "return_id INTEGER",
    f"day INTEGER, unit TEXT, promised INTEGER, took INTEGER, {ORDER}",
    (),
    (("kept_days", ("day", "unit", "promised", "took")),),
    _kept,
)
"""Returns whose first money came, on the day the promise began to count."""


def _handled(filling: Filling) -> str:
    of_customers = """JOIN returns r ON r.return_id = g.return_id AND r.kind <> 'return_to_sender'
    JOIN orders o ON o.order_pk = g.order_pk"""
    paid, arrived, seen = map(filling.day, ("e.moved_at", "g.received_at", "g.inspected_at"))
    return f"""SELECT order_pk, return_id, day,
  coalesce(lag(day) OVER (PARTITION BY return_id ORDER BY day), {NEVER}), currency, channel,
  country, customer_tier, units, 1
FROM (SELECT order_pk, return_id, day, currency, channel, country, customer_tier,
    sum(units) AS units
  FROM (SELECT o.order_pk, f.return_id, {paid} AS day, o.currency, {OF_ORDER}, 0 AS units
    FROM refund f JOIN orders o ON o.order_pk = f.order_pk
    JOIN refund_event e ON e.refund_pk = f.refund_pk AND {_LAST_EVENT} AND e.state = 'confirmed'
    WHERE true {filling.touched}
    UNION ALL SELECT o.order_pk, g.return_id, {arrived}, o.currency, {OF_ORDER}, g.quantity
    FROM receipt g {of_customers} WHERE true {filling.touched}
    UNION ALL SELECT o.order_pk, g.return_id, {seen}, o.currency, {OF_ORDER}, 0
    FROM inspection g {of_customers} WHERE true {filling.touched})
  GROUP BY return_id, day)"""


NEVER = -2_000_000  # before any day
HANDLED = Subject(
    "handled",
    "return_id INTEGER, day INTEGER",
    f"before INTEGER, currency TEXT, {ORDER}, units INTEGER",
    ("units",),
    (("handled_days", ("day", "before", "currency")),),
    _handled,
)
"""Days on which a return was paid, arrived or was inspected, with the last such day before.

Over any days a return counts once: where the day before lies before the first of these days.
"""


def _waiting(filling: Filling) -> str:
    pending = """EXISTS (SELECT 1 FROM live_refund f JOIN refund_state s
    ON s.refund_pk = f.refund_pk WHERE f.return_id = u.return_id AND s.state <> 'confirmed')"""
    unpaid = """u.units > coalesce((SELECT sum(t.units) FROM refund f JOIN refund_state s
    ON s.refund_pk = f.refund_pk AND s.state = 'confirmed'
    JOIN refund_take t ON t.refund_pk = f.refund_pk WHERE f.return_id = u.return_id), 0)"""
    # Before anything arrives only a decision that pays at once or at the first scan owes anything.
    early = " OR ".join(
        f"""instr(d.body, '["refund.after","{word}"') > 0""" for word in ("requested", "first_scan")
    )
    payable = f"""(EXISTS (SELECT 1 FROM receipt g WHERE g.return_id = u.return_id)
    OR EXISTS (SELECT 1 FROM decision d WHERE d.decision_id =
      (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = u.return_id)
      AND ({early} OR EXISTS (SELECT 1 FROM decision_line k
        WHERE k.decision_id = d.decision_id AND k.keep_item = 1))))"""
    return f"""SELECT o.order_pk, u.return_id, {OF_ORDER}, 1 FROM (
  SELECT a.return_id, a.order_pk, sum(a.quantity) AS units FROM authorization a
  WHERE true {filling.touched.replace("o.order_pk", "a.order_pk")} GROUP BY a.return_id
) u JOIN orders o ON o.order_pk = u.order_pk
WHERE {pending} OR ({unpaid} AND {payable})"""


WAITING = Subject("waiting", "return_id INTEGER", ORDER, (), (), _waiting)
"""Returns that may owe money now: units that may be paid and were not, or a refund on its way."""
