"""Import what the shop knows of its customers and products: facts that policies ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import Tally, finish, read_options, refused_by_strict
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.store.connection import Store
    from returns_cli.store.customers import SavedRows


def import_customers(
    shop: Shop, path: Path | BinaryIO, *, strict: bool = False, map_file: Path | None = None
) -> Json:
    """Keep customers with their tier, tags and language; a later row of the same one wins."""
    from returns_cli.intake import read_customers
    from returns_cli.store.customers import save_customers

    options = read_options(shop, command="customers import", map_file=map_file)
    with shop.open_store() as store, read_customers([path], options) as reading:
        rows = (row.customer for row in reading)
        return _save(shop, store, reading, rows, save_customers, strict=strict)


def import_products(
    shop: Shop, path: Path | BinaryIO, *, strict: bool = False, map_file: Path | None = None
) -> Json:
    """Keep products with their category, tags and flags; a later row of the same SKU wins."""
    from returns_cli.intake import read_products
    from returns_cli.store.products import save_products

    options = read_options(shop, command="products import", map_file=map_file)
    with shop.open_store() as store, read_products([path], options) as reading:
        rows = (row.product for row in reading)
        return _save(shop, store, reading, rows, save_products, strict=strict)


def _save(
    shop: Shop,
    store: Store,
    reading: RowReading[Any],
    rows: Iterable[Any],
    save: Callable[[Store, Iterable[Any]], SavedRows],
    *,
    strict: bool,
) -> Json:
    with store.writing(rehearse=shop.dry_run):
        saved = save(store, rows)
        if strict and reading.log.rejected:
            raise refused_by_strict(reading.problems)
    return finish(shop, reading, Tally(new=saved.new + saved.changed, same=saved.same))
