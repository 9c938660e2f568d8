"""Facts as text and back: what a decision keeps, and what a facts file says, in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from returns_cli.domain import money
from returns_cli.policy.fact_table import ANSWERS, Fact, fact_named
from returns_cli.policy.facts import Facts, LineFacts
from returns_cli.policy.scalars import PERCENT

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
    if value is None:
        return None
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return _number_text(value, fact.kind, currency)
    return str(value)


def _number_text(value: int, kind: str, currency: str | None) -> str:
    if kind == "amount" and currency is not None:
        return money.format_amount(value, currency)
    if kind == "share":
        whole, rest = divmod(value, PERCENT)
        decimals = f".{rest:010d}".rstrip("0").rstrip(".")
        return f"{whole}{decimals}%"
    return f"{value} g" if kind == "weight" else str(value)


def place_of(name: str) -> tuple[str, str]:
    """Block and key of a fact in a facts file; facts of the request stand without a block."""
    if name.startswith(ANSWERS):
        return "answers", name.removeprefix(ANSWERS)
    head, _, tail = name.partition(".")
    if tail and head in ("item", "line", "order", "customer", "request", "inspection", "exchange"):
        return head, tail
    return "", name


def record_facts(facts: Facts, names: Iterable[str]) -> dict[str, object]:
    """The facts that a judgement used, for the record: no names and no addresses of people.

    What all lines share stands once; every line has its own under ``lines``.
    """
    used = sorted({*USED_ALWAYS, *names})
    lines = [_line_record(one, used, facts.currency) for one in facts.lines]
    shared = {
        place: value
        for place, value in (lines[0] if lines else {}).items()
        if place[0] in _PER_RETURN and all(one[place] == value for one in lines)
    }
    record: dict[str, object] = _nested(shared)
    record["lines"] = tuple(
        {"number": str(line.line), **_nested({k: v for k, v in own.items() if k not in shared})}
        for line, own in zip(facts.lines, lines, strict=True)
    )
    if facts.currency is not None:
        record["currency"] = facts.currency
    return record


def _line_record(
    line: LineFacts, names: Iterable[str], currency: str | None
) -> dict[tuple[str, str], object]:
    found: dict[tuple[str, str], object] = {}
    for name in names:
        fact = fact_named(name)
        if fact is not None:
            found[place_of(name)] = text_of(line.raw(name), fact, currency)
    return found


def _nested(flat: Mapping[tuple[str, str], object]) -> dict[str, object]:
    nested: dict[str, object] = {}
    for (block, key), value in flat.items():
        if block:
            inner = nested.setdefault(block, {})
            if isinstance(inner, dict):
                inner[key] = value
        else:
            nested[key] = value
    return nested
