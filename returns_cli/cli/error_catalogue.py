"""The codes that the program prints, from ``data/errors.toml``: meaning, remedy, exit status."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from returns_cli.data import shipped


class Explanation(NamedTuple):
    """What a code means, what to do next, the exit status, and the section it stands in."""

    meaning: str
    remedy: str
    exit: int
    section: str


@cache
def catalogue() -> dict[str, Explanation]:
    """Every code in the order of the table."""
    table = tomllib.loads(shipped("errors.toml").read_text(encoding="utf-8"))
    return {
        code: Explanation(meaning, remedy, section["exit"], section["title"])
        for section in table["section"]
        for code, (meaning, remedy) in section["codes"].items()
    }


def code_page(code: str) -> str:
    """What ``returns help CODE`` prints."""
    told = catalogue()[code]
    lines = [code, "", told.meaning, "", f"What to do: {told.remedy}"]
    if code.startswith("E-"):
        named = re.search(r"\(exit (\d+(?: or \d+)*)\)", told.meaning)
        usual = f"{told.exit} ({told.section.lower()})"
        lines.append(f"Exit status: {named[1] if named else usual}")
    return "\n".join(lines) + "\n"


def catalogue_document() -> str:
    """The page ``docs/ERRORS.md``."""
    lines = [
        "# Error and warning codes",
        "",
        "Every code that the program prints. `returns help CODE` shows the same text.",
        "This page is made from `returns_cli/data/errors.toml` by `returns_cli.cli.reference`.",
    ]
    section = ""
    for code, told in catalogue().items():
        if told.section != section:
            section = told.section
            lines += [
                "",
                f"## {section}",
                "",
                f"Exit status {told.exit}, unless the text names another.",
                "",
                "| code | meaning | what to do |",
                "|---|---|---|",
            ]
        lines.append(f"| `{code}` | {_cell(told.meaning)} | {_cell(told.remedy)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
