"""Which products will come back, from what is known of them: counts, time, and their category.

A sale is an order line; it came back when any unit of it did. Units of a line come back together,
and a wholesale order of a thousand units says no more of a product than one of ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from returns_cli.insight.beta import Beta, fit_beta
from returns_cli.insight.cohorts import Development, completeness, known_part
from returns_cli.insight.periods import Cut
from returns_cli.insight.statistics import rose

# What happened so long ago counts half as much as what happened just now.
HALF_LIFE: Mapping[Cut, int] = {"month": 12, "week": 52}
RECENT: Mapping[Cut, int] = {"month": 3, "week": 12}  # periods that a trend is told from
_DOUBT = 0.05


class Sales(NamedTuple):
    """Lines of a product that were delivered, of orders of one period (its number)."""

    sku: str
    period: int
    lines: int


class Backs(NamedTuple):
    """Lines of a product that came back, by when they were ordered and asked for, and why."""

    sku: str
    period: int
    asked: int
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
            backs=[one for one in self.backs if one.period <= last and one.asked <= last],
        )


def development_of(history: History) -> Development:
    """Lines that came back of all products, by when they were ordered and asked for."""
    development: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in history.backs:
        development[one.period, one.asked] += one.lines
    return development


class Forecast(NamedTuple):
    """What one expects of a product.

    Attributes:
        sku: whose.
        sold, back: its lines so far, and those of them that came back.
        rate: a beta distribution of the rate at which its next lines will come back.
        category_rate: what its category's products come back at.
        chance: that its rate is above that.
        trend: ``rising`` or ``falling`` beyond doubt, else ``steady``.
    """

    sku: str
    sold: int
    back: int
    rate: Beta
    category_rate: float
    chance: float
    trend: str


class _Counts:
    """Sales of a product: as counted, as they weigh now, and as a trend compares them."""

    __slots__ = ("back", "kept", "matured", "recent", "returned", "sold")

    def __init__(self) -> None:
        self.sold = self.back = self.recent = 0
        self.returned = self.kept = 0.0
        self.matured = [0.0, 0.0]  # lines that had time to come back: before, recently


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
    of_all = fit_beta(_samples(counts.values()))
    by_category: defaultdict[str, list[_Counts]] = defaultdict(list)
    for sku, one in counts.items():
        by_category[known.names[sku][1]].append(one)
    priors = {
        name: fit_beta(_samples(ones)) or of_all or Beta(0.5, 0.5)
        for name, ones in by_category.items()
    }
    made = [_forecast(sku, one, priors[known.names[sku][1]]) for sku, one in sorted(counts.items())]
    return sorted(made, key=lambda one: (-one.chance, -one.rate.mean, one.sku))


def _samples(counts: Iterable[_Counts]) -> list[tuple[float, float]]:
    return [(one.returned, one.returned + one.kept) for one in counts]


def _count(known: History, last: int) -> dict[str, _Counts]:
    parts = completeness(development_of(known), last)
    back: defaultdict[tuple[str, int], int] = defaultdict(int)
    for came in known.backs:
        back[came.sku, came.period] += came.lines
    half_life, recent = HALF_LIFE[known.by], RECENT[known.by]
    counts: defaultdict[str, _Counts] = defaultdict(_Counts)
    for sku, period, lines in known.sales:
        age = last - period
        returned = min(back[sku, period], lines)
        part = known_part(parts, period, last) or 1.0
        weight = 0.5 ** (age / half_life)
        one = counts[sku]
        one.sold += lines
        one.back += returned
        one.returned += weight * returned
        one.kept += weight * part * (lines - returned)
        one.matured[age < recent] += returned + part * (lines - returned)
        one.recent += returned if age < recent else 0
    return counts


def _forecast(sku: str, one: _Counts, prior: Beta) -> Forecast:
    rate = prior.after(one.returned, one.returned + one.kept)
    return Forecast(sku, one.sold, one.back, rate, prior.mean, rate.above(prior.mean), _trend(one))


def _trend(one: _Counts) -> str:
    now = (one.recent, max(one.recent, round(one.matured[1])))
    before = (one.back - one.recent, max(one.back - one.recent, round(one.matured[0])))
    if not now[1] or not before[1]:
        return "steady"
    if rose(*now, *before) < _DOUBT:
        return "rising"
    kept = now[1] - now[0], now[1], before[1] - before[0], before[1]
    return "falling" if rose(*kept) < _DOUBT else "steady"
