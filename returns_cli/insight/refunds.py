"""Money: what was paid back and as what, what stayed, what was written off, and per return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.money import round_half_away
from returns_cli.domain.reported import (
    Exchanged,
    Graded,
    Handled,
    RefundPart,
    Refunds,
    Scope,
    numbered_day,
)
from returns_cli.insight.dispositions import is_written_off
from returns_cli.insight.periods import first_day, period_of
from returns_cli.insight.report import (
    COUNTED_WHOLE,
    Cell,
    Chart,
    Column,
    Money,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.timeline import Sums, timeline
from returns_cli.insight.words import counted, money, percent

_GOODS_COUNT = (
    "Exchanged and written off goods count on the day they arrived or were inspected, at what was "
    "paid for them."
)
_CREDIT = "store_credit"
_FEES = ("restocking_fee", "return_shipping", "transfer_fee")
_KEPT_BACK = ("condition_deduction", "promotion_clawback")
_GIVEN = ("original_shipping", "bonus_credit", "goodwill")
# In which sum of an account a part of a refund counts; fees and deductions are below zero in it.
_COUNTED_AS: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(_FEES, ("fees", -1)),
    **dict.fromkeys(_KEPT_BACK, ("deducted", -1)),
    "original_shipping": ("shipping", 1),
    **dict.fromkeys(_GIVEN[1:], ("given", 1)),
}
_KINDS = ("items", "tax", *_GIVEN[:1], *_FEES, *_KEPT_BACK, *_GIVEN[1:])


class RefundFacts(NamedTuple):
    """What the report on refunds is made from.

    Attributes:
        ship_costs: what bringing one unit back costs, in minor units by currency, where told.
    """

    refunds: Sequence[Refunds]
    parts: Sequence[RefundPart]
    exchanged: Sequence[Exchanged]
    graded: Sequence[Graded]
    handled: Sequence[Handled]
    ship_costs: Mapping[str, int]


def refunds_report(scope: Scope, period: Period, facts: RefundFacts) -> Report:
    """Put the report together.

    Args:
        scope: what was asked for; its shop says which goods can be sold again.
        period: its days, as the report states them.
        facts: counted by day.
    """
    account = _account(facts)
    by_period = _by_period(period, facts)
    return Report(
        "refunds",
        "What was paid back, and what stayed",
        period,
        scope.filters,
        (
            by_period,
            _outcome_table(account, facts.ship_costs),
            _parts_table(facts.parts),
            _written_off(facts),
        ),
        (Chart("columns", "refunds", "Paid back", "period", ("paid", "credit")),),
        tuple(_findings(account)),
        (
            "Refunds count on the day they were confirmed; those that were reversed do not count.",
            _GOODS_COUNT,
            *_cost_notes(account, facts.ship_costs),
            *((COUNTED_WHOLE,) if scope.category or scope.reason else ()),
        ),
    )


def _cost_notes(account: Mapping[str, _Account], told: Mapping[str, int]) -> list[str]:
    """What bringing goods back is taken to cost, and where that is not known."""
    notes = [
        f"Bringing a unit back is taken to cost {money(Money(currency, minor))} (--ship-cost)."
        for currency, minor in told.items()
    ]
    unknown = [currency for currency in account if currency not in told]
    if unknown:
        notes.append(
            f"What labels and handling cost is not in the figures of {' and '.join(unknown)}; "
            "--ship-cost says it for the shop's own currency."
        )
    return notes


class _Account(NamedTuple):
    """One currency's sums over the whole time, all above zero but for corrections."""

    refunds: int
    returns: int
    paid: int
    credit: int
    exchanged: int
    fees: int
    deducted: int
    shipping: int
    given: int
    written_off: int
    shipped: int

    @property
    def cost(self) -> int:
        """What returns cost: given, lost with the goods, shipped, less what was kept."""
        kept = self.fees + self.deducted
        return self.shipping + self.given + self.written_off + self.shipped - kept


def _account(facts: RefundFacts) -> dict[str, _Account]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_Account._fields, 0))
    for paid in facts.refunds:
        own = sums[paid.currency]
        own["refunds"] += paid.refunds
        own["credit" if paid.tender == _CREDIT else "paid"] += paid.amount_minor
    for part in facts.parts:
        if part.kind in _COUNTED_AS:
            name, sign = _COUNTED_AS[part.kind]
            sums[part.currency][name] += sign * part.amount_minor
    for swapped in facts.exchanged:
        sums[swapped.currency]["exchanged"] += swapped.value_minor
    for seen in facts.graded:
        if is_written_off(seen.disposition):
            sums[seen.currency]["written_off"] += seen.value_minor
    for known in facts.handled:
        sums[known.currency]["returns"] += known.returns
        sums[known.currency]["shipped"] += known.units * facts.ship_costs.get(known.currency, 0)
    return {currency: _Account(**own) for currency, own in sorted(sums.items())}


