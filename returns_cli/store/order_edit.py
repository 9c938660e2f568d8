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
* A file that states no amounts changes none (``domain.known_money``).
* **What paid it.** A file that does not tell changes nothing; an order with live refunds keeps what
  it knows, since refunds went to those means of payment.
* Whatever the source says and the store does not follow is in the changes, marked ``kept``.
* **Refunded in the source.** What the shop itself recorded shows up there sooner or later. So a
  growth counts as refunded outside only as far as it goes beyond the shop's own live refunds; the
  same holds for each line that the source names. What the source dates before anybody asked for
  what the shop has refunded was given back outside in any case (a shop may pay before it records,
  so the day of its own refund says nothing). Of a line never more counts than was paid for it,
  the rest belongs to the order. A refund that was once named stays (``domain.source_refunds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from returns_cli.domain.known_money import identities, with_known_money
from returns_cli.domain.model import Order, OrderLine, SourceRefund, UnpricedOrder
from returns_cli.domain.money import format_amount
from returns_cli.domain.source_refunds import by_line, join_refunds, sum_of
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.store.lists import pack

_NONE: Mapping[int, int] = MappingProxyType({})

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
        lines: numbers of the lines with a return, or with money given back outside.
        authorized: live authorized units by line.
        refunded_minor: live refunds without bonus credit and goodwill.
        has_refunds: whether a live refund exists, of any kind.
        external_minor: what counts as refunded outside, ``external_lines`` of it by line.
        refunded_lines: live refunds by line, without bonus credit and goodwill.
        paid_back_lines: the same before fees and deductions.
        first_asked_at: when the first return with a live refund was asked for, None without one.
    """

    lines: frozenset[int] = frozenset()
    authorized: Mapping[int, int] | None = None
    refunded_minor: int = 0
    has_refunds: bool = False
    external_minor: int = 0
    external_lines: Mapping[int, int] = _NONE
    refunded_lines: Mapping[int, int] = _NONE
    paid_back_lines: Mapping[int, int] = _NONE
    first_asked_at: str | None = None


class Change(NamedTuple):
    """A field that differs; values are None for personal data, which is never copied."""

    line: int | None
    field: str
    old: str | None
    new: str | None
    kept: bool


class Merged(NamedTuple):
    """The order to be stored, what counts as refunded outside now, and every change.

    Attributes:
        external_minor: of the order; ``external_lines``: the part of it that belongs to lines.
    """

    order: Order
    external_minor: int
    external_lines: Mapping[int, int]
    changes: tuple[Change, ...]


def merge(old: Order, new: Order, held: Held) -> Merged:
    """What to store when an order comes again.

    Args:
        old: as stored.
        new: as the file has it now.
        held: what was done with it since.
    """
    if isinstance(new, UnpricedOrder):
        new = with_known_money(old, new)
    changes: list[Change] = []
    numbers: dict[int, int] = {}
    lines = tuple(_merged_lines(old, new, held, changes, numbers))
    new = _numbered(new, numbers)
    joined = join_refunds(old, new)
    merged = joined
    if held.has_refunds:
        merged = joined._replace(**{name: getattr(old, name) for name in _ORDER_FIGURES})
    earlier = _earlier(merged.refunds, held)
    external = _external(old.refunded_minor, merged.refunded_minor, held)
    external = max(external, sum_of(earlier))
    if held.has_refunds and _rest(merged, external) < held.refunded_minor:
        merged = merged._replace(
            total_minor=max(old.total_minor, new.total_minor),
            captured_minor=max(old.captured_minor, new.captured_minor),
        )
        external = max(0, min(external, _rest(merged, 0) - held.refunded_minor))
    payments = old.payments if held.has_refunds else new.payments or old.payments
    merged = merged._replace(lines=lines, payments=payments)
    said = new if new.refunded_minor or new.refunds else joined  # a source may say nothing of them
    order_changes = [
        *_differences(None, _ORDER_FACTS, old, said, merged),
        *_refund_changes(old, merged),
        *_payment_changes(old, new, merged),
        *(
            Change(None, name, None, None, kept=False)
            for name in _PERSONAL
            if getattr(old, name) != getattr(new, name)
        ),
    ]
    by_lines = _external_lines(old, merged, held, external)
    return Merged(merged, external, by_lines, (*order_changes, *changes))


def outside_at_first(order: Order) -> dict[int | None, int]:
    """What counts as refunded outside of an order that is new: by line, the rest under None."""
    lines = _external_lines(order._replace(refunds=()), order, Held(), order.refunded_minor)
    return dict([*lines.items(), (None, order.refunded_minor - sum(lines.values()))])


def _numbered(order: Order, numbers: Mapping[int, int]) -> Order:
    """An order whose refunds name the lines by the numbers that the store gives them."""
    if all(numbers.get(line, line) == line for line in by_line(order.refunds)):
        return order
    refunds = tuple(
        one if one.line is None else one._replace(line=numbers.get(one.line, one.line))
        for one in order.refunds
    )
    return order._replace(refunds=refunds)


def _rest(order: Order, external_minor: int) -> int:
    return min(order.total_minor, order.captured_minor) - external_minor


def _external(before: int, now: int, held: Held) -> int:
    if now == before:
        return held.external_minor
    if now < held.external_minor:
        return now
    return max(held.external_minor, now - held.refunded_minor)


def _earlier(refunds: Iterable[SourceRefund], held: Held) -> list[SourceRefund]:
    """The refunds that the source dates before a refunded return was asked for: not the shop's."""
    asked_at = held.first_asked_at
    if asked_at is None:
        return []
    return [
        one
        for one in refunds
        if one.refunded_at is not None and _is_before(one.refunded_at, asked_at)
    ]


def _is_before(at: str, other_at: str) -> bool:
    """Whether an instant lies before another; where one is a bare day, whether its day does."""
    one, other = datetime.fromisoformat(at), datetime.fromisoformat(other_at)
    if one.tzinfo is None or other.tzinfo is None:
        return one.date() < other.date()
    return one < other


def _external_lines(old: Order, new: Order, held: Held, external_minor: int) -> dict[int, int]:
    """What counts as refunded outside of each line that the source names, by the rule above."""
    before, now = by_line(old.refunds), by_line(new.refunds)
    earlier = by_line(_earlier(new.refunds, held))
    left = external_minor
    lines: dict[int, int] = {}
    for line in new.lines:
        said, counted = now.get(line.line, 0), held.external_lines.get(line.line, 0)
        if said == before.get(line.line, 0):
            wanted = counted
        elif said < counted:
            wanted = said
        else:
            wanted = max(counted, said - held.refunded_lines.get(line.line, 0))
        wanted = max(wanted, earlier.get(line.line, 0))
        room = _paid(new, line) - held.paid_back_lines.get(line.line, 0)
        wanted = max(0, min(wanted, room, left))
        if wanted:
            lines[line.line] = wanted
            left -= wanted
    return lines


def _paid(order: Order, line: OrderLine) -> int:
    on_top = line.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0
    return line.items_minor + line.shipping_minor + on_top


def _merged_lines(
    old: Order, new: Order, held: Held, changes: list[Change], numbers: dict[int, int]
) -> list[OrderLine]:
    """The lines to be stored; ``numbers`` gets the number of each line of the file."""
    before = dict(zip(identities(old.lines), old.lines, strict=True))
    arrived = list(zip(identities(new.lines), new.lines, strict=True))
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
            numbers[line.line] = number
            merged.append(line._replace(line=number))
            changes.append(Change(number, "line", None, _summary(line), kept=False))
        else:
            number = known.line if is_stable else line.line
            numbers[line.line] = number
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


def _refund_changes(old: Order, new: Order) -> list[Change]:
    """The change of the list of refunds, where it is another one."""
    if old.refunds == new.refunds:
        return []
    before, after = (
        pack(tuple(_refund_text(one, order.currency) for one in order.refunds))
        for order in (old, new)
    )
    return [Change(None, "refunds", before, after, kept=False)]


def _payment_changes(old: Order, new: Order, stored: Order) -> list[Change]:
    """The change of what paid the order, where the source tells it and it is another."""
    if not new.payments or new.payments == old.payments:
        return []
    before, after = (
        pack(
            tuple(
                f"{one.method} {format_amount(one.captured_minor, order.currency)}"
                for one in order.payments
            )
        )
        for order in (old, new)
    )
    return [Change(None, "payments", before, after, kept=stored.payments != new.payments)]


def _refund_text(refund: SourceRefund, currency: str) -> str:
    """A refund as a change shows it: ``12.00 on 2026-01-05, line 2, P-77``."""
    parts = [format_amount(refund.amount_minor, currency)]
    if refund.refunded_at:
        parts[0] += f" on {refund.refunded_at[:10]}"
    if refund.line is not None:
        parts.append(f"line {refund.line}")
    if refund.reference:
        parts.append(refund.reference)
    return ", ".join(parts)


def _summary(line: OrderLine) -> str:
    return f"{line.quantity} x {line.sku}"
