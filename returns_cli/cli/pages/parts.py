"""Pieces that several pages are made of: states and verdicts in their tone, amounts, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from returns_cli.cli.failure import problem_line
from returns_cli.cli.page import Block, Cell, Lines

Answer: TypeAlias = Mapping[str, Any]

_TONES = {
    "approve": "good",
    "approved": "good",
    "confirmed": "good",
    "refunded": "good",
    "ok": "good",
    "deny": "bad",
    "denied": "bad",
    "expired": "bad",
    "failed": "bad",
    "not ok": "bad",
    "review": "warn",
    "partial": "warn",
    "in_review": "warn",
    "in_doubt": "warn",
    "refund_pending": "warn",
}


def word(code: str | None) -> Cell:
    """A state or verdict as its code, in its tone; a dash where there is none."""
    if code is None:
        return Cell("–", "dim")
    return Cell(code, _TONES.get(code, ""))


def moment(at: str | None) -> str:
    """An instant as day and minute of its own zone; a bare day stays one; a dash for none."""
    return "–" if at is None else at[:16].replace("T", " ")


def amount(text: str | None, currency: str | None) -> str:
    """An amount with its currency; a dash for none."""
    return "–" if text is None else f"{text} {currency or ''}".rstrip()


def either(value: object) -> str:
    """A value as text; a dash for none."""
    return "–" if value is None or value == "" else str(value)


def shortened(text: object, most: int = 24) -> str:
    """A long text cut to what a column takes; a dash for none."""
    shown = either(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def plural(count: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "line"), plural(2, "line")
    ('1 line', '2 lines')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def problems_block(problems: Sequence[Answer], title: str = "Problems") -> list[Block]:
    """The problems of an import or a check, a line each; nothing where there are none."""
    if not problems:
        return []
    return [
        Lines(
            [
                [Cell(problem_line(one), "bad" if str(one["code"]).startswith("E-") else "warn")]
                for one in problems
            ],
            title=title,
        )
    ]
