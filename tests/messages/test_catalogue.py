from __future__ import annotations

import string

import pytest

from returns_cli.documents.text import Typesetter
from returns_cli.messages import Catalogue, catalogue


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
