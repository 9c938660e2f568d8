from __future__ import annotations

import importlib
import inspect
import pkgutil
import shlex
from typing import Any

import pytest
import typer

from returns_cli import cli
from returns_cli.cli import registry
from returns_cli.cli.app import LazyGroup, make_command, make_group
from returns_cli.cli.direct import command_of, plain_function, read_arguments
from returns_cli.cli.examples import EXAMPLES
from returns_cli.cli.hoist import hoist
from returns_cli.cli.parameters import VALUE_OPTIONS

COMMANDS = [pytest.param(*entry, id=entry[0]) for entry in registry.commands()]
every_command = pytest.mark.parametrize(("name", "place", "text"), COMMANDS)


@every_command
def test_every_command_of_the_table_is_a_function_that_typer_takes(
    name: str, place: str, text: str
) -> None:
    command = make_command(name, place, text)
    assert command.name == name.split(" ")[-1]
    assert command.help == text
    first = (inspect.getdoc(plain_function(place)) or "").split("\n")[0]
    assert first.endswith("."), "the docstring begins with a sentence"


def test_every_public_function_of_a_command_module_is_in_the_table() -> None:
    listed: dict[str, set[str]] = {}
    for _, place, _ in registry.commands():
        module, function = place.split(":")
        listed.setdefault(module, set()).add(function)
    for module, functions in listed.items():
        loaded = inspect.getmodule(plain_function(f"{module}:{min(functions)}"))
        assert loaded is not None
        public = {
            name
            for name, value in vars(loaded).items()
            if inspect.isfunction(value)
            and value.__module__ == loaded.__name__
            and not name.startswith("_")
        }
        assert public == functions, f"returns_cli/cli/{module}.py and the registry differ"


def test_no_option_has_the_name_of_another() -> None:
    defined: dict[str, list[str]] = {}
    for module in pkgutil.iter_modules(cli.__path__):
        if module.name == "options" or module.name.endswith("_options"):
            names = vars(importlib.import_module(f"returns_cli.cli.{module.name}"))
            for name in names:
                if name.endswith(("Option", "Argument")):
                    defined.setdefault(name, []).append(module.name)
    assert {name: where for name, where in defined.items() if len(where) > 1} == {}


def test_names_are_unique_and_groups_are_described() -> None:
    names = [name for name, _, _ in registry.commands()]
    assert len(names) == len(set(names))
    assert {name.split(" ")[0] for name in names if " " in name} == set(registry.GROUPS)
    assert not set(registry.GROUPS) & set(names)


@every_command
def test_help_lines_fit_a_terminal(name: str, place: str, text: str) -> None:
    assert len(text) <= 60
    assert not text.endswith(".")


def test_the_options_that_take_a_value_are_those_of_the_table() -> None:
    """Hoisting relies on it: one spelling either takes a value everywhere or nowhere."""
    with_value: set[str] = set()
    without: set[str] = set()
    for entry in registry.commands():
        for param in make_command(*entry).params:
            if param.param_type_name == "option":
                (without if param.is_flag else with_value).update(param.opts)  # type: ignore[attr-defined]  # Typer's options have it
    assert with_value == VALUE_OPTIONS
    assert not with_value & without
    assert not {name for name, _, _ in registry.GLOBAL_OPTIONS} & (with_value | without)


def test_the_lazy_groups_list_what_the_table_says() -> None:
    root = make_group("")
    context = typer.Context(root, info_name="returns")
    words = root.list_commands(context)
    assert words[:3] == ["init", "demo", "run"]
    assert "orders" in words
    assert root.get_command(context, "no-such") is None
    group = root.get_command(context, "orders")
    assert isinstance(group, LazyGroup)
    assert group.list_commands(context) == ["import", "add", "list", "show"]
    assert group.get_command(context, "show").name == "show"


@every_command
def test_every_command_has_examples_that_it_understands(name: str, place: str, text: str) -> None:
    assert EXAMPLES[name]
    for example in EXAMPLES[name]:
        program, *words = shlex.split(example)
        assert program == "returns"
        _, rest = hoist(words)
        found = command_of(rest)
        assert found is not None
        assert found[0] == name
        assert read_arguments(name, rest[found[2] :]) is not None


def test_no_example_is_left_over() -> None:
    assert set(EXAMPLES) == {name for name, _, _ in registry.commands()}


LINES = [
    pytest.param("open 1042 --item 2=x --item 3:1=y --photos 2 -n", id="repeated options"),
    pytest.param("open -- -1042", id="a dash behind --"),
    pytest.param("open 1042 --item=2=x", id="a value after ="),
    pytest.param("list --state a --state b --open", id="a list without places"),
    pytest.param("list", id="nothing"),
    pytest.param("show A B C", id="several places"),
    pytest.param("approve A --line 2 --line 3 --why ok", id="numbers"),
    pytest.param("label A -o out.pdf --font a.ttf --font b.ttf", id="paths"),
    pytest.param("receive --file -", id="stdin"),
    pytest.param("orders import a.csv - --strict", id="paths as places"),
    pytest.param("policy show p.yaml --facts f.yaml", id="a needed option"),
    pytest.param("deny A --why -x", id="a value that begins with a dash"),
    pytest.param("find ''", id="an empty word"),
]


@pytest.mark.parametrize("line", LINES)
def test_the_short_way_reads_a_command_line_as_typer_does(line: str) -> None:
    words = shlex.split(line)
    found = command_of(words)
    assert found is not None
    name, place, count = found
    directly = read_arguments(name, words[count:])
    assert directly is not None
    defaults = {
        key: param.default
        for key, param in inspect.signature(plain_function(place)).parameters.items()
        if key != "context" and param.default is not param.empty
    }
    assert {**defaults, **directly} == by_typer(name, place, words[count:])


def by_typer(name: str, place: str, words: list[str]) -> dict[str, Any]:
    """The parameters that Typer hands to the function."""
    text = next(text for known, _, text in registry.commands() if known == name)
    command: Any = make_command(name, place, text)
    with command.make_context(name, words) as context:
        converted: dict[str, Any] = {}
        function = plain_function(place)
        probe: Any = lambda **given: converted.update(given)  # noqa: E731 - stands in for the body
        probe.__signature__ = inspect.signature(function)
        probe.__annotations__ = function.__annotations__
        small = typer.Typer(add_completion=False, rich_markup_mode=None)
        small.command(name)(probe)
        context.invoke(typer.main.get_command(small).callback, **context.params)
    converted.pop("context", None)
    return converted


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("list --help", id="help"),
        pytest.param("list --lmit 2", id="a misspelt option"),
        pytest.param("list --limit", id="no value"),
        pytest.param("list --limit x", id="not a number"),
        pytest.param("list --limit 0", id="below the least"),
        pytest.param("list --limit 1234567890123", id="a number too long"),
        pytest.param("list --open=yes", id="a flag with a value"),
        pytest.param("list extra", id="a place too many"),
        pytest.param("show", id="a place too few"),
        pytest.param("policy show p.yaml", id="a needed option too few"),
        pytest.param("label A -oout.pdf", id="a value run together with its option"),
        pytest.param("label A -o=out.pdf", id="= after one dash"),
    ],
)
def test_what_is_not_plainly_right_is_left_to_typer(line: str) -> None:
    words = line.split()
    found = command_of(words)
    assert found is not None
    assert read_arguments(found[0], words[found[2] :]) is None


@pytest.mark.parametrize("line", ["", "ordrs", "orders", "orders imprt", "--nope"])
def test_what_names_no_command_is_left_to_typer(line: str) -> None:
    assert command_of(line.split()) is None
