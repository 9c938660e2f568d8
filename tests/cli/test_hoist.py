from __future__ import annotations

import pytest

from returns_cli.cli.hoist import asks_for_json, hoist
from returns_cli.domain.errors import UsageError


@pytest.mark.parametrize(
    ("words", "found", "rest"),
    [
        pytest.param("list", {}, "list", id="none"),
        pytest.param("--json list", {"--format": "json"}, "list", id="before the command"),
        pytest.param("list --json", {"--format": "json"}, "list", id="after the command"),
        pytest.param("--shop x list", {"--shop": "x"}, "list", id="a value in the next word"),
        pytest.param("list --shop=x=y", {"--shop": "x=y"}, "list", id="a value after ="),
        pytest.param("list --shop=", {"--shop": ""}, "list", id="an empty value after ="),
        pytest.param("--format csv x --json", {"--format": "json"}, "x", id="the last one wins"),
        pytest.param("--json x --format csv", {"--format": "csv"}, "x", id="in either order"),
        pytest.param(
            "x --quiet --yes", {"--quiet": "yes", "--yes": "yes"}, "x", id="flags need no value"
        ),
        pytest.param("x -- --json", {}, "x -- --json", id="-- ends them"),
        pytest.param(
            "deny R --why --json", {}, "deny R --why --json", id="the value of another option stays"
        ),
        pytest.param("x --why", {}, "x --why", id="an option that lacks its value is not ours"),
        pytest.param("x --jso", {}, "x --jso", id="no abbreviations"),
    ],
)
def test_global_options_are_taken_from_anywhere(
    words: str, found: dict[str, str], rest: str
) -> None:
    assert hoist(words.split()) == (found, rest.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("list --shop", "--shop needs a value", id="no value"),
        pytest.param("list --json=1", "--json takes no value", id="a value for a flag"),
        pytest.param("list --format xml", "no format xml", id="an unknown format"),
    ],
)
def test_a_global_option_used_wrongly_is_refused(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        hoist(words.split())
    assert caught.value.hint


def test_a_wish_for_json_is_seen_even_where_the_words_cannot_be_read() -> None:
    assert asks_for_json(["list", "--shop", "--json"])
    assert asks_for_json(["--format=json"])
    assert not asks_for_json(["list"])
