"""Which writing system a character belongs to, and what paper needs to print it."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from returns_cli.data import shipped

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})  # bidirectional classes of the Unicode standard


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system, from ``data/scripts.toml``.

    Attributes:
        name: as people call it; ``sign`` for whatever is no letter of a known one.
        install: the package whose font has it; empty where none is known.
        noto: the family of Debian's ``fonts-noto-core`` that has it; empty where none does.
        needs_shaping: letters join, reorder or run right to left: plain drawing would be wrong.
        breaks_anywhere: lines may break between any two characters.
    """

    name: str
    install: str = ""
    noto: str = ""
    needs_shaping: bool = False
    breaks_anywhere: bool = False


_SIGN = Script("sign")
_RIGHT_TO_LEFT_SCRIPT = Script("right-to-left script", needs_shaping=True)


@lru_cache(maxsize=1)
def _scripts() -> Mapping[str, Script]:
    rows = tomllib.loads(shipped("scripts.toml").read_text(encoding="utf-8"))
    found: dict[str, Script] = {}
    for name, row in rows.items():
        script = Script(
            name,
            row.get("install", ""),
            row.get("noto", ""),
            row.get("needs_shaping", False),
            row.get("breaks_anywhere", False),
        )
        found.update(dict.fromkeys(row["names"], script))
    return found


@lru_cache(maxsize=4096)
def script_of(sign: str) -> Script:
    """The script of one character, by the first word of its Unicode name.

    >>> script_of("王").name, script_of("م").needs_shaping, script_of("✓").name
    ('Han', True, 'sign')
    """
    first_word = unicodedata.name(sign, "").split(" ")[0].split("-")[0]
    script = _scripts().get(first_word, _SIGN)
    if unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT and not script.needs_shaping:
        return _RIGHT_TO_LEFT_SCRIPT
    return script
