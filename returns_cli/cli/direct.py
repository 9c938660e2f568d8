"""The short way: a well-formed command line is read from a table, without importing Typer.

The table in ``parameters`` is made from what Typer would read, and tests hold the two to the same
answers. Whatever is not plainly right (help, a slip, an option run together with its value) is
left to Typer, so that there is one place for errors and one for help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from returns_cli.cli import registry
from returns_cli.cli.parameters import PARAMETERS

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

Arguments = dict[str, Any]
_MOST_DIGITS = 9


class Parameter(NamedTuple):
    """One parameter of a command, as a token of the table says it.

    ``order:str!`` is a place that must be filled, ``--item:items:str*`` an option that may be
    repeated, ``-n,--dry-run:dry_run:flag`` a flag, ``--limit:limit:int1`` a number from 1 up.
    """

    target: str
    kind: str
    is_many: bool
    is_required: bool


class DirectContext:
    """What a command needs of Typer's context: the invocation."""

    def __init__(self, invocation: Invocation) -> None:
        self.obj = invocation


def run_directly(invocation: Invocation, words: Sequence[str]) -> bool:
    """Run the command if its words are plainly right.

    Returns:
        False where Typer must read the words; nothing was done then.

    Raises:
        ReturnsError: as the command ended.
    """
    found = command_of(words)
    if found is None:
        return False
    name, place, count = found
    arguments = read_arguments(name, words[count:])
    if arguments is None:
        return False
    plain_function(place)(DirectContext(invocation), **arguments)
    return True


def command_of(words: Sequence[str]) -> tuple[str, str, int] | None:
    """The command that words begin with, its place, and how many words its name takes."""
    for name, place, _ in registry.commands():
        parts = name.split(" ")
        if list(words[: len(parts)]) == parts:
            return name, place, len(parts)
    return None


def plain_function(place: str) -> Callable[..., None]:
    """The function at ``module:function``, its annotations still names."""
    module, function = place.split(":")
    found: Callable[..., None] = getattr(import_module(registry.MODULES + module), function)
    return found


def read_arguments(name: str, words: Sequence[str]) -> Arguments | None:
    """The parameters of a command as typed; None where the words are not plainly right."""
    places, options = _parameters(name)
    arguments: Arguments = {}
    loose: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            loose += rest
        elif word[:1] != "-" or word == "-":
            loose.append(word)
        elif not _take_option(word, rest, options, arguments):
            return None
    for place in places:
        taken, loose = (loose, []) if place.is_many else (loose[:1], loose[1:])
        values = [value_of(place.kind, text) for text in taken]
        if values:
            arguments[place.target] = values if place.is_many else values[0]
    missing = [
        one
        for one in (*places, *options.values())
        if one.is_required and one.target not in arguments
    ]
    return None if loose or missing else arguments


def _take_option(
    word: str, rest: Iterator[str], options: dict[str, Parameter], arguments: Arguments
) -> bool:
    name, attached, text = word.partition("=")
    option = options.get(name)
    if option is None or (attached and (name[:2] != "--" or option.kind == "flag")):
        return False
    if option.kind == "flag":
        arguments[option.target] = True
        return True
    following = text if attached else next(rest, None)
    value = None if following is None else value_of(option.kind, following)
    if value is None:
        return False
    if option.is_many:
        arguments.setdefault(option.target, []).append(value)
    else:
        arguments[option.target] = value
    return True


def options_of(name: str) -> dict[str, Parameter]:
    """The options of a command by each of their names, in the order of its help."""
    return _parameters(name)[1]


def value_of(kind: str, text: str) -> object:
    """A typed value as the command takes it, None where it is none of its kind."""
    if kind == "path":
        return Path(text)
    if kind[:3] != "int":
        return text
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        return None
    return int(text) if int(text) >= int(kind[3:] or 0) else None


def _parameters(name: str) -> tuple[list[Parameter], dict[str, Parameter]]:
    places: list[Parameter] = []
    options: dict[str, Parameter] = {}
    for token in PARAMETERS[name].split():
        *names, target, kind = token.split(":")
        parameter = Parameter(target, kind.rstrip("*!"), "*" in kind, "!" in kind)
        if names:
            options.update(dict.fromkeys(names[0].split(","), parameter))
        else:
            places.append(parameter)
    return places, options
