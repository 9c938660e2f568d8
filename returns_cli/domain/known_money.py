"""An order that comes without amounts keeps those that are known of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from returns_cli.domain.model import Order, OrderLine

_OF_ORDER = (
    "currency tax_style order_discount_minor shipping_minor tax_minor total_minor captured_minor"
).split()
_OF_LINE = (
    "quantity unit_price_minor discount_minor order_discount_minor items_minor tax_minor "
    "shipping_minor"
).split()


def with_known_money(old: Order, new: Order) -> Order:
    """An order without amounts, with the figures that an earlier file stated.

    Lines are matched by SKU and ordinal and keep their units, money and numbers. A line that the
    new file does not have stays: what it came to is in the total.

    Args:
        old: as it is known.
        new: as a file without amounts has it.
    """
    if not any(line.items_minor or line.shipping_minor for line in old.lines):
        return new
    arrived = dict(zip(identities(new.lines), new.lines, strict=True))
    lines = [
        _with_figures(known, arrived.pop(identity, known))
        for identity, known in zip(identities(old.lines), old.lines, strict=True)
    ]
    number = max(line.line for line in lines)
    lines += [line._replace(line=number + n) for n, line in enumerate(arrived.values(), 1)]
    figures = {name: getattr(old, name) for name in _OF_ORDER}
    return new._replace(**figures, lines=tuple(lines))


def _with_figures(known: OrderLine, line: OrderLine) -> OrderLine:
    figures = {name: getattr(known, name) for name in _OF_LINE}
    shipped = min(line.shipped_quantity, known.quantity)
    return line._replace(line=known.line, shipped_quantity=shipped, **figures)


def identities(lines: Iterable[OrderLine]) -> list[tuple[str, int]]:
    """SKU and ordinal among the lines of that SKU."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        seen[line.sku] += 1
        found.append((line.sku, seen[line.sku]))
    return found
