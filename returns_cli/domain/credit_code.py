"""The code of a store credit: ``CR-`` and three groups of five symbols, the last one a check.

Whoever holds the code may spend the credit, so nobody can guess it: 70 bits of an HMAC under the
shop's random salt. As with an RMA, the same work done again makes the same code. The check symbol
is that of an RMA: it catches every single wrong symbol and every swap of neighbours. A mistyped
code gets no suggestion, which would give away somebody's money.
"""

from __future__ import annotations

from returns_cli.domain.rma import ALPHABET, check_symbol

_PREFIX = "CR"
_PAYLOAD = 14
_GROUP = 5
_LOOKALIKES = str.maketrans("OIL", "011")


def code_of(digest: bytes) -> str:
    """The code that the last 70 bits of a keyed digest make.

    >>> code_of((1).to_bytes(32, "big"))
    'CR-10000-00000-0000X'
    """
    number = int.from_bytes(digest, "big")
    payload = "".join(ALPHABET[number >> (5 * i) & 31] for i in range(_PAYLOAD))
    return _written(payload + check_symbol(payload))


def read_code(text: str) -> str:
    """The canonical code of what was typed: any case, any separator or none, with or without CR.

    Raises:
        ValueError: it is no code, or the check symbol does not fit.

    >>> read_code("cr i0000 ooooo 0000x")
    'CR-10000-00000-0000X'
    """
    signs = "".join(sign for sign in text if sign.isascii() and sign.isalnum()).upper()
    if len(signs) == _PAYLOAD + 1 + len(_PREFIX):
        signs = signs.removeprefix(_PREFIX)
    signs = signs.translate(_LOOKALIKES)
    if len(signs) != _PAYLOAD + 1 or any(sign not in ALPHABET for sign in signs):
        raise ValueError("not the code of a store credit")
    if check_symbol(signs[:_PAYLOAD]) != signs[_PAYLOAD]:
        raise ValueError("mistyped: the check symbol does not fit")
    return _written(signs)


def _written(signs: str) -> str:
    groups = (signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))
    return "-".join((_PREFIX, *groups))
