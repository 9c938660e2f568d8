"""What an order's sources say they gave back, put together so that nothing counts twice.

One file states a sum (Shopify's ``Refunded Amount``), another names the refunds one by one (its
transactions), a third only those of a month. A refund that was once named with its day or number
stays; the larger of sum and named refunds counts, and what is not named is kept without a day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from returns_cli.domain.model import Order, SourceRefund


def is_told_apart(refund: SourceRefund) -> bool:
    """Whether the source says more of a refund than its amount."""
    return refund.line is not None or refund.refunded_at is not None or bool(refund.reference)


def sorted_refunds(refunds: Iterable[SourceRefund]) -> tuple[SourceRefund, ...]:
    """Refunds by day, number, line and amount, so that the same ones make the same list."""
    return tuple(sorted(refunds, key=_rank))


def _rank(refund: SourceRefund) -> tuple[bool, str, str, int, int]:
    return (
        not is_told_apart(refund),
        refund.refunded_at or "",
        refund.reference,
        refund.line or 0,
        refund.amount_minor,
    )


def join_refunds(known: Order, stated: Order) -> Order:
    """``stated`` with the refunds that are known after it, as list and as sum.

    Args:
        known: the order as it was known so far.
        stated: what a source says now. Without any named refund on either side its sum is taken
            as it is, so that a source can take a sum back.
    """
    if not known.refunds and not stated.refunds:
        return stated
    total, refunds = join_sums(
        known.refunded_minor, known.refunds, stated.refunded_minor, stated.refunds
    )
    return stated._replace(refunded_minor=total, refunds=refunds)


def join_sums(
    known_minor: int,
    known: Sequence[SourceRefund],
    stated_minor: int,
    stated: Sequence[SourceRefund],
) -> tuple[int, tuple[SourceRefund, ...]]:
    """The sum and the list of refunds from what was known and what is stated now.

    Args:
        known_minor, known: sum so far and what makes it up, as far as it is told apart.
        stated_minor, stated: the same of the source that speaks now.

    Returns:
        The sum, and a list that makes it up; the part that nobody named is its last entry.

    >>> february = SourceRefund(800, None, "2026-02-01")
    >>> total, refunds = join_sums(2000, (), 800, (february,))
    >>> total, [(one.amount_minor, one.refunded_at) for one in refunds]
    (2000, [(800, '2026-02-01'), (1200, None)])
    """
    named_before = tuple(filter(is_told_apart, known))
    named = sorted_refunds((*_survivors(named_before, stated), *filter(is_told_apart, stated)))
    named_minor = sum_of(named)
    unnamed_before = known_minor - sum_of(named_before)
    explained = max(0, named_minor - sum_of(named_before))
    total = max(stated_minor, named_minor + max(0, unnamed_before - explained))
    rest = total - named_minor
    return total, (*named, SourceRefund(rest)) if rest else named


def _survivors(
    known: Iterable[SourceRefund], stated: Iterable[SourceRefund]
) -> tuple[SourceRefund, ...]:
    """The known refunds that the source does not name again.

    A refund is the same by its number, without one by its day and amount.
    """
    again = tuple(filter(is_told_apart, stated))
    numbers = {one.reference for one in again if one.reference}
    days = Counter((one.refunded_at, one.amount_minor) for one in again if not one.reference)
    kept = []
    for one in known:
        mark = (one.refunded_at, one.amount_minor)
        if one.reference:
            if one.reference not in numbers:
                kept.append(one)
        elif days[mark]:
            days[mark] -= 1
        else:
            kept.append(one)
    return tuple(kept)


def sum_of(refunds: Iterable[SourceRefund]) -> int:
    """What refunds come to."""
    return sum(one.amount_minor for one in refunds)


def by_line(refunds: Iterable[SourceRefund]) -> dict[int, int]:
    """What the refunds that name a line come to, by line."""
    sums: dict[int, int] = {}
    for one in refunds:
        if one.line is not None:
            sums[one.line] = sums.get(one.line, 0) + one.amount_minor
    return sums
