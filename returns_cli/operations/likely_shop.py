"""What a new shop's settings most likely are, by the machine that it is made on."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from zoneinfo import available_timezones

from returns_cli.domain import money
from returns_cli.operations.new_shop import NewShop

_LOCALTIME = Path("/etc/localtime")
_ZONE_NAME = Path("/etc/timezone")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
_ANYWHERE = "US"


def likely_shop(
    environ: Mapping[str, str], localtime: Path = _LOCALTIME, zone_name: Path = _ZONE_NAME
) -> NewShop:
    """A guess for each of a new shop's settings that a machine can know; a person is asked.

    The zone tells the country, since many set their machine to English; then the locale does.

    Args:
        environ: for ``TZ`` and the locale.
        localtime: the link to the machine's zone. ``zone_name``: a file that holds its name.
    """
    zone = _zone(environ, localtime, zone_name)
    language, _, territory = _locale(environ).partition("_")
    country = _country_of_zone(zone) or territory or _ANYWHERE
    label, slip = sizes_of(country)
    return NewShop(
        currency=currency_of_country(country),
        timezone=zone or "UTC",
        country=country,
        language=_spoken(f"{language}-{territory}" if language == "zh" else language),
        label=label,
        slip=slip,
    )


def currency_of_country(country: str) -> str:
    """What is paid with in a country today (CLDR); dollars where that is not known.

    >>> currency_of_country("CH"), currency_of_country("XX")
    ('CHF', 'USD')
    """
    from babel.numbers import get_territory_currencies

    known = [one for one in get_territory_currencies(country.upper()) if one in money.CURRENCIES]
    return known[0] if known else "USD"


def sizes_of(country: str) -> tuple[str, str]:
    """The paper that is sold in a country: of labels and of slips.

    >>> sizes_of("US"), sizes_of("DE")
    (('4x6', 'letter'), ('100x150', 'a4'))
    """
    return ("4x6", "letter") if country.upper() in _LETTER_PAPER else ("100x150", "a4")


def _zone(environ: Mapping[str, str], localtime: Path, zone_name: Path) -> str:
    """The machine's zone; empty where it has none with a name."""
    known = available_timezones()
    told = environ.get("TZ", "").removeprefix(":")
    linked = str(localtime.resolve()).rpartition("/zoneinfo/")[2]
    for name in (told, linked, _first_line(zone_name)):
        if name in known:
            return name
    return ""


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""  # a machine without that file


def _country_of_zone(zone: str) -> str:
    """The country that a zone is listed under (``zone.tab`` of the zone data); empty for none."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        fields = line.split("\t")
        if fields[2:3] == [zone]:
            return fields[0]
    return ""


def _locale(environ: Mapping[str, str]) -> str:
    """``de_DE`` of ``de_DE.UTF-8@euro``; empty for none and for ``C``."""
    told = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    name = told.partition(".")[0].partition("@")[0]
    return "" if name in ("C", "POSIX") else name


def _spoken(language: str) -> str:
    """The language where paper has texts in it, else English."""
    from returns_cli.messages.catalogue import speaks

    return language if language and speaks(language) else "en"
