"""Answers about goods and days, as a person reads them: calendar."""

from __future__ import annotations

from returns_cli.cli.page import Fields, Page
from returns_cli.cli.pages.parts import Answer


def calendar_page(answer: Answer) -> Page:
    """Where the calendar was written."""
    return [Fields([("File", str(answer["path"])), ("Due dates", str(answer["events"]))])]
