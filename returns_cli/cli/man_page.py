"""The manual page ``returns(1)``: what the program says of itself, written for ``man``.

Only the macros of ``man(7)`` that every formatter knows, in ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from returns_cli import __version__
from returns_cli.cli import registry
from returns_cli.cli.command_help import CommandHelp
from returns_cli.cli.sanitise import in_ascii
from returns_cli.cli.topics import topic_page

_WIDTH = 80
_HELP = "-h, --help"
"""Every command has it, so the page says it once."""
_WRITTEN = "2026-12-01"
"""The day on the page's foot: when its form last changed. The version says the rest."""

_ABOUT = """\
returns runs a shop's returns desk. Orders come in from any shop's export, requests are judged by a
policy written in YAML, labels and packing slips come out as PDF, parcels are received and
inspected, and every refund is recorded in a journal that can be proved right. All of it lies in one
SQLite file in the shop's folder; no network is used. It moves no money: it says how much and why,
and remembers that it was paid.

Verbs at the top level act on returns; everything else is a noun and a verb. Every command that
shows something takes --json, every command that changes something takes --dry-run. -h or --help
explains a command, and returns help TOPIC prints the topics below.
"""

_VARIABLES = (
    ("RETURNS_SHOP", "The shop's folder, where --shop is not given."),
    ("RETURNS_ACTOR", "Who works, where --actor is not given; else the login."),
    (
        "RETURNS_COMMAND_OPTION",
        (
            "An option that says how something is done, such as RETURNS_LABEL_SIZE=a6. What is "
            "typed wins over it, and it over `defaults` in shop.yaml; returns config show --origin "
            "tells who says what."
        ),
    ),
    ("RETURNS_SALT", "Fixes the numbers of returns at init; for tests and documentation."),
    ("PAGER, NO_PAGER", "See the topic output. less is given -FRX unless LESS says otherwise."),
    ("NO_COLOR, TERM", "No colour where NO_COLOR is set, or TERM is dumb."),
    ("COLUMNS", "The width of pages at a terminal."),
)

_FILES = (
    ("shop.yaml", "The shop's settings; the folder that holds it is the shop."),
    ("policies/*.yaml", "One policy each, its cases beside it in NAME.cases.yaml."),
    ("returns.db", "The store: everything that was ever recorded."),
    ("inbox/, outbox/, paper/", "Files that come in, refused rows and reports, labels and slips."),
)


def man_page(helps: Iterable[CommandHelp]) -> str:
    """The whole page.

    Args:
        helps: of every command, in the order of the registry.
    """
    told = iter(helps)
    lines = [
        '.\\" Made by returns_cli.cli.reference from the program itself.',
        f'.TH RETURNS 1 "{_WRITTEN}" "returns {__version__}" "User Commands"',
        *_section("NAME"),
        r"returns \- run a shop's returns desk from the command line",
        *_section("SYNOPSIS"),
        r"\fBreturns\fR \fICOMMAND\fR [\fIOPTIONS\fR]",
        *_section("DESCRIPTION"),
        *_paragraphs(_ABOUT.split("\n\n")),
        *_section("GLOBAL OPTIONS"),
        "They may stand before or after the command; -- ends them.".replace("-", r"\-"),
    ]
    for name, metavar, text in registry.GLOBAL_OPTIONS:
        lines += _entry(f"{name} {metavar}".rstrip(), text + ".")
    for title, entries in registry.SECTIONS:
        lines += _section(f"COMMANDS: {title.upper()}")
        for _ in entries:
            lines += _command(next(told))
    for name, _ in registry.TOPICS:
        heading, _, body = topic_page(name).partition("\n\n")
        title = "EXIT STATUS" if name == "exit-codes" else f"TOPIC: {name.upper()}"
        lines += [*_section(title), *_paragraphs([heading]), *_as_is(body)]
    lines += _table("ENVIRONMENT", _VARIABLES)
    lines += _table("FILES", _FILES)
    lines += [
        *_section("SEE ALSO"),
        r"\fBsqlite3\fR(1), \fBless\fR(1), \fBcron\fR(8)",
    ]
    return "\n".join(lines) + "\n"


def _section(title: str) -> list[str]:
    return [f'.SH "{_plain(title)}"']


def _table(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    return [*_section(title), *(line for left, right in rows for line in _entry(left, right))]


def _command(told: CommandHelp) -> list[str]:
    lines = [f'.SS "{_plain(told.usage)}"', *_paragraphs([told.summary, *told.more])]
    for rows in told.tables.values():
        for left, right in rows:
            if left != _HELP:
                lines += _entry(left, right)
    return [*lines, ".PP", "Examples:", *_as_is("\n".join(f"  {one}" for one in told.examples))]


def _paragraphs(texts: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for text in texts:
        lines += [".PP", *_text(text)] if lines else _text(text)
    return lines


def _entry(left: str, right: str) -> list[str]:
    return [".TP", rf"\fB{_plain(left)}\fR", *_text(right or "-")]


def _as_is(text: str) -> list[str]:
    """Lines that keep their breaks and blanks."""
    kept = [_kept(_plain(one)) for one in text.strip("\n").split("\n")]
    return [".PP", ".nf", *kept, ".fi"]


def _text(text: str) -> list[str]:
    """A paragraph: each sentence begins a line, and no line is long, as formatters want it."""
    sentences = " ".join(_plain(text).split()).replace(". ", ".\n").split("\n")
    return [
        _kept(line)
        for one in sentences
        for line in wrap(one, _WIDTH, break_long_words=False, break_on_hyphens=False)
    ]


def _kept(line: str) -> str:
    r"""A line of plain text that no formatter takes for a request.

    >>> _kept(".part files")
    '\\&.part files'
    """
    return rf"\&{line}" if line[:1] in (".", "'") else line


def _plain(text: str) -> str:
    """Text in ASCII in which every sign stands for itself."""
    return in_ascii(text).replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
