"""Where goods went, what can be sold again, and from which value on a parcel back pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.money import round_half_away
from returns_cli.domain.reported import Graded, ReturnFees, Scope, numbered_day
from returns_cli.insight.periods import period_of
from returns_cli.insight.report import Cell, Chart, Column, Money, Period, Report, Share, Table
from returns_cli.insight.timeline import Sums, timeline
from returns_cli.insight.words import counted, money, out_of, percent

WRITTEN_OFF = frozenset({"scrap", "recycle", "donate"})
"""Dispositions after which the shop has nothing: neither sold again nor given back to anybody."""

_COUNTED = (
    "Units count on the day they were inspected, at what was paid for them; where all units of a "
    "line were put away, where they were put."
)
_RECOVERED = "Recovered at most: as if every unit that is sold again brought its old price."
_LEAST_UNITS = 10  # of a category, below which nothing is advised


def is_written_off(disposition: str) -> bool:
    """Whether the goods are gone for the shop."""
    return disposition in WRITTEN_OFF


class ShipCost(NamedTuple):
    """What bringing one unit back costs, and how that is known: ``told`` or from ``fees``."""

    amount_minor: int
    source: str


def ship_costs(told: Mapping[str, int], fees: Sequence[ReturnFees]) -> dict[str, ShipCost]:
    """What a parcel back costs by currency: as told, else what customers were charged for one.

    Args:
        told: minor units by currency.
        fees: for return shipping, of confirmed refunds.
    """
    costs = {
        one.currency: ShipCost(round_half_away(one.amount_minor, one.returns), "fees")
        for one in fees
        if one.returns
    }
    costs.update({currency: ShipCost(minor, "told") for currency, minor in told.items()})
    return costs


def dispositions_report(
    scope: Scope, period: Period, graded: Sequence[Graded], costs: Mapping[str, ShipCost]
) -> Report:
    """Put the report together.

    Args:
        scope: what was asked for; its shop says which goods can be sold again.
        period: its days, as the report states them.
        graded: inspected units.
        costs: of bringing one unit back, by currency.
    """
    sellable = _sellable(scope)
    keep, advice = _keep_table(graded, costs, sellable)
    return Report(
        "dispositions",
        "What becomes of goods that came back",
        period,
        scope.filters,
        (
            _disposition_table(graded, sellable),
            _worth_table(graded, sellable),
            *_grade_tables(graded, sellable),
            *_period_tables(period, graded, sellable),
            keep,
        ),
        (
            Chart("bars", "dispositions", "Where goods went", "disposition", ("units",)),
            Chart("columns", "periods", "Sold again, by units", "period", ("again",)),
        ),
        (*_findings(graded, sellable), *advice),
        (
            _COUNTED,
            *_cost_notes(costs),
        ),
    )


def _sellable(scope: Scope) -> frozenset[str]:
    known = scope.shop.tables.dispositions if scope.shop else {}
    return frozenset(code for code, one in known.items() if one.is_sellable)


def _disposition_table(graded: Sequence[Graded], sellable: frozenset[str]) -> Table:
    totals = Sums()
    for one in graded:
        totals.add((one.disposition,), one.units)
    all_units = sum(one.units for one in graded)
    rows: list[tuple[Cell, ...]] = []
    for (disposition,) in sorted(totals, key=lambda key: (-totals.of(key, 1)[0], key)):
        (units,) = totals.of((disposition,), 1)
        word = "yes" if disposition in sellable else "no"
        rows.append((disposition, word, units, Share(units, all_units)))
    return Table(
        "dispositions",
        "Where goods went",
        (
            Column("disposition", "Disposition", "word"),
            Column("sellable", "Sold again", "word"),
            Column("units", "Units", "count"),
            Column("share", "Share", "share"),
        ),
        tuple(rows),
        "Sold again: shop.yaml says that it makes stock.",
    )


def _worth_table(graded: Sequence[Graded], sellable: frozenset[str]) -> Table:
    return Table(
        "dispositions_by_value",
        "The same by what was paid for the goods",
        (Column("disposition", "Disposition", "word"), *_WORTH),
        _worth(graded, sellable, lambda one: one.disposition),
        _RECOVERED,
    )


_WORTH = (
    Column("value", "Paid for", "money"),
    Column("recovered", "Recovered at most", "money"),
    Column("rate", "Of its value", "share"),
)
_AGAIN = (Column("units", "Units", "count"), Column("again", "Sold again", "share"))


def _worth(
    graded: Sequence[Graded], sellable: frozenset[str], key: Callable[[Graded], str]
) -> tuple[tuple[Cell, ...], ...]:
    """What was paid and what is recovered by a key, one currency below the other."""
    totals = Sums()
    for one in graded:
        again = one.value_minor * (one.disposition in sellable)
        totals.add((one.currency, key(one)), one.value_minor, again)
    rows: list[tuple[Cell, ...]] = []
    for currency, name in totals:
        value, again = totals.of((currency, name), 2)
        rows.append((name, Money(currency, value), Money(currency, again), Share(again, value)))
    return tuple(rows)


def _again(
    graded: Sequence[Graded], sellable: frozenset[str], key: Callable[[Graded], str]
) -> tuple[tuple[Cell, ...], ...]:
    """Units by a key, and those that are sold again."""
    totals = Sums()
    for one in graded:
        totals.add((key(one),), one.units, one.units * (one.disposition in sellable))
    rows: list[tuple[Cell, ...]] = []
    for (name,) in totals:
        units, again = totals.of((name,), 2)
        rows.append((name, units, Share(again, units)))
    return tuple(rows)


def _grade_tables(graded: Sequence[Graded], sellable: frozenset[str]) -> tuple[Table, Table]:
    def grade(one: Graded) -> str:
        return one.grade

    first = Column("grade", "Grade", "word")
    return (
        Table(
            "grades",
            "What each grade recovers",
            (first, *_AGAIN),
            _again(graded, sellable, grade),
        ),
        Table(
            "grades_by_value",
            "The same by what was paid for the goods",
            (first, *_WORTH),
            _worth(graded, sellable, grade),
            _RECOVERED,
        ),
    )


def _period_tables(
    period: Period, graded: Sequence[Graded], sellable: frozenset[str]
) -> tuple[Table, Table]:
    def inspected_in(one: Graded) -> str:
        return period_of(numbered_day(one.day), period.by)

    first = Column("period", "Inspected in", "period")
    days = [numbered_day(one.day) for one in graded]
    partial = timeline(period, days).partial if graded else frozenset[str]()
    return (
        Table(
            "periods",
            "By the day of the inspection",
            (first, *_AGAIN),
            _again(graded, sellable, inspected_in),
            partial=partial,
        ),
        Table(
            "periods_by_value",
            "The same by what was paid for the goods",
            (first, *_WORTH),
            tuple(sorted(_worth(graded, sellable, inspected_in), key=lambda row: str(row[0]))),
            _RECOVERED,
            partial,
        ),
    )


def _keep_table(
    graded: Sequence[Graded], costs: Mapping[str, ShipCost], sellable: frozenset[str]
) -> tuple[Table, list[str]]:
    totals = Sums()
    for one in graded:
        again = one.value_minor * (one.disposition in sellable)
        totals.add((one.category, one.currency), one.units, one.value_minor, again)
    rows: list[tuple[Cell, ...]] = []
    advice = []
    for category, currency in totals:
        units, value, again = totals.of((category, currency), 3)
        cost = costs.get(currency)
        limit = _break_even(value, again, cost)
        mean = round_half_away(value, units) if units else 0
        verdict = _verdict(units, mean, limit, is_known=cost is not None)
        shown = Share(again, value), None if limit is None else Money(currency, limit)
        rows.append((category, units, Money(currency, mean), *shown, verdict))
        if verdict == "keep":
            advice.append(_advice(category or "no category", units, Share(again, value), rows[-1]))
    return _keep_columns(rows), advice


def _advice(category: str, units: int, share: Share, row: tuple[Cell, ...]) -> str:
    limit = row[-2]
    if isinstance(limit, Money):
        told = (
            f"what is worth less than {money(limit)} in {category} costs more to bring back than "
            f"it recovers ({percent(share.rate)} of its value in {counted(units, 'unit')})"
        )
    else:
        told = f"nothing of {counted(units, 'unit')} in {category} could be sold again"
    return f"Advice: {told}; a rule with keep_item would let customers keep it."


def _break_even(value: int, again: int, cost: ShipCost | None) -> int | None:
    """From which value on a unit recovers what bringing it back costs, rounded up."""
    return None if cost is None or again <= 0 else -(-cost.amount_minor * value // again)


def _verdict(units: int, mean: int, limit: int | None, *, is_known: bool) -> str | None:
    if not is_known or units < _LEAST_UNITS:
        return None
    return "keep" if limit is None or mean < limit else "ship"


def _keep_columns(rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        "keep_or_ship",
        "Keep or ship: from which value on a parcel back pays",
        (
            Column("category", "Category", "text"),
            Column("units", "Units", "count"),
            Column("mean", "Mean value", "money"),
            Column("recovers", "Recovers", "share"),
            Column("break_even", "Pays from", "money"),
            Column("usual", "Usual unit", "word"),
        ),
        tuple(rows),
        "Recovers: the share of the value that can be sold again. Pays from: cost of bringing a "
        f"unit back, divided by it. Nothing is advised below {_LEAST_UNITS} units, and nothing is "
        "applied by itself: policies are yours.",
    )


def _findings(graded: Sequence[Graded], sellable: frozenset[str]) -> list[str]:
    units = sum(one.units for one in graded)
    if not units:
        return ["Nothing was inspected in these days."]
    again = sum(one.units for one in graded if one.disposition in sellable)
    found = [f"{out_of(Share(again, units), 'inspected unit')} can be sold again."]
    lost = sum(one.units for one in graded if is_written_off(one.disposition))
    if lost:
        verb = "was" if lost == 1 else "were"
        found.append(f"{counted(lost, 'unit')} {verb} scrapped, recycled or donated.")
    return found


def _cost_notes(costs: Mapping[str, ShipCost]) -> list[str]:
    notes = []
    for currency, cost in sorted(costs.items()):
        shown = money(Money(currency, cost.amount_minor))
        if cost.source == "told":
            notes.append(f"Bringing a unit back is taken to cost {shown}, as --ship-cost says.")
        else:
            notes.append(
                f"Bringing a unit back is taken to cost {shown}, the return shipping that "
                "customers were charged on average; --ship-cost says what label and handling cost."
            )
    if not costs:
        notes.append(
            "What bringing a unit back costs is not known: --ship-cost says it, label and handling."
        )
    return notes
