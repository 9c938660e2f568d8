"""Every account of the journal, added up a second time from the facts that it stands for.

``check`` derives each entry again from its own fact; here the sums are compared, in SQL that knows
neither entries nor the code that makes them. So an entry that is right by itself, yet made twice or
never, shows in the account that it moved.
"""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.domain.errors import Problem
from returns_cli.domain.money import format_amount
from returns_cli.store.connection import Store

_APART = """
WITH state AS (
  SELECT e.refund_pk, e.state, row_number() OVER (
    PARTITION BY e.refund_pk ORDER BY e.refund_event_id DESC) AS place
  FROM refund_event e),
counting AS MATERIALIZED (
  SELECT f.refund_pk, f.tender, f.currency, f.amount_minor, s.state
  FROM refund f JOIN state s ON s.refund_pk = f.refund_pk AND s.place = 1
  WHERE s.state IN ('submitted', 'in_doubt', 'confirmed')),
credited AS MATERIALIZED (
  SELECT c.currency, m.amount_minor, CASE
    WHEN m.kind = 'reversed' OR (m.kind = 'issued' AND c.refund_pk IS NOT NULL)
      THEN 'paid:store_credit'
    WHEN m.kind = 'issued' THEN 'goodwill:store_credit'
    ELSE m.kind || ':store_credit' END AS other
  FROM credit_move m JOIN credit c ON c.credit_id = m.credit_id),
exchanged AS MATERIALIZED (
  SELECT o.currency, m.amount_minor, CASE m.kind WHEN 'paid' THEN 'received:exchange'
    WHEN 'waived' THEN 'goodwill:exchange' ELSE 'exchanged:difference' END AS other
  FROM exchange_move m JOIN orders o ON o.order_pk = m.order_pk),
fact AS (
  SELECT 'returns:' || c.kind AS account, r.currency, c.amount_minor AS minor
  FROM counting r JOIN refund_component c ON c.refund_pk = r.refund_pk
  UNION ALL
  SELECT iif(state = 'confirmed', 'paid:', 'payable:') || tender, currency, -amount_minor
  FROM counting
  UNION ALL SELECT other, currency, amount_minor FROM credited
  UNION ALL SELECT 'credit:held', currency, -amount_minor FROM credited
  UNION ALL SELECT 'owed:exchange', currency, amount_minor FROM exchanged
  UNION ALL SELECT other, currency, -amount_minor FROM exchanged)
SELECT account, currency, sum(entered), sum(counted) FROM (
  SELECT account, currency, minor AS entered, 0 AS counted FROM posting
  UNION ALL SELECT account, currency, 0, minor FROM fact)
GROUP BY account, currency HAVING sum(entered) <> sum(counted) ORDER BY account, currency
"""


def account_problems(store: Store) -> Iterator[Problem]:
    """Accounts whose balance is not what refunds, store credits and exchanges come to."""
    for account, currency, entered, counted in store.connection.execute(_APART):
        stands, facts = (format_amount(minor, currency) for minor in (entered, counted))
        yield Problem(
            "E-CHECK-BALANCE",
            f"Account {account} stands at {stands} {currency}, its facts come to {facts}.",
        )
