from __future__ import annotations

import string
from collections.abc import Mapping

import pytest

from returns_cli.documents.text import Typesetter
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.catalogue import _read, language_of_country, shipped_languages
from returns_cli.messages.formats import plural_category


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        pytest.param("en", "en", id="English"),
        pytest.param("en-GB", "en_GB", id="a region keeps its dates and amounts"),
        pytest.param("en_GB", "en_GB", id="with an underscore"),
        pytest.param("de", "en", id="a language without a catalogue is English throughout"),
        pytest.param("", "en", id="nothing"),
        pytest.param("../../etc/passwd", "en", id="never a path"),
        pytest.param("en-" + "x" * 5000, "en", id="nonsense"),
        pytest.param("e\ud800n", "en", id="half a character"),
    ],
)
def test_the_language_that_speaks_best_is_found(tag: str, locale: str) -> None:
    found = catalogue(tag)
    assert (found.language, found.locale) == ("en", locale)


def test_names_are_filled_in_as_they_are() -> None:
    text = catalogue("en").text("slip.steps.answer", question="{rma} %s <b>")
    assert text == "Answer us first: {rma} %s <b>"


def test_plurals_follow_the_number() -> None:
    texts = catalogue("en")
    assert texts.count("slip.bench.expected", 1) == "1 unit expected"
    assert texts.count("slip.bench.expected", 3) == "3 units expected"


def test_a_form_that_a_language_lacks_is_its_other() -> None:
    texts = Catalogue("en", "en", {"things": {"other": "{n} things"}})
    assert texts.count("things", 1) == "1 things"


def test_a_wrong_key_is_a_mistake_of_ours() -> None:
    texts = catalogue("en")
    assert not texts.has("label.nothing")
    with pytest.raises(KeyError):
        texts.text("label.nothing")
    with pytest.raises(KeyError, match="counts something"):
        texts.text("slip.bench.expected")
    with pytest.raises(KeyError, match="no plural forms"):
        texts.count("slip.title", 2)


def every_text() -> list[str]:
    found: list[str] = []
    for entry in catalogue("en").entries.values():
        found += [entry] if isinstance(entry, str) else entry.values()
    return found


def test_the_core_font_has_every_sign_of_the_catalogue() -> None:
    typesetter = Typesetter(finder=lambda _: iter(()))
    assert [text for text in every_text() if typesetter.missing(text)] == []


def test_every_text_has_well_formed_names() -> None:
    for text in every_text():
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names), text


def shape(entry: str | Mapping[str, str]) -> list[set[str | None]]:
    """The names that each form of a text fills in."""
    forms = [entry] if isinstance(entry, str) else entry.values()
    return [{name for _, name, _, _ in string.Formatter().parse(text)} - {None} for text in forms]


FOR_STAFF = ("sticker.", "calibration.", "cards.")  # read in English where they are new


@pytest.mark.parametrize("language", sorted(shipped_languages() - {"en"}))
def test_every_language_has_every_text_with_the_same_names(language: str) -> None:
    english, own = catalogue("en").entries, _read(language, "")
    assert own.keys() <= english.keys()
    assert {key for key in english.keys() - own.keys() if not key.startswith(FOR_STAFF)} == set()
    for key, entry in own.items():
        wanted = shape(english[key])[-1]
        assert all(names <= wanted | {"n"} for names in shape(entry)), key
        if not isinstance(entry, str):
            used = {plural_category(n, catalogue(language).locale) for n in range(200)}
            assert used <= entry.keys(), key


@pytest.mark.parametrize(
    ("tag", "language", "locale"),
    [
        ("ro", "ro", "ro"), ("ro-MD", "ro", "ro_MD"), ("ja-JP", "ja", "ja_JP"),
        ("zh-CN", "zh_Hans", "zh_Hans_CN"), ("zh-TW", "zh_Hant", "zh_Hant_TW"),
        ("zh", "zh_Hans", "zh_Hans"),
    ],
)  # fmt: skip
def test_paper_speaks_five_languages(tag: str, language: str, locale: str) -> None:
    found = catalogue(tag)
    assert (found.language, found.locale) == (language, locale)


@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("RO", "ro"), ("jp", "ja"), ("CN", "zh-Hans"), ("HK", "zh-Hant"), ("US", "en"), ("", ""),
        ("Q1", ""), ("XX", ""),
    ],
)  # fmt: skip
def test_a_country_has_the_language_most_people_read(country: str, language: str) -> None:
    assert language_of_country(country) == language