def _by_period(period: Period, facts: RefundFacts) -> Table:
    totals = Sums()
    for one in facts.refunds:
        credit = one.tender == _CREDIT
        key = period_of(numbered_day(one.day), period.by), one.currency
        totals.add(key, one.refunds, one.amount_minor * (not credit), one.amount_minor * credit)
    for part in facts.parts:
        key = period_of(numbered_day(part.day), period.by), part.currency
        if part.kind in (*_FEES, *_KEPT_BACK):
            totals.add(key, 0, 0, 0, -part.amount_minor)
    for swapped in facts.exchanged:
        key = period_of(numbered_day(swapped.day), period.by), swapped.currency
        totals.add(key, 0, 0, 0, 0, swapped.value_minor)
    for seen in facts.graded:
        if is_written_off(seen.disposition):
            key = period_of(numbered_day(seen.day), period.by), seen.currency
            totals.add(key, 0, 0, 0, 0, 0, seen.value_minor)
    rows: list[tuple[Cell, ...]] = []
    for name, currency in totals:
        refunds, *amounts = totals.of((name, currency), 6)
        rows.append((name, refunds, *(Money(currency, minor) for minor in amounts)))
    days = [first_day(name) for name, _ in [*totals][:1]]
    return Table(
        "refunds",
        "Refunds that were confirmed",
        (
            Column("period", "Period", "period"),
            Column("refunds", "Refunds", "count"),
            Column("paid", "Paid out", "money"),
            Column("credit", "As credit", "money"),
            Column("kept", "Fees kept", "money"),
            Column("exchanged", "Exchanged", "money"),
            Column("written_off", "Written off", "money", lesser=True),
        ),
        tuple(rows),
        "As credit: the money stays until it is spent. Fees kept: with deductions. Exchanged: "
        "goods that came back for others, so that nothing was paid out.",
        timeline(period, days).partial if rows else frozenset(),
    )


_OUTCOMES = (
    ("paid", "paid out in money"),
    ("credit", "kept as store credit"),
    ("exchanged", "kept through exchange"),
    ("fees", "fees kept"),
    ("deducted", "deducted for condition or promotion"),
    ("shipping", "shipping of the order paid back"),
    ("given", "bonus and goodwill given"),
    ("written_off", "goods written off"),
    ("shipped", "goods brought back"),
    ("cost", "cost of returns"),
)


def _outcome_table(account: dict[str, _Account], told: Mapping[str, int]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for currency, own in account.items():
        for name, text in _OUTCOMES:
            if name == "shipped" and currency not in told:
                continue
            minor: int = getattr(own, name)
            each = round_half_away(minor, own.returns) if own.returns else None
            shown = None if each is None else Money(currency, each)
            rows.append((text, Money(currency, minor), shown))
    return Table(
        "outcome",
        "What became of the money",
        (
            Column("what", "What", "word"),
            Column("amount", "Amount", "money"),
            Column("each", "For each return", "money"),
        ),
        tuple(rows),
        "Each return that was paid, arrived or was inspected in these days. Cost of returns: "
        "shipping of orders, bonus, goodwill, goods written off and brought back, less fees and "
        "deductions.",
    )


def _parts_table(parts: Sequence[RefundPart]) -> Table:
    totals = Sums()
    for one in parts:
        totals.add((one.currency, one.kind), one.refunds, one.amount_minor)
    keys = sorted(
        totals, key=lambda key: (key[0], _KINDS.index(key[1]) if key[1] in _KINDS else 99)
    )
    rows: list[tuple[Cell, ...]] = []
    for currency, kind in keys:
        refunds, minor = totals.of((currency, kind), 2)
        rows.append((kind, refunds, Money(currency, minor)))
    return Table(
        "parts",
        "What refunds are made of",
        (
            Column("part", "Part", "word"),
            Column("refunds", "Refunds", "count"),
            Column("amount", "Amount", "money"),
        ),
        tuple(rows),
    )


def _written_off(facts: RefundFacts) -> Table:
    totals = Sums()
    for one in facts.graded:
        lost = int(is_written_off(one.disposition))
        totals.add(
            (one.currency, one.grade), one.units, one.value_minor, one.units * lost,
            one.value_minor * lost,
        )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for currency, grade in totals:
        units, value, lost_units, lost_minor = totals.of((currency, grade), 4)
        rows.append(
            (
                grade,
                units,
                Money(currency, value),
                Share(lost_units, units),
                Money(currency, lost_minor),
            )
        )
    return Table(
        "written_off",
        "Goods written off, by grade",
        (
            Column("grade", "Grade", "word"),
            Column("units", "Inspected", "count"),
            Column("value", "Paid for", "money"),
            Column("share", "Written off", "share"),
            Column("lost", "Worth", "money"),
        ),
        tuple(rows),
        "Written off: scrapped, recycled or donated, at what was paid for it.",
    )


def _findings(account: dict[str, _Account]) -> list[str]:
    found = [one for currency, own in account.items() for one in _findings_on(currency, own)]
    if not any(own.paid or own.credit or own.exchanged for own in account.values()):
        return ["Nothing was paid back in these days.", *found]
    return found


def _findings_on(currency: str, own: _Account) -> Iterator[str]:
    out, kept = own.paid + own.credit + own.exchanged, own.credit + own.exchanged
    if out:
        told = (
            f"{money(Money(currency, own.paid))} was paid out in {counted(own.refunds, 'refund')}"
        )
        if kept:
            share = percent(kept / out)
            told += f"; {money(Money(currency, kept))} ({share}) stayed as credit or exchange"
        yield f"{told}."
    if own.returns and own.cost > 0:
        each = money(Money(currency, round_half_away(own.cost, own.returns)))
        yield (
            f"Each of {counted(own.returns, 'return')} cost {each} on average, beside the price of "
            "the goods."
        )
    if own.written_off:
        yield f"{money(Money(currency, own.written_off))} of goods was written off."
