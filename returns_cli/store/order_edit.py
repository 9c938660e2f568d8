"""What becomes of an order that is imported again with other content. Pure.

* Lines are matched by SKU and ordinal. In an order with a return every matched line keeps its
  number, and new lines take free ones; in an order without, the file's numbers hold.
* **Frozen money.** What was refunded was a share of what the line had cost. So an order with live
  refunds keeps the figures (units and money) of every line that it has, its currency and its tax
  style; dates, titles, tags, units shipped since and new lines still follow the source. The
  order's total and the captured amount follow as long as they cover what was refunded.
* An order whose units may come back, but without refunds, follows the source, except that a line
  of which the source now shipped fewer units than are authorized keeps its figures.
* A line that vanished is dropped, unless it has a return or the order has refunds.
* Whatever the source says and the store does not follow is in the changes, marked ``kept``.
* **Refunded in the source.** What the shop itself recorded shows up there sooner or later. So a
  growth counts as refunded outside only as far as it goes beyond the shop's own live refunds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from returns_cli.domain.model import Order, OrderLine
from returns_cli.store.lists import pack

_LINE_FIGURES = (
    "quantity unit_price_minor discount_minor order_discount_minor items_minor tax_minor "
    "shipping_minor"
).split()
_LINE_FACTS = (
    "sku title quantity shipped_quantity unit_price_minor discount_minor order_discount_minor "
    "items_minor tax_minor shipping_minor category brand tags weight_g taxable cancelled "
    "shipped_at delivered_at"
).split()
_ORDER_FIGURES = "currency tax_style order_discount_minor shipping_minor tax_minor".split()
_ORDER_FACTS = (
    "placed_at currency tax_style order_discount_minor shipping_minor tax_minor total_minor "
    "captured_minor refunded_minor shipped_at delivered_at cancelled_at country region "
    "payment_method discount_codes tags is_gift is_business customer_tier"
).split()
_PERSONAL = "customer_id customer_name customer_email ship_to".split()


class Held(NamedTuple):
    """What the shop has done with an order so far.

    Attributes:
        lines: numbers of the lines with a return.
        authorized: live authorized units by line.
        refunded_minor: live refunds without bonus credit and goodwill.
        has_refunds: whether a live refund exists, of any kind.
        external_minor: what counts as refunded outside.
    """

    lines: frozenset[int] = frozenset()
    authorized: Mapping[int, int] | None = None
    refunded_minor: int = 0
    has_refunds: bool = False
    external_minor: int = 0


class Change(NamedTuple):
    """A field that differs; values are None for personal data, which is never copied."""

    line: int | None
    field: str
    old: str | None
    new: str | None
    kept: bool


class Merged(NamedTuple):
    """The order to be stored, what counts as refunded outside now, and every change."""

    order: Order
    external_minor: int
    changes: tuple[Change, ...]


def merge(old: Order, new: Order, held: Held) -> Merged:
    """What to store when an order comes again.

    Args:
        old: as stored.
        new: as the file has it now.
        held: what was done with it since.
    """
    changes: list[Change] = []
    lines = tuple(_merged_lines(old, new, held, changes))
    merged = new
    if held.has_refunds:
        merged = new._replace(**{name: getattr(old, name) for name in _ORDER_FIGURES})
    external = _external(old, merged, held)
    if held.has_refunds and _rest(merged, external) < held.refunded_minor:
        merged = merged._replace(
            total_minor=max(old.total_minor, new.total_minor),
            captured_minor=max(old.captured_minor, new.captured_minor),
        )
        external = min(external, _rest(merged, 0) - held.refunded_minor)
    order_changes = [
        *_differences(None, _ORDER_FACTS, old, new, merged),
        *(
            Change(None, name, None, None, kept=False)
            for name in _PERSONAL
            if getattr(old, name) != getattr(new, name)
        ),
    ]
    return Merged(merged._replace(lines=lines), external, (*order_changes, *changes))


def _rest(order: Order, external_minor: int) -> int:
    return min(order.total_minor, order.captured_minor) - external_minor


def _external(old: Order, new: Order, held: Held) -> int:
    if new.refunded_minor == old.refunded_minor:
        return held.external_minor
    if new.refunded_minor < held.external_minor:
        return new.refunded_minor
    return max(held.external_minor, new.refunded_minor - held.refunded_minor)


def _identities(lines: Iterable[OrderLine]) -> list[tuple[str, int]]:
    """SKU and ordinal among the lines of that SKU."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        seen[line.sku] += 1
        found.append((line.sku, seen[line.sku]))
    return found


def _merged_lines(old: Order, new: Order, held: Held, changes: list[Change]) -> list[OrderLine]:
    before = dict(zip(_identities(old.lines), old.lines, strict=True))
    arrived = list(zip(_identities(new.lines), new.lines, strict=True))
    gone = {identity: line for identity, line in before.items() if identity not in dict(arrived)}
    stays = {
        line.line: line for line in gone.values() if held.has_refunds or line.line in held.lines
    }
    is_stable = bool(held.lines) or held.has_refunds
    taken = {line.line for line in before.values()} if is_stable else set()
    merged = list(stays.values())
    for identity, line in arrived:
        known = before.get(identity)
        if known is None:
            number = _free_number(line.line, taken) if is_stable else line.line
            taken.add(number)
            merged.append(line._replace(line=number))
            changes.append(Change(number, "line", None, _summary(line), kept=False))
        else:
            number = known.line if is_stable else line.line
            line = line._replace(line=number)
            result = _merged_line(known, line, held)
            merged.append(result)
            if known.line != number:
                changes.append(Change(number, "line", str(known.line), str(number), kept=False))
            changes.extend(_differences(number, _LINE_FACTS, known, line, result))
    for line in gone.values():
        kept = line.line in stays
        changes.append(Change(line.line, "line", _summary(line), None, kept=kept))
    return sorted(merged, key=lambda line: line.line)


def _free_number(wanted: int, taken: set[int]) -> int:
    return wanted if wanted not in taken else max(taken) + 1


def _merged_line(known: OrderLine, line: OrderLine, held: Held) -> OrderLine:
    authorized = (held.authorized or {}).get(known.line, 0)
    if not held.has_refunds and authorized <= line.shipped_quantity:
        return line
    figures = {name: getattr(known, name) for name in _LINE_FIGURES}
    shipped = max(authorized, min(line.shipped_quantity, known.quantity))
    return line._replace(**figures, shipped_quantity=shipped)


def _differences(
    line: int | None,
    names: Iterable[str],
    old: Order | OrderLine,
    new: Order | OrderLine,
    stored: Order | OrderLine,
) -> list[Change]:
    return [
        Change(line, name, _text(before), _text(after), kept=getattr(stored, name) != after)
        for name in names
        if (before := getattr(old, name)) != (after := getattr(new, name))
    ]


def _text(value: object) -> str | None:
    if value is None:
        return None
    return pack(value) if isinstance(value, tuple) else str(value)


def _summary(line: OrderLine) -> str:
    return f"{line.quantity} x {line.sku}"
