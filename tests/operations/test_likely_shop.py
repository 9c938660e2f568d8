from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.likely_shop import likely_shop


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine whose zone is Tokyo's by its link, and Zurich's by name."""
    zones = tmp_path / "zoneinfo" / "Asia"
    zones.mkdir(parents=True)
    (zones / "Tokyo").write_bytes(b"")
    (tmp_path / "localtime").symlink_to(zones / "Tokyo")
    (tmp_path / "timezone").write_text("Europe/Zurich\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "linked", "expected"),
    [
        pytest.param(
            {"LANG": "ja_JP.UTF-8"},
            True,
            ("JPY", "Asia/Tokyo", "JP", "ja", "100x150", "a4"),
            id="the link",
        ),
        pytest.param(
            {"LANG": "en_US.UTF-8"},
            True,
            ("JPY", "Asia/Tokyo", "JP", "en", "100x150", "a4"),
            id="the zone knows the country better than a locale",
        ),
        pytest.param(
            {"LANG": "C"},
            False,
            ("CHF", "Europe/Zurich", "CH", "en", "100x150", "a4"),
            id="the name of the zone",
        ),
        pytest.param(
            {"TZ": ":America/Toronto", "LANG": "fr_CA"},
            True,
            ("CAD", "America/Toronto", "CA", "en", "4x6", "letter"),
            id="TZ, and a language that paper has no texts in",
        ),
        pytest.param(
            {"TZ": "UTC", "LC_ALL": "zh_TW.UTF-8@x", "LANG": "en_US"},
            False,
            ("TWD", "UTC", "TW", "zh-TW", "100x150", "a4"),
            id="a zone of no country: the locale tells it",
        ),
        pytest.param(
            {"TZ": "UTC"}, False, ("USD", "UTC", "US", "en", "4x6", "letter"), id="nothing known"
        ),
        pytest.param(
            {"TZ": "Nowhere/At_All", "LANG": "ro_RO"},
            True,
            ("JPY", "Asia/Tokyo", "JP", "ro", "100x150", "a4"),
            id="a TZ that is no zone",
        ),
    ],
)
def test_the_machine_tells_what_a_shop_on_it_is_like(
    machine: Path, environ: dict[str, str], linked: bool, expected: tuple[str, ...]
) -> None:
    link = machine / ("localtime" if linked else "missing")
    found = likely_shop(environ, link, machine / "timezone")
    said = (found.currency, found.timezone, found.country, found.language, found.label, found.slip)
    assert said == expected
    assert found.name is None


def test_a_machine_without_any_zone_is_taken_for_utc(tmp_path: Path) -> None:
    found = likely_shop({}, tmp_path / "none", tmp_path / "none")
    assert (found.timezone, found.country) == ("UTC", "US")
