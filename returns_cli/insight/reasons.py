"""The report ``reasons``: why goods come back, what is new in it, and what rises."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.reported import Scope, numbered_day
from returns_cli.domain.reported_reasons import Comment, ProductReason, ReasonPeriod
from returns_cli.insight.periods import first_day, named
from returns_cli.insight.report import (
    Cell,
    Chart,
    Column,
    Interval,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.sizes import Fit, fits_of_products, fits_of_variants, product_of
from returns_cli.insight.statistics import control_limits
from returns_cli.insight.timeline import timeline
from returns_cli.insight.words import out_of, percent, quoted, spoken

UNKNOWN = frozenset({"other", "no_reason"})
"""Reasons that say nothing of what could be done better."""

LEAST_BEFORE = 20  # lines asked back earlier; with fewer there is no telling what is usual
_LEAST_LATEST = 3  # lines of one product for one reason; fewer are no pattern
_MOST_NAMED = 3
_LONGEST_COMMENT = 160
_MAIL = r"[^\s@<>]+@[^\s@<>]+"
_LONG_NUMBER = r"\d(?:[\s./()-]{0,2}\d){4,}"


class ReasonFacts(NamedTuple):
    """What the report is made of.

    Attributes:
        periods: by reason and period, ever.
        products: by product and reason.
        comments: a few for each reason.
        latest: the number of the last period that is over.
    """

    periods: Sequence[ReasonPeriod]
    products: Sequence[ProductReason]
    comments: Sequence[Comment]
    latest: int


_REASONS = (
    Column("reason", "Reason", "word"),
    Column("units", "Units", "count"),
    Column("share", "Of all", "share"),
    Column("first_on", "First seen", "day", lesser=True),
    Column("latest", "Latest", "share", lesser=True),
    Column("usual", "Usual range", "interval", lesser=True),
    Column("trend", "Trend", "word"),
)
_PRODUCTS = (
    Column("sku", "SKU", "text"),
    Column("title", "Product", "text"),
    Column("reason", "Reason", "word"),
    Column("units", "Units", "count"),
    Column("share", "Of its own", "share", lesser=True),
    Column("first_on", "First seen", "day", lesser=True),
    Column("trend", "Trend", "word"),
)
_SIZES = (
    Column("kind", "What", "word", lesser=True),
    Column("name", "Product or SKU", "text"),
    Column("title", "Variant", "text", lesser=True),
    Column("too_small", "Too small", "count"),
    Column("too_large", "Too large", "count"),
    Column("runs", "Runs", "word"),
    Column("chance", "By chance", "rate", lesser=True),
)
_PERIODS = (
    Column("period", "Asked for in", "period"),
    Column("reason", "Reason", "word"),
    Column("lines", "Lines", "count"),
    Column("share", "Of all", "share"),
)
_COMMENTS = (
    Column("reason", "Reason", "word"),
    Column("sku", "SKU", "text"),
    Column("comment", "Comment", "text"),
)
_NOTES = (
    """A request counts on the day it was asked for, with the units it asks for, whatever became \
of it.""",
    f"""A trend compares the share of a reason in the last whole period with its usual range: what \
chance makes of the share before that, but for one period in 370 (an exact p-chart). It takes \
{LEAST_BEFORE} lines before to know what is usual.""",
    """Sizes: even odds of too small and too large would be as lopsided with the chance that is \
shown, corrected for how many were looked at; below 5% the product runs small or large. A \
product's variants are what stands behind " - " in its titles.""",
    """Comments are a random sample that stays the same; mail addresses and long numbers are left \
out.""",
)


class Trend(NamedTuple):
    """A share now, beside what it usually is.

    Attributes:
        latest: of the last whole period.
        usual: the limits of control, from the time before; none where too little is known.
        word: ``rising``, ``falling``, ``steady``, ``new``, or empty where nothing can be said.
    """

    latest: Share
    usual: Interval | None
    word: str


