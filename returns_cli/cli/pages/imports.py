"""What an import did, as a person reads it: the figures first, then every problem."""

from __future__ import annotations

from returns_cli.cli.page import Block, Fields, Lines, Page, Piece, sentence
from returns_cli.cli.pages.parts import Answer, plural, problems_block


def orders_import_page(answer: Answer) -> Page:
    """The figures of an import of orders."""
    what = f"{plural(answer['orders'], 'order')}: {_changes(answer)}"
    rows: list[tuple[str, Piece]] = [
        ("Files", ", ".join(map(str, answer["files"]))),
        ("Format", str(answer["format"])),
        ("Read", f"{plural(answer['rows'], 'row')}, {plural(answer['rejected'], 'row')} refused"),
        ("Took", what),
        ("With", f"{plural(answer['lines'], 'line')}, {plural(answer['units'], 'unit')}"),
        ("Worth", _sums(answer["totals"])),
    ]
    if answer["refunded"]:
        rows.append(("Refunded before", _sums(answer["refunded"])))
    return [Fields(rows), *_rest(answer)]


def rows_page(answer: Answer) -> Page:
    """The figures of an import of rows."""
    rows: list[tuple[str, Piece]] = [
        ("Read", f"{plural(answer['rows'], 'row')}, {plural(answer['rejected'], 'row')} refused"),
        ("Took", _changes(answer)),
    ]
    page: Page = [Fields(rows)]
    if answer.get("returns"):
        page.append(Lines([[str(rma)] for rma in answer["returns"]], title="Returns"))
    return [*page, *_rest(answer)]


def _rest(answer: Answer) -> list[Block]:
    return problems_block(answer["problems"]) or [sentence("No problem found.", "good")]


def _changes(answer: Answer) -> str:
    named = (("new", "new"), ("changed", "changed"), ("same", "as before"))
    return ", ".join(f"{answer[key]} {text}" for key, text in named if key in answer)


def _sums(totals: Answer) -> str:
    return ", ".join(f"{amount} {currency}" for currency, amount in totals.items()) or "nothing"
