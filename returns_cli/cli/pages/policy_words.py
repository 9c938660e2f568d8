"""Policies in words, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from returns_cli.cli.page import Block, Cell, Fields, Lines, Page, Piece
from returns_cli.cli.pages.parts import Answer


def explained_page(answer: Any) -> Page:
    """One policy, or several below each other."""
    page: Page = []
    for one in answer if isinstance(answer, list) else [answer]:
        page.append(Lines([[Cell(one["title"], "strong")], [Cell(one["note"], "dim")]]))
        for section in one["sections"]:
            page += _section(section, 0)
    return page


def _section(section: Answer, indent: int) -> Iterator[Block]:
    lines: list[list[Piece]] = [[Cell(section["title"], "strong")]]
    lines += [[f"  {line}"] for line in section["lines"]]
    yield Lines(lines, indent=indent)
    for below in section["sections"]:
        yield from _section(below, indent + 2)


def started_page(answer: Answer) -> Page:
    """The files of a new policy, and what the markup said beside it."""
    page: Page = [Lines([[path] for path in answer["files"]], title="New policy")]
    if answer["not_taken"]:
        left = [[f"{one['name']}: {one['why']}"] for one in answer["not_taken"]]
        page.append(Lines(left, title="Not taken over"))
    return page


def published_page(answer: Answer) -> Page:
    """Where a publication was written."""
    rows = [
        ("Policies", ", ".join(answer["policies"])),
        ("Form", answer["as"]),
        ("File", answer["path"] or "stdout"),
        ("Not said", str(len(answer["not_said"]))),
    ]
    return [Fields(rows)]
