"""Where customers and products were read, and files of rows that were read before."""

from __future__ import annotations

from returns_cli.store.connection import Store

_LATEST = """
SELECT f.sha256, f.options_hash, f.importer, r.result, f.read_at FROM source_file f
LEFT JOIN source_file_result r ON r.file_id = f.file_id
WHERE f.command = ? ORDER BY f.file_id DESC LIMIT 1
"""
_PRODUCT = """
INSERT INTO product_source (sku, file_id, source_line) VALUES (?, ?, ?)
ON CONFLICT (sku) DO UPDATE SET file_id = excluded.file_id, source_line = excluded.source_line
"""
_CUSTOMER = """
INSERT INTO customer_source (customer_pk, file_id, source_line) VALUES (?, ?, ?)
ON CONFLICT (customer_pk) DO UPDATE SET
  file_id = excluded.file_id, source_line = excluded.source_line
"""
_OF_PRODUCT = """
SELECT f.name, s.source_line FROM product_source s JOIN source_file f ON f.file_id = s.file_id
WHERE s.sku = ?
"""
_OF_CUSTOMER = """
SELECT f.name, s.source_line FROM customer_source s JOIN source_file f ON f.file_id = s.file_id
WHERE s.customer_pk = ?
"""


def known_rows(
    store: Store, sha256: str, options_hash: str, importer: str, command: str
) -> tuple[str, str] | None:
    """What the last call of a command answered and when, where it read these very bytes alike.

    None else. Only the last one counts: an earlier file may say what a later one has changed.
    """
    row = store.connection.execute(_LATEST, (command,)).fetchone()
    if row is None or row[:3] != (sha256, options_hash, importer):
        return None
    return None if row[3] is None else (str(row[3]), str(row[4]))


def keep_product_source(store: Store, sku: str, file_id: int, line: int) -> None:
    """Say where a product was read last; inside a transaction."""
    store.connection.execute(_PRODUCT, (sku, file_id, line))


def keep_customer_source(store: Store, customer_pk: int, file_id: int, line: int) -> None:
    """Say where a customer was read last; inside a transaction."""
    store.connection.execute(_CUSTOMER, (customer_pk, file_id, line))


def source_of_product(store: Store, sku: str) -> str | None:
    """``products.csv:17``, None where nobody read it from a file."""
    return _shown(store.connection.execute(_OF_PRODUCT, (sku,)).fetchone())


def source_of_customer(store: Store, customer_pk: int) -> str | None:
    """``customers.csv:17``, None where nobody read it from a file."""
    return _shown(store.connection.execute(_OF_CUSTOMER, (customer_pk,)).fetchone())


def _shown(row: tuple[str, int] | None) -> str | None:
    return None if row is None else f"{row[0]}:{row[1]}"
