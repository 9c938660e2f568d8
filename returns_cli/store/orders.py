"""Orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from returns_cli.domain.model import Order
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """What an import did."""

    new: int
    changed: int
    same: int
    changes: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One field that a later import changed."""

    order_pk: int
    line: int | None
    field: str
    old: str | None
    new: str | None
    kept: bool
    file_id: int
    at: str


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders."""

    channel: str | None = None
    placed_from: str | None = None
    placed_to: str | None = None
    limit: int | None = None
    newest_first: bool = True


def save_orders(store: Store, orders: Iterable[Order], file_id: int) -> OrderCounts:
    """Save orders."""
    raise NotImplementedError


def find_order(store: Store, text: str, channel: str | None = None) -> tuple[int, Order]:
    """Find one order."""
    raise NotImplementedError


def order_pks(
    store: Store, texts: Iterable[str], channel: str | None = None
) -> dict[str, tuple[int, ...]]:
    """Find many orders."""
    raise NotImplementedError


def load_orders(store: Store, pks: Iterable[int]) -> dict[int, Order]:
    """Load orders."""
    raise NotImplementedError


def list_orders(store: Store, wanted: OrderFilter) -> list[tuple[int, Order]]:
    """List orders."""
    raise NotImplementedError


def order_changes(store: Store, order_pk: int) -> list[OrderChange]:
    """Changes of an order."""
    raise NotImplementedError
