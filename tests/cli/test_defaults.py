"""Options that nobody typed: variables win over shop.yaml, and what is typed over both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from returns_cli.cli import defaults
from returns_cli.cli.app import run_by_typer
from returns_cli.cli.parameters import PARAMETERS
from tests.cli.conftest import Run, make_invocation
from tests.operations.desk import CLOCK, SETTINGS, opened, small_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop = small_shop(tmp_path)
    for order in ("1001", "1002", "1003"):
        opened(shop, order, "1=itchy")
    return tmp_path


def says(folder: Path, text: str) -> None:
    (folder / "shop.yaml").write_text(f"{SETTINGS}defaults:\n{text}", encoding="utf-8")


def rows(run_cli: Run, *words: str, **environ: str) -> int:
    return len(json.loads(run_cli("list", "--json", *words, environ=environ).out))


def test_what_is_typed_wins_over_variables_and_those_over_the_file(
    folder: Path, run_cli: Run
) -> None:
    assert rows(run_cli) == 3
    says(folder, "  list: {limit: 2}\n")
    assert rows(run_cli) == 2
    assert rows(run_cli, RETURNS_LIST_LIMIT="1") == 1
    assert rows(run_cli, "--limit", "3", RETURNS_LIST_LIMIT="1") == 3
    assert rows(run_cli, "--limit=3", RETURNS_LIST_LIMIT="1") == 3
    assert rows(run_cli, RETURNS_LIST_LIMIT="") == 2, "an empty variable says nothing"


@pytest.mark.parametrize(
    ("said", "count"),
    [("yes", 2), ("On", 2), ("1", 2), ("no", 3), ("FALSE", 3), ("0", 3)],
)
def test_a_flag_is_on_or_off(folder: Path, run_cli: Run, said: str, count: int) -> None:
    clock = ("--as-of", CLOCK)
    rma = json.loads(run_cli("list", "--json").out)[0]["rma"]
    assert run_cli("cancel", rma, *clock).code == 0
    says(folder, "  list: {open: true}\n")
    assert rows(run_cli, *clock) == 2
    assert rows(run_cli, *clock, RETURNS_LIST_OPEN=said) == count


def test_an_option_may_have_several_values(folder: Path, run_cli: Run) -> None:
    says(folder, "  label: {font: [a.ttf, b.ttf]}\n")
    call = make_invocation(folder, {"RETURNS_LABEL_SIZE": "a6"})
    assert call.take(["label", "RMA-X", "--ready"]) == [
        "label",
        "--size=a6",
        *(f"--font={folder / name}" for name in ("a.ttf", "b.ttf")),
        "RMA-X",
        "--ready",
    ]
    assert call.origins == {
        "--font": "font under defaults in shop.yaml",
        "--size": "RETURNS_LABEL_SIZE",
    }
    call = make_invocation(folder, {"RETURNS_LABEL_FONT": "c.ttf|d.ttf"})
    assert call.take(["label", "--size", "--font"]) == [
        "label", "--font=c.ttf", "--font=d.ttf", "--size", "--font",
    ]  # fmt: skip


def test_the_long_way_reads_the_same(folder: Path) -> None:
    call = make_invocation(folder, {"RETURNS_LIST_LIMIT": "1"})
    call.output.format = "json"
    run_by_typer(call, call.take(["list"]))
    assert len(json.loads(call.output._stdout.getvalue())) == 1  # type: ignore[union-attr]  # ours


def test_global_options_may_be_said_too(folder: Path, run_cli: Run) -> None:
    says(folder, "  global: {format: csv}\n")
    assert run_cli("list").out.startswith("rma,")
    assert run_cli("list", environ={"RETURNS_FORMAT": "json"}).out.startswith("[")
    assert run_cli("list", "--format", "jsonl").out.startswith("{")
    assert run_cli("find", "nobody", environ={"RETURNS_QUIET": "yes"}).err == ""


@pytest.mark.parametrize(
    ("words", "environ", "code", "told"),
    [
        pytest.param(
            "list",
            {"RETURNS_LIST_LIMIT": "x"},
            2,
            "`x` is no value for --limit.\nwhere: RETURNS_LIST_LIMIT",
            id="no number",
        ),
        pytest.param(
            "list",
            {"RETURNS_LIST_OPEN": "perhaps"},
            2,
            "`perhaps` is no value for --open.\nwhere: RETURNS_LIST_OPEN",
            id="neither yes nor no",
        ),
        pytest.param(
            "label --ready",
            {"RETURNS_LABEL_ON_MISSING": "x"},
            2,
            "Set by RETURNS_LABEL_ON_MISSING.",
            id="what the command refuses",
        ),
        pytest.param(
            "list", {"RETURNS_FORMAT": "xml"}, 2, "Set by RETURNS_FORMAT.", id="a global option"
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_value_names_who_says_it(
    run_cli: Run, words: str, environ: dict[str, str], code: int, told: str
) -> None:
    outcome = run_cli(*words.split(), environ=environ)
    assert outcome.code == code
    assert told in outcome.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  lable: {size: a6}\n", "`lable` under defaults is no command."),
        ("  label: {sise: a6}\n", "Did you mean size?"),
        ("  refund: {amount: 5}\n", "`amount` under defaults is no setting of refund."),
        ("  global: {yes: true}\n", "`yes` under defaults is no setting of global."),
    ],
)
def test_a_name_that_is_none_is_refused(folder: Path, run_cli: Run, text: str, told: str) -> None:
    says(folder, text)
    for words in (["list"], ["config", "show"]):
        outcome = run_cli(*words)
        assert outcome.code == 7
        assert "E-SHOP-DEFAULTS" in outcome.err
        assert told in outcome.err


def test_two_values_for_one_are_refused(folder: Path, run_cli: Run) -> None:
    says(folder, "  list: {limit: [1, 2]}\n")
    assert "Write one value." in run_cli("list").err


def test_a_file_that_is_wrong_is_told_by_the_command_that_reads_it(
    folder: Path, run_cli: Run
) -> None:
    says(folder, "  list: [1]\nnme: x\n")
    assert run_cli("list").code in (0, 7)
    assert run_cli("config", "show").code == 7
    assert run_cli("list", "--help").code == 0


def test_config_shows_who_says_an_option(folder: Path, run_cli: Run) -> None:
    says(folder, "  label: {size: a6, split: yes}\n  global: {quiet: no}\n")
    outcome = run_cli(
        "config",
        "show",
        "--json",
        environ={"RETURNS_LABEL_SIZE": "4x6", "RETURNS_LABLE_SIZE": "a6", "RETURNS_SALT": "x"},
    )
    found: Any = {one["name"]: one for one in json.loads(outcome.out)}
    assert found["label --size"] == {
        "name": "label --size", "value": "4x6", "origin": "RETURNS_LABEL_SIZE",
    }  # fmt: skip
    assert found["label --split"]["origin"] == "split under defaults in shop.yaml"
    assert outcome.err == "RETURNS_LABLE_SIZE is no variable of this program.\n"


def test_only_settings_of_commands_may_be_said() -> None:
    said = {name for command in PARAMETERS for name in defaults.settings_of(command)}
    typed_only = "--item --amount --paid --key --why --to --goodwill --yes --file --all --due"
    assert said.isdisjoint(typed_only.split())
    unused = sorted(defaults._SETTINGS - said)
    assert unused == []
    names = [defaults.variable_of(c, n) for c in PARAMETERS for n in defaults.settings_of(c)]
    assert len(names) == len(set(names)), "two options share a variable"


def test_a_line_without_a_command_or_a_shop_reads_as_ever(tmp_path: Path) -> None:
    call = make_invocation(tmp_path, {"RETURNS_LABEL_SIZE": "a6"})
    assert call.take(["nonsense", "--size"]) == ["nonsense", "--size"]
    assert call.take(["label", "--", "--size"]) == ["label", "--size=a6", "--", "--size"]
    assert call.take(["--as-of", CLOCK, "label", "--help"]) == ["label", "--help"]
