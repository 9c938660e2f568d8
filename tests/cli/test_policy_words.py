"""The commands that start a policy and say it in words or other forms, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from returns_cli.__main__ import run
from returns_cli.data import shipped
from tests.cli.conftest import Run, Terminal, make_invocation

STANDARD = str(shipped("policies/standard.yaml"))


def test_explain_tells_a_policy_to_a_person(run_cli: Run) -> None:
    outcome = run_cli("policy", "explain", STANDARD)
    assert outcome.code == 0
    lines = outcome.out.split("\n")
    assert lines[0] == "Standard returns"
    assert "How long there is time" in lines
    assert "  - You have 30 days, counted from the day the goods were delivered." in lines
    assert "  Gold members have 60 days and free returns." in lines
    assert "    - Level of the customer: “gold” or “platinum”" in lines
    assert outcome.err == ""


def test_explain_gives_one_object_for_a_file_and_a_list_for_more(run_cli: Run) -> None:
    outcome = run_cli("policy", "explain", STANDARD, "--json", "--lang", "ro")
    answer = json.loads(outcome.out)
    assert list(answer) == [
        "policy", "version", "sha256", "language", "title", "note", "sections",
    ]  # fmt: skip
    assert answer["language"] == "ro"
    assert answer["sections"][0]["title"] == "Ce comenzi acoperă"
    japan = str(shipped("policies/japan.yaml"))
    several = json.loads(run_cli("policy", "explain", STANDARD, japan, "--json").out)
    assert [one["policy"] for one in several] == ["standard", "japan"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", "There are no texts in de: the fixed text is in en.\n"),
        ("en-GB", ""),
        ("zh-TW", ""),
        ("zh-CN", ""),
    ],
)
def test_a_language_without_texts_is_said(run_cli: Run, lang: str, said: str) -> None:
    assert run_cli("policy", "explain", STANDARD, "--lang", lang).err == said


def test_without_a_file_and_a_shop_there_is_nothing_to_say(run_cli: Run) -> None:
    assert run_cli("policy", "explain").code == 8
    assert run_cli("policy", "publish", "--as", "md").code == 8


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("html", "<!DOCTYPE html>\n"),
        ("md", "# Standard returns\n"),
        ("jsonld", "{\n"),
        ("google", "{\n"),
    ],
)
def test_a_publication_is_the_file_itself(run_cli: Run, form: str, first: str) -> None:
    outcome = run_cli("policy", "publish", STANDARD, "--as", form)
    assert outcome.code == 0
    assert outcome.out.startswith(first)
    assert bool(outcome.err) is (form in ("jsonld", "google"))
    if form in ("jsonld", "google"):
        json.loads(outcome.out)
        assert "not said: policies/standard.yaml" in outcome.err


def test_a_publication_as_json_lists_what_was_not_said(run_cli: Run) -> None:
    outcome = run_cli("policy", "publish", STANDARD, "--as", "google", "--json")
    answer = json.loads(outcome.out)
    assert list(answer) == ["as", "policies", "language", "path", "content", "not_said"]
    assert {"at", "name", "why"} == set(answer["not_said"][0])
    assert outcome.err == ""


def test_a_publication_goes_to_a_file(run_cli: Run, tmp_path: Path) -> None:
    target = tmp_path / "returns.md"
    outcome = run_cli("policy", "publish", STANDARD, "--as", "md", "-o", str(target))
    assert outcome.code == 0
    assert str(target) in outcome.out
    assert target.read_text(encoding="utf-8").startswith("# Standard returns\n")
    target.unlink()
    outcome = run_cli("policy", "publish", STANDARD, "--as", "md", "-o", str(target), "-n")
    assert not target.exists()
    assert "A dry run" in outcome.err


def test_quiet_says_nothing_of_what_was_not_said(run_cli: Run) -> None:
    assert run_cli("policy", "publish", STANDARD, "--as", "jsonld", "--quiet").err == ""


def test_an_unknown_form_is_refused(run_cli: Run) -> None:
    assert run_cli("policy", "publish", STANDARD, "--as", "pdf").code == 2


def test_the_schema_is_json(run_cli: Run) -> None:
    outcome = run_cli("policy", "schema")
    assert json.loads(outcome.out)["title"] == "A returns policy"


def test_new_writes_a_policy_that_checks(run_cli: Run, tmp_path: Path) -> None:
    outcome = run_cli("policy", "new", "mine", "--out", str(tmp_path), "--country", "us,ca")
    assert (outcome.code, outcome.err) == (0, "")
    place = tmp_path / "mine.yaml"
    assert "countries: [US, CA]" in place.read_text()
    assert run_cli("policy", "test", str(place)).code == 0
    again = run_cli("policy", "new", "mine", "--out", str(tmp_path), "--json")
    assert again.code == 6
    assert json.loads(again.err)["error"]["code"] == "E-POLICY-THERE"


def at_a_terminal(folder: Path, typed: str) -> tuple[int, str]:
    """The exit status and what was asked, of a person who types these lines."""
    error = Terminal()
    call = make_invocation(folder, stdin=Terminal(typed), stdout=Terminal(), stderr=error)
    return run(call, ["policy", "new", "mine", "--out", str(folder)]), error.getvalue()


def test_new_asks_at_a_terminal_for_what_no_option_says(tmp_path: Path) -> None:
    code, asked = at_a_terminal(tmp_path, "60\nshop\n\nEUR\n")
    assert code == 0
    assert "Days to return goods [30]: " in asked
    text = (tmp_path / "mine.yaml").read_text()
    for said in ("days: 60", "label: {kind: prepaid}", "restocking: 0%", "currency: EUR"):
        assert said in text


def test_an_answer_that_is_no_number_is_refused(tmp_path: Path) -> None:
    code, said = at_a_terminal(tmp_path, "a month\n")
    assert code == 2
    assert "is not a number of days" in said


def test_new_lists_what_markup_said_beside_it(run_cli: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.jsonld"
    page.write_text(
        '{"@type": "MerchantReturnPolicy", "merchantReturnDays": "14", "description": "Easy"}'
    )
    outcome = run_cli("policy", "new", "old", "--from", str(page), "--out", str(tmp_path))
    assert outcome.code == 0
    assert "Not taken over" in outcome.out
    assert "description: A policy has no such thing." in outcome.out
    page.write_text('{"@type": "MerchantReturnPolicy", "merchantReturnDays": "a few days"}')
    outcome = run_cli("policy", "new", "two", "--from", str(page), "--out", str(tmp_path))
    assert outcome.code == 7
    assert "E-MARKUP-PROSE" in outcome.err
