"""Check digits of numbers that other bodies issue: they are validated here, and never invented.

Sources: GS1 General Specifications, section 7.9 (modulo 10, weights 3 and 1 from the right); UPU
S10-12 (modulo 11, weights 8 6 4 2 3 5 9 7).
"""

from __future__ import annotations

import re

_S10 = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_SSCC_LENGTH = 18


def gs1_check_digit(digits: str) -> str:
    """The digit that completes a GTIN or an SSCC.

    >>> gs1_check_digit("629104150021"), gs1_check_digit("10614141123456789")
    ('3', '7')
    """
    total = sum(int(one) * (3, 1)[n % 2] for n, one in enumerate(reversed(digits)))
    return str(-total % 10)


def is_gtin(text: str) -> bool:
    """Whether it is a GTIN-8, -12, -13 or -14 whose check digit fits.

    >>> is_gtin("6291041500213"), is_gtin("6291041500214"), is_gtin("629")
    (True, False, False)
    """
    return len(text) in _GTIN_LENGTHS and _completes(text)


def is_sscc(text: str) -> bool:
    """Whether it is an SSCC-18 whose check digit fits.

    >>> is_sscc("106141411234567897"), is_sscc("106141411234567891")
    (True, False)
    """
    return len(text) == _SSCC_LENGTH and _completes(text)


def _completes(text: str) -> bool:
    return text.isascii() and text.isdigit() and gs1_check_digit(text[:-1]) == text[-1]


def looks_like_s10(text: str) -> bool:
    """Whether it has the form of a postal item number: two letters, nine digits, two letters.

    >>> looks_like_s10("RR473124829GB"), looks_like_s10("1Z999AA10123456784")
    (True, False)
    """
    return _S10.fullmatch(text) is not None


def is_s10(text: str) -> bool:
    """Whether it is a postal item number (UPU S10) whose check digit fits.

    >>> is_s10("RR473124829GB"), is_s10("RR473124828GB"), is_s10("RR47312482")
    (True, False, False)
    """
    found = _S10.fullmatch(text)
    if found is None:
        return False
    total = sum(int(one) * weight for one, weight in zip(found[1], _S10_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return int(found[2]) == {10: 0, 11: 5}.get(rest, rest)
