"""Answers about goods and days, as a person reads them: unexpected goods, stock, calendar."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Fields, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, either, moment, problems_block
from returns_cli.cli.pages.returns import return_page


def unexpected_page(answers: Sequence[Answer]) -> Page:
    """Goods that nobody announced."""
    rows: list[list[Piece]] = [
        [
            str(one["unexpected"]),
            moment(one["found_at"]),
            str(one["age_days"]),
            str(one["why"]),
            either(one["sku"] or one["code"]),
            str(one["left"]),
            either(one["rma"] or one["order"]),
            either(one["station"]),
            str(one["by"]),
            ", ".join(map(_went, one["moves"])) or "–",
        ]
        for one in answers
    ]
    columns = ["No", "Found", "Days", "Why", "What", "Left", "Came with", "Station", "By", "Went"]
    return [Table(columns, rows, right=_RIGHT, empty="No unexpected goods.")]


def _went(move: Answer) -> str:
    to = move["disposition"] or f"{move['rma']} line {move['line']}"
    return f"{move['quantity']} to {to}" + (f" ({move['note']})" if move["note"] else "")


def matched_page(answer: Answer) -> Page:
    """What is left of the goods, and the return that they went into."""
    page = unexpected_page([answer["goods"]])
    return [*page, *(return_page(answer["return"]) if answer["return"] else [])]


def moves_page(answers: Sequence[Answer]) -> Page:
    """Goods that were put away."""
    rows: list[list[Piece]] = [
        [
            moment(one["at"]),
            either(one["sku"]),
            str(one["quantity"]),
            str(one["disposition"]),
            either(one["location"]),
            either(one["rma"]),
            str(one["by"]),
            either(one["exported_in"]),
        ]
        for one in answers
    ]
    columns = ["When", "SKU", "Units", "Went to", "Place", "Return", "By", "Export"]
    return [Table(columns, rows, right=_RIGHT, empty="Nothing was put away.")]


def stock_page(answer: Answer) -> Page:
    """What was exported, and what could not be."""
    if answer["export"] is None and not answer["problems"]:
        return [sentence("No stock waits for an export; nothing was written.", "good")]
    rows: list[tuple[str, Piece]] = [
        ("File", either(answer["path"])),
        ("Export", either(answer["export"])),
        ("Units", str(answer["units"])),
        ("Rows", str(answer["rows"])),
    ]
    return [Fields(rows), *problems_block(answer["problems"])]


def calendar_page(answer: Answer) -> Page:
    """Where the calendar was written."""
    return [Fields([("File", str(answer["path"])), ("Due dates", str(answer["events"]))])]


_RIGHT = frozenset({"No", "Days", "Left", "Units", "Export"})
