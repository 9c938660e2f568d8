"""Garbage collection while many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 200_000  # new records between two looks of the garbage collector


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the garbage collector look seldom: a load makes many records and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
