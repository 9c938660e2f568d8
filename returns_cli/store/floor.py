"""The warehouse floor."""

from __future__ import annotations

from dataclasses import dataclass

from returns_cli.domain.model import Disposal, Inspection, Receipt
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class ParcelEvent:
    """A parcel event."""

    event: str
    at: str
    actor: str
    return_id: int | None = None
    order_pk: int | None = None
    line: int | None = None
    tracking: str = ""
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class NewUnexpected:
    """Goods that nobody expected."""

    sku: str
    quantity: int
    why: str
    found_at: str
    actor: str
    order_pk: int | None = None
    return_id: int | None = None
    line: int | None = None
    code: str = ""
    station: str | None = None
    tracking: str | None = None


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Unexpected goods as stored."""

    unexpected_id: int
    fact: NewUnexpected
    matched_to: int | None


@dataclass(frozen=True, slots=True)
class StockMove:
    """Units that became stock."""

    stock_move_id: int
    disposal_id: int
    sku: str
    quantity: int
    disposition: str
    location: str
    moved_at: str
    actor: str


def add_receipt(
    store: Store, return_id: int, receipt: Receipt, *, corrects: int | None = None
) -> int:
    """Receive."""
    raise NotImplementedError


def add_inspection(
    store: Store, return_id: int, inspection: Inspection, *, corrects: int | None = None
) -> int:
    """Inspect."""
    raise NotImplementedError


def add_disposal(
    store: Store,
    return_id: int,
    disposal: Disposal,
    *,
    moves_stock: bool,
    corrects: int | None = None,
) -> int:
    """Put away."""
    raise NotImplementedError


def add_parcel_event(store: Store, event: ParcelEvent) -> int:
    """Parcel event."""
    raise NotImplementedError


def add_unexpected(store: Store, fact: NewUnexpected) -> int:
    """Unexpected goods."""
    raise NotImplementedError


def list_unexpected(store: Store, *, open_only: bool = True) -> list[Unexpected]:
    """Unexpected goods."""
    raise NotImplementedError


def match_unexpected(store: Store, unexpected_id: int, return_id: int, actor: str, at: str) -> None:
    """Match."""
    raise NotImplementedError


def list_stock_moves(store: Store) -> list[StockMove]:
    """Stock moves."""
    raise NotImplementedError
