"""One cell of text to one value: ids, quantities, yes or no, lists, and what to show of a cell."""

from __future__ import annotations

import re

SHOWN = 80
MAX_QUANTITY_DIGITS = 9
_REMEMBERED = 50_000

# C0 without tab and line ends, DEL, C1, and the characters that steer the direction of text.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_QUANTITY = re.compile(r"([0-9]+)(?:\.0+)?", re.ASCII)
_POWER_OF_TEN = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.ASCII | re.IGNORECASE)
_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})


def show_value(text: str) -> str:
    r"""A cell for a report: control and direction characters escaped, cut at 80 characters.

    >>> show_value("a\x1b[31m")
    'a\\x1b[31m'
    """
    cut = text[:SHOWN]
    return _UNSHOWABLE.sub(_escape, cut)[:SHOWN]


def _escape(found: re.Match[str]) -> str:
    point = ord(found.group())
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def clean_id(text: str) -> str:
    """An id, SKU, postcode or phone as it came, without outer spaces and spreadsheet wrapping.

    >>> clean_id(" '02134 "), clean_id('="00123"'), clean_id("007")
    ('02134', '00123', '007')
    """
    text = text.strip()
    if text[:1] == "'":
        return text[1:]
    if text[:2] == '="' and text[-1:] == '"' and len(text) > 2:
        return text[2:-1]
    return text


class CleanIds(dict[str, str]):
    """``clean_id`` with a bounded memory, for columns whose cells repeat."""

    def __missing__(self, text: str) -> str:
        cleaned = clean_id(text)
        if len(self) < _REMEMBERED:
            self[text] = cleaned
        return cleaned


class Trimmed(dict[str, str]):
    """``str.strip`` with a bounded memory: equal cells become one object."""

    def __missing__(self, text: str) -> str:
        trimmed = text.strip()
        if len(self) < _REMEMBERED:
            self[text] = trimmed
        return trimmed


def is_power_of_ten(text: str) -> bool:
    """Whether an id looks as a spreadsheet writes a long number: ``1.23E+12``."""
    return _POWER_OF_TEN.fullmatch(text) is not None


def parse_quantity(text: str) -> int:
    """A number of units: ASCII digits, ``2.00`` passes; 0 is for the caller to judge.

    Raises:
        ValueError: signs, fractions, exponents, other digits, more than nine digits.
    """
    found = _QUANTITY.fullmatch(text) if len(text) <= SHOWN else None
    if found is None or len(found[1].lstrip("0")) > MAX_QUANTITY_DIGITS:
        raise ValueError("not a number of units")
    return int(found[1])


def parse_flag(text: str) -> bool | None:
    """Yes or no in any of its spellings (``TRUE true yes 1``); None for an empty cell.

    Raises:
        ValueError: any other text.
    """
    folded = text.strip().casefold()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    if folded:
        raise ValueError("neither yes nor no")
    return None


def split_list(text: str, separator: str = "|") -> tuple[str, ...]:
    """The entries of a list inside a cell, trimmed, empty ones left out."""
    if not text:
        return ()
    return tuple(part for part in map(str.strip, text.split(separator)) if part)
