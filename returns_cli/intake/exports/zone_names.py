"""Time zones as point-of-sale exports name them (``Eastern Time (US & Canada)``)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from returns_cli.data import shipped


@lru_cache(maxsize=64)
def named_zone(name: str) -> ZoneInfo | None:
    """The zone of a name, whether of the table or of the IANA database; None where it is unknown.

    >>> str(named_zone("Eastern Time (US & Canada)")), named_zone("Atlantis")
    ('America/New_York', None)
    """
    key = _names().get(" ".join(name.casefold().split()), name)
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    text = shipped("zone_names.toml").read_text(encoding="utf-8")
    zones: dict[str, str] = tomllib.loads(text)["zones"]
    return zones
