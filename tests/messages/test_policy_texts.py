"""The texts of policies: every language has every key, with the same names and its own plurals."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from babel import Locale

from returns_cli.data import shipped
from returns_cli.messages.catalogue import catalogue, shipped_languages
from returns_cli.policy.tables import default_tables

LANGUAGES = ("en", "ja", "ro", "zh_Hans", "zh_Hant")
OTHERS = tuple(one for one in LANGUAGES if one != "en")
# Where a language does not part one from the other, or where only names and signs stand.
SAME_AS_ENGLISH = {"named_currency", "example.row", "quoted", "test.is"}
# Whole numbers only: fractions have categories of their own.
COUNTS = range(201)


def texts_of(language: str) -> dict[str, str | Mapping[str, str]]:
    """The catalogue's own file, with nothing filled in from English."""
    tree = tomllib.loads(shipped(f"messages/policy/{language}.toml").read_text(encoding="utf-8"))
    found: dict[str, str | Mapping[str, str]] = {}

    def walk(node: Mapping[str, Any], prefix: str) -> None:
        for key, value in node.items():
            if isinstance(value, dict) and not value.keys() <= {"one", "few", "other"}:
                walk(value, f"{prefix}{key}.")
            else:
                found[prefix + key] = value

    walk(tree, "")
    return found


def forms(entry: str | Mapping[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_languages_are_those_that_are_promised() -> None:
    assert shipped_languages("policy") == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_keys_of_english_and_no_others(language: str) -> None:
    assert texts_of(language).keys() == texts_of("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_names_of_the_english_text(language: str) -> None:
    english = texts_of("en")
    for key, entry in texts_of(language).items():
        wanted = names_in(forms(english[key])[-1])
        assert {frozenset(names_in(form)) for form in forms(entry)} == {frozenset(wanted)}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_the_plural_forms_of_the_language(language: str) -> None:
    rule = Locale.parse(language).plural_form
    wanted = {rule(n) for n in COUNTS}
    english = texts_of("en")
    for key, entry in texts_of(language).items():
        assert isinstance(entry, str) is isinstance(english[key], str), key
        if not isinstance(entry, str):
            assert set(entry) == wanted, key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_was_left_in_english(language: str) -> None:
    english = texts_of("en")
    same = {key for key, entry in texts_of(language).items() if entry == english[key]}
    assert same <= SAME_AS_ENGLISH


@pytest.mark.parametrize("table", ["reason", "grade", "disposition"])
def test_the_shipped_tables_have_their_texts_in_every_language(table: str) -> None:
    entries = getattr(default_tables(), f"{table}s")
    english = texts_of("en")
    assert {key: english[key] for key in english if key.startswith(f"{table}.")} == {
        f"{table}.{code}": entry.text for code, entry in entries.items()
    }


@pytest.mark.parametrize(
    ("tag", "language", "locale"),
    [
        pytest.param("zh", "zh_Hans", "zh_Hans", id="Chinese alone is simplified"),
        pytest.param("zh-CN", "zh_Hans", "zh_Hans_CN", id="mainland"),
        pytest.param("zh_SG", "zh_Hans", "zh_Hans_SG", id="Singapore"),
        pytest.param("zh-TW", "zh_Hant", "zh_Hant_TW", id="Taiwan"),
        pytest.param("zh-HK", "zh_Hant", "zh_Hant_HK", id="Hong Kong"),
        pytest.param("zh-Hant", "zh_Hant", "zh_Hant", id="the script is named"),
        pytest.param("zh-Hans-HK", "zh_Hans", "zh_Hans_HK", id="the script wins"),
        pytest.param("zh-Latn", "en", "en", id="a script that nobody wrote for"),
        pytest.param("ja-JP", "ja", "ja_JP", id="Japanese"),
        pytest.param("ro_MD", "ro", "ro_MD", id="Romanian of Moldova"),
        pytest.param("de", "en", "en", id="a language without texts"),
    ],
)
def test_the_language_of_a_tag_is_found(tag: str, language: str, locale: str) -> None:
    found = catalogue(tag, "policy")
    assert (found.language, found.locale) == (language, locale)


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "Store credit is valid for 1 day."),
        ("en", 1000, "Store credit is valid for 1,000 days."),
        ("ro", 1, "Creditul în magazin este valabil 1 zi."),
        ("ro", 19, "Creditul în magazin este valabil 19 zile."),
        ("ro", 20, "Creditul în magazin este valabil 20 de zile."),
        ("ro", 101, "Creditul în magazin este valabil 101 zile."),
        ("ro", 0, "Creditul în magazin este valabil 0 zile."),
        ("ja", 365, "ストアクレジットの有効期間は365日間です。"),
        ("zh-TW", 1, "購物金的有效期限為 1 天。"),
    ],
)
def test_numbers_take_the_form_of_the_language(language: str, n: int, text: str) -> None:
    assert catalogue(language, "policy").count("store_credit.expires_days.some", n) == text
