"""Exchanges as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Cell, Fields, Page, Piece, Table
from returns_cli.cli.pages.parts import Answer, amount, either, moment, word

_RIGHT = frozenset({"Line", "Units", "Price", "Worth", "Costs", "Difference", "Owed", "Open"})


def swaps_table(exchange: Answer) -> Table:
    """The exchanged lines: what came back is worth, what is sent instead costs."""
    rows: list[list[Piece]] = [
        [
            str(one["line"]),
            str(one["sku"]),
            str(one["quantity"]),
            "not known" if one["price"] is None else str(one["price"]),
            str(one["worth"]),
            str(one["cost"]),
            str(one["difference"]),
        ]
        for one in exchange["lines"]
    ]
    columns = ["Line", "Sent instead", "Units", "Price", "Worth", "Costs", "Difference"]
    return Table(columns, rows, title="Exchange", right=_RIGHT)


def exchange_page(answer: Answer) -> Page:
    """One exchange: its lines, what was sent, and what is owed."""
    currency = answer["currency"]
    replayed = " (as recorded before)" if answer["replayed"] else ""
    rows: list[tuple[str, Piece]] = [
        ("Return", f"{answer['rma']}, order {answer['order']}"),
        ("State", word(answer["state"])),
        ("Pays back", amount(answer["refund"], currency)),
        ("Owed", amount(answer["owed"], currency)),
        ("Still open", Cell(amount(answer["open"], currency), "strong")),
    ]
    if answer["back_by"]:
        over = Cell(f"{answer['back_by']}, overdue", "bad") if answer["overdue"] else None
        rows.append(("Goods back by", over or str(answer["back_by"])))
    page: Page = [Fields(rows, title=f"Exchange of {answer['rma']}{replayed}"), swaps_table(answer)]
    if answer["sent"]:
        sent: list[list[Piece]] = [
            [
                moment(one["at"]),
                str(one["line"]),
                str(one["sku"]),
                str(one["quantity"]),
                str(one["by"]),
                either(one["tracking"]),
            ]
            for one in answer["sent"]
        ]
        page.append(Table(["Sent", "Line", "SKU", "Units", "By", "Tracking"], sent, right=_RIGHT))
    return page


def exchanges_page(answers: Sequence[Answer]) -> Page:
    """Exchanges as a table."""
    rows: list[list[Piece]] = [
        [
            str(one["rma"]),
            str(one["order"]),
            word(one["state"]),
            str(sum(sent["quantity"] for sent in one["sent"])),
            Cell(either(one["back_by"]), "bad" if one["overdue"] else ""),
            amount(one["open"], one["currency"]),
        ]
        for one in answers
    ]
    columns = ["Return", "Order", "State", "Units", "Back by", "Open"]
    return [Table(columns, rows, right=_RIGHT, empty="No exchange.")]
