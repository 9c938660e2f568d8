"""What reports count, as rows: one subject a table, filled from the store and never typed in.

Each row belongs to one order and holds what a report may be narrowed to. The sums by day, which
answer most reports at once, are made of the same rows. ``derived`` keeps both up to date.
"""

# ruff: noqa: S608 - statements are put together from the words of this package

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.reports.delivered import LINE_VALUE
from returns_cli.store.reports.periods import PERIODS
from returns_cli.store.reports.scope import LATEST, day_of

_LAST_DAY = date(2039, 12, 31)  # until when changes of the clock are known beforehand
ORDER = "channel TEXT, country TEXT, customer_tier TEXT"
OF_ORDER = "o.channel, o.country, o.customer_tier"
_GOODS = "sku TEXT, category TEXT"


class Filling(NamedTuple):
    """What a subject's statement is made with.

    Attributes:
        scope: all days, in the shop's zone; nothing narrowed.
        sent_back, delivered: as ``delivered.delivered_units`` gives them.
        touched: a condition that holds to the orders that changed; empty for all.
    """

    scope: Scope
    sent_back: str
    delivered: str
    touched: str

    def day(self, column: str) -> str:
        """SQL for the number of the shop's day of a stored instant."""
        return day_of(column, self.scope)


class Subject(NamedTuple):
    """Rows that reports count.

    Attributes:
        name: of its table.
        key: the columns that tell the rows of one order apart; empty where it has one.
        columns: the others, with their types; ``rows`` is 1.
        sums: of these, what is added up.
        rolls: tables of these sums, each with what it is grouped by; the groups are columns of the
            row, or SQL with a name (``month``).
        filled: the statement that selects the rows: ``order_pk``, the key, the columns.
    """

    name: str
    key: str
    columns: str
    sums: tuple[str, ...]
    rolls: tuple[tuple[str, tuple[str, ...]], ...]
    filled: Callable[[Filling], str]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its columns."""
        parts = ("order_pk", *self.key.split(", "), *self.columns.split(", "), "rows")
        return tuple(part.split()[0] for part in parts if part)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its table and of those of its sums."""
        return self.name, *(name for name, _ in self.rolls)


EXPRESSIONS = {"month": PERIODS["month"].format(day="day")}
"""What a roll may be grouped by that is no column."""


def all_days(scope: Scope) -> Scope:
    """The scope that subjects are filled with: its zone, and nothing else of it."""
    return Scope(None, _LAST_DAY, scope.zone)


def _sold(filling: Filling) -> str:
    units, value = filling.delivered, LINE_VALUE.format(units=filling.delivered)
    return f"""SELECT o.order_pk, {filling.day("o.placed_at")}, o.currency, {OF_ORDER},
  coalesce(sum({units}), 0), coalesce(sum(iif(l.quantity > 0, {value}, 0)), 0),
  coalesce(sum({units} * {units}), 0), 1
FROM orders o LEFT JOIN order_line l
  ON l.order_pk = o.order_pk AND NOT l.cancelled {filling.sent_back}
WHERE o.cancelled_at IS NULL {filling.touched} GROUP BY o.order_pk"""


SOLD = Subject(
    "sold",
    "",
    f"day INTEGER, currency TEXT, {ORDER}, units INTEGER, value INTEGER, squares INTEGER",
    ("units", "value", "squares"),
    (("sold_days", ("day", "currency")),),
    _sold,
)
"""Orders that were not cancelled, with the units delivered of them and their value."""


def _goods(filling: Filling) -> str:
    units, value = filling.delivered, LINE_VALUE.format(units=filling.delivered)
    return f"""SELECT o.order_pk, l.line, {filling.day("o.placed_at")}, o.currency, l.sku,
  l.category, l.title, {OF_ORDER}, {units} > 0, {units}, {units} * {units},
  iif(l.quantity > 0, {value}, 0), 1
FROM orders o CROSS JOIN order_line l ON l.order_pk = o.order_pk {filling.sent_back}
WHERE o.cancelled_at IS NULL AND NOT l.cancelled {filling.touched}"""


