"""Which region's shapes of Han signs a customer reads: the address says it, else the language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from returns_cli.data import shipped


class Region(NamedTuple):
    """A row of ``data/han_fonts.toml``: whose signs they are, and the fonts that draw them so."""

    countries: frozenset[str]
    languages: frozenset[str]
    files: tuple[Path, ...]


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """All regions that have shapes of their own, by name."""
    rows = tomllib.loads(shipped("han_fonts.toml").read_text(encoding="utf-8"))
    return {
        name: Region(
            frozenset(row["countries"]),
            frozenset(row["languages"]),
            tuple(map(Path, row["files"])),
        )
        for name, row in rows.items()
    }


@lru_cache(maxsize=512)
def region_of(country: str, language: str) -> str:
    """The region whose shapes to print; empty where any will do.

    Args:
        country: of the address, ISO 3166; empty where there is none.
        language: of the texts, such as ``zh-TW``.

    >>> region_of("JP", "en"), region_of("HK", "zh_Hant"), region_of("", "ja-JP")
    ('JP', 'TW', 'JP')
    >>> region_of("DE", "de"), region_of("CN", "zh")
    ('', '')
    """
    for name, region in regions().items():
        if country in region.countries:
            return name
    if country == "CN":
        return ""
    tag = language.replace("-", "_")
    for name, region in regions().items():
        if tag in region.languages or tag.partition("_")[0] in region.languages:
            return name
    return ""


def preferred_files(region: str) -> tuple[Path, ...]:
    """The fonts of a region that are installed here."""
    row = regions().get(region)
    return tuple(path for path in row.files if path.is_file()) if row else ()
