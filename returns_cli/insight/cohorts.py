"""Orders of a month and what came back of them, whenever it did; and how much is still to come.

A return is counted in the month of its order. So a rate is always "of what was delivered", and no
month looks better because its goods have not had the time to come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# Fewer whole periods than this say nothing of how long goods take to come back.
LEAST_HISTORY = 4
LEAST_RETURNS = 20  # and so do fewer returns than this
# Cohorts of which at least so much has come back are as good as finished.
FINISHED = 0.95

Development = Mapping[tuple[int, int], int]
"""How many came back, by the numbers of the period of the order and of that of the arrival."""


class Cohort(NamedTuple):
    """Orders of one period.

    Attributes:
        period: in which they were placed.
        units: delivered; ``squares``: the sum of the squares of each line's units.
        returned: units that came back so far.
    """

    period: str
    units: int
    squares: int
    returned: int


def completeness(development: Development, known_until: int) -> list[float] | None:
    """Which part of a cohort's returns has come by the end of its period, of the next, and so on.

    The chain-ladder method of insurers, who wait for late claims as shops for late returns: how
    much cohorts grew from one age to the next, all cohorts together that have reached it. The
    oldest age that was seen is taken for the end.

    Source: Mack, Distribution-free calculation of the standard error of chain ladder reserve
    estimates, ASTIN Bulletin 23 (1993) 213–225, formula 2.

    Args:
        development: what came back, by cohort and by when it arrived.
        known_until: the number of the last period that is over; later returns are not looked at.

    Returns:
        The parts by age, the last being 1; none where there is too little history.
    """
    aged: dict[int, dict[int, int]] = {}
    for (start, end), count in development.items():
        if start <= known_until and end <= known_until:
            by_age = aged.setdefault(start, {})
            age = max(0, end - start)
            by_age[age] = by_age.get(age, 0) + count
    seen = sum(count for by_age in aged.values() for count in by_age.values())
    if seen < LEAST_RETURNS or known_until - min(aged) + 1 < LEAST_HISTORY:
        return None
    oldest = known_until - min(aged)
    parts = [1.0]
    for age in reversed(range(oldest)):
        reached = [by for start, by in aged.items() if start + age < known_until]
        before = sum(n for by in reached for at, n in by.items() if at <= age)
        after = before + sum(by.get(age + 1, 0) for by in reached)
        parts.append(parts[-1] * (before / after if after else 1.0))
    return parts[::-1]


def known_part(parts: list[float] | None, cohort: int, known_until: int) -> float | None:
    """Which part of a cohort's returns is known; none where nothing can be said of it.

    Args:
        parts: by age, as :func:`completeness` gives them.
        cohort: the number of its period.
        known_until: the number of the last period that is over.
    """
    age = known_until - cohort
    if parts is None or age < 0:
        return None
    return parts[min(age, len(parts) - 1)]


def assumed_part(parts: list[float] | None, cohort: int, known_until: int) -> float:
    """The same, or all of them where nothing can be said: what is seen is taken for all."""
    part = known_part(parts, cohort, known_until)
    return 1.0 if part is None else part


def is_unfinished(part: float | None, cohort: int, known_until: int) -> bool:
    """Whether the figures of a cohort will still grow, as far as anybody can know.

    Without enough history, cohorts count as unfinished until two whole periods after theirs.
    """
    if part is None:
        return known_until - cohort < 2
    return part < FINISHED
