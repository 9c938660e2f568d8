"""How good the forecasts would have been: made from what was known then, held against what came.

Beside them stand two that need no statistics: each product's rate of the last period, as a merchant
reads it off a spreadsheet, and its category's rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

from returns_cli.insight.cohorts import assumed_part, completeness
from returns_cli.insight.forecast import Forecast, History, development_of, forecasts

FIRST_AFTER = 3  # periods of history before the first forecast
TOP = 20
BANDS = 5
# A forecast of never, or always, would be infinitely wrong once; all are held off by as much.
_LEAST, _MOST = 0.001, 0.999
# A period is judged once so much of its returns are likely to have come.
_LEAST_KNOWN = 0.5


class Score(NamedTuple):
    """How well one way to forecast did.

    Attributes:
        log_loss: the mean, over sold lines, of −ln of the probability that was given to what came.
        hits: products, of those it put first, that did come back above their category's rate.
        tried: how many it put first; fewer where fewer were sold.
    """

    log_loss: float
    hits: int
    tried: int


class Trial(NamedTuple):
    """One period that was forecast.

    Attributes:
        period: its number.
        known: the part of its returns that is likely to have come.
        lines: sold in it; ``back``: those that came back.
        products: sold in it; ``above``: those that came back above their category's rate.
        ours, naive, category: how the three ways did.
    """

    period: int
    known: float
    lines: int
    back: int
    products: int
    above: int
    ours: Score
    naive: Score
    category: Score


class Band(NamedTuple):
    """Lines for which about the same rate was forecast.

    Attributes:
        lines: how many; ``back``: those that came back.
        expected: how many should have.
    """

    lines: int
    back: int
    expected: float


class BackTest(NamedTuple):
    """All periods that were forecast, oldest first, and how the rates of all turned out."""

    trials: tuple[Trial, ...]
    bands: tuple[Band, ...]


class _Outcome(NamedTuple):
    """What came of a period, by product: lines sold, lines back, whether above its category."""

    sold: Mapping[str, int]
    back: Mapping[str, int]
    above: frozenset[str]


class _Way(NamedTuple):
    """A way to forecast: the rate of each product, and products, the likeliest to stand out first.

    Attributes:
        rates: by SKU.
        others: by category, for products that were not seen before; "" for any other category.
        ranked: SKUs.
    """

    rates: Mapping[str, float]
    others: Mapping[str, float]
    ranked: Sequence[str]

    def rate_of(self, sku: str, category: str) -> float:
        """What it forecasts for a product."""
        if sku in self.rates:
            return self.rates[sku]
        return self.others.get(category, self.others.get("", 0.0))


def back_test(history: History, last: int) -> BackTest:
    """Forecast each period from the one before, as far as the history goes.

    Rates are scaled by the part of the period's returns that is likely to have come by now, for
    all three ways alike. Periods of which less than half is known are not judged.

    Args:
        history: all that is known.
        last: the number of the last period that is over.
    """
    known = history.until(last)
    parts = completeness(development_of(known), last)
    trials: list[Trial] = []
    rated: list[_Rated] = []
    first = min((one.period for one in known.sales), default=last)
    for period in range(first + FIRST_AFTER, last + 1):
        part = assumed_part(parts, period, last)
        outcome = _outcome(known, period)
        if part >= _LEAST_KNOWN and outcome.sold:
            made = forecasts(known, period - 1)
            ways = (_ours(known, made), _naive(known, period - 1), _by_category(known, made))
            scores = [_score(known, way, outcome, part) for way in ways]
            trials.append(_trial(period, part, outcome, scores))
            rated.extend(_rates_given(known, ways[0], outcome, part))
    return BackTest(tuple(trials), _bands(rated))


def _outcome(known: History, period: int) -> _Outcome:
    sold = {one.sku: one.lines for one in known.sales if one.period == period}
    back: defaultdict[str, int] = defaultdict(int)
    for one in known.backs:
        if one.period == period and one.sku in sold:
            back[one.sku] = min(sold[one.sku], back[one.sku] + one.lines)
    of_category: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sku, lines in sold.items():
        counts = of_category[known.names[sku][1]]
        counts[0] += back[sku]
        counts[1] += lines
    above = set()
    for sku, lines in sold.items():
        came, of = of_category[known.names[sku][1]]
        if back[sku] * of > lines * came:
            above.add(sku)
    return _Outcome(sold, back, frozenset(above))


def _ours(known: History, made: Sequence[Forecast]) -> _Way:
    rates = {one.sku: one.rate.mean for one in made}
    return _Way(rates, _category_rates(known, made), [one.sku for one in made])


def _by_category(known: History, made: Sequence[Forecast]) -> _Way:
    rates = {one.sku: one.category_rate for one in made}
    ranked = sorted(rates, key=lambda sku: (-rates[sku], sku))
    return _Way(rates, _category_rates(known, made), ranked)


def _category_rates(known: History, made: Sequence[Forecast]) -> dict[str, float]:
    rates = {known.names[one.sku][1]: one.category_rate for one in made}
    sold = sum(one.sold for one in made)
    rates.setdefault("", sum(one.back for one in made) / sold if sold else 0.0)
    return rates


def _naive(known: History, last: int) -> _Way:
    """The last period's rate: lines that arrived in it, of lines ordered in it; else the shop's."""
    sold = {one.sku: one.lines for one in known.sales if one.period == last}
    back: defaultdict[str, int] = defaultdict(int)
    for one in known.backs:
        if one.arrived == last:
            back[one.sku] += one.lines
    rates = {sku: min(1.0, back[sku] / lines) for sku, lines in sold.items()}
    ranked = sorted(rates, key=lambda sku: (-rates[sku], -sold[sku], sku))
    shop = min(1.0, sum(back.values()) / sum(sold.values())) if sold else 0.0
    return _Way(rates, {"": shop}, ranked)


def _trial(period: int, part: float, outcome: _Outcome, scores: Sequence[Score]) -> Trial:
    return Trial(
        period,
        part,
        sum(outcome.sold.values()),
        sum(outcome.back.values()),
        len(outcome.sold),
        len(outcome.above),
        *scores,
    )


def _score(known: History, way: _Way, outcome: _Outcome, part: float) -> Score:
    loss = 0.0
    for sku, lines in outcome.sold.items():
        rate = min(_MOST, max(_LEAST, way.rate_of(sku, known.names[sku][1]) * part))
        back = outcome.back[sku]
        loss -= back * log(rate) + (lines - back) * log(1 - rate)
    first = [sku for sku in way.ranked if sku in outcome.sold][:TOP]
    hits = sum(sku in outcome.above for sku in first)
    return Score(loss / sum(outcome.sold.values()), hits, len(first))


class _Rated(NamedTuple):
    rate: float
    sku: str
    lines: int
    back: int


def _rates_given(known: History, way: _Way, outcome: _Outcome, part: float) -> list[_Rated]:
    return [
        _Rated(way.rate_of(sku, known.names[sku][1]) * part, sku, lines, outcome.back[sku])
        for sku, lines in sorted(outcome.sold.items())
    ]


def _bands(rated: Sequence[_Rated]) -> tuple[Band, ...]:
    """Lines in five bands of about as many each, by the rate that was forecast for them."""
    size = sum(one.lines for one in rated) / BANDS
    bands = [[0, 0, 0.0] for _ in range(BANDS)]
    passed = 0
    for one in sorted(rated):
        band = bands[min(BANDS - 1, int((passed + one.lines / 2) / size))]
        band[0] += one.lines
        band[1] += one.back
        band[2] += one.rate * one.lines
        passed += one.lines
    return tuple(Band(int(lines), int(back), expected) for lines, back, expected in bands if lines)
