"""The money side of orders."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.domain.record import OrderLedger
from returns_cli.store.connection import Store


def order_ledger(store: Store, order_pk: int) -> OrderLedger:
    """One ledger."""
    raise NotImplementedError


def order_ledgers(store: Store, pks: Iterable[int]) -> dict[int, OrderLedger]:
    """Many ledgers."""
    raise NotImplementedError
