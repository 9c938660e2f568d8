"""Whose page it is, from the shop's own settings."""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.shop import ShopConfig


class Masthead(NamedTuple):
    """Whose page it is.

    Attributes:
        shop: its name.
        title: of the page, where it holds several reports.
        color: ``brand.color`` of ``shop.yaml``; empty for our own.
        locale: CLDR name, for amounts and dates.
        timezone: of the shop, as its name.
    """

    shop: str
    title: str
    color: str
    locale: str
    timezone: str


def masthead_of(config: ShopConfig) -> Masthead:
    """The masthead of a shop; its name and colour are those of its brand.

    The page is in English: as in America for a shop there, else as in the rest of the world, with
    the day before the month and the dollars of each country told apart.
    """
    name = config.brand.get("name") or config.name
    locale = "en" if config.country in ("", "US") else "en_001"
    return Masthead(name, "Returns", config.brand.get("color", ""), locale, config.timezone)
