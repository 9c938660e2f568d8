"""Amounts, dates, plurals and country names in the form of a locale, by CLDR through babel.

Babel is imported late: it costs tens of milliseconds and only paper and messages need it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from returns_cli.domain.money import exponent, format_amount

if TYPE_CHECKING:
    from babel import Locale

_NO_BREAK_SPACE = "\u00a0"


@lru_cache(maxsize=32)
def _locale(name: str) -> Locale:
    from babel import Locale

    return Locale.parse(name)


@lru_cache(maxsize=1024)
def money_text(amount_minor: int, currency: str, locale: str) -> str:
    """An amount as people of a locale write it, with exactly the currency's ISO 4217 decimals.

    CLDR rounds some currencies to fewer decimals than they have (IQD to none); this never does.

    Args:
        amount_minor: minor units; negative amounts carry a minus sign.
        currency: ISO 4217 code.
        locale: CLDR name, ``en_GB``.

    >>> money_text(2490, "USD", "en"), money_text(-695, "EUR", "en"), money_text(6010, "JPY", "en")
    ('$24.90', '-€6.95', '¥6,010')
    """
    from decimal import Decimal

    from babel.numbers import get_currency_symbol, parse_pattern

    named = _locale(locale)
    pattern = parse_pattern(named.currency_formats["standard"].pattern)
    decimals = exponent(currency)
    pattern.frac_prec = (decimals, decimals)
    number = Decimal(format_amount(amount_minor, currency))
    text = pattern.apply(number, named, currency=currency, currency_digits=False)
    return _parted(text, get_currency_symbol(currency, locale=named))


def _parted(text: str, symbol: str) -> str:
    """A no-break space between a symbol that ends in a letter and the figure (CLDR asks for it)."""
    before, found, after = text.partition(symbol)
    if found and symbol[-1:].isalpha() and after[:1].isdigit():
        return f"{before}{symbol}{_NO_BREAK_SPACE}{after}"
    return text


@lru_cache(maxsize=1024)
def date_text(day: date, locale: str, *, style: str = "medium") -> str:
    """A day as people of a locale write it; the month is in letters where the language has it so.

    Args:
        day: the day.
        locale: CLDR name.
        style: ``medium``, ``long``, or ``full`` with the weekday.

    >>> date_text(date(2026, 7, 24), "en"), date_text(date(2026, 7, 24), "en_GB", style="full")
    ('Jul 24, 2026', 'Friday, 24 July 2026')
    """
    from babel.dates import format_date

    return format_date(day, format=style, locale=_locale(locale))


@lru_cache(maxsize=512)
def country_text(country: str, locale: str) -> str:
    """A country's name in capitals, as the last line of an address (Universal Postal Union S42).

    Args:
        country: ISO 3166-1 alpha-2; anything else is printed as it came.
        locale: CLDR name of the language to write it in.

    >>> country_text("de", "en"), country_text("Deutschland", "en"), country_text("", "en")
    ('GERMANY', 'DEUTSCHLAND', '')
    """
    code = country.strip().upper()
    return str(_locale(locale).territories.get(code, code)).upper()


def plural_category(n: int, locale: str) -> str:
    """CLDR's plural category of a whole number: ``one``, ``few`` or ``other``.

    >>> plural_category(1, "en"), plural_category(5, "en")
    ('one', 'other')
    """
    return str(_locale(locale).plural_form(n))