def trend_of(now: Share, before: Share) -> Trend:
    """A share of the last whole period, held against that of all time before."""
    if before.whole < LEAST_BEFORE or not now.whole:
        return Trend(now, None, "")
    usual = control_limits(before.part / before.whole, now.whole)
    rate = now.part / now.whole
    if rate > usual.high:
        return Trend(now, usual, "rising" if before.part else "new")
    return Trend(now, usual, "falling" if rate < usual.low else "steady")


def reasons_report(scope: Scope, period: Period, facts: ReasonFacts) -> Report:
    """Why goods come back: by reason, product, size and time, and in customers' words."""
    trends = _trends(facts)
    units = _units_of(facts.products)
    products = _product_rows(facts)
    fits = (fits_of_products(facts.products), fits_of_variants(facts.products))
    return Report(
        "reasons",
        "Why goods come back",
        period,
        scope.filters,
        (
            Table("reasons", "Reasons", _REASONS, _reason_rows(facts, units, trends)),
            Table("products", "Reasons by product", _PRODUCTS, products),
            Table("sizes", "Sizes", _SIZES, _size_rows(*fits)),
            _period_table(period, facts),
            Table("comments", "Comments", _COMMENTS, _comment_rows(facts.comments)),
        ),
        (Chart("bars", "reasons", "Units by reason", "reason", ("units",)),),
        (
            *_findings_on_reasons(units),
            *_findings_on_sizes(*fits),
            *_findings_on_trends(trends, products),
        ),
        _NOTES,
    )


def _trends(facts: ReasonFacts) -> dict[str, Trend]:
    now: defaultdict[str, int] = defaultdict(int)
    before: defaultdict[str, int] = defaultdict(int)
    for one in facts.periods:
        if one.period == facts.latest:
            now[one.reason] += one.lines
        elif one.period < facts.latest:
            before[one.reason] += one.lines
    of_now, of_before = sum(now.values()), sum(before.values())
    return {
        reason: trend_of(Share(now[reason], of_now), Share(before[reason], of_before))
        for reason in {*now, *before}
    }


def _units_of(products: Sequence[ProductReason]) -> list[tuple[str, int]]:
    """Units asked back in the report's days for each reason, the most first."""
    units: defaultdict[str, int] = defaultdict(int)
    for one in products:
        units[one.reason] += one.units
    return sorted(
        ((reason, count) for reason, count in units.items() if count),
        key=lambda one: (-one[1], one[0]),
    )


def _reason_rows(
    facts: ReasonFacts, units: Sequence[tuple[str, int]], trends: Mapping[str, Trend]
) -> tuple[tuple[Cell, ...], ...]:
    first: dict[str, int] = {}
    for one in facts.products:
        first[one.reason] = min(one.first_day, first.get(one.reason, one.first_day))
    total = sum(count for _, count in units)
    return tuple(
        (
            reason,
            count,
            Share(count, total),
            numbered_day(first[reason]).isoformat(),
            *_trend_cells(trends.get(reason)),
        )
        for reason, count in units
    )


def _trend_cells(trend: Trend | None) -> tuple[Cell, ...]:
    return (trend.latest, trend.usual, trend.word or None) if trend else (None, None, None)


def _product_rows(facts: ReasonFacts) -> tuple[tuple[Cell, ...], ...]:
    """By product and reason, most units first; trends of the product's own returns."""
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in facts.products:
        for at, count in enumerate((one.units, one.lines_latest, one.lines_before)):
            totals[one.sku][at] += count
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(facts.products, key=lambda one: (-one.units, one.sku, one.reason)):
        units, latest, before = totals[one.sku]
        if one.units:
            word = ""
            if one.lines_latest >= _LEAST_LATEST:
                now, earlier = Share(one.lines_latest, latest), Share(one.lines_before, before)
                word = trend_of(now, earlier).word
            first_on = numbered_day(one.first_day).isoformat()
            share = Share(one.units, units)
            rows.append((one.sku, one.title, one.reason, one.units, share, first_on, word or None))
    return tuple(rows)


