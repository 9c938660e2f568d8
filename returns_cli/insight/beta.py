"""Rates as beta distributions: what one knows of a rate, and how little a small sample says.

A product's own count is joined with what its category teaches (empirical Bayes): the prior is a
beta distribution fitted to the category's products, so that a product with few sales stays near
its category and one with many speaks for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, log1p
from typing import NamedTuple

from returns_cli.insight.report import Interval

_PRECISION = 1e-15
_TINY = 1e-300
_MOST_STEPS = 10_000
# A prior is never worth less than 1 sale, nor more than this many: beyond it all are alike.
LEAST_WEIGHT, MOST_WEIGHT = 1.0, 1e6


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

        Source: DLMF 8.17.22 and 8.17.4; Lentz, Appl. Opt. 15 (1976) 668–671.
        """
        if rate <= 0:
            return 0.0
        if rate >= 1:
            return 1.0
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
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _off_zero(1 + even * d), _off_zero(1 + even / c)
        fraction *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _off_zero(1 + odd * d), _off_zero(1 + odd / c)
        fraction *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return min(1.0, front * fraction)


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def fit_beta(counts: Sequence[tuple[float, float]]) -> Beta | None:
    """The beta distribution of rates that best explains these samples; none where none can be.

    By moments: its mean is the rate of all samples together. Its weight follows from how much more
    the samples' rates differ than chance makes them: with p the common rate, N all trials,
    S = Σ nᵢ(pᵢ − p)² of k samples and γ = 1 / (weight + 1), one expects
    S = p(1 − p)·(γ·(N − Σnᵢ²/N) + (1 − γ)·(k − 1)).

    Where they differ no more than by chance, the weight is the greatest one: all are alike.

    Source: Kleinman, Proportions with extraneous variance: single and independent samples, JASA 68
    (1973) 46–54.

    Args:
        counts: how many came back, of how many; for each product.

    Returns:
        The distribution; none of fewer than two samples, or where nothing or everything came back.
    """
    counts = [(part, whole) for part, whole in counts if whole > 0]
    part, whole = sum(one for one, _ in counts), sum(one for _, one in counts)
    if len(counts) < 2 or not 0 < part < whole:
        return None
    rate = part / whole
    spread = sum(n * (x / n - rate) ** 2 for x, n in counts) / (rate * (1 - rate))
    chance = len(counts) - 1
    room = whole - sum(n * n for _, n in counts) / whole - chance
    excess = (spread - chance) / room if room > 0 else 0.0
    weight = min(MOST_WEIGHT, max(LEAST_WEIGHT, 1 / excess - 1)) if excess > 0 else MOST_WEIGHT
    return Beta(rate * weight, (1 - rate) * weight)
