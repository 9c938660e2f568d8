"""What came before a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from returns_cli.domain.record import CustomerHistory
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose past is asked for."""

    order_pk: int
    requested_at: str
    return_id: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierReturns:
    """Other returns of an order."""

    units: Mapping[int, int]
    returns: int


def customer_history(
    store: Store, order_pk: int, requested_at: str, return_id: int | None = None
) -> CustomerHistory:
    """One history."""
    raise NotImplementedError


def customer_histories(store: Store, asked: Sequence[Asked]) -> list[CustomerHistory]:
    """Many histories."""
    raise NotImplementedError


def earlier_returns(store: Store, asked: Sequence[Asked]) -> list[EarlierReturns]:
    """Other returns of each order."""
    raise NotImplementedError
