"""The tree of commands: groups that import a command's module only when it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, cast, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from returns_cli import cli
from returns_cli.cli import plain_help, registry
from returns_cli.cli.direct import command_of, plain_function
from returns_cli.cli.examples import EXAMPLES
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import did_you_mean, nearest

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

_OPTIONS_ALIKE = 0.65
"""More than for words: all options begin with the same two dashes."""
_SURPLUS = "Got unexpected extra argument(s) "
_ANSWERED = frozenset({"--version"})
"""Options that some programs have as commands."""
_HELP_NAMES = {"help_option_names": ["-h", "--help"]}


# Typer's own ``Context`` and ``Command`` are private: overrides take and give ``Any`` instead.


class HelpAsked(Exception):  # noqa: N818 - not an error: the way out of Typer with a help page
    """Help was asked for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


class Command(TyperCommand):
    """A command whose help ends with examples and the global options."""

    def get_help(self, ctx: Any) -> str:
        """Hand the help page to the printer.

        Raises:
            HelpAsked: always; Typer would print the page past the printer.
        """
        from returns_cli.cli.command_help import command_page

        raise HelpAsked(command_page(self, ctx))


class LazyGroup(TyperGroup):
    """A group that knows its commands by the registry and imports one when it is needed."""

    prefix = ""

    def list_commands(self, ctx: Any) -> list[str]:
        """The next word of every command and group under this one, in the order of the help."""
        del ctx  # the table is the same everywhere
        return next_words(self.prefix)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command or group of that name, built now; None where there is none."""
        del ctx
        words = f"{self.prefix}{cmd_name}"
        if words in registry.GROUPS:
            return make_group(words)
        for name, place, text in registry.commands():
            if name == words:
                return make_command(name, place, text)
        return None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse a group without a command before Typer does, in our words."""
        if not args:
            raise no_command(self.prefix)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that ``args`` begin with.

        Raises:
            UsageError: there is none; the hint names the nearest.
        """
        name = args[0]
        command = None if name.startswith("-") else self.get_command(ctx, name)
        if command is None:
            raise unknown_command(self.prefix, name, *args[1:2])
        return name, command, args[1:]

    def get_help(self, ctx: Any) -> str:
        """Hand the page made from the registry to the printer.

        Raises:
            HelpAsked: always, as for a command.
        """
        del ctx
        page = plain_help.group_page(self.prefix.rstrip()) if self.prefix else None
        raise HelpAsked(page or plain_help.overview())


def next_words(prefix: str) -> list[str]:
    """The words that may follow ``prefix`` ("" or "orders "), each once."""
    found = [
        words.removeprefix(prefix).split(" ", 1)[0]
        for words, _, _ in registry.commands()
        if words.startswith(prefix)
    ]
    return list(dict.fromkeys(found))


def make_group(name: str) -> LazyGroup:
    """The group of that name, or the root for an empty one."""
    group = LazyGroup(
        name=name or "returns",
        rich_markup_mode=None,
        context_settings=_HELP_NAMES,
        help=registry.GROUPS.get(name, ""),
    )
    group.prefix = f"{name} " if name else ""
    return group


def make_command(name: str, place: str, text: str) -> Command:
    """Import the function that the registry names and make a command of it."""
    small = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    small.command(
        name.rsplit(" ", 1)[-1], help=text, cls=Command, context_settings=dict(_HELP_NAMES)
    )(typed_function(place))
    return cast("Command", typer.main.get_command(small))


def typed_function(place: str) -> Callable[..., None]:
    """The function of a command with the types of its parameters resolved, as Typer needs them."""
    function = plain_function(place)
    function.__annotations__ = get_type_hints(function, localns=_options(), include_extras=True)
    return function


@cache
def _options() -> dict[str, Any]:
    """What the modules ``options`` and ``…_options`` of this folder define, by name."""
    found = [one.name for one in iter_modules(cli.__path__) if one.name.endswith("options")]
    modules = [import_module(f"{registry.MODULES}{name}") for name in found]
    return {name: kind for module in modules for name, kind in vars(module).items()}


def unknown_command(prefix: str, name: str, following: str = "") -> UsageError:
    """The error for a word that is no command, with the nearest ones.

    Args:
        prefix: the group that was named before it: "" or "orders ".
        following: the word behind it; with a mistyped group it names the command.
    """
    commands = [words for words, _, _ in registry.commands()]
    near = [words for words in commands if name in words.split()][:3]
    if not near:
        alike = [f"{prefix}{one}" for one in nearest(name, next_words(prefix), 3)]
        whole = [f"{one} {following}" for one in alike]
        near = [one for one in whole if one in commands] or alike
    if f"--{name}" in _ANSWERED:
        near = [f"--{name}"]
    return UsageError(
        "E-USAGE",
        f"There is no command {prefix}{name[:80]}.",
        where=f"returns {prefix}".rstrip(),
        hint=did_you_mean([f"returns {one}" for one in near])
        if near
        else f"See returns {prefix}--help.",
    )


def no_command(prefix: str) -> UsageError:
    """The error for words that end before a command."""
    names = ", ".join(next_words(prefix))
    return UsageError(
        "E-USAGE",
        "No command was given.",
        where=f"returns {prefix}".rstrip(),
        hint=f"Add one of {names}." if prefix else "See returns --help.",
    )


def run_by_typer(invocation: Invocation, words: Sequence[str]) -> None:
    """Let Typer read ``words`` and run the command: for help, and to say what is wrong with them.

    Raises:
        ReturnsError: as the command ended; UsageError where the words are wrong.
    """
    if not words:
        if invocation.output.format == "table":
            invocation.output.write_error(plain_help.beginning() + "\n")
        raise no_command("")
    root = make_group("")
    try:
        with root.make_context("returns", list(words), obj=invocation) as context:
            root.invoke(context)
    except typer.TyperException as error:
        raise usage_error(error, words) from error
    except HelpAsked as asked:
        invocation.output.read_out(asked.page.rstrip("\n") + "\n")


def usage_error(error: typer.TyperException, words: Sequence[str]) -> UsageError:
    """What Typer found wrong with the words, as an error of ours: exit 2, nearest options named."""
    called = command_of(words)
    command = f"returns {called[0]}" if called else "returns"
    command = getattr(getattr(error, "ctx", None), "command_path", command)
    message = error.format_message().rstrip(".").replace("int range", "whole number")
    hint = f"See {command} --help."
    wrong = getattr(error, "option_name", None)
    if type(error).__name__ == "NoSuchOption" and isinstance(wrong, str):
        message = f"There is no option {wrong}"
        names = _option_names(error) + [name for name, _, _ in registry.GLOBAL_OPTIONS] + ["-V"]
        if near := nearest(wrong, names, 3, likeness=_OPTIONS_ALIKE):
            hint = did_you_mean(near)
    elif called and (surplus := message.partition(_SURPLUS)[2]):
        message = f"There is no place for {surplus.strip('()')}"
        hint = f"For example: {EXAMPLES[called[0]][0]}"
    elif called and type(error).__name__ == "MissingParameter":
        hint = f"For example: {EXAMPLES[called[0]][0]}"
    return UsageError("E-USAGE", f"{message}.", where=command, hint=hint)


def _option_names(error: typer.TyperException) -> list[str]:
    context = getattr(error, "ctx", None)
    if context is None:
        return []
    return [name for param in context.command.get_params(context) for name in param.opts]
