"""Decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from returns_cli.domain.model import Authorization, Decision
from returns_cli.domain.record import Ruling
from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as stored."""

    decision_id: int
    return_id: int
    rma: str
    revision: int
    decision: Decision
    actor: str


def add_decision(store: Store, return_id: int, decision: Decision, actor: str) -> int:
    """Store a decision."""
    raise NotImplementedError


def judgement_digest(decision: Decision) -> str:
    """What a judgement says, as one digest."""
    raise NotImplementedError


def latest_digests(store: Store, return_ids: Iterable[int]) -> dict[int, str]:
    """Latest digests."""
    raise NotImplementedError


def add_authorizations(
    store: Store, return_id: int, decision_id: int | None, rows: Iterable[Authorization]
) -> None:
    """Authorize."""
    raise NotImplementedError


def add_ruling(
    store: Store, return_id: int, ruling: Ruling, decision_id: int | None = None
) -> None:
    """Rule."""
    raise NotImplementedError


def iterate_decisions(store: Store) -> Iterator[StoredDecision]:
    """All decisions."""
    raise NotImplementedError
