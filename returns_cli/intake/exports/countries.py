"""Countries as marketplaces write them, by name, to the codes that addresses hold."""

from __future__ import annotations

from functools import lru_cache

_ALSO = {
    "usa": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "czech republic": "CZ",
    "holland": "NL",
    "korea, south": "KR",
    "republic of korea": "KR",
    "russian federation": "RU",
    "hong kong": "HK",
    "macau": "MO",
    "turkey": "TR",
    "republic of croatia": "HR",
    "croatia, republic of": "HR",
}
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def country_code(name: str) -> str:
    """ISO 3166-1 alpha-2 of a country's English name (CLDR); any other text stays as it came.

    >>> country_code("United States"), country_code("de"), country_code("Atlantis")
    ('US', 'DE', 'Atlantis')
    """
    text = " ".join(name.split())
    if len(text) == 2 and text.isascii() and text.isalpha() and text.casefold() not in _ALSO:
        return text.upper()
    return _codes().get(text.casefold(), text)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    from babel import Locale

    territories = Locale("en").territories
    named = {
        name.casefold(): code
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return named | _ALSO
