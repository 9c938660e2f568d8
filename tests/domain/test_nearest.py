from __future__ import annotations

import pytest

from returns_cli.domain.nearest import did_you_mean, nearest, nearest_or, nearest_or_all


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        pytest.param("windw", ["window", "fees"], ["window"], id="a letter too few"),
        pytest.param("deliverd", ["shipped", "delivered"], ["delivered"], id="among others"),
        pytest.param("Customer.Tier", ["customer.tier"], ["customer.tier"], id="capitals"),
        pytest.param("e-rma", ["E-RMA"], ["E-RMA"], id="capitals of the known word stay"),
        pytest.param("zzz", ["window", "fees"], [], id="like nothing"),
        pytest.param("x", [], [], id="nothing is known"),
        pytest.param("", ["window"], [], id="nothing was typed"),
        pytest.param("window" + "w" * 5000, ["window"], [], id="far too long"),
    ],
)
def test_a_mistyped_word_is_told_from_a_strange_one(
    word: str, known: list[str], found: list[str]
) -> None:
    assert nearest(word, known) == found


def test_the_best_of_several_comes_first_and_no_more_than_wanted() -> None:
    known = ["report", "reprint", "export", "import"]
    assert nearest("reprot", known, 2) == ["report", "reprint"]
    assert nearest("--jsn", ["--json", "--open"], 3, likeness=0.65) == ["--json"]


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (["a"], "Did you mean a?"),
        (["a", "b"], "Did you mean a or b?"),
        (["a", "b", "c"], "Did you mean a, b or c?"),
    ],
)
def test_one_word_or_several_are_offered(near: list[str], said: str) -> None:
    assert did_you_mean(near) == said


def test_without_a_near_word_the_hint_is_another_or_names_all() -> None:
    assert nearest_or("jsno", ["json"], "Look.") == "Did you mean json?"
    assert nearest_or("zzz", ["json"], "Look.") == "Look."
    assert nearest_or_all("jsno", ["json", "csv"]) == "Did you mean json?"
    assert nearest_or_all("zzz", ["json", "csv"]) == "Use one of json, csv."
    assert nearest_or_all("zzz", []) == "Use one of none."
