"""What checking and testing policies found, as a person reads it."""

from __future__ import annotations

from returns_cli.cli.page import Cell, Lines, Page, sentence
from returns_cli.cli.pages.parts import Answer, plural, problems_block, word


def checked_page(answer: Answer) -> Page:
    """The problems of ``policy check``."""
    problems = answer["problems"]
    if answer["ok"]:
        said = "ok, with warnings" if problems else "ok, no problem found"
        return [*problems_block(problems), sentence(said, "good")]
    return [*problems_block(problems), sentence("not ok", "bad")]


def cases_page(answer: Answer) -> Page:
    """The cases of ``policy test``, and how each that failed differs."""
    page: Page = []
    differences = answer["differences"]
    if differences:
        page.append(Lines([[_difference(one)] for one in differences], title="Differences"))
    if answer.get("problems"):
        page += problems_block(answer["problems"])
    held = answer["cases"] - answer["failed"]
    said = f"{plural(answer['cases'], 'case')}: {held} held, {answer['failed']} failed"
    return [*page, sentence(said, "good" if answer["ok"] else "bad")]


def decision_page(answer: Answer) -> Page:
    """One decision in words, each part with the policy's line."""
    head = Lines([["Verdict", word(answer["verdict"])]])
    return [head, Lines([[str(line)] for line in answer["explanation"]])]


def _difference(one: Answer) -> Cell:
    place = f"{one['file']}:{one['line']}"
    said = f"{one['key']} should be {_said(one['expected'])} and is {_said(one['found'])}"
    return Cell(f"{place} {one['case']}: {said}", "bad")


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "empty"
    return "nothing" if value is None else str(value)
