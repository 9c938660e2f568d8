"""The reports ``products`` and ``categories``: what comes back, of what was delivered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.insight.cohorts import (
    Cohort,
    completeness,
    is_unfinished,
    known_part,
)
from returns_cli.insight.figures import period as period_text
from returns_cli.insight.goods import LEAST_SAMPLE, Estimate, Goods, GoodsFacts, Worth, estimates
from returns_cli.insight.periods import number, period_of
from returns_cli.insight.report import (
    MOST_DRAWN,
    REASON_NARROWS,
    Cell,
    Chart,
    Column,
    Money,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.statistics import effective_sample, wilson
from returns_cli.insight.timeline import timeline
from returns_cli.insight.words import by_value, called, counted, money, out_of, percent

_MOST_NAMED = 3


class _Words(NamedTuple):
    """What differs between the two reports.

    Attributes:
        naming: the columns that name a row.
        against: what each rate is held against, for sentences; ``rate_label``: for headings.
        each, none: what is held against it, as the object and the subject of a sentence.
    """

    name: str
    title: str
    naming: tuple[Column, ...]
    against: str
    rate_label: str
    each: str
    none: str


_PRODUCTS = _Words(
    "products",
    "Products that come back",
    (
        Column("sku", "SKU", "text"),
        Column("title", "Product", "text"),
        Column("category", "Category", "text", lesser=True),
    ),
    "its category",
    "Category's",
    "any product",
    "No product",
)
_CATEGORIES = _Words(
    "categories",
    "Categories that come back",
    (Column("category", "Category", "text"),),
    "the shop",
    "Shop's",
    "any category",
    "No category",
)
_COHORTS = (
    Column("period", "Ordered in", "period"),
    Column("delivered", "Delivered", "count"),
    Column("returned", "Back", "count"),
    Column("rate", "Rate so far", "share"),
    Column("interval", "95%", "interval", lesser=True),
    Column("known", "Known", "rate"),
    Column("expected_rate", "To expect", "rate"),
)
_NOTES = (
    """Delivered is what was shipped and not returned to sender. A unit came back when it was \
received; it counts in the period of its order, whenever it arrived.""",
    """The interval holds the true rate 19 times of 20 (Wilson). Units of one order line come back \
together, so samples count lines by their size, not units: one huge order makes no rate.""",
    f"""The estimate draws each rate towards that of {{against}}, the more so the fewer sales \
there are. Above and below are said where the interval leaves that rate out; a sample worth fewer \
than {LEAST_SAMPLE} single sales is small.""",
    """Values are what was paid for the goods after discounts, without shipping. Currencies are \
