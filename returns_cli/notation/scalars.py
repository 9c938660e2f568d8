"""Typed scalars: one small reader per kind, from the text in the file to a value.

A reader raises :class:`Misread` with what is wrong and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from returns_cli.domain import money, terms
from returns_cli.domain.days import parse_day
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.notation.shapes import Scalar

# Patterns stay text, which `re` compiles once it is needed.
_NAME = r"(?a)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
_CODE = r"(?a)[a-z][a-z0-9_]{0,63}"
_COUNTRY = r"(?a)[A-Z]{2}"
_LANGUAGE = r"(?a)[a-z]{2,3}([_-][A-Z][a-z]{3})?([_-]([A-Z]{2}|[0-9]{3}))?"
_ACCOUNT = r"(?a)[a-z][a-z_]*(:[a-z][a-z_]*)?"
_ACCOUNT_NAME = r"[^\W_][^:;\"\s]*( [^:;\"\s]+)*(:[^\W_][^:;\"\s]*( [^:;\"\s]+)*)*"
_COLOR = r"(?a)#[0-9A-Fa-f]{6}"
_URL = r"(?a)https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{1,500}"
_WEIGHT = r"(?a)(\d{1,7})(?:\.(\d{1,3}))? ?(g|kg)"
_NUMBER = r"(?a)\d{1,12}(\.\d{1,6})?"
_FINE_PERCENT = r"(?a)(\d{1,3})(?:\.(\d{1,10}))? ?%"
_MONTH_DAY = r"(?a)(\d{2})-(\d{2})"
_MAX_TEXT = 2000
PERCENT = 10**10
"""One percent as a fact counts it, so that 1 of 3 is told from 33.33%."""


class Misread(Exception):  # noqa: N818 - becomes a Problem, never reaches a person as it is
    """A text that a kind does not allow: ``code`` is the end of the problem's code."""

    def __init__(self, message: str, hint: str, code: str = "VALUE") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


