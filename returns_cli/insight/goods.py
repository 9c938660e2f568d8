"""Products and categories as counts, and how often they come back: rates one can stand by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.insight.beta import Beta, fit_priors
from returns_cli.insight.cohorts import Cohort, Development
from returns_cli.insight.report import Interval
from returns_cli.insight.statistics import effective_sample, wilson

LEAST_SAMPLE = 30  # independent sales; below it a rate is not held against another


class Goods(NamedTuple):
    """What was delivered and came back of a product, or of a category.

    Attributes:
        name: SKU, or the category's name.
        title, category: of a product; empty of a category.
        units: delivered; ``squares``: the sum of the squares of each line's units.
        returned: units that came back.
    """

    name: str
    title: str
    category: str
    units: int
    squares: int
    returned: int

    @property
    def sample(self) -> float:
        """How many independent sales its units are worth."""
        return effective_sample(self.units, self.squares)

    @property
    def rate(self) -> float:
        """Units that came back, of those delivered; 0 of nothing."""
        return min(1.0, self.returned / self.units) if self.units else 0.0


class Worth(NamedTuple):
    """The value of what was delivered and came back of goods, in one currency."""

    name: str
    currency: str
    sold_minor: int
    returned_minor: int


class GoodsFacts(NamedTuple):
    """What a report on goods is made of.

    Attributes:
        sold: by product, or by category.
        worth: the same by currency.
        cohorts: by period of the order, in the order of time.
        development: of all that is known, not only of the report's days.
    """

    sold: Sequence[Goods]
    worth: Sequence[Worth]
    cohorts: Sequence[Cohort]
    development: Development


class Estimate(NamedTuple):
    """A rate and what may be said of it.

    Attributes:
        sold: the counts.
        interval: of the rate, by Wilson; none where nothing was delivered.
        expected: the rate of its category, see :func:`fit_priors`.
        shrunk: the rate one should expect of it, drawn towards its category's.
        stands: ``above`` or ``below`` its category beyond doubt, ``near`` it, or ``small`` sample.
    """

    sold: Goods
    interval: Interval | None
    expected: float
    shrunk: float
    stands: str


def estimates(sold: Sequence[Goods]) -> list[Estimate]:
    """Every product with its rate, held against that of its category; the worst first.

    Each category gives a prior (:func:`fit_priors`). Samples are effective ones, since units of a
    line are no independent sales.
    """
    by_category: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in sold:
        by_category[one.category].append((one.rate * one.sample, one.sample))
    priors = fit_priors(by_category)
    found = [_estimate(one, priors.get(one.category)) for one in sold]
    return sorted(found, key=lambda one: (-one.shrunk, -one.sold.units, one.sold.name))


def _estimate(one: Goods, prior: Beta | None) -> Estimate:
    part, whole = one.rate * one.sample, one.sample
    interval = wilson(part, whole)
    expected = prior.mean if prior else one.rate
    shrunk = prior.after(part, whole).mean if prior else one.rate
    return Estimate(one, interval, expected, shrunk, _stands(interval, whole, expected))


def _stands(interval: Interval | None, sample: float, expected: float) -> str:
    if interval is None or sample < LEAST_SAMPLE:
        return "small"
    if interval.low > expected:
        return "above"
    return "below" if interval.high < expected else "near"
