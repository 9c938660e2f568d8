"""How much of each fault test runs: a sample in a fast run, in a soak all that fits its time.

The sample of a fast run is drawn by the commit, so that it rotates and yet says the same of the
same code; a soak draws by a new seed, which it prints (``RETURNS_SOAK_SEED`` sets it again).
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Soak:
    """The seconds of a soak, 0 in a fast run, its seed, and what was done so far."""

    seconds: int
    seed: str
    said: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, more: int) -> None:
        """Add to a number that is told at the end of the soak."""
        self.counted[name] = self.counted.get(name, 0) + more

    def dice(self, name: str) -> random.Random:
        """Dice of the seed for one purpose."""
        return random.Random(f"{self.seed} {name}")

    def take(self, name: str, plan: Sequence[T], *, fast: int, share: float) -> Iterator[T]:
        """Some of a plan in random order: ``fast`` of it, then more within its share of the time.

        What was done, and of how much, is told at the end of the soak.
        """
        order = self.dice(name).sample(plan, len(plan))
        ends = time.monotonic() + self.seconds * share
        done = 0
        for one in order:
            if done >= fast and time.monotonic() >= ends:
                break
            done += 1
            yield one
        self.said.append(f"{name}: {done:,} of {len(plan):,}")


def soak_of_environment() -> Soak:
    """What ``make soak`` asked for, else a fast run."""
    seconds = int(os.environ.get("RETURNS_SOAK_SECONDS", "0"))
    seed = os.environ.get("RETURNS_SOAK_SEED") or (
        str(random.SystemRandom().randrange(10**9)) if seconds else _commit()
    )
    return Soak(seconds, seed)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "no commit"


SOAK = soak_of_environment()
"""Of this process: what every test draws from and tells."""
