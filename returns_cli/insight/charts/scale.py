"""An axis: round figures around what is drawn, and where a value lies between its ends."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import NamedTuple

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEAST = 1e-9


class Scale(NamedTuple):
    """An axis from ``low`` to ``high``, both round; 0 is always on it."""

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """Where a value lies: 0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """The round figures, from the low end to the high one."""
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * n for n in range(count + 1)]


def scale_of(values: Iterable[float], parts: int, *, whole: bool = False) -> Scale:
    """An axis that holds all values and 0.

    Args:
        parts: about how many steps it shall have, rather fewer than more.
        whole: no step below 1, for what is counted.

    >>> scale_of([3.0, 41.0], 4)
    Scale(low=0.0, high=60.0, step=20.0)
    >>> scale_of([1.0], 4, whole=True).ticks(), scale_of([], 4).ticks()
    ([0.0, 1.0], [0.0, 0.25, 0.5, 0.75, 1.0])
    """
    known = [0.0, *values]
    low, high = min(known), max(known)
    if high - low < _LEAST:
        high = low + 1
    step = _round_step((high - low) / parts)
    if whole:
        step = max(1.0, float(ceil(step)))
    return Scale(floor(low / step) * step, ceil(high / step - _LEAST) * step, step)


def _round_step(least: float) -> float:
    size = 10.0 ** floor(log10(least))
    return next(size * one for one in _STEPS if size * one >= least - _LEAST * size)
