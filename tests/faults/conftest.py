"""How much of each fault test runs: a sample by default, all that fits the time in a soak."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def soak_seconds() -> int:
    """Seconds that a soak may take, 0 in a fast run."""
    return int(os.environ.get("RETURNS_SOAK_SECONDS", "0"))


@pytest.fixture
def rounds(soak_seconds: int) -> int:
    """Rounds of a race: 3 in a fast run, about one per 3 seconds of a soak, at most 100."""
    return max(3, min(100, soak_seconds // 3))
