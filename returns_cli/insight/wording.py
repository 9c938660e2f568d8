"""Figures inside sentences: percents, intervals, counts, money; the same in every report."""

from __future__ import annotations

from returns_cli.domain.money import format_amount
from returns_cli.insight.report import Interval, Money


def percent(rate: float) -> str:
    """A rate for people, with as many digits as tell it from nothing.

    >>> percent(0.0512), percent(0.4), percent(0.0004), percent(0.0)
    ('5.1 %', '40 %', '0.04 %', '0 %')
    """
    hundredths = rate * 100
    if hundredths >= 10 or hundredths == 0:
        return f"{hundredths:.0f} %"
    return f"{hundredths:.1f} %" if hundredths >= 0.1 else f"{hundredths:.2g} %"


def bounds(interval: Interval) -> str:
    """An interval for people.

    >>> bounds(Interval(0.0255, 0.112))
    '2.5–11 %'
    """
    low, high = percent(interval.low), percent(interval.high)
    return f"{low.removesuffix(' %')}–{high}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "unit"), counted(1200, "unit"), counted(2, "is", "are")
    ('1 unit', '1,200 units', '2 are')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def money(amount: Money) -> str:
    """An amount with its currency.

    >>> money(Money("EUR", 120450))
    '1204.50 EUR'
    """
    return f"{format_amount(amount.amount_minor, amount.currency)} {amount.currency}"
