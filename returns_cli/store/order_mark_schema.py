"""Fourth migration: by what the rows of an order are known when the same file comes again.

``mark`` is made of the bytes of the rows from which ``content_hash`` was read
(``intake.same_rows``), so it never outlives that content. It is no fact: without it, rows are
parsed and compared.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE orders ADD COLUMN mark BLOB CHECK (length(mark) = 18)",
    """CREATE TRIGGER orders_mark_follows AFTER UPDATE OF content_hash ON orders
WHEN OLD.mark IS NOT NULL AND NEW.content_hash <> OLD.content_hash BEGIN
  UPDATE orders SET mark = NULL WHERE order_pk = NEW.order_pk;
END""",
)
