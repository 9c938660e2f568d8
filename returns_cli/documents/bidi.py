"""Which way text runs: the Unicode Bidirectional Algorithm (UAX #9), through python-bidi.

Only lines with a letter that is written from right to left come here. Embeddings and isolates are
dropped when text is cleaned, so levels come from the letters themselves.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import NamedTuple

RIGHT_TO_LEFT_MARK = "\u200f"  # turns a line that begins with a figure or a Latin word
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_UNKNOWN = frozenset({"", "LRI", "RLI", "FSI", "PDI"})
_LETTER = "a"


class Stretch(NamedTuple):
    """Text of one direction, in the order it was written."""

    text: str
    leftwards: bool


def has_leftward_letters(text: str) -> bool:
    """Whether any letter is written from right to left."""
    return any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)


def begins_leftwards(text: str) -> bool:
    """Whether a line runs from right to left: its first letter decides (rules P2 and P3).

    >>> begins_leftwards("12 רחוב"), begins_leftwards("Haifa חיפה"), begins_leftwards("12")
    (True, False, False)
    """
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def in_visual_order(text: str) -> list[Stretch]:
    """The stretches of a line from left to right as a reader sees them (rule L2).

    >>> [stretch.text for stretch in in_visual_order("שלום 12")]
    ['12', 'שלום ']
    """
    stretches = [
        (level, "".join(sign for sign, _ in signs))
        for level, signs in groupby(_levels(text), key=lambda pair: pair[1])
    ]
    highest = max((level for level, _ in stretches), default=0)
    for turned in range(highest, 0, -1):
        stretches = _turned(stretches, turned)
    return [Stretch(string, level % 2 == 1) for level, string in stretches]


def _levels(text: str) -> list[tuple[str, int]]:
    """Each sign with its embedding level."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    base = 1 if begins_leftwards(text) else 0
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels("".join(map(_known, text)), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    levels = iter([one["level"] for one in storage["chars"]])
    found: list[tuple[str, int]] = []
    for sign in text:  # rule X9 takes joiners out; here they stay with the letter before them
        before = found[-1][1] if found else base
        is_out = unicodedata.bidirectional(sign) == "BN"
        found.append((sign, before if is_out else next(levels)))
    return found


def _known(sign: str) -> str:
    """The sign, or a letter for one that this Python's Unicode does not know or that isolates."""
    return _LETTER if unicodedata.bidirectional(sign) in _UNKNOWN else sign


def _turned(stretches: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Each sequence of stretches of at least this level in the opposite order."""
    turned: list[tuple[int, str]] = []
    for is_deep, some in groupby(stretches, key=lambda stretch: stretch[0] >= level):
        group = list(some)
        turned += reversed(group) if is_deep else group
    return turned
