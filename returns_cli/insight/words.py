"""Figures as words of a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from returns_cli.domain.money import format_amount
from returns_cli.domain.nearest import nearest
from returns_cli.insight.figures import NOTHING, percentage
from returns_cli.insight.report import Money, Share

_LONGEST_TITLE = 60
_MOST_NAMED = 5


def percent(rate: float | None) -> str:
    """A rate in percent, to a tenth; a dash for none.

    >>> percent(0.1234), percent(0.00001), percent(None)
    ('12.3%', '<0.1%', '–')
    """
    return NOTHING if rate is None else percentage(rate)


def money(amount: Money) -> str:
    """An amount with its currency in a sentence.

    >>> money(Money("JPY", 500)), money(Money("EUR", -123456))
    ('500 JPY', '-1,234.56 EUR')
    """
    sign = "-" if amount.amount_minor < 0 else ""
    whole, point, decimals = format_amount(abs(amount.amount_minor), amount.currency).partition(".")
    return f"{sign}{int(whole):,}{point}{decimals} {amount.currency}"


def nothing_fits(name: str, asked: str, known: Sequence[str]) -> str:
    """What to say where a report was narrowed to what nothing in the shop fits.

    >>> nothing_fits("tier", "glod", ["gold", "silver"])
    'Nothing here has the tier glod; did you mean gold?'
    >>> nothing_fits("channel", "web", [])
    'Nothing here has the channel web: no channel is known.'
    """
    told = f"Nothing here has the {name} {shortened(asked)}"
    if near := nearest(asked, known):
        return f"{told}; did you mean {shortened(near[0])}?"
    if not known:
        return f"{told}: no {name} is known."
    more = "" if len(known) <= _MOST_NAMED else ", …"
    return f"{told}; known: {', '.join(map(shortened, known[:_MOST_NAMED]))}{more}."


def shortened(text: str) -> str:
    """A text of the shop's data, cut where it is too long for a sentence."""
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1].rstrip()}…"


def spoken(code: str) -> str:
    """A reason or another code in words.

    >>> spoken("too_small"), quoted("too_small")
    ('too small', '"too small"')
    """
    return code.replace("_", " ")


def quoted(code: str) -> str:
    """The same, where it stands as a name in a sentence."""
    return f'"{spoken(code)}"'


def by_value(values: Mapping[str, Sequence[int]]) -> str:
    """What share came back by value, one currency beside the other; empty of nothing.

    Args:
        values: by currency what came back and what was delivered, in minor units.

    >>> by_value({"EUR": (500, 2000), "JPY": (0, 0)})
    '; by value 25.0% of EUR (5.00 EUR)'
    """
    told = [
        f"{percent(came / of)} of {currency} ({money(Money(currency, came))})"
        for currency, (came, of) in sorted(values.items())
        if of
    ]
    return f"; by value {', '.join(told)}" if told else ""


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
    return f"{shortened(title)} ({sku})" if title else sku
