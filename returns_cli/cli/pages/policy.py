"""What checking and testing policies found, as a person reads it."""

from __future__ import annotations

from typing import Any

from returns_cli.cli.page import Cell, Fields, Lines, Page, Piece, sentence
from returns_cli.cli.pages.parts import Answer, plural, problems_block, word
from returns_cli.cli.serial import generic_page


def checked_page(answer: Answer) -> Page:
    """The problems of ``policy check``."""
    problems = answer["problems"]
    if answer["ok"]:
        said = "ok, with warnings" if problems else "ok, no problem found"
        return [*problems_block(problems), sentence(said, "good")]
    return [*problems_block(problems), sentence("not ok", "bad")]


def tested_page(answer: Answer) -> Page:
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
    """One decision, part by part."""
    if "verdict" not in answer:
        return generic_page(answer)
    rows: list[tuple[str, Piece]] = [("Verdict", word(answer["verdict"]))]
    rest = {key: value for key, value in answer.items() if key != "verdict"}
    lines = rest.pop("explanation", None)
    if lines:
        return [Fields(rows), Lines([[str(line)] for line in lines])]
    return [Fields(rows), *generic_page(rest)]


def _difference(one: Any) -> Cell:
    if not isinstance(one, dict):
        return Cell(str(one), "bad")
    case = ", ".join(str(one[key]) for key in ("file", "case", "name") if one.get(key))
    parts = {key: value for key, value in one.items() if key not in ("file", "case", "name")}
    said = ", ".join(f"{key} {value}" for key, value in parts.items())
    return Cell(f"{case}: {said}" if case else said, "bad")
