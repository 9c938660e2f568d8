"""Rates as beta distributions: what one knows of a rate, and how little a small sample says.

A product's own count is joined with what its category teaches (empirical Bayes): the prior is a
beta distribution fitted to the category's products, so that a product with few sales stays near
its category and one with many speaks for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import cos, exp, lgamma, log, log1p, pi, sqrt
from typing import NamedTuple

from returns_cli.insight.report import Interval

_PRECISION = 1e-15
_TINY = 1e-300
_MOST_STEPS = 10_000
_MANY, _SEVERAL = 3_000, 100  # sales, and of them either kind, from which on the area is quicker
_NODES, _NEWTON = 48, 8
LEAST_WEIGHT = 1.0  # sales that a prior is worth at least


class Beta(NamedTuple):
    """A beta distribution: so many came back (``a``), so many stayed (``b``); both above 0."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The rate one expects."""
        return self.a / (self.a + self.b)

    @property
    def weight(self) -> float:
        """How many sales it is worth."""
        return self.a + self.b

    def after(self, part: float, whole: float) -> Beta:
        """What one knows when ``part`` of ``whole`` more came back.

        Its mean lies between this one's and ``part / whole``.
        """
        return Beta(self.a + part, self.b + (whole - part))

    def below(self, rate: float) -> float:
        """The probability of a rate of at most this: the regularised incomplete beta function.

        By its continued fraction, evaluated with Lentz's method; where that would converge slowly
        from the other end: I_x(a, b) = 1 − I_(1−x)(b, a).

        Of many sales the fraction takes hundreds of steps, the area under the density a few dozen.

        Source: DLMF 8.17.22 and 8.17.4; Lentz, Appl. Opt. 15 (1976) 668–671; for many sales Press
        et al., Numerical Recipes (3rd ed., 2007), section 6.4.
        """
        if rate <= 0:
            return 0.0
        if rate >= 1:
            return 1.0
        if self.weight > _MANY and min(self.a, self.b) > _SEVERAL:
            return _by_area(self.a, self.b, rate)
        if rate > (self.a + 1) / (self.a + self.b + 2):
            return 1 - _by_fraction(self.b, self.a, 1 - rate)
        return _by_fraction(self.a, self.b, rate)

    def above(self, rate: float) -> float:
        """The probability of a higher rate than this, exact where it is small."""
        return Beta(self.b, self.a).below(1 - rate)

    def quantile(self, probability: float) -> float:
        """The rate that is not exceeded with this probability, by bisection to the last digit."""
        low, high = 0.0, 1.0
        while True:
            middle = (low + high) / 2
            if middle in (low, high) or high - low < 1e-12 * high:
                return middle
            if self.below(middle) < probability:
                low = middle
            else:
                high = middle

    def interval(self, level: float) -> Interval:
        """The credible interval with as much probability below it as above it."""
        tail = (1 - level) / 2
        return Interval(self.quantile(tail), self.quantile(1 - tail))


def _by_fraction(a: float, b: float, x: float) -> float:
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    # A denominator of 0 is set off it; anything else that is 1 and a number is far from it.
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    fraction = d
    for m in range(1, _MOST_STEPS):
        at = a + 2 * m
        even = m * (b - m) * x / ((at - 1) * at)
        d, c = 1 / (1 + even * d or _TINY), 1 + even / c or _TINY
        fraction *= c * d
        odd = -(a + m) * (a + b + m) * x / (at * (at + 1))
        d, c = 1 / (1 + odd * d or _TINY), 1 + odd / c or _TINY
        fraction *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return min(1.0, front * fraction)


def _by_area(a: float, b: float, x: float) -> float:
    """The area under the density on that side of x on which the mean is not."""
    mean = a / (a + b)
    deviation = sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    if x < mean:
        end = max(0.0, min(mean - 10 * deviation, x - 5 * deviation))
    else:
        end = min(1.0, max(mean + 10 * deviation, x + 5 * deviation))
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    middle, half = (x + end) / 2, (end - x) / 2
    area = 0.0
    for node, weight in _nodes(_NODES):
        at = middle + half * node
        area += weight * exp(scale + (a - 1) * log(at) + (b - 1) * log1p(-at))
    area = min(1.0, abs(half) * area)
    return area if x < mean else 1 - area


