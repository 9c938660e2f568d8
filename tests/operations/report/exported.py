"""What DuckDB counts in the files of ``export csv``, for every table of every report.

Written from what the documents say of the views (docs/data.md) and of the reports, not from the
program's own statements. An amount is two columns, minor units and currency; a share is two, part
and whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.operations.report.bazaar import HOLIDAYS, ZONE

TABLES = "orders order_lines returns return_lines floor refunds products customers".split()


def connect(folder: Path, since: str, until: str, channel: str) -> duckdb.DuckDBPyConnection:
    """DuckDB over exported files, with what is meant of them.

    Args:
        folder: of the files.
        since, until: the days that are meant, ISO 8601.
        channel: the one that is meant; empty for all.
    """
    connection = duckdb.connect()
    for name in TABLES:
        file = folder / f"{name}.csv"
        connection.execute(f"CREATE TABLE {name} AS FROM read_csv('{file}', all_varchar = true)")
    for statement in _BASE.format(
        zone=ZONE.key, since=since, until=until, channel=channel,
        holidays=", ".join(f"DATE '{day}'" for day in HOLIDAYS),
    ).split(";"):  # fmt: skip
        connection.execute(statement)
    return connection


_BASE = """
CREATE MACRO day(told) AS if(length(told) = 10, told::DATE,
  (told::TIMESTAMPTZ AT TIME ZONE '{zone}')::DATE);
CREATE MACRO month(d) AS strftime(d, '%Y-%m');
CREATE MACRO minor(amount, currency) AS
  (amount::DECIMAL(18, 3) * if(currency = 'KWD', 1000, 100))::BIGINT;
CREATE MACRO meant(d) AS d BETWEEN DATE '{since}' AND DATE '{until}';
CREATE MACRO fits(channel) AS '{channel}' IN ('', channel);
CREATE MACRO half_up(x) AS floor(x + 0.5)::BIGINT;
-- Working days after a day up to another one.
CREATE MACRO working(a, b) AS len(list_filter(
  generate_series(a::TIMESTAMP + INTERVAL 1 DAY, b::TIMESTAMP, INTERVAL 1 DAY),
  lambda x: isodow(x) < 6 AND x::DATE NOT IN ({holidays})));
-- Every line that was delivered, with what came back of it.
CREATE TABLE goods AS
WITH moved AS (
  SELECT r.channel, r.order_id, f.line, r.kind = 'return_to_sender' AS unasked,
    sum(f.quantity::INT) AS units
  FROM floor f JOIN returns r USING (rma) WHERE f.fact = 'received' GROUP BY ALL)
SELECT * FROM (
  SELECT l.channel, l.order_id, l.line, l.sku, l.title, l.category, l.currency,
    l.quantity::INT AS quantity, minor(l.items, l.currency) AS items, day(o.placed_at) AS placed,
    l.units_shipped::INT - coalesce((SELECT sum(units) FROM moved m WHERE m.channel = l.channel
      AND m.order_id = l.order_id AND m.line = l.line AND m.unasked), 0) AS units,
    coalesce((SELECT sum(units) FROM moved m WHERE m.channel = l.channel
      AND m.order_id = l.order_id AND m.line = l.line AND NOT m.unasked), 0) AS back
  FROM order_lines l JOIN orders o USING (channel, order_id)
  WHERE o.cancelled_at IS NULL AND l.is_cancelled = 'false' AND fits(o.channel)
) WHERE units > 0;
CREATE TABLE valued AS
SELECT *, half_up(items * units / quantity) AS sold, half_up(items * back / quantity) AS returned
FROM goods;
-- What customers asked for, by line.
CREATE TABLE asked AS
SELECT r.*, l.* EXCLUDE (rma, verdict, units_authorized, units_received, units_inspected,
    units_disposed), l.verdict AS line_verdict, l.units_authorized::INT AS authorized,
  l.units_received::INT AS received, day(r.requested_at) AS asked_on
FROM returns r JOIN return_lines l USING (rma) WHERE fits(r.channel);
CREATE TABLE by_customers AS SELECT * FROM asked WHERE kind <> 'return_to_sender';
CREATE TABLE confirmed AS
SELECT *, day(confirmed_at) AS paid_on, minor(amount, currency) AS paid FROM refunds
WHERE state = 'confirmed' AND fits(channel);
-- Facts of the floor, with what was paid for the units.
CREATE TABLE facts AS
SELECT f.rma, f.line, f.sku, f.fact, f.quantity::INT AS units, f.grade, f.disposition, r.kind,
  day(f.happened_at) AS happened, r.currency, l.category,
  half_up(minor(l.items, l.currency) * f.quantity::INT / l.quantity::INT) AS worth
