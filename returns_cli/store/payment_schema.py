"""Tenth migration: what an order was paid with, and what of it each refund gives back.

The first schema had a table ``order_tender`` that nothing filled. It becomes a view of what the
sources say now: they may say otherwise later, and each time the whole list is written again as the
next revision. The rules that capped a means of payment by the way in which refunds were *paid* are
made again to cap it by what refunds *give back* of it (``refund_origin``): a card's money may come
back as store credit. What goes to a provider is still capped by what that provider took.
"""

# ruff: noqa: S608 - rules are put together from the constants of this package

from __future__ import annotations

from returns_cli.domain.tenders import BY_CHOICE
from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL
from returns_cli.store.first_schema.money import (
    ORDER_OF_REFUND,
    OVER_TENDER,
    RULES,
    tender_cap,
)

APPEND_ONLY = (
    ("order_payment", (("order_pk", "revision", "n"),)),
    ("refund_origin", (("refund_pk", "tender"),)),
)

_CHOSEN = ", ".join(f"'{name}'" for name in BY_CHOICE)


def payment_cap(order: str) -> str:
    """I3 per means of payment: what is given back of it, and what is paid to a provider by name."""
    return f"""SELECT RAISE(ABORT, '{OVER_TENDER}')
  WHERE EXISTS (SELECT 1 FROM order_tender t WHERE t.order_pk = {order} AND (
    (SELECT coalesce(sum(g.amount_minor), 0) FROM live_refund r
      JOIN refund_origin g ON g.refund_pk = r.refund_pk
      WHERE r.order_pk = {order} AND g.tender = t.tender) > t.captured_minor
    OR (t.tender NOT IN ({_CHOSEN}) AND
      (SELECT coalesce(sum(c.amount_minor), 0) FROM live_refund r
        JOIN refund_component c ON c.refund_pk = r.refund_pk
        WHERE r.order_pk = {order} AND r.tender = t.tender
          AND c.kind NOT IN ('bonus_credit', 'goodwill')) > t.captured_minor)))"""


def _capped_rules() -> tuple[str, ...]:
    """The rules of the first schema that cap what goes to a means of payment, made again."""
    made: list[str] = []
    for rule in RULES:
        for order in (ORDER_OF_REFUND, "NEW.order_pk", "OLD.order_pk"):
            if tender_cap(order) in rule:
                name = rule.split(maxsplit=3)[2]
                made += [
                    f"DROP TRIGGER {name}",
                    rule.replace(tender_cap(order), payment_cap(order)),
                ]
    return tuple(made)


STATEMENTS: tuple[str, ...] = (
    "DROP TABLE order_tender",
    f"""CREATE TABLE order_payment (
  order_pk INTEGER NOT NULL REFERENCES orders,
  revision INTEGER NOT NULL CHECK (revision > 0),
  n INTEGER NOT NULL CHECK (n > 0),
  tender TEXT NOT NULL CHECK (tender <> ''),
  method TEXT NOT NULL,
  captured_minor INTEGER NOT NULL CHECK (captured_minor > 0),
  file_id INTEGER NOT NULL REFERENCES source_file,
  recorded_at TEXT NOT NULL,
  {SEAL},
  PRIMARY KEY (order_pk, revision, n),
  UNIQUE (order_pk, revision, tender)
) STRICT, WITHOUT ROWID""",
    """CREATE VIEW order_tender AS
SELECT p.order_pk, p.tender, p.captured_minor FROM order_payment p
WHERE p.revision = (SELECT max(v.revision) FROM order_payment v WHERE v.order_pk = p.order_pk)""",
    f"""CREATE TABLE refund_origin (
  refund_pk INTEGER NOT NULL REFERENCES refund DEFERRABLE INITIALLY DEFERRED,
  tender TEXT NOT NULL CHECK (tender <> ''),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  {SEAL},
  PRIMARY KEY (refund_pk, tender)
) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER refund_origin_before_its_refund BEFORE INSERT ON refund_origin
WHEN EXISTS (SELECT 1 FROM refund f WHERE f.refund_pk = NEW.refund_pk) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE nothing can join a refund that is already recorded');
END""",
    """CREATE TRIGGER refund_origin_complete BEFORE INSERT ON refund
WHEN EXISTS (SELECT 1 FROM refund_origin g WHERE g.refund_pk = NEW.refund_pk) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a refund gives back no more than it pays')
  WHERE (SELECT sum(g.amount_minor) FROM refund_origin g WHERE g.refund_pk = NEW.refund_pk)
    > NEW.amount_minor;
END""",
    f"""CREATE TRIGGER order_payment_keeps_refunds AFTER INSERT ON order_payment
WHEN EXISTS (SELECT 1 FROM live_refund r WHERE r.order_pk = NEW.order_pk) BEGIN
  {payment_cap("NEW.order_pk")};
END""",
    *_capped_rules(),
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
