"""How an operation shows how far it is, without knowing who looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Watch(Protocol):
    """Passes items through, and shows a person how far they are."""

    def __call__(
        self, items: Iterable[Item], what: str, total: int | None = None
    ) -> Iterable[Item]:
        """The same items; ``what`` names them, ``total`` is their number where it is known."""
