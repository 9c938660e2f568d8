"""The first commands' answers, as a person reads them: init, demo, status, doctor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from returns_cli.cli.page import Cell, Fields, Lines, Page, Piece, Table
from returns_cli.cli.pages.parts import Answer, either, problems_block
from returns_cli.cli.serial import generic_page

_BOARD = (
    ("arrived", "Arrived, to inspect"),
    ("waiting", "Waiting for a person"),
    ("due_today", "Refunds due today"),
    ("overdue", "Refunds overdue"),
)


def init_page(answer: Answer) -> Page:
    """What ``init`` made."""
    return generic_page(answer)


def init_next_steps(answer: Answer) -> list[str]:
    """What to do with a new shop."""
    folder = str(answer.get("folder") or answer.get("path") or ".")
    steps = [] if folder == "." else [f"cd {folder}"]
    return [*steps, "returns orders import FILE.csv", "returns doctor"]


def demo_page(answer: Answer) -> Page:
    """What ``demo`` did: its own lines where it brings them."""
    lines = answer.get("lines")
    if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
        return [Lines([[line] for line in lines])]
    return generic_page(answer)


def status_page(answer: Answer) -> Page:
    """Today's board."""
    rows: list[tuple[str, Piece]] = [
        (text, Cell(_count(answer[key]), "bad" if key == "overdue" and answer[key] else "strong"))
        for key, text in _BOARD
    ]
    money: Mapping[str, str] = answer["money_due"]
    due = ", ".join(f"{amount} {currency}" for currency, amount in money.items()) or "nothing"
    rows.append(("Money due", Cell(due, "strong")))
    return [Fields(rows, title=f"The desk at {str(answer['as_of'])[:16].replace('T', ' ')}")]


def doctor_page(answer: Answer) -> Page:
    """What ``doctor`` looked at, and how to mend what is wrong."""
    checks = answer.get("checks")
    if not isinstance(checks, list):
        return generic_page(answer)
    rows: list[list[Piece]] = [_examined(one) for one in checks]
    page: Page = [Table(["Looked at", "Result", "Found", "Mend it by"], rows)]
    return [*page, *problems_block(answer.get("problems", []))]


def _examined(one: Mapping[str, Any]) -> list[Piece]:
    result = "ok" if one.get("ok") else "mend"
    return [
        either(one.get("name")),
        Cell(result, "good" if one.get("ok") else "bad"),
        either(one.get("found") or one.get("message")),
        either(one.get("hint")),
    ]


def _count(value: object) -> str:
    return str(len(value)) if isinstance(value, list) else either(value)