never added.""",
)


def products_report(scope: Scope, period: Period, facts: GoodsFacts) -> Report:
    """Which products come back, and how sure that is."""
    return _goods_report(_PRODUCTS, scope, period, facts)


def categories_report(scope: Scope, period: Period, facts: GoodsFacts) -> Report:
    """Which categories come back, each held against the shop."""
    return _goods_report(_CATEGORIES, scope, period, facts)


def _goods_report(words: _Words, scope: Scope, period: Period, facts: GoodsFacts) -> Report:
    found = estimates(facts.sold)
    cohorts, growing = _cohort_table(facts, period)
    # Products are known by their titles; categories have none.
    is_titled = all(one.sold.title for one in found[:MOST_DRAWN])
    key = "title" if found and is_titled else words.naming[0].name
    return Report(
        words.name,
        words.title,
        period,
        scope.filters,
        (_rates(words, found), _by_value(words, found, facts.worth), cohorts),
        (
            Chart("intervals", words.name, "Return rates", key, ("rate",), "interval"),
            Chart("columns", cohorts.name, "Return rate by order date", "period", ("rate",)),
        ),
        (
            *_findings_on_all(facts.sold, facts.worth),
            *_findings_on_worst(words, found, facts.worth),
            *_findings_on_cohorts(growing),
        ),
        (
            *(note.format(against=words.against) for note in _NOTES),
            *((REASON_NARROWS,) if scope.reason else ()),
        ),
    )


def _rates(words: _Words, found: Sequence[Estimate]) -> Table:
    columns = (
        *words.naming,
        Column("delivered", "Delivered", "count", lesser=True),
        Column("returned", "Back", "count"),
        Column("rate", "Rate", "share"),
        Column("interval", "95%", "interval", lesser=True),
        Column("estimate", "Estimate", "rate"),
        Column("expected", words.rate_label, "rate", lesser=True),
        Column("stands", "Stands", "word"),
    )
    rows = tuple(
        (
            *_named(words, one.sold),
            one.sold.units,
            one.sold.returned,
            Share(one.sold.returned, one.sold.units),
            one.interval,
            one.shrunk,
            one.expected,
            one.stands,
        )
        for one in found
    )
    return Table(words.name, f"{words.title}: by units", columns, rows)


def _named(words: _Words, sold: Goods) -> tuple[Cell, ...]:
    return (sold.name, sold.title, sold.category)[: len(words.naming)]


def _by_value(words: _Words, found: Sequence[Estimate], worth: Sequence[Worth]) -> Table:
    """By value, one currency below the other; goods of which nothing came back are left out."""
    columns = (
        *words.naming,
        Column("sold", "Sold for", "money", lesser=True),
        Column("returned", "Back", "money"),
        Column("rate", "Rate", "share"),
    )
    known = {one.sold.name: one.sold for one in found}
    ordered = sorted(worth, key=lambda one: (one.currency, -one.returned_minor, one.name))
    rows = tuple(
        (
            *_named(words, known[one.name]),
            Money(one.currency, one.sold_minor),
            Money(one.currency, one.returned_minor),
            Share(one.returned_minor, one.sold_minor),
        )
        for one in ordered
        if one.name in known and one.returned_minor
    )
    note = "Goods of which nothing came back are left out."
    return Table(f"{words.name}_by_value", f"{words.title}: by value", columns, rows, note)


def _cohort_table(facts: GoodsFacts, period: Period) -> tuple[Table, list[str]]:
    """Rates by the period of the order; and the periods whose rates will still grow."""
    over = number(period_of(date.fromisoformat(period.as_of[:10]), period.by)) - 1
    parts = completeness(facts.development, over)
    rows: list[tuple[Cell, ...]] = []
    growing = []
    for one in facts.cohorts:
        at = number(one.period)
        part = known_part(parts, at, over)
        if is_unfinished(part, at, over):
            growing.append(one.period)
        rows.append(_cohort_row(one, part))
    cut = timeline(period, ()).partial & {one.period for one in facts.cohorts}
    table = Table(
        "cohorts",
        "By the order's date",
        _COHORTS,
        tuple(rows),
        "What will still come back of young orders is reckoned from how long earlier ones took."
        if parts
        else "There is too little history to say what will still come back of young orders.",
        cut | frozenset(growing),
    )
    return table, growing


def _cohort_row(one: Cohort, part: float | None) -> tuple[Cell, ...]:
    sample = effective_sample(one.units, one.squares)
    rate = min(1.0, one.returned / one.units) if one.units else 0.0
    return (
        one.period,
        one.units,
        one.returned,
        Share(one.returned, one.units),
        wilson(rate * sample, sample),
        part,
        min(1.0, rate / part) if part and one.units else None,
    )


def _findings_on_all(sold: Sequence[Goods], worth: Sequence[Worth]) -> tuple[str, ...]:
    units, back = sum(one.units for one in sold), sum(one.returned for one in sold)
    if not units:
        return ("Nothing was delivered in these days.",)
    values: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in worth:
        values[one.currency][0] += one.returned_minor
        values[one.currency][1] += one.sold_minor
    told = out_of(Share(back, units), "delivered unit")
    return (f"{told} came back{by_value(values)}.",)


def _findings_on_worst(
    words: _Words, found: Sequence[Estimate], worth: Sequence[Worth]
) -> tuple[str, ...]:
    above = [one for one in found if one.stands == "above"]
    if found and not above:
        return (_nothing_above(words, found),)
    values: dict[str, list[str]] = {}
    told_of = {one.sold.name for one in above[:_MOST_NAMED]}
    for one in sorted(worth, key=lambda one: one.currency):
        if one.returned_minor and one.name in told_of:
            values.setdefault(one.name, []).append(money(Money(one.currency, one.returned_minor)))
    told = [_of_one(one, words.against, values) for one in above[:_MOST_NAMED]]
    if len(above) > _MOST_NAMED:
        told.append(f"{len(above) - _MOST_NAMED} more come back beyond doubt above that rate.")
    return tuple(told)


def _nothing_above(words: _Words, found: Sequence[Estimate]) -> str:
    if all(one.stands == "small" for one in found):
        return f"Too few sales to hold {words.each} against {words.against}."
    return f"{words.none} comes back beyond doubt above the rate of {words.against}."


def _of_one(one: Estimate, against: str, values: Mapping[str, Sequence[str]]) -> str:
    between = (
        f" ({percent(one.interval.low)} to {percent(one.interval.high)})" if one.interval else ""
    )
    value = ", worth " + " and ".join(values[one.sold.name]) if one.sold.name in values else ""
    name = called(one.sold.name, one.sold.title) if one.sold.name else "No category"
    its = against if one.sold.category or not one.sold.title else "others without a category"
    return (
        f"{name} comes back at {percent(one.sold.rate)}{between}, "
        f"{its} at {percent(one.expected)}: {one.sold.returned} of "
        f"{counted(one.sold.units, 'unit')}{value}."
    )


def _findings_on_cohorts(growing: Sequence[str]) -> tuple[str, ...]:
    if not growing:
        return ()
    first, last = period_text(growing[0]), period_text(growing[-1])
    which = first if first == last else f"{first} to {last}"
    return (f"Orders of {which} are young: more of them will come back.",)
