"""The help page of one command: usage, arguments, options, examples. Plain text, 80 columns."""

from __future__ import annotations

import inspect
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.cli.examples import EXAMPLES

if TYPE_CHECKING:
    import typer

    from returns_cli.cli.app import Command

_WIDTH = 80
_LEFT_AT_MOST = 26


class CommandHelp(NamedTuple):
    """What there is to say of a command.

    Attributes:
        usage: name, places and ``[OPTIONS]``.
        summary: the sentence that lists show too.
        more: paragraphs.
        tables: "Arguments" and "Options", each with its names and what they mean.
        examples: whole command lines.
    """

    usage: str
    summary: str
    more: list[str]
    tables: dict[str, list[tuple[str, str]]]
    examples: tuple[str, ...]


def help_of(command: Command, context: typer.Context) -> CommandHelp:
    """What there is to say of a command.

    Args:
        context: the command's context; its path names the command as it was typed.
    """
    name = context.command_path
    places = [str(param.metavar) for param in command.params if param.param_type_name == "argument"]
    tables = {}
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        tables[title] = [
            record
            for param in command.get_params(context)
            if param.param_type_name == kind and (record := param.get_help_record(context))
        ]
    return CommandHelp(
        usage=" ".join([name, *places, "[OPTIONS]"]),
        summary=f"{command.help}.",
        more=_more_about(command),
        tables=tables,
        examples=EXAMPLES.get(name.removeprefix("returns "), ()),
    )


def command_page(command: Command, context: typer.Context) -> str:
    """The help page of a command, as ``--help`` prints it."""
    told = help_of(command, context)
    parts = [f"Usage: {told.usage}", "", told.summary]
    for paragraph in told.more:
        parts += ["", *wrap(paragraph, _WIDTH)]
    for title, rows in told.tables.items():
        if rows:
            parts += ["", title, *_two_columns(rows)]
    parts += ["", "Global options (--shop, --as-of, --json, …): see returns --help"]
    if told.examples:
        parts += ["", "Examples", *(f"  {line}" for line in told.examples)]
    return "\n".join(parts)


def _more_about(command: Command) -> list[str]:
    """The paragraphs of the function's docstring after its first."""
    text = inspect.getdoc(command.callback) or ""
    return [" ".join(part.split()) for part in text.split("\n\n")[1:]]


def _two_columns(rows: list[tuple[str, str]]) -> list[str]:
    width = min(max(len(left) for left, _ in rows), _LEFT_AT_MOST)
    lines = []
    for left, right in rows:
        pieces = wrap(right, _WIDTH - width - 4) or [""]
        if len(left) > width:
            lines.append(f"  {left}")
            left = ""
        lines.append(f"  {left:<{width}}  {pieces[0]}".rstrip())
        lines += [" " * (width + 4) + piece for piece in pieces[1:]]
    return lines
