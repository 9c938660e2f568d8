"""What the shop knows of a SKU. Products follow their source; decisions keep their own facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable

from returns_cli.domain.model import Product
from returns_cli.store.connection import Store
from returns_cli.store.customers import SavedRows
from returns_cli.store.facts import FACTS, Value, seal_of
from returns_cli.store.lists import pack, unpack

_COLUMNS = ", ".join(FACTS["product"])
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
    done = Counter(save_product(store, product) for product in products)
    return SavedRows(done["new"], done["changed"], done["same"])


def save_product(store: Store, product: Product, silent: Collection[str] = ()) -> str:
    """Add a product, or change it where its facts differ; inside a transaction.

    Args:
        store: the store.
        product: as it is said to be.
        silent: names of facts of which nothing is said: what is known of them stays.

    Returns:
        ``new``, ``changed`` or ``same``.
    """
    before = load_products(store, [product.sku]).get(product.sku)
    if before is not None:
        product = product._replace(**{name: getattr(before, name) for name in silent})
        if product == before:
            return "same"
    row = _row_of(product)
    store.connection.execute(_SAVE, (*row, seal_of("product", row)))
    return "new" if before is None else "changed"


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
