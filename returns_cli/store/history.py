"""The history of a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from returns_cli.store.connection import Store


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: str
    actor: str
    what: str
    line: int | None = None
    quantity: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


def history_of(store: Store, return_id: int) -> list[Event]:
    """All events."""
    raise NotImplementedError
