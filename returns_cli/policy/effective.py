"""What holds for a line once the rules that apply to it are known.

For each setting the first rule that applies decides, and where none does the terms do. The result
is worked out once per set of rules and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from returns_cli.domain.model import Setting
from returns_cli.notation.scalars import MonthDay
from returns_cli.notation.typed import Leaf
from returns_cli.policy.rules import Rule

# Two ways to say one thing: what a stronger layer says of one drops the other below it.
_RIVALS = {
    "refund.within_days": "refund.within_business_days",
    "refund.within_business_days": "refund.within_days",
}


Layer = Mapping[str, tuple[Leaf, str]]
"""Settings by name, each with the rule that decides it."""
NO_LAYER: Layer = MappingProxyType({})

ANCHOR_FACTS = {
    "ordered": "order.placed",
    "shipped": "order.shipped",
    "delivered": "order.delivered",
    "last_parcel": "order.last_parcel",
}
JUDGED_FACTS = {"first_scan": "first_scan_on", "received": "line.received_on"}


class WindowTerms(NamedTuple):
    """The window that holds for a line.

    Attributes:
        days: how long, from the anchor.
        start: the anchor's word; ``fallback`` and ``plus_days`` stand in where it is not known.
        is_inclusive: the anchor's day is day 1.
        rolls: an end on a weekend or holiday moves to the next working day.
        judged_on: what must happen in time.
        until: open at least to that day; None for no such day.
        facts: names of the facts it is counted and judged by.
    """

    days: int
    start: str
    fallback: str | None
    plus_days: int
    is_inclusive: bool
    rolls: bool
    judged_on: str
    until: date | MonthDay | None
    facts: frozenset[str] = frozenset()


class Effective(NamedTuple):
    """The settings that hold, as the policy writes them and as the judgement reads them."""

    settings: tuple[Setting, ...]
    window: WindowTerms
    resolutions: frozenset[str]
    condition: frozenset[str]
    photos: int
    exchange_for: str
    exchange_price: str
    review_above_minor: int | None
    label_kind: str
    label_valid_days: int | None
    keeps_item: bool
    pays_credit: bool


def compose(
    terms: Mapping[str, Leaf], applied: Iterable[Rule], floor: Layer = NO_LAYER
) -> Effective:
    """The settings that hold when these rules apply.

    Args:
        terms: leaves by dotted name.
        applied: rules that apply, from the top of the file.
        floor: what a law decides instead, whatever terms and rules say.
    """
    held: dict[str, tuple[Leaf, str | None]] = {name: (one, None) for name, one in terms.items()}
    for rule in reversed(tuple(applied)):
        for name, leaf in rule.settings.items():
            held.pop(_RIVALS.get(name, ""), None)
            held[name] = (leaf, rule.id)
    keeps = held.get("keep_item")
    if keeps is not None and keeps[0].value:
        leaf, rule_id = keeps
        no_label = Leaf("none", "none", leaf.file, leaf.line, leaf.column)
        held["label.kind"] = (no_label, rule_id)
    for name, by_law in floor.items():
        held.pop(_RIVALS.get(name, ""), None)
        held[name] = by_law
    return _typed(held)


@lru_cache(8192)
def _setting(
    name: str, text: str | tuple[str, ...], rule: str | None, file: str, line: int
) -> Setting:
    return Setting(name, text, rule, f"{file}:{line}")


@lru_cache(1024)
def _words(found: tuple[object, ...]) -> frozenset[str]:
    return frozenset(map(str, found))


def _typed(held: Mapping[str, tuple[Leaf, str | None]]) -> Effective:
    def value(name: str, default: object = None) -> object:
        found = held.get(name)
        return default if found is None else found[0].value

    def number(name: str) -> int | None:
        found = value(name)
        return found if isinstance(found, int) else None

    def words(name: str) -> frozenset[str]:
        found = value(name, ())
        return _words(found) if isinstance(found, tuple) else frozenset()

    until = value("window.until")
    start = str(value("window.from", "delivered"))
    fallback = value("window.if_unknown.from")
    judged_on = str(value("window.judged_on", "requested"))
    return Effective(
        settings=tuple(
            _setting(name, leaf.text, rule, leaf.file, leaf.line)
            for name, (leaf, rule) in held.items()
        ),
        window=WindowTerms(
            days=number("window.days") or 0,
            start=start,
            fallback=None if fallback is None else str(fallback),
            plus_days=number("window.if_unknown.plus_days") or 0,
            is_inclusive=value("window.count") == "inclusive",
            rolls=bool(value("window.rolls_to_business_day")),
            judged_on=judged_on,
            until=until if isinstance(until, date | MonthDay) else None,
            facts=frozenset(
                name
                for name in (
                    ANCHOR_FACTS[start],
                    ANCHOR_FACTS.get(str(fallback)),
                    JUDGED_FACTS.get(judged_on),
                )
                if name is not None
            ),
        ),
        resolutions=words("resolutions"),
        condition=frozenset(one.casefold() for one in words("condition")),
        photos=number("evidence.photos") or 0,
        exchange_for=str(value("exchange.for", "any")),
        exchange_price=str(value("exchange.price", "any")),
        review_above_minor=number("review.above"),
        label_kind=str(value("label.kind", "customer")),
        label_valid_days=number("label.valid_days"),
        keeps_item=bool(value("keep_item")),
        pays_credit=value("refund.to") == "store_credit",
    )
