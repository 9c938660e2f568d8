"""The lines of an address in the order its country writes them, from ``data/addresses.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from returns_cli.data import shipped
from returns_cli.documents.facts import PaperAddress
from returns_cli.documents.scripts import script_of
from returns_cli.messages.formats import country_text

_LARGEST_FIRST = frozenset({"Han", "Kana", "Hangul", "Bopomofo"})


class AddressLine(NamedTuple):
    """One line; the name of a person or company is set bold."""

    text: str
    is_name: bool = False


class _Layouts(NamedTuple):
    by_country: Mapping[str, str]
    default: str
    native: Mapping[str, str]


@lru_cache(maxsize=1)
def _layouts() -> _Layouts:
    table = tomllib.loads(shipped("addresses.toml").read_text(encoding="utf-8"))
    by_country = {
        country: layout for layout, countries in table["groups"].items() for country in countries
    }
    return _Layouts(by_country, table["default"], table["native"])


def address_lines(address: PaperAddress, locale: str) -> list[AddressLine]:
    """All lines; the country comes last, in capitals.

    Addresses in Chinese, Japanese or Korean letters begin with the largest part, as at home.

    Args:
        address: empty parts leave no line.
        locale: CLDR name of the language to write the country in.
    """
    code = address.country.strip().upper()
    native = _layouts().native.get(code)
    if native is not None and _is_in_own_letters(address):
        lines = _native_lines(address, native)
    else:
        layout = _layouts().by_country.get(code, _layouts().default)
        lines = [
            AddressLine(address.name, is_name=True),
            *map(AddressLine, address.street),
            *(AddressLine(_joined(line, _places(address))) for line in layout.split("|/|")),
        ]
    lines.append(AddressLine(country_text(address.country, locale)))
    return [line for line in lines if line.text]


def _is_in_own_letters(address: PaperAddress) -> bool:
    letters = "".join((*address.street, address.city, address.region))
    return any(script_of(sign).name in _LARGEST_FIRST for sign in letters)


def _native_lines(address: PaperAddress, layout: str) -> list[AddressLine]:
    lines: list[AddressLine] = []
    for line in layout.split("|/|"):
        if line == "name":
            lines.append(AddressLine(address.name, is_name=True))
        elif line == "street":
            lines += map(AddressLine, address.street)
        else:
            lines.append(AddressLine(_joined(line, _places(address))))
    return lines


def _places(address: PaperAddress) -> dict[str, str]:
    return {"city": address.city, "region": address.region, "postcode": address.postcode}


def _joined(layout: str, parts: Mapping[str, str]) -> str:
    """Parts at odd places, what stands before each of them at even ones.

    >>> _joined("city|, |region", {"city": "Bath", "region": ""})
    'Bath'
    """
    words = layout.split("|")
    if words[0] in parts:
        words.insert(0, "")
    text = ""
    for glue, name in zip(words[::2], words[1::2], strict=True):
        if parts[name]:
            text += (glue if text or glue == _POSTAL_MARK else "") + parts[name]
    return text


_POSTAL_MARK = "〒"  # stands before a Japanese postcode, at the beginning of the line
