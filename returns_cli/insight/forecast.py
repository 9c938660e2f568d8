"""Which products will come back, from what is known of them: counts, time, and their category.

A sale is an order line; it came back when any unit of it did. Units of a line come back together,
and a wholesale order of a thousand units says no more of a product than one of ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.insight.beta import Beta, fit_priors
from returns_cli.insight.cohorts import Development, assumed_part, completeness
from returns_cli.insight.periods import Cut
from returns_cli.insight.statistics import false_discovery, rose

# What happened so long ago counts half as much as what happened just now.
HALF_LIFE: Mapping[Cut, int] = {"month": 12, "week": 52}
RECENT: Mapping[Cut, int] = {"month": 3, "week": 12}  # periods that a trend is told from
_DOUBT = 0.05
# Where there is nothing to learn from: Jeffreys' prior, half a sale on either side.
_IGNORANT = Beta(0.5, 0.5)


class Sales(NamedTuple):
    """Lines of a product that were delivered, of orders of one period (its number)."""

    sku: str
    period: int
    lines: int


class Backs(NamedTuple):
    """Lines of a product that came back, by when they were ordered and arrived, and why."""

    sku: str
    period: int
    arrived: int
    reason: str
    lines: int


class History(NamedTuple):
    """All that forecasts are made of.

    Attributes:
        by: what a period is.
        names: title and category of each SKU.
    """

    by: Cut
    names: Mapping[str, tuple[str, str]]
    sales: Sequence[Sales]
    backs: Sequence[Backs]

    def until(self, last: int) -> History:
        """What was known at the end of a period."""
        return self._replace(
            sales=[one for one in self.sales if one.period <= last],
            backs=[one for one in self.backs if one.period <= last and one.arrived <= last],
        )


def development_of(history: History) -> Development:
    """Lines that came back of all products, by when they were ordered and arrived."""
    development: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in history.backs:
        development[one.period, one.arrived] += one.lines
    return development


class Forecast(NamedTuple):
    """What one expects of a product.

    Attributes:
        sku: whose.
        sold, back: its lines so far, and those of them that came back.
        recent, before: the same as pairs (back, sold) for the last periods and all before them.
        rate: a beta distribution of the rate at which its next lines will come back.
        category_rate: what its category's products come back at.
        chance: that its rate is above that.
        trend: ``rising`` or ``falling`` beyond doubt, else ``steady``.
    """

    sku: str
    sold: int
    back: int
    recent: tuple[int, int]
    before: tuple[int, int]
    rate: Beta
    category_rate: float
    chance: float
    trend: str


class _Counts:
    """Sales of a product: as counted, as they weigh now, and as a trend compares them."""

    __slots__ = ("back", "kept", "matured", "returned", "sold")

    def __init__(self) -> None:
        # Each before and recently.
        self.sold = [0, 0]
        self.back = [0, 0]
        self.matured = [0.0, 0.0]  # lines that had the time to come back
        # All together, the less the older they are.
        self.returned = self.kept = 0.0


def forecasts(history: History, last: int) -> list[Forecast]:
    """What to expect of each product after a period, from what was known at its end.

    A sale weighs the less the older it is. One that has not come back counts as kept only as far
    as sales of its age usually have come back by then (:func:`completeness`), so that last month's
    goods do not look good for being young. The category's products give the prior.

    Args:
        history: may reach further; what is later is not looked at.
        last: the number of the last period that is known.

    Returns:
        The likeliest to be above its category first.
    """
    known = history.until(last)
    counts = _count(known, last)
    by_category: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for sku, one in counts.items():
        by_category[known.names[sku][1]].append((one.returned, one.returned + one.kept))
    priors = fit_priors(by_category)
    skus = sorted(counts)
    trends = _trends([counts[sku] for sku in skus])
    made = [
        _forecast(sku, counts[sku], priors.get(known.names[sku][1], _IGNORANT), trend)
        for sku, trend in zip(skus, trends, strict=True)
    ]
    return sorted(made, key=lambda one: (-one.chance, -one.rate.mean, one.sku))


def _count(known: History, last: int) -> dict[str, _Counts]:
    parts = completeness(development_of(known), last)
    back: defaultdict[tuple[str, int], int] = defaultdict(int)
    for came in known.backs:
        back[came.sku, came.period] += came.lines
    half_life, recent = HALF_LIFE[known.by], RECENT[known.by]
    counts: defaultdict[str, _Counts] = defaultdict(_Counts)
    ages: dict[int, tuple[bool, float, float]] = {}
    for sku, period, lines in known.sales:
        if period not in ages:
            age = last - period
            part = assumed_part(parts, period, last)
            ages[period] = age < recent, part, 0.5 ** (age / half_life)
        is_recent, part, weight = ages[period]
        returned = back.get((sku, period), 0)
        if returned > lines:
            returned = lines
        one = counts[sku]
        one.sold[is_recent] += lines
        one.back[is_recent] += returned
        one.matured[is_recent] += returned + part * (lines - returned)
        one.returned += weight * returned
        one.kept += weight * part * (lines - returned)
    return counts


def _forecast(sku: str, one: _Counts, prior: Beta, trend: str) -> Forecast:
    rate = prior.after(one.returned, one.returned + one.kept)
    return Forecast(
        sku,
        sum(one.sold),
        sum(one.back),
        (one.back[True], one.sold[True]),
        (one.back[False], one.sold[False]),
        rate,
        prior.mean,
        rate.above(prior.mean),
        trend,
    )


def _trends(counts: Sequence[_Counts]) -> list[str]:
    """Whether each product's rate changed lately, beyond what chance does to so many products."""
    chances = [_change(one) for one in counts]
    corrected = false_discovery([min(1.0, 2 * min(pair)) for pair in chances])
    return [
        "steady" if chance >= _DOUBT else "rising" if rise < fall else "falling"
        for chance, (rise, fall) in zip(corrected, chances, strict=True)
    ]


def _change(one: _Counts) -> tuple[float, float]:
    """How likely chance makes a rate at least so much higher lately, and so much lower."""
    before, now = ((back, round(of)) for back, of in zip(one.back, one.matured, strict=True))
    fall = (now[1] - now[0], now[1], before[1] - before[0], before[1])
    return rose(*now, *before), rose(*fall)
