"""Customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from returns_cli.domain.model import Customer, Order
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class SavedRows:
    """What an import did."""

    new: int
    changed: int
    same: int


def save_customers(store: Store, customers: Iterable[Customer]) -> SavedRows:
    """Save customers."""
    raise NotImplementedError


def find_customer(store: Store, order: Order) -> Customer | None:
    """An order's customer."""
    raise NotImplementedError


def find_customers(store: Store, orders: Mapping[int, Order]) -> dict[int, Customer]:
    """Orders' customers."""
    raise NotImplementedError
