"""What a file without items says of an order that is known: money, refunds, that it is cancelled.

Shops hand these out apart from the orders: transactions, totals, a grid of statuses. The same facts
again change nothing.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Order, OrderLine, Payment, SourceRefund
from returns_cli.domain.source_refunds import join_refunds, join_sums, sorted_refunds, sum_of
from returns_cli.domain.vocabulary import TaxStyle


class AddedFacts(NamedTuple):
    """Facts of one order; minor units, None where nothing is said.

    Attributes:
        currency: of the amounts; None for the order's.
        sums: the order's sums, which freeze its lines anew.
        total_minor: what it came to, where the file has no other sums.
        captured_minor: what was paid in.
        refunded_minor: given back in all so far.
        refunds: what makes that up, where it is told apart.
        items: for each refund the SKU or title it was for, empty where that is not said; a refund
            without a line gets the one line that fits.
        cancelled_at: filled where the order is cancelled.
        payments: what paid the order; taken where it makes up all that was paid in.
    """

    currency: str | None = None
    sums: Stated | None = None
    total_minor: int | None = None
    captured_minor: int | None = None
    refunded_minor: int | None = None
    refunds: tuple[SourceRefund, ...] = ()
    items: tuple[str, ...] = ()
    cancelled_at: str | None = None
    payments: tuple[Payment, ...] = ()

    @property
    def states_total(self) -> bool:
        """Whether the facts say what the order came to."""
        return self.stated_total_minor is not None

    @property
    def stated_total_minor(self) -> int | None:
        """What the order came to, where the facts say it."""
        return self.sums.total if self.sums is not None else self.total_minor

    @property
    def given_back_minor(self) -> int:
        """What the facts say was given back."""
        return max(self.refunded_minor or 0, sum_of(self.refunds))


def given_back_in(facts: Iterable[AddedFacts]) -> int:
    """What several files say was given back of one order, each refund once."""
    total = 0
    refunds: tuple[SourceRefund, ...] = ()
    for one in facts:
        stated = one.refunds or (SourceRefund(one.given_back_minor),)
        total, refunds = join_sums(total, refunds, one.given_back_minor, stated)
    return total


class Added(NamedTuple):
    """An order with added facts.

    Attributes:
        mismatch_minor: stated total less what the lines come to; 0 where the arithmetic fits.
        refusal: ``E-CURRENCY-MIXED`` or ``E-REFUND-OVER`` where the facts cannot be the order's,
            which is then unchanged; else empty.
    """

    order: Order
    mismatch_minor: int = 0
    refusal: str = ""


def add_facts(order: Order, facts: AddedFacts, default_style: TaxStyle = TaxStyle.ON_TOP) -> Added:
    """The order as it is once the facts are known.

    Args:
        order: as known so far.
        facts: of that order.
        default_style: whether prices hold their tax, where no total tells.
    """
    if facts.currency not in (None, order.currency):
        return Added(order, refusal="E-CURRENCY-MIXED")
    known, mismatch = _with_money(order, facts, default_style)
    if facts.given_back_minor:
        refunds = facts.refunds or (SourceRefund(facts.given_back_minor),)
        refunds = sorted_refunds(_located(refunds, facts.items, known.lines))
        stated = known._replace(refunded_minor=facts.given_back_minor, refunds=refunds)
        known = join_refunds(known, stated)
    if known.refunded_minor > known.total_minor:
        return Added(order, refusal="E-REFUND-OVER")
    if facts.cancelled_at and known.cancelled_at is None:
        lines = tuple(line._replace(cancelled=True) for line in known.lines)
        known = known._replace(cancelled_at=facts.cancelled_at, lines=lines)
    if _makes_up(facts.payments, known):
        known = known._replace(payments=facts.payments)
    return Added(known, mismatch)


def _makes_up(payments: Sequence[Payment], order: Order) -> bool:
    """Whether payments are all that was paid in: a file of one month may lack some of them."""
    paid = sum(one.captured_minor for one in payments)
    return bool(payments) and paid >= min(order.captured_minor, order.total_minor)


def _with_money(order: Order, facts: AddedFacts, style: TaxStyle) -> tuple[Order, int]:
    known, mismatch = order, 0
    if facts.sums is not None:
        frozen = _frozen(order, facts.sums, style)
        known, mismatch = _refrozen(order, frozen), frozen.mismatch_minor
    elif facts.total_minor is not None:
        known = order._replace(total_minor=facts.total_minor)
        computed = _computed(order)
        mismatch = facts.total_minor - computed if computed else 0
    if facts.captured_minor is not None:
        return known._replace(captured_minor=facts.captured_minor), mismatch
    if order.captured_minor == order.total_minor:
        known = known._replace(captured_minor=known.total_minor)
    return known, mismatch


def _computed(order: Order) -> int:
    """What the lines of an order come to."""
    tax = order.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0
    return sum(line.items_minor for line in order.lines) + order.shipping_minor + tax


def _frozen(order: Order, sums: Stated, style: TaxStyle) -> Frozen:
    is_void = order.cancelled_at is not None
    counted = [is_void or not line.cancelled for line in order.lines]
    gross = [line.quantity * line.unit_price_minor for line in order.lines]
    discounts = [line.discount_minor for line in order.lines]
    return freeze_stated(
        _where(counted, gross),
        _where(counted, discounts),
        [line.taxable for line in order.lines],
        sums,
        style,
    )


def _where(counted: Sequence[bool], amounts: Sequence[int]) -> list[int]:
    return [amount if counts else 0 for amount, counts in zip(amounts, counted, strict=True)]


def _refrozen(order: Order, frozen: Frozen) -> Order:
    lines = tuple(
        line._replace(
            discount_minor=frozen.discounts[i],
            order_discount_minor=frozen.order_discounts[i],
            items_minor=frozen.items[i],
            tax_minor=frozen.taxes[i],
            shipping_minor=frozen.shippings[i],
        )
        for i, line in enumerate(order.lines)
    )
    return order._replace(
        tax_style=frozen.tax_style,
        order_discount_minor=frozen.order_discount_minor,
        shipping_minor=frozen.shipping_minor,
        tax_minor=frozen.tax_minor,
        total_minor=frozen.total_minor,
        lines=lines,
    )


def _located(
    refunds: Sequence[SourceRefund], items: Sequence[str], lines: Sequence[OrderLine]
) -> list[SourceRefund]:
    """The refunds with the line that each item names, where exactly one does."""
    located = []
    for i, refund in enumerate(refunds):
        item = items[i] if i < len(items) else ""
        fitting = [one.line for one in lines if item and item in (one.sku, one.title)]
        if refund.line is None and len(fitting) == 1:
            refund = refund._replace(line=fitting[0])
        located.append(refund)
    return located
