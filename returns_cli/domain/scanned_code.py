"""What a scanner sent: told apart by form and check digit, whatever the keyboard made of it.

A keyboard-wedge scanner types as a US keyboard. On another layout ``-``, ``*``, ``/`` and ``:``
arrive as other signs, so no reading needs them; on a German one Y and Z change places, which the
check symbol of a return's number shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from returns_cli.domain.check_digits import is_gtin
from returns_cli.domain.rma import PREFIX, read_rma

COMMANDS = ("DONE", "UNDO", "EXTRA", "NOTE", "PHOTO")
_SYMBOLOGY = re.compile(r"\A\][A-Za-z][0-9]")  # AIM identifier, ``]C1`` before a GS1 code
_UNIT = re.compile(r"\A(RMA)?[^0-9A-Z]?([0-9A-Z]{7})[^0-9A-Z]([0-9]{1,4})[^0-9A-Z]([0-9]{1,4})\Z")
_RMA_SYMBOLS = 7
_TOKEN_SYMBOLS = 8
_CAPITALS = {ord(sign): sign.upper() for sign in "abcdefghijklmnopqrstuvwxyz"}  # ß is no SS
_SWAP = str.maketrans("YZ", "ZY")
_LONGEST = 200


class Code(NamedTuple):
    """A code that was understood as far as its form tells.

    Attributes:
        kind: ``command``, ``grade``, ``rma``, ``unit``, ``mistyped`` (a return's number whose
            check symbol does not fit), ``gtin`` or ``other``: an SKU, an order or a tracking
            number, a serial number.
        text: what was sent, without the scanner's line ends; of a command or grade, its name.
        rma: canonical; of ``rma`` and ``unit``.
        line, unit: of a unit sticker.
        is_certain: an RMA with its prefix or in a link; seven bare signs may be an SKU as well.
        is_swapped: Y and Z had changed places.
    """

    kind: str
    text: str
    rma: str = ""
    line: int = 0
    unit: int = 0
    is_certain: bool = False
    is_swapped: bool = False


def read_code(sent: str, grades: Iterable[str]) -> Code:
    """The code that a scanner sent or a clerk typed.

    Args:
        sent: one scan, with or without its line end.
        grades: names of the grades that cards exist for.

    >>> read_code("*UNDO*", ()).text, read_code("(GRADE-OPENED(", ["opened"]).text
    ('UNDO', 'opened')
    >>> read_code("4006381333931", ()).kind, read_code("4006381333932", ()).kind
    ('gtin', 'other')
    """
    text = _SYMBOLOGY.sub("", " ".join(sent.split())[:_LONGEST])
    upper = text.translate(_CAPITALS)
    return _card(upper, grades) or _unit(upper, text) or _rma(upper, text) or _plain(text)


def _card(upper: str, grades: Iterable[str]) -> Code | None:
    signs = "".join(one for one in upper if one.isascii() and one.isalnum())
    if not signs.isalpha():
        return None
    if signs in COMMANDS:
        return Code("command", signs)
    for grade in grades:
        card = "GRADE" + "".join(one for one in grade.upper() if one.isalnum())
        if signs in (card, card.translate(_SWAP)):
            return Code("grade", grade, is_swapped=signs != card)
    return None


def _unit(upper: str, text: str) -> Code | None:
    found = _UNIT.match(upper)
    rma = _read(found[2]) if found else None
    if found is None or rma is None:
        return None
    return Code("unit", text, rma, int(found[3]), int(found[4]), is_certain=True)


def _rma(upper: str, text: str) -> Code | None:
    signs = "".join(one for one in upper if one.isascii() and one.isalnum())
    if signs.startswith("HTTP"):
        ends = (signs[-_TOKEN_SYMBOLS - _RMA_SYMBOLS : -_TOKEN_SYMBOLS], signs[-_RMA_SYMBOLS:])
        found = next((rma for end in ends if (rma := _read(end)) is not None), None)
        return Code("rma", text, found, is_certain=True) if found else None
    has_prefix = len(signs) > _RMA_SYMBOLS and signs.startswith("RMA")
    body = signs.removeprefix("RMA") if has_prefix else signs
    if len(body) != _RMA_SYMBOLS:
        return None
    if (rma := _read(body)) is not None:
        return Code("rma", text, rma, is_certain=has_prefix)
    if not has_prefix:
        return None
    if (rma := _read(body.translate(_SWAP))) is not None:
        return Code("rma", text, rma, is_certain=True, is_swapped=True)
    return Code("mistyped", text)


def _read(body: str) -> str | None:
    try:
        return read_rma(PREFIX + body)
    except ValueError:
        return None


def _plain(text: str) -> Code:
    return Code("gtin" if is_gtin(text) else "other", text)