GOODS = Subject(
    "goods",
    "line INTEGER",
    f"day INTEGER, currency TEXT, {_GOODS}, title TEXT, {ORDER}, lines INTEGER, units INTEGER, "
    "squares INTEGER, value INTEGER",
    ("lines", "units", "squares", "value"),
    (
        ("goods_months", ("month", "sku", "category", "currency", "title")),
        ("goods_ever", ("sku", "category", "currency", "title")),
    ),
    _goods,
)
"""Order lines that were not cancelled; ``lines`` is 1 where something of it was delivered."""


def _came(filling: Filling) -> str:
    taken = """(SELECT sum(x.quantity) FROM receipt x WHERE x.order_pk = f.order_pk
      AND x.line = f.line AND x.corrects = f.receipt_id)"""
    cumulative = "sum(units) OVER ({over} ORDER BY receipt_id)"
    line, asked = "PARTITION BY order_pk, line", "PARTITION BY return_id, line"

    def telescoped(over: str) -> str:
        """A receipt's part of the value of all that came: these add up to the rounded whole."""
        now = cumulative.format(over=over)
        value = "((2 * items_minor * ({units}) + quantity) / (2 * quantity))"
        return f"{value.format(units=now)} - {value.format(units=f'{now} - units')}"

    return f"""SELECT order_pk, receipt_id, line, day, arrived, currency, sku, category, reason,
  channel, country, customer_tier, units, {telescoped(line)}, {telescoped(asked)},
  row_number() OVER ({line} ORDER BY arrived, receipt_id) = 1, 1
FROM (SELECT o.order_pk, f.receipt_id, f.line, f.return_id, {filling.day("o.placed_at")} AS day,
    {filling.day("f.received_at")} AS arrived, o.currency, l.sku, l.category,
    coalesce(q.reason, '') AS reason, {OF_ORDER}, f.quantity + coalesce({taken}, 0) AS units,
    l.items_minor, l.quantity
  FROM receipt f JOIN orders o ON o.order_pk = f.order_pk
  JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line {filling.sent_back}
  JOIN returns r ON r.return_id = f.return_id AND r.kind <> 'return_to_sender'
  LEFT JOIN return_line q ON q.return_id = f.return_id AND q.line = f.line AND q.revision =
    (SELECT max(v.revision) FROM return_revision v WHERE v.return_id = f.return_id)
  WHERE o.cancelled_at IS NULL AND NOT l.cancelled AND {filling.delivered} > 0
    AND f.corrects IS NULL {filling.touched})
WHERE units > 0"""


CAME = Subject(
    "came",
    "receipt_id INTEGER",
    f"line INTEGER, day INTEGER, arrived INTEGER, currency TEXT, {_GOODS}, reason TEXT, {ORDER}, "
    "units INTEGER, line_value INTEGER, asked_value INTEGER, is_first INTEGER",
    ("units", "line_value"),
    (
        ("came_days", ("day", "currency", "arrived")),
        ("came_goods", ("sku", "category", "currency", "day")),
        ("came_first", ("sku", "reason", "day", "arrived", "is_first")),
    ),
    _came,
)
"""Receipts of delivered lines that still hold units, by the day of the order.

A value is rounded once for what is counted together: ``line_value`` for all that came of an order
line, ``asked_value`` for all that came of the line of a return.
"""

OUTCOME = """CASE
  WHEN (SELECT sum(a.quantity) FROM authorization a WHERE a.return_id = r.return_id) > 0
    THEN 'approved'
  ELSE coalesce(
    (SELECT CASE u.kind WHEN 'deny' THEN 'denied' WHEN 'approve' THEN NULL ELSE 'ended' END
      FROM ruling u WHERE u.return_id = r.return_id ORDER BY u.ruling_id DESC LIMIT 1),
    (SELECT CASE d.verdict WHEN 'deny' THEN 'denied' ELSE 'waiting' END
      FROM decision d WHERE d.return_id = r.return_id ORDER BY d.decision_id DESC LIMIT 1),
    'waiting') END"""


