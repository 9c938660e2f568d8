"""What may be said of counts: intervals of rates, tests against chance, limits of control.

Everything is exact or a published formula, from the standard library alone. Samples may be
effective ones, so counts are numbers and need not be whole; see :func:`effective_sample`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, lgamma, sqrt
from statistics import NormalDist

from returns_cli.insight.beta import Beta
from returns_cli.insight.report import Interval

LEVEL = 0.95
# One side of three standard deviations of the normal distribution, as on Shewhart's charts.
THREE_SIGMA_TAIL = 0.00135


def effective_sample(units: int, squares: int) -> float:
    """How many independent trials units are worth, where those of a line come back together.

    Were every line wholly kept or wholly returned, a rate by units would vary as one of
    (Σq)²/Σq² independent trials: 12 lines of one unit are 12, one line of 12 is 1. Lines that come
    back in part are worth more, so what follows from this errs on the careful side.

    Source: Kish, Survey Sampling (1965), section 8.2, the effective sample of unequal weights.

    Args:
        units: Σq.
        squares: Σq², over the same lines.
    """
    return units * units / squares if squares else 0.0


def wilson(part: float, whole: float, level: float = LEVEL) -> Interval | None:
    """The score interval of a rate; none of nothing.

    It holds its level for small samples and for rates near 0, where the textbook interval
    p ± z·√(p(1−p)/n) shrinks to a point. With an effective sample for ``whole`` (and the rate
    times it for ``part``) it is the interval for clustered samples.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22
    (1927) 209–212; for clustered samples Dean & Pagano, Evaluating confidence interval methods for
    binomial proportions in clustered surveys, J. Survey Stat. Methodol. 3 (2015) 484–503.
    """
    if whole <= 0:
        return None
    z = _deviations(level)
    rate, square = part / whole, z * z
    centre = rate + square / (2 * whole)
    reach = z * sqrt(rate * (1 - rate) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    # At 0 and at 1 one bound is the rate itself; rounding must not put it on the wrong side.
    return Interval(
        min(rate, max(0.0, (centre - reach) / scale)), max(rate, min(1.0, (centre + reach) / scale))
    )


@lru_cache(16)
def _deviations(level: float) -> float:
    """How many standard deviations hold so much of the normal distribution."""
    return NormalDist().inv_cdf((1 + level) / 2)


def at_least(successes: int, trials: int, chance: float) -> float:
    """The probability of so many successes or more, each with the same chance.

    The upper tail of the binomial distribution: P(X ≥ k) = I_p(k, n − k + 1).

    Source: DLMF 8.17.5.
    """
    if successes <= 0:
        return 1.0
    if successes > trials:
        return 0.0
    return Beta(successes, trials - successes + 1).below(chance)


@lru_cache(4096)
def outweighs(many: int, few: int) -> float:
    """How likely chance alone makes one of two opposites at least so much more frequent.

    The exact sign test, one-sided: of ``many + few`` returns for either reason, each is the one or
    the other with even odds. 8 against 2 is 56 in 1,024. Size charts are judged by it.

    Source: Conover, Practical Nonparametric Statistics (3rd ed., 1999), section 3.4.
    """
    return at_least(many, many + few, 0.5)


def rose(now: int, now_of: int, before: int, before_of: int) -> float:
    """How likely a share is at least so much higher than before if nothing changed.

    Fisher's exact test, one-sided: given how many came back in both times together, in how many of
    all ways to deal them out are there ``now`` or more in the later time.

    Source: Fisher, The Design of Experiments (1935), chapter 2.

    Args:
        now: came back, ``now_of`` so many; ``before`` and ``before_of``: in the earlier time.
    """
    total, marked = now_of + before_of, now + before
    most = min(now_of, marked)
    if now > most:
        return 0.0
    now = max(now, marked - before_of, 0)
    term = exp(_ways(now_of, now) + _ways(before_of, marked - now) - _ways(total, marked))
    chance = 0.0
    for k in range(now, most + 1):
        chance += term
        term *= (now_of - k) * (marked - k) / ((k + 1) * (before_of - marked + k + 1))
    return min(1.0, chance)


def _ways(total: int, chosen: int) -> float:
    """The logarithm of how many ways there are to choose."""
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def control_limits(centre: float, sample: int) -> Interval:
    """Between which shares a process of this rate stays, but for about one in 370 samples.

    The exact limits of a p-chart, which are those of a funnel plot: the bounds hold at least
    1 − 2 × 0.00135 of the binomial distribution. Below or above them is a signal; the usual
    centre ± 3σ would cry wolf where few returns are expected.

    Source: Spiegelhalter, Funnel plots for comparing institutional performance, Stat. Med. 24
    (2005) 1185–1202, appendix A.1.1; the chart is Shewhart's (NIST/SEMATECH e-Handbook, 6.3.3.2).
    """
    if sample <= 0:
        return Interval(0.0, 1.0)
    upper = _first(sample, lambda k: at_least(k + 1, sample, centre) <= THREE_SIGMA_TAIL)
    lower = _first(sample, lambda k: 1 - at_least(k + 1, sample, centre) > THREE_SIGMA_TAIL)
    return Interval(lower / sample, upper / sample)


def _first(last: int, holds: Callable[[int], bool]) -> int:
    """The smallest of 0 … last from which on it holds; it holds at the last."""
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def false_discovery(chances: Sequence[float]) -> list[float]:
    """Each chance corrected for how many were looked at; in the order given.

    Among a thousand products some look striking by chance alone. Of those whose corrected chance is
    below 5 %, no more than 5 % are expected to be false alarms.

    Source: Benjamini & Hochberg, Controlling the false discovery rate, JRSS B 57 (1995) 289–300.
    """
    count = len(chances)
    corrected = [1.0] * count
    least = 1.0
    for rank, at in reversed(list(enumerate(sorted(range(count), key=chances.__getitem__), 1))):
        least = min(least, chances[at] * (count / rank))
        corrected[at] = least
    return corrected
