"""What a mistyped word most likely meant: the one place behind every "Did you mean"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LIKE = 0.6
"""How much alike two words must be, from 0 to 1: one slip in five letters is 0.8."""
_LONGEST = 80


def nearest(word: str, known: Iterable[str], most: int = 1, *, likeness: float = LIKE) -> list[str]:
    """The known words that are most like a word, the best first; case does not count.

    Args:
        word: as typed; what stands behind its 80th character is not looked at.
        most: how many are wanted at most.
        likeness: see :data:`LIKE`.

    >>> nearest("Windw", ["window", "fees"])
    ['window']
    """
    from difflib import get_close_matches  # only where something is wrong

    by_folded = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold()[:_LONGEST], list(by_folded), most, likeness)
    return [by_folded[one] for one in found]


def did_you_mean(near: Sequence[str]) -> str:
    """The question that offers one word or several.

    >>> did_you_mean(["a", "b", "c"])
    'Did you mean a, b or c?'
    """
    *others, last = near
    return f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"


def nearest_or(word: str, known: Iterable[str], otherwise: str) -> str:
    """The hint for a word that is not known: the nearest known one, else ``otherwise``.

    >>> nearest_or("windw", ["window", "fees"], "Look it up.")
    'Did you mean window?'
    >>> nearest_or("zzz", ["window", "fees"], "Look it up.")
    'Look it up.'
    """
    near = nearest(word, known)
    return did_you_mean(near) if near else otherwise


def nearest_or_all(word: str, known: Iterable[str]) -> str:
    """The hint for a word that is none of a list: the nearest, else all of them.

    >>> nearest_or_all("zzz", ["table", "json"])
    'Use one of table, json.'
    """
    listed = list(known)
    return nearest_or(word, listed, f"Use one of {', '.join(listed) or 'none'}.")
