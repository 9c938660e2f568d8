from __future__ import annotations

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
import typer

from returns_cli.cli.app import make_group
from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import DeclinedError, Exit, UsageError
from tests.cli.conftest import Terminal, make_invocation


@pytest.mark.parametrize("typed", ["y\n", "YES\n"])
def test_yes_goes_ahead(typed: str) -> None:
    err = Terminal()
    make_invocation(stdin=Terminal(typed), stderr=err).confirm("Sure?")
    assert err.getvalue() == "Sure? [y/N] "


@pytest.mark.parametrize("typed", ["n\n", "\n", "", "yesterday\n"])
def test_anything_but_yes_declines_with_exit_11(typed: str) -> None:
    with pytest.raises(DeclinedError) as caught:
        make_invocation(stdin=Terminal(typed), stderr=Terminal()).confirm("Sure?")
    assert (caught.value.code, caught.value.exit) == ("E-DECLINED", Exit.DECLINED)


@pytest.mark.parametrize(
    ("stdin", "stderr", "options"),
    [
        pytest.param(StringIO("y\n"), Terminal(), [], id="stdin is no terminal"),
        pytest.param(Terminal("y\n"), StringIO(), [], id="stderr is no terminal"),
        pytest.param(None, Terminal(), [], id="no stdin"),
        pytest.param(Terminal("y\n"), Terminal(), ["--no-input"], id="--no-input"),
    ],
)
def test_where_nobody_can_be_asked_it_is_declined_and_words_stay_usual(
    stdin: StringIO | None, stderr: StringIO, options: list[str]
) -> None:
    invocation = make_invocation(stdin=stdin, stderr=stderr)
    invocation.take(options)
    assert invocation.ask_for("Name", "usual") is None
    with pytest.raises(DeclinedError) as caught:
        invocation.confirm("Sure?")
    assert caught.value.code == "E-CANNOT-ASK"


def test_yes_answers_every_question_unasked() -> None:
    invocation = make_invocation()
    invocation.take(["--yes"])
    invocation.confirm("Sure?")


@pytest.mark.parametrize(("typed", "answer"), [("Lamp & Co\n", "Lamp & Co"), ("\n", None)])
def test_a_word_is_asked_for_at_a_terminal(typed: str, answer: str | None) -> None:
    err = Terminal()
    invocation = make_invocation(stdin=Terminal(typed), stderr=err)
    assert invocation.ask_for("The shop's name", "My shop") == answer
    assert err.getvalue() == "The shop's name [My shop]: "


@pytest.mark.parametrize(
    ("environ", "options", "actor"),
    [
        pytest.param({}, ["--actor", "bo"], "bo", id="the option first"),
        pytest.param({"RETURNS_ACTOR": "cy"}, [], "cy", id="then the variable"),
        pytest.param({}, [], "ann", id="then the login"),
        pytest.param({"LOGNAME": "", "USER": "dee"}, [], "dee", id="by any name of it"),
    ],
)
def test_who_does_it(environ: dict[str, str], options: list[str], actor: str) -> None:
    invocation = make_invocation(environ=environ)
    invocation.take(options)
    assert invocation.actor == actor


def test_without_any_name_the_system_is_asked() -> None:
    assert make_invocation(environ={"LOGNAME": ""}).actor


def test_a_dash_is_stdin_and_anything_else_a_path() -> None:
    stdin = TextIOWrapper(BytesIO(b"x"))
    invocation = make_invocation(stdin=stdin)
    assert invocation.sources([Path("-"), Path("a.csv")]) == [stdin.buffer, Path("a.csv")]
    with pytest.raises(UsageError):
        make_invocation().source(Path("-"))


def test_the_language_and_the_shop_folder_as_named() -> None:
    invocation = make_invocation(environ={"RETURNS_SHOP": "here"})
    assert (invocation.language, invocation.shop_folder) == (None, Path("here"))
    invocation.take(["--lang", "de", "--shop", "there"])
    assert (invocation.language, invocation.shop_folder) == ("de", Path("there"))


def test_a_command_without_an_invocation_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError):
        invocation_of(typer.Context(make_group("")))
