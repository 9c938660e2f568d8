"""What a quote may never exceed: what a line cost, what an order allows, and not below zero."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain import money
from returns_cli.domain.model import Component, Order, OrderLine
from returns_cli.domain.record import OrderLedger
from returns_cli.domain.vocabulary import TaxStyle

PAID_BACK = ("items", "tax", "original_shipping")
_CUT = ("promotion_clawback", "restocking_fee", "return_shipping", "transfer_fee")


def is_goods_of(part: Component, line: int | None) -> bool:
    """Whether a part is what a line's goods pay: price, tax, and what their grades take off."""
    return part.line == line and part.kind in ("items", "tax", "condition_deduction")


def cut_lines(
    components: Sequence[Component], order: Order, rma: str, ledger: OrderLedger
) -> list[Component]:
    """Cut what a line pays back to what was paid for it less what was given back outside.

    Shipping goes first; goods and their tax are cut alike, since the source does not tell them
    apart. Of goods that come back damaged no more is taken off than is left to pay.
    """
    kept = list(components)
    lines = {one.line: one for one in order.lines}
    for number, external_minor in ledger.external_lines.items():
        others = sum(
            minor
            for (other, line), minor in ledger.paid_back.items()
            if line == number and other != rma
        )
        over = sum(one.amount_minor for one in kept if one.line == number and one.kind in PAID_BACK)
        over -= max(0, _paid(order, lines[number]) - external_minor - others)
        over -= _shrink(kept, "original_shipping", number, over)
        parts = {one.kind: one.amount_minor for one in kept if one.line == number}
        kinds = ("items", "tax")
        for kind, cut in zip(
            kinds,
            money.allocate(max(0, over), [parts.get(kind, 0) for kind in kinds]),
            strict=True,
        ):
            _shrink(kept, kind, number, cut)
        goods = sum(one.amount_minor for one in kept if is_goods_of(one, number))
        _shrink(kept, "condition_deduction", number, -goods)
    return kept


def _shrink(components: list[Component], kind: str, line: int, by_minor: int) -> int:
    """Bring a line's parts of one kind nearer to zero, the last first; how much that came to."""
    left = max(0, by_minor)
    for i in range(len(components) - 1, -1, -1):
        part = components[i]
        if (part.kind, part.line) == (kind, line):
            cut = min(left, abs(part.amount_minor))
            less = part.amount_minor - cut if part.amount_minor > 0 else part.amount_minor + cut
            components[i] = part._replace(amount_minor=less)
            left -= cut
    return max(0, by_minor) - left


def _paid(order: Order, line: OrderLine) -> int:
    on_top = line.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0
    return line.items_minor + line.shipping_minor + on_top


def cut_fees(components: Sequence[Component]) -> list[Component]:
    """Cut fees and promotions taken back, the last first, until the total is not below zero."""
    kept = list(components)
    short = -sum([one.amount_minor for one in kept])
    if short <= 0:
        return kept
    for i in range(len(kept) - 1, -1, -1):
        if short > 0 and kept[i].kind in _CUT and kept[i].amount_minor < 0:
            cut = min(short, -kept[i].amount_minor)
            kept[i] = kept[i]._replace(amount_minor=kept[i].amount_minor + cut)
            short -= cut
    return kept


def cut_to(components: Sequence[Component], allowance_minor: int) -> list[Component]:
    """Cut what is paid back, the last line first, to what the order still allows.

    Goods are never cut below what their grades take off.
    """
    kept = list(components)
    over = sum([one.amount_minor for one in kept]) - allowance_minor
    if over <= 0:
        return kept
    for kind in reversed(PAID_BACK):
        for i in range(len(kept) - 1, -1, -1):
            if over > 0 and kept[i].kind == kind:
                part = kept[i]
                room = part.amount_minor
                if kind != "original_shipping":
                    worth = [one for one in kept if is_goods_of(one, part.line)]
                    room = min(room, sum(one.amount_minor for one in worth))
                cut = min(over, room)
                kept[i] = part._replace(amount_minor=part.amount_minor - cut)
                over -= cut
    return kept
