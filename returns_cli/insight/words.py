"""Figures as words of a sentence."""

from __future__ import annotations

from returns_cli.domain.money import format_amount
from returns_cli.insight.report import Money, Share

_LONGEST_TITLE = 60


def percent(rate: float | None) -> str:
    """A rate in percent, to a tenth; a dash for none.

    >>> percent(0.1234), percent(None)
    ('12.3%', '–')
    """
    return "–" if rate is None else f"{100 * rate:.1f}%"


def money(amount: Money) -> str:
    """An amount with its currency.

    >>> money(Money("JPY", 500)), money(Money("EUR", -5))
    ('500 JPY', '-0.05 EUR')
    """
    return f"{format_amount(amount.amount_minor, amount.currency)} {amount.currency}"


def sums(amounts: dict[str, int]) -> str:
    """Amounts of several currencies, side by side; never added."""
    return " and ".join(money(Money(*one)) for one in sorted(amounts.items()) if one[1])


def counted(count: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "unit"), counted(0, "return")
    ('1 unit', '0 returns')
    >>> counted(1200, "unit")
    '1,200 units'
    """
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"


def out_of(share: Share, noun: str) -> str:
    """A share with both its counts.

    >>> out_of(Share(3, 40), "unit")
    '3 of 40 units (7.5%)'
    """
    return f"{share.part:,} of {counted(share.whole, noun)} ({percent(share.rate)})"


def called(sku: str, title: str) -> str:
    """A product in a sentence, a long title cut.

    >>> called("MUG-1", "Speckled Mug"), called("MUG-1", "")
    ('Speckled Mug (MUG-1)', 'MUG-1')
    """
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
    return f"{title} ({sku})" if title else sku