class MonthDay(NamedTuple):
    """A day of every year, written ``11-01``."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """That day of a year; 29 February is the last day of February."""
        if (self.month, self.day) == (2, 29):
            return date.fromordinal(date(year, 3, 1).toordinal() - 1)
        return date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


def read_scalar(text: str, shape: Scalar, currency: str | None) -> object:
    """The typed value of a scalar's text.

    Args:
        currency: of the policy; None where it could not be read, amounts are then not checked.

    Raises:
        Misread: the text is none of that kind.
    """
    if len(text) > _MAX_TEXT:
        raise Misread(f"The text has {len(text)} characters.", f"At most {_MAX_TEXT} are read.")
    return READERS[shape.kind](text, shape, currency)


def _text(text: str, _shape: Scalar, _currency: str | None) -> str:
    if not text.strip():
        raise Misread("The text is empty.", "Write it, or delete the key.")
    return text.strip()


def _word(text: str, shape: Scalar, _currency: str | None) -> str:
    if text not in shape.choices:
        raise Misread(f"{text!r} is not known here.", nearest_or_all(text, shape.choices))
    return text


def _matching(pattern: str, what: str, hint: str) -> Callable[..., str]:
    def read(text: str, _shape: Scalar, _currency: str | None) -> str:
        if not re.fullmatch(pattern, text):
            raise Misread(f"{text!r} is not {what}.", hint)
        return text

    return read


def _country(text: str, _shape: Scalar, _currency: str | None) -> str:
    if not re.fullmatch(_COUNTRY, text) or text == "UK":
        hint = "Write GB." if text == "UK" else "Write its two capital letters: US, DE, JP."
        raise Misread(f"{text!r} is not a country's ISO code.", hint)
    return text


def _currency(text: str, _shape: Scalar, _of: str | None) -> str:
    if text not in money.CURRENCIES:
        raise Misread(
            f"{text!r} is not a currency of ISO 4217.",
            "Write three capital letters: USD, EUR, JPY.",
        )
    return text


def _timezone(text: str, _shape: Scalar, _currency: str | None) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Misread(
            f"{text!r} is not a time zone.", "Write a city of the zone: America/New_York, UTC."
        ) from None
    return text


def _count(text: str, shape: Scalar, _currency: str | None) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise Misread(f"{text!r} is not a whole number.", "Write digits only: 30.")
    number = int(text)
    if not shape.low <= number <= shape.high:
        raise Misread(
            f"{text} is out of range.", f"Write a number from {shape.low} to {shape.high}."
        )
    return number


def _flag(text: str, _shape: Scalar, _currency: str | None) -> bool:
    if text not in ("true", "false", "yes", "no"):
        raise Misread(f"{text!r} is neither true nor false.", "Write true or false.")
    return text in ("true", "yes")


def _amount(text: str, _shape: Scalar, currency: str | None) -> int:
    if currency is None:
        return 0
    digits, _, code = text.partition(" ")
    if code.strip() and code.strip() != currency:
        if code.strip() in money.CURRENCIES:
            message = f"{text!r} is not in {currency}, as the rest of the file is."
            raise Misread(message, f"Write the amount in {currency}.", "CURRENCY")
        raise Misread(f"{text!r} is not an amount.", f"Write {_sample(currency)}.", "MONEY")
    try:
        return terms.read_money(text, currency)
    except ValueError:
        raise Misread(
            f"{text!r} is not an amount of {currency}.", _money_hint(digits, currency), "MONEY"
        ) from None


def _sample(currency: str) -> str:
    return money.format_amount(695 if money.exponent(currency) else 700, currency)


def _money_hint(digits: str, currency: str) -> str:
    decimals = money.exponent(currency)
    whole, dot, rest = digits.replace(",", ".").partition(".")
    if dot and whole.isdecimal() and rest.isdecimal() and 0 < len(rest) < decimals:
        return f"Write {whole}.{rest.ljust(decimals, '0')}, or a whole number."
    if digits.startswith("-"):
        return "Amounts are written without a sign."
    if not decimals:
        return f"{currency} has no decimals: write a whole number."
    return f"Write a whole number, or one with {decimals} decimals after a dot."


def _percent(text: str, _shape: Scalar, _currency: str | None) -> int:
    try:
        basis_points = terms.read_percent(text)
    except ValueError:
        raise Misread(
            f"{text!r} is not a percentage.", "Write it with its sign, at most 2 decimals: 12.5%."
        ) from None
    if basis_points > 10_000:
        raise Misread(f"{text} is over 100%.", "Write 0% to 100%.")
    return basis_points


def _fee(text: str, shape: Scalar, currency: str | None) -> terms.Fee:
    if text.rstrip().endswith("%"):
        return terms.Fee(basis_points=_percent(text, shape, currency))
    return terms.Fee(amount_minor=_amount(text, shape, currency))


def _share(text: str, _shape: Scalar, _currency: str | None) -> int:
    match = re.fullmatch(_FINE_PERCENT, text)
    if not match:
        raise Misread(f"{text!r} is not a percentage.", "Write it with its sign: 50%.")
    return int(match[1]) * PERCENT + int((match[2] or "0").ljust(10, "0"))


def _weight(text: str, _shape: Scalar, _currency: str | None) -> int:
    match = re.fullmatch(_WEIGHT, text)
    if not match or (match[3] == "g" and match[2]):
        raise Misread(f"{text!r} is not a weight.", "Write 1500 g or 1.5 kg.")
    grams = int((match[2] or "0").ljust(3, "0"))
    return int(match[1]) * 1000 + grams if match[3] == "kg" else int(match[1])


def _day(text: str, _shape: Scalar, _currency: str | None) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise Misread(f"{text!r} is not a day.", "Write YYYY-MM-DD: 2026-03-05.", "DATE") from None


def _edge(text: str, shape: Scalar, currency: str | None) -> date | MonthDay:
    match = re.fullmatch(_MONTH_DAY, text)
    if not match:
        return _day(text, shape, currency)
    month_day = MonthDay(int(match[1]), int(match[2]))
    try:
        date(2024, month_day.month, month_day.day)
    except ValueError:
        raise Misread(f"{text!r} is no day of a year.", "Write MM-DD: 01-31.", "DATE") from None
    return month_day


def _until(text: str, shape: Scalar, currency: str | None) -> date | MonthDay | None:
    return None if text == "none" else _edge(text, shape, currency)


def _or_none(read: Callable[[str, Scalar, str | None], int]) -> Callable[..., int | None]:
    def limit(text: str, shape: Scalar, currency: str | None) -> int | None:
        return None if text == "none" else read(text, shape, currency)

    return limit


def _day_or_none(text: str, shape: Scalar, currency: str | None) -> date | None:
    return None if text == "none" else _day(text, shape, currency)


def _any(text: str, _shape: Scalar, _currency: str | None) -> str:
    return text


READERS: Mapping[str, Callable[[str, Scalar, str | None], object]] = {
    "any": _any,
    "text": _text,
    "word": _word,
    "name": _matching(_NAME, "a name", "Use letters, digits, - and _, no spaces."),
    "code": _matching(_CODE, "a code", "Use small letters, digits and _: final_sale."),
    "country": _country,
    "account": _matching(_ACCOUNT, "an account", 'Write returns, payable, or "paid:gift_card".'),
    "account_name": _matching(
        _ACCOUNT_NAME, "a name of an account", "Write its parts with : between, Assets:Bank."
    ),
    "gs1_prefix": _matching(
        "[0-9]{6,10}", "a GS1 company prefix", 'Write 6 to 10 digits in quotes: "0614141".'
    ),
    "color": _matching(_COLOR, "a color", 'Write six hex digits in quotes: "#1a2b3c".'),
    "url": _matching(_URL, "a web address", "Write it whole: https://returns.example.com"),
    "currency": _currency,
    "language": _matching(_LANGUAGE, "a language", "Write en, ro, ja, zh_Hans."),
    "timezone": _timezone,
    "count": _count,
    "number": _matching(_NUMBER, "a number", "Write digits, with a dot for decimals: 4.90."),
    "flag": _flag,
    "days": _or_none(_count),
    "amount": _amount,
    "limit": _or_none(_amount),
    "percent": _percent,
    "fee": _fee,
    "share": _share,
    "weight": _weight,
    "day": _day,
    "day_or_none": _day_or_none,
    "edge": _edge,
    "until": _until,
}
