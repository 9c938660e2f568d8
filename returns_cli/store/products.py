"""Products."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.domain.model import Product
from returns_cli.store.connection import Store
from returns_cli.store.customers import SavedRows


def save_products(store: Store, products: Iterable[Product]) -> SavedRows:
    """Save products."""
    raise NotImplementedError


def load_products(store: Store, skus: Iterable[str]) -> dict[str, Product]:
    """Products by SKU."""
    raise NotImplementedError


def list_products(store: Store) -> list[Product]:
    """All products."""
    raise NotImplementedError