FROM floor f JOIN returns r USING (rma)
JOIN order_lines l ON l.channel = r.channel AND l.order_id = r.order_id AND l.line = f.line
WHERE fits(r.channel);
-- Inspected units and where they went: where they were put, else where they were sent.
CREATE TABLE graded AS
SELECT i.* REPLACE (coalesce(d.disposition, i.disposition) AS disposition),
  coalesce(d.disposition, i.disposition) IN ('restock', 'open_box') AS again,
  coalesce(d.disposition, i.disposition) IN ('scrap', 'recycle', 'donate') AS gone
FROM facts i LEFT JOIN (
  SELECT rma, line, any_value(disposition) AS disposition FROM facts WHERE fact = 'disposed'
  GROUP BY ALL HAVING count(DISTINCT disposition) = 1) d USING (rma, line)
WHERE i.fact = 'inspected' AND meant(i.happened);
-- When the clock of each promise began, and when the first money came.
CREATE TABLE promised AS
SELECT r.rma, r.order_id, r.currency, r.pending, r.refund_days::INT AS days,
  r.refund_business_days::INT AS working_days, r.units_authorized::INT AS authorized,
  coalesce(
    if((SELECT bool_or(l.is_kept = 'true') FROM return_lines l WHERE l.rma = r.rma),
      day(r.requested_at), NULL),
    if(r.refund_after = 'received', day(r.first_received_at),
      (SELECT min(happened) FROM facts f WHERE f.rma = r.rma AND f.fact = 'inspected'))
  ) AS began,
  (SELECT min(paid_on) FROM confirmed c WHERE c.rma = r.rma) AS paid_on
FROM returns r WHERE fits(r.channel);
CREATE TABLE kept AS
SELECT *, paid_on - began AS took,
  if(days IS NULL, working(began, paid_on) <= working_days, paid_on - began <= days) AS in_time
