"""Lists of text in one column: JSON, since that is what other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

_EMPTY = "[]"


@lru_cache(maxsize=4096)
def pack(texts: tuple[str, ...]) -> str:
    """The column's text of a list; orders share few different ones.

    >>> pack(("a", "ü")), pack(())
    ('["a","ü"]', '[]')
    """
    if not texts:
        return _EMPTY
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def unpack(text: str) -> tuple[str, ...]:
    """The list of a column's text."""
    return () if text == _EMPTY else tuple(json.loads(text))


def numbers(values: Iterable[int]) -> str:
    """Row numbers as one parameter for ``json_each``; any number of them.

    >>> numbers([3, 1])
    '[3,1]'
    """
    return f"[{','.join(map(str, values))}]"
