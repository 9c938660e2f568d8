"""Facts as text and back: what a decision keeps, and what a facts file says, in one form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from returns_cli.domain import money
from returns_cli.notation.scalars import PERCENT
from returns_cli.policy.fact_table import ANSWERS, Fact, fact_named
from returns_cli.policy.facts import Facts

USED_ALWAYS = (
    "item.sku",
    "item.title",
    "line.is_known",
    "line.quantity",
    "line.returned_before",
    "line.shipped_units",
    "order.delivered",
    "order.placed",
    "order.shipped",
    "quantity",
    "reason",
    "reason.fault",
    "resolution",
    "condition",
    "photos",
    "kind",
    "requested_on",
    "inspection.grade",
)
"""Facts that every judgement looks at, whatever the rules test."""

_PER_RETURN = ("order", "customer")


def text_of(value: object, fact: Fact, currency: str | None) -> str | tuple[str, ...] | None:
    """A fact's value as a facts file writes it; None is *not known*."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _number_text(value, fact.kind, currency)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number_text(value: int, kind: str, currency: str | None) -> str:
    if kind == "count":
        return str(value)
    if kind == "amount":
        return money.format_amount(value, currency or "")
    if kind == "weight":
        return f"{value} g"
    whole, rest = divmod(value, PERCENT)
    decimals = f".{rest:010d}".rstrip("0").rstrip(".")
    return f"{whole}{decimals}%"


def place_of(name: str) -> tuple[str, str]:
    """Block and key of a fact in a facts file; facts of the request stand without a block."""
    if name.startswith(ANSWERS):
        return "answers", name.removeprefix(ANSWERS)
    head, _, tail = name.partition(".")
    if tail and head in ("item", "line", "order", "customer", "request", "inspection", "exchange"):
        return head, tail
    return "", name


def record_facts(facts: Facts, names: frozenset[str]) -> dict[str, object]:
    """The facts that a judgement used, for the record: no names and no addresses of people.

    What all lines share stands once; every line has its own under ``lines``.
    """
    plan = _plan(names)
    lines = [
        {place: text_of(one.raw(fact.name), fact, facts.currency) for place, fact in plan}
        for one in facts.lines
    ]
    first = lines[0] if lines else {}
    shared = {
        place
        for place in first
        if place[0] in _PER_RETURN and all(one[place] == first[place] for one in lines[1:])
    }
    record: dict[str, object] = _nested(first, shared)
    record["lines"] = tuple(
        {"number": str(line.line), **_nested(own, own.keys() - shared)}
        for line, own in zip(facts.lines, lines, strict=True)
    )
    if facts.currency is not None:
        record["currency"] = facts.currency
    return record


@lru_cache(256)
def _plan(names: frozenset[str]) -> tuple[tuple[tuple[str, str], Fact], ...]:
    """Place and declaration of each fact to record, in a fixed order."""
    found = ((name, fact_named(name)) for name in sorted(names.union(USED_ALWAYS)))
    return tuple((place_of(name), fact) for name, fact in found if fact is not None)


def _nested(
    flat: Mapping[tuple[str, str], object], places: Collection[tuple[str, str]]
) -> dict[str, object]:
    nested: dict[str, object] = {}
    blocks: dict[str, dict[str, object]] = {}
    for place, value in flat.items():
        if place not in places:
            continue
        block, key = place
        if not block:
            nested[key] = value
        elif block in blocks:
            blocks[block][key] = value
        else:
            nested[block] = blocks[block] = {key: value}
    return nested
