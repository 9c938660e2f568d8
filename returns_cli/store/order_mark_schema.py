"""Fourth migration: what lets many orders be imported quickly, and again.

``mark`` is made of the bytes of the rows from which ``content_hash`` was read
(``intake.same_rows``), so it never outlives that content. It is no fact: without it, rows are
parsed and compared.

The rule of an order's tax style is written without a list: for one of three values SQLite makes a
table of them each time a row is inserted, which took a third of the time of inserting an order. A
rule that only reads otherwise needs no copy of its table; its text is replaced as SQLite's page on
ALTER TABLE describes it.
"""

from __future__ import annotations

_LISTED = "tax_style IN (''included'', ''on_top'', ''none'')"
_SPELT_OUT = "tax_style = ''included'' OR tax_style = ''on_top'' OR tax_style = ''none''"

STATEMENTS: tuple[str, ...] = (
    "PRAGMA writable_schema = ON",
    f"""UPDATE sqlite_schema SET sql = replace(sql, '{_LISTED}', '{_SPELT_OUT}')
WHERE type = 'table' AND name = 'orders'""",  # noqa: S608 - texts from above
    "PRAGMA writable_schema = RESET",  # the rules are read again, and closed
    "ALTER TABLE orders ADD COLUMN mark BLOB CHECK (length(mark) = 18)",
    """CREATE TRIGGER orders_mark_follows AFTER UPDATE OF content_hash ON orders
WHEN OLD.mark IS NOT NULL AND NEW.content_hash <> OLD.content_hash BEGIN
  UPDATE orders SET mark = NULL WHERE order_pk = NEW.order_pk;
END""",
)
