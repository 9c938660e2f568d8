"""Refunds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from returns_cli.domain.model import Component, Refund, RefundState
from returns_cli.domain.record import Consumption
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class NewRefund:
    """A refund to be recorded."""

    return_id: int
    order_pk: int
    decision_id: int
    key: str
    body_hash: str
    amount_minor: int
    currency: str
    tender: str
    components: tuple[Component, ...]
    takes: Mapping[int, Consumption]
    actor: str
    recorded_at: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class RefundFilter:
    """Which refunds."""

    state: RefundState | None = None
    return_id: int | None = None
    order_pk: int | None = None
    tender: str | None = None
    limit: int | None = None


def record_refund(store: Store, new: NewRefund) -> Refund:
    """Record a refund."""
    raise NotImplementedError


def move_refund(
    store: Store,
    refund_id: str,
    state: RefundState,
    *,
    actor: str,
    at: str,
    reference: str | None = None,
    why: str = "",
) -> Refund:
    """Move a refund."""
    raise NotImplementedError


def find_refund(store: Store, text: str) -> Refund:
    """Find a refund."""
    raise NotImplementedError


def refund_of_key(store: Store, key: str) -> Refund | None:
    """By key."""
    raise NotImplementedError


def refund_of_reference(store: Store, reference: str, tender: str | None = None) -> Refund | None:
    """By reference."""
    raise NotImplementedError


def list_refunds(store: Store, wanted: RefundFilter) -> list[Refund]:
    """List refunds."""
    raise NotImplementedError
