"""``returns help``: for anyone who meets a command, a topic or an error code they do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli import plain_help, registry
from returns_cli.cli.context import invocation_of
from returns_cli.cli.topics import NAMES, topic_page
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from returns_cli.cli.options import Context, JsonSchemaOption, WordsArgument


def show_help(
    context: Context, words: WordsArgument = None, json_schema: JsonSchemaOption = False
) -> None:
    """Explain a command, a topic or an error code.

    Topics: policy, money, scan, cron, formats, reasons, items, states, dates, output, json and
    exit-codes. A topic comes before a command of its name; returns policy --help shows the group.
    """
    call = invocation_of(context)
    if json_schema:
        call.output.write_file(_schema(" ".join(words or [])))
        return
    call.output.read_out(_text(words or []).rstrip("\n") + "\n")


def _schema(command: str) -> str:
    from returns_cli.cli.reference import schema_text

    try:
        return schema_text(command)
    except KeyError:
        raise UsageError(
            "E-USAGE",
            f"No command `{command[:80]}` answers JSON.",
            where="--json-schema",
            hint="Name a command such as show, or: returns help.",
        ) from None


def _text(words: list[str]) -> str:
    name = " ".join(words)
    if not name:
        return plain_help.overview()
    if name in NAMES:
        return topic_page(name)
    if (page := plain_help.group_page(name)) is not None:
        return page
    for known, place, text in registry.commands():
        if known == name:
            from returns_cli.cli.reference import help_page

            return help_page(known, place, text)
    return _code(name)


def _code(name: str) -> str:
    from returns_cli.cli.error_catalogue import catalogue, code_page

    if name.upper() in catalogue():
        return code_page(name.upper())
    from returns_cli.domain.nearest import did_you_mean, nearest

    known = [*NAMES, *catalogue(), *registry.GROUPS, *(one for one, _, _ in registry.commands())]
    near = nearest(name, known, 3)
    raise UsageError(
        "E-USAGE",
        f"There is no help on {name[:80]}.",
        where="returns help",
        hint=did_you_mean(near) if near else "See returns --help.",
    )
