"""Returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from returns_cli.domain.model import Kind, RequestedLine, Verdict
from returns_cli.domain.record import ReturnRecord
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class NewReturn:
    """A return to be recorded."""

    rma: str
    key: str
    kind: Kind
    opened_at: str
    requested_at: str
    entered_by: str
    order_pk: int
    lines: tuple[RequestedLine, ...]
    actor: str
    note: str = ""


class Wanted(StrEnum):
    """A coarse choice."""

    ALL = "all"
    OPEN = "open"
    REFUNDABLE = "refundable"
    LABEL_READY = "label_ready"


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    """Which returns."""

    wanted: Wanted = Wanted.ALL
    order_pk: int | None = None
    channel: str | None = None
    kind: Kind | None = None
    verdict: Verdict | None = None
    opened_from: str | None = None
    opened_to: str | None = None
    limit: int | None = None
    newest_first: bool = False


def add_return(store: Store, new: NewReturn) -> int:
    """Record a return."""
    raise NotImplementedError


def is_rma_taken(store: Store, rma: str) -> bool:
    """Whether an RMA is in use."""
    raise NotImplementedError


def return_id_of_key(store: Store, key: str) -> int | None:
    """The return of a key."""
    raise NotImplementedError


def add_revision(
    store: Store, return_id: int, lines: Sequence[RequestedLine], actor: str, at: str
) -> int:
    """Amend."""
    raise NotImplementedError


def find_return_id(store: Store, text: str) -> int:
    """Find a return."""
    raise NotImplementedError


def find_return(store: Store, text: str) -> ReturnRecord:
    """Find and load a return."""
    raise NotImplementedError


def load_returns(store: Store, return_ids: Iterable[int]) -> list[ReturnRecord]:
    """Load returns."""
    raise NotImplementedError


def list_return_ids(store: Store, wanted: ReturnFilter) -> list[int]:
    """List returns."""
    raise NotImplementedError
