"""Results that are worked out once for an object that many records share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Shared = TypeVar("Shared")
Found = TypeVar("Found")


class Remembered(Generic[Shared, Found]):
    """A function of one object that never changes, remembered by the object's identity.

    Hashing the forty settings of a line takes longer than most of what is asked of them, and lines
    judged by the same rules hold the very same tuple. The object is kept with its result, so that
    its identity is not given to another.

    Args:
        work_out: gives what is remembered; its callers never change it.
        limit: objects; at that number all are forgotten.
    """

    __slots__ = ("_known", "_limit", "_work_out")

    def __init__(self, work_out: Callable[[Shared], Found], limit: int = 1024) -> None:
        self._work_out = work_out
        self._limit = limit
        self._known: dict[int, tuple[Shared, Found]] = {}

    def __call__(self, one: Shared) -> Found:
        """What was worked out of the object, now or before."""
        known = self._known.get(id(one))
        if known is not None:
            return known[1]
        found = self._work_out(one)
        if len(self._known) >= self._limit:
            self._known.clear()
        self._known[id(one)] = (one, found)
        return found
