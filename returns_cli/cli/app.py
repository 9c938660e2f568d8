"""The tree of commands: groups that import a command's module only when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from returns_cli.cli import plain_help, registry
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

_HELP_NAMES = {"help_option_names": ["-h", "--help"]}


# Typer's own ``Context`` and ``Command`` are private: overrides take and give ``Any`` instead.


class Command(TyperCommand):
    """A command whose help ends with examples and the global options."""

    def get_help(self, ctx: Any) -> str:
        """The whole help page, plain text."""
        from returns_cli.cli.command_help import command_page

        return command_page(self, ctx)


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
            raise unknown_command(self.prefix, name)
        return name, command, args[1:]

    def get_help(self, ctx: Any) -> str:
        """The page made from the registry."""
        del ctx
        page = plain_help.group_page(self.prefix.rstrip()) if self.prefix else None
        return (page or plain_help.overview()).rstrip("\n")


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
    module, function = place.split(":")
    small = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    small.command(
        name.rsplit(" ", 1)[-1], help=text, cls=Command, context_settings=dict(_HELP_NAMES)
    )(getattr(import_module(registry.MODULES + module), function))
    return cast("Command", typer.main.get_command(small))


def unknown_command(prefix: str, name: str) -> UsageError:
    """The error for a word that is no command, with the nearest ones."""
    names = next_words(prefix)
    near = (
        get_close_matches(name, names, n=3)
        or [words for words, _, _ in registry.commands() if name in words.split()][:3]
    )
    shown = ", ".join(f"returns {prefix if one in names else ''}{one}" for one in near)
    return UsageError(
        "E-USAGE",
        f"There is no command {prefix}{name[:80]}.",
        where=f"returns {prefix}".rstrip(),
        hint=f"Did you mean {shown}?" if near else f"See returns {prefix}--help.",
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


def run_command(invocation: Invocation, words: Sequence[str]) -> None:
    """Take the global options out of ``words`` and run the command that is left.

    Raises:
        ReturnsError, typer.TyperException, typer.Exit: as the command ended.
    """
    rest = invocation.take(words)
    root = make_group("")
    if invocation.wants_version:
        from returns_cli import __version__

        invocation.output.write(f"returns {__version__}\n")
        return
    if not rest:
        if invocation.output.format == "table":
            invocation.output.write_error(plain_help.overview() + "\n")
        raise no_command("")
    with root.make_context("returns", rest, obj=invocation) as context:
        root.invoke(context)