def _size_rows(products: Sequence[Fit], variants: Sequence[Fit]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (kind, one.name, one.title, one.too_small, one.too_large, one.runs, one.chance)
        for kind, fits in (("product", products), ("variant", variants))
        for one in fits
    )


def _period_table(period: Period, facts: ReasonFacts) -> Table:
    """Every reason in every period, of the report's days alone."""
    totals: defaultdict[int, int] = defaultdict(int)
    for one in facts.periods:
        totals[one.period] += one.lines_meant
    shown = [
        (named(one.period, period.by), one)
        for one in sorted(facts.periods, key=_by_time)
        if one.lines_meant
    ]
    rows = tuple(
        (name, one.reason, one.lines_meant, Share(one.lines_meant, totals[one.period]))
        for name, one in shown
    )
    partial = timeline(period, [first_day(name) for name, _ in shown[:1]]).partial
    return Table("periods", "Reasons over time", _PERIODS, rows, partial=partial)


def _by_time(one: ReasonPeriod) -> tuple[int, int, str]:
    return one.period, -one.lines_meant, one.reason


def _comment_rows(comments: Sequence[Comment]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((one.reason, one.sku, quotable(one.text)) for one in comments)


def quotable(text: str) -> str:
    """A comment on one line, short, and without mail addresses and long numbers.

    >>> quotable("Too tight,  mail zoe@example.com or call 0171 234567!")
    'Too tight, mail … or call …!'
    """
    line = " ".join(text.split())
    line = re.sub(_LONG_NUMBER, "…", re.sub(_MAIL, "…", line))
    return line if len(line) <= _LONGEST_COMMENT else f"{line[: _LONGEST_COMMENT - 1].rstrip()}…"


def _findings_on_reasons(units: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    if not units:
        return ("Nothing was asked to come back in these days.",)
    (reason, most), total = units[0], sum(count for _, count in units)
    share = out_of(Share(most, total), "requested unit")
    told = [f"The most frequent reason is {quoted(reason)}: {share}."]
    unknown = Share(sum(count for code, count in units if code in UNKNOWN), total)
    if unknown.part:
        told.append(f"Nobody knows why for {out_of(unknown, 'unit')}: another reason, or none.")
    return tuple(told)


def _findings_on_sizes(products: Sequence[Fit], variants: Sequence[Fit]) -> tuple[str, ...]:
    """Of a product that runs small its variants are not told one by one."""
    odd = [one for one in products if one.runs in ("small", "large")]
    names = {one.name for one in odd}
    odd += [
        one
        for one in variants
        if one.runs in ("small", "large") and product_of(one.title) not in names
    ]
    told = [
        f"{one.name} runs {one.runs}: {one.too_small} too small, {one.too_large} too large."
        for one in odd[:_MOST_NAMED]
    ]
    if len(odd) > _MOST_NAMED:
        told.append(f"{len(odd) - _MOST_NAMED} more run small or large.")
    return tuple(told)


def _findings_on_trends(
    trends: Mapping[str, Trend], products: Sequence[tuple[Cell, ...]]
) -> tuple[str, ...]:
    told = [
        f"{quoted(reason)} {'is new' if trend.word == 'new' else 'rises'}: "
        f"{out_of(trend.latest, 'line')} lately, usually up to {percent(trend.usual.high)}."
        for reason, trend in sorted(trends.items())
        if trend.usual and trend.word in ("rising", "new")
    ]
    rising = [
        f"{row[0]} ({spoken(str(row[2]))})" for row in products if row[-1] in ("rising", "new")
    ]
    if rising:
        more = len(rising) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        told.append(f"Rising within a product: {', '.join(rising[:_MOST_NAMED])}{others}.")
    return tuple(told)
