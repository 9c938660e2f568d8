"""What the shop knows of a SKU. Products follow their source; decisions keep their own facts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from returns_cli.domain.model import Product
from returns_cli.store.connection import Store
from returns_cli.store.customers import SavedRows
from returns_cli.store.facts import FACTS, Value, seal_of
from returns_cli.store.lists import pack, unpack

_COLUMNS = ", ".join(FACTS["product"])
_SEAL = "SELECT seal FROM product WHERE sku = ?"
_SAVE = f"""
INSERT INTO product ({_COLUMNS}, seal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sku) DO UPDATE SET
  title = excluded.title, category = excluded.category, brand = excluded.brand,
  tags = excluded.tags, price = excluded.price, weight_g = excluded.weight_g,
  gtin = excluded.gtin, personalised = excluded.personalised,
  perishable = excluded.perishable, sealed_hygiene = excluded.sealed_hygiene,
  digital = excluded.digital, hazmat = excluded.hazmat,
  serial_required = excluded.serial_required, seal = excluded.seal
"""  # noqa: S608 - columns of this package's own list
_BY_SKU = f"SELECT {_COLUMNS} FROM product WHERE sku IN (SELECT value FROM json_each(?))"  # noqa: S608 - the same
_ALL = f"SELECT {_COLUMNS} FROM product ORDER BY sku"  # noqa: S608 - the same


def save_products(store: Store, products: Iterable[Product]) -> SavedRows:
    """Add products, or change those whose facts differ; inside a transaction."""
    new = changed = same = 0
    for product in products:
        row = _row_of(product)
        seal = seal_of("product", row)
        kept = store.connection.execute(_SEAL, (product.sku,)).fetchone()
        if kept is not None and kept[0] == seal:
            same += 1
            continue
        store.connection.execute(_SAVE, (*row, seal))
        new, changed = (new + 1, changed) if kept is None else (new, changed + 1)
    return SavedRows(new, changed, same)


def load_products(store: Store, skus: Iterable[str]) -> dict[str, Product]:
    """Products by SKU; unknown ones are left out."""
    rows = store.connection.execute(_BY_SKU, (json.dumps(list(skus)),))
    return {row[0]: _product_of(row) for row in rows}


def list_products(store: Store) -> list[Product]:
    """All products, by SKU."""
    return [_product_of(row) for row in store.connection.execute(_ALL)]


def _row_of(product: Product) -> tuple[Value, ...]:
    head = product[:4]
    flags = tuple(int(flag) for flag in product[8:])
    return (*head, pack(product.tags), product.price, product.weight_g, product.gtin, *flags)


def _product_of(row: tuple[object, ...]) -> Product:
    sku, title, category, brand, tags, price, weight_g, gtin, *flags = row
    return Product(
        str(sku),
        str(title),
        str(category),
        str(brand),
        unpack(str(tags)),
        str(price),
        weight_g if isinstance(weight_g, int) else None,
        str(gtin),
        *map(bool, flags),
    )