@lru_cache(1)
def _nodes(count: int) -> tuple[tuple[float, float], ...]:
    """Where to look, and with what weight: Gauss and Legendre's rule between -1 and 1."""
    found = []
    for i in range(1, count + 1):
        x, slope = cos(pi * (i - 0.25) / (count + 0.5)), 1.0
        for _ in range(_NEWTON):
            before, value = 1.0, x
            for n in range(2, count + 1):
                before, value = value, ((2 * n - 1) * x * value - (n - 1) * before) / n
            slope = count * (x * value - before) / (x * x - 1)
            x -= value / slope
        found.append((x, 2 / ((1 - x * x) * slope * slope)))
    return tuple(found)


Counts = Sequence[tuple[float, float]]
"""How many came back, of how many; for each of several samples."""


def fit_beta(counts: Counts) -> Beta | None:
    """The beta distribution of rates that best explains these samples; none where none can be.

    Its mean is the rate of all samples together, its weight that of :func:`weight_of`.

    Returns:
        None of fewer than two samples, or where nothing or everything came back.
    """
    counts = [(part, whole) for part, whole in counts if whole > 0]
    part, whole = sum(one for one, _ in counts), sum(one for _, one in counts)
    if len(counts) < 2 or not 0 < part < whole:
        return None
    return _beta(part / whole, weight_of([counts]))


def weight_of(groups: Iterable[Counts]) -> float:
    """How many sales the rate of a group says of one of its samples, by how much these differ.

    By moments: with p the rate of a group, N its trials, S = Σ nᵢ(pᵢ − p)² of its k samples and
    γ = 1 / (weight + 1), one expects S = p(1 − p)·(γ·(N − Σnᵢ²/N) + (1 − γ)·(k − 1)). Both sides
    are added up over the groups. Where samples differ no more than by chance, one group's rate is
    worth all the trials that it was learnt from, and never more.

    Source: Kleinman, Proportions with extraneous variance: single and independent samples, JASA 68
    (1973) 46–54.
    """
    spread = chance = room = trials = 0.0
    for counts in groups:
        counts = [(part, whole) for part, whole in counts if whole > 0]
        part, whole = sum(one for one, _ in counts), sum(one for _, one in counts)
        if 0 < part < whole:
            rate = part / whole
            trials += whole
            spread += sum(n * (x / n - rate) ** 2 for x, n in counts) / (rate * (1 - rate))
            chance += len(counts) - 1
            room += whole - sum(n * n for _, n in counts) / whole - (len(counts) - 1)
    excess = (spread - chance) / room if room > 0 else 0.0
    weight = 1 / excess - 1 if excess > 0 else trials
    return max(LEAST_WEIGHT, min(weight, trials))


def fit_priors(categories: Mapping[str, Counts]) -> dict[str, Beta]:
    """What each category teaches of its products.

    Its rate is drawn towards that of the shop as far as it rests on few sales; how much products
    of a category differ is learnt from all categories together.

    Args:
        categories: the counts of the products of each.

    Returns:
        A distribution for each category; empty of fewer than two products, or where nothing or
        everything came back, since then there is nothing to learn.
    """
    of_all = fit_beta([one for counts in categories.values() for one in counts])
    if of_all is None:
        return {}
    sums = {
        name: (sum(one for one, _ in counts), sum(one for _, one in counts))
        for name, counts in categories.items()
    }
    shop = fit_beta([*sums.values()])
    weight = weight_of(categories.values())
    means = {
        name: shop.after(part, whole).mean if shop else of_all.mean
        for name, (part, whole) in sums.items()
    }
    return {name: _beta(mean, weight) for name, mean in means.items()}


def _beta(mean: float, weight: float) -> Beta:
    return Beta(mean * weight, (1 - mean) * weight)