FROM promised WHERE paid_on IS NOT NULL AND meant(began)
"""

_OUTCOME = """CASE WHEN units_authorized::INT > 0 THEN 'approved' WHEN ruling = 'deny' THEN 'denied'
  WHEN ruling IN ('cancel', 'expire') THEN 'ended' WHEN verdict = 'deny' THEN 'denied'
  ELSE 'waiting' END"""
_JUDGED = """count(*), count(*) FILTER (verdict = 'approve'), count(*) FILTER (verdict = 'partial'),
  count(*) FILTER (verdict = 'deny'), count(*) FILTER (verdict = 'review'),
  count(*) FILTER ((verdict, ruling) IN (('deny', 'approve'), ('approve', 'deny')))"""
_RETURNS = "(SELECT * FROM returns WHERE fits(channel) AND meant(day(requested_at)))"
_TIMES = """count(*), count(*) FILTER (in_time), count(*), quantile_disc(greatest(took, 0), 0.5),
  quantile_disc(greatest(took, 0), 0.9), max(greatest(took, 0))"""
_AGAIN = "coalesce(sum(units) FILTER (again), 0)"
_WORTH = """currency, sum(worth), currency, coalesce(sum(worth) FILTER (again), 0),
  coalesce(sum(worth) FILTER (again), 0), sum(worth)"""
_LINES = "count(*), {0} FILTER (line_verdict = 'approve'), {0} FILTER (line_verdict = 'deny'), \
{0} FILTER (line_verdict = 'review')".format("count(*)")
_PARTS = (
    "items tax original_shipping restocking_fee return_shipping transfer_fee condition_deduction"
    " promotion_clawback bonus_credit goodwill"
).split()
_FEES = "(restocking_fee::DECIMAL + return_shipping::DECIMAL + transfer_fee::DECIMAL)"
_HANDLED = """(SELECT currency, rma FROM confirmed WHERE meant(paid_on)
  UNION SELECT currency, rma FROM facts
  WHERE kind <> 'return_to_sender' AND fact IN ('received', 'inspected') AND meant(happened))"""

# By report and table: the columns that are checked, and what counts them.
CHECKS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("summary", "orders"): (
        "period orders delivered returned rate",
        """SELECT month(day(placed_at)), count(DISTINCT (o.channel, o.order_id)),
          coalesce(sum(units), 0), coalesce(sum(back), 0), coalesce(sum(back), 0),
          coalesce(sum(units), 0)
        FROM orders o LEFT JOIN goods g USING (channel, order_id)
        WHERE o.cancelled_at IS NULL AND fits(o.channel) AND meant(day(placed_at)) GROUP BY 1""",
    ),
    ("summary", "value"): (
        "period sold returned rate",
        """SELECT month(placed), currency, sum(sold), currency, sum(returned), sum(returned),
          sum(sold) FROM valued WHERE meant(placed) GROUP BY ALL""",
    ),
    ("summary", "desk"): (
        "period returns approved denied waiting ended units",
        f"""SELECT month, count(DISTINCT rma),
          {
            ", ".join(
                f"count(DISTINCT rma) FILTER (outcome = '{one}')"
                for one in ("approved", "denied", "waiting", "ended")
            )
        }, sum(quantity::INT)
        FROM (SELECT *, month(asked_on) AS month, {_OUTCOME} AS outcome FROM by_customers)
        WHERE meant(asked_on) GROUP BY 1""",
    ),
    ("summary", "money"): (
        "period refunds confirmed pending elsewhere",
        """SELECT month(moved), count(*), currency,
          coalesce(sum(amount) FILTER (state = 'confirmed'), 0), currency,
          coalesce(sum(amount) FILTER (state <> 'confirmed'), 0), currency, 0
        FROM (SELECT state, currency, minor(amount, currency) AS amount,
            day(if(state = 'confirmed', confirmed_at, recorded_at)) AS moved
          FROM refunds WHERE state IN ('confirmed', 'submitted', 'in_doubt') AND fits(channel))
        WHERE meant(moved) GROUP BY month(moved), currency""",
    ),
    ("summary", "reasons"): (
        "reason units share",
        """SELECT reason, sum(quantity::INT), sum(quantity::INT),
          sum(sum(quantity::INT)) OVER () FROM by_customers WHERE meant(asked_on) GROUP BY 1""",
    ),
    ("reasons", "reasons"): (
        "reason units share first_on",
        """SELECT reason, sum(quantity::INT), sum(quantity::INT), sum(sum(quantity::INT)) OVER (),
          (SELECT min(asked_on)::VARCHAR FROM by_customers b WHERE b.reason = a.reason)
        FROM by_customers a WHERE meant(asked_on) GROUP BY reason""",
    ),
    ("reasons", "products"): (
        "sku reason units share first_on",
        """SELECT sku, reason, sum(quantity::INT), sum(quantity::INT),
          sum(sum(quantity::INT)) OVER (PARTITION BY sku),
          (SELECT min(asked_on)::VARCHAR FROM by_customers b
            WHERE b.reason = a.reason AND b.sku = a.sku)
        FROM by_customers a WHERE meant(asked_on) GROUP BY sku, reason""",
    ),
    ("reasons", "sizes"): (
        "kind name too_small too_large",
        """SELECT 'variant', sku, count(*) FILTER (reason = 'too_small'),
          count(*) FILTER (reason = 'too_large')
        FROM by_customers WHERE meant(asked_on) AND reason IN ('too_small', 'too_large')
        GROUP BY sku
        UNION ALL SELECT 'product', name, small, large FROM (
          SELECT split_part(title, ' - ', 1) AS name, count(DISTINCT sku) AS skus,
            count(*) FILTER (reason = 'too_small') AS small,
            count(*) FILTER (reason = 'too_large') AS large
          FROM by_customers WHERE meant(asked_on) GROUP BY 1)
        WHERE skus > 1 AND small + large > 0""",
    ),
    ("reasons", "periods"): (
        "period reason lines share",
        """SELECT month(asked_on), reason, count(*), count(*),
          sum(count(*)) OVER (PARTITION BY month(asked_on))
        FROM by_customers WHERE meant(asked_on) GROUP BY 1, 2""",
    ),
    ("reasons", "comments"): (
        "reason sku",
        """SELECT reason, sku FROM by_customers WHERE meant(asked_on) AND note <> ''
        QUALIFY row_number() OVER (PARTITION BY reason ORDER BY rma, line::INT) <= 3""",
    ),
    ("products", "products"): (
        "sku title category delivered returned rate",
        """SELECT g.sku, coalesce(any_value(p.title), ''), any_value(g.category),
          sum(units), sum(back), sum(back), sum(units)
        FROM goods g LEFT JOIN products p ON p.sku = g.sku WHERE meant(placed) GROUP BY g.sku""",
    ),
    ("products", "products_by_value"): (
        "sku sold returned rate",
        """SELECT sku, currency, sum(sold), currency, sum(returned), sum(returned), sum(sold)
        FROM valued WHERE meant(placed) GROUP BY ALL HAVING sum(returned) > 0""",
    ),
    ("products", "cohorts"): (
        "period delivered returned rate",
        """SELECT month(placed), sum(units), sum(back), sum(back), sum(units)
        FROM goods WHERE meant(placed) GROUP BY 1""",
    ),
    ("categories", "categories"): (
        "category delivered returned rate interval",
        """SELECT * EXCLUDE (p, q, r), (p + q / 2 - r) / (1 + q), (p + q / 2 + r) / (1 + q) FROM (
          SELECT * EXCLUDE (p, n), p, 3.8414588 / n AS q,
            1.959963985 * sqrt(p * (1 - p) / n + 3.8414588 / (4 * n * n)) AS r
          FROM (SELECT category, sum(units), sum(back), sum(back), sum(units),
              sum(back) / sum(units) AS p, sum(units)^2 / sum(units^2) AS n
            FROM goods WHERE meant(placed) GROUP BY 1))""",
    ),
    ("categories", "categories_by_value"): (
        "category sold returned rate",
        """SELECT category, currency, sum(sold), currency, sum(returned), sum(returned), sum(sold)
        FROM valued WHERE meant(placed) GROUP BY ALL HAVING sum(returned) > 0""",
    ),
    ("refunds", "refunds"): (
        "period refunds paid credit kept exchanged written_off",
        f"""SELECT month, sum(refunds), currency, sum(paid), currency, sum(credit), currency,
          sum(kept), currency, sum(exchanged), currency, sum(gone)
        FROM (
          SELECT month(paid_on) AS month, currency, 1 AS refunds,
            if(tender = 'store_credit', 0, paid) AS paid,
            if(tender = 'store_credit', paid, 0) AS credit,
            -minor({_FEES} + condition_deduction::DECIMAL + promotion_clawback::DECIMAL, currency)
              AS kept, 0 AS exchanged, 0 AS gone
          FROM confirmed WHERE meant(paid_on)
          UNION ALL SELECT month(happened), f.currency, 0, 0, 0, 0, worth, 0
          FROM facts f JOIN return_lines l USING (rma, line)
          WHERE fact = 'received' AND resolution = 'exchange' AND meant(happened)
          UNION ALL SELECT month(happened), currency, 0, 0, 0, 0, 0, worth FROM graded WHERE gone)
        GROUP BY month, currency""",
    ),
    ("refunds", "outcome"): (
        "what amount each",
        f"""WITH sums AS (
          SELECT currency,
            coalesce(sum(paid) FILTER (tender <> 'store_credit'), 0) AS "paid out in money",
            coalesce(sum(paid) FILTER (tender = 'store_credit'), 0) AS "kept as store credit",
            -sum(minor({_FEES}, currency)) AS "fees kept",
            -sum(minor(condition_deduction, currency) + minor(promotion_clawback, currency))
              AS "deducted for condition or promotion",
            sum(minor(original_shipping, currency)) AS "shipping of the order paid back",
            sum(minor(bonus_credit, currency) + minor(goodwill, currency))
              AS "bonus and goodwill given"
          FROM confirmed WHERE meant(paid_on) GROUP BY currency),
        told AS (
          SELECT h.currency, s.* EXCLUDE (currency),
            coalesce((SELECT sum(worth) FROM facts f JOIN return_lines l USING (rma, line)
              WHERE fact = 'received' AND resolution = 'exchange' AND meant(happened)
              AND f.currency = h.currency), 0) AS "kept through exchange",
            coalesce((SELECT sum(worth) FROM graded g WHERE gone AND g.currency = h.currency), 0)
              AS "goods written off",
            650 * (SELECT sum(units) FROM facts f WHERE fact = 'received'
              AND kind <> 'return_to_sender' AND meant(happened) AND f.currency = h.currency)
              AS "goods brought back"
          FROM (SELECT DISTINCT currency FROM {_HANDLED}) h LEFT JOIN sums s USING (currency)),
        listed AS (
          UNPIVOT (SELECT *, "shipping of the order paid back" + "bonus and goodwill given"
              + "goods written off" + if(currency = 'EUR', "goods brought back", 0)
              - "fees kept" - "deducted for condition or promotion" AS "cost of returns" FROM told)
          ON COLUMNS(* EXCLUDE currency) INTO NAME what VALUE amount)
        SELECT what, currency, amount, currency,
          (sign(amount) * half_up(abs(amount) / returns))::BIGINT
        FROM listed JOIN (SELECT currency, count(*) AS returns FROM {_HANDLED} GROUP BY 1)
        USING (currency) WHERE what <> 'goods brought back' OR currency = 'EUR'""",
    ),
    ("refunds", "parts"): (
        "part refunds amount",
        " UNION ALL ".join(
            f"""SELECT '{part}', count(*), currency, sum(minor({part}, currency)) FROM confirmed
            WHERE meant(paid_on) AND {part}::DECIMAL <> 0 GROUP BY currency"""
            for part in _PARTS
        ),
    ),
    ("refunds", "written_off"): (
        "grade units value share lost",
        """SELECT grade, sum(units), currency, sum(worth), coalesce(sum(units) FILTER (gone), 0),
          sum(units), currency, coalesce(sum(worth) FILTER (gone), 0)
        FROM graded GROUP BY grade, currency""",
    ),
    ("dispositions", "dispositions"): (
        "disposition sellable units share",
        """SELECT disposition, if(again, 'yes', 'no'), sum(units), sum(units),
          sum(sum(units)) OVER ()
        FROM graded GROUP BY disposition, again""",
    ),
    **{
        ("dispositions", table): (
            f"{name} value recovered rate",
            f"SELECT {key}, {_WORTH} FROM graded GROUP BY {key}, currency",
        )
        for table, name, key in (
            ("dispositions_by_value", "disposition", "disposition"),
            ("grades_by_value", "grade", "grade"),
            ("periods_by_value", "period", "month(happened)"),
        )
    },
    **{
        ("dispositions", table): (
            f"{name} units again",
            f"SELECT {key}, sum(units), {_AGAIN}, sum(units) FROM graded GROUP BY {key}",
        )
        for table, name, key in (
            ("grades", "grade", "grade"),
            ("periods", "period", "month(happened)"),
        )
    },
    ("dispositions", "keep_or_ship"): (
        "category units mean recovers break_even usual",
        """WITH cost AS (
          SELECT currency, if(currency = 'EUR', 650, half_up(-sum(minor(return_shipping, currency))
            / count(DISTINCT rma))) AS cost
          FROM confirmed WHERE return_shipping::DECIMAL < 0 AND meant(paid_on) GROUP BY 1),
        found AS (
          SELECT category, currency, sum(units) AS units, sum(worth) AS worth,
            coalesce(sum(worth) FILTER (again), 0) AS back, half_up(sum(worth) / sum(units)) AS mean
          FROM graded GROUP BY ALL),
        pays AS (
          SELECT *, if(back = 0, NULL, ceil(cost * worth / back)::BIGINT) AS least
          FROM found LEFT JOIN cost USING (currency))
        SELECT category, units, currency, mean, back, worth, if(least IS NULL, NULL, currency),
          least, CASE WHEN units < 10 OR cost IS NULL THEN NULL
            WHEN least IS NULL OR mean < least THEN 'keep' ELSE 'ship' END
        FROM pays""",
    ),
    ("sla", "refunds"): (
        "period returns in_time median ninety slowest",
        f"SELECT month(began), {_TIMES} FROM kept GROUP BY 1",
    ),
    ("sla", "promises"): (
        "promise returns in_time median ninety slowest",
        f"""SELECT coalesce(days || ' days', working_days || ' business days'), {_TIMES}
        FROM kept GROUP BY 1""",
    ),
    ("policies", "policies"): (
        "policy version returns approve partial deny review overruled",
        f"SELECT policy_id, policy_version[:8], {_JUDGED} FROM {_RETURNS} GROUP BY 1, 2",
    ),
    ("policies", "periods"): (
        "period returns approve partial deny review overruled",
        f"SELECT month(day(requested_at)), {_JUDGED} FROM {_RETURNS} GROUP BY 1",
    ),
    ("policies", "rules"): (
        "rule policy lines approve deny review",
        f"""SELECT rule, policy_id, {_LINES} FROM (
          SELECT *, unnest(string_split(rules, '|')) AS rule FROM asked
          WHERE rules <> '' AND meant(asked_on)) GROUP BY 1, 2""",
    ),
    ("policies", "codes"): (
        "code policy lines approve deny review",
        f"""SELECT code, policy_id, {_LINES} FROM (
          SELECT *, unnest(string_split(codes, '|')) AS code FROM asked
          WHERE codes <> '' AND meant(asked_on)) GROUP BY 1, 2""",
    ),
    ("policies", "people"): (
        "verdict ruling returns",
        f"SELECT verdict, ruling, count(*) FROM {_RETURNS} WHERE ruling <> '' GROUP BY 1, 2",
    ),
}
CHECKS = {
    **CHECKS,
    ("categories", "cohorts"): CHECKS["products", "cohorts"],
}
