"""What the store's checks and copies say, as a person reads it."""

from __future__ import annotations

from returns_cli.cli.page import Fields, Page, Piece
from returns_cli.cli.pages.parts import Answer, either, problems_block, word


def report_page(answer: Answer) -> Page:
    """The report of ``check`` and ``journal verify``."""
    rows: list[tuple[str, Piece]] = [
        ("Result", word("ok" if answer["ok"] else "not ok")),
        ("Entries", either(answer["entries"])),
        ("Head", either(answer["head"])),
    ]
    return [Fields(rows), *problems_block(answer["problems"])]


def backup_page(answer: Answer) -> Page:
    """The answer of ``backup`` and ``restore``."""
    rows: list[tuple[str, Piece]] = [
        (str(key).replace("_", " ").capitalize(), either(value)) for key, value in answer.items()
    ]
    return [Fields(rows)]
