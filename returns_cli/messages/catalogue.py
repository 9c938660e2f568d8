"""Texts by language, from the catalogues in ``data/messages``; English fills every gap.

What is on paper stands in ``messages/en.toml``. A topic has a folder of its own, such as
``messages/policy/``, and may speak other languages than paper does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from returns_cli.data import shipped

FALLBACK = "en"
_TRADITIONAL = frozenset({"TW", "HK", "MO"})  # where Chinese is written so (CLDR, likely subtags)
_PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})  # CLDR's names

Entry = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language, by dotted key.

    Attributes:
        language: the catalogue's own language, ``en`` or ``zh_Hant``.
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
        from returns_cli.messages.formats import number_text, plural_category

        forms = self.entries[key]
        if isinstance(forms, str):
            raise KeyError(f"{key} has no plural forms")
        form = forms.get(plural_category(n, self.locale), forms["other"])
        return form.format_map({"n": number_text(n, self.locale), **values})


@lru_cache(maxsize=32)
def catalogue(language: str = FALLBACK, topic: str = "") -> Catalogue:
    """The catalogue that speaks a language best: its region, the language, then English.

    Args:
        language: a BCP 47 tag as orders and shops write it (``en-GB``, ``pt_BR``, ``zh-TW``); it
            may be anything, since it comes from data.
        topic: the folder of the texts, ``policy``; those of paper lie above it.
    """
    known = shipped_languages(topic)
    own = next((one for one in _wanted(language) if one in known), FALLBACK)
    entries = dict(_read(FALLBACK, topic))
    if own != FALLBACK:
        entries.update(_read(own, topic))
    return Catalogue(own, _locale(language, own), MappingProxyType(entries))


@lru_cache(maxsize=4)
def shipped_languages(topic: str = "") -> frozenset[str]:
    """The languages that a topic's texts are shipped in."""
    folder = f"messages/{topic}" if topic else "messages"
    return frozenset(path.stem for path in shipped(folder).glob("*.toml"))


def speaks(language: str, topic: str = "") -> bool:
    """Whether a language has texts of its own.

    >>> speaks("zh-TW"), speaks("en-GB"), speaks("de")
    (True, True, False)
    """
    return any(name in shipped_languages(topic) for name in _wanted(language))


@lru_cache(maxsize=256)
def language_of_country(country: str) -> str:
    """The language that most people of a country read (CLDR, likely subtags); empty if unknown.

    >>> language_of_country("RO"), language_of_country("TW"), language_of_country("Atlantis")
    ('ro', 'zh-Hant', '')
    """
    from babel import Locale, UnknownLocaleError

    code = country.strip().upper()
    if len(code) != 2 or not code.isalpha() or not code.isascii():
        return ""
    try:
        likely = Locale.parse(f"und_{code}")
    except UnknownLocaleError:
        return ""
    script = f"-{likely.script}" if likely.language == "zh" and likely.script else ""
    return f"{likely.language}{script}"


@lru_cache(maxsize=16)
def signs_of(language: str) -> str:
    """Every sign of a language's texts on paper, each once: what a font must have."""
    texts: list[str] = []
    for entry in catalogue(language).entries.values():
        texts += [entry] if isinstance(entry, str) else entry.values()
    return "".join(sorted(set("".join(texts))))


def _wanted(language: str) -> tuple[str, ...]:
    """Names of catalogues that would do, the best first; Chinese is told by its script.

    >>> _wanted("zh-TW"), _wanted("ro-RO")
    (('zh_Hant', 'zh'), ('ro',))
    """
    parts = language.replace("_", "-").split("-")
    name = parts[0].lower()
    if name != "zh":
        return (name,)
    named = next((part.title() for part in parts[1:] if len(part) == 4), "")
    regions = {part.upper() for part in parts[1:]}
    script = named or ("Hant" if regions & _TRADITIONAL else "Hans")
    return (f"{name}_{script}", name)


@lru_cache(maxsize=16)
def _read(language: str, topic: str) -> Mapping[str, Entry]:
    place = f"messages/{topic}/{language}.toml" if topic else f"messages/{language}.toml"
    return dict(_flatten(tomllib.loads(shipped(place).read_text(encoding="utf-8")), ""))


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
    if own == FALLBACK or "_" not in own:
        return str(locale) if locale.language == own else own
    script = locale.script or own.partition("_")[2]  # a bare zh names none and means Hans
    return str(locale) if f"{locale.language}_{script}" == own and locale.script else own