def _asked(filling: Filling) -> str:
    return f"""SELECT o.order_pk, r.return_id, q.line, q.revision, {filling.day("r.requested_at")},
  {OUTCOME}, r.kind <> 'return_to_sender', q.reason, l.sku, l.title, l.category, {OF_ORDER},
  q.quantity, 1
FROM returns r JOIN orders o ON o.order_pk = r.order_pk
JOIN return_line q ON q.return_id = r.return_id AND {LATEST}
JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
WHERE true {filling.touched}"""


ASKED = Subject(
    "asked",
    "return_id INTEGER, line INTEGER",
    "revision INTEGER, day INTEGER, outcome TEXT, is_customers INTEGER, reason TEXT, sku TEXT, "
    f"title TEXT, category TEXT, {ORDER}, units INTEGER",
    ("units",),
    (
        ("asked_days", ("day", "is_customers", "reason")),
        ("asked_goods", ("sku", "reason", "day", "is_customers", "title")),
    ),
    _asked,
)
"""Lines of returns as their customers asked for them last."""


def _judged(filling: Filling) -> str:
    return f"""SELECT o.order_pk, r.return_id, {filling.day("r.requested_at")}, {OUTCOME},
  r.kind <> 'return_to_sender', coalesce(d.policy_id, ''),
  substr(coalesce(d.policy_version, ''), 1, 8), coalesce(d.verdict, ''),
  coalesce((SELECT u.kind FROM ruling u WHERE u.return_id = r.return_id
    ORDER BY u.ruling_id DESC LIMIT 1), ''), {OF_ORDER},
  (SELECT sum(q.quantity) FROM return_line q WHERE q.return_id = r.return_id AND {LATEST}), 1
FROM returns r JOIN orders o ON o.order_pk = r.order_pk
LEFT JOIN decision d ON d.decision_id =
  (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = r.return_id)
WHERE true {filling.touched}"""


JUDGED = Subject(
    "judged",
    "return_id INTEGER",
    "day INTEGER, outcome TEXT, is_customers INTEGER, policy TEXT, version TEXT, verdict TEXT, "
    f"ruling TEXT, {ORDER}, units INTEGER",
    ("units",),
    (
        (
            "judged_days",
            ("day", "outcome", "is_customers", "policy", "version", "verdict", "ruling"),
        ),
    ),
    _judged,
)
"""Returns with what became of the request; the verdict is empty before any judgement."""


def _decided(filling: Filling) -> str:
    counts = ", ".join(f"v.verdict = '{word}'" for word in ("approve", "deny", "review"))
    decisions = """FROM returns r JOIN orders o ON o.order_pk = r.order_pk
  JOIN decision d ON d.decision_id =
    (SELECT max(x.decision_id) FROM decision x WHERE x.return_id = r.return_id)
  JOIN decision_line v ON v.decision_id = d.decision_id"""
    head = f"""SELECT o.order_pk, r.return_id, v.n, {{word}}, {{is_rule}},
  {filling.day("r.requested_at")}, coalesce(d.policy_id, ''), {OF_ORDER}, {counts}, 1"""
    return f"""{head.format(word="s.value", is_rule=1)} {decisions},
  json_each(rules_in(d.body, v.n)) s WHERE true {filling.touched}
UNION ALL {head.format(word="c.value", is_rule=0)} {decisions}, json_each(v.codes) c
WHERE true {filling.touched}"""


DECIDED = Subject(
    "decided",
    "return_id INTEGER, n INTEGER, word TEXT, is_rule INTEGER",
    f"day INTEGER, policy TEXT, {ORDER}, approved INTEGER, denied INTEGER, review INTEGER",
    ("approved", "denied", "review"),
    (("decided_days", ("day", "policy", "word", "is_rule")),),
    _decided,
)
"""Lines of the last decisions that a rule set something for, and lines with a code."""
