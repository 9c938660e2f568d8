"""What is made from the program itself: pages of docs, JSON Schemas, the table of parameters.

``python -m returns_cli.cli.reference PATH…`` writes ``docs/commands.md`` and the manual page
``docs/returns.1`` beside it, ``docs/ERRORS.md``, the folder ``docs/json`` and
``returns_cli/cli/parameters.py``, whichever are named; with ``--check`` it writes nothing and exits
1 where one is not what it would write.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

import typer

from returns_cli.cli import plain_help, registry
from returns_cli.cli.app import Command, make_command
from returns_cli.cli.command_help import command_page, help_of
from returns_cli.cli.error_catalogue import catalogue_document
from returns_cli.cli.man_page import man_page
from returns_cli.cli.schemas.commands import WITHOUT, schema_of

_WIDTH = 88
_SCHEMAS = "json"


def commands_document() -> str:
    """The page ``docs/commands.md``: every command's help, as ``--help`` prints it."""
    lines = [
        "# Commands",
        "",
        "Every command with its options and examples, as `returns COMMAND --help` prints them.",
        "This page is made from the program: `python -m returns_cli.cli.reference`.",
        "",
        "## Global options",
        "",
        "They may stand before or after the command; `--` ends them.",
        "",
        "```text",
        *plain_help.global_options(),
        "```",
    ]
    for title, entries in registry.SECTIONS:
        lines += ["", f"## {title}"]
        for name, place, text in entries:
            lines += ["", f"### returns {name}", "", "```text", help_page(name, place, text), "```"]
    return "\n".join(lines) + "\n"


def help_page(name: str, place: str, text: str) -> str:
    """What ``returns NAME --help`` prints, without the last line end."""
    return command_page(*_in_context(name, place, text))


def _in_context(name: str, place: str, text: str) -> tuple[Command, typer.Context]:
    command = make_command(name, place, text)
    settings = command.context_settings
    return command, typer.Context(command, info_name=f"returns {name}", **settings)


def manual_page() -> str:
    """The page ``docs/returns.1``, which ``man returns`` shows where the wheel is installed."""
    return man_page(help_of(*_in_context(*one)) for one in registry.commands())


def parameters_module() -> str:
    """The module ``parameters.py``: what Typer reads of each command, as tokens."""
    lines = [
        '"""What each command reads of its words; made by ``returns_cli.cli.reference``.',
        "",
        "``direct.Parameter`` says how a token reads.",
        '"""',
        "",
        "PARAMETERS = {",
    ]
    with_value: set[str] = set()
    for name, place, text in registry.commands():
        command = make_command(name, place, text)
        lines += _entry(name, [_token(param) for param in command.params])
        with_value |= _with_value(command)
    lines += [
        "}",
        "",
        "# Options that take a value, of any command: their next word belongs to them.",
    ]
    lines += ["VALUE_OPTIONS = frozenset(", '    """', *_wrapped(sorted(with_value))]
    return "\n".join([*lines, '    """.split()', ")"]) + "\n"


def _entry(name: str, tokens: list[str]) -> list[str]:
    short = f'    "{name}": "{" ".join(tokens)}",'
    if len(short) <= _WIDTH:
        return [short]
    return [f'    "{name}": """', *_wrapped(tokens), '    """,']


def _wrapped(words: Iterable[str]) -> list[str]:
    wrapped = wrap(" ".join(words), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"        {line}" for line in wrapped]


def _with_value(command: Any) -> set[str]:
    options = [one for one in command.params if one.param_type_name == "option"]
    return {name for option in options if not option.is_flag for name in option.opts}


def _token(param: Any) -> str:
    is_option = param.param_type_name == "option"
    is_many = param.multiple if is_option else param.nargs != 1
    kind = _kind(param) + "*" * is_many + "!" * param.required
    names = f"{','.join(param.opts)}:" if is_option else ""
    return f"{names}{param.name}:{kind}"


def _kind(param: Any) -> str:
    if getattr(param, "is_flag", False):
        return "flag"
    word: str = param.type.name.split(" ")[0].replace("integer", "int")
    return f"{word}{getattr(param.type, 'min', '') or ''}"


DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_document,
    "returns.1": manual_page,
    "ERRORS.md": catalogue_document,
    "parameters.py": parameters_module,
}


def schema_text(command: str) -> str:
    """The JSON Schema of a command's answer, as ``returns help --json-schema`` prints it.

    Raises:
        KeyError: the command answers no JSON.
    """
    return json.dumps(schema_of(command), indent=2, ensure_ascii=False) + "\n"


def schema_files() -> dict[str, str]:
    """What the folder ``docs/json`` holds: a file for each command that answers JSON."""
    return {
        f"{name.replace(' ', '-')}.json": schema_text(name)
        for name, _, _ in registry.commands()
        if name not in WITHOUT
    }


def main(words: Sequence[str]) -> int:
    """Write or check the named pages; give the exit status.

    Args:
        words: paths of pages, known by their names, and ``--check`` for a look only.
    """
    only_check = "--check" in words
    paths = [Path(word) for word in words if word != "--check"]
    unknown = [path for path in paths if path.name not in (*DOCUMENTS, _SCHEMAS)]
    if unknown or not paths:
        sys.stderr.write(f"reference: name pages among {', '.join((*DOCUMENTS, _SCHEMAS))}\n")
        return 2
    stale = 0
    for path in paths:
        made, surplus = _made(path)
        if not only_check:
            for file, text in made.items():
                file.parent.mkdir(exist_ok=True)
                file.write_text(text, encoding="utf-8")
            for file in surplus:
                file.unlink()
        elif surplus or any(not _holds(file, text) for file, text in made.items()):
            sys.stderr.write(
                f"reference: {path} is not up to date: python -m returns_cli.cli.reference {path}\n"
            )
            stale += 1
    return 1 if stale else 0


def _made(path: Path) -> tuple[dict[Path, str], list[Path]]:
    """Files with what they shall hold, and files that shall not be there."""
    if path.name == "commands.md":
        manual = path.with_name("returns.1")
        return {path: commands_document(), manual: manual_page()}, []
    if path.name != _SCHEMAS:
        return {path: DOCUMENTS[path.name]()}, []
    made = {path / name: text for name, text in schema_files().items()}
    return made, [one for one in path.glob("*.json") if one not in made]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
