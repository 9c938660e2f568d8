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


def shop_sscc(prefix: str, serial: int) -> str:
    """The SSCC-18 that a shop gives a parcel of its own (GS1 General Specifications, 2.2.1).

    The company prefix belongs to the shop, and so do the numbers behind it: extension digit and
    serial reference are the serial number, so that each number stands for one parcel for ever.

    Args:
        prefix: the GS1 company prefix, 6 to 10 digits.
        serial: of the parcel, from 1.

    Raises:
        ValueError: the prefix has no such number.

    >>> shop_sscc("0614141", 1), shop_sscc("0614141", 1_000_000_001)
    ('006141410000000012', '106141410000000019')
    """
    digits = _SSCC_LENGTH - 2 - len(prefix)
    extension, reference = divmod(serial, 10**digits)
    if serial < 1 or extension > 9:
        raise ValueError(f"the prefix {prefix} has no number {serial}")
    body = f"{extension}{prefix}{reference:0{digits}d}"
    return body + gs1_check_digit(body)


def serial_of_sscc(prefix: str, sscc: str) -> int | None:
    """The serial number in a shop's own SSCC; None for any other text.

    Args:
        prefix: the shop's GS1 company prefix.
        sscc: 18 digits, or 20 with the application identifier ``00``, as scanners send it.

    >>> serial_of_sscc("0614141", "00006141410000000012"), serial_of_sscc("95", "1Z999")
    (1, None)
    """
    text = sscc.removeprefix("00") if len(sscc) == _SSCC_LENGTH + 2 else sscc
    if not is_sscc(text) or text[1 : 1 + len(prefix)] != prefix:
        return None
    return int(text[0] + text[1 + len(prefix) : -1])


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
