"""Store credits as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Fields, Page, Piece, Table
from returns_cli.cli.pages.parts import Answer, amount, either, moment, word


def credit_page(answer: Answer) -> Page:
    """One credit and what happened to it."""
    currency = answer["currency"]
    replayed = " (as recorded before)" if answer["replayed"] else ""
    rows: list[tuple[str, Piece]] = [
        ("State", word(answer["state"])),
        ("Left", amount(answer["balance"], currency)),
        ("Issued", amount(answer["issued"], currency)),
        ("Last day", either(answer["expires_on"])),
        ("Refund", either(answer["refund"])),
    ]
    if answer["approved_by"]:
        rows.append(("Approved by", str(answer["approved_by"])))
    moves: list[list[Piece]] = [
        [
            moment(one["at"]),
            str(one["kind"]),
            amount(one["amount"], currency),
            str(one["by"]),
            either(one["reference"] or one["why"]),
        ]
        for one in answer["moves"]
    ]
    columns = ["When", "What", "Amount", "By", "For"]
    return [
        Fields(rows, title=f"Store credit {answer['credit']}{replayed}"),
        Table(columns, moves, right=frozenset({"Amount"})),
    ]


def credits_page(answers: Sequence[Answer]) -> Page:
    """Credits as a table."""
    rows: list[list[Piece]] = [
        [
            str(one["credit"]),
            word(one["state"]),
            amount(one["balance"], one["currency"]),
            amount(one["issued"], one["currency"]),
            either(one["expires_on"]),
            either(one["refund"]),
        ]
        for one in answers
    ]
    columns = ["Store credit", "State", "Left", "Issued", "Last day", "Refund"]
    right = frozenset({"Left", "Issued"})
    return [Table(columns, rows, right=right, empty="No store credit.")]
