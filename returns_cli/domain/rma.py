"""The number of a return: ``RMA-`` + six Crockford base-32 symbols + one check symbol of the same.

The seven symbols are a code word over GF(32): their weighted sum, with weights that are successive
powers of a primitive element, is zero. Weights are non-zero, so every single wrong symbol shows;
neighbouring weights differ, so every swap of neighbours shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "RMA-"
_PAYLOAD = 6
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2), so x generates all 31 non-zero values
_LOOKALIKES = str.maketrans("OIL", "011")
_TOKEN_SYMBOLS = 8


def _times_x(value: int) -> int:
    shifted = value << 1
    return shifted ^ _POLYNOMIAL if shifted & 32 else shifted


def check_symbol(payload: str) -> str:
    """The symbol that completes ``payload`` (six symbols of the alphabet).

    >>> check_symbol("000000"), check_symbol("000001")
    ('0', '2')
    """
    total = 0
    for symbol in payload:  # Horner: ((s1·x + s2)·x + …)·x
        total = _times_x(total ^ ALPHABET.index(symbol))
    return ALPHABET[total]


def new_rma(salt: bytes, key: str, is_taken: Callable[[str], bool]) -> str:
    """The RMA of a request: the same salt and key always give the same number.

    Args:
        salt: the shop's random salt.
        key: the request's idempotency key.
        is_taken: whether an RMA belongs to another request; on a collision a counter is hashed in.
    """
    counter = 0
    while True:
        message = key if counter == 0 else f"{key}\0{counter}"
        rma = PREFIX + _with_check(_keyed_hash(salt, message.encode()))
        if not is_taken(rma):
            return rma
        counter += 1


def _keyed_hash(salt: bytes, message: bytes) -> bytes:
    """HMAC with SHA-256."""
    import hmac  # loads OpenSSL: not for commands that only read a number

    return hmac.digest(salt, message, "sha256")


def _with_check(digest: bytes) -> str:
    payload = _symbols(digest, _PAYLOAD)
    return payload + check_symbol(payload)


def _symbols(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[number >> (5 * i) & 31] for i in range(count))


def link_token(salt: bytes, rma: str) -> str:
    """The token that goes with an RMA in QR codes: an HMAC of salt and RMA, eight symbols."""
    return _symbols(_keyed_hash(salt, b"link\0" + rma.encode()), _TOKEN_SYMBOLS)


def _body(text: str) -> str:
    """The symbols that were meant: whatever is no ASCII letter or digit counts as a separator.

    A keyboard layout other than the scanner's makes ``-`` a ``ß``, a ``)`` or a ``'``.
    """
    squeezed = "".join(sign for sign in text if sign.isascii() and sign.isalnum()).upper()
    if len(squeezed) > _PAYLOAD + 2:  # a bare body may itself begin with "RMA"
        squeezed = squeezed.removeprefix("RMA")
    return squeezed.translate(_LOOKALIKES)


def read_rma(text: str) -> str:
    """The canonical RMA of what a person typed or a scanner sent.

    Any case, any separator or none, with or without the prefix; O is read as 0, I and L as 1.

    Raises:
        ValueError: not seven symbols of the alphabet, or the check symbol does not fit.

    >>> read_rma("rma ooo-ool 2")
    'RMA-0000012'
    """
    body = _body(text)
    if len(body) != _PAYLOAD + 1 or any(symbol not in ALPHABET for symbol in body):
        raise ValueError(f"{text!r} is not a return number")
    if check_symbol(body[:_PAYLOAD]) != body[_PAYLOAD]:
        raise ValueError(f"{text!r} is mistyped: its check symbol does not fit")
    return PREFIX + body


def nearby_rmas(text: str) -> list[str]:
    """Valid RMAs one slip from a mistyped one: two swapped, or one wrong, missing or too many.

    Returns:
        Candidates in a fixed order; which of them exist is for the store to say.
    """
    body = _body(text)
    return [
        PREFIX + one
        for one in dict.fromkeys(_one_slip_away(body))
        if one != body
        and len(one) == _PAYLOAD + 1
        and all(symbol in ALPHABET for symbol in one)
        and check_symbol(one[:_PAYLOAD]) == one[_PAYLOAD]
    ]


def _one_slip_away(body: str) -> Iterator[str]:
    if not _PAYLOAD <= len(body) <= _PAYLOAD + 2:
        return
    for i in range(len(body) - 1):
        yield body[:i] + body[i + 1] + body[i] + body[i + 2 :]
    for i in range(len(body)):
        yield body[:i] + body[i + 1 :]
        yield from (body[:i] + symbol + body[i + 1 :] for symbol in ALPHABET)
    for i in range(len(body) + 1):
        yield from (body[:i] + symbol + body[i:] for symbol in ALPHABET)
