"""The lines of an address in the order its country writes them, from ``data/addresses.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from returns_cli.data import shipped
from returns_cli.documents.facts import PaperAddress
from returns_cli.messages.formats import country_text


@lru_cache(maxsize=1)
def _layouts() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    table = tomllib.loads(shipped("addresses.toml").read_text(encoding="utf-8"))
    by_country = {
        country: tuple(layout.split("|/|"))
        for layout, countries in table["groups"].items()
        for country in countries
    }
    return by_country, tuple(table["default"])


def locality_lines(address: PaperAddress) -> list[str]:
    """City, region and postcode in the country's order; empty lines are left out."""
    by_country, default = _layouts()
    parts = {"city": address.city, "region": address.region, "postcode": address.postcode}
    lines = [
        _joined(line.split("|"), parts)
        for line in by_country.get(address.country.strip().upper(), default)
    ]
    return [line for line in lines if line]


def _joined(layout: list[str], parts: dict[str, str]) -> str:
    """Parts at even places, what stands before the next at odd ones."""
    text = parts[layout[0]]
    for glue, name in zip(layout[1::2], layout[2::2], strict=True):
        if parts[name]:
            text += (glue if text else "") + parts[name]
    return text


def address_lines(address: PaperAddress, locale: str) -> list[str]:
    """All lines below the name; the country comes last, in capitals."""
    country = country_text(address.country, locale)
    return [
        line
        for line in (*address.street, *locality_lines(address), *([country] if country else []))
        if line
    ]
