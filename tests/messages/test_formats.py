from __future__ import annotations

from datetime import date

import pytest

from returns_cli.messages.formats import country_text, date_text, money_text, plural_category


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [
        pytest.param(123456789, "USD", "en", "$1,234,567.89", id="dollars"),
        pytest.param(-599, "EUR", "en", "-€5.99", id="a fee"),
        pytest.param(0, "GBP", "en_GB", "£0.00", id="nothing"),
        pytest.param(6010, "JPY", "en", "¥6,010", id="no decimals"),
        pytest.param(16963, "KWD", "en", "KWD\u00a016.963", id="three decimals"),
        pytest.param(16963, "IQD", "en", "IQD\u00a016.963", id="CLDR rounds dinars, we never do"),
        pytest.param(2490, "EUR", "de", "24,90\u00a0€", id="the symbol after the figure"),
        pytest.param(
            123456, "EUR", "fr", "1\u202f234,56\u00a0€", id="a narrow space, mapped later"
        ),
        pytest.param(
            99999999999999999, "USD", "en", "$999,999,999,999,999.99", id="beyond a float"
        ),
        pytest.param(500, "XYZ", "en", "XYZ\u00a05.00", id="a code CLDR does not know"),
    ],
)
def test_amounts_in_the_form_of_a_locale(minor: int, currency: str, locale: str, text: str) -> None:
    assert money_text(minor, currency, locale) == text


@pytest.mark.parametrize(
    ("locale", "style", "text"),
    [
        pytest.param("en", "medium", "Jul 24, 2026", id="short"),
        pytest.param("en", "full", "Friday, July 24, 2026", id="with its weekday"),
        pytest.param("en_GB", "long", "24 July 2026", id="another region"),
    ],
)
def test_days_in_the_form_of_a_locale(locale: str, style: str, text: str) -> None:
    assert date_text(date(2026, 7, 24), locale, style=style) == text


@pytest.mark.parametrize(
    ("country", "text"),
    [("RO", "ROMANIA"), ("gb", "UNITED KINGDOM"), ("Narnia", "NARNIA"), ("", "")],
)
def test_countries_are_named_in_capitals(country: str, text: str) -> None:
    assert country_text(country, "en") == text


def test_plural_categories_are_cldrs() -> None:
    assert [plural_category(n, "ro") for n in (1, 2, 20)] == ["one", "few", "other"]
