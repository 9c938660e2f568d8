"""Cells of money to integer minor units, by one strict grammar.

An amount has an optional sign or parentheses, an optional symbol or ISO code before or after it,
ASCII digits, at most one kind of grouping and at most one decimal mark. Nothing is guessed: a mark
that could be either is refused.
"""

from __future__ import annotations

import re
from typing import Literal

from returns_cli.domain.money import CURRENCIES, exponent
from returns_cli.intake.problems import RowFault

Decimal = Literal["dot", "comma"]

_CACHE_SIZE = 10_000
_MAX_LENGTH = 60
_PLAIN_DIGITS = 12
MAX_MINOR = 10**15

_DOLLARS = frozenset(
    "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BMD BND BSD BZD DOP FJD GYD JMD KYD LRD "
    "NAD SBD SRD TTD XCD".split()
)
_SYMBOLS = {
    "$": _DOLLARS,
    "US$": frozenset({"USD"}),
    "C$": frozenset({"CAD", "NIO"}),
    "CA$": frozenset({"CAD"}),
    "A$": frozenset({"AUD"}),
    "AU$": frozenset({"AUD"}),
    "NZ$": frozenset({"NZD"}),
    "S$": frozenset({"SGD"}),
    "HK$": frozenset({"HKD"}),
    "NT$": frozenset({"TWD"}),
    "MX$": frozenset({"MXN"}),
    "R$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "円": frozenset({"JPY"}),
    "元": frozenset({"CNY", "TWD"}),
    "₩": frozenset({"KRW", "KPW"}),
    "₹": frozenset({"INR"}),
    "₺": frozenset({"TRY"}),
    "₽": frozenset({"RUB"}),
    "₴": frozenset({"UAH"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₱": frozenset({"PHP"}),
    "₦": frozenset({"NGN"}),
    "₡": frozenset({"CRC"}),
    "₸": frozenset({"KZT"}),
    "₾": frozenset({"GEL"}),
    "zł": frozenset({"PLN"}),
    "Kč": frozenset({"CZK"}),
    "Ft": frozenset({"HUF"}),
    "lei": frozenset({"RON", "MDL"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"DKK", "ISK"}),
    "Fr.": frozenset({"CHF"}),
    "Fr": frozenset({"CHF"}),
    "лв": frozenset({"BGN"}),
    "RM": frozenset({"MYR"}),
    "Rp": frozenset({"IDR"}),
    "R": frozenset({"ZAR"}),
}
_SYMBOL = r"[^0-9\s+\-.,()'_][^0-9\s+\-,()'_]{0,3}?"
_AMOUNT = re.compile(
    rf"(?P<sign>[+-])?\s?(?P<before>{_SYMBOL})?\s?(?P<inner>[+-])?"
    r"(?P<number>\.?[0-9](?:[0-9.,'’ \u00a0\u2009\u202f]*[0-9])?)"
    rf"\s?(?P<after>{_SYMBOL})?"
)
_DIRECTION_MARKS = str.maketrans("", "", "\u200e\u200f")
_SPACES = "'’ \u00a0\u2009\u202f"


class AmountReader(dict[str, int]):
    """Amounts of one currency by their text: a cache that reads on a miss.

    ``reader["12.90"]`` gives 1290. The cell is trimmed before.

    Args:
        currency: ISO 4217.
        decimal: the declared decimal mark, None to decide per value.
        dot_is_decimal: a single dot with three digits behind it is decimal (fixed by the format).
        signed: whether amounts below zero are allowed; ``-0.00`` always is.

    Raises:
        RowFault: ``E-MONEY``, ``E-MONEY-AMBIGUOUS``, ``E-MONEY-PRECISION``, ``E-CURRENCY-MIXED``
            (without a column: the caller knows it).
    """

    def __init__(
        self,
        currency: str,
        decimal: Decimal | None = None,
        *,
        dot_is_decimal: bool = True,
        signed: bool = False,
    ) -> None:
        super().__init__()
        self._currency = currency
        self._digits = exponent(currency)
        self._decimal = decimal
        self._dot_is_decimal = dot_is_decimal
        self._signed = signed
        decimals = rf"\.[0-9]{{{self._digits}}}" if self._digits else ""
        self._plain = re.compile(rf"[0-9]{{1,{_PLAIN_DIGITS}}}{decimals}")
        self._takes_plain = decimal == "dot" or (decimal is None and dot_is_decimal)

    def __missing__(self, text: str) -> int:
        if self._takes_plain and self._plain.fullmatch(text):
            minor = int(text.replace(".", "", 1))
        else:
            minor = self._read(text)
        if abs(minor) > MAX_MINOR:
            raise RowFault("E-MONEY", message="The amount is larger than any order.")
        if len(self) < _CACHE_SIZE:  # prices come again and are in soon, totals seldom do
            self[text] = minor
        return minor

    def _read(self, text: str) -> int:
        text = text.translate(_DIRECTION_MARKS).strip()
        is_negative = text[:1] == "(" and text[-1:] == ")"
        body = text[1:-1].strip() if is_negative else text
        found = _AMOUNT.fullmatch(body) if len(body) <= _MAX_LENGTH else None
        if found is None or (found["before"] and found["after"]):
            raise RowFault("E-MONEY")
        signs = (found["sign"] or "") + (found["inner"] or "")
        if len(signs) + is_negative > 1:
            raise RowFault("E-MONEY")
        symbol, number = found["before"] or found["after"], found["number"]
        if found["before"] and number[0] == "." and found["before"] + "." in _SYMBOLS:
            symbol, number = found["before"] + ".", number[1:]
        self._check_symbol(symbol)
        minor = self._minor(*self._split(number))
        is_negative = is_negative or signs == "-"
        if is_negative and minor and not self._signed:
            raise RowFault("E-MONEY", message="The amount must not be negative.")
        return -minor if is_negative else minor

    def _check_symbol(self, symbol: str | None) -> None:
        if symbol is None or symbol.upper() == self._currency:
            return
        if self._currency in _SYMBOLS.get(symbol, ()):
            return
        if symbol in _SYMBOLS or symbol.upper() in CURRENCIES:
            raise RowFault(
                "E-CURRENCY-MIXED",
                message=f"The amount's sign does not belong to {self._currency}.",
            )
        raise RowFault("E-MONEY")

    def _split(self, number: str) -> tuple[str, str]:
        """The whole digits and the decimals of a number with its marks."""
        mark = self._decimal_mark(number)
        whole, _, decimals = number.rpartition(mark) if mark else (number, "", "")
        if mark and (not decimals.isdigit() or mark in whole):
            raise RowFault("E-MONEY")
        return _ungrouped(whole), decimals

    def _decimal_mark(self, number: str) -> str:
        """The decimal mark, or an empty string where every mark is grouping."""
        if self._decimal is not None:
            mark = "." if self._decimal == "dot" else ","
            return mark if mark in number else ""
        dots, commas = number.count("."), number.count(",")
        if dots and commas:
            return max(".,", key=number.rfind)
        if dots + commas != 1:
            return ""
        mark = "." if dots else ","
        behind = len(number) - number.index(mark) - 1
        has_other_grouping = any(sign in _SPACES for sign in number)
        if behind != 3 or has_other_grouping or (mark == "." and self._dot_is_decimal):
            return mark
        raise RowFault("E-MONEY-AMBIGUOUS")

    def _minor(self, whole: str, decimals: str) -> int:
        if len(whole) > 15:
            raise RowFault("E-MONEY", message="The amount is larger than any order.")
        digits = self._digits
        if len(decimals) > digits:
            if decimals[digits:].strip("0"):
                raise RowFault("E-MONEY-PRECISION")
            decimals = decimals[:digits]
        return int((whole or "0") + decimals.ljust(digits, "0"))


def _ungrouped(whole: str) -> str:
    """The digits of a whole number with at most one kind of grouping between them."""
    kinds = {sign for sign in whole if not sign.isdigit()}
    if not kinds:
        return whole
    if len(kinds) > 1:
        raise RowFault("E-MONEY")
    first, *rest = whole.split(kinds.pop())
    inner_fits = all(len(group) in (2, 3) for group in rest[:-1])
    if not (1 <= len(first) <= 3 and inner_fits and len(rest[-1]) == 3):
        raise RowFault("E-MONEY")
    return first + "".join(rest)
