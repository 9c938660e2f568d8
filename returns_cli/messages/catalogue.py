"""Texts by language, from the catalogues in ``data/messages``; English fills every gap."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from returns_cli.data import shipped

FALLBACK = "en"
_PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})  # CLDR's names

Entry = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language, by dotted key.

    Attributes:
        language: the catalogue's own language, ``en``.
        locale: how CLDR calls the wanted form of it, ``en_GB``; dates and amounts follow it.
        entries: a text with ``{names}`` to fill in, or its plural forms by CLDR category.
    """

    language: str
    locale: str
    entries: Mapping[str, Entry]

    def has(self, key: str) -> bool:
        """Whether the catalogue knows the key; some are made from codes that shops choose."""
        return key in self.entries

    def text(self, key: str, **values: str) -> str:
        """The text of a key with its names filled in; values are inserted as they are.

        Raises:
            KeyError: no such key, or a name without a value.
        """
        entry = self.entries[key]
        if not isinstance(entry, str):
            raise KeyError(f"{key} counts something")
        return entry.format_map(values) if values else entry

    def count(self, key: str, n: int, **values: str) -> str:
        """The plural form for ``n``, which the text calls ``{n}``.

        Raises:
            KeyError: no such key, or it has no plural forms.
        """
        from returns_cli.messages.formats import plural_category

        forms = self.entries[key]
        if isinstance(forms, str):
            raise KeyError(f"{key} has no plural forms")
        form = forms.get(plural_category(n, self.locale), forms["other"])
        return form.format_map({"n": str(n), **values})


@lru_cache(maxsize=32)
def catalogue(language: str = FALLBACK) -> Catalogue:
    """The catalogue that speaks a language best: its region, the language, then English.

    Args:
        language: a BCP 47 tag as orders and shops write it (``en-GB``, ``pt_BR``); it may be
            anything, since it comes from data.
    """
    wanted = language.replace("_", "-").split("-")[0].lower()
    known = _shipped_languages()
    own = wanted if wanted in known else FALLBACK
    entries = dict(_read(FALLBACK))
    if own != FALLBACK:
        entries.update(_read(own))
    return Catalogue(own, _locale(language, own), MappingProxyType(entries))


@lru_cache(maxsize=1)
def _shipped_languages() -> frozenset[str]:
    return frozenset(path.stem for path in shipped("messages").glob("*.toml"))


@lru_cache(maxsize=8)
def _read(language: str) -> Mapping[str, Entry]:
    tree = tomllib.loads(shipped(f"messages/{language}.toml").read_text(encoding="utf-8"))
    return dict(_flatten(tree, ""))


def _flatten(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for key, value in tree.items():
        if isinstance(value, str) or value.keys() <= _PLURAL_CATEGORIES:
            found.append((prefix + key, value))
        else:
            found.extend(_flatten(value, f"{prefix}{key}."))
    return found


def _locale(language: str, own: str) -> str:
    """The CLDR locale of a tag when it is a form of ``own``, else ``own`` itself."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return own
    return str(locale) if locale.language == own else own
