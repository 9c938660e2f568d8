"""Amounts, dates, lists, plurals and country names in the form of a locale, by CLDR.

Babel carries CLDR. It is imported late: it costs tens of milliseconds, and only paper and messages
need it.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def country_name(country: str, locale: str) -> str:
    """A country's name within a sentence; a code that CLDR does not know stands as it is.

    >>> country_name("JP", "en"), country_name("JP", "ro"), country_name("XX", "en")
    ('Japan', 'Japonia', 'XX')
    """
    return str(_locale(locale).territories.get(country, country))


def currency_name(currency: str, locale: str) -> str:
    """A currency's name.

    >>> currency_name("USD", "en"), currency_name("JPY", "zh_Hant")
    ('US Dollar', '日圓')
    """
    return str(_locale(locale).currencies.get(currency, currency))


def list_text(parts: Sequence[str], locale: str, *, style: str = "or") -> str:
    """Several things as one phrase.

    Args:
        parts: at least one.
        style: ``or``, or ``standard`` for all of them (and).

    >>> list_text(["a", "b", "c"], "en"), list_text(["a", "b"], "ja", style="standard")
    ('a, b, or c', 'a、b')
    """
    from typing import Literal, cast

    from babel.lists import format_list

    named = cast("Literal['or', 'standard']", style)
    return format_list(list(parts), style=named, locale=_locale(locale))


def number_text(number: int, locale: str) -> str:
    """A whole number with the locale's grouping.

    >>> number_text(30, "ro"), number_text(36500, "en")
    ('30', '36,500')
    """
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(locale))


def percent_text(number: int, ones: int, locale: str) -> str:
    r"""A percentage with all its decimals.

    Args:
        number: counted in parts of a percent.
        ones: how many of them are one percent: 100 for hundredths.

    >>> percent_text(1250, 100, "en"), percent_text(1000, 100, "ro")
    ('12.5%', '10\xa0%')
    """
    from decimal import Decimal

    from babel.numbers import parse_pattern

    named = _locale(locale)
    pattern = parse_pattern(named.percent_formats[None].pattern)
    pattern.frac_prec = (0, 12)
    return str(pattern.apply(Decimal(number) / (100 * ones), named))


def weight_text(grams: int, locale: str) -> str:
    """A weight in grams below one kilogram, in kilograms from there.

    >>> weight_text(250, "en"), weight_text(1500, "ro")
    ('250 g', '1,5 kg')
    """
    from decimal import Decimal

    from babel.units import format_unit

    named = _locale(locale)
    if grams < 1000:
        return format_unit(grams, "mass-gram", "short", locale=named)
    return format_unit(Decimal(grams) / 1000, "mass-kilogram", "short", locale=named)


def month_day_text(month: int, day: int, locale: str) -> str:
    """A day of every year.

    >>> month_day_text(11, 1, "en"), month_day_text(1, 31, "zh_Hans")
    ('November 1', '1月31日')
    """
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", date(2024, month, day), locale=_locale(locale))
